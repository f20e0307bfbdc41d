"""How the rows of a grouping are shown in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tomsapp.domain.portfolio import Grouping, PortfolioFigures, PortfolioRow
from tomsapp.domain.wording import format_percent
from tomsapp.gui.models.column import Column, count_column, number_column, pounds_column
from tomsapp.services.overview_tables import HEADS, NUMBERED, share_of_value


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with its place in the order of the grouping and its part of the social value."""

    place: int
    row: PortfolioRow
    share: Fraction


def shown_rows(figures: PortfolioFigures, grouping: Grouping) -> list[ShownRow]:
    """The rows of a grouping in their order."""
    whole = figures.social_value
    return [ShownRow(place, row, share_of_value(row, whole)) for place, row in enumerate(figures.rows(grouping))]


def columns_of(grouping: Grouping, *, is_small: bool = False) -> Sequence[Column[ShownRow]]:
    """The columns of a grouping's table; a small one stands in a card and leaves out the share."""
    name: Column[ShownRow] = Column("name", HEADS[grouping], lambda each: each.row.name, can_hide=False)
    code: Column[ShownRow] = Column(
        "code", "Code", lambda each: each.row.key, sort_key=lambda each: each.place, width=70
    )
    social: Column[ShownRow] = pounds_column(
        "social_value", "Social value", lambda each: each.row.social_value, 140, is_link=True
    )
    share: Column[ShownRow] = number_column(
        "share", "Share, cut", lambda each: format_percent(each.share, 1), lambda each: each.share, 96
    )
    real: Column[ShownRow] = pounds_column(
        "real_pounds", "Real pounds", lambda each: each.row.real_pounds, 130, is_link=True
    )
    commitments: Column[ShownRow] = count_column(
        "commitments", "Commitments", lambda each: each.row.commitments, 118, is_link=True
    )
    if is_small:
        return (name, social, real, commitments)
    return (
        *([code] if grouping in NUMBERED else []),
        name,
        *(_counts() if grouping is Grouping.MEASURE else []),
        social,
        share,
        real,
        commitments,
    )


def _counts() -> tuple[Column[ShownRow], ...]:
    """What a measure counts, and what of it is in Jobs."""
    quantity: Column[ShownRow] = Column("quantity", "What is promised", lambda each: each.row.quantity, width=330)
    jobs: Column[ShownRow] = Column(
        "jobs",
        "In Jobs",
        lambda each: each.row.jobs.text if each.row.jobs else "",
        sort_key=lambda each: each.row.jobs.signed if each.row.jobs else None,
        width=200,
    )
    return quantity, jobs
