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
        table = parent.add("Table")
        setter = RowSetter(self.columns, self.rows, self.look, layout)
        head = setter.head(table.add("THead")) if any(column.head for column in self.columns) else None
        body = table.add("TBody")
        slices: list[Slice] = []
        last = len(self.rows) - 1
        for index, row in enumerate(self.rows):
            if index % _ROWS_BETWEEN_TICKS == 0:
                layout.tick()
            pieces = setter.row(row, body)
            pieces[-1].keep = index < last and (
                self.whole or index in {0, last - 1} or row.joined or row.kind is RowKind.GROUP
            )
            slices += pieces
        if head is not None:
            for item in slices:
                item.repeat = head.again
            slices = [*head.first, *slices]
        return [*slices, space(self.after)]

    def _check(self) -> None:
        if not self.rows:
            raise ValueError("A table needs at least one row: say in a sentence that there is nothing.")
        for row in self.rows:
            if row.columns != len(self.columns):
                raise ValueError(f"A row fills {row.columns} of {len(self.columns)} columns.")
