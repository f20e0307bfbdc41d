"""How the rows of the table of measures are painted, and the fields that are typed into."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from tomsapp.domain.tender.tender_measure import TENDER_MEASURE
from tomsapp.gui.contract.grid_paint import CellState, box_rect, draw_focus, paint_swatch
from tomsapp.gui.contract.quantity_delegate import QuantityDelegate, paint_quantity
from tomsapp.gui.icons import draw_icon
from tomsapp.gui.row_paint import RIGHT_WORDS, current_bar, draw_in_two, draw_words, fill, hairline_below, words_width
from tomsapp.gui.style import draw_chevron
from tomsapp.gui.tenders.measure_model import MeasureModel
from tomsapp.gui.tenders.measure_rows import TARGET, TITLE, USE, WHY, WORTH, MeasureRow, ThemeRow
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.line import Line

_PADDING, _INDENT, _SWATCH, _ICON = 10, 34, 20, 16
_Index = QModelIndex | QPersistentModelIndex


class MeasureDelegate(QuantityDelegate):
    """Paints from the model's rows themselves."""

    def __init__(self, view: QTableView, model: MeasureModel) -> None:
        super().__init__(view)
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """The field of a quantity, or of one line of words."""
        editor = super().createEditor(parent, option, index)
        if index.column() == WHY and isinstance(editor, Line):
            editor.setAlignment(Qt.AlignmentFlag.AlignLeft)
            editor.setMaxLength(TENDER_MEASURE.fact("relevance").most)
        return editor

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell; the current row is marked, and the current cell has an edge while it has the keyboard."""
        rect, row, state = option.rect, self._model.rows[index.row()], self.state_of(index)
        colours = current_theme().colours
        painter.save()
        ground = colours.surface_alt if isinstance(row, ThemeRow) else colours.surface
        fill(painter, rect, colours.selection if state.in_current_row else ground)
        hairline_below(painter, rect)
        if index.column() == TITLE and state.in_current_row:
            current_bar(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, ThemeRow):
            if index.column() == TITLE:
                _paint_theme(painter, rect, row)
            else:
                _paint_choice(painter, rect, row)
        else:
            self._paint_measure(painter, rect, row, index.column(), state)
        if state.has_focus and not self._model.is_typed(index.row(), index.column()):
            draw_focus(painter, QRectF(rect).adjusted(2, 2, -2, -3))
        painter.restore()

    def _paint_measure(self, painter: QPainter, rect: QRect, row: MeasureRow, column: int, state: CellState) -> None:
        colours, mark = current_theme().colours, row.marks.get(column, "")
        inner = QRectF(rect).adjusted(_PADDING, 0, -_PADDING, 0)
        if column == TITLE:
            _paint_title(painter, QRectF(rect).adjusted(_PADDING + 4, 4, -_PADDING, -5), row, state)
        elif column == TARGET and not row.is_fixed:
            paint_quantity(painter, rect, row.text(column), mark, state)
        elif column == WHY:
            if not row.is_fixed:
                paint_quantity(painter, rect, "", mark, state)
            draw_words(painter, box_rect(rect).adjusted(8, 0, -8, 0), row.text(column), "body", colours.text)
        elif column == USE:
            draw_words(painter, inner, row.text(column), "body", colours.text)
        else:
            is_told = column != WORTH or row.is_worth_told
            role: FontRole = "strong" if column == WORTH and is_told else "body"
            tone = colours.text if is_told else colours.text_muted
            draw_words(painter, inner, row.text(column), role, tone, RIGHT_WORDS)


def _paint_title(painter: QPainter, rect: QRectF, row: MeasureRow, state: CellState) -> None:
    """The title over its code and unit; a long one on two lines, where the code stands behind it in the tooltip."""
    colours = current_theme().colours
    tone = colours.on_selection if state.in_current_row else colours.text
    if words_width(row.title, "body") > rect.width():
        draw_in_two(painter, rect, row.title, "body", tone)
        return
    top = QRectF(rect.left(), rect.top(), rect.width(), rect.height() * 0.55)
    draw_words(painter, top, row.title, "body", tone)
    below = QRectF(rect.left(), top.bottom(), rect.width(), rect.height() * 0.45)
    draw_words(painter, below, row.second, "small", colours.text_muted)


def _paint_theme(painter: QPainter, rect: QRect, row: ThemeRow) -> None:
    theme = current_theme()
    centre = QRectF(rect).center().y()
    draw_chevron(painter, QPointF(rect.left() + 19, centre), theme.colours.text_muted, down=not row.is_folded)
    inner = QRectF(rect).adjusted(_INDENT, 0, -_PADDING, 0)
    if row.number:
        side = theme.px(_SWATCH)
        paint_swatch(painter, QRectF(inner.left(), round(centre - side / 2), side, side), row.number)
        inner.setLeft(inner.left() + side + _PADDING)
    width = draw_words(painter, inner, row.title, "strong", theme.colours.text)
    rest = inner.adjusted(width + _PADDING, 0, 0, 0)
    draw_words(painter, rest, row.words.removeprefix(f"{row.title}, "), "note", theme.colours.text_muted)


def _paint_choice(painter: QPainter, rect: QRect, row: ThemeRow) -> None:
    """That the theme is required, or the link that makes it so."""
    theme = current_theme()
    inner = QRectF(rect).adjusted(_PADDING, 0, -_PADDING, 0)
    if row.is_required:
        width = draw_words(painter, inner, row.choice, "note_strong", theme.colours.success, RIGHT_WORDS)
        size = theme.px(_ICON)
        left, top = inner.right() - width - size - 6, round(inner.center().y() - size / 2)
        draw_icon(painter, left, top, "circle-check", theme.colours.success_mark, size)
    elif row.choice:
        font = QFont(theme.font("note"))
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.colours.link))
        painter.drawText(inner, int(RIGHT_WORDS | Qt.AlignmentFlag.AlignVCenter), row.choice)
