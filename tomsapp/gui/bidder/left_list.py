"""What is left before an offer can be saved: what is done with a tick, what is not as a link to where it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import ElidedButton
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.bidding.steps import ToDo

_TITLE = "Before you can save"


class LeftList(QWidget):
    """The list with its count in words; a change of the count is announced."""

    chosen = Signal(object)
    """The `Place` to go to."""

    def __init__(self) -> None:
        super().__init__()
        self.count = Text("", "note_strong", "warning")
        self._rows = in_column(gap=5)
        self._items: tuple[ToDo, ...] = ()
        self.links: list[ElidedButton] = []
        in_column(in_row((Text(_TITLE, "strong"), 1), self.count), self._rows, inside=self, gap=8)

    def show_items(self, items: Sequence[ToDo]) -> None:
        """Show what is left; the keyboard stays where it is unless the item it was on is done."""
        # What is to be done is seen first, also where there is room for a few lines alone.
        shown = tuple(sorted(items, key=lambda item: item.is_done))
        if shown == self._items:
            return
        before, self._items = self.count.text(), shown
        left = sum(1 for item in shown if not item.is_done)
        self.count.setText(f"{left} left" if left else "Nothing left")
        self.count.set_tone("warning" if left else "success")
        self.setAccessibleName(f"{_TITLE}, {left} left")
        empty_layout(self._rows)
        self.links = []
        for item in shown:
            self._rows.addWidget(self._row(item))
        if before and before != self.count.text():
            announce(self, f"{_TITLE}, {self.count.text()}")

    def _row(self, item: ToDo) -> QWidget:
        if item.is_done:
            said = Text(item.words, "note", "text_muted", wrap=True)
            said.setAccessibleName(item.told)
            return holding(in_row((IconLabel("circle-check", "success_mark", 18), TOP), (said, 1), gap=9))
        link = ElidedButton(item.words, role="note", does=lambda: self.chosen.emit(item.place))
        link.setAccessibleName(item.told)
        self.links.append(link)
        return holding(in_row((IconLabel("circle", "warning_mark", 18), TOP), link, STRETCH, gap=9))
