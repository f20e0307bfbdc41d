"""How a cell of the house tables is painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tomsapp.gui.icons import icon_pixmap
from tomsapp.gui.models.row_model import ICON_ROLE, LINK_ROLE, SECOND_LINE_ROLE, STRONG_ROLE, TONE_ROLE
from tomsapp.gui.style import draw_focus_edge
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import COMPACT, Colours, FontRole

CELL_PADDING = 10
_ICON_SIZE = 18
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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        rect = option.rect
        painter.fillRect(rect, QColor(colours.selection if selected else colours.surface))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colours.border))
        if selected and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(colours.primary))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(rect).adjusted(CELL_PADDING, 0, -CELL_PADDING, -1)
        self._paint_text(painter, self._paint_icon(painter, inner, index, colours), index, selected=selected)
        if option.state & QStyle.StateFlag.State_HasFocus and self.focus_is_visible:
            draw_focus_edge(painter, QRectF(rect), colours)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Width of the text in px, so that a double click on a head fits the column."""
        theme = current_theme()
        metrics = QFontMetricsF(theme.font("strong" if index.data(STRONG_ROLE) else "body"))
        width = metrics.horizontalAdvance(str(index.data() or ""))
        second = index.data(SECOND_LINE_ROLE)
        if second:
            width = max(width, QFontMetricsF(theme.font("small")).horizontalAdvance(str(second)))
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
        pixmap = icon_pixmap(str(name), colour, size)
        painter.drawPixmap(round(inner.left()), round(inner.center().y() - size / 2), pixmap)
        return inner.adjusted(size + 8, 0, 0, 0)

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
        first = inner.adjusted(0, 3, 0, -inner.height() / 2 + 2) if second else inner
        colour = getattr(theme.colours, tone)
        self._line(painter, first, text, role, colour=colour, align=align)
        if is_link and text:
            self._dots(painter, first, text, role, theme.colours.link)
        if second:
            below = inner.adjusted(0, inner.height() / 2 + 1, 0, -3)
            self._line(painter, below, str(second), "small", colour=theme.colours.text_muted, align=align)

    @staticmethod
    def _line(
        painter: QPainter, rect: QRectF, text: str, role: FontRole, *, colour: str, align: Qt.AlignmentFlag
    ) -> None:
        font = current_theme().font(role)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), shown)

    @staticmethod
    def _dots(painter: QPainter, rect: QRectF, text: str, role: FontRole, colour: str) -> None:
        """Dotted underline under a right-aligned figure: it can be explained."""
        metrics = QFontMetricsF(current_theme().font(role))
        width = min(metrics.horizontalAdvance(text), rect.width())
        base = round(rect.center().y() + metrics.ascent() / 2 + 3) + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(QColor(colour), 1, Qt.PenStyle.DotLine))
        painter.drawLine(round(rect.right() - width), round(base), round(rect.right()), round(base))
