"""The quarter grid: moves by cell, and opens what was returned in a quarter."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from tomsapp.domain.delivery.figures import DeliveredLine, QuarterFigures
from tomsapp.gui.delivery.quarter_delegate import PADDING, QuarterDelegate, room_for
from tomsapp.gui.delivery.quarter_model import FIRST_QUARTER, TITLE, QuarterModel
from tomsapp.gui.row_paint import words_width
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.clipboard import table_text
from tomsapp.gui.widgets.data_table import be_plain
from tomsapp.gui.widgets.heard import ChosenOneByOne, hear_choices
from tomsapp.gui.widgets.table_header import TableHeader

_QUARTER, _QUARTER_MOST, _RATING, _TITLE_LEAST, _ROW = 96, 150, 186, 180, 42
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuarterTable(ChosenOneByOne, QTableView):
    """Shows a `QuarterModel`; arrows move by cell, Enter opens the cell."""

    cell_opened = Signal()
    """Enter, a double click or assistive technology opened the current cell."""

    plan_wanted = Signal()
    """What is planned is to be copied into the claim of the current cell."""

    def __init__(self, model: QuarterModel) -> None:
        super().__init__()
        self.grid = model
        be_plain(self)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = TableHeader(self)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalHeader(header)
        header.setSectionsMovable(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(model)
        hear_choices(self, lambda _index: self.cell_opened.emit())
        self.setItemDelegate(QuarterDelegate(self, model))
        self.doubleClicked.connect(lambda _index: self.cell_opened.emit())
        here = Qt.ShortcutContext.WidgetShortcut
        add_action(self, "Copy with heads", QKeySequence.StandardKey.Copy, self.copy_all, here)
        model.modelReset.connect(self.arrange)
        model.dataChanged.connect(lambda *_cells: self.arrange())
        self.selectionModel().currentChanged.connect(lambda *_cells: self.viewport().update())
        current_theme().follow(self.arrange)

    # Layout

    def arrange(self) -> None:
        """Fit columns and rows to the quarters, the width and the text size."""
        theme, grid, header = current_theme(), self.grid, self.horizontalHeader()
        quarters = [self._room(place) for place in range(len(grid.quarters))]
        rating = theme.px(_RATING)
        left = self.viewport().width() - rating - sum(quarters)
        header.resizeSection(TITLE, max(theme.px(_TITLE_LEAST), left))
        for place, width in enumerate(quarters, start=FIRST_QUARTER):
            header.resizeSection(place, width)
        header.resizeSection(grid.rating_column, rating)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.viewport().update()

    def _room(self, place: int) -> int:
        """How wide the column of a quarter is: room for its head and for all words of its cells, within bounds."""
        grid, theme = self.grid, current_theme()
        rooms = [words_width(grid.quarters[place].short_label, "small_strong") + 2 * PADDING + 2]
        for row, line in enumerate(grid.lines):
            cell = grid.cell_at(row, FIRST_QUARTER + place)
            rooms += [room_for(line, cell)] if cell else []
        return max(theme.px(_QUARTER), min(theme.px(_QUARTER_MOST), ceil(max(rooms))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the titles what is left."""
        super().resizeEvent(event)
        self.arrange()

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
