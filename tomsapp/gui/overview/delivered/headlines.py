"""The five headline figures of what was delivered: each state in proxy pounds, with real pounds apart."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from PySide6.QtCore import Signal

from tomsapp.domain.delivered_portfolio import DeliveredPortfolio, Direction, StatePounds
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.wording import format_date, format_percent, format_pounds
from tomsapp.gui.widgets.cards import HeadlineFigure
from tomsapp.gui.widgets.flow import CardFlow

COMMITTED = "committed"
"""The key of the figure of all that is promised; the others have the keys of their states."""
_MOVED = {Direction.UP: "up from", Direction.SAME: "as before:", Direction.DOWN: "down from"}
_STATES = (State.CLAIMED, State.EVIDENCED, State.ACCEPTED)


class DeliveredHeadlines(CardFlow):
    """Committed, due, claimed, evidenced and accepted; each contains the next."""

    lines_wanted = Signal(str)
    """The key of a figure whose lines are wanted."""

    def __init__(self) -> None:
        self.committed = HeadlineFigure("Committed, all years")
        self.due = HeadlineFigure("Due")
        self.states = {state: HeadlineFigure(state.words) for state in _STATES}
        super().__init__(self.committed, self.due, *self.states.values())
        keys = {self.committed: COMMITTED, self.due: State.DUE.value}
        keys |= {card: state.value for state, card in self.states.items()}
        for card, key in keys.items():
            card.chosen.connect(partial(self.lines_wanted.emit, key))

    @property
    def cards(self) -> tuple[HeadlineFigure, ...]:
        """Every figure, in the order shown."""
        return (self.committed, self.due, *self.states.values())

    def show_figures(self, figures: DeliveredPortfolio) -> None:
        """Show other figures."""
        pounds, real = figures.pounds, figures.real
        if not figures.commitments:
            for card in self.cards:
                card.set_none("No signed commitments")
            return
        self.committed.set_value(
            format_pounds(pounds.committed), "As signed, proxy pounds", beside=_real(real, COMMITTED)
        )
        self.due.set_caption(f"Due by {format_date(figures.until)}")
        self.due.set_value(format_pounds(pounds.due), _of_committed(pounds), beside=_real(real, "due"))
        for state, card in self.states.items():
            meaning = _of_due(pounds, figures.before, state)
            card.set_value(format_pounds(pounds.of(state)), meaning, beside=_real(real, state.value))
            card.setToolTip(_last(figures, state))


def _real(real: StatePounds, name: str) -> str:
    return f"{format_pounds(getattr(real, name))} real pounds"


def _of_due(now: StatePounds, before: StatePounds, state: State) -> str:
    """The part of what was due, and where it went since the last period."""
    share, was = now.of_due(state), before.of_due(state)
    if share is None:
        return "Nothing is due yet"
    told = f"{format_percent(share, 1)} of due"
    return told if was is None else f"{told}, {_MOVED[Direction.of(share, was)]} {format_percent(was, 1)}"


def _last(figures: DeliveredPortfolio, state: State) -> str:
    """What it is of, and what it was in the last period, whole."""
    before = figures.before.of(state)
    provisional = ""
    if state is State.ACCEPTED and figures.pounds.provisional:
        provisional = f"\nOf it {format_pounds(figures.pounds.provisional)} provisional"
    return (
        f"{figures.period}: {format_pounds(figures.pounds.of(state))}\n"
        f"{figures.last_period}: {format_pounds(before)}{provisional}\nPercentages are cut, never rounded up"
    )


def _of_committed(pounds: StatePounds) -> str:
    share: Fraction | None = pounds.due_of_committed
    return "Nothing is committed" if share is None else f"{format_percent(share, 1)} of committed"
