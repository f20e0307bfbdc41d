"""The words of a row of the commitments grid, as they are shown."""

from __future__ import annotations

from decimal import Decimal

from tomsapp.domain.wording import format_pounds, plural
from tomsapp.gui.contract.rows import GroupRow, LineRow


def quantity_of(row: LineRow, year: int) -> Decimal | None:
    """The quantity of a year: as entered, or as worked out from a promise per pound."""
    if row.commitment.rate is not None and row.line is not None and year < len(row.line.years):
        return row.line.years[year].quantity
    return row.commitment.quantity_in(year)


def title_of(row: LineRow) -> str:
    """The measure's title, or its code where the menu edition lacks it."""
    return row.measure.title if row.measure else row.commitment.measure or "No measure"


def group_title(row: GroupRow) -> str:
    """A theme's title, or an outcome's with its code: "1a Good local jobs"."""
    return row.title if row.is_theme else f"{row.outcome}  {row.title}"


def value_text(row: LineRow) -> str:
    """The social value, or why there is none."""
    if row.line is None:
        return "Unknown measure"
    return format_pounds(row.line.social_value) if row.line.measure.is_valued else "Counted, not valued"


def second_line(row: LineRow) -> str:
    """Code, unit and place; for a promise per pound, the promise."""
    return second_lines(row)[0]


def second_lines(row: LineRow) -> tuple[str, ...]:
    """The second line in full, then shorter: without the place, and the code alone."""
    measure, rate = row.measure, row.commitment.rate
    unit = measure.each_name if measure else "not in this menu edition"
    if rate is not None:
        promised = plural(rate.quantity, unit, measure.many_name if measure else unit)
        unit = f"{promised} for every {format_pounds(rate.per_pounds)}"
    parts = [part for part in (row.commitment.measure, unit, row.place) if part]
    return tuple("  ·  ".join(parts[:number]) for number in range(len(parts), 0, -1))
