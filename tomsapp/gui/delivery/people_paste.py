"""Takes person numbers from a spreadsheet: says of each line what it was understood as, or why it is left out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.domain.money import shortened
from tomsapp.domain.wording import format_date, plural
from tomsapp.gui.delivery.person_dialog import NEVER_NAMES
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import text_to_read
from tomsapp.gui.widgets.fields import TextField
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.text import Text
from tomsapp.services.people_pasted import PastedPerson, read_people

_WIDTH = 560
_HINT = "One person a line: number, when it began, when it ended, and New, Retained or Transferred."
_NOTHING = "Nothing is pasted yet."


class PeoplePasteDialog(FormDialog):
    """What is pasted stays in this dialog until it is understood; nothing of a line that is left out is kept."""

    def __init__(self, about: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.people: tuple[DeliveryPerson, ...] = ()
        title = f"Paste person numbers of {about}"
        self.setWindowTitle(title)
        self.given = TextField("Lines from the spreadsheet", _HINT, lines=6)
        self.said = Text(_NOTHING, "note", "text_muted", wrap=True)
        self.understood = text_to_read("What was understood", "")
        self.go_button = Button("Add person numbers", "primary", does=self._on_go)
        self.go_button.setDefault(True)
        foot = in_row(STRETCH, self.go_button, Button("Cancel", does=self.reject))
        asked = ProblemRow("info", NEVER_NAMES), self.given, self.said, self.understood
        self.build(title, "What is pasted", asked, foot, _WIDTH)
        self.given.edited.connect(self._show_read)

    def begin(self) -> None:
        """Begin with what is on the clipboard, where that holds person numbers."""
        text = QGuiApplication.clipboard().text()
        if not self.given.text and any(each.person is not None for each in read_people(text)):
            self.given.set_text(text)
        self.given.control.setFocus()

    @property
    def _read(self) -> list[PastedPerson]:
        return read_people(self.given.text)

    def _show_read(self) -> None:
        read = self._read
        good, bad = _parted(read)
        self.understood.setPlainText("\n".join(_words(each) for each in read))
        left = f" {plural(len(bad), 'line is', 'lines are')} left out." if bad else ""
        self.said.setText(f"{plural(len(good), 'person', 'people')} understood.{left}" if read else _NOTHING)
        self.go_button.setText(f"Add {plural(len(good), 'person number', 'person numbers')}")

    def _on_go(self) -> None:
        good, _ = _parted(self._read)
        if not good:
            self.given.set_error("Paste lines that begin with a person number, for example P-001")
            self.given.control.setFocus()
            announce(self, self.given.error)
            return
        asked = [f"{problem.message}. {problem.fix}." for each in good for problem in each.problems]
        go, keep = "They are numbers", "Go back"
        if not asked or ask_first(self, "Are these person numbers?", asked, go, keep, deletes=False):
            self.people = tuple(each.person for each in good if each.person is not None)
            self.accept()


def _parted(read: Sequence[PastedPerson]) -> tuple[list[PastedPerson], list[PastedPerson]]:
    return [each for each in read if each.person], [each for each in read if not each.person]


def _words(pasted: PastedPerson) -> str:
    """A line as it was understood; of one that is left out, where it is and why, and not what stands in it."""
    if pasted.person is None:
        return f"Line {pasted.line} is left out. {shortened(pasted.fault, 160)}."
    return f"{pasted.person.number}: {person_words(pasted.person)}"


def person_words(person: DeliveryPerson) -> str:
    """What is said of a person: "New, from 1 April 2026 to 30 June 2026"."""
    began = f"from {format_date(person.began_on)}" if person.began_on else "no first day"
    ended = f" to {format_date(person.ended_on)}" if person.ended_on else ""
    return f"{person.kind.words}, {began}{ended}"
