"""What was delivered of all contracts: added up, filtered, explained line by line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.delivered_portfolio import DELIVERED_GROUPINGS, DeliveredPortfolio, QuarterLine
from tomsapp.domain.portfolio import Grouping
from tomsapp.services.delivered_cube import load_delivered
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.kept_columns import keep_columns

# The data frames behind these take most of a second to load, so they are loaded when the Overview is first used.
if TYPE_CHECKING:
    from tomsapp.dashboards.delivery_cube import DeliveryCube

__all__ = [
    "Filters",
    "choices",
    "day_at_first",
    "delivered_figures",
    "delivered_lines",
    "keep_columns",
    "lines_behind",
    "load_delivered",
]

FIGURES = ("due", "claimed", "evidenced", "accepted", "provisional", "surplus", "missing")
"""The figures behind which lines stand; each also as real pounds, "real due". What is committed has its own lines."""
_NUMBERED = frozenset({Grouping.THEME, Grouping.OUTCOME, Grouping.MEASURE})


def day_at_first(today: date) -> date:
    """The day to which deliveries are shown before anybody chose: the last one of the financial quarter before."""
    from tomsapp.dashboards.delivery_heads import number_of
    from tomsapp.dashboards.delivery_period import last_day
    from tomsapp.domain.delivery.quarters import financial_quarter

    return last_day(number_of(financial_quarter(today)) - 1)


def choices(delivered: DeliveryCube) -> dict[Grouping, list[tuple[str, str]]]:
    """What each filter offers: key and words, in the order shown; quarters and years among them."""
    return {
        grouping: [
            (group.key, f"{group.key} {group.name}" if grouping in _NUMBERED else group.name)
            for group in groups.members
        ]
        for grouping, groups in delivered.groups.items()
    }


def delivered_figures(
    delivered: DeliveryCube, filters: Filters, groupings: Collection[Grouping] = DELIVERED_GROUPINGS
) -> DeliveredPortfolio:
    """The figures of what passes the filters, with the tables of some groupings.

    Drafts pass none: of them nothing is due. A period is chosen under `Grouping.QUARTER` and `Grouping.FINANCIAL_YEAR`.
    """
    from tomsapp.dashboards.delivery_figures import delivered_figures_of

    with without_looking_for_garbage():
        return delivered_figures_of(delivered, filters, groupings)


def delivered_lines(delivered: DeliveryCube, filters: Filters) -> Iterator[QuarterLine]:
    """The lines that pass the filters, by commitment and quarter."""
    from tomsapp.dashboards.delivery_lines import delivered_lines_of

    return delivered_lines_of(delivered, filters)


def lines_behind(delivered: DeliveryCube, filters: Filters, figure: str) -> tuple[str, list[QuarterLine]]:
    """The period and filters in words, and the lines that make up a figure of `FIGURES`, what adds most first.

    Lines that add nothing to it are left out.
    """
    from tomsapp.dashboards.delivery_period import periods_of
    from tomsapp.dashboards.filters import delivered_in_words

    kind, name = ("real", figure.removeprefix("real ")) if figure.startswith("real ") else ("pounds", figure)
    told = [(line, getattr(getattr(line, kind), name)) for line in delivered_lines(delivered, filters)]
    found = sorted((each for each in told if each[1]), key=lambda each: each[1], reverse=True)
    words = (periods_of(filters, delivered.until)[0].words, *delivered_in_words(delivered.cube, filters))
    return f"{'; '.join(words)}.", [line for line, _ in found]
