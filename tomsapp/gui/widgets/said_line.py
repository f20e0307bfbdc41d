"""The line under a field that says back what was understood, or asks, with a button for each answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.layouts import empty_layout, in_column, in_row
from tomsapp.gui.widgets.text import Text


class SaidLine(QWidget):
    """Words, and what can be taken in place of what was typed; hidden while it has nothing to say."""

    taken = Signal(str)
    """The user chose what is to stand in the field."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Text("", "note", "text_muted", wrap=True)
        self._buttons = QWidget()
        self._row = in_row(inside=self._buttons, gap=16)
        in_column(self._words, self._buttons, inside=self, gap=2)
        self.offers: list[LinkButton] = []
        self._offered: tuple[str, ...] = ()
        self.say("")

    @property
    def text(self) -> str:
        """The words and what is offered, as they are read out."""
        return " ".join(part for part in (self._words.text(), *(button.text() for button in self.offers)) if part)

    def say(self, words: str, offers: Sequence[str] = ()) -> None:
        """Say something else, or nothing; the buttons of the same offers stay: the keyboard may be on its way there."""
        self._words.setText(words)
        self._words.setVisible(bool(words))
        if self._offered != tuple(offers):
            self._offered = tuple(offers)
            empty_layout(self._row)
            self.offers = [self._button(offer) for offer in offers]
            for button in self.offers:
                self._row.addWidget(button)
            self._row.addStretch(1)
        self._buttons.setVisible(bool(offers))
        self.setVisible(bool(words or offers))

    def _button(self, offer: str) -> LinkButton:
        button = LinkButton(f"Use {offer}", role="note")
        button.clicked.connect(lambda: self.taken.emit(offer))
        return button
