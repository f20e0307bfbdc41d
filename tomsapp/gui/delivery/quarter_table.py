"""The quarter grid: moves by cell, and opens what was returned in a quarter."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from tomsapp.domain.delivery.figures import DeliveredLine, QuarterFigures
from tomsapp.gui.delivery.quarter_delegate import QuarterDelegate, room_for
from tomsapp.gui.delivery.quarter_model import QuarterModel
from tomsapp.gui.delivery.year_grid import YearTable
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.clipboard import table_text
from tomsapp.gui.widgets.heard import ChosenOneByOne, hear_choices

_RATING = 186
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuarterTable(ChosenOneByOne, YearTable[QuarterModel]):
    """Shows a `QuarterModel`; arrows move by cell, Enter opens the cell."""

    cell_opened = Signal()
    """Enter, a double click or assistive technology opened the current cell."""

    plan_wanted = Signal()
    """What is planned is to be copied into the claim of the current cell."""

    def __init__(self, model: QuarterModel) -> None:
        super().__init__(model)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        hear_choices(self, lambda _index: self.cell_opened.emit())
        self.setItemDelegate(QuarterDelegate(self, model))
        self.doubleClicked.connect(lambda _index: self.cell_opened.emit())
        here = Qt.ShortcutContext.WidgetShortcut
        add_action(self, "Copy with heads", QKeySequence.StandardKey.Copy, self.copy_all, here)

    def cell_rooms(self, column: int) -> Iterable[float]:
        """How wide the words are in each cell of a quarter."""
        cells = ((line, self.grid.cell_at(row, column)) for row, line in enumerate(self.grid.lines))
        return [room_for(line, cell) for line, cell in cells if cell]

    def last_room(self) -> int:
        """How wide the rating is."""
        return current_theme().px(_RATING)

    # Moving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell, C copies the plan into its claim; the arrows move by cell."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.cell_opened.emit()
        elif event.key() == Qt.Key.Key_C and not event.modifiers():
            self.plan_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Typing does nothing: letters are keys of the grid."""

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell and show it."""
        index = self.grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def current_line(self) -> DeliveredLine | None:
        """The commitment that the cursor is in, or None."""
        row = self.currentIndex().row()
        return self.grid.lines[row] if 0 <= row < len(self.grid.lines) else None

    def current_quarter(self) -> QuarterFigures | None:
        """The quarter that the cursor is in; None beside the quarters."""
        index = self.currentIndex()
        return self.grid.figures_at(index.row(), index.column())

    def copy_all(self) -> None:
        """Copy every cell with the heads, as a spreadsheet takes them."""
        QGuiApplication.clipboard().setText(table_text(self.text_rows()))

    def text_rows(self) -> list[list[str]]:
        """The heads and every row as text."""
        grid, role = self.grid, Qt.Orientation.Horizontal
        heads = [str(grid.headerData(column, role)) for column in range(grid.columnCount())]
        rows = [[grid.text(row, column) for column in range(grid.columnCount())] for row in range(grid.rowCount())]
        return [heads, *rows]
