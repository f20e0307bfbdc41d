"""How a cell of the house tables is painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tomsapp.gui.icons import draw_icon
from tomsapp.gui.models.row_model import BAR_ROLE, ICON_ROLE, LINK_ROLE, SECOND_LINE_ROLE, STRONG_ROLE, TONE_ROLE
from tomsapp.gui.row_paint import (
    LEFT_WORDS,
    current_bar,
    draw_dots,
    draw_in_two,
    draw_words,
    fill,
    hairline_below,
    has_two_lines,
    words_width,
)
from tomsapp.gui.style import draw_focus_edge
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import COMPACT, Colours, FontRole
from tomsapp.gui.widgets.state_bar import paint_states

CELL_PADDING = 10
_ICON_SIZE = 18
_BAR_HEIGHT, _WORDS_BY_BAR = 13, 62
_MARKS = {"success", "warning", "danger", "info"}
_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints ground, current-row bar, hairline, icon, one or two lines of text, and figures as links."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.focus_is_visible = True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell; grounds without antialiasing, so that no seams show at 125 %."""
        colours = current_theme().colours
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        rect = option.rect
        fill(painter, rect, colours.selection if selected else colours.surface)
        hairline_below(painter, rect)
        if selected and index.column() == 0:
            current_bar(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(rect).adjusted(CELL_PADDING, 0, -CELL_PADDING, -1)
        inner = self._paint_bar(painter, self._paint_icon(painter, inner, index, colours), index)
        self._paint_text(painter, inner, index, selected=selected)
        if option.state & QStyle.StateFlag.State_HasFocus and self.focus_is_visible:
            draw_focus_edge(painter, QRectF(rect), colours)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Width of the text in px, so that a double click on a head fits the column."""
        theme = current_theme()
        width = words_width(str(index.data() or ""), "strong" if index.data(STRONG_ROLE) else "body")
        width = max(width, words_width(str(index.data(SECOND_LINE_ROLE) or ""), "small"))
        icon_room = theme.px(_ICON_SIZE) + 8 if index.data(ICON_ROLE) else 0
        return QSize(int(width) + 2 * CELL_PADDING + icon_room + 1, theme.px(theme.density.line_row))

    def editorEvent(self, event: QEvent, *_rest: object) -> bool:
        """Cells of these tables are not edited in place."""
        del event
        return False

    def _paint_icon(self, painter: QPainter, inner: QRectF, index: _Index, colours: Colours) -> QRectF:
        name = index.data(ICON_ROLE)
        if not name:
            return inner
        tone = str(index.data(TONE_ROLE))
        colour = getattr(colours, f"{tone}_mark" if tone in _MARKS else tone)
        size = current_theme().px(_ICON_SIZE)
        draw_icon(painter, round(inner.left()), round(inner.center().y() - size / 2), str(name), colour, size)
        return inner.adjusted(size + 8, 0, 0, 0)

    def _paint_bar(self, painter: QPainter, inner: QRectF, index: _Index) -> QRectF:
        parts = index.data(BAR_ROLE)
        if parts is None:
            return inner
        theme = current_theme()
        words, height = theme.px(_WORDS_BY_BAR), theme.px(_BAR_HEIGHT)
        bar = QRectF(inner.left(), inner.center().y() - height / 2, inner.width() - words, height)
        paint_states(painter, theme, bar, parts)
        return inner.adjusted(bar.width(), 0, 0, 0)

    def _paint_text(self, painter: QPainter, inner: QRectF, index: _Index, *, selected: bool) -> None:
        theme = current_theme()
        second = index.data(SECOND_LINE_ROLE) if theme.density is not COMPACT else None
        is_link = bool(index.data(LINK_ROLE))
        tone = "link" if is_link else str(index.data(TONE_ROLE))
        if selected and tone == "text":
            tone = "on_selection"
        role: FontRole = "strong" if index.data(STRONG_ROLE) else "body"
        text = str(index.data() or "")
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        colour = getattr(theme.colours, tone)
        if not second and not is_link and _wants_two(inner, text, role, align):
            draw_in_two(painter, inner, text, role, colour)
            return
        first = inner.adjusted(0, 3, 0, -inner.height() / 2 + 2) if second else inner
        width = draw_words(painter, first, text, role, colour, align)
        if is_link and text:
            draw_dots(painter, first, width, role, theme.colours.link)
        if second:
            below = inner.adjusted(0, inner.height() / 2 + 1, 0, -3)
            draw_words(painter, below, str(second), "small", theme.colours.text_muted, align)


def _wants_two(inner: QRectF, text: str, role: FontRole, align: Qt.AlignmentFlag) -> bool:
    """Whether words are too long for the cell and a second line has room in the row; figures never break."""
    is_long = bool(align & LEFT_WORDS) and words_width(text, role) > inner.width() > 0
    return is_long and has_two_lines(inner, role)
