"""The table as a block of the story."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tomsapp.reports.layout import Layout, space
from tomsapp.reports.paging import Slice
from tomsapp.reports.table_model import Cell, Column, Part, Row, RowKind, TableLook, together
from tomsapp.reports.table_rows import Overhead, RowSetter, Ruler
from tomsapp.reports.tags import Element

__all__ = ["Cell", "Column", "Part", "Row", "RowKind", "Table", "TableLook", "together"]

_ROWS_BETWEEN_TICKS = 100
_MOST_ROWS = 800
"""Checkers and readers of PDF structure take tables of about a thousand rows."""


@dataclass(frozen=True)
class Table:
    """A table over the full width; its head repeats on each page and a row is cut only if it fills more.

    `whole` keeps a table that fits on a page on one; as many rows as `least` stay together where it begins and ends.
    Tables with groups, heads or spanning cells tell each cell which heads it stands under, so that a screen reader can
    say them.

    A table whose columns have no heads is for lists of pairs: give it a column that names the row.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    look: TableLook = field(default_factory=TableLook)
    after: float = 8.0
    whole: bool = False
    least: int = 2

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """One slice a row; the first rows stay with the head, the last ones together, and the total with a row.

        Raises:
            ValueError: the cells of a row do not fill the columns, or there are no rows.
        """
        self._check()
        slices: list[Slice] = []
        ruler = Ruler(self.columns, self.rows, self.look, layout)
        start = 0
        while start < len(self.rows):
            end = self._end_of_part(start)
            slices += self._part(range(start, end), ruler, parent.add("Table"), f"table-{len(parent.kids)}")
            start = end
        if self.whole and sum(item.height for item in slices) > layout.height:
            # Taller than a page it is cut wherever it may be, and no page is left half empty for the rest of it.
            for item in slices:
                item.wish = False
        return [*slices, space(self.after)]

    def _end_of_part(self, start: int) -> int:
        """Where a table that is too long for readers of its structure goes on as another one, between two lines."""
        end = min(start + _MOST_ROWS, len(self.rows))
        while end < len(self.rows) and self._holds(end - 1):
            end -= 1
        return end if end > start else len(self.rows)

    def _holds(self, index: int) -> bool:
        """Whether a row may not be parted from the next one."""
        row = self.rows[index]
        return row.joined or row.kind in {RowKind.GROUP, RowKind.HEAD}

    def _is_at_end(self, index: int, part: range) -> bool:
        """Whether a row is one of the first or of the last, and stays with the next."""
        return index < part[0] + self.least - 1 or index > len(self.rows) - 1 - self.least

    def _ends(self, index: int) -> bool:
        """Whether the total follows a row, which then stands on its page."""
        return index + 1 < len(self.rows) and self.rows[index + 1].kind is RowKind.TOTAL

    def _part(self, part: range, ruler: Ruler, table: Element, name: str) -> list[Slice]:
        setter = RowSetter(ruler, name if self._is_complex else "")
        head = setter.head(table.add("THead")) if any(column.head for column in self.columns) else None
        body = table.add("TBody")
        slices: list[Slice] = []
        last = len(self.rows) - 1
        over = Overhead(head.again if head is not None else None)
        for index in part:
            row = self.rows[index]
            if index % _ROWS_BETWEEN_TICKS == 0:
                ruler.layout.tick()
            over.close(row.kind)
            pieces = setter.row(row, body, over.height)
            repeat = over.slice()
            for item in pieces:
                item.repeat = repeat
            pieces[0].bookmark = row.bookmark
            pieces[-1].keep = index < last and (self._is_at_end(index, part) or self._holds(index) or self._ends(index))
            pieces[-1].wish = index < last and (self.whole or row.keep)
            over.open(row.kind, setter.again(row))
            slices += pieces
        return [*head.first, *slices] if head is not None else slices

    @property
    def _is_complex(self) -> bool:
        """Whether a cell's heads cannot be told from its row and column alone."""
        return any(
            row.kind in {RowKind.GROUP, RowKind.HEAD}
            or any(isinstance(cell, Cell) and cell.span > 1 for cell in row.cells)
            for row in self.rows
        )

    def _check(self) -> None:
        if not self.rows:
            raise ValueError("A table needs at least one row: say in a sentence that there is nothing.")
        for row in self.rows:
            if row.columns != len(self.columns):
                raise ValueError(f"A row fills {row.columns} of {len(self.columns)} columns.")
