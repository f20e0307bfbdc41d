"""How the quarter grid is painted: what of how much over its state, and the rating over its sum."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from tomsapp.domain.delivery.claims import Cell, CellState
from tomsapp.domain.delivery.figures import DeliveredLine
from tomsapp.gui.contract.grid_paint import draw_focus, paint_swatch
from tomsapp.gui.delivery.quarter_model import QuarterModel
from tomsapp.gui.delivery.words import RATING_MARKS, STATE_MARKS, Mark, line_sum, quantity_words, rating_words
from tomsapp.gui.delivery.year_grid import PADDING, TITLE
from tomsapp.gui.icons import draw_icon
from tomsapp.gui.row_paint import current_bar, draw_words, fill, hairline_below, words_width
from tomsapp.gui.theme import current_theme

_INDENT, _SWATCH, _ICON, _ICON_GAP, _END = 14, 20, 15, 5, 6
_QUIET = {CellState.NOTHING, CellState.PLANNED, CellState.WITHDRAWN}
_Index = QModelIndex | QPersistentModelIndex


def room_for(line: DeliveredLine, cell: Cell) -> float:
    """How wide a cell is with all its words, in px."""
    theme = current_theme()
    icon = theme.px(_ICON) + theme.px(_ICON_GAP) if STATE_MARKS[cell.state].icon else 0
    state = icon + words_width(cell.state.words, "small_strong")
    return PADDING + max(words_width(quantity_words(cell, line), "note"), state) + _END


class QuarterDelegate(QStyledItemDelegate):
    """Paints from the model's lines themselves."""

    def __init__(self, view: QTableView, model: QuarterModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell; the current one is marked, and has an edge while the grid has the keyboard."""
        current = self._view.currentIndex()
        is_current = (current.row(), current.column()) == (index.row(), index.column())
        rect, colours = option.rect, current_theme().colours
        painter.save()
        fill(painter, rect, colours.selection if is_current else colours.surface)
        hairline_below(painter, rect)
        if index.column() == TITLE and current.row() == index.row():
            current_bar(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, column = self._model.lines[index.row()], index.column()
        if column == TITLE:
            paint_line_title(painter, rect, line)
        elif column == self._model.last_column:
            rated = line.rated
            paint_two(painter, rect, rating_words(rated), line_sum(line), RATING_MARKS[rated.rating], mark_first=True)
        else:
            self._paint_quarter(painter, rect, line, index)
        if is_current and self._view.hasFocus():
            draw_focus(painter, QRectF(rect).adjusted(2, 2, -2, -3))
        painter.restore()

    def _paint_quarter(self, painter: QPainter, rect: QRect, line: DeliveredLine, index: _Index) -> None:
        cell = self._model.cell_at(index.row(), index.column())
        if cell is None:
            return
        colours = current_theme().colours
        words = quantity_words(cell, line)
        if cell.state is CellState.NOTHING:
            draw_words(painter, QRectF(rect).adjusted(PADDING, 0, -4, 0), words, "note", colours.text_muted)
            return
        tone = colours.text_muted if cell.state in _QUIET else colours.text
        paint_two(painter, rect, words, cell.state.words, STATE_MARKS[cell.state], tone=tone)


def halves(rect: QRect) -> tuple[QRectF, QRectF]:
    """The upper and the lower line of a cell, close to each other in its middle."""
    theme = current_theme()
    inner = QRectF(rect).adjusted(PADDING, 0, -_END + 2, -1)
    upper, lower = theme.px(20), theme.px(18)
    top = inner.top() + (inner.height() - upper - lower) / 2
    return QRectF(inner.left(), top, inner.width(), upper), QRectF(inner.left(), top + upper, inner.width(), lower)


def paint_two(
    painter: QPainter, rect: QRect, first: str, second: str, mark: Mark, *, tone: str = "", mark_first: bool = False
) -> None:
    """Two lines, one of them with the mark: the state under a quantity, or the rating over its sum."""
    colours = current_theme().colours
    upper, lower = halves(rect)
    if mark_first:
        left = _paint_marked(painter, upper, first, mark)
        draw_words(painter, lower.adjusted(left, 0, 0, 0), second, "small", colours.text_muted)
    else:
        draw_words(painter, upper, first, "note", tone)
        _paint_marked(painter, lower, second, mark)


def _paint_marked(painter: QPainter, rect: QRectF, words: str, mark: Mark) -> float:
    """A word in its colour with its icon; gives how far the icon moves it in."""
    theme = current_theme()
    colour = getattr(theme.colours, mark.tone)
    left = 0.0
    if mark.icon:
        size = theme.px(_ICON)
        draw_icon(painter, rect.left(), round(rect.center().y() - size / 2), mark.icon, colour, size)
        left = size + theme.px(_ICON_GAP)
    draw_words(painter, rect.adjusted(left, 0, 0, 0), words, "small_strong" if mark.icon else "small", colour)
    return left


def paint_line_title(painter: QPainter, rect: QRect, line: DeliveredLine) -> None:
    """The theme's number, the title of the measure, and under it its code and unit."""
    theme = current_theme()
    side = theme.px(_SWATCH)
    swatch = QRectF(rect.left() + _INDENT, round(QRectF(rect).center().y() - side / 2), side, side)
    paint_swatch(painter, swatch, line.place.theme.number)
    painter.setPen(QColor(theme.colours.text))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    moved = rect.adjusted(_INDENT + side, 0, 0, 0)
    upper, lower = halves(moved)
    draw_words(painter, upper, line.measure.title, "body", theme.colours.text)
    under = f"{line.commitment.measure}  ·  {line.measure.each_name}"
    draw_words(painter, lower, under, "small", theme.colours.text_muted)
