"""The step Weights and questions: what each part gives, how quantity is scored, and what is asked in words."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.choices import SET_UP
from tomsapp.gui.records.saved_as_typed import SavedAsTyped
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.field_place import read_place
from tomsapp.gui.tenders.questions_list import QuestionsList
from tomsapp.gui.tenders.tab import SetUpStep
from tomsapp.gui.tenders.weights_form import WeightsForm
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.reading import OpenTender


class WeightsStep(SetUpStep):
    """The weights in a card, and the questions below; each field is saved when it is left."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("Weights and questions")
        self.note = Notice()
        self.form = WeightsForm()
        self.editor = SavedAsTyped(session, self.form, TENDER_FACTS, "tender weights")
        self.questions = QuestionsList(session)
        card = Card("Weights")
        card.body.addWidget(self.form)
        parts = in_column(self.note, card, self.questions, STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=12)
        self._area = ScrollArea("Weights and questions", holding(parts), only_down=True)
        in_column(self._area, inside=self)
        self.editor.told.connect(self.note.say)
        self.editor.saved.connect(lambda _stored: self.stale.emit())
        self.questions.stale.connect(self.stale)

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show what was read; what is being typed into the same tender stays."""
        if opened is None:
            self.editor.close()
            self.note.say("")
            self._area.verticalScrollBar().setValue(0)
        else:
            self.editor.show_record(opened.stored)
            self.form.setEnabled(opened.tender.status in SET_UP)
        self.questions.show_tender(opened)

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a weight, or open a question and go to a field of it."""
        about, field = read_place(name)
        number = int(about) if about.isdigit() else 1 if field == "weight" else 0
        card = self.questions.card_of(number) if number else None
        if card is not None:
            card.focus_field(field)
        elif number:
            self.questions.add_button.setFocus()
        else:
            self.form.focus_field(field if field in self.form.facts else "price_weight")
        # A question that was just opened has its place once it is laid out.
        QTimer.singleShot(0, self, self._show_focused)

    def _show_focused(self) -> None:
        """Scroll to the whole field in which the keyboard is."""
        shown: QWidget | None = self.focusWidget()
        while shown is not None and not isinstance(shown, Field) and shown is not self:
            shown = shown.parentWidget()
        if isinstance(shown, Field):
            self._area.ensureWidgetVisible(shown)

    def save_now(self) -> bool:
        """Save what is typed; False where a field is wrong, which has the keyboard then."""
        self.editor.save()
        cards = list(self.questions.cards.values())
        for card in cards:
            card.editor.save()
        if any(field.error for field in self.form.fields):
            self.form.focus_first_problem()
            return False
        wrong = next((card for card in cards if any(field.error for field in card.form.fields)), None)
        if wrong is not None:
            wrong.set_open(is_open=True)
            wrong.form.focus_first_problem()
        return wrong is None
