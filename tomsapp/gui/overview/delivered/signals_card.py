"""What is at risk, late or unused: a row for each, which leads to where it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from tomsapp.domain.delivered_portfolio import DeliveredSignal, Signal
from tomsapp.gui.widgets.card_button import CardButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import empty_layout, in_row
from tomsapp.gui.widgets.text import ElidedText, IconLabel, Text, hairline

TITLE = "At risk, late or unused"
_ICONS = {
    Signal.OVERDUE: ("clock", "warning_mark"),
    Signal.AT_RISK: ("triangle-alert", "warning_mark"),
    Signal.BELOW: ("triangle-alert", "warning_mark"),
    Signal.WITHOUT_EVIDENCE: ("paperclip", "info_mark"),
    Signal.NEVER_CHOSEN: ("minus", "text_muted"),
    Signal.NEVER_DELIVERED: ("minus", "text_muted"),
    Signal.WITHOUT_COMMITMENTS: ("circle-help", "info_mark"),
}


class SignalRow(CardButton):
    """One thing to look at; Enter or a click shows where it is."""

    def __init__(self, told: DeliveredSignal) -> None:
        super().__init__()
        self.told = told
        self.setProperty("ring_radius", 4)
        self.setAccessibleName(f"{', '.join(filter(None, (told.words, told.detail)))}. See where")
        self.setToolTip("\n".join(filter(None, (told.words, told.detail))))
        detail = ElidedText(told.detail, "note", "text_muted")
        detail.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._detail = detail
        icon, more = IconLabel(*_ICONS[told.signal], 17), IconLabel("chevron-right", "text_muted", 17)
        words = ElidedText(told.words, "strong")
        in_row(icon, (words, 1), detail, more, inside=self, margins=(0, 4, 0, 4), gap=8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words at least their part of the row."""
        super().resizeEvent(event)
        self._detail.setMaximumWidth(self.width() * 38 // 100)


class SignalsCard(Card):
    """What the manager should look at; nothing is said of what is in order."""

    signal_chosen = QtSignal(object)
    """The `DeliveredSignal` that was chosen."""

    def __init__(self) -> None:
        super().__init__(TITLE)
        self.body.setSpacing(0)
        self._shown: tuple[DeliveredSignal, ...] | None = None
        self.rows: list[SignalRow] = []

    def show_signals(self, found: Sequence[DeliveredSignal]) -> None:
        """Show what there is of it; nothing moves where it is the same."""
        shown = tuple(each for each in found if each.number)
        if shown == self._shown:
            return
        self._shown = shown
        empty_layout(self.body)
        self.rows = [SignalRow(each) for each in shown]
        for place, row in enumerate(self.rows):
            if place:
                self.body.addWidget(hairline())
            row.clicked.connect(partial(self.signal_chosen.emit, row.told))
            self.body.addWidget(row)
        if not self.rows:
            self.body.addWidget(Text("Nothing here is at risk, late or unused.", "note", "text_muted", wrap=True))
        self.body.addStretch(1)
