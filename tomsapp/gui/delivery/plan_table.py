"""The plan grid with its keys: moves by cell, takes quantities, copies and pastes blocks of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView

from tomsapp.gui.contract.grid_paint import CellState, draw_focus
from tomsapp.gui.contract.paste import block_text
from tomsapp.gui.contract.quantity_delegate import QuantityDelegate, paint_quantity
from tomsapp.gui.contract.rows import CellKey
from tomsapp.gui.contract.typed_grid import ENTER, TABS, OneBlock, TypedGrid
from tomsapp.gui.delivery.plan_model import PlanModel, PlanRow, Source
from tomsapp.gui.delivery.quarter_delegate import paint_line_title, paint_two
from tomsapp.gui.delivery.year_grid import FIRST_QUARTER, PADDING, TITLE, YearTable
from tomsapp.gui.icons import draw_icon
from tomsapp.gui.row_paint import current_bar, fill, hairline_below, words_width
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.heard import hear_choices

_SUM, _SUM_MOST, _ICON = 170, 240, 15
_Index = QModelIndex | QPersistentModelIndex


class PlanTable(TypedGrid, OneBlock, YearTable[PlanModel]):
    """Shows a `PlanModel`; arrows move by cell, typing changes a quantity, Enter opens what is done for it."""

    kept_keys = (*TABS, Qt.Key.Key_D)

    cell_opened = Signal()
    """Enter, a double click or assistive technology opened the current cell."""
    paste_wanted = Signal(str, int, int)
    """Text from the clipboard, and the row and column that its first cell goes to."""
    filled_right = Signal(object)
    """(key, quarter to copy from, quarter to copy to) for each line."""
    cleared = Signal(object)
    """The (key, quarter) cells to set to 0."""

    def __init__(self, model: PlanModel) -> None:
        super().__init__(model)
        self.setTabKeyNavigation(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.EditKeyPressed)
        hear_choices(self, self.choose)
        delegate = PlanDelegate(self, model)
        delegate.left_editor.connect(self._on_left_editor)
        self.setItemDelegate(delegate)
        self.doubleClicked.connect(lambda _index: self.cell_opened.emit())

    def cell_rooms(self, column: int) -> Iterable[float]:
        """How wide the quantities are in each cell of a quarter."""
        return [words_width(self.grid.text(row, column), "body") + 46 for row in self.grid.rows]

    def last_room(self) -> int:
        """How wide what the year adds up to is, with its mark."""
        theme = current_theme()
        words = max((words_width(row.sum_words, "small_strong") for row in self.grid.rows), default=0)
        return max(theme.px(_SUM), min(theme.px(_SUM_MOST), ceil(words + theme.px(_ICON) + 3 * PADDING)))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a cell, Tab goes to the next quantity, Backspace and Delete set to 0, Ctrl+C and Ctrl+V."""
        if not self.currentIndex().isValid() or not self._on_key(event):
            super().keyPressEvent(event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, is_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in TABS:
            if is_control:
                self.leave(forwards=key == Qt.Key.Key_Tab)
            else:
                self.step_or_leave(key)
        elif key in ENTER:
            self.cell_opened.emit()
        elif is_control and key == Qt.Key.Key_C:
            self.copy_block()
        elif is_control and key == Qt.Key.Key_V:
            index = self.currentIndex()
            self.paste_wanted.emit(QGuiApplication.clipboard().text(), index.row(), index.column())
        elif is_control and key == Qt.Key.Key_D:
            self.fill_right()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.cleared.emit(self._selected_cells())
        else:
            return False
        return True

    def choose(self, index: QModelIndex) -> None:
        """Assistive technology chose a cell: a quantity opens its field, a title what is done for it."""
        self.go_to(index.row(), index.column())
        if self.grid.quarter_of(index.column()) is not None:
            self.edit(self.currentIndex())
        else:
            self.cell_opened.emit()

    def _on_left_editor(self, key: int) -> None:
        row, column = self.currentIndex().row(), self.currentIndex().column()
        if key in TABS:
            self.step_or_leave(key)
            return
        down = row + (-1 if key == Qt.Key.Key_Up else 1)
        if 0 <= down < self.grid.rowCount():
            self.go_to(down, column)

    # Moving

    def step_typed(self, step: int) -> bool:
        """Go to the next (or last) quantity in reading order; False when there is none."""
        number, row = len(self.grid.quarters), self.currentIndex().row()
        column = max(-1 if step > 0 else 0, min(self.currentIndex().column() - FIRST_QUARTER, number))
        place = row * number + min(column, number - 1 if step > 0 else number) + step
        if not number or not 0 <= place < number * self.grid.rowCount():
            return False
        self.go_to(place // number, FIRST_QUARTER + place % number)
        return True

    def current_row(self) -> PlanRow | None:
        """The commitment that the cursor is in, or None."""
        return self.grid.line_at(self.currentIndex().row())

    # Blocks

    def block(self, rows: Sequence[int], columns: Sequence[int]) -> Iterable[Sequence[str]]:
        """The cells, with the heads of their columns where they are several."""
        return block_text(self.grid, rows, columns)

    def fill_right(self) -> None:
        """Copy the first selected quarter over the others; of a single cell, to the next quarter, and go there."""
        grid = self.grid
        columns = sorted({i.column() for i in self.selectedIndexes() if grid.cell_of(i.column()) is not None})
        targets = columns[1:] or [column + 1 for column in columns if grid.cell_of(column + 1) is not None]
        if not targets:
            return
        fills = [
            (row.commitment.key, grid.cell_of(columns[0]), grid.cell_of(target))
            for place in self.marked_rows()
            if (row := grid.line_at(place)) is not None
            for target in targets
        ]
        self.filled_right.emit(fills)
        if len(columns) == 1:
            self.go_to(self.currentIndex().row(), targets[0])

    def _selected_cells(self) -> list[CellKey]:
        return [
            (row.commitment.key, cell)
            for index in self.selectedIndexes()
            if (row := self.grid.line_at(index.row())) and (cell := self.grid.cell_of(index.column())) is not None
        ]


class PlanDelegate(QuantityDelegate):
    """Paints from the model's rows themselves: titles, boxed quantities, and what the year adds up to."""

    def __init__(self, view: QTableView, model: PlanModel) -> None:
        super().__init__(view)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell; the current row is marked, and the current cell has an edge while it has the keyboard."""
        rect, row, state = option.rect, self._model.rows[index.row()], self.state_of(index)
        colours = current_theme().colours
        painter.save()
        fill(painter, rect, colours.selection if state.in_current_row else colours.surface)
        hairline_below(painter, rect)
        if index.column() == TITLE and state.in_current_row:
            current_bar(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._model.quarter_of(index.column()) is not None:
            self._paint_quarter(painter, rect, row, index, state)
        else:
            if index.column() == TITLE:
                paint_line_title(painter, rect, row.line)
            else:
                paint_two(painter, rect, row.sum_words, row.source.value, row.mark, mark_first=True)
            if state.has_focus:
                draw_focus(painter, QRectF(rect).adjusted(2, 2, -2, -3))
        painter.restore()

    def _paint_quarter(self, painter: QPainter, rect: QRect, row: PlanRow, index: _Index, state: CellState) -> None:
        model, column = self._model, index.column()
        held = "error" if model.held_at(index.row(), column) else ""
        is_quiet = row.source is Source.DEFAULT and not held
        paint_quantity(painter, rect, model.text(row, column), held, state, is_quiet=is_quiet)
        entry = model.entry_at(index.row(), column)
        if entry is not None and (entry.action or entry.risk):
            size = current_theme().px(_ICON)
            top, tone = round(rect.center().y() - size / 2), current_theme().colours.text_muted
            draw_icon(painter, rect.left() + PADDING, top, "file-text", tone, size)
