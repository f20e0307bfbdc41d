"""The written answer to a warning: what it says, and a short declaration."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tomsapp.domain.problems import Problem
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import TextField
from tomsapp.gui.widgets.text import Text

_LEAST = 3


class AnswerForm(QWidget):
    """Asks for a declaration; it stands in the contract's history with the name of who gave it."""

    answered = Signal(str, str)
    """The problem's key and the declaration."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._problem_key = ""
        self._title = Text("", "h3", wrap=True)
        self._problem = Text("", "note", "text_muted", wrap=True)
        self.declaration = TextField(
            "Declaration", "Say in a sentence how you know. It is kept with your name.", lines=4
        )
        self.save_button = Button("Save declaration", "primary")
        cancel = Button("Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        for widget in (self._title, self._problem, self.declaration):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.save_button)
        foot.addWidget(cancel)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        self.save_button.clicked.connect(self.save)
        cancel.clicked.connect(self.closed)

    def ask(self, problem: Problem, words: str) -> None:
        """Ask for the declaration to a problem; `words` is the action that was chosen."""
        if problem.key != self._problem_key:
            self.declaration.set_text(problem.answer.text if problem.answer else "")
        self._problem_key = problem.key
        self._title.setText(words)
        self._problem.setText(f"{problem.message}.")
        self.setAccessibleName(f"{words}. {problem.message}")
        self.declaration.set_error(None)

    def focus_field(self) -> None:
        """Move the keyboard to the declaration."""
        self.declaration.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Hand on the declaration if one was written."""
        text = self.declaration.text
        if len(text) < _LEAST:
            self.declaration.set_error("Write a declaration, for example: different interns each year")
            self.focus_field()
            return
        key, self._problem_key = self._problem_key, ""
        self.answered.emit(key, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form; what was typed stays in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
