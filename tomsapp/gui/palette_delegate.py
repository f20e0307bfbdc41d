"""How a result of the command palette is painted."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tomsapp.gui.icons import draw_icon
from tomsapp.gui.row_paint import RIGHT_WORDS, current_bar, draw_words, fill, words_width
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole

HEAD_ROLE = int(Qt.ItemDataRole.UserRole) + 1
RESULT_ROLE = HEAD_ROLE + 1
_Index = QModelIndex | QPersistentModelIndex
_LEFT, _ICON, _GAP = 21, 18, 12


class PaletteDelegate(QStyledItemDelegate):
    """Paints heads, and results with the match in bold and the shortcut at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Heads are 32 high, results 38, at 100 % text size."""
        return QSize(200, current_theme().px(32 if index.data(HEAD_ROLE) else 38))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        theme = current_theme()
        colours = theme.colours
        painter.save()
        rect = QRectF(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if index.data(HEAD_ROLE):
            inner = rect.adjusted(_LEFT, 8, -_LEFT, 0)
            draw_words(painter, inner, str(index.data()), "small_strong", colours.text_muted)
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            fill(painter, option.rect, colours.selection)
            current_bar(painter, option.rect)
        result = index.data(RESULT_ROLE)
        size = theme.px(_ICON)
        draw_icon(painter, _LEFT, round(rect.center().y() - size / 2), result.icon, colours.text_muted, size)
        hint = result.shortcut or ("Enter to open" if selected else "")
        inner = rect.adjusted(_LEFT + size + _GAP, 0, -_LEFT, 0)
        used = draw_words(painter, inner, hint, "note", colours.text_muted, RIGHT_WORDS)
        inner.adjust(0, 0, -used - _GAP if used else 0, 0)
        query = getattr(index.model(), "query", "")
        x = self._write_match(painter, inner, result.title, query)
        draw_words(painter, inner.adjusted(x + _GAP, 0, 0, 0), result.detail, "note", colours.text_muted)
        painter.restore()

    def _write_match(self, painter: QPainter, rect: QRectF, title: str, query: str) -> float:
        """Write the title with what was typed in bold; returns its width in px."""
        words = [re.escape(word) for word in query.split()]
        parts = re.split(f"({'|'.join(words)})", title, flags=re.IGNORECASE) if words else [title]
        x = 0.0
        for place, part in enumerate(parts):
            role: FontRole = "strong" if place % 2 else "body"
            draw_words(painter, rect.adjusted(x, 0, 0, 0), part, role, current_theme().colours.text)
            x += words_width(part, role)
        return min(x, rect.width())
