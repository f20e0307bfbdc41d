"""What was accepted in plain counts, each beside what was due: what is worth most stands first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from tomsapp.domain.delivered_portfolio import DeliveredCount, DeliveredPortfolio
from tomsapp.gui.widgets.card_button import CardButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import empty_layout, in_row
from tomsapp.gui.widgets.text import ElidedText, Text

SHOWN = 7
_NONE = "Nothing was due or accepted here by that day."


class CountRow(CardButton):
    """One count; Enter or a click opens its lines."""

    def __init__(self, count: DeliveredCount) -> None:
        super().__init__()
        self.count = count
        self.setProperty("ring_radius", 4)
        self.setAccessibleName(f"{count.text}. See the lines")
        self.setToolTip(count.text)
        figure = Text(count.figure or "None", "h3")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        figure.setMinimumWidth(figure.fontMetrics().horizontalAdvance("£00,000.00"))
        due = Text(f"of {count.due} due" if count.due else "", "note", "text_muted")
        due.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        in_row(figure, (ElidedText(count.words), 1), due, inside=self, margins=(0, 2, 0, 2), gap=10)


class CountsCard(Card):
    """The first few counts; all of them stand in a list."""

    lines_wanted = Signal(str)
    """The key of a measure whose lines are wanted."""

    def __init__(self) -> None:
        super().__init__("Accepted, in plain counts", "See all")
        self.body.setSpacing(0)
        self._counts: tuple[DeliveredCount, ...] | None = None
        self.rows: list[CountRow] = []

    def show_figures(self, figures: DeliveredPortfolio) -> None:
        """Show other counts; nothing moves where they are the same."""
        if figures.counts == self._counts:
            return
        self._counts = figures.counts
        empty_layout(self.body)
        self.rows = [CountRow(count) for count in figures.counts[:SHOWN]]
        for row in self.rows:
            row.clicked.connect(partial(self.lines_wanted.emit, row.count.measure))
            self.body.addWidget(row)
        if not self.rows:
            self.body.addWidget(Text(_NONE, "note", "text_muted", wrap=True))
        self.body.addStretch(1)
        if self.link is not None:
            self.link.setText(f"See all {len(figures.counts):,}")
            self.link.setAccessibleName(f"See all {len(figures.counts):,} plain counts")
            self.link.setVisible(len(figures.counts) > 0)
