"""A row of chips that goes on below when there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from tomsapp.gui.widgets.flow import Flow

_GAP = 8


class ChipFlow(Flow):
    """Widgets from left to right in their own widths; `last` stands at the right edge of the last row."""

    def __init__(self, widgets: Sequence[QWidget], last: QWidget) -> None:
        super().__init__()
        self._widgets: list[QWidget] = []
        self._last = last
        last.setParent(self)
        self.set_widgets(widgets)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show other widgets in the place of those that there were."""
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()
        self._widgets = list(widgets)
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self.fit()

    def fit(self) -> None:
        """Place the widgets in rows of the present width."""
        rows: list[list[tuple[QWidget, int]]] = [[]]
        left = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            width = _width(widget)
            if rows[-1] and left + width > self.width():
                rows.append([])
                left = 0
            rows[-1].append((widget, left))
            left += width + _GAP
        end = _width(self._last)
        if left + end > self.width():
            rows.append([])
        height = max(0, *(each.sizeHint().height() for each in (*self._widgets, self._last)))
        for number, row in enumerate(rows):
            top = number * (height + _GAP)
            for widget, at in row:
                tall = widget.sizeHint().height()
                widget.setGeometry(at, top + (height - tall) // 2, _width(widget), tall)
        top = (len(rows) - 1) * (height + _GAP)
        self._last.setGeometry(QRect(max(0, self.width() - end), top, end, height))
        whole = len(rows) * (height + _GAP) - _GAP
        if self.height() != whole or self.minimumHeight() != whole:
            self.setFixedHeight(whole)


def _width(widget: QWidget) -> int:
    """The width that a widget wants, and at least what it needs."""
    return max(widget.sizeHint().width(), widget.minimumWidth())
