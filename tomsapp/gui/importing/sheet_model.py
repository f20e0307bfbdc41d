"""A sheet as the file shows it, with what each row and column of it is, for a table of Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tomsapp.services.table_import import (
    IGNORED,
    ColumnUse,
    Grid,
    GridCell,
    GridRow,
    Guessed,
    LeftOut,
    RowKind,
    SheetLabels,
    column_letter,
    text_or_nothing,
)

LOOK_ROLE = int(Qt.ItemDataRole.UserRole)
"""How a cell looks: a `CellLook`."""
_Index = QModelIndex | QPersistentModelIndex
_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FEWEST_COLUMNS = 3
_AMOUNTS = ("year-", "whole", "share", "stated")


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell is painted, each sign beside a word that says the same."""

    kind: RowKind
    is_struck: bool = False
    is_hidden: bool = False
    is_guessed: bool = False
    has_note: bool = False
    is_read: bool = False
    to_decide: bool = False


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A sheet with its labels, and what is to be said of its cells.

    Attributes:
        uses: what its columns can hold, by key.
        to_decide: what nobody decided yet.
    """

    grid: Grid
    labels: SheetLabels
    uses: Mapping[str, ColumnUse] = field(default_factory=dict)
    guessed: Sequence[Guessed] = ()
    to_decide: Sequence[LeftOut] = ()


class SheetModel(QAbstractTableModel):
    """The rows of a sheet that hold anything, top to bottom, under their own numbers and letters."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet: ShownSheet | None = None
        self._rows: Sequence[GridRow] = ()
        self._width = 0
        self._guessed: dict[tuple[int, int], str] = {}
        self._open: set[tuple[int | None, int | None]] = set()

    def show(self, sheet: ShownSheet | None) -> None:
        """Show another sheet, or the same with other labels: then the place in it stays."""
        is_same = sheet is not None and self.sheet is not None and sheet.grid is self.sheet.grid
        if not is_same:
            self.beginResetModel()
        self.sheet = sheet
        self._rows = sheet.grid.rows if sheet else ()
        self._width = _width(self._rows) if sheet else 0
        self._guessed = {(one.row, one.column): one.words for one in sheet.guessed} if sheet else {}
        self._open = {(one.row, one.column) for one in sheet.to_decide} if sheet else set()
        if not is_same:
            self.endResetModel()
        elif self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self._width - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._rows) - 1)

    def rowCount(self, parent: _Index | None = None) -> int:
        """The rows that hold anything."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """The columns up to the last that holds anything."""
        return 0 if parent is not None and parent.isValid() else self._width

    def number_of(self, place: int) -> int:
        """The number that the sheet shows for the row at a place."""
        return self._rows[place].number

    def place_of(self, number: int) -> int | None:
        """Where the row of a number stands; None where it holds nothing."""
        return next((place for place, row in enumerate(self._rows) if row.number == number), None)

    def use_of(self, column: int) -> ColumnUse:
        """What a column holds."""
        if self.sheet is None:
            return IGNORED
        return self.sheet.uses.get(self.sheet.labels.columns.get(column, ""), IGNORED)

    def is_hidden(self, column: int) -> bool:
        """Whether a column is hidden in the file."""
        return self.sheet is not None and column in self.sheet.grid.hidden_columns

    def is_open(self, row: int | None, column: int | None) -> bool:
        """Whether something is to be decided of a whole row or a whole column."""
        return (row, column) in self._open

    def text_at(self, place: int, column: int) -> str:
        """The text of a cell as the sheet shows it."""
        return _shown(self._rows[place].cell(column))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, look, alignment, tooltip and spoken name of a cell."""
        if not index.isValid() or self.sheet is None:
            return None
        row, column = self._rows[index.row()], index.column()
        makers: Mapping[int, Callable[[GridRow, int], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda row, column: _shown(row.cell(column)),
            Qt.ItemDataRole.TextAlignmentRole: self._alignment,
            Qt.ItemDataRole.ToolTipRole: self._tooltip,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            LOOK_ROLE: self._look,
        }
        make = makers.get(role)
        return make(row, column) if make else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Column: its letter and what it holds. Row: its number and what it is."""
        if self.sheet is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            hidden = ", hidden in the file" if self.is_hidden(section) else ""
            return f"Column {column_letter(section)}{hidden}, holds {self.use_of(section).label}"
        row = self._rows[section]
        return f"Row {row.number}, {self.kind_words(section).lower()}"

    def kind_words(self, place: int) -> str:
        """What stands beside a row."""
        row = self._rows[place]
        if self.sheet is None:
            return ""
        if row.is_struck:
            return "Struck out"
        return self.sheet.labels.kind_of(row.number).words

    def kind_at(self, place: int) -> RowKind:
        """What a row is read as."""
        return self.sheet.labels.kind_of(self._rows[place].number) if self.sheet else RowKind.NOT_READ

    def _alignment(self, row: GridRow, column: int) -> Qt.AlignmentFlag:
        value = row.cell(column).value
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        is_amount = self.use_of(column).key.startswith(_AMOUNTS)
        return _NUMBER if is_number or is_amount else _TEXT

    def _tooltip(self, row: GridRow, column: int) -> str:
        cell = row.cell(column)
        return self._guessed.get((row.number, column)) or cell.note or _shown(cell)

    def _look(self, row: GridRow, column: int) -> CellLook:
        kind = self.sheet.labels.kind_of(row.number) if self.sheet else RowKind.NOT_READ
        use = self.use_of(column)
        return CellLook(
            kind=kind,
            is_struck=row.is_struck,
            is_hidden=row.is_hidden or self.is_hidden(column),
            is_guessed=(row.number, column) in self._guessed,
            has_note=bool(row.cell(column).note),
            is_read=kind is RowKind.LINE and bool(use.key) and not use.is_compared,
            to_decide=self.is_open(row.number, None) or self.is_open(row.number, column),
        )

    def _spoken(self, row: GridRow, column: int) -> str:
        cell = row.cell(column)
        parts = [f"{column_letter(column)}{row.number}", _shown(cell) or "empty"]
        if words := self._guessed.get((row.number, column)):
            parts.append(words)
        if cell.note:
            parts.append(f"has a note: {cell.note}")
        if row.is_struck:
            parts.append("struck out")
        return ", ".join(parts)


def _width(rows: Iterable[GridRow]) -> int:
    return max([_FEWEST_COLUMNS, *(max(row.cells, default=-1) + 1 for row in rows)])


def _shown(cell: GridCell) -> str:
    return " ".join((cell.text or text_or_nothing(cell)).split())
