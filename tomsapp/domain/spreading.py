"""One number for a whole contract, as numbers for its years that come to exactly the same."""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.money import exact_difference, exact_sum, round_down
from tomsapp.domain.units import UnitForm


class Spread(Enum):
    """How a number for the whole contract is put to its years."""

    FIRST = "first"
    EVENLY = "evenly"
    LENGTHS = "lengths"

    @property
    def words(self) -> str:
        """The way as people read it."""
        return {Spread.FIRST: "In year 1", Spread.EVENLY: "Evenly", Spread.LENGTHS: "By the years’ lengths"}[self]


def spread_quantity(
    number: Decimal, how: Spread, years: Sequence[ContractYear], form: UnitForm, places: int
) -> tuple[Decimal | None, ...]:
    """The quantity of each contract year, to `places` decimals; the last year takes the rest.

    What is per cent holds in each year. A yes is given once, in the first year.
    """
    if form is UnitForm.PERCENT:
        return (number,) * len(years)
    if how is Spread.FIRST or form is UnitForm.YES_NO:
        return (number, *(None,) * (len(years) - 1))
    weights = [year.days if how is Spread.LENGTHS else 1 for year in years]
    parts = [round_down(Fraction(number) * weight / sum(weights), places) for weight in weights[:-1]]
    return (*parts, exact_difference(number, exact_sum(parts)))
