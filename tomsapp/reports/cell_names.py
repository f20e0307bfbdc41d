"""The names of the head cells of a table, and which of them each cell stands under."""

from collections.abc import Sequence
from typing import assert_never

from tomsapp.reports.table_model import Column, RowKind
from tomsapp.reports.tags import Element


class CellNamer:
    """Makes the elements of the cells of one table, row by row.

    In a table with groups, heads of blocks or spanning cells each cell names its heads: those of its columns, its
    group, its block and its row. In a simple one, without a `name`, the scope of its heads says it all.
    """

    def __init__(self, columns: Sequence[Column], name: str) -> None:
        self._columns = columns
        self._name = name
        self._row = 0
        self._over: dict[RowKind, tuple[str, ...]] = {}
        self._own: tuple[str, ...] = ()

    def head(self, line: Element, index: int) -> Element:
        """The head cell of a column."""
        cell = line.add("TH", scope="Column")
        cell.name = self._column(index)
        return cell

    def _column(self, index: int) -> str:
        return f"{self._name}-column-{index + 1}" if self._name else ""

    def begin(self, kind: RowKind) -> None:
        """Begin a row; a group, head or total ends the ones before."""
        self._row += 1
        self._own = ()
        match kind:
            case RowKind.GROUP | RowKind.TOTAL:
                self._over.clear()
            case RowKind.HEAD:
                self._over.pop(RowKind.HEAD, None)
            case RowKind.BODY:
                pass
            case _:
                assert_never(kind)

    def cell(self, line: Element, index: int, kind: RowKind, span: int, *, is_empty: bool = False) -> Element:
        """A cell of the row that has begun, over `span` columns from `index`."""
        names_row = self._columns[index].row_head or (index == 0 and kind is not RowKind.BODY and not is_empty)
        cell = line.add("TH" if names_row else "TD", scope="Row" if names_row else "", span=span)
        if not self._name:
            return cell
        # The name of a group or total is under no column: it is over them all.
        columns = [self._column(at) for at in range(index, index + span) if self._columns[at].head and span == 1]
        over = [name for names in self._over.values() for name in names if name not in self._own]
        cell.heads = (*columns, *over, *self._own)
        if names_row:
            cell.name = f"{self._name}-row-{self._row}-{index + 1}"
            self._own = (*self._own, cell.name)
            if kind in {RowKind.GROUP, RowKind.HEAD}:
                self._over[kind] = self._own
        return cell
