"""Says over the grid which contract years are in view, and moves to earlier and later ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.text import Text


class YearsBar(QFrame):
    """Shown only while some years have no room; the buttons name the next years that are out of view."""

    first_wanted = Signal(int)
    """The contract year that should stand first (0 is the contract's first)."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Contract years that are shown")
        self._first = self._shown = 0
        self._words = Text("", "note_strong", "text_muted")
        self.earlier = LinkButton(
            "", role="note", does=lambda: self.first_wanted.emit(max(0, self._first - self._shown))
        )
        self.later = LinkButton("", role="note", does=lambda: self.first_wanted.emit(self._first + self._shown))
        in_row(self._words, STRETCH, self.earlier, self.later, inside=self, margins=(10, 5, 10, 5), gap=14)

    def show_years(self, labels: Sequence[str], first: int, shown: int) -> None:
        """Say which of the years, named by their labels, are shown."""
        self.setVisible(shown < len(labels))
        if shown >= len(labels):
            return
        is_move = self._shown == shown and self._first != first
        self._first, self._shown = first, shown
        last = first + shown
        of = f"Year {last} of {len(labels)}" if shown == 1 else f"Years {first + 1} to {last} of {len(labels)}"
        self._words.setText(of)
        self.earlier.setText(f"‹ {labels[first - 1]}" if first else "")
        self.earlier.setAccessibleName(f"Earlier years, {labels[first - 1]}" if first else "")
        self.later.setText(f"{labels[last]} ›" if last < len(labels) else "")
        self.later.setAccessibleName(f"Later years, {labels[last]}" if last < len(labels) else "")
        if not first and self.earlier.hasFocus():
            self.later.setFocus()
        if last >= len(labels) and self.later.hasFocus():
            self.earlier.setFocus()
        self.earlier.setVisible(first > 0)
        self.later.setVisible(last < len(labels))
        if is_move:
            announce(self, of)
