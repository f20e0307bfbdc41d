"""The performance table: each indicator with its polarity, target, result, direction, and red, amber or green.

The bounds of green and amber are those of the ratings, which the council sets: green from the share that is Good,
amber from the share that is Approaching target, red below it.
"""

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

from tomsapp.domain.delivered_portfolio import DeliveredPortfolio, Direction, StatePounds, direction_of
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.papers.committee import lead, notes_of, sources_of, titled
from tomsapp.domain.papers.council_paper import CouncilPaper, PaperBlock, PaperColumn, PaperTable, PaperText
from tomsapp.domain.papers.told import PaperMaker, headed
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.wording import format_percent, small_first

NAME = "Performance table"


class Signal(Enum):
    """The colour of a result, always with its word."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"

    @property
    def words(self) -> str:
        """As people read it."""
        return "Nothing due" if self is Signal.NONE else self.value.capitalize()


def signal_of(share: Fraction | None, rules: DeliveryRules) -> Signal:
    """The colour of accepted ÷ due, by the exact share and never by the cut per cent."""
    if share is None:
        return Signal.NONE
    if share >= Fraction(rules.good):
        return Signal.GREEN
    return Signal.AMBER if share >= Fraction(rules.approaching) else Signal.RED


def performance_table(
    figures: DeliveredPortfolio, rules: DeliveryRules, maker: PaperMaker, view: str = ""
) -> CouncilPaper:
    """An indicator for the whole and one for each theme: accepted of what was due; `view` as in the report."""
    notes = notes_of(figures)
    title, blocks = titled("Social value performance", figures, view), _blocks(figures, rules, view)
    return maker.paper(NAME, title, blocks, notes, sources_of(figures))


def _blocks(figures: DeliveredPortfolio, rules: DeliveryRules, view: str) -> Iterator[PaperBlock]:
    yield from lead(figures, view)
    if not figures.contracts:
        return
    good, approaching = format_percent(rules.good), format_percent(rules.approaching)
    yield PaperText(
        f"Green from {good} of what was due, amber from {approaching}, red below it, as the council’s settings for "
        f"ratings have it. Last period: {small_first(figures.last_period) or 'none'}."
    )
    rows = [_row("Accepted of what was due, all themes", figures.pounds, figures.before, rules)]
    rows += [
        _row(f"Accepted of what was due, {row.name}", row.pounds, row.before, rules)
        for row in figures.rows(Grouping.THEME)
    ]
    columns = (
        PaperColumn("Indicator", 170),
        PaperColumn("Polarity", 90),
        PaperColumn("Target", 60, right=True),
        PaperColumn("Result", 65, right=True),
        PaperColumn("Last period", 75, right=True),
        PaperColumn("Direction", 80),
        PaperColumn("Rating", 80),
    )
    yield from headed(PaperTable(f"Indicators, {small_first(figures.period)}", columns, tuple(rows)))


def _row(name: str, now: StatePounds, before: StatePounds, rules: DeliveryRules) -> tuple[str, ...]:
    share, was = now.of_due(State.ACCEPTED), before.of_due(State.ACCEPTED)
    return (
        name,
        "Higher is better",
        format_percent(rules.good),
        _percent(share),
        _percent(was),
        _direction(direction_of(now, before)),
        signal_of(share, rules).words,
    )


def _percent(share: Fraction | None) -> str:
    return "–" if share is None else format_percent(share, 1)


def _direction(direction: Direction | None) -> str:
    if direction is None:
        return "–"
    return {Direction.UP: "▲ better", Direction.SAME: "= the same", Direction.DOWN: "▼ worse"}[direction]
