"""What a decision still asks for, such as the measure of a row that has no code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from tomsapp.gui.widgets.actions import INSIDE, add_action
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.edges import BOTTOM
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.layouts import in_row


class MoreBar(QFrame):
    """One choice out of many; typing its first letters finds it."""

    taken = Signal(str, str)
    """The key of what is decided, and the decision with what was chosen behind its colon."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._key, self._option = "", ""
        self.choice = ChoiceField("Which one")
        self.take_button = Button("Take it", does=self._on_take)
        buttons = in_row(self.take_button, Button("Not now", does=self.hide), gap=8)
        in_row((self.choice, 1), (buttons, BOTTOM), inside=self, margins=(12, 8, 12, 8), gap=12)
        add_action(self, "Leave it undecided for now", "Esc", self.hide, INSIDE)
        self.hide()

    def ask(self, key: str, option: str, offered: Sequence[tuple[str, str]]) -> None:
        """Offer what can follow a decision."""
        self._key, self._option = key, option
        self.choice.set_options(offered)
        if offered:
            self.choice.set_value(offered[0][0])
        self.show()
        self.choice.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_take(self) -> None:
        self.hide()
        self.taken.emit(self._key, f"{self._option}{self.choice.value}")
