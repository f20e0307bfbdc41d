"""The comparison of a lot's bids: moves by cell, takes prices and quality, and opens how a bid came about."""

from __future__ import annotations

from math import ceil
from typing import assert_never

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QStyleOptionViewItem

from tomsapp.gui.contract.grid_paint import CellState, draw_focus
from tomsapp.gui.contract.quantity_delegate import QuantityDelegate, paint_quantity
from tomsapp.gui.icons import draw_icon
from tomsapp.gui.row_paint import RIGHT_WORDS, current_bar, draw_dots, draw_words, fill, hairline_below, words_width
from tomsapp.gui.tenders.comparison_model import ComparisonModel, Shown
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import HEAD_HEIGHT, FontRole
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.clipboard import table_text
from tomsapp.gui.widgets.data_table import be_grid
from tomsapp.gui.widgets.first_column import FirstColumnStays
from tomsapp.gui.widgets.heard import ChosenOneByOne, hear_choices

PADDING, RULE, TIE = 10, "See the rule", "tie"
_ROW, _ICON, _BIDDER, _RANK, _MOST_ROWS = 43, 17, 124, 56, 6
_TYPED = {"price": 112, "quality": 88}
"""Room for what is typed, in px at 100 % text size."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_Index = QModelIndex | QPersistentModelIndex


class ComparisonTable(ChosenOneByOne, FirstColumnStays):
    """Shows a `ComparisonModel`; arrows move by cell, typing enters a price or quality, Enter opens the bid."""

    bid_opened = Signal(str)
    """The key of the bid that Enter, a click on a figure or assistive technology opened."""
    leading = 2
    let_go = Signal(str, str)
    """The key of a bid and the fact of which what was typed and not saved is to be let go."""
    pasted = Signal(str, int, int)
    """Text from the clipboard, and the row and column that its first cell goes to."""

    def __init__(self, model: ComparisonModel) -> None:
        super().__init__()
        self.grid = model
        self._rooms: list[int] = []
        self._look()
        self.setModel(model)
        hear_choices(self, self._on_chosen)
        delegate = ComparisonDelegate(self, model)
        delegate.left_editor.connect(self._on_left_editor)
        self.setItemDelegate(delegate)
        self.keep_first(_KeptDelegate(self, model))
        self.doubleClicked.connect(self._open)
        add_action(
            self, "Copy with heads", QKeySequence.StandardKey.Copy, self.copy_all, Qt.ShortcutContext.WidgetShortcut
        )
        model.modelReset.connect(self.arrange)
        model.dataChanged.connect(lambda *_cells: self.arrange())
        self.selectionModel().currentChanged.connect(lambda *_cells: self.viewport().update())
        current_theme().follow(self.arrange)

    def _look(self) -> None:
        be_grid(self)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    # Room

    def sizeHint(self) -> QSize:
        """As high as its rows, up to six of them; more scroll."""
        theme = current_theme()
        rows = max(1, min(self.grid.rowCount(), _MOST_ROWS))
        is_wide = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if is_wide else 0
        return QSize(400, theme.px(HEAD_HEIGHT) + rows * theme.px(_ROW) + 2 + bar)

    def minimumSizeHint(self) -> QSize:
        """Room for two rows."""
        theme = current_theme()
        rows = max(1, min(self.grid.rowCount(), 2))
        return QSize(200, theme.px(HEAD_HEIGHT) + rows * theme.px(_ROW) + 2)

    def arrange(self) -> None:
        """Fit columns and rows to their words, and let the reason of a bid that is out span its row."""
        theme, header, grid = current_theme(), self.horizontalHeader(), self.grid
        for table in (self, self.frozen):
            table.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        # The bidder has what the others leave; where that is too little, the total stays beside the bidder.
        self._rooms = [self._room(column) for column in range(grid.columnCount())]
        for column, room in enumerate(self._rooms):
            is_bidder = grid.columns[column].shown is Shown.BIDDER
            more = self._rooms[-1] if self.scrolls else max(0, self.viewport().width() - sum(self._rooms))
            header.resizeSection(column, room + more if is_bidder else room)
        self.clearSpans()
        if grid.rows:
            first = grid.first_point
            for row, compared in enumerate(grid.rows):
                if compared.is_out:
                    self.setSpan(row, first, 1, grid.columnCount() - first)
        self.updateGeometry()
        self.freeze()
        self.paint_again()

    @property
    def scrolls(self) -> bool:
        """Whether the figures need more width than there is, and bidders with their totals leave room for one more."""
        room = self.viewport().width()
        return bool(self.grid.rows) and sum(self._rooms) > room >= sum(self.kept.values()) + max(self._rooms)

    @property
    def kept(self) -> dict[int, int]:
        """Rank, bidder and total."""
        last = len(self._rooms) - 1
        return {column: self._rooms[column] for column in (0, 1, last)} if last > 1 else {}

    def _room(self, column: int) -> int:
        """How wide a column is: its head and every figure."""
        match self.grid.columns[column].shown:
            case Shown.RANK:
                return current_theme().px(_RANK)
            case Shown.BIDDER:
                return current_theme().px(_BIDDER)
            case Shown.TOTAL:
                return self._room_of_figures(column, "h3")
            case Shown.PRICE | Shown.POINTS | Shown.VALUE:
                return self._room_of_figures(column, "body")
            case _ as shown:
                assert_never(shown)

    def _room_of_figures(self, column: int, role: FontRole) -> int:
        theme, grid = current_theme(), self.grid
        widest = words_width(grid.head(column), "small_strong")
        for row, compared in enumerate(grid.rows):
            if not (compared.is_out and column >= grid.first_point):
                tie = words_width(TIE, "small") + 6 if grid.is_tie(row, column) else 0
                widest = max(widest, words_width(grid.text(row, column), role) + tie)
        room = ceil(widest) + 2 * PADDING + 4
        typed = grid.columns[column].typed_as if grid.can_type else ""
        return max(room, theme.px(_TYPED[typed])) if typed else room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the bidders what is left."""
        super().resizeEvent(event)
        self.arrange()

    # What the user does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the bid, Ctrl+V takes prices and quality from a sheet, Delete lets go what is held."""
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            self._open(index)
        elif event.key() == Qt.Key.Key_Delete and index.isValid() and self.grid.held_at(index.row(), index.column()):
            self.let_go.emit(self.grid.rows[index.row()].bid.key, self.grid.columns[index.column()].typed_as)
        elif event.matches(QKeySequence.StandardKey.Paste) and index.isValid():
            self.pasted.emit(QGuiApplication.clipboard().text(), index.row(), index.column())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Typing on a cell that cannot be typed into does nothing."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a social value or on the reason of a bid that is out opens how it came about."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and self._leads(index):
            self._open(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the hand over what a click opens."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        leads = index.isValid() and self._leads(index)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def _leads(self, index: _Index) -> bool:
        grid, column = self.grid, index.column()
        spans = grid.rows[index.row()].is_out and column >= grid.first_point
        return spans or grid.columns[column].shown is Shown.VALUE

    def _open(self, index: _Index) -> None:
        if 0 <= index.row() < len(self.grid.rows):
            self.bid_opened.emit(self.grid.rows[index.row()].bid.key)

    def _on_chosen(self, index: QModelIndex) -> None:
        """Assistive technology chose a cell: one that is typed into opens its field, another one the bid."""
        self.go_to(index.row(), index.column())
        if self.grid.is_typed(index.row(), index.column()):
            self.edit(self.currentIndex())
        else:
            self._open(index)

    def _on_left_editor(self, key: int) -> None:
        """Enter goes down, Tab to the next cell that is typed into, and out of the table after the last."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        if key in _TABS:
            forwards = key == Qt.Key.Key_Tab
            if not self.step_typed(1 if forwards else -1):
                self.focusNextPrevChild(forwards)
            return
        down = row + (-1 if key == Qt.Key.Key_Up else 1)
        if 0 <= down < self.grid.rowCount():
            self.go_to(down, column)

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell and show it."""
        index = self.grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step_typed(self, by: int, *, missing: bool = False) -> bool:
        """Go to the next (or last) cell that is typed into, or in which something is missing; False if none is."""
        grid = self.grid
        wants = grid.is_missing if missing else grid.is_typed
        cells = [
            (row, column)
            for row in range(grid.rowCount())
            for column in range(grid.columnCount())
            if wants(row, column)
        ]
        here = (self.currentIndex().row(), self.currentIndex().column())
        ahead = [cell for cell in cells if cell > here] if by > 0 else [cell for cell in cells if cell < here][::-1]
        if not ahead:
            return False
        self.go_to(*ahead[0])
        return True

    def copy_all(self) -> None:
        """Copy every row with the heads, as a spreadsheet takes them."""
        grid, columns = self.grid, range(self.grid.columnCount())
        lines = [[grid.head(column) for column in columns]]
        lines += [[grid.text(row, column) for column in columns] for row in range(grid.rowCount())]
        QGuiApplication.clipboard().setText(table_text(lines))


class ComparisonDelegate(QuantityDelegate):
    """Paints from the model's rows themselves."""

    def __init__(self, view: ComparisonTable, model: ComparisonModel) -> None:
        super().__init__(view)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell; the current row is marked, and the current cell has an edge while it has the keyboard."""
        rect, colours = option.rect, current_theme().colours
        state = self.state_of(index)
        painter.save()
        fill(painter, rect, colours.selection if state.in_current_row else colours.surface)
        hairline_below(painter, rect)
        if index.column() == 0 and state.in_current_row:
            current_bar(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_cell(painter, rect, index, state)
        if state.has_focus:
            draw_focus(painter, QRectF(rect).adjusted(2, 2, -2, -3))
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRect, index: _Index, state: CellState) -> None:
        model, row, column = self._model, index.row(), index.column()
        compared, shown = model.rows[row], model.columns[column].shown
        if compared.is_out and column >= model.first_point:
            self._paint_out(painter, rect, compared.why)
        elif shown is Shown.BIDDER:
            self._paint_bidder(painter, rect, compared.row.supplier, "" if compared.is_out else compared.lines)
        elif model.held_at(row, column) is not None:
            paint_quantity(painter, rect, model.text(row, column), "error", CellState())
        elif model.can_type and model.is_missing(row, column):
            paint_quantity(painter, rect, "", "", CellState(in_current_row=state.in_current_row), is_quiet=True)
        else:
            self._paint_figure(painter, rect, index)

    def _paint_figure(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        model, row, column = self._model, index.row(), index.column()
        shown, colours = model.columns[column].shown, current_theme().colours
        inner = QRectF(rect).adjusted(PADDING, 0, -PADDING, -1)
        text = model.text(row, column)
        if shown is Shown.RANK:
            tone = colours.text_muted if model.rows[row].is_out else colours.text
            draw_words(painter, inner.adjusted(6, 0, 0, 0), text, "strong", tone)
            return
        is_link = shown is Shown.VALUE
        muted = model.rows[row].is_out or text == "–"
        tone = colours.link if is_link else colours.text_muted if muted else colours.text
        role: FontRole = "h3" if shown is Shown.TOTAL else "body"
        width = draw_words(painter, inner, text, role, tone, RIGHT_WORDS)
        if is_link:
            draw_dots(painter, inner, width, role, colours.link)
        if model.is_tie(row, column):
            draw_words(painter, inner.adjusted(0, 0, -width - 6, 0), TIE, "small", colours.text_muted, RIGHT_WORDS)

    def _paint_bidder(self, painter: QPainter, rect: QRect, name: str, beneath: str) -> None:
        theme, colours = current_theme(), current_theme().colours
        inner = QRectF(rect).adjusted(PADDING, 0, -PADDING, -1)
        if not beneath:
            draw_words(painter, inner, name, "strong", colours.text_muted)
            return
        upper, lower = theme.px(20), theme.px(18)
        top = inner.top() + (inner.height() - upper - lower) / 2
        draw_words(painter, QRectF(inner.left(), top, inner.width(), upper), name, "strong", colours.text)
        second = QRectF(inner.left(), top + upper, inner.width(), lower)
        draw_words(painter, second, beneath, "small", colours.text_muted)

    def _paint_out(self, painter: QPainter, rect: QRect, why: str) -> None:
        """The reason with its icon, and after it what leads to the rule."""
        theme, colours = current_theme(), current_theme().colours
        size = theme.px(_ICON)
        inner = QRectF(rect).adjusted(PADDING, 0, -PADDING, -1)
        draw_icon(
            painter, round(inner.left()), round(inner.center().y() - size / 2), "circle-x", colours.text_muted, size
        )
        inner.setLeft(inner.left() + size + 6)
        link = words_width(RULE, "body") + 2
        width = draw_words(painter, inner.adjusted(0, 0, -link - 10, 0), why, "body", colours.text_muted)
        place = QRectF(inner.left() + width + 8, inner.top(), link, inner.height())
        draw_words(painter, place, RULE, "body", colours.link)
        painter.setPen(QColor(colours.link))
        base = round(place.center().y() + theme.px(8))
        painter.drawLine(round(place.left()), base, round(place.right()), base)


class _KeptDelegate(ComparisonDelegate):
    """Paints what stays in view: of a bid that is out, no part of the reason, which has the room of the figures."""

    def _paint_out(self, painter: QPainter, rect: QRect, why: str) -> None:
        pass
