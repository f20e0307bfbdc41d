"""The delegate of the commitments grid: paints every row, and edits a quantity in its box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from tomsapp.gui.contract.grid_model import TITLE, UNIT_VALUE, GridModel
from tomsapp.gui.contract.grid_paint import (
    PADDING,
    CellState,
    box_rect,
    draw_focus,
    paint_group,
    paint_problem,
    paint_title,
)
from tomsapp.gui.contract.problem_rows import ProblemRow
from tomsapp.gui.contract.quantity_delegate import QuantityDelegate, paint_quantity
from tomsapp.gui.contract.row_layout import INDENT
from tomsapp.gui.contract.rows import GroupRow, LineRow
from tomsapp.gui.row_paint import RIGHT_WORDS, current_bar, draw_dots, draw_words, fill, hairline_below
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole

_Index = QModelIndex | QPersistentModelIndex


class GridDelegate(QuantityDelegate):
    """Paints from the model's rows themselves."""

    def __init__(self, view: QTableView, model: GridModel, focused_action: Callable[[], int]) -> None:
        super().__init__(view)
        self._model, self._focused_action = model, focused_action

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell, or a whole row of a group or problem."""
        row = self._model.rows[index.row()]
        state = self.state_of(index)
        painter.save()
        if isinstance(row, GroupRow):
            paint_group(painter, option.rect, row, state)
        elif isinstance(row, ProblemRow):
            paint_problem(painter, option.rect, row, state, self._focused_action() if state.has_focus else -1)
        else:
            self._paint_cell(painter, option.rect, row, index.column(), state)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRect, row: LineRow, column: int, state: CellState) -> None:
        colours = current_theme().colours
        fill(painter, rect, colours.selection if state.in_current_row else colours.surface)
        hairline_below(painter, rect)
        if state.in_current_row and column == TITLE:
            current_bar(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        year = self._model.year_of(column)
        if year is not None:
            self._paint_quantity(painter, rect, row, year, state)
            return
        inner = QRectF(rect).adjusted(INDENT if column == TITLE else PADDING, 0, -PADDING, -1)
        text = self._model.text(row, column)
        if column == TITLE:
            paint_title(painter, rect, row, state)
        elif column in (UNIT_VALUE, self._model.share_column):
            tone = colours.on_selection if state.in_current_row else colours.text
            draw_words(painter, inner, text, "body", tone, RIGHT_WORDS)
        else:
            self._paint_value(painter, inner, row, text, state)
        if state.has_focus:
            draw_focus(painter, QRectF(rect).adjusted(3, 3, -3, -4))

    @staticmethod
    def _paint_value(painter: QPainter, inner: QRectF, row: LineRow, text: str, state: CellState) -> None:
        colours = current_theme().colours
        if row.line is None or not row.line.measure.is_valued:
            draw_words(painter, inner, text, "small", colours.text_muted, RIGHT_WORDS)
            return
        role: FontRole = "strong" if state.in_current_row else "body"
        width = draw_words(painter, inner, text, role, colours.link, RIGHT_WORDS)
        draw_dots(painter, inner, width, "body", colours.link)

    def _paint_quantity(self, painter: QPainter, rect: QRect, row: LineRow, year: int, state: CellState) -> None:
        colours = current_theme().colours
        text = self._model.typed_text(row, year)
        if not row.is_editable:
            tone = colours.on_selection if state.in_current_row else colours.text
            draw_words(painter, box_rect(rect).adjusted(0, 0, -8, 0), text, "body", tone, RIGHT_WORDS)
            if state.has_focus:
                draw_focus(painter, box_rect(rect))
            return
        paint_quantity(painter, rect, text, row.marks.get(year, ""), state)
