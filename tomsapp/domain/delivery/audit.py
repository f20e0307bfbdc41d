"""Audit samples as they are kept: what was drawn with which seed, and what was concluded of each claim.

What was drawn stays as it was drawn, with the units and pounds that were accepted then; a claim whose acceptance is
taken back later stays in the sample. What a sample says about all claims is in `sample`.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tomsapp.domain.delivery.sample import Checked, Conclusion, SampleResult, sample_result
from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.wording import format_date, format_quantity

NOTHING = Decimal("0.00")
MOST_DRAWN = 5_000
"""More claims than anybody checks; a sample is never all of a large register by mistake."""


@dataclass(frozen=True, slots=True)
class AuditSample:
    """A sample of accepted claims, drawn at random by a rule that anybody can redo.

    Attributes:
        seed: chosen by whoever audits, before the claims are looked at.
        until: the day to which claims are in it: of quarters that ended on or before it.
        size: how many claims were wanted.
        drawn_on: the day on which it was drawn.
        claims, pounds: the accepted claims that it was drawn from, and what they were worth then.
    """

    seed: str
    until: date
    size: int
    drawn_on: date
    claims: int
    pounds: Decimal
    notes: str = ""


@dataclass(frozen=True, slots=True)
class AuditItem:
    """A claim that was drawn, and what was concluded of it.

    Attributes:
        position: its place in the order in which the claims were drawn; the first is 1.
        units, pounds: what was accepted of it when it was drawn, and what that is worth.
        conclusion: what was found; None while it is not checked.
        found: the units that are shown; None while it is not checked.
        found_pounds: what they are worth.
    """

    position: int
    units: Decimal
    pounds: Decimal
    conclusion: Conclusion | None = None
    found: Decimal | None = None
    found_pounds: Decimal | None = None
    notes: str = ""

    @property
    def checked(self) -> Checked | None:
        """The claim as the sample counts it; None while it is not checked."""
        if self.conclusion is None or self.found_pounds is None:
            return None
        return Checked(self.conclusion, self.pounds, self.found_pounds)


def conclusion_of(found: Decimal, units: Decimal) -> Conclusion:
    """What so many units shown of so many accepted come to."""
    if found >= units:
        return Conclusion.SHOWN
    return Conclusion.SHOWN_IN_PART if found else Conclusion.NOT_SHOWN


def result_of(sample: AuditSample, items: Sequence[AuditItem]) -> SampleResult:
    """What a sample says about all the claims that it was drawn from."""
    checked = [told for each in items if (told := each.checked) is not None]
    return sample_result(len(items), checked, sample.claims, sample.pounds)


def sample_problems(seed: str, size: int, until: date, today: date, claims: int) -> list[Problem]:
    """What must be put right before a sample is drawn from so many accepted claims."""
    found = []
    if fault := AUDIT_SAMPLE.fact("seed").fault(seed):
        found.append(fact_problem(AUDIT_SAMPLE, AUDIT_SAMPLE.fact("seed"), fault))
    if not 0 < size <= MOST_DRAWN:
        fault = Fault("It is not a number that can be drawn", f"Enter a number from 1 to {MOST_DRAWN:,}", "outside")
        found.append(fact_problem(AUDIT_SAMPLE, AUDIT_SAMPLE.fact("size"), fault))
    if until > today:
        fault = Fault(f"It is after {format_date(today)}", "Enter a day that is over", "to-come")
        found.append(fact_problem(AUDIT_SAMPLE, AUDIT_SAMPLE.fact("until"), fault))
    if not claims and not found:
        message = f"No claim of a quarter that ended by {format_date(until)} is accepted, so there is none to draw"
        found.append(Problem("sample-empty", Severity.ERROR, message, "Accept claims first", Where(field="until")))
    return found


def _concluded(item: AuditItem) -> Iterable[Problem]:
    """That the conclusion, and how many units are shown, say the same."""
    if (item.conclusion is None) != (item.found is None):
        name = "found" if item.found is None else "conclusion"
        yield _problem(name, Fault("", "Enter a conclusion with the units that are shown", "missing"))
        return
    if item.conclusion is None or item.found is None:
        return
    if not 0 <= item.found <= item.units:
        fix = f"Enter a number from 0 to {format_quantity(item.units)}"
        yield _problem("found", Fault("It is more than was accepted, or less than nothing", fix, "outside"))
    elif conclusion_of(item.found, item.units) is not item.conclusion:
        told = conclusion_of(item.found, item.units).words
        message = f"It says that {format_quantity(item.found)} of {format_quantity(item.units)} is shown"
        yield _problem("found", Fault(message, f"That is “{told}”: change one of them", "otherwise"))


def _problem(name: str, fault: Fault) -> Problem:
    return fact_problem(AUDIT_ITEM, AUDIT_ITEM.fact(name), fault)


AUDIT_SAMPLE = RecordType(
    "audit_sample",
    "audit sample",
    "audit samples",
    AuditSample,
    (
        Fact(
            "seed",
            "Seed",
            hint="Any words or number, written down before the claims are looked at",
            most=100,
            needed="Enter any words or number, for example a page of the audit plan",
            listed=Listed.SHOWN,
            revision="0012",
        ),
        Fact(
            "until",
            "Claims to",
            FactKind.DAY,
            "Claims of quarters that ended by this day are drawn from",
            needed="Enter the day to which claims are drawn from",
            listed=Listed.SHOWN,
            revision="0012",
        ),
        Fact(
            "size",
            "How many",
            FactKind.WHOLE,
            "So many claims are drawn; all of them where there are not so many",
            needed="Enter how many claims are checked, for example 10",
            is_above_zero=True,
            listed=Listed.SHOWN,
            revision="0012",
        ),
        Fact("drawn_on", "Drawn on", FactKind.DAY, is_typed=False, listed=Listed.SHOWN, revision="0012"),
        Fact("claims", "Drawn from", FactKind.WHOLE, is_typed=False, listed=Listed.SHOWN, revision="0012"),
        Fact("pounds", "Worth", FactKind.POUNDS, is_typed=False, revision="0012"),
        Fact("notes", "Notes", FactKind.LONG, listed=Listed.NO, is_searched=False, revision="0012"),
    ),
    name_of=lambda sample: f"sample “{sample.seed}” of {format_date(sample.drawn_on)}",
)
"""What is kept of a sample."""

AUDIT_ITEM = RecordType(
    "audit_item",
    "claim of a sample",
    "claims of a sample",
    AuditItem,
    (
        Fact("position", "Place", FactKind.WHOLE, is_typed=False, listed=Listed.SHOWN, revision="0012"),
        Fact("units", "Accepted", FactKind.QUANTITY, is_typed=False, listed=Listed.SHOWN, revision="0012"),
        Fact("pounds", "Worth", FactKind.POUNDS, is_typed=False, listed=Listed.SHOWN, revision="0012"),
        Fact(
            "conclusion",
            "Conclusion",
            FactKind.CHOICE,
            "What the evidence shows when it is looked at again",
            choices=Conclusion,
            keeps_null=True,
            listed=Listed.SHOWN,
            revision="0012",
        ),
        Fact(
            "found",
            "Units shown",
            FactKind.QUANTITY,
            "How much of what was accepted the evidence shows",
            listed=Listed.SHOWN,
            revision="0012",
        ),
        Fact("found_pounds", "Worth of these", FactKind.POUNDS, is_typed=False, revision="0012"),
        Fact("notes", "Notes", FactKind.LONG, "What was looked at, and what was found", revision="0012"),
    ),
    name_of=lambda item: f"claim {item.position} of the sample",
    checks=(_concluded,),
    heading="Claims of audit samples",
)
"""What is kept of a claim that was drawn."""
