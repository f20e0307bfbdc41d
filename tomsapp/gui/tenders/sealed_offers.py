"""The card over the receipts: until when the offers are sealed, what can be seen of them, or who opened them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.deadline import lateness, left_words
from tomsapp.domain.wording import plural
from tomsapp.gui.theme import restyle
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.edges import MIDDLE
from tomsapp.gui.widgets.layouts import in_column, in_row
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.tenders.receipt_papers import opening_words

if TYPE_CHECKING:
    from tomsapp.services.tenders.reading import OpenTender

_BEFORE = (
    "Until then you see receipts only: no quantities, totals or answers. A file may be replaced until then. The seal "
    "is the portal’s."
)
_AFTER = "The deadline has passed, so they may be opened. The time, your name and your role go on record."
_OPENED = "Of each bidder and lot the file that counts became a bid. A file that comes now is read at once."


class SealedOffers(QFrame):
    """A dashed card while something is held back; `early_button` is the only other way out before the deadline."""

    early_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "dashed")
        self._icon = IconLabel("lock", "primary", 26)
        self.heading = Text("", "h3", wrap=True)
        self.sentence = Text("", "note", "text_muted", wrap=True)
        self.typed = Text("", "note", "warning", wrap=True)
        self.early_button = Button("Open early, with a reason…", does=self.early_wanted)
        words = in_column(self.heading, self.sentence, self.typed, gap=2)
        parts = (self._icon, MIDDLE), (words, 1), (self.early_button, MIDDLE)
        in_row(*parts, inside=self, margins=(20, 10, 18, 10), gap=18)
        self.is_closed = False

    def set_low(self, *, is_low: bool) -> None:
        """Leave the room of a low window to the receipts: what it says besides is read when the mouse rests on it."""
        self.sentence.setVisible(not is_low)

    def show_state(self, opened: OpenTender, counting: int, now: datetime) -> None:
        """Say how the offers of a tender stand at a moment; `counting` is how many count."""
        deadline, status = opened.deadline, opened.tender.status
        self.is_closed = deadline is not None and bool(lateness(now, deadline))
        is_sealed = status is TenderStatus.ISSUED
        self._icon.set_icon("lock" if is_sealed else "folder-open", "primary")
        # The dash is for what is held back.
        restyle(self, "k", "dashed" if is_sealed else "card")
        heading, sentence = _opened(opened)
        if is_sealed:
            left = f" ({left_words(now, deadline)})" if deadline is not None else ""
            heading = f"Sealed until {opened.in_force.deadline_words}{left}"
            sentence = _BEFORE
            if self.is_closed:
                offers = "offer" if counting == 1 else plural(counting, "offer")
                heading, sentence = f"Still sealed: nobody has looked into the {offers} here{left}", _AFTER
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.setToolTip(sentence)
        self.early_button.setVisible(is_sealed and not self.is_closed)
        typed = _typed_words(opened) if is_sealed else ""
        self.typed.setText(typed)
        self.typed.setVisible(bool(typed))
        self.setAccessibleName(". ".join(filter(None, (heading, sentence, typed))))


def _opened(opened: OpenTender) -> tuple[str, str]:
    words = opening_words(opened.acts)
    if not words:
        return "Offers are received from when the tender is issued", ""
    return (
        words,
        _OPENED if opened.tender.status is TenderStatus.OPENED else "The evaluation is fixed with what counted.",
    )


def _typed_words(opened: OpenTender) -> str:
    """That the set-up has another deadline than the pack that is out; empty where it has not."""
    typed = opened.tender.deadline_words
    if typed == opened.in_force.deadline_words:
        return ""
    return f"The set-up says {typed or 'no deadline'}. Until that is issued as an amendment, the pack’s deadline holds."
