"""How the cells and ratings of the quarter grid are shown and read out: words, icons and tones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from tomsapp.domain.delivery.claims import Cell, CellState, cell_of
from tomsapp.domain.delivery.figures import DeliveredLine, QuarterFigures
from tomsapp.domain.delivery.quarters import ContractQuarter
from tomsapp.domain.delivery.rating import Rated, Rating
from tomsapp.domain.delivery.years_apart import rating_sum as rating_sum_of_years
from tomsapp.domain.delivery.years_apart import rating_sum_words, units_in_words
from tomsapp.domain.menu import Measure
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import format_date, format_pounds, format_quantity
from tomsapp.gui.contract.typed import quantity_text, spoken_quantity


class Mark(NamedTuple):
    """The icon of a state and the token of its colour; no icon where the word alone says it."""

    icon: str
    tone: str


STATE_MARKS = {
    CellState.NOTHING: Mark("", "text_muted"),
    CellState.PLANNED: Mark("", "text_muted"),
    CellState.NO_RETURN: Mark("clock", "warning"),
    CellState.NOTHING_DONE: Mark("minus", "text_muted"),
    CellState.CLAIMED: Mark("circle", "text_muted"),
    CellState.EVIDENCED: Mark("paperclip", "info"),
    CellState.PROVISIONAL: Mark("clock", "info"),
    CellState.ACCEPTED: Mark("check", "success"),
    CellState.REJECTED: Mark("x", "danger"),
    CellState.WITHDRAWN: Mark("undo-2", "text_muted"),
}
RATING_MARKS = {
    Rating.GOOD: Mark("circle-check", "success"),
    Rating.APPROACHING_TARGET: Mark("circle-arrow-right", "info"),
    Rating.REQUIRES_IMPROVEMENT: Mark("triangle-alert", "warning"),
    Rating.INADEQUATE: Mark("octagon-alert", "danger"),
    Rating.OTHER: Mark("minus", "text_muted"),
}
NOT_DUE = frozenset({CellState.NOTHING, CellState.PLANNED})
"""States of a quarter of which nothing was returned and nothing is due."""
RULES_PLACE = ("settings", "delivery")
"""Where the council sets the rules of delivery: the page, and what it is asked to show."""


def number_words(quantity: Decimal, measure: Measure) -> str:
    """A quantity as a narrow cell shows it, without pence that nobody has; per cent with their sign."""
    return quantity_text(quantity, measure) if measure.unit.form is UnitForm.PERCENT else format_quantity(quantity)


def quantity_words(cell: Cell, line: DeliveredLine) -> str:
    """The first line of a cell: "24 of 30", what is planned before anything is due, what came unplanned, or a dash."""
    planned = number_words(cell.planned, line.measure)
    if cell.state in NOT_DUE:
        return planned if cell.planned else "–"
    done = number_words(cell.quantity, line.measure)
    # "1 of 0" would read as a share of nothing.
    return f"{done} of {planned}" if cell.planned else done


def done_words(cell: Cell, line: DeliveredLine) -> str:
    """The same with the unit: "24 of 30 hours", and where nothing was planned "1 full-time job, none planned"."""
    if not cell.planned:
        return f"{spoken_quantity(cell.quantity, line.measure)}, none planned"
    return f"{number_words(cell.quantity, line.measure)} of {spoken_quantity(cell.planned, line.measure)}"


def spoken_quarter(quarter: ContractQuarter) -> str:
    """A quarter as it is read out: "Q3, 1 October 2026 to 31 December 2026"."""
    return f"Q{quarter.quarter.number}, {format_date(quarter.starts_on)} to {format_date(quarter.ends_on)}"


def spoken_cell(line: DeliveredLine, figures: QuarterFigures) -> str:
    """A cell as it is read out: which commitment and quarter, how much of how much, and the state."""
    cell = cell_of(figures)
    where = f"{line.measure.title}, {spoken_quarter(figures.quarter)}"
    if cell.state in NOT_DUE:
        return f"{where}, {spoken_quantity(cell.planned, line.measure) if cell.planned else 'nothing'} planned"
    return f"{where}, {done_words(cell, line)}, {cell.state.words.lower()}"


def rating_words(rated: Rated) -> str:
    """The word of a rating, marked where something of it is not earned yet: "Good (p)"."""
    return f"{rated.rating.words} (p)" if rated.is_provisional else rated.rating.words


def line_sum(line: DeliveredLine) -> str:
    """The sum under the word of a commitment; years whose units do not add up stand each by itself in it."""
    words = rating_sum_of_years(line)
    return f"{words[:1].upper()}{words[1:]}"


def missing_words(line: DeliveredLine, labels: Sequence[str]) -> str:
    """The units that are missing: "40 hours", and of what does not add up "30% in 2026/27 and 10% in 2027/28".

    `labels` are those of the contract years.
    """
    if line.adds_up:
        return spoken_quantity(line.shortfall.units, line.measure)
    return units_in_words(line.measure, line.shortfall.by_year, labels)


def summary_sum(rated: Rated) -> str:
    """The sum under the word of the contract, in pounds: "£56.00 ÷ £90.00 = 62.2%"."""
    if rated.share is None:
        return f"{rated.sum_words[:1].upper()}{rated.sum_words[1:]}"
    write = format_pounds if rated.in_pounds else format_quantity
    return f"{write(rated.accepted)} ÷ {write(rated.due)} = {rated.percent}"


def spoken_rating(line: DeliveredLine) -> str:
    """A rating as it is read out: "Requires improvement, 56 of 90 hours, 62.2%"."""
    rated = line.rated
    if rated.share is None:
        return f"{line.measure.title}, {rated.rating.words}, {rated.sum_words}"
    provisional = ", part of it provisional" if rated.is_provisional else ""
    if not line.adds_up:
        return f"{line.measure.title}, {rated.rating.words}, {rating_sum_words(line)}{provisional}"
    due = spoken_quantity(rated.due, line.measure)
    accepted = number_words(rated.accepted, line.measure)
    return f"{line.measure.title}, {rated.rating.words}, {accepted} of {due}, {rated.percent}{provisional}"
