"""What was delivered of one commitment, worked out in whole numbers and told in units and pounds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.counting import (
    Added,
    Ratio,
    fill_by_quarter,
    pence_by_year,
)
from tomsapp.domain.delivery.delivery import Delivery, adds_up
from tomsapp.domain.delivery.figures import (
    NONE,
    NOTHING,
    Counted,
    QuarterFigures,
    State,
    YearPart,
)
from tomsapp.domain.delivery.plan import LinePlan
from tomsapp.domain.delivery.quarters import ContractQuarter, Quarter
from tomsapp.domain.menu import Measure, Place
from tomsapp.domain.money import decimal_places, from_scaled, round_down, to_scaled, total
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.units import UnitForm
from tomsapp.domain.value_factor import pence_of, pence_per_scaled, pounds_of, value_factor

_RETURNED = (State.CLAIMED, State.EVIDENCED, State.ACCEPTED, State.FINAL)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Surplus units that were agreed as a substitute for another commitment, from a quarter on."""

    quarter: int
    units: int
    pence: int


@dataclass(slots=True)
class LineSums:
    """The sums of one commitment to a day; `reserved` is added to before they are told.

    Attributes:
        promised: the units promised in each contract year.
        ended: how many quarters have ended.
        places: the decimals with which its units are counted as whole numbers.
        ratios: the pence of one such number in each contract year.
        pools: for each state what was returned by the end of each quarter that ended.
        due: what is due by the end of each of them.
    """

    commitment: Commitment
    place: Place
    contract: Contract
    promised: tuple[Decimal, ...]
    plan: LinePlan
    deliveries: Mapping[Quarter, Delivery]
    quarters: Sequence[ContractQuarter]
    ended: int
    discount_rate: Decimal
    places: int = 0
    unit_values: tuple[UnitValue | None, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    planned: list[int] = field(default_factory=list)
    due: list[int] = field(default_factory=list)
    pools: dict[State, list[int]] = field(default_factory=dict)
    reserved: list[Reserved] = field(default_factory=list)
    _known: dict[tuple[Added, ...], Counted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = max(self.measure.decimals, *map(decimal_places, self._quantities()))
        self.unit_values = tuple(self.measure.unit_value_in(year.starts_on.year) for year in self.contract.years)
        self.ratios = tuple(self._ratio(year, value) for year, value in enumerate(self.unit_values))
        self.planned = [max(self.scaled(self.plan.quantities[each.quarter]), 0) for each in self.due_quarters]
        self.due = list(accumulate(self.planned))
        self.pools = self._pools()

    def _quantities(self) -> Iterable[Decimal]:
        yield NONE
        yield from self.promised
        yield from self.plan.quantities.values()
        for each in self.deliveries.values():
            yield from (each.claimed, each.evidenced, each.accepted, each.provisional, each.rejected)

    def _ratio(self, year: int, unit_value: UnitValue | None) -> Ratio:
        if unit_value is None:
            return 0, 1
        share = self.commitment.contract_share
        factor = value_factor(self.measure, unit_value.value, share, year, self.discount_rate)
        return pence_per_scaled(factor, self.places)

    @property
    def measure(self) -> Measure:
        """The measure that is promised."""
        return self.place.measure

    @property
    def due_quarters(self) -> Sequence[ContractQuarter]:
        """The quarters that ended."""
        return self.quarters[: self.ended]

    @property
    def returned(self) -> list[Delivery]:
        """What was returned for the quarters that ended."""
        return [self.deliveries[each.quarter] for each in self.due_quarters if each.quarter in self.deliveries]

    @property
    def is_returned(self) -> bool:
        """Whether a return for a quarter that ended is on record and was not withdrawn, also one of nothing."""
        return any(not each.is_withdrawn for each in self.returned)

    def scaled(self, quantity: Decimal) -> int:
        """A quantity as a whole number of 10^−places."""
        return to_scaled(quantity, self.places)

    def units(self, scaled: int) -> Decimal:
        """A whole number of 10^−places as a quantity."""
        return from_scaled(scaled, self.places)

    def cut(self, quantity: Decimal) -> int:
        """A quantity that somebody typed, cut to so many decimals."""
        return to_scaled(round_down(quantity, self.places), self.places)

    # What was returned

    def _pools(self) -> dict[State, list[int]]:
        rows: dict[State, list[int]] = {state: [] for state in _RETURNED}
        for each in self.due_quarters:
            found = self.deliveries.get(each.quarter)
            own = (found.standing, found.shown, found.accepted, found.final) if found is not None else (NONE,) * 4
            for state, quantity in zip(_RETURNED, own, strict=True):
                rows[state].append(self.scaled(quantity))
        return {state: self._pool(row) for state, row in rows.items()}

    def _pool(self, row: Sequence[int]) -> list[int]:
        """What there is by the end of each quarter: added up, or where that means nothing the most of its year."""
        if adds_up(self.measure):
            return list(accumulate(row))
        most = [0] * len(self.contract.years)
        pool = []
        for each, quantity in zip(self.due_quarters, row, strict=True):
            most[each.quarter.year] = max(most[each.quarter.year], quantity)
            pool.append(most[each.quarter.year] if self.is_by_year else sum(most))
        return pool

    @property
    def is_by_year(self) -> bool:
        """Whether a year stands by itself: a per cent of one year is none of another."""
        return self.measure.unit.form is UnitForm.PERCENT

    # Surplus

    def free_surplus(self, quarter: int) -> int:
        """The accepted units beyond what is due by the end of a quarter, without what is reserved by then."""
        if not adds_up(self.measure):
            return 0
        return max(self.pools[State.ACCEPTED][quarter] - self._reserved_by(quarter) - self.due[quarter], 0)

    def reserve(self, quarter: int, units: int) -> Reserved:
        """Use surplus units as a substitute from a quarter on, as many as there are and no later one has used."""
        later = {each.quarter for each in self.reserved if each.quarter > quarter}
        taken = min(units, *(self.free_surplus(number) for number in {quarter, *later}))
        made = Reserved(quarter, taken, pence_of(taken, self.ratios[self.quarters[quarter].quarter.year]))
        self.reserved.append(made)
        return made

    def _reserved_by(self, quarter: int) -> int:
        return sum(each.units for each in self.reserved if each.quarter <= quarter)

    def surplus(self) -> int:
        """The accepted units beyond what counts, with those that are used as substitutes."""
        last = self.ended - 1
        return self.free_surplus(last) + self._reserved_by(last) if self.ended else 0

    def surplus_pounds(self) -> Decimal:
        """What the surplus is worth: at the values of the year of the last quarter, and what is used at its own."""
        if not self.ended:
            return NOTHING
        free = self.free_surplus(self.ended - 1)
        ratio = self.ratios[self.quarters[self.ended - 1].quarter.year]
        return pounds_of(pence_of(free, ratio) + sum(each.pence for each in self.reserved))

    def surplus_figures(self) -> tuple[Counted, ...]:
        """What each quarter that ended adds to the surplus, so that their sum is it; nothing where there is none.

        Below nought where a surplus of before came to fill what fell due, or the value of its units fell.
        """
        so_far = [self._surplus_by(number) for number in range(self.ended)]
        if not any(units or pence for units, pence in so_far):
            return ()
        return tuple(
            Counted(self.units(units - units_before), pounds_of(pence - pence_before))
            for (units, pence), (units_before, pence_before) in zip(so_far, [(0, 0), *so_far], strict=False)
        )

    def _surplus_by(self, quarter: int) -> tuple[int, int]:
        """The surplus at the end of a quarter, and what it is worth in pence then."""
        free = self.free_surplus(quarter)
        used = sum(each.pence for each in self.reserved if each.quarter <= quarter)
        worth = pence_of(free, self.ratios[self.quarters[quarter].quarter.year]) if free else 0
        return free + self._reserved_by(quarter), worth + used

    # What counts

    def added(self) -> dict[State, list[list[Added]]]:
        """What each quarter that ended adds to each state."""
        years = [each.quarter.year for each in self.due_quarters]
        pools = self.pools
        if self.reserved:
            less = [self._reserved_by(number) for number in range(self.ended)]
            left = {state: [all_ - own for all_, own in zip(pools[state], less, strict=True)] for state in _RETURNED}
            final = [min(two) for two in zip(pools[State.FINAL], left[State.ACCEPTED], strict=True)]
            pools = {**left, State.FINAL: final}
        made = {
            state: fill_by_quarter(years, self.planned, pool, by_year=self.is_by_year) for state, pool in pools.items()
        }
        return {State.DUE: fill_by_quarter(years, self.planned, self.due), **made}

    def quarter_figures(self, added: Mapping[State, Sequence[Sequence[Added]]]) -> tuple[QuarterFigures, ...]:
        """Every quarter of the contract with what was planned, returned and counted."""
        return tuple(
            QuarterFigures(
                each,
                self.plan.quantities[each.quarter],
                number < self.ended,
                self.deliveries.get(each.quarter),
                {state: self._counted(parts[number]) for state, parts in added.items() if parts[number]}
                if number < self.ended
                else {},
            )
            for number, each in enumerate(self.quarters)
        )

    def _counted(self, added: Sequence[Added]) -> Counted:
        """What a quarter adds in units and pounds; states that it adds the same to share it."""
        key = tuple(added)
        found = self._known.get(key)
        if found is None:
            parts = tuple(
                YearPart(
                    year, self.units(before), self.units(after), self._pounds(year, before), self._pounds(year, after)
                )
                for year, before, after in added
            )
            units = self.units(sum(each.after - each.before for each in added))
            pounds = parts[0].pounds if len(parts) == 1 else total(part.pounds for part in parts)
            found = self._known[key] = Counted(units, pounds, parts)
        return found

    def _pounds(self, year: int, units: int) -> Decimal:
        return pounds_of(pence_of(units, self.ratios[year]))

    # Totals

    def returned_in_all(self, state: State) -> int:
        """What was returned in all quarters that ended, not capped."""
        pool = self.pools[state]
        if not self.is_by_year:
            return pool[-1] if pool else 0
        of_year = dict(zip([each.quarter.year for each in self.due_quarters], pool, strict=True))
        return sum(of_year.values())

    def pounds_apart(self, units_of: Callable[[Delivery], Decimal]) -> Decimal:
        """What rejected or withdrawn units are worth: at the values of the years in which they were claimed."""
        units = [0] * len(self.ratios)
        for each in self.returned:
            units[each.quarter.year] += self.scaled(units_of(each))
        return self.pounds_of_years(units)

    def filled(self, added: Sequence[Sequence[Added]]) -> list[int]:
        """The units counted in each contract year."""
        filled = [0] * len(self.ratios)
        for quarter in added:
            for each in quarter:
                filled[each.year] = each.after
        return filled

    def pounds_of_years(self, filled: Sequence[int]) -> Decimal:
        """What units by contract year are worth."""
        return pounds_of(sum(pence_by_year(filled, self.ratios)))
