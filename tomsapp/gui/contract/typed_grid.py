"""What the grids have in common whose cells are typed into: Tab from cell to cell and out, blocks, and their keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QTableView

from tomsapp.gui.widgets.clipboard import table_text

if TYPE_CHECKING:
    _View = QTableView
else:
    _View = object

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_Index = QModelIndex | QPersistentModelIndex


class TypedGrid(_View):
    """Stands before Qt's class.

    Attributes:
        kept_keys: what the grid takes with Ctrl while it has the keyboard, whatever it means to the window.
    """

    kept_keys: ClassVar[tuple[Qt.Key, ...]] = TABS

    def step_typed(self, step: int) -> bool:
        """Go to the next (or last) cell that is typed into; False when there is none."""
        raise NotImplementedError

    def block(self, rows: Sequence[int], columns: Sequence[int]) -> Iterable[Sequence[str]]:
        """What is copied of these rows and columns."""
        raise NotImplementedError

    def keeps(self, event: QKeyEvent) -> bool:
        """Whether a key is the grid's own, whatever it means to the window."""
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and event.key() in self.kept_keys

    def event(self, event: QEvent) -> bool:
        """Keep the grid's own keys while it has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.keeps(event):
            event.accept()
            return True
        return super().event(event)

    def keyboardSearch(self, _text: str) -> None:
        """Typing on a cell that cannot be edited does nothing."""

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell and show it."""
        index = self.model().index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def step_or_leave(self, key: int) -> None:
        """Tab goes to the next cell that is typed into, Shift+Tab to the last, and both out of the grid at its ends."""
        forwards = key == Qt.Key.Key_Tab
        if not self.step_typed(1 if forwards else -1):
            self.leave(forwards=forwards)

    def leave(self, *, forwards: bool) -> None:
        """Move the keyboard out of the grid."""
        self.setTabKeyNavigation(False)
        self.focusNextPrevChild(forwards)
        self.setTabKeyNavigation(True)

    def marked_rows(self) -> list[int]:
        """The rows in which something is selected, else the one that the cursor is in."""
        return sorted({index.row() for index in self.selectedIndexes()} or {self.currentIndex().row()})

    def copy_block(self) -> None:
        """Copy the selected cells, as a spreadsheet takes them."""
        lines = list(self.block(self.marked_rows(), sorted({index.column() for index in self.selectedIndexes()})))
        if lines:
            QGuiApplication.clipboard().setText(table_text(lines))


class OneBlock(_View):
    """Has one block selected: Ctrl with the mouse or an arrow begins another, as neither does in Qt."""

    def selectionCommand(self, index: _Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """What is selected is one block."""
        command = super().selectionCommand(index, event)
        flags = QItemSelectionModel.SelectionFlag
        if command & flags.Toggle or (command == flags.NoUpdate and isinstance(event, QKeyEvent)):
            return flags.ClearAndSelect
        return command
