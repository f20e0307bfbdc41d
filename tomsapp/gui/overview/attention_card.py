"""Contracts that need attention: the first few in a card, all of them in a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from tomsapp.domain.portfolio import ContractAttention
from tomsapp.domain.problems import Severity
from tomsapp.gui.widgets.card_button import CardButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import empty_layout, in_row
from tomsapp.gui.widgets.text import ElidedText, IconLabel, Text, hairline

SHOWN = 4
_ICONS = {
    Severity.ERROR: ("octagon-alert", "danger_mark"),
    Severity.WARNING: ("triangle-alert", "warning_mark"),
    Severity.NOTE: ("circle-help", "info_mark"),
}


class AttentionRow(CardButton):
    """One contract with its reasons; Enter or a click opens it."""

    def __init__(self, attention: ContractAttention) -> None:
        super().__init__()
        self.contract_id = attention.contract_id
        self.setProperty("ring_radius", 4)
        reasons = ", ".join(attention.reasons)
        self.setAccessibleName(f"{attention.title}, {reasons}. Open the contract")
        self.setToolTip("\n".join((attention.title, *attention.reasons)))
        words = ElidedText(attention.reasons[0], "note", "text_muted")
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._words = words
        icon, more = IconLabel(*_ICONS[attention.severity], 17), IconLabel("chevron-right", "text_muted", 17)
        title = ElidedText(attention.title, "strong")
        in_row(icon, (title, 1), words, more, inside=self, margins=(0, 2, 0, 2), gap=8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title at least its part of the row."""
        super().resizeEvent(event)
        self._words.setMaximumWidth(self.width() * 55 // 100)


class AttentionCard(Card):
    """The contracts with the largest shortfall, then those with something to write."""

    contract_chosen = Signal(int)

    def __init__(
        self, title: str = "Contracts that need attention", none: str = "No contract here needs attention."
    ) -> None:
        super().__init__(title, "See all")
        self._none = none
        self.body.setSpacing(0)
        self._shown: tuple[ContractAttention, ...] | None = None
        self._total = -1
        self._note = Text("", "note", "text_muted")
        self.rows: list[AttentionRow] = []

    def show_attention(self, found: Sequence[ContractAttention], checking: str = "") -> None:
        """Show the first of them; `checking` says how far the contracts have been gone through."""
        first = tuple(found[:SHOWN])
        if first != self._shown or len(found) != self._total:
            self._shown, self._total = first, len(found)
            self._build()
        self._note.setText(checking or ("" if found else self._none))
        self._note.setVisible(bool(self._note.text()))

    def _build(self) -> None:
        self.body.removeWidget(self._note)
        empty_layout(self.body)
        self.rows = [AttentionRow(each) for each in self._shown or ()]
        for place, row in enumerate(self.rows):
            if place:
                self.body.addWidget(hairline())
            row.clicked.connect(partial(self.contract_chosen.emit, row.contract_id))
            self.body.addWidget(row, 1)
        self.body.addWidget(self._note)
        if len(self.rows) < SHOWN:
            self.body.addStretch(SHOWN - len(self.rows))
        if self.link is not None:
            self.link.setText(f"See all {self._total:,}")
            self.link.setAccessibleName(f"See all {self._total:,} contracts that need attention")
            self.link.setVisible(self._total > 0)
