"""The head of a house table: sorts by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from tomsapp.gui.row_paint import RIGHT_WORDS, draw_words, fill, hairline_below
from tomsapp.gui.style import draw_chevron, draw_focus_edge
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import HEAD_HEIGHT
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.row_delegate import CELL_PADDING

_ARROW_ROOM = 16
_NAME = "Column heads"


class TableHeader(QHeaderView):
    """Column heads; once focused, Left and Right move, Enter or Space sorts, Down goes to the rows."""

    left_downwards = Signal()
    menu_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("draws_own_ring", True)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)
        self.setAccessibleName(_NAME)
        self.setAccessibleDescription("Left and Right move, Enter sorts, Down goes to the rows")
        self._at = 0
        current_theme().theme_changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        """Height of the head at the present text size; its width is the table's, so no head is measured for it."""
        return QSize(self.minimumSectionSize(), current_theme().px(HEAD_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the heads, sort, open the column menu, or go down to the rows."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._sort_here()
        elif key == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif key == Qt.Key.Key_Menu:
            self.menu_wanted.emit()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide where the keyboard was."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head: muted SemiBold words, an arrow if sorted, a hairline below."""
        colours = current_theme().colours
        painter.save()
        fill(painter, rect, colours.surface_alt)
        hairline_below(painter, rect)
        inner = QRectF(rect).adjusted(CELL_PADDING, 0, -CELL_PADDING, -1)
        align = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        room = _ARROW_ROOM if is_sorted else 0
        place = inner.adjusted(room, 0, 0, 0) if align & RIGHT_WORDS else inner.adjusted(0, 0, -room, 0)
        width = draw_words(painter, place, words, "small_strong", colours.text_muted, align)
        if is_sorted:
            self._paint_arrow(painter, inner, width, align)
        if self.hasFocus() and section == self.logicalIndex(self._at):
            draw_focus_edge(painter, QRectF(rect), colours)
        painter.restore()

    def _paint_arrow(self, painter: QPainter, inner: QRectF, width: float, align: Qt.AlignmentFlag) -> None:
        at_right = bool(align & Qt.AlignmentFlag.AlignRight)
        x = inner.right() - width - 9 if at_right else inner.left() + width + 9
        painter.save()
        painter.translate(x, inner.center().y())
        if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder:
            painter.rotate(180)
        draw_chevron(painter, QPointF(0, 0), current_theme().colours.text_muted, reach=3.5)
        painter.restore()

    def _move(self, step: int) -> None:
        place = self._at + step
        while 0 <= place < self.count() and self.isSectionHidden(self.logicalIndex(place)):
            place += step
        if 0 <= place < self.count():
            self._at = place
            self._say_head()
            self.viewport().update()

    def _sort_here(self) -> None:
        section = self.logicalIndex(self._at)
        rising = Qt.SortOrder.AscendingOrder
        again = self.sortIndicatorSection() == section and self.sortIndicatorOrder() == rising
        self.setSortIndicator(section, Qt.SortOrder.DescendingOrder if again else rising)
        self._say_head()

    def _say_head(self) -> None:
        """Tell a screen reader which head the keyboard is on, and how it is sorted."""
        section = self.logicalIndex(self._at)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            rising = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            words += ", sorted upwards" if rising else ", sorted downwards"
        self.setAccessibleName(f"{_NAME}: {words}")
        announce(self, words)
