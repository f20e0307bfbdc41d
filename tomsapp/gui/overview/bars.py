"""Turns the figures into the bars of the charts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tomsapp.domain.portfolio import Grouping, PortfolioFigures, PortfolioRow
from tomsapp.domain.wording import format_percent, format_pounds, format_pounds_short
from tomsapp.gui.widgets.charts import Bar, Segment
from tomsapp.services.overview_tables import share_of_value

if TYPE_CHECKING:
    from tomsapp.services.overview_types import OverviewFigures

OTHER = 7
"""The series of themes beyond the sixth."""
MOST_SUPPLIERS = 5


def series_of(theme: int) -> int:
    """The colour and pattern of a theme in charts."""
    return theme if 0 < theme < OTHER else OTHER


def theme_bar(figures: PortfolioFigures) -> tuple[Bar, str]:
    """All themes side by side, and what that tells."""
    rows = figures.rows(Grouping.THEME)
    segments = tuple(_segment(row.key, row, row.social_value) for row in rows)
    parts = "; ".join(f"{row.name} {format_percent(share_of_value(row, figures.social_value), 1)}" for row in rows)
    return Bar("", format_pounds(figures.social_value), segments), f"Social value by theme. {parts}"


def _segment(key: object, theme: PortfolioRow, pounds: Decimal) -> Segment:
    return Segment(key, f"Theme {theme.key}, {theme.name}", pounds, format_pounds(pounds), series_of(theme.theme))


def year_bars(figures: OverviewFigures) -> tuple[list[Bar], str]:
    """A column for each contract year, themes from the bottom; a segment's key is (year, theme's key)."""
    names = {row.theme: row for row in figures.portfolio.rows(Grouping.THEME)}
    bars: list[Bar] = []
    rows = figures.portfolio.rows(Grouping.YEAR)
    for row in rows:
        own = [(names[part.theme], part.social_value) for part in figures.year_themes if part.year == row.key]
        segments = tuple(_segment((row.key, theme.key), theme, pounds) for theme, pounds in own)
        bars.append(Bar(row.key, format_pounds_short(row.social_value), segments))
    parts = "; ".join(f"{row.key} {format_pounds(row.social_value)}" for row in rows)
    return bars, f"Social value by contract year. {parts}"


def supplier_bars(figures: PortfolioFigures) -> tuple[list[Bar], str]:
    """The suppliers that commit most."""
    rows = figures.rows(Grouping.SUPPLIER)[:MOST_SUPPLIERS]
    bars = [_supplier_bar(row) for row in rows if row.social_value > Decimal(0)]
    parts = "; ".join(f"{bar.caption} {bar.total_text}" for bar in bars)
    return bars, f"The suppliers that commit most social value. {parts}"


def _supplier_bar(row: PortfolioRow) -> Bar:
    text = format_pounds(row.social_value)
    return Bar(row.name, text, (Segment(row.key, row.name, row.social_value, text),))
