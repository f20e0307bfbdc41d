"""Why a row of a table shows another figure than the program works out."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import round_pounds
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_percent, format_pounds
from tomsapp.exchange.grid import GridCell, GridRow
from tomsapp.exchange.row_reader import Sheet
from tomsapp.exchange.stated import stated_in
from tomsapp.exchange.workbook_columns import Role, column_letter


def unit_value_differences(cells: GridRow, sheet: Sheet, line: LineValue) -> Iterator[str]:
    """Each unit value in the row that is not the menu's."""
    for (role, index), column in sheet.headings.stated.items():
        if role is not Role.UNIT_VALUE or (index or 0) >= len(line.years):
            continue
        shown, menu = stated_in(cells.cell(column)).value, line.years[index or 0].unit_value
        if shown is not None and (menu is None or shown != menu.value):
            ours = format_pounds(menu.value) if menu else "none"
            yield f"its unit value is {format_pounds(shown)}, and the menu’s is {ours}"


def causes_of(cells: GridRow, sheet: Sheet, line: LineValue, *, is_own: bool) -> Iterator[str]:
    """The reasons that can be seen in the row for a figure that is not the program's."""
    yield from _texts(cells, sheet, line)
    if is_own:
        yield from _typed_over(cells, sheet)
        if Role.SHARE not in sheet.headings.columns:
            yield "the column of contract shares is gone, so that 100% is taken"
    yield from _proportion(cells, sheet, line)


def _texts(cells: GridRow, sheet: Sheet, line: LineValue) -> Iterator[str]:
    """Numbers that are text in a workbook: a formula takes them for nothing."""
    if cells.width is not None:
        return
    for year, column in sheet.headings.quantities.items():
        if _is_text(cells.cell(column)) and year < len(line.years):
            label = line.years[year].year.label
            yield f"the quantity of {label} is text, which a spreadsheet counts as 0"
    for role, words in (
        (Role.SHARE, "the contract share is text, which a spreadsheet takes for 100%"),
        (Role.RATE, "the promise per pound is text, which a spreadsheet counts as 0"),
        (Role.RATE_PER, "the pounds of the promise per pound are text, which a spreadsheet counts as 0"),
    ):
        if _is_text(cells.cell(sheet.headings.columns.get(role))):
            yield words


def _is_text(cell: GridCell) -> bool:
    return isinstance(cell.value, str) and bool(cell.value.strip())


def _typed_over(cells: GridRow, sheet: Sheet) -> Iterator[str]:
    """Figures of this program's own workbook that are no formula any more."""
    for (role, _year), column in sheet.headings.stated.items():
        cell = cells.cell(column)
        if role is not Role.UNIT_VALUE and not cell.has_formula and stated_in(cell).value is not None:
            yield f"the figure in column {column_letter(column)} is typed in, where a formula stood"


def _proportion(cells: GridRow, sheet: Sheet, line: LineValue) -> Iterator[str]:
    """What a figure that is in proportion to the program's own may have left out."""
    column = sheet.headings.stated.get((Role.LINE_VALUE, None))
    shown = stated_in(cells.cell(column)).value
    if not shown or not line.social_value or round_pounds(shown) == line.social_value:
        return
    plain = sum((_without_factors(line, year) for year in range(len(line.years))), Decimal(0))
    if round_pounds(shown) == plain:
        yield "the file counts quantity × unit value alone, without the contract share and the menu’s other factors"
    elif Role.SHARE not in sheet.headings.columns and 0 < shown < line.social_value:
        part = Fraction(shown) / Fraction(line.social_value)
        yield f"the file counts {format_percent(part, 2)} of it, and has no column of contract shares"
    elif abs(shown - line.social_value) < Decimal("0.01") * len(line.years):
        yield "the program rounds each year to the penny"


def _without_factors(line: LineValue, index: int) -> Decimal:
    year = line.years[index]
    value = year.unit_value.value if year.unit_value else Decimal(0)
    return round_pounds(Fraction(year.quantity) * Fraction(value))
