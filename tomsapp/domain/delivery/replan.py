"""The plan after a variation: what was due stays due, and what is promised more or less falls on the quarters to come.

So nobody is short of a promise that was not made yet when the quarter ended. Source: docs/method.md, section 9.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.plan import (
    NONE,
    LinePlan,
    PlanEntry,
    entered_quantities,
    line_plan,
    promised_by_year,
    split_quantity,
)
from tomsapp.domain.delivery.quarters import ContractQuarter, Quarter, quarters_of
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.money import exact_difference, exact_sum


def replanned(
    before: LinePlan,
    measure: Measure,
    promised: Sequence[Decimal],
    quarters: Sequence[ContractQuarter],
    effective_on: date,
) -> dict[Quarter, Decimal]:
    """The plan of a commitment after a variation, which adds up to what is promised for each year.

    A year whose promise is as before keeps its plan. Of any other, the quarters that ended before the variation took
    effect keep what was due in them, and the rest is split over the others as a plan by default is; with none left, it
    is due in the last. Where less is promised than was due already, the last quarters are due less.

    Args:
        before: the plan that was in force.
        measure: of the commitment.
        promised: the units of each contract year as varied.
        quarters: those of the contract as varied.
        effective_on: the day from which the variation holds.
    """
    made: dict[Quarter, Decimal] = {}
    for year, quantity in enumerate(promised):
        own = [each for each in quarters if each.quarter.year == year]
        was = {each.quarter: before.quantities.get(each.quarter, NONE) for each in own}
        if exact_sum(was.values()) == quantity:
            made.update(was)
        else:
            kept = {each.quarter: was[each.quarter] for each in own if each.ends_on < effective_on}
            made.update(_year(measure, quantity, [each.quarter for each in own], kept))
    return made


def _year(
    measure: Measure, promised: Decimal, quarters: Sequence[Quarter], kept: Mapping[Quarter, Decimal]
) -> dict[Quarter, Decimal]:
    """A year of which some quarters keep what was due in them."""
    rest = exact_difference(promised, exact_sum(kept.values()))
    to_come = [quarter for quarter in quarters if quarter not in kept]
    planned = {**dict.fromkeys(quarters, NONE), **kept}
    if rest >= 0:
        last = to_come or quarters[-1:]
        for quarter, part in zip(last, split_quantity(measure, rest, len(last)), strict=True):
            planned[quarter] = exact_sum((planned[quarter], part))
        return planned
    for quarter in reversed(quarters):
        less = min(planned[quarter], -rest)
        planned[quarter] = exact_difference(planned[quarter], less)
        rest = exact_sum((rest, less))
    return planned


@dataclass(frozen=True, slots=True)
class PlanStage:
    """A contract as signed, or as a variation made it: the first is as signed.

    Attributes:
        commitments: its lines then, by the keys that they have today.
        effective_on: the day from which it held.
    """

    contract: Contract
    commitments: Sequence[Commitment]
    effective_on: date


def plan_through(
    stages: Iterable[PlanStage], edition: MenuEdition, entries: Iterable[PlanEntry] = ()
) -> dict[str, LinePlan]:
    """The plan in force of a contract that was varied: see `plan_in_force`, which is the same with one stage.

    A year in which the plan that was accepted adds up to what is promised now is as that plan says. Any other year is
    what it was before the variation that changed it, and `replanned`. A line that a variation added is due from then
    on, and not before.

    Args:
        stages: as signed, then each variation in its order; the last is the contract as it stands.
        edition: the menu edition that is pinned to it.
        entries: of the last accepted version of the plan.
    """
    own = entered_quantities(entries)
    plans: dict[str, LinePlan] = {}
    for number, stage in enumerate(stages):
        quarters = quarters_of(stage.contract)
        before, plans = plans, {}
        for line in stage.commitments:
            place = edition.places.get(line.measure)
            if place is None:
                continue
            promised = promised_by_year(line, place.measure, stage.contract)
            fitting = line_plan(promised, place.measure, quarters, own.get(line.key))
            if number == 0:
                plans[line.key] = fitting
                continue
            was = before.get(line.key, LinePlan({}))
            made = replanned(was, place.measure, promised, quarters, stage.effective_on)
            chosen = {
                quarter: made[quarter] if quarter.year in fitting.by_default else quantity
                for quarter, quantity in fitting.quantities.items()
            }
            plans[line.key] = LinePlan(chosen, fitting.by_default)
    return plans


def replanned_entries(
    commitment: str, made: Mapping[Quarter, Decimal], entries: Sequence[PlanEntry]
) -> list[PlanEntry]:
    """The entries of a commitment after a variation: those there were keep what they say of actions, persons and risks.

    Args:
        commitment: its key.
        made: see `replanned`.
        entries: those of the plan that was in force; those of other commitments and of quarters that are gone are
            left out.
    """
    was = {entry.quarter: entry for entry in entries if entry.commitment == commitment}
    return [
        PlanEntry(commitment, quarter, quantity)
        if (entry := was.get(quarter)) is None
        else PlanEntry(
            commitment, quarter, quantity, entry.action, entry.due_on, entry.person, entry.partner, entry.risk
        )
        for quarter, quantity in made.items()
    ]
