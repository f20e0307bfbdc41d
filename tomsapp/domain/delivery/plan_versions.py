"""Versions of a delivery plan beside each other, and how a year of one stands to what is promised for it.

Source: docs/method.md, section 9.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.plan import NONE, PLAN_ENTRY, PlanEntry, promised_by_year
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.facts import Fact
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import exact_difference, exact_sum
from tomsapp.domain.record_type import differences


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """One fact of one quarter that another version of the plan says otherwise.

    Attributes:
        commitment: the key of the commitment.
        fact: what differs: its quantity, its action, or what else is kept of a plan.
        before, after: as the two versions have it.
    """

    commitment: str
    quarter: Quarter
    fact: Fact
    before: Any
    after: Any


def plan_differences(before: Iterable[PlanEntry], after: Iterable[PlanEntry]) -> list[PlanDifference]:
    """What differs between two versions, in the order of the commitments in which they come, then by quarter.

    A quarter that a version leaves out has nothing planned and nothing said.
    """
    then = {(each.commitment, each.quarter): each for each in before}
    now = {(each.commitment, each.quarter): each for each in after}
    order = {key: place for place, (key, _) in enumerate(dict.fromkeys((*then, *now)))}
    found = []
    for commitment, quarter in sorted({*then, *now}, key=lambda each: (order[each[0]], each[1])):
        empty = PlanEntry(commitment, quarter, NONE)
        one, other = then.get((commitment, quarter), empty), now.get((commitment, quarter), empty)
        found += [
            PlanDifference(commitment, quarter, fact, getattr(one, fact.name), getattr(other, fact.name))
            for fact in differences(PLAN_ENTRY.facts, one, other)
        ]
    return found


@dataclass(frozen=True, slots=True)
class PlannedYear:
    """What is planned for a commitment in a contract year, beside what is promised; in units of its measure."""

    promised: Decimal
    planned: Decimal

    @property
    def missing(self) -> Decimal:
        """How much of the promise no quarter has; less than 0 where more is planned than promised."""
        return exact_difference(self.promised, self.planned)

    @property
    def adds_up(self) -> bool:
        """Whether the quarters come to what is promised."""
        return self.planned == self.promised


def planned_years(
    commitment: Commitment, measure: Measure, contract: Contract, entries: Sequence[PlanEntry]
) -> tuple[PlannedYear, ...]:
    """Every contract year of a commitment by the entries of a plan; those of other commitments are passed over."""
    promised = promised_by_year(commitment, measure, contract)
    return tuple(
        PlannedYear(
            quantity,
            exact_sum(
                each.quantity for each in entries if each.commitment == commitment.key and each.quarter.year == year
            ),
        )
        for year, quantity in enumerate(promised)
    )
