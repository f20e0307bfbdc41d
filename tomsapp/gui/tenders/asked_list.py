"""What bidders asked before the deadline, with the answers: they are entered here, and go out with the next version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.asked import BIDDER_QUESTION, BidderQuestion
from tomsapp.domain.tender.choices import SET_UP
from tomsapp.domain.wording import format_date
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.records.record_dialog import RecordDialog
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.tenders.pack_shown import AskedShown
from tomsapp.services.tenders.parts import BIDDER_QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from tomsapp.domain.history import Stored
    from tomsapp.services.changes import Done
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace

_LEAD = "All bidders read questions and answers with the next version of the pack, without who asked."
_EMPTY = "No questions yet"
_WHAT = "Enter what bidders ask before the deadline, and the answer as all of them read it."


def _tone(row: AskedShown) -> str:
    if row.version is not None:
        return "success"
    return "info" if row.stored.record.is_answered else "warning"


def _icon(row: AskedShown) -> str:
    if row.version is not None:
        return "circle-check"
    return "circle-arrow-right" if row.stored.record.is_answered else "clock"


_COLUMNS: tuple[Column[AskedShown], ...] = (
    Column(
        "asked_on",
        "Asked on",
        lambda row: format_date(row.stored.record.asked_on),
        sort_key=lambda row: row.stored.record.asked_on,
        width=132,
    ),
    Column(
        "question",
        "Question and answer",
        lambda row: " ".join(row.stored.record.question.split()),
        second_line=lambda row: " ".join(row.stored.record.answer.split()),
        can_hide=False,
    ),
    Column("state", "Where it stands", lambda row: row.state, width=212, tone=_tone, icon=_icon),
)


class AskedList(QWidget):
    """Enter opens a question; each edit can be undone."""

    stale = Signal()

    def __init__(self, session: Session, today: Callable[[], date]) -> None:
        super().__init__()
        self._session, self._today = session, today
        self._opened: OpenTender | None = None
        self.dialog: RecordDialog[BidderQuestion] | None = None
        self.model: RowModel[AskedShown] = RowModel(_COLUMNS)
        self.table = DataTable(self.model, "Questions of bidders")
        self.table.setAccessibleDescription("Enter changes a question or answers it")
        self.table.set_empty_state(EmptyState("circle-help", _EMPTY, _WHAT))
        self.add_button = Button("Add a question…", icon_name="plus", small=True, does=self.add)
        self.change_button = Button("Answer…", small=True, does=self.change)
        self.out_button = Button("Take out", small=True, does=self.take_out)
        card = Card()
        card.fill(self.table)
        buttons = in_row(self.add_button, self.change_button, self.out_button, STRETCH, gap=8)
        lead = Text(_LEAD, "note", "text_muted", wrap=True)
        in_column(Text("Questions of bidders", "h3"), lead, buttons, (card, 1), inside=self, gap=6)
        self.table.row_opened.connect(lambda _row: self.change())
        self.table.current_row_changed.connect(lambda _row: self._show_buttons())
        self._show_buttons()

    def show_asked(self, opened: OpenTender | None, asked: Sequence[AskedShown]) -> None:
        """Show what was asked; the cursor stays on its question."""
        here, self._opened = self.current, opened
        self.model.set_rows(list(asked))
        found = self.model.place_of(lambda row: here is not None and row.stored.id == here.stored.id)
        if asked:
            self.table.select_place(found or 0)
        self._show_buttons()

    @property
    def current(self) -> AskedShown | None:
        """The question under the cursor."""
        place = self.table.currentIndex().row()
        return self.model.row_object(place) if 0 <= place < self.model.rowCount() else None

    @property
    def can_change(self) -> bool:
        """Whether questions are still taken: until the offers are opened."""
        return self._opened is not None and self._opened.tender.status in SET_UP

    def _show_buttons(self) -> None:
        current = self.current
        self.add_button.setEnabled(self.can_change)
        for button in (self.change_button, self.out_button):
            button.setEnabled(self.can_change and current is not None)
        is_answered = current is not None and current.stored.record.is_answered
        self.change_button.setText("Change…" if is_answered else "Answer…")

    def take_keyboard(self) -> None:
        """Begin in the questions, or with entering the first."""
        target: QWidget = self.table if self.model.rowCount() else self.add_button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # What the user does

    def add(self) -> None:
        """Ask for a question that a bidder sent."""
        self._ask(None, BidderQuestion(self._today(), ""))

    def change(self) -> None:
        """Ask for the answer of the question under the cursor, or what of it is another."""
        current = self.current
        if current is not None and self.can_change:
            record = current.stored.record
            self._ask(current.stored, record if record.is_answered else replace(record, answered_on=self._today()))

    def take_out(self) -> None:
        """Take the question under the cursor out; Undo brings it back."""
        opened, current = self._opened, self.current
        if opened is not None and current is not None and self.can_change:
            stored = current.stored
            job = self._session.act(lambda workspace, _progress: BIDDER_QUESTIONS.remove(workspace, opened, [stored]))
            job.failure(self._on_refused).start()

    def _on_refused(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        self.stale.emit()

    def _ask(self, before: Stored[BidderQuestion] | None, base: BidderQuestion) -> None:
        opened = self._opened
        if opened is None or not self.can_change:
            return
        form = RecordForm(BIDDER_QUESTION)
        number = before.id if before else None
        dialog = RecordDialog(
            "Question of a bidder",
            form,
            base,
            lambda said: self._session.read(lambda workspace: BIDDER_QUESTIONS.check(workspace, opened, said, number)),
            self.window(),
            go="Save",
            before=before,
        )

        def save(workspace: Workspace, _progress: object) -> Done[Any]:
            if dialog.before is None:
                return BIDDER_QUESTIONS.add(workspace, opened, [dialog.record])
            return BIDDER_QUESTIONS.save(workspace, opened, dialog.before, dialog.record)

        dialog.close_when_saved(lambda: self._session.act(save), self.stale.emit, self._session.jobs.failed.emit)
        self.dialog = dialog
        open_once(dialog)
        if before is not None and not before.record.is_answered:
            form.field("answer").control.setFocus()
