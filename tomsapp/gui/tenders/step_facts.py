"""Step 1 of the set-up: the facts of the tender."""

from __future__ import annotations

from tomsapp.domain.tender.choices import SET_UP, TenderStatus
from tomsapp.gui.records.saved_as_typed import SavedAsTyped
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.saving_steps import save_form
from tomsapp.gui.tenders.tab import SetUpStep
from tomsapp.gui.tenders.tender_form import TenderForm
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.reading import OpenTender


class FactsStep(SetUpStep):
    """Shows and checks a tender's facts; each is saved when its field is left, and what cannot be used stays typed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.note = Notice()
        self.locked = Notice()
        self.fields = TenderForm()
        self.editor = SavedAsTyped(session, self.fields, TENDER_FACTS, "tender facts")
        self._build()
        self._connect()

    def _build(self) -> None:
        card = Card()
        card.body.addWidget(self.fields)
        parts = in_column(self.locked, self.note, card, STRETCH, margins=(0, 0, 8, 0), gap=12)
        self._area = ScrollArea("Facts of the tender", holding(parts), only_down=True)
        in_column((self._area, 1), inside=self)

    def _connect(self) -> None:
        self.editor.told.connect(self.note.say)
        self.editor.saved.connect(lambda _stored: self.stale.emit())

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show the facts that were read; what is being typed into the same tender stays."""
        if opened is None:
            self.editor.close()
            return
        self.editor.show_record(opened.stored)
        self.fields.set_status(opened.tender.status)
        self.locked.say(locked_words(opened))

    def focus_field(self, name: str) -> None:
        """Move the keyboard to the field of a fact, else to the first."""
        self.fields.focus_field(name if name in self.fields.facts else "reference")

    def save_now(self) -> bool:
        """Save what is typed; False where a field is wrong, which has the keyboard then."""
        return save_form(self.editor)


def locked_words(opened: OpenTender) -> str:
    """What cannot be changed any more, and what is done instead; nothing of a draft."""
    reference, status = opened.tender.reference, opened.tender.status
    if status not in SET_UP:
        return f"{reference} is {status.value}, so what was set up is fixed. Copy it into a new tender to change it."
    if status is TenderStatus.DRAFT:
        return ""
    return f"{reference} is issued. What you change here goes out to bidders with the next version of the pack."
