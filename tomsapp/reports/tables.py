"""The table as a block of the story."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tomsapp.reports.flowables import Layout, space
from tomsapp.reports.paging import Slice
from tomsapp.reports.table_model import Cell, Column, Part, Row, RowKind, TableLook
from tomsapp.reports.table_rows import RowSetter
from tomsapp.reports.tags import Element

__all__ = ["Cell", "Column", "Part", "Row", "RowKind", "Table", "TableLook"]

_ROWS_BETWEEN_TICKS = 100
_MOST_ROWS = 800
"""Checkers and readers of PDF structure take tables of about a thousand rows."""


@dataclass(frozen=True)
class Table:
    """A table over the full width; its head repeats on each page and a row is cut only if it fills more.

    `whole` keeps a short table on one page.

    A table whose columns have no heads is for lists of pairs: give it a column that names the row.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    look: TableLook = field(default_factory=TableLook)
    after: float = 8.0
    whole: bool = False

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """One slice a row; the first two rows stay with the head, the last two together.

        Raises:
            ValueError: the cells of a row do not fill the columns, or there are no rows.
        """
        self._check()
        slices: list[Slice] = []
        start = 0
        while start < len(self.rows):
            end = self._end_of_part(start)
            slices += self._part(start, end, layout, parent.add("Table"))
            start = end
        return [*slices, space(self.after)]

    def _end_of_part(self, start: int) -> int:
        """Where a table that is too long for readers of its structure goes on as another one, between two lines."""
        end = min(start + _MOST_ROWS, len(self.rows))
        while end < len(self.rows) and (self.rows[end - 1].joined or self.rows[end - 1].kind is RowKind.GROUP):
            end -= 1
        return end if end > start else len(self.rows)

    def _part(self, start: int, end: int, layout: Layout, table: Element) -> list[Slice]:
        setter = RowSetter(self.columns, self.rows, self.look, layout)
        head = setter.head(table.add("THead")) if any(column.head for column in self.columns) else None
        body = table.add("TBody")
        slices: list[Slice] = []
        last = len(self.rows) - 1
        for index in range(start, end):
            row = self.rows[index]
            if index % _ROWS_BETWEEN_TICKS == 0:
                layout.tick()
            pieces = setter.row(row, body)
            pieces[-1].keep = index < last and (
                self.whole or index in {start, last - 1} or row.joined or row.kind is RowKind.GROUP
            )
            slices += pieces
        if head is None:
            return slices
        for item in slices:
            item.repeat = head.again
        return [*head.first, *slices]

    def _check(self) -> None:
        if not self.rows:
            raise ValueError("A table needs at least one row: say in a sentence that there is nothing.")
        for row in self.rows:
            if row.columns != len(self.columns):
                raise ValueError(f"A row fills {row.columns} of {len(self.columns)} columns.")
