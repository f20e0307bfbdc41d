"""The formulas of a return: what a count of this quarter is worth, to the penny as the program works it out.

    value  = Σ over contract years of  units that fill what is due in the year × the value of one, rounded once
             less what had been counted by the end of the quarter before

Units fill what is due in the order in which it fell due, and count at most what is due by the end of the quarter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.figures import NOTHING, State
from tomsapp.domain.money import difference, exact_difference, exact_sum, round_pounds, total
from tomsapp.domain.units import UnitForm
from tomsapp.domain.value_factor import value_factor
from tomsapp.exchange.numbers import plain_number
from tomsapp.exchange.return_form import ReturnLine
from tomsapp.exchange.workbook_factors import constant_factor, discount_factor, factor_number

STATES = (State.CLAIMED, State.EVIDENCED)
_NONE = Decimal(0)


@dataclass(frozen=True)
class LineFormula:
    """What makes the value of a state of one line: `CLAIMED`, or `EVIDENCED`."""

    line: ReturnLine
    state: State

    def text(self, units: str) -> str:
        """The formula; `units` is the part of one that gives this quarter's units."""
        terms = list(self._terms(units))
        if not terms:
            return "=0"
        return f"=ROUND({'+'.join(terms)}-{plain_number(self.counted_before)},2)"

    @property
    def value(self) -> Decimal:
        """What it comes to with what was returned so far."""
        return self.line.quarter.of(self.state).pounds

    @property
    def to_date(self) -> Decimal:
        """What is counted to the end of the quarter with what was returned so far."""
        pounds = self.line.figures.pounds
        return pounds.claimed if self.state is State.CLAIMED else pounds.evidenced

    @property
    def counted_before(self) -> Decimal:
        """What had been counted by the end of the quarter before."""
        return difference(self.to_date, self.value)

    def _terms(self, units: str) -> Iterator[str]:
        """The pounds of each contract year: a number where the count of this quarter changes nothing of it."""
        line, now = self.line.figures, self.line.quarter.quarter.quarter
        due_by_year = [self._due(year) for year in range(now.year + 1)]
        if not any(line.unit_values):
            return
        is_by_year = line.measure.unit.form is UnitForm.PERCENT
        own, base = self._pool(units, now.year)
        fixed = (
            total(self._pounds(year, self._filled_alone(year)) for year in range(now.year)) if is_by_year else NOTHING
        )
        if fixed:
            yield plain_number(fixed)
        before = _NONE
        for year, due in enumerate(due_by_year):
            room = _NONE if is_by_year else exact_difference(base, before)
            before = exact_sum((before, due))
            if (is_by_year and year < now.year) or not due:
                continue
            if room >= due:
                yield plain_number(self._pounds(year, due))
            else:
                yield self._term(year, due, own, room)

    def _term(self, year: int, due: Decimal, own: str, room: Decimal) -> str:
        """The pounds of a year: the units that reach it, at most what is due in it, times the value of one."""
        reach = f"{own}{_added(room)}"
        filled = f"MAX(0,MIN({plain_number(due)},ROUND({reach},{self.places})))"
        return f"ROUND({filled}{self._factors(year)},2)"

    def _factors(self, year: int) -> str:
        line = self.line.figures
        value = line.unit_values[year]
        factor = constant_factor(line.measure, line.discount_rate) * discount_factor(line.discount_rate, year)
        numbers = [value.value if value else _NONE, line.commitment.contract_share]
        if factor != 1:
            numbers.append(factor_number(factor))
        return "".join(f"*{plain_number(number)}" for number in numbers)

    @property
    def places(self) -> int:
        """The decimals with which units are counted."""
        return max(self.line.measure.decimals, 4)

    def _pool(self, units: str, year: int) -> tuple[str, Decimal]:
        """What this quarter brings, as a part of a formula, and what the quarters before bring beside it."""
        if self.line.figures.adds_up:
            base = exact_sum(units_of(each.delivery, self.state) for each in self._earlier())
            return units, exact_difference(base, self.line.reserved)
        most = plain_number(self._most(year))
        others = exact_sum(self._most(each) for each in range(year))
        return f"MAX({most},{units})", others

    def _earlier(self) -> Iterator["_Returned"]:
        now = self.line.quarter.quarter.quarter
        for each in self.line.figures.quarters:
            if each.delivery is not None and each.quarter.quarter < now:
                yield _Returned(each.quarter.quarter.year, each.delivery)

    def _most(self, year: int) -> Decimal:
        """Of quantities that are not added up, the most of a year's quarters before this one."""
        found = (units_of(each.delivery, self.state) for each in self._earlier() if each.year == year)
        return max(found, default=_NONE)

    def _due(self, year: int) -> Decimal:
        now = self.line.quarter.quarter.quarter
        quarters = (each for each in self.line.figures.quarters if each.quarter.quarter <= now)
        return exact_sum(max(each.planned, _NONE) for each in quarters if each.quarter.quarter.year == year)

    def _filled_alone(self, year: int) -> Decimal:
        return min(self._due(year), self._most(year))

    def _pounds(self, year: int, units: Decimal) -> Decimal:
        line = self.line.figures
        value = line.unit_values[year]
        if value is None:
            return NOTHING
        factor = value_factor(line.measure, value.value, line.commitment.contract_share, year, line.discount_rate)
        return round_pounds(Fraction(units) * factor)


@dataclass(frozen=True, slots=True)
class _Returned:
    year: int
    delivery: Delivery


def units_of(delivery: Delivery | None, state: State) -> Decimal:
    """The units of a claim that count in a state."""
    if delivery is None:
        return _NONE
    return delivery.standing if state is State.CLAIMED else delivery.shown


def _added(number: Decimal) -> str:
    if not number:
        return ""
    return f"+{plain_number(number)}" if number > 0 else f"-{plain_number(-number)}"


def states_of(line: ReturnLine, claimed: str, evidenced: str) -> dict[State, str]:
    """This quarter's units of each state as a part of a formula, from the cells in which they are filled in."""
    delivery = line.delivery.record if line.delivery else None
    if delivery is not None and line.is_fixed:
        return {state: plain_number(units_of(delivery, state)) for state in STATES}
    stands = f"N({claimed})"
    if delivery is not None and delivery.rejected:
        stands = f"MAX(0,N({claimed})-{plain_number(delivery.rejected)})"
    return {State.CLAIMED: stands, State.EVIDENCED: f"MIN(N({evidenced}),{stands})"}
