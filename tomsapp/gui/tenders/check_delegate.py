"""How the check grid is painted: headings of groups, what is found, and of each bid what it has over how it stands."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from tomsapp.gui.contract.grid_paint import draw_focus
from tomsapp.gui.delivery.quarter_delegate import halves, paint_two
from tomsapp.gui.row_paint import RIGHT_WORDS, current_bar, draw_words, fill, hairline_below, words_width
from tomsapp.gui.tenders.check_model import TITLE, CheckModel, GroupRow
from tomsapp.gui.tenders.check_words import NO_PROBLEM, STATE_MARKS, cell_words
from tomsapp.gui.theme import current_theme

_INDENT, _END = 10, 14
_Index = QModelIndex | QPersistentModelIndex


class CheckDelegate(QStyledItemDelegate):
    """Paints from the model's rows themselves, also in the first column that is laid once more over its table."""

    def __init__(self, table: QTableView, model: CheckModel, *, is_laid_over: bool = False) -> None:
        super().__init__(table)
        self._cursor, self._model, self._is_laid_over = table, model, is_laid_over

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell; the current one is marked, and has an edge while the grid has the keyboard."""
        current, rect = self._cursor.currentIndex(), option.rect
        is_current = (current.row(), current.column()) == (index.row(), index.column())
        colours = current_theme().colours
        row = self._model.rows[index.row()]
        painter.save()
        if isinstance(row, GroupRow):
            _paint_group(painter, rect, row, self._cursor.viewport().width(), has_count=not self._is_laid_over)
        else:
            fill(painter, rect, colours.selection if is_current else colours.surface)
            hairline_below(painter, rect)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if index.column() == TITLE:
                self._paint_title(painter, rect, index.row(), in_current_row=current.row() == index.row())
            else:
                self._paint_cell(painter, rect, index)
            if is_current and self._cursor.hasFocus():
                draw_focus(painter, QRectF(rect).adjusted(2, 2, -2, -3))
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, row: int, *, in_current_row: bool) -> None:
        told = self._model.row_at(row)
        if told is None:
            return
        if in_current_row:
            current_bar(painter, rect)
        colours = current_theme().colours
        upper, lower = halves(rect.adjusted(_INDENT - _TWO_LINES, 0, 0, 0))
        draw_words(painter, upper, told.kind.title, "body", colours.text)
        draw_words(painter, lower, self._model.subject(told), "small", colours.text_muted)

    def _paint_cell(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        found, colours = self._model.found_at(index.row(), index.column()), current_theme().colours
        if found is None:
            inner = QRectF(rect).adjusted(_TWO_LINES, 0, -4, 0)
            draw_words(painter, inner, NO_PROBLEM, "note", colours.text_muted)
            return
        tone = colours.text_muted if STATE_MARKS[found.state].tone == "text_muted" else colours.text
        short = self._model.short(index.row(), index.column())
        paint_two(painter, rect, short, cell_words(found), STATE_MARKS[found.state], tone=tone)


_TWO_LINES = 10
"""How far in the two lines of a cell begin by themselves."""


def _paint_group(painter: QPainter, rect: QRect, row: GroupRow, room: int, *, has_count: bool) -> None:
    """Its words begin at the edge of the table and go on past the first column, however far the bids are scrolled."""
    colours = current_theme().colours
    fill(painter, rect, colours.surface_alt)
    hairline_below(painter, rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = QRectF(_INDENT, rect.top(), room - _INDENT - _END, rect.height())
    if has_count:
        draw_words(painter, inner, row.count_words, "note", colours.text_muted, RIGHT_WORDS)
    inner.setRight(inner.right() - words_width(row.count_words, "note") - _END)
    draw_words(painter, inner, row.group.words, "note_strong", colours.text)
