"""Cards and chips side by side that go on below when there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tomsapp.gui.widgets.layouts import in_grid

_GAP, _CHIP_GAP = 12, 8


class Flow(QWidget):
    """Lays out what stands in it anew for each width, and when its words have changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def fit(self) -> None:
        """Lay out for the present width."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Lay out anew when words inside have changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)


class CardFlow(Flow):
    """Widgets of one width in as many columns as fit, so that no figure is ever cut."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets = list(widgets)
        self._columns = 0
        self._grid = in_grid(inside=self, gaps=(_GAP, _GAP))
        self._arrange(len(self._widgets))

    @property
    def columns(self) -> int:
        """Number of columns there is room for."""
        return self._columns

    def fit(self) -> None:
        """Find out how many columns there is room for."""
        widest = max((widget.minimumSizeHint().width() for widget in self._widgets), default=1)
        most = max(1, (self.width() + _GAP) // (widest + _GAP))
        rows = -(-len(self._widgets) // most)
        self._arrange(-(-len(self._widgets) // max(rows, 1)))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns or not self._widgets:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, place // columns, place % columns)
        self.updateGeometry()


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
            width = self._width(widget)
            if rows[-1] and left + width > self.width():
                rows.append([])
                left = 0
            rows[-1].append((widget, left))
            left += width + _CHIP_GAP
        end = self._width(self._last)
        if left + end > self.width():
            rows.append([])
        height = max(0, *(each.sizeHint().height() for each in (*self._widgets, self._last)))
        for number, row in enumerate(rows):
            top = number * (height + _CHIP_GAP)
            for widget, at in row:
                tall = widget.sizeHint().height()
                widget.setGeometry(at, top + (height - tall) // 2, self._width(widget), tall)
        top = (len(rows) - 1) * (height + _CHIP_GAP)
        self._last.setGeometry(QRect(max(0, self.width() - end), top, end, height))
        whole = len(rows) * (height + _CHIP_GAP) - _CHIP_GAP
        if self.height() != whole or self.minimumHeight() != whole:
            self.setFixedHeight(whole)

    def _width(self, widget: QWidget) -> int:
        """The width that a widget wants, and at least what it needs; what can be cut takes no more than there is."""
        wanted = max(widget.sizeHint().width(), widget.minimumWidth())
        return max(min(wanted, self.width()), widget.minimumSizeHint().width())
