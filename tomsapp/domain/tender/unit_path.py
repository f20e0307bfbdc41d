"""The unit values that a measure could have: step by step, in the decimals in which an edition gives them."""

from fractions import Fraction

from tomsapp.domain.menu import Measure
from tomsapp.domain.money import divide_half_away
from tomsapp.domain.tender.trial_bid import UNIT_SCALE, UnitValues
from tomsapp.domain.tender.trial_field import unit_values_of
from tomsapp.domain.tender.trials import pounds_of_unit
from tomsapp.domain.wording import format_percent

MOST_TIMES = 100
"""Unit values are looked at up to so many times a measure's own."""

STEPS_FROM_NOTHING = 1_000_000
"""So many steps are looked at where its own is nothing."""

PARTS = 10_000
"""Values by year move together, in steps of one part of so many."""

_PENNY = UNIT_SCALE // 100


class UnitPath:
    """The unit values of a measure by steps.

    One value goes by pennies, or by 10^−4 pounds where it is under £1, as an edition rounds it. Values by year go
    together by hundredths of a per cent, each rounded so.

    Attributes:
        now: the step of its own values; 0 is nothing.
        last: the last step that is looked at.
    """

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self._own = unit_values_of(measure)
        self._grids = {year: _grid(value) for year, value in self._own.items()}
        self._is_single = len(self._own) == 1
        (first, *_), (grid, *_) = self._own.values(), self._grids.values()
        self.now = first // grid if self._is_single else PARTS
        self.last = self.now * MOST_TIMES if self.now > 0 else STEPS_FROM_NOTHING if not self.now else self.now

    def unit_values(self, step: int) -> UnitValues:
        """The unit values at a step."""
        if self._is_single:
            return {year: step * self._grids[year] for year in self._own}
        return {
            year: divide_half_away(value * step, PARTS * self._grids[year]) * self._grids[year]
            for year, value in self._own.items()
        }

    def rate(self, year: int | None) -> Fraction:
        """By how much the unit value of a year goes up with each step, before it is rounded, in 10^−4 pounds."""
        return Fraction(self._grids[year]) if self._is_single else Fraction(self._own[year], PARTS)

    def slack(self, year: int | None) -> Fraction:
        """By how much rounding may move the unit value of a year, in 10^−4 pounds."""
        return Fraction(0) if self._is_single else Fraction(self._grids[year], 2)

    def words(self, step: int) -> str:
        """The values at a step: "£23.10", "148.5% of its values by year"."""
        if self._is_single:
            (value,) = self.unit_values(step).values()
            return pounds_of_unit(value)
        return f"{format_percent(Fraction(step, PARTS))} of its values by year"


def _grid(value: int) -> int:
    """By what a unit value is moved: a penny, and where it is under £1 the last decimal that it may have."""
    return _PENNY if value >= UNIT_SCALE and not value % _PENNY else 1
