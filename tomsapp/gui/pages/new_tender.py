"""The page on which a new tender is begun with its facts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.tender.tender import Tender
from tomsapp.gui.page import Page
from tomsapp.gui.records.form_keeper import KEPT
from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.begin import Beginnings, proposed_tender
from tomsapp.gui.tenders.tender_form import TenderForm, empty_tender
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import ErrorSummary, Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.tenders.facts import TENDER_FACTS


class NewTenderPage(Page):
    """The facts of a new tender; `done` tells that it was saved or given up."""

    done = Signal(object)
    """Number of the tender that was added, or None."""

    def __init__(self, session: Session) -> None:
        super().__init__("New tender", header_on_surface=True)
        self._session = session
        self.header.crumbs.set_steps([("tenders", "Tenders"), ("", "New tender")])
        self.header.crumbs.chosen.connect(self._give_up)
        self.header.set_badge("Not saved", "warning")
        self.beginnings = Beginnings(session, self)
        for button in (self.beginnings.notice_button, self.beginnings.copy_button):
            self.header.add_action(button)
        self.summary, self.note = ErrorSummary(), Notice()
        self.fields = TenderForm()
        self.editor = RecordEditor(session, self.fields, TENDER_FACTS)
        self.save_button = Button("Save and set up", "primary", does=self.editor.save)
        self.discard_button = Button("Discard", does=self.editor.discard)
        self._build()
        self.editor.told.connect(self.note.say)
        self.editor.checked.connect(self._on_checked)
        self.editor.shown.connect(lambda: self.summary.show_problems([]))
        self.editor.saved.connect(self._on_saved)
        self.beginnings.begun.connect(self.done.emit)
        self.editor.discarded.connect(self._give_up)

    def _build(self) -> None:
        card = Card()
        card.body.addWidget(self.fields)
        parts = in_column(self.summary, self.note, card, STRETCH, gap=12)
        self._area = ScrollArea("Facts of the new tender", holding(parts))
        icon, kept = IconLabel("circle-alert", "text_muted", 18), Text(KEPT, "note", "text_muted", wrap=True)
        foot = in_row(self.save_button, self.discard_button, 12, icon, (kept, 1), gap=8)
        self.body.addWidget(self._area, 1)
        self.body.addLayout(foot)

    def start(self) -> None:
        """Show a form with nothing in it but what is most likely, or the draft that was kept of it."""
        self.editor.await_new(empty_tender())
        self._session.read(proposed_tender, key="new-tender").success(self.editor.show_new).start()

    def first_field(self) -> QWidget | None:
        """The first field of the form."""
        return self.fields.first_control

    def _on_checked(self) -> None:
        self.summary.show_problems(self.fields.fields)
        if not self.summary.isHidden():
            self._area.verticalScrollBar().setValue(0)

    def _on_saved(self, stored: Stored[Tender]) -> None:
        self.editor.close()
        self.done.emit(stored.id)

    def _give_up(self) -> None:
        self.done.emit(None)
