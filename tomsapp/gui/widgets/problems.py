"""Problems said in place: a row with its actions, and the summary after a failed save."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import plural, small_first
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.edges import LEFT, MIDDLE, TOP
from tomsapp.gui.widgets.layouts import add_part, empty_layout, in_column, in_row
from tomsapp.gui.widgets.text import IconLabel, Text

if TYPE_CHECKING:
    from tomsapp.gui.widgets.fields import Field

Level = Literal["error", "warning", "info"]
ICONS = {"error": "octagon-alert", "warning": "triangle-alert", "info": "info"}
TONES = {"error": "danger", "warning": "warning", "info": "info"}
WORDS = {"error": "Error", "warning": "Warning", "info": "Note"}
"""How each level is shown: its icon, its colour, and the word that a screen reader says."""
LEVELS: dict[Severity, Level] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}
MEND = ("mend", "Put it right")
"""What can be done where what keeps the history is not in place."""
SAVE_COPY = ("copy", "Save a copy…")
"""What can be done where a database can only be read."""
_BY_KEY = Qt.FocusReason.ShortcutFocusReason


class ProblemRow(QFrame):
    """One sentence about what is wrong, with what can be done about it as links."""

    action_chosen = Signal(object)
    """Key of the action that the user chose."""

    def __init__(self, level: Level, sentence: str, actions: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setProperty("k", "problem")
        self.setProperty("level", level)
        self._level = level
        self.text = Text(sentence, wrap=True)
        icon = IconLabel(ICONS[level], f"{TONES[level]}_mark", 18)
        row = in_row((icon, MIDDLE), (self.text, 1), inside=self, margins=(14, 7, 12, 7), gap=10)
        for key, words in actions:
            link = LinkButton(words, role="strong")
            link.clicked.connect(lambda _checked=False, key=key: self.action_chosen.emit(key))
            row.addWidget(link)
        self.set_sentence(sentence)

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self.text.setText(sentence)
        self.setAccessibleName(f"{WORDS[self._level]}: {sentence}")


def rows_of(problems: Iterable[Problem]) -> list[ProblemRow]:
    """A row for each problem, with its place and its remedy."""
    return [ProblemRow(LEVELS[problem.severity], str(problem)) for problem in problems]


class Notice(ProblemRow):
    """One sentence that comes and goes, such as that what was typed before is shown."""

    def __init__(self, level: Level = "info") -> None:
        super().__init__(level, "")
        self.hide()

    def say(self, sentence: str) -> None:
        """Say a sentence, or nothing."""
        self.text.setText(sentence)
        self.setAccessibleName(sentence if self._level == "info" else f"{WORDS[self._level]}: {sentence}")
        self.setVisible(bool(sentence))


class ErrorSummary(QFrame):
    """After a failed save: how many problems, and a link to the field of each."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "problem")
        self.setProperty("level", "error")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._links: list[LinkButton] = []
        self._fields: list[Field] = []
        self._title = Text("", "h3")
        self._list = in_column(gap=1)
        icon, column = IconLabel("octagon-alert", "danger_mark", 20), in_column(self._title, self._list, gap=4)
        in_row((icon, TOP), (column, 1), inside=self, margins=(18, 10, 16, 10), gap=10)
        self.hide()

    def show_problems(self, fields: Sequence[Field]) -> None:
        """List the fields that have an error and take the keyboard, or hide if none has.

        Until it is told of others it follows these fields: an error that goes from its field goes from the list.
        """
        for field in self._fields:
            field.error_changed.disconnect(self._list_errors)
        self._fields = list(fields)
        for field in self._fields:
            field.error_changed.connect(self._list_errors)
        self._list_errors()
        if not self.isHidden():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self._title.text())

    def _list_errors(self) -> None:
        empty_layout(self._list)
        wrong = [field for field in self._fields if field.error]
        self._links = []
        for field in wrong:
            link = LinkButton(f"{field.label}: {small_first(field.error)}")
            link.clicked.connect(lambda _checked=False, to=field.control: to.setFocus(_BY_KEY))
            self._links.append(link)
            add_part(self._list, (link, LEFT))
        self.setVisible(bool(wrong))
        if wrong:
            verb = "is" if len(wrong) == 1 else "are"
            words = f"There {verb} {plural(len(wrong), 'problem')}. Nothing has been saved yet."
            self._title.setText(words)
            self.setAccessibleName(words)
