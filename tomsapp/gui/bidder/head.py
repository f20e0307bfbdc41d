"""The head of the bidder's window: what is bought and by whom, what counts, and how long there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtWidgets import QFrame, QSizePolicy

from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.wording import format_pounds
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.edges import MIDDLE, TOP
from tomsapp.gui.widgets.facts_flow import FactsFlow
from tomsapp.gui.widgets.layouts import framed, in_column, in_row
from tomsapp.gui.widgets.page_header import Fact
from tomsapp.gui.widgets.text import ElidedText, IconLabel, Text
from tomsapp.services.bidding.deadline import is_urgent, left_words, upload_words
from tomsapp.services.bidding.told import chosen_words, points_words
from tomsapp.services.bidding.work import OfferWork

_LOW = 620
"""Under so many px of height the facts give their room to what is typed; they stand in the first step too."""


class BidderHead(QFrame):
    """Council and tender, five facts, and the deadline with the time that is left."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "header")
        self.setAccessibleName("Tender")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._whose = ElidedText("", "note", "text_muted")
        self.title = ElidedText("", "h1")
        self.facts = FactsFlow()
        self._until = Text("", "strong")
        self._left = Text("", "note", "text_muted", wrap=True)
        self._clock = IconLabel("clock", "primary", 22)
        words = in_column(self._whose, self.title, 4, self.facts, gap=2)
        told = in_column(Text("Upload your offer file by", "note", "text_muted"), self._until, self._left, gap=2)
        self._deadline = framed(in_row((self._clock, MIDDLE), told, margins=(14, 9, 18, 9), gap=12), "inset")
        mark = IconLabel("landmark", "primary", 28)
        in_row((mark, TOP), (words, 1), (self._deadline, TOP), inside=self, margins=(20, 10, 20, 10), gap=14)

    def show_work(self, work: OfferWork, now: datetime) -> None:
        """Show the tender and lot that are answered."""
        asked, tender = work.asked, work.asked.tender
        lot = f"  ·  {work.lot.name}" if len(asked.lots) > 1 else ""
        self._whose.setText(f"{asked.council}  ·  tender {tender.reference}{lot}")
        self.title.setText(tender.title or tender.reference)
        self.facts.set_facts(tuple(facts_of(work)))
        self.show_time(tender, now)

    def show_time(self, tender: Tender, now: datetime) -> None:
        """Show how long there is."""
        told = left_words(tender, now)
        self._deadline.setVisible(bool(told))
        self._until.setText(upload_words(tender))
        self._left.setText(told)
        is_late = is_urgent(tender, now)
        self._left.set_tone("warning" if is_late else "text_muted")
        self._clock.set_icon("clock", "warning_mark" if is_late else "primary")
        self._deadline.setAccessibleName(f"Upload your offer file by {upload_words(tender)}. {told}")

    def fit_height(self, height: int) -> None:
        """Leave the facts out where the window is low."""
        self.facts.setVisible(height >= current_theme().px(_LOW))


def facts_of(work: OfferWork) -> Iterator[Fact]:
    """What a bidder should have in mind."""
    tender, lot = work.asked.tender, work.lot
    yield Fact("Your organisation", work.offer.bidder.name.strip() or "Not entered yet")
    if lot.value is not None:
        yield Fact("Contract value", format_pounds(lot.value))
    yield Fact("Length", lot.length_words)
    yield Fact("Social value counts", points_words(tender))
    yield Fact("You may choose", chosen_words(work))
