"""Problems said in place: a row with its actions, and the summary after a failed save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tomsapp.domain.wording import plural
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.text import IconLabel, Text

if TYPE_CHECKING:
    from tomsapp.gui.widgets.fields import Field

Level = Literal["error", "warning", "info"]
_ICONS = {"error": "octagon-alert", "warning": "triangle-alert", "info": "info"}
_TONES = {"error": "danger_mark", "warning": "warning_mark", "info": "info_mark"}
_WORDS = {"error": "Error", "warning": "Warning", "info": "Note"}


class ProblemRow(QFrame):
    """One sentence about what is wrong, with what can be done about it as links."""

    action_chosen = Signal(object)
    """Key of the action that the user chose."""
    reopened = Signal()
    """The user wants to answer an answered problem anew."""

    def __init__(
        self,
        level: Level,
        sentence: str,
        actions: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("k", "problem")
        self.setProperty("level", level)
        self._level = level
        self._text = Text(sentence, wrap=True)
        self._buttons: list[Button] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 12, 7)
        row.setSpacing(10)
        row.addWidget(IconLabel(_ICONS[level], _TONES[level], 18), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        for key, words in actions:
            link = LinkButton(words, role="strong")
            link.setProperty("key", key)
            link.clicked.connect(self._on_action)
            self._buttons.append(link)
            row.addWidget(link)
        self._reopen = LinkButton("Answer again")
        self._reopen.clicked.connect(self._on_reopen)
        self._reopen.hide()
        row.addWidget(self._reopen)
        self.set_sentence(sentence)

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._text.setText(sentence)
        self.setAccessibleName(f"{_WORDS[self._level]}: {sentence}")

    def set_answered(self, answer: str) -> None:
        """Fold to who answered, when and what, as "Answered by A. Okafor, 14:32: …"."""
        self._text.setText(answer)
        self._text.set_tone("text_muted")
        self._reopen.show()
        for button in self._buttons:
            button.hide()
        self.setAccessibleName(answer)

    def _on_action(self) -> None:
        self.action_chosen.emit(self.sender().property("key"))

    def _on_reopen(self) -> None:
        self.reopened.emit()


class Notice(QFrame):
    """One sentence that comes and goes, such as that what was typed before is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "problem")
        self.setProperty("level", "info")
        self.text = Text("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 12, 7)
        row.setSpacing(10)
        row.addWidget(IconLabel(_ICONS["info"], _TONES["info"], 18), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say a sentence, or nothing."""
        self.text.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))


class ErrorSummary(QFrame):
    """After a failed save: how many problems, and a link to the field of each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("k", "problem")
        self.setProperty("level", "error")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._links: list[LinkButton] = []
        self._fields: list[Field] = []
        self._title = Text("", "h3")
        self._list = QVBoxLayout()
        self._list.setSpacing(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 16, 10)
        row.setSpacing(10)
        row.addWidget(IconLabel("octagon-alert", "danger_mark", 20), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(self._list)
        row.addLayout(column, 1)
        self.hide()

    def show_problems(self, fields: Sequence[Field]) -> None:
        """List the fields that have an error and take the keyboard, or hide if none has."""
        for link in self._links:
            link.hide()
            link.deleteLater()
        self._fields = [field for field in fields if field.error]
        self._links = []
        for field in self._fields:
            link = LinkButton(f"{field.label}: {field.error[:1].lower()}{field.error[1:]}")
            link.clicked.connect(self._on_link)
            self._links.append(link)
            self._list.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(self._fields))
        if self._fields:
            verb = "is" if len(self._fields) == 1 else "are"
            words = f"There {verb} {plural(len(self._fields), 'problem')}. Nothing has been saved yet."
            self._title.setText(words)
            self.setAccessibleName(words)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, words)

    def _on_link(self) -> None:
        place = next(i for i, link in enumerate(self._links) if link is self.sender())
        self._fields[place].control.setFocus(Qt.FocusReason.ShortcutFocusReason)
