"""Step 1: what is asked and how it is scored, what bidders asked, and who makes the offer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.gui.bidder.answering import Answering
from tomsapp.gui.bidder.step import BidderStep
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, empty_layout, holding, in_column, in_grid, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.bidding.told import tender_told
from tomsapp.services.bidding.typing import BIDDER_FACTS, text_at
from tomsapp.services.bidding.work import OfferWork, Place, bidder_place


class OrganisationForm(RecordForm[Supplier]):
    """What a bidder says of itself, in two columns; each key that is typed is kept."""

    def __init__(self) -> None:
        super().__init__(SUPPLIER, facts=[SUPPLIER.fact(name) for name in BIDDER_FACTS])

    def lay_out(self) -> None:
        """Two fields beside each other."""
        grid = in_grid(inside=self, gaps=(8, 10), shares=(1, 1))
        for place, field in enumerate(self.fields):
            grid.addWidget(field, place // 2, place % 2, TOP)


class ReadStep(BidderStep):
    """All that a bidder should read before choosing, and the organisation with its contact."""

    lot_chosen = Signal(int)
    """Answer another lot, by its number."""
    use_again_wanted = Signal()

    sentence = "Read what the council asks, then say who you are. The guide that came with the tender says more."

    def __init__(self, answering: Answering) -> None:
        super().__init__(answering)
        self.form = OrganisationForm()
        self.lot = ChoiceField("Lot", hint="Each lot has an offer file of its own")
        self.again = LinkButton("Use answers of another offer…", does=self.use_again_wanted)
        self._told = in_column(gap=10)
        self._shown: OfferWork | None = None
        who = Card("Your organisation and contact")
        who.body.addWidget(self.form)
        who.body.addLayout(in_row(self.again, STRETCH))
        content = in_column(self.lot, who, self._told, STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=12)
        self.area = ScrollArea("The tender", holding(content), only_down=True)
        in_column(self.area, inside=self)
        self.lot.chosen.connect(self._on_lot)
        for name, made in self.form.facts.items():
            made.field.edited.connect(lambda name=name: self._on_edited(name))

    def _on_lot(self, number: object) -> None:
        if isinstance(number, int):
            self.lot_chosen.emit(number)

    def _on_edited(self, name: str) -> None:
        typed = self.form.facts[name].typed()
        self.answering.type_in(bidder_place(name), "" if typed is None else str(typed))

    def show_work(self) -> None:
        """Show what the tender says, and the organisation as it is typed."""
        work = self.answering.work
        if self._shown is None or self._shown.pack is not work.pack or self._shown.offer.lot != work.offer.lot:
            self._show_tender(work)
        self._shown = work
        for name, made in self.form.facts.items():
            text = text_at(work, bidder_place(name))
            if self.answering.typing == bidder_place(name):
                continue
            if str(made.typed() or "").strip() != text.strip():
                made.field.blockSignals(True)
                made.set_typed(text)
                made.field.blockSignals(False)

    def _show_tender(self, work: OfferWork) -> None:
        lots = work.asked.lots
        self.lot.setVisible(len(lots) > 1)
        self.lot.set_options([(each.number, each.name[:1].upper() + each.name[1:]) for each in lots])
        self.lot.set_value(work.offer.lot)
        empty_layout(self._told)
        for title, sentences in tender_told(work):
            card = Card(title)
            for sentence in sentences:
                card.body.addWidget(Text(sentence, wrap=True, selectable=True))
            self._told.addWidget(card)

    def focus_place(self, place: Place) -> None:
        """Move the keyboard to a fact of the organisation."""
        name = place.name if place.name in self.form.facts else BIDDER_FACTS[0]
        control = self.form.field(name).control
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.area.ensureWidgetVisible(control)

    def take_keyboard(self) -> None:
        """Begin with the first fact of the organisation."""
        self.focus_place(bidder_place(BIDDER_FACTS[0]))
