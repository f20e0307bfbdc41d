"""A measure of a tender: why it is asked, how much is hoped for, and whether it is scored or a condition of all."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import partial

from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType, fact_problem


class MeasureUse(Enum):
    """What a measure is in a tender."""

    SCORED = "scored"
    """Bidders offer as much of it as they like, and it is scored."""
    CONDITION = "condition"
    """Every bidder accepts it, and nobody scores it."""

    @property
    def words(self) -> str:
        """The use as people read it."""
        return self.value.capitalize()

    @property
    def meaning(self) -> str:
        """The use in the sentence that bidders read."""
        return {
            MeasureUse.SCORED: "You say how much of it you offer, and it is scored.",
            MeasureUse.CONDITION: "Every bidder accepts it, and it is not scored.",
        }[self]


@dataclass(frozen=True, slots=True)
class TenderMeasure:
    """A measure of the tender's menu edition, as it is asked in every lot.

    Attributes:
        measure: its code.
        target: how much is hoped for over the whole of each contract, in the measure's unit; None for no target. Of a
            condition, how much every bidder accepts.
        relevance: one line that says why it matters to what is bought.
        exception_reason, exception_name, exception_role: why a rule of the council is not kept here, and who allowed
            it, in which role; all empty where there is no exception. It is printed in the pack.
    """

    measure: str
    target: Decimal | None = None
    relevance: str = ""
    use: MeasureUse = MeasureUse.SCORED
    exception_reason: str = ""
    exception_name: str = ""
    exception_role: str = ""

    @property
    def is_condition(self) -> bool:
        """Whether every bidder accepts it and nobody scores it."""
        return self.use is MeasureUse.CONDITION

    @property
    def exception_words(self) -> str:
        """The exception as it is printed: "Nobody is hired for it. Allowed by M. Reid, Head of Procurement"."""
        if not self.exception_reason.strip():
            return ""
        reason = self.exception_reason.strip().rstrip(".")
        return f"{reason}. Allowed by {self.exception_name}, {self.exception_role}"


_EXCEPTION = ("exception_reason", "exception_name", "exception_role")


def _exception_problems(measure: TenderMeasure) -> Iterable[Problem]:
    """An exception is whole, or there is none."""
    given = [name for name in _EXCEPTION if str(getattr(measure, name)).strip()]
    if given:
        for name in _EXCEPTION:
            if name not in given:
                fault = Fault("", "An exception needs a reason, a name and a role", "missing")
                yield fact_problem(TENDER_MEASURE, TENDER_MEASURE.fact(name), fault)


_fact = partial(Fact, revision="0016")

TENDER_MEASURE = RecordType(
    "tender_measure",
    "measure of a tender",
    "measures of a tender",
    TenderMeasure,
    (
        _fact("measure", "Measure", most=20, is_typed=False, listed=Listed.SHOWN),
        _fact(
            "target",
            "Target",
            FactKind.QUANTITY,
            "For the whole contract; empty for none",
            most=30,
            is_above_zero=True,
            keeps_null=True,
            listed=Listed.SHOWN,
        ),
        _fact("relevance", "Why it is asked", hint="One line: what it has to do with what is bought", most=300),
        _fact("use", "Use", FactKind.CHOICE, choices=MeasureUse, listed=Listed.SHOWN),
        _fact("exception_reason", "Exception: reason", hint="Why a rule is not kept here", most=400),
        _fact("exception_name", "Exception: allowed by", most=120, is_name=True),
        _fact("exception_role", "Exception: role", hint="For example Head of Procurement", most=120),
    ),
    name_of=lambda measure: measure.measure,
    checks=(_exception_problems,),
)
"""What the council records of a measure of a tender."""
