"""Where a question about the file is answered; the answer is kept in the history with the import."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from tomsapp.gui.widgets.actions import INSIDE, add_action
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.edges import BOTTOM
from tomsapp.gui.widgets.fields import LineField
from tomsapp.gui.widgets.layouts import in_column, in_row
from tomsapp.gui.widgets.text import Text


class AnswerBar(QFrame):
    """One question with a line for its answer; Enter keeps it, Esc leaves it."""

    answered = Signal(str, str)
    """The key of the question, and its answer."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._key = ""
        self._question = Text("", "strong", wrap=True)
        self.line = LineField("Which is meant, and why? It is kept in the history", placeholder="The texts are numbers")
        self.keep_button = Button("Keep the answer", does=self._on_keep)
        buttons = in_row(self.keep_button, Button("Not now", does=self.hide), gap=8)
        row = in_row((self.line, 1), (buttons, BOTTOM), gap=12)
        in_column(self._question, row, inside=self, margins=(12, 10, 12, 10), gap=6)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            add_action(self.line, "Keep the answer", key.name.removeprefix("Key_"), self._on_keep, INSIDE)
        add_action(self, "Leave the question for now", "Esc", self.hide, INSIDE)
        self.hide()

    def ask(self, key: str, question: str, answer: str) -> None:
        """Ask a question, with what was answered before."""
        self._key = key
        self._question.setText(question)
        self.line.set_text(answer)
        self.show()
        self.line.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_keep(self) -> None:
        if not self.line.text.strip():
            self.line.set_error("Say which is meant")
            return
        self.line.set_error(None)
        self.hide()
        self.answered.emit(self._key, self.line.text.strip())
