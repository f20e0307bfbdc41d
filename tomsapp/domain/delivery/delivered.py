"""What was delivered of a contract to a day: each commitment in each quarter, in units and in proxy pounds.

    due        = what was planned for the quarters that ended by the day
    counted    = min(what was returned, due), filling what is due in the order in which it fell due
    pounds     = Σ over contract years of  units counted in the year × the value of a unit in that year, rounded once
    a quarter  = the pounds so far less the pounds so far up to the quarter before

So quarters add up to years and years to the valuation as signed, to the penny. What is decided after the day counts
too: a figure to 30 September is what is known today of what was done until then.
Source: docs/method.md, section 9.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.agreements import in_force, reserve_surplus, shortfall_of
from tomsapp.domain.delivery.delivery import NONE, Delivery
from tomsapp.domain.delivery.earning import earned_days
from tomsapp.domain.delivery.figures import (
    Amounts,
    Delivered,
    DeliveredLine,
    People,
    QuarterFigures,
    Returned,
    Shortfall,
    State,
)
from tomsapp.domain.delivery.line_sums import LineSums
from tomsapp.domain.delivery.plan import LinePlan, Plan, line_plan, promised_by_year
from tomsapp.domain.delivery.quarters import Quarter, ended_by, quarters_of
from tomsapp.domain.delivery.rating import rate
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.menu import Counts, MenuEdition, Pair, Place
from tomsapp.domain.money import EXACT, exact_sum, round_down, total
from tomsapp.domain.people import count_people_once
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import NOTHING, pounds_given

Began = Mapping[tuple[str, Quarter], Sequence[date]]
"""The days on which the people of a delivery began, by the commitment's key and the quarter."""

_JOBS_OF = (State.DUE, State.ACCEPTED, State.FINAL)
_DEFAULT_RULES = DeliveryRules()


def value_delivered(
    contract: Contract,
    edition: MenuEdition,
    commitments: Iterable[Commitment],
    plan: Plan,
    deliveries: Iterable[Delivery],
    agreements: Iterable[DeliveryAct],
    until: date,
    *,
    rules: DeliveryRules = _DEFAULT_RULES,
    began: Began | None = None,
    declared: Collection[Pair] = (),
) -> Delivered:
    """What was delivered of a contract in the quarters that ended on or before a day.

    Args:
        contract: as it stands, with what is spent.
        edition: the menu edition that is pinned to it; commitments whose measure it lacks are left out.
        commitments: those of the contract.
        plan: the plan in force, see `plan_in_force`; a commitment without one is planned by default.
        deliveries: everything that was returned, one for each commitment and quarter.
        agreements: the acts of the contract; those that are no agreement or were taken back count nothing here.
        until: the day to which the figures are.
        rules: the bounds of the ratings.
        began: on which days people began, so that it is known until when their jobs are provisional.
        declared: the pairs of measures of which it is declared that the people are different.
    """
    returned: dict[str, dict[Quarter, Delivery]] = {}
    for each in deliveries:
        returned.setdefault(each.commitment, {})[each.quarter] = each
    lines = {
        each.key: _sums(contract, edition, each, place, plan.get(each.key), returned.get(each.key, {}), until)
        for each in commitments
        if (place := edition.places.get(each.measure)) is not None
    }
    due = [each.quarter for each in ended_by(quarters_of(contract), until)]
    agreed = in_force(agreements, due)
    reserved = reserve_surplus(agreed, lines)

    def told(line: LineSums) -> DeliveredLine:
        added = line.added()
        filled = {state: line.filled(parts) for state, parts in added.items()}
        shortfall = shortfall_of(line, filled[State.DUE], filled[State.ACCEPTED], agreed, reserved, lines)
        return _line(line, filled, shortfall, rules, began or {}, line.quarter_figures(added))

    made = tuple(told(line) for line in lines.values())
    is_silent = not any(line.is_returned for line in lines.values())
    return _whole(contract, edition, until, made, rules, declared, _left_out(lines, returned), is_silent=is_silent)


def _whole(
    contract: Contract,
    edition: MenuEdition,
    until: date,
    lines: tuple[DeliveredLine, ...],
    rules: DeliveryRules,
    declared: Collection[Pair],
    left_out: tuple[Delivery, ...],
    *,
    is_silent: bool,
) -> Delivered:
    """The lines with what they come to together."""
    pounds = _together([line.pounds for line in lines])
    returned = [line.pounds for line in lines if not line.rated.is_silent]
    of_returned = None
    if not is_silent and any(line.rated.is_silent and line.pounds.due for line in lines):
        told = _together(returned)
        of_returned = rate(told.accepted, told.due, rules, told.provisional, in_pounds=True)
    return Delivered(
        contract=contract,
        edition=edition,
        until=until,
        lines=lines,
        pounds=pounds,
        summary=rate(pounds.accepted, pounds.due, rules, pounds.provisional, in_pounds=True, is_silent=is_silent),
        jobs={state: _jobs(lines, edition, contract, declared, state) for state in _JOBS_OF},
        jobs_apart=sum(_outcomes(lines, contract, State.DUE).values(), Fraction(0)),
        left_out=left_out,
        summary_of_returned=of_returned,
    )


def revalued(
    before: Delivered,
    changed: Collection[str],
    plan: Plan,
    deliveries: Sequence[Delivery],
    agreements: Sequence[DeliveryAct],
    *,
    rules: DeliveryRules = _DEFAULT_RULES,
    began: Began | None = None,
    declared: Collection[Pair] = (),
) -> Delivered:
    """The figures after claims were decided and nothing else changed: the same as `value_delivered` gives.

    Only the commitments that are decided are worked out anew, unless a surplus stands for what is missing of another:
    then one is part of the other's figures.

    Args:
        before: the figures as they were.
        changed: the keys of the commitments whose claims were decided.
        plan: of the whole contract.
        deliveries: everything that was returned, as it is now.
        agreements: the acts of the contract, as they are now.
        rules: as `value_delivered` was given them.
        began: as `value_delivered` was given them.
        declared: as `value_delivered` was given them.
    """
    contract, edition, until = before.contract, before.edition, before.until
    every = [line.commitment for line in before.lines]
    due = [each.quarter for each in ended_by(quarters_of(contract), until)]
    together = any(act.kind is DeliveryActKind.SUBSTITUTE for act in in_force(agreements, due))
    wanted = every if together else [each for each in every if each.key in changed]
    keys = {each.key for each in wanted}
    own = [each for each in deliveries if each.commitment in keys]
    made = value_delivered(
        contract, edition, wanted, plan, own, agreements, until, rules=rules, began=began, declared=declared
    )
    now = {line.commitment.key: line for line in made.lines}
    lines = tuple(now.get(line.commitment.key, line) for line in before.lines)
    known, ended = {each.key for each in every}, frozenset(due)
    is_silent = not any(
        each.commitment in known and each.quarter in ended and not each.is_withdrawn for each in deliveries
    )
    return _whole(contract, edition, until, lines, rules, declared, before.left_out, is_silent=is_silent)


def _sums(
    contract: Contract,
    edition: MenuEdition,
    commitment: Commitment,
    place: Place,
    plan: LinePlan | None,
    deliveries: Mapping[Quarter, Delivery],
    until: date,
) -> LineSums:
    quarters = quarters_of(contract)
    promised = promised_by_year(commitment, place.measure, contract)
    return LineSums(
        commitment=commitment,
        place=place,
        contract=contract,
        promised=promised,
        plan=plan if plan is not None else line_plan(promised, place.measure, quarters),
        deliveries=deliveries,
        quarters=quarters,
        ended=len(ended_by(quarters, until)),
        discount_rate=edition.discount_rate,
    )


def _left_out(
    lines: Mapping[str, LineSums], returned: Mapping[str, Mapping[Quarter, Delivery]]
) -> tuple[Delivery, ...]:
    """Deliveries of commitments or quarters that the contract has not."""
    return tuple(
        delivery
        for key, own in returned.items()
        for quarter, delivery in own.items()
        if key not in lines or quarter not in lines[key].plan.quantities
    )


def _line(
    sums: LineSums,
    filled: Mapping[State, Sequence[int]],
    shortfall: Shortfall,
    rules: DeliveryRules,
    began: Began,
    quarters: tuple[QuarterFigures, ...],
) -> DeliveredLine:
    units, pounds = _units(sums, filled), _pounds(sums, filled)
    promised = [sums.scaled(quantity) for quantity in sums.promised]
    return DeliveredLine(
        commitment=sums.commitment,
        place=sums.place,
        promised=exact_sum(sums.promised),
        promised_by_year=sums.promised,
        returned=_returned(sums),
        units=units,
        pounds=pounds,
        promised_pounds=sums.pounds_of_years(promised),
        real_promised=_real(sums, promised),
        real_pounds={state: _real(sums, own) for state, own in filled.items()},
        quarters=quarters,
        unit_values=sums.unit_values,
        rated=rate(units.accepted, units.due, rules, units.provisional, is_silent=not sums.is_returned),
        shortfall=shortfall,
        people=_people(sums),
        provisional_until=_provisional_until(sums, began),
        discount_rate=sums.discount_rate,
        surplus_by_quarter=sums.surplus_figures(),
    )


def _returned(sums: LineSums) -> Returned:
    claimed, evidenced, accepted, final = (
        sums.returned_in_all(state) for state in (State.CLAIMED, State.EVIDENCED, State.ACCEPTED, State.FINAL)
    )
    return Returned(*map(sums.units, (claimed, evidenced, accepted, accepted - final)))


def _units(sums: LineSums, filled: Mapping[State, Sequence[int]]) -> Amounts:
    counted = {state: sum(own) for state, own in filled.items()}
    return Amounts(
        due=sums.units(counted[State.DUE]),
        claimed=sums.units(counted[State.CLAIMED]),
        evidenced=sums.units(counted[State.EVIDENCED]),
        accepted=sums.units(counted[State.ACCEPTED]),
        provisional=sums.units(counted[State.ACCEPTED] - counted[State.FINAL]),
        surplus=sums.units(sums.surplus()),
        rejected=exact_sum(each.rejected for each in sums.returned),
        withdrawn=exact_sum(each.withdrawn for each in sums.returned),
    )


def _pounds(sums: LineSums, filled: Mapping[State, Sequence[int]]) -> Amounts:
    counted = {state: sums.pounds_of_years(own) for state, own in filled.items()}
    return Amounts(
        due=counted[State.DUE],
        claimed=counted[State.CLAIMED],
        evidenced=counted[State.EVIDENCED],
        accepted=counted[State.ACCEPTED],
        provisional=EXACT.subtract(counted[State.ACCEPTED], counted[State.FINAL]),
        surplus=sums.surplus_pounds(),
        rejected=sums.pounds_apart(lambda each: each.rejected),
        withdrawn=sums.pounds_apart(lambda each: each.withdrawn),
    )


def _real(sums: LineSums, filled: Sequence[int]) -> Decimal:
    """The real pounds of units by contract year, each year rounded once as the valuation does."""
    if not sums.measure.real_pounds:
        return NOTHING
    share = sums.commitment.contract_share
    return total(pounds_given(sums.units(quantity), share) for quantity in filled)


def _people(sums: LineSums) -> People:
    """The people behind what was accepted on a line about jobs.

    Of a claim that was accepted in part, which people it are is not known: of each kind as many as the same part of it
    comes to, cut to whole people. Where a measure counts in each year, the same people stand behind quarter after
    quarter: they are as many as in the quarter that has the most.
    """
    if not sums.measure.employment_outcome:
        return People()
    accepted = [each for each in sums.returned if each.accepted]

    def heads(name: str) -> Decimal:
        found = [
            round_down(Fraction(people) * Fraction(each.accepted) / Fraction(each.claimed), 0)
            for each in accepted
            if (people := getattr(each, name)) is not None
        ]
        return max(found, default=NONE) if sums.measure.counts is Counts.EACH_YEAR else exact_sum(found)

    return People(heads("new"), heads("retained"), heads("transferred"))


def _provisional_until(sums: LineSums, began: Began) -> date | None:
    """The first day on which all that is provisional can be accepted for good."""
    days = [
        day
        for quarter in sums.due_quarters
        if (each := sums.deliveries.get(quarter.quarter)) is not None and each.provisional
        for day in earned_days(
            sums.measure,
            each.accepted,
            quarter,
            began.get((each.commitment, each.quarter), ()),
            sums.contract.end_on,
        )
    ]
    return max(days, default=None)


def _together(amounts: Sequence[Amounts]) -> Amounts:
    """The sums of the pounds of every commitment."""
    return Amounts(
        due=total(each.due for each in amounts),
        claimed=total(each.claimed for each in amounts),
        evidenced=total(each.evidenced for each in amounts),
        accepted=total(each.accepted for each in amounts),
        provisional=total(each.provisional for each in amounts),
        surplus=total(each.surplus for each in amounts),
        rejected=total(each.rejected for each in amounts),
        withdrawn=total(each.withdrawn for each in amounts),
    )


def _jobs(
    lines: Iterable[DeliveredLine],
    edition: MenuEdition,
    contract: Contract,
    declared: Collection[Pair],
    state: State,
) -> Fraction:
    """The employment outcomes of a state as the valuation counts: measures that may be the same people count once."""
    return count_people_once(edition, _outcomes(lines, contract, state), declared).outcomes


def _outcomes(lines: Iterable[DeliveredLine], contract: Contract, state: State) -> dict[str, Fraction]:
    """The employment outcomes of a state by measure: units × contract share × outcomes of each unit.

    Full-time years are divided by the contract's length in years.
    """
    outcomes: dict[str, Fraction] = {}
    for line in lines:
        measure = line.measure
        if measure.employment_outcome:
            units = Fraction(exact_sum(line.units_by_year(state)))
            jobs = units * Fraction(line.commitment.contract_share) * Fraction(measure.employment_outcome)
            if measure.unit is Unit.FTE_YEARS:
                jobs /= contract.length_in_years
            outcomes[measure.code] = outcomes.get(measure.code, Fraction(0)) + jobs
    return outcomes
