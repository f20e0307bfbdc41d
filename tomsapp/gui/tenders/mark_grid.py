"""The grid of marks: one's own by question and bid, or all of them by answer and evaluator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from tomsapp.gui.contract.grid_paint import draw_focus
from tomsapp.gui.row_paint import current_bar, draw_words, fill, hairline_below
from tomsapp.gui.tenders.mark_field import digit_of
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.first_column import FirstColumnStays, be_grid
from tomsapp.gui.widgets.heard import ChosenOneByOne, hear_choices

_Index = QModelIndex | QPersistentModelIndex
_SAID = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_ROW, _MARK, _WIDEST_MARK, _SPREAD = 48, 104, 180, 150
_TITLE, _ROOMY_TITLE = 240, 320
"""Px of the titles: at least, and while columns of marks take what more room there is."""
_BOX_WIDTH, _BOX_HEIGHT, _PADDING = 54, 30, 12
_CENTRE = Qt.AlignmentFlag.AlignHCenter
Place = tuple[int, int]
"""A bid and a question."""


class GridCell(NamedTuple):
    """One cell: a title over a second line, a mark, or a mark in the box that is filled in here.

    `place` is the answer that the cell is of; None in the titles of a grid by questions.
    """

    text: str
    spoken: str
    place: Place | None = None
    second: str = ""
    is_boxed: bool = False
    tone: str = "text"


class MarkGridModel(QAbstractTableModel):
    """Rows of cells under heads; the first column has the titles."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: tuple[str, ...] = ("",)
        self.rows: tuple[tuple[GridCell, ...], ...] = ()

    def set_grid(self, heads: Sequence[str], rows: Sequence[Sequence[GridCell]]) -> None:
        """Show other cells; where they stand under the same heads the cursor stays."""
        fresh = tuple(tuple(row) for row in rows)
        if tuple(heads) == self.heads and [len(row) for row in fresh] == [len(row) for row in self.rows]:
            self.rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(self.heads) - 1))
            return
        self.beginResetModel()
        self.heads, self.rows = tuple(heads), fresh
        self.endResetModel()

    def cell(self, index: _Index) -> GridCell | None:
        """The cell at an index; None beside the grid."""
        return self.rows[index.row()][index.column()] if index.isValid() else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """One for each question or answer."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The titles and one for each bid or evaluator."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Who bids or evaluates, over their marks; rows are called by their titles, which is heard alone."""
        if orientation != Qt.Orientation.Horizontal:
            return self.rows[section][0].spoken if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == Qt.ItemDataRole.DisplayRole or role in _SAID:
            return self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (_CENTRE if section else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What stands in a cell, and what is said of it."""
        cell = self.cell(index)
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        return cell.spoken if role in _SAID else None


class MarkGrid(ChosenOneByOne, FirstColumnStays):
    """Arrows move by cell; a digit from 0 to 5 sets the mark of the cell, Enter goes to its reason.

    The titles stay in view where the bids or evaluators need more room than there is.
    """

    digit_typed = Signal(int)
    cell_opened = Signal()
    place_changed = Signal(object)
    """The answer under the cursor: bid and question."""
    height_changed = Signal()
    """It needs another height to show all its rows."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.grid = MarkGridModel()
        self._told_height = 0
        self.setAccessibleName(name)
        be_grid(self)
        self.setModel(self.grid)
        hear_choices(self, lambda _index: self.cell_opened.emit())
        self.setItemDelegate(_CellDelegate(self))
        self.keep_first(_CellDelegate(self))
        self.grid.modelReset.connect(self.arrange)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda _index: self.cell_opened.emit())
        current_theme().follow(self.arrange)

    @property
    def place(self) -> Place | None:
        """The answer under the cursor."""
        cell = self.grid.cell(self.currentIndex())
        return cell.place if cell is not None else None

    def go_to(self, place: Place) -> bool:
        """Put the cursor on an answer: on the cell that is filled in, if it has one."""
        found = None
        for row, cells in enumerate(self.grid.rows):
            for column, cell in enumerate(cells):
                if cell.place == place and (found is None or cell.is_boxed):
                    found = self.grid.index(row, column)
        if found is None:
            return False
        self.setCurrentIndex(found)
        self.scrollTo(found)
        return True

    def _on_current(self, index: QModelIndex) -> None:
        cell = self.grid.cell(index)
        if cell is not None and cell.place is None:
            # A title of a grid by questions is of no answer: that of the first bid is shown.
            beside = self.grid.rows[index.row()][1:]
            self.place_changed.emit(beside[0].place if beside else None)
        elif cell is not None:
            self.place_changed.emit(cell.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit sets the mark, Enter goes to the reason."""
        mark = digit_of(event)
        if mark is not None:
            self.digit_typed.emit(mark)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.cell_opened.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Typing does nothing else: digits are keys of the grid."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the titles what is left."""
        super().resizeEvent(event)
        self.arrange()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def arrange(self) -> None:
        """Fit columns and rows to the width and the text size."""
        theme, header, last = current_theme(), self.horizontalHeader(), len(self.grid.heads) - 1
        for table in (self, self.frozen):
            table.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        if last < 0:
            return
        room = self.viewport().width() - theme.px(_ROOMY_TITLE)
        mark = max(theme.px(_MARK), min(theme.px(_WIDEST_MARK), room // max(last, 1)))
        for column in range(1, last + 1):
            header.resizeSection(column, max(mark, theme.px(_SPREAD)) if self._is_words(column) else mark)
        others = sum(header.sectionSize(column) for column in range(1, last + 1))
        header.resizeSection(0, max(theme.px(_TITLE), self.viewport().width() - others))
        self.freeze()
        self.paint_again()
        if self._told_height != self.whole_height:
            self._told_height = self.whole_height
            self.height_changed.emit()

    @property
    def scrolls(self) -> bool:
        """Whether there is too little room for all columns, and enough for the titles and one more."""
        room, one_more = self.viewport().width(), self.columnWidth(0) + current_theme().px(_MARK)
        return one_more <= room < self.horizontalHeader().length()

    def _is_words(self, column: int) -> bool:
        return any(len(row[column].text) > len("0") for row in self.grid.rows)

    @property
    def whole_height(self) -> int:
        """How high it is with all its rows, and with the bar below them where the columns scroll."""
        header = self.horizontalHeader()
        bar = self.horizontalScrollBar().sizeHint().height() if header.length() > self.width() else 0
        return header.sizeHint().height() + len(self.grid.rows) * current_theme().px(_ROW) + 2 + bar


class _CellDelegate(QStyledItemDelegate):
    """Paints titles over their weights, marks, and boxes to fill in."""

    def __init__(self, grid: MarkGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell; the row of the cursor is marked, and its cell has an edge."""
        cell = self._grid.grid.cell(index)
        if cell is None:
            return
        current, colours, rect = self._grid.currentIndex(), current_theme().colours, option.rect
        in_row = current.row() == index.row()
        is_current = in_row and current.column() == index.column()
        painter.save()
        fill(painter, rect, colours.selection if in_row else colours.surface)
        hairline_below(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.column() == 0:
            if in_row:
                current_bar(painter, rect)
            self._paint_title(painter, QRectF(rect), cell, in_row=in_row)
        elif cell.is_boxed:
            self._paint_box(painter, QRectF(rect), cell, is_current=is_current)
        else:
            inner = QRectF(rect).adjusted(_PADDING, 0, -_PADDING, 0)
            draw_words(painter, inner, cell.text, "body", getattr(colours, cell.tone), _CENTRE)
        if is_current and self._grid.hasFocus() and not cell.is_boxed:
            draw_focus(painter, QRectF(rect).adjusted(2, 2, -2, -3))
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRectF, cell: GridCell, *, in_row: bool) -> None:
        theme = current_theme()
        inner = rect.adjusted(theme.px(16), 0, -_PADDING, -1)
        upper, lower = theme.px(22), theme.px(18)
        top = inner.top() + (inner.height() - upper - lower) / 2
        role: FontRole = "strong" if in_row else "body"
        draw_words(painter, QRectF(inner.left(), top, inner.width(), upper), cell.text, role, theme.colours.text)
        below = QRectF(inner.left(), top + upper, inner.width(), lower)
        draw_words(painter, below, cell.second, "small", theme.colours.text_muted)

    def _paint_box(self, painter: QPainter, rect: QRectF, cell: GridCell, *, is_current: bool) -> None:
        theme = current_theme()
        width, height = theme.px(_BOX_WIDTH), theme.px(_BOX_HEIGHT)
        box = QRectF(rect.center().x() - width / 2, rect.center().y() - height / 2, width, height)
        painter.setBrush(QColor(theme.colours.surface))
        has_keyboard = is_current and self._grid.hasFocus()
        usual = theme.colours.primary if is_current else theme.colours.border_strong
        painter.setPen(QPen(QColor(theme.colours.focus if has_keyboard else usual), 2 if has_keyboard else 1))
        painter.drawRoundedRect(box, 4, 4)
        draw_words(painter, box, cell.text, "body", theme.colours.text, _CENTRE)
