"""What keys and mouse do in the commitments grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QWheelEvent

from tomsapp.gui.contract.figures import Figure, FigureKind
from tomsapp.gui.contract.grid_model import FIRST_YEAR, TITLE, UNIT_VALUE
from tomsapp.gui.contract.grid_view import GridView
from tomsapp.gui.contract.paste import block_text
from tomsapp.gui.contract.problem_rows import ProblemRow
from tomsapp.gui.contract.row_layout import lay_out, lay_out_line
from tomsapp.gui.contract.rows import CellKey, GroupRow, LineRow
from tomsapp.gui.contract.typed_grid import ENTER, TABS
from tomsapp.gui.widgets.announce import announce


class GridTable(GridView):
    """The grid with its keys: see components.md of the design, "Data table with grouped rows"."""

    kept_keys = (*TABS, *ENTER, Qt.Key.Key_D)

    paste_wanted = Signal(str, int, int)
    """Text from the clipboard, and the row and column that its first cell goes to."""
    filled_right = Signal(object)
    """(key, year to copy from, year to copy to) for each line."""

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the grid; what it has none for goes to Qt, which starts editing or moves."""
        if not self.currentIndex().isValid() or not (self._on_control_key(event) or self._on_plain_key(event)):
            super().keyPressEvent(event)

    def _on_control_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        if held & Qt.KeyboardModifier.AltModifier and key in ENTER:
            self._open_details()
            return True
        if not held & Qt.KeyboardModifier.ControlModifier:
            return False
        if key in ENTER:
            self.explain()
        elif key == Qt.Key.Key_C and not held & Qt.KeyboardModifier.ShiftModifier:
            self.copy_block()
        elif key == Qt.Key.Key_V:
            index = self.currentIndex()
            self.paste_wanted.emit(QGuiApplication.clipboard().text(), index.row(), index.column())
        elif key == Qt.Key.Key_D:
            self.fill_right()
        elif key in TABS:
            self.leave(forwards=key == Qt.Key.Key_Tab)
        else:
            return False
        return True

    def _on_plain_key(self, event: QKeyEvent) -> bool:
        key, row = event.key(), self.grid.rows[self.currentIndex().row()]
        if key in TABS:
            return self._on_tab(event, row, forwards=key == Qt.Key.Key_Tab)
        if key == Qt.Key.Key_Delete:
            self._remove()
        elif key == Qt.Key.Key_Backspace:
            self.cleared.emit(self._selected_quantities())
        elif key == Qt.Key.Key_Space:
            if isinstance(row, GroupRow):
                self.grid.toggle_fold(row.key)
        elif key in ENTER:
            self._enter(row)
        elif (
            key == Qt.Key.Key_F2
            and isinstance(row, LineRow)
            and self.grid.year_of(self.currentIndex().column()) is None
        ):
            self._open_details(self._column)
        else:
            return False
        return True

    def _enter(self, row: GroupRow | LineRow | ProblemRow) -> None:
        column = self.currentIndex().column()
        if isinstance(row, GroupRow):
            self.grid.toggle_fold(row.key)
        elif isinstance(row, ProblemRow):
            if row.actions:
                self.action_chosen.emit(row, row.actions[min(self.action, len(row.actions) - 1)])
        elif column == TITLE and row.hint and not row.is_locked:
            self._enter_what_is_missing(row)
        elif column in (TITLE, self.grid.share_column):
            self._open_details(column)
        elif column in (UNIT_VALUE, self.grid.value_column):
            self.explain()
        else:
            self.step_line(1)

    def _on_tab(self, event: QKeyEvent, row: object, *, forwards: bool) -> bool:
        if isinstance(row, ProblemRow) and 0 <= self.action + (1 if forwards else -1) < len(row.actions):
            self.action += 1 if forwards else -1
            self.viewport().update()
            announce(self, row.actions[self.action].words)
        else:
            self.step_or_leave(event.key())
        event.accept()
        return True

    def keeps(self, event: QKeyEvent) -> bool:
        """Alt+Enter too."""
        is_alt_enter = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) and event.key() in ENTER
        return is_alt_enter or super().keeps(event)

    def choose(self, index: QModelIndex) -> None:
        """Do with the cell that assistive technology chose what Enter does; a quantity opens its field."""
        super().choose(index)
        row, column = self.grid.rows[index.row()], index.column()
        if isinstance(row, ProblemRow):
            self.action = self.grid.action_at(row, column) or 0
        if isinstance(row, LineRow) and self.grid.year_of(column) is not None:
            self.edit(self.currentIndex())
        elif isinstance(row, GroupRow) and column != TITLE:
            self.explain()
        else:
            self._enter(row)

    # What they do

    def _open_details(self, column: int = TITLE) -> None:
        line = self.current_line()
        if line is not None:
            field = "contract_share" if column == self.grid.share_column else ""
            self.details_wanted.emit(line.commitment.key, field)

    def _enter_what_is_missing(self, row: LineRow) -> None:
        if row.lacks_statement:
            self.details_wanted.emit(row.commitment.key, "statement")
        else:
            self.go_to(self.grid.row_of(row.key) or 0, FIRST_YEAR)

    def _remove(self) -> None:
        keys = self._selected_keys()
        if keys and not (self.grid.contents and self.grid.contents.is_locked):
            self.remove_wanted.emit(keys)

    def block(self, rows: Sequence[int], columns: Sequence[int]) -> Iterable[Sequence[str]]:
        """The cells of lines, with the heads of their columns."""
        return block_text(self.grid, rows, columns)

    def fill_right(self) -> None:
        """Copy the first selected year over the others; of a single cell, to the next year, and go there."""
        years = sorted({y for i in self.selectedIndexes() if (y := self.grid.year_of(i.column())) is not None})
        if not years:
            return
        targets = years[1:] or [years[0] + 1]
        fills = [
            (key, years[0], year) for key in self._selected_keys() for year in targets if year < len(self.grid.years)
        ]
        if not fills:
            return
        self.filled_right.emit(fills)
        if len(years) == 1:
            self.go_to(self.currentIndex().row(), FIRST_YEAR + targets[0])

    def _selected_keys(self) -> list[str]:
        return [line.commitment.key for row in self.marked_rows() if (line := self.grid.line_at(row)) is not None]

    def _selected_quantities(self) -> list[CellKey]:
        return [
            (line.commitment.key, year)
            for index in self.selectedIndexes()
            if (line := self.grid.line_at(index.row())) is not None
            and line.is_editable
            and (year := self.grid.year_of(index.column())) is not None
        ]

    # Mouse

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a figure explains it, on a share opens its field, on a group folds it, on a link does it."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            self._on_click(event.position().toPoint())

    def _on_click(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            return
        row = self.grid.rows[index.row()]
        if isinstance(row, ProblemRow):
            number = self._link_at(row, index.row(), at)
            if number is not None:
                self.action = number
                self.action_chosen.emit(row, row.actions[number])
        elif isinstance(row, GroupRow):
            on_subtotal = at.x() > self.viewport().width() - self.columnWidth(self.grid.value_column)
            if on_subtotal:
                self.explain()
            else:
                self.grid.toggle_fold(row.key)
        elif self._is_on_hint(row, index, at):
            self._enter_what_is_missing(row)
        elif index.column() in (UNIT_VALUE, self.grid.value_column) and row.line:
            self.figure_chosen.emit(Figure(FigureKind.LINE, row.commitment.key))
        elif index.column() == self.grid.share_column:
            self._open_details(index.column())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a title opens the line's details, on a quantity it edits."""
        index = self.indexAt(event.position().toPoint())
        is_line = index.isValid() and self.grid.line_at(index.row()) is not None
        if is_line and index.column() == TITLE:
            self._open_details(index.column())
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the hand over what can be clicked."""
        super().mouseMoveEvent(event)
        hand = self._is_link(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def _is_link(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        if not index.isValid():
            return False
        row = self.grid.rows[index.row()]
        if isinstance(row, ProblemRow):
            return self._link_at(row, index.row(), at) is not None
        if isinstance(row, LineRow) and self._is_on_hint(row, index, at):
            return True
        is_share = isinstance(row, LineRow) and index.column() == self.grid.share_column
        return is_share or isinstance(row, GroupRow) or index.column() in (UNIT_VALUE, self.grid.value_column)

    def _is_on_hint(self, row: LineRow, index: QModelIndex, at: QPoint) -> bool:
        if index.column() != TITLE or row.is_locked:
            return False
        inside = at - QPoint(self.columnViewportPosition(TITLE), self.rowViewportPosition(index.row()))
        return lay_out_line(row, self.columnWidth(TITLE)).hint.contains(inside.toPointF())

    def _link_at(self, row: ProblemRow, place: int, at: QPoint) -> int | None:
        inside = at.toPointF()
        inside.setY(inside.y() - self.rowViewportPosition(place))
        links = lay_out(row, self.viewport().width()).links
        return next((number for number, link in enumerate(links) if link.contains(inside)), None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll rows, or with a sideways wheel the years."""
        if event.angleDelta().x():
            self.set_first_year(self.first_year + (-1 if event.angleDelta().x() > 0 else 1))
            event.accept()
            return
        super().wheelEvent(event)
