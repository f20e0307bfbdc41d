"""Cards side by side that go to a second row when there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tomsapp.gui.widgets.layouts import in_grid

_GAP = 12


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
