"""What is scrolled when there is no room for it, by keyboard too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrollArea(QScrollArea):
    """Scrolls its content up and down; it is a stop of Tab only while there is something to scroll.

    What wraps into any width is `only_down`: a bar at its foot would take its last line.
    """

    def __init__(self, name: str, content: QWidget | None = None, *, only_down: bool = False) -> None:
        super().__init__()
        if only_down:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setProperty("ring_radius", 4)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._on_range_changed(0, 0)
        if content is not None:
            content.setProperty("k", "clear")
            self.setWidget(content)

    def _on_range_changed(self, least: int, most: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if most > least else Qt.FocusPolicy.NoFocus)
