"""The person numbers behind a claim about people, each with what is wrong with it and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.delivery.people import DeliveryPerson, has_person_numbers
from tomsapp.domain.wording import plural
from tomsapp.gui.delivery.people_paste import PeoplePasteDialog, person_words
from tomsapp.gui.delivery.person_dialog import PersonDialog
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.problems import LEVELS, Notice, ProblemRow
from tomsapp.gui.widgets.text import Text
from tomsapp.services.delivery import find_quarter
from tomsapp.services.delivery_people import (
    PersonChange,
    PersonView,
    check_person,
    head_words,
    merged,
    people_of,
    save_people,
)

if TYPE_CHECKING:
    from tomsapp.domain.delivery.delivery import Delivery
    from tomsapp.domain.delivery.figures import DeliveredLine
    from tomsapp.domain.history import Stored
    from tomsapp.gui.jobs import Job
    from tomsapp.gui.widgets.form_dialog import FormDialog
    from tomsapp.services.delivery import OpenDelivery

_WHY = "The supplier’s own numbers show whether somebody is claimed twice or too late. Never names."
_AT_FIRST = 6
"""How many rows are shown before the rest is asked for; those with something wrong come first."""


class PeopleList(QWidget):
    """Lists the person numbers of a claim; adds, pastes, changes and takes them out. Ctrl+V pastes."""

    refused = Signal()
    """Something could not be saved: somebody may have been first, so it is to be read again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._opened: OpenDelivery | None = None
        self._claim: Stored[Delivery] | None = None
        self._measure = ""
        self._shows_all = False
        self.dialog: QDialog | None = None
        self.rows: list[PersonRow] = []
        self._rows = in_column(gap=8)
        self.heads = Notice()
        self.more_button = LinkButton("", role="note", does=self.show_all)
        self.add_button = Button("Add a number", icon_name="plus", small=True, does=self.add)
        self.paste_button = Button("Paste from Excel", small=True, does=self.paste)
        buttons = in_row(self.add_button, self.paste_button, STRETCH, gap=8)
        head = Text("Person numbers", "h3"), Text(_WHY, "small", "text_muted", wrap=True), self.heads
        more = in_row(self.more_button, STRETCH)
        in_column(*head, holding(self._rows), more, buttons, inside=self, gap=8)

    # Showing

    def show_claim(self, opened: OpenDelivery, line: DeliveredLine, claim: Stored[Delivery] | None) -> None:
        """Show the person numbers of a claim; nothing where the measure asks for none, or nothing was returned."""
        is_same = claim is not None and self._claim is not None and claim.id == self._claim.id
        self._opened, self._claim, self._measure = opened, claim, line.commitment.measure
        self._shows_all = self._shows_all and is_same
        is_asked = claim is not None and has_person_numbers(line.measure, opened.edition)
        self.setVisible(is_asked)
        self._show(people_of(opened, claim) if claim is not None and is_asked else ())

    def _show(self, views: Sequence[PersonView]) -> None:
        empty_layout(self._rows)
        wrong_first = sorted(views, key=lambda view: not view.problems)
        shown = wrong_first if self._shows_all else wrong_first[:_AT_FIRST]
        self.rows = [self._row(view) for view in shown]
        for row in self.rows:
            self._rows.addWidget(row)
        claim = self._claim
        self.heads.say(head_words(claim.record, (view.stored.record for view in views)) if claim and views else "")
        self.more_button.setText(f"Show all {len(views)}")
        self.more_button.setVisible(len(shown) < len(views))
        wrong = sum(bool(view.problems) for view in views)
        told = f", {wrong} with something to put right" if wrong else ""
        self.setAccessibleName(f"{plural(len(views), 'person number', 'person numbers')}{told}")

    def _row(self, view: PersonView) -> PersonRow:
        row = PersonRow(view)
        row.change_wanted.connect(self._change)
        row.out_wanted.connect(lambda each: self._save([(each.stored, None)]))
        return row

    def show_all(self) -> None:
        """Show the rows that were left out, with the keyboard at the first of them."""
        if self._opened is None or self._claim is None:
            return
        self._shows_all = True
        self._show(people_of(self._opened, self._claim))
        self.rows[_AT_FIRST].change.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # What the user does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes person numbers while the keyboard is here."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    @property
    def _about(self) -> str:
        quarter = find_quarter(self._opened, self._claim.record.quarter) if self._opened and self._claim else None
        return f"{self._measure}, {quarter.label}" if quarter else self._measure

    def add(self) -> None:
        """Ask for one more person number."""
        self._ask(None)

    def _change(self, view: PersonView) -> None:
        self._ask(view.stored)

    def _ask(self, before: Stored[DeliveryPerson] | None) -> None:
        opened, claim, session = self._opened, self._claim, self._session
        if opened is None or claim is None:
            return

        dialog = PersonDialog(
            self._about,
            before,
            lambda person: session.read(lambda workspace: check_person(workspace, opened, claim, person, before)),
            self.window(),
        )
        self._close_when_saved(dialog, lambda _opened: [(dialog.before, dialog.record)])
        self.dialog = dialog
        open_once(dialog)

    def paste(self) -> None:
        """Take person numbers from a spreadsheet; one that is there already is changed."""
        opened, claim = self._opened, self._claim
        if opened is None or claim is None:
            return
        dialog = PeoplePasteDialog(self._about, self.window())
        self._close_when_saved(dialog, lambda now: merged(now.people.get(claim.id, ()), dialog.people))
        self.dialog = dialog
        open_once(dialog)

    def _close_when_saved(self, dialog: FormDialog, changed: Callable[[OpenDelivery], Sequence[PersonChange]]) -> None:
        """Save what a dialog said before it closes: over the numbers as they were last read."""
        opened, claim = self._opened, self._claim
        if opened is None or claim is None:
            return

        def save() -> Job[Any]:
            now = self._opened or opened
            wanted = changed(now)
            return self._session.act(lambda workspace, _progress: save_people(workspace, now, claim, wanted))

        dialog.close_when_saved(save, self.refused.emit, self._session.jobs.failed.emit)

    def _save(self, changed: Sequence[PersonChange]) -> None:
        opened, claim = self._opened, self._claim
        if opened is None or claim is None:
            return
        job = self._session.act(lambda workspace, _progress: save_people(workspace, opened, claim, changed))
        job.failure(self._refused).start()

    def _refused(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        self.refused.emit()


class PersonRow(QWidget):
    """One person number with what is said of it, what is wrong, and what can be done."""

    change_wanted = Signal(object)
    out_wanted = Signal(object)

    def __init__(self, view: PersonView) -> None:
        super().__init__()
        person = view.stored.record
        known = Text(person_words(person), "small", "text_muted", wrap=True, selectable=True)
        told = [f"{each.message}. {each.fix}." for each in view.problems]
        self.problems = [
            ProblemRow(LEVELS[each.severity], words) for each, words in zip(view.problems, told, strict=True)
        ]
        self.change = LinkButton("Change", role="note", does=lambda: self.change_wanted.emit(view))
        self.change.setAccessibleName(f"Change {person.number}")
        self.out = LinkButton("Take out", role="note", does=lambda: self.out_wanted.emit(view))
        self.out.setAccessibleName(f"Take out {person.number}")
        head = in_row((Text(person.number, "strong", selectable=True), 1), self.change, self.out, gap=10)
        in_column(head, known, *self.problems, inside=self, gap=2)
        self.setAccessibleName(", ".join((person.number, person_words(person), *told)))
