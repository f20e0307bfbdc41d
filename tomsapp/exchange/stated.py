"""What a table states itself beside the quantities: its unit values, the value of each row, and its totals."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.alike import alike
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.money import round_half_away, round_pounds
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_pounds, format_quantity
from tomsapp.exchange.grid import CellError, CellUnreadable, Grid, GridCell, GridRow, number_of, text_or_nothing
from tomsapp.exchange.headings import Headings
from tomsapp.exchange.workbook_columns import Role

_TOTAL = re.compile(
    r"(?:grand |overall )?(?:sub[ -]?)?totals?\b.*|.{0,40}\b(?:sub-?)?total:?|all commitments|sum", re.IGNORECASE
)
_TOTAL_ALONE = re.compile(r"(?:(?:grand|overall|sub)[ -]?)?totals?:?", re.IGNORECASE)
_SUBTOTAL = re.compile(r"\bsub[ -]?total", re.IGNORECASE)
_COUNT_PLACES = 2
"""Decimals in which counts are compared: a sheet may show no more."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that stands in a cell: its number, or why there is none."""

    value: Decimal | None = None
    is_unknown: bool = False
    """A formula that was never worked out."""
    error: str = ""
    """What the cell shows in place of a number, "#REF!"."""


_NOTHING = Stated()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that a table may state of each line: what it is called, its column, and the program's own."""

    name: str
    column: int | None
    ours: Callable[[LineValue], Decimal]
    is_pounds: bool = True

    def text(self, number: Decimal) -> str:
        """A number of this figure as it is said."""
        return format_pounds(round_pounds(number)) if self.is_pounds else format_quantity(self.rounded(number))

    def rounded(self, number: Decimal) -> Decimal:
        """A number as it is compared: pounds to the penny, counts to two decimals."""
        return round_pounds(number) if self.is_pounds else round_half_away(number, _COUNT_PLACES)

    def differs(self, one: Decimal, other: Decimal) -> bool:
        """Whether two numbers of this figure are not the same."""
        return one != other and self.rounded(one) != self.rounded(other)


def stated_in(cell: GridCell) -> Stated:
    """The figure in a cell; nothing where it is empty or holds words."""
    if cell.value is None and not cell.lacks_result:
        return _NOTHING
    if isinstance(cell.value, CellError):
        return Stated(error=cell.value.text)
    if cell.lacks_result:
        return Stated(is_unknown=True)
    try:
        return Stated(number_of(cell).value)
    except CellUnreadable:
        return Stated()


def outcomes_number(outcomes: Fraction) -> Decimal:
    """Employment outcomes as the workbook holds them."""
    return round_half_away(outcomes, 4)


def _outcomes_of(line: LineValue) -> Decimal:
    return outcomes_number(line.employment_outcomes)


def line_figures(headings: Headings, years: Sequence[ContractYear]) -> list[Figure]:
    """The figures that the table states of each row, the line's own before those of its years."""
    stated = headings.stated
    whole: tuple[tuple[Role, Figure], ...] = (
        (Role.LINE_VALUE, Figure("social value", None, lambda line: line.social_value)),
        (Role.REAL_POUNDS, Figure("real pounds", None, lambda line: line.real_pounds)),
        (Role.OUTCOMES, Figure("employment outcomes", None, _outcomes_of, is_pounds=False)),
    )
    found = [
        Figure(figure.name, stated[role, None], figure.ours, figure.is_pounds)
        for role, figure in whole
        if (role, None) in stated
    ]
    if (Role.LINE_VALUE, None) in stated:
        return found
    return found + [
        Figure(f"social value of {year.label}", stated[Role.VALUE, year.index], _value_of(year.index))
        for year in years
        if (Role.VALUE, year.index) in stated
    ]


def quantity_figures(headings: Headings, years: Sequence[ContractYear]) -> list[Figure]:
    """The quantities of each year, which a row of totals may add up too."""
    return [
        Figure(f"the quantities of {year.label}", headings.quantities[year.index], _quantity_of(year.index), False)
        for year in years
        if year.index in headings.quantities
    ]


def _value_of(year: int) -> Callable[[LineValue], Decimal]:
    return lambda line: line.years[year].social_value


def _quantity_of(year: int) -> Callable[[LineValue], Decimal]:
    return lambda line: line.commitment.quantity_in(year) or Decimal(0)


def names_total(text: str) -> bool:
    """Whether a text calls its row a total: "Grand total", "Sub-total of theme 1"."""
    return _TOTAL.fullmatch(text.strip()) is not None


def names_total_alone(text: str) -> bool:
    """Whether a text says that its row is a total and nothing more, which no measure is called."""
    return _TOTAL_ALONE.fullmatch(text.strip()) is not None


def names_subtotal(text: str) -> bool:
    """Whether a text calls its row the total of a part: "Sub-total of theme 1"."""
    return _SUBTOTAL.search(text) is not None


def total_rows(grid: Grid, headings: Headings, measures: Mapping[str, str]) -> list[GridRow]:
    """The rows under the headings that add the others up: they are called so, and name no measure."""
    return [row for row in grid.rows if row.number > headings.row and _is_total(row, headings, measures)]


def _is_total(row: GridRow, headings: Headings, measures: Mapping[str, str]) -> bool:
    code = text_or_nothing(row.cell(headings.columns[Role.CODE]))
    if code:
        return alike(code) not in measures and names_total(code)
    used = {*headings.columns.values(), *headings.quantities.values()} - {headings.columns[Role.CODE]}
    texts = (text_or_nothing(cell) for column, cell in row.cells.items() if column not in used)
    if any(map(names_total, texts)):
        return True
    values = [column for (role, _year), column in headings.stated.items() if role is Role.LINE_VALUE]
    has_value = any(stated_in(row.cell(column)).value for column in values)
    return has_value and not any(text_or_nothing(row.cell(column)) for column in headings.quantities.values())
