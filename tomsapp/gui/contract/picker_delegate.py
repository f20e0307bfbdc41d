"""How the rows of the measure picker are painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tomsapp.domain.measure_words import worth_words
from tomsapp.domain.menu import Place
from tomsapp.gui.contract.picker_model import COUNTED, HeadRow, PickerModel, second_words
from tomsapp.gui.row_paint import RIGHT_WORDS, current_bar, draw_words, fill
from tomsapp.gui.style import draw_check, draw_focus_edge
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole

_Index = QModelIndex | QPersistentModelIndex
_LEFT, _BOX, _RIGHT, _TEXT = 15, 19, 15, 44
_HEAD, _LINE = 32, 52


class PickerDelegate(QStyledItemDelegate):
    """Paints heads, and measures with check box, code, unit and unit value."""

    def __init__(self, model: PickerModel) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Height of a row at the present text size."""
        theme = current_theme()
        is_head = self._model.place_at(index.row()) is None
        return QSize(200, theme.px(_HEAD if is_head else _LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        row, rect = self._model.rows[index.row()], option.rect
        colours = current_theme().colours
        painter.save()
        if isinstance(row, HeadRow):
            inner = QRectF(rect).adjusted(_LEFT, 4, -_RIGHT, 0)
            draw_words(painter, inner, row.words, "note_strong", colours.text_muted)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_measure(painter, rect, row, selected=selected)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_edge(painter, QRectF(rect), colours)
        painter.restore()

    def _paint_measure(self, painter: QPainter, rect: QRect, place: Place, *, selected: bool) -> None:
        theme = current_theme()
        colours, code = theme.colours, place.measure.code
        if selected:
            fill(painter, rect, colours.selection)
            current_bar(painter, rect)
        line = QRect(rect.left() + _TEXT, rect.bottom(), rect.width() - _TEXT - _RIGHT, 1)
        painter.fillRect(line, QColor(colours.border))
        side = theme.px(_BOX)
        box = QRectF(rect.left() + _LEFT, rect.top() + theme.px(8), side, side)
        is_ticked = code in self._model.ticked
        draw_check(painter, box, colours, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        tone = colours.on_selection if selected else colours.text
        half = rect.height() / 2
        inner = QRectF(rect).adjusted(_TEXT + theme.px(_BOX) - _BOX, 3, -_RIGHT, 0)
        first = inner.adjusted(0, 3, 0, 3 - half)
        worth = draw_words(painter, first, worth_words(place.measure, COUNTED), "body", tone, RIGHT_WORDS)
        role: FontRole = "strong" if selected else "body"
        draw_words(painter, first.adjusted(0, 0, -worth - 12, 0), place.measure.title, role, tone)
        below = inner.adjusted(0, half - 2, 0, -6)
        draw_words(painter, below, second_words(place, self._model.note_on(code)), "small", colours.text_muted)

    def editorEvent(self, event: QEvent, *_rest: object) -> bool:
        """Ticking is the dialog's business, so that a click on the words chooses and on the box ticks."""
        del event
        return False


def is_on_box(x: float) -> bool:
    """Whether a click so far from the row's left edge meets the check box."""
    return x < _TEXT
