"""The lines behind a figure: one for each year of each commitment that passes the filters."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.filters import passing
from tomsapp.dashboards.selection import Filters
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.money import SHARE_PLACES, from_scaled
from tomsapp.domain.portfolio import OVERLAPPING, Grouping
from tomsapp.domain.units import UnitForm
from tomsapp.domain.value_factor import pounds_of
from tomsapp.domain.wording import format_pounds, format_quantity, plural


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """One year of one commitment. `year` is empty where nothing is promised yet; money in pence.

    `own_groups` has the names of the council’s own groups that it is in, for each grouping that the council made.
    """

    contract: PortfolioContract
    owner: PortfolioMeasure
    commitment: int
    ward: str
    year: str
    share_scaled: int
    quantity_scaled: int
    pence: int
    real_pence: int
    own_groups: tuple[tuple[Grouping, str], ...] = ()

    @property
    def social_value(self) -> Decimal:
        """Pounds of social value."""
        return pounds_of(self.pence)

    @property
    def real_pounds(self) -> Decimal:
        """Pounds handed over, never added to the social value."""
        return pounds_of(self.real_pence)

    @property
    def quantity(self) -> Decimal:
        """Units promised for the year, before the contract share."""
        return from_scaled(self.quantity_scaled, QUANTITY_PLACES)

    @property
    def contract_share(self) -> Decimal:
        """The share that the contract may claim."""
        return from_scaled(self.share_scaled, SHARE_PLACES)

    @property
    def quantity_text(self) -> str:
        """The quantity with its unit: "40 weeks"; empty where nothing is promised yet."""
        if not self.year:
            return ""
        unit = self.owner.measure.unit
        match unit.form:
            case UnitForm.POUNDS:
                return format_pounds(self.quantity)
            case UnitForm.PERCENT:
                return f"{format_quantity(self.quantity)}%"
            case UnitForm.YES_NO:
                return "Yes" if self.quantity_scaled else "No"
            case UnitForm.NUMBER:
                return plural(self.quantity, unit.one, unit.many)
            case _:
                assert_never(unit.form)


def lines_of(cube: Cube, filters: Filters, left_out: Collection[int] = ()) -> Iterator[PortfolioLine]:
    """The lines that pass the filters, contract by contract; their sums are the figures.

    `left_out` holds the numbers of the commitments that have errors, which do not count.
    """
    rows = cube.frame[passing(cube, filters, left_out).rows]
    wards = cube.groups[Grouping.WARD]
    ward_names = [wards.members[code].name for code in wards.code_of[:-1].tolist()]
    years = [*cube.years, ""]
    own = [(grouping, cube.groups[grouping]) for grouping in Grouping if grouping in OVERLAPPING]
    named = [(grouping, groups.column, groups.names_by_value()) for grouping, groups in own if groups.members]
    names = ("contract", "measure", "commitment", "place", "year", "share", "quantity", "social_value", "real_pounds")
    for contract, measure, commitment, place, year, share, quantity, social, real in zip(
        *(rows[name].tolist() for name in names), strict=True
    ):
        at = {"measure": measure, "place": place}
        yield PortfolioLine(
            cube.contracts[contract],
            cube.measures[measure],
            commitment,
            ward_names[place],
            years[year],
            cube.shares[share],
            quantity,
            social,
            real,
            tuple((grouping, of_value[at[column]]) for grouping, column, of_value in named),
        )
