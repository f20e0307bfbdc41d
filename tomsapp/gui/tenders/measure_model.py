"""The table of a tender's measures as Qt's model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from tomsapp.domain.wording import plural
from tomsapp.gui.contract.typed import spoken_quantity
from tomsapp.gui.models.moving_rows import move_rows
from tomsapp.gui.tenders.measure_rows import (
    HEADS,
    TARGET,
    TITLE,
    UNIT_VALUE,
    USE,
    WHY,
    WORTH,
    MeasureRow,
    Row,
    Shown,
    ThemeRow,
    rows_of,
)

TYPED = (WHY, TARGET)
"""The columns into which something is typed."""
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_DOES = {
    TITLE: "Enter opens all that is asked of the measure, Delete takes it out",
    WHY: "Type one line. Ctrl+Tab leaves the table",
    USE: "Space or Enter changes it",
    TARGET: "Type a quantity. Ctrl+Tab leaves the table",
}


class MeasureModel(QAbstractTableModel):
    """What is typed goes out as a signal and comes back as other rows.

    Attributes:
        choice_column: the column in which a theme says whether it is required; it is the first of those at its right.
    """

    typed = Signal(str, int, str)
    """The code of a measure, a column, and the text that was typed."""
    rows_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.folded: frozenset[str] = frozenset()
        self.choice_column = TARGET
        self._shown: Shown | None = None

    # Contents

    def show(self, shown: Shown | None) -> None:
        """Show other measures; rows that stay keep cursor, selection and an open editor."""
        self._shown = shown
        move_rows(self, self.rows, rows_of(shown, self.folded) if shown else [])
        self.rows_changed.emit()

    def toggle_fold(self, key: str) -> None:
        """Fold or unfold a theme."""
        self.folded ^= {key}
        self.show(self._shown)

    def unfold(self) -> None:
        """Show the measures of all themes."""
        self.folded = frozenset()
        self.show(self._shown)

    def measure_at(self, row: int) -> MeasureRow | None:
        """The measure in a row, or None."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, MeasureRow) else None

    def theme_at(self, row: int) -> ThemeRow | None:
        """The theme in a row, or None."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, ThemeRow) else None

    def row_of(self, code: str) -> int | None:
        """The row of a measure, or None where it is not shown."""
        return next((place for place, row in enumerate(self.rows) if row.key == f"measure:{code}"), None)

    def is_typed(self, row: int, column: int) -> bool:
        """Whether something can be typed into a cell."""
        found = self.measure_at(row)
        return found is not None and not found.is_fixed and column in TYPED

    # Qt's side

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Number of rows shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """All columns, of which the table shows some."""
        return 0 if parent.isValid() else len(HEADS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every cell that says something can be reached; what is typed can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row, column = index.row(), index.column()
        if self.theme_at(row) is not None and column not in (TITLE, self.choice_column):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_typed(row, column) else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Heads of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in (UNIT_VALUE, TARGET, WORTH) else _LEFT
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a cell shows, takes for editing, or says."""
        getter = _GETTERS.get(role)
        return getter(self, self.rows[index.row()], index.column()) if getter and index.isValid() else None

    def setData(self, index: _Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Send out what was typed, if it differs."""
        row = self.measure_at(index.row())
        if role != Qt.ItemDataRole.EditRole or row is None or not self.is_typed(index.row(), index.column()):
            return False
        if str(value) != row.text(index.column()):
            self.typed.emit(row.code, index.column(), str(value))
        return True

    def text(self, row: Row, column: int) -> str:
        """What a cell shows; a theme stands in its first column and says its choice at the right."""
        if isinstance(row, MeasureRow):
            return row.text(column)
        return row.words if column == TITLE else row.choice if column == self.choice_column else ""

    def said(self, row: Row, column: int) -> str:
        """The accessible name of a cell."""
        if isinstance(row, ThemeRow):
            state = "folded" if row.is_folded else "expanded"
            told = f"Theme {row.number}, {row.words}, {state}" if column == TITLE else row.choice
            return f"{told}, {row.title}" if column == self.choice_column and told else told
        if column == TITLE:
            return f"{row.title}, {row.second}"
        held = row.held.get(column)
        if held is not None:
            return f"{HEADS[column]}, {row.title}, {held.text}, error: {held.message}. {held.fix}"
        quantity = spoken_quantity(row.asked.target, row.measure) if row.asked.target else "none"
        text = quantity if column == TARGET else row.text(column) or "none"
        mark = ", to put right" if row.marks.get(column) == "error" else ""
        return f"{HEADS[column]}, {row.title}, {text}{mark}"

    def described(self, row: Row, column: int) -> str:
        """What can be done in a cell."""
        if isinstance(row, ThemeRow):
            return "Space folds" if column == TITLE else "Enter changes it"
        return "Read only" if row.is_fixed else _DOES.get(column, "")

    def tooltip(self, row: Row, column: int) -> str:
        """The whole of what may be cut, and what is wrong."""
        if isinstance(row, ThemeRow):
            return f"{row.title}: {plural(row.count, 'measure')}" if column == TITLE else ""
        held = row.held.get(column)
        if held is not None:
            return f"{held.message}. {held.fix}"
        return f"{row.title}\n{row.second}" if column == TITLE else row.text(column) if column == WHY else ""


_GETTERS: dict[int, Callable[[MeasureModel, Row, int], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): MeasureModel.text,
    int(Qt.ItemDataRole.EditRole): MeasureModel.text,
    int(Qt.ItemDataRole.AccessibleTextRole): MeasureModel.said,
    int(Qt.ItemDataRole.AccessibleDescriptionRole): MeasureModel.described,
    int(Qt.ItemDataRole.ToolTipRole): MeasureModel.tooltip,
}
