"""Which mark stands before the decimals in a table: what parts its cells and its own numbers say it."""

from collections.abc import Iterator
from dataclasses import replace

from tomsapp.domain.typed_numbers import Convention, convention_of
from tomsapp.exchange.grid import Grid, GridRow
from tomsapp.exchange.headings import Headings
from tomsapp.exchange.workbook_columns import Role

_NUMBERS = (Role.RATE, Role.RATE_PER, Role.SHARE, Role.COST)


def with_convention(grid: Grid, headings: Headings) -> Grid:
    """The table with the convention of its numbers in each of its texts."""
    convention = convention_of(_number_texts(grid, headings), grid.usual)
    if convention is Convention.POINT:
        return grid
    return replace(grid, rows=tuple(_row(row, convention) for row in grid.rows))


def _row(row: GridRow, convention: Convention) -> GridRow:
    return replace(row, cells={column: cell._replace(convention=convention) for column, cell in row.cells.items()})


def _number_texts(grid: Grid, headings: Headings) -> Iterator[str]:
    """The texts that stand where numbers should be."""
    roles = {headings.columns[role] for role in _NUMBERS if role in headings.columns}
    columns = sorted({*roles, *headings.quantities.values(), *headings.stated.values()})
    for row in grid.rows:
        if row.number > headings.row:
            texts = (row.cell(column).value for column in columns)
            yield from (text.replace("%", "") for text in texts if isinstance(text, str))
