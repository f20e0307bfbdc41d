"""What was delivered at a glance: headline figures, states by any grouping, plain counts, and what needs a look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from tomsapp.domain.delivered_portfolio import DeliveredPortfolio, DeliveredSignal, SignedBesideToday
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.wording import format_pounds, plural, small_first
from tomsapp.gui.overview.card_columns import CardColumns
from tomsapp.gui.overview.delivered.counts_card import CountsCard
from tomsapp.gui.overview.delivered.headlines import DeliveredHeadlines
from tomsapp.gui.overview.delivered.signals_card import SignalsCard
from tomsapp.gui.overview.delivered.states_card import StatesCard
from tomsapp.gui.overview.delivered.today_card import TodayCard
from tomsapp.gui.widgets.text import Text


class DeliveredView(CardColumns):
    """Cards in two columns, or in one where the text is large."""

    row_wanted = Signal(object, str, str)
    """Grouping, key and state of a figure whose lines are wanted."""

    def __init__(self) -> None:
        super().__init__("Delivery")
        self.told = Text("", "note", "text_muted", wrap=True, selectable=True)
        self.headlines = DeliveredHeadlines()
        self.states = StatesCard()
        self.counts = CountsCard()
        self.today = TodayCard()
        self.signals = SignalsCard()
        cards = (self.states, self.counts, self.today, self.signals)
        self.lay_out((self.told, self.headlines), cards, (828, 392), (26, 20))
        self.states.row_wanted.connect(self.row_wanted)
        self.counts.lines_wanted.connect(lambda key: self.row_wanted.emit(Grouping.MEASURE, key, "accepted"))
        self.today.measure_wanted.connect(lambda key: self.row_wanted.emit(Grouping.MEASURE, key, "committed"))

    def show_figures(self, figures: DeliveredPortfolio) -> None:
        """Show other figures in every card that they fill."""
        self.told.setText(told_in_words(figures))
        self.headlines.show_figures(figures)
        self.states.show_figures(figures)
        self.counts.show_figures(figures)

    def show_beside(self, today: Sequence[SignedBesideToday], signals: Sequence[DeliveredSignal]) -> None:
        """Show what stands beside the figures."""
        self.today.show_rows(today)
        self.signals.show_signals(signals)


def told_in_words(figures: DeliveredPortfolio) -> str:
    """What the figures are of: period, contracts and commitments, and what could not be told."""
    parts = [
        f"{figures.period}, beside {small_first(figures.last_period)}.",
        f"{plural(figures.contracts, 'signed contract')}, {plural(figures.commitments, 'commitment')}.",
        "Percentages are cut; proxy pounds and real pounds are never added.",
    ]
    if figures.pounds.provisional:
        parts.append(f"Of what is accepted {format_pounds(figures.pounds.provisional)} is provisional.")
    money = figures.money
    if money.entries:
        parts.append(
            f"Money handed over: {format_pounds(money.received)} received, {format_pounds(money.passed_on)} passed on, "
            f"{format_pounds(money.held)} still held."
        )
    if figures.left_out:
        told = "; ".join(f"{reference} ({why})" for reference, why in figures.left_out[:3])
        more = len(figures.left_out) - 3
        parts.append(f"Not told: {told}{f', and {more:,} more' if more > 0 else ''}.")
    return " ".join(parts)
