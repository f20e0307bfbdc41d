"""The set-up of a tender: what is missing or contradicts itself, step by step, before it is issued.

An error keeps the tender from being issued, a warning is confirmed by whoever issues it. What the targets are worth is
held against the council's rules, since an offer that only meets them should not be short.
Source: docs/decisions/048-the-tender.md.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.tender.asked import BidderQuestion
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.lot_contract import LotError, lot_contract
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_measure import TenderMeasure
from tomsapp.domain.valuation import Valuation, value_contract


class Step(Enum):
    """The five steps of setting up, which can be opened in any order."""

    FACTS = 1
    LOTS = 2
    MENU = 3
    WEIGHTS = 4
    CHECK = 5

    @property
    def words(self) -> str:
        """What the step is called."""
        return {
            Step.FACTS: "Facts",
            Step.LOTS: "Lots",
            Step.MENU: "Measures and targets",
            Step.WEIGHTS: "Weights and questions",
            Step.CHECK: "Check and issue",
        }[self]


@dataclass(frozen=True, slots=True)
class SetUp:
    """All that is set up of a tender, and what it is held against.

    Attributes:
        now: the moment at which it is looked at, with its zone.
        edition: its menu edition; None until one is chosen, or where it cannot be read.
        policy, area: the council's rules and wards; None where it has none.
        asked: the questions of bidders.
    """

    tender: Tender
    lots: tuple[Lot, ...]
    measures: tuple[TenderMeasure, ...]
    questions: tuple[Question, ...]
    now: datetime
    edition: MenuEdition | None = None
    policy: Policy | None = None
    area: Area | None = None
    asked: tuple[BidderQuestion, ...] = ()

    @property
    def scored(self) -> tuple[TenderMeasure, ...]:
        """The measures that are scored."""
        return tuple(measure for measure in self.measures if not measure.is_condition)

    @property
    def with_target(self) -> tuple[TenderMeasure, ...]:
        """The scored measures with a target."""
        return tuple(measure for measure in self.scored if measure.target)


@dataclass(frozen=True, slots=True)
class SetUpProblem:
    """One thing that is missing or contradicts itself, with the step in which it is put right.

    Attributes:
        lot, question: the number of the lot or question that it is about; a measure stands in the Problem's place.
    """

    step: Step
    problem: Problem
    lot: int | None = None
    question: int | None = None

    @property
    def is_error(self) -> bool:
        """Whether the tender cannot be issued so."""
        return self.problem.severity is Severity.ERROR


def missing(
    step: Step,
    code: str,
    message: str,
    fix: str,
    field: str = "",
    *,
    lot: int | None = None,
    question: int | None = None,
    measure: str = "",
    severity: Severity = Severity.ERROR,
) -> SetUpProblem:
    """A problem of a step, with a key that stays the same while the same thing is wrong at the same place."""
    about = measure or str(lot or question or field)
    problem = Problem(code, severity, message, fix, Where(field=field, measure=measure), key=f"{code}:{about}")
    return SetUpProblem(step, problem, lot, question)


def of_record(
    step: Step, problem: Problem, called: str = "", *, lot: int | None = None, question: int | None = None
) -> SetUpProblem:
    """A fault of a record as a problem of a step; `called` says of which lot or question it is."""
    told = f"{called}: {problem.message}" if called else problem.message
    where = problem.where
    severity = problem.severity
    return missing(step, problem.code, told, problem.fix, where.field, lot=lot, question=question, severity=severity)


def target_commitments(setup: SetUp) -> tuple[Commitment, ...]:
    """An offer that meets the targets and promises nothing else, all of it in the first year.

    So a dated value is that of the year in which the contract begins.
    """
    return tuple(Commitment(each.measure, each.measure, (each.target,)) for each in setup.with_target)


def targets_value(setup: SetUp, lot: Lot) -> Valuation | None:
    """What the targets are worth in a lot; None while the menu, the lot's dates or its value are missing."""
    if setup.edition is None:
        return None
    try:
        contract = lot_contract(setup.tender, lot)
    except LotError:
        return None
    return value_contract(contract, setup.edition, target_commitments(setup))
