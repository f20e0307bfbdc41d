"""What was due and is not accepted, as a table: how much with its working, why, what was agreed, and what is open."""

from collections.abc import Sequence
from decimal import Decimal

from tomsapp.domain.delivery.delivered_sums import shortfall_text
from tomsapp.domain.delivery.figures import Agreed, DeliveredLine
from tomsapp.domain.money import total
from tomsapp.domain.papers.council_paper import PaperColumn, PaperTable
from tomsapp.domain.papers.told import count_of, name_in_words, worth
from tomsapp.domain.unit_words import count_in_words, counts_heads, name_of
from tomsapp.domain.units import Unit
from tomsapp.domain.wording import format_date, format_pounds, plural

Numbered = tuple[int, DeliveredLine]
"""A commitment with the number of its row."""

_COLUMNS = (
    PaperColumn("Row", 34),
    PaperColumn("Missing", 194),
    PaperColumn("Why", 110),
    PaperColumn("What was done", 136),
    PaperColumn("Still open", 76, right=True),
)


def missing_table(short: Sequence[Numbered], most: int, due: Decimal, accepted: Decimal) -> PaperTable:
    """The first rows, as many as are wanted, with the total of all.

    Args:
        short: all of which something is missing.
        most: how many of them are shown.
        due: the pounds that were due of all commitments.
        accepted: those that are accepted; the total is what is left of them.
    """
    shortfalls = [line.shortfall for _, line in short]
    missing, agreed, left = (
        format_pounds(total(getattr(one, name) for one in shortfalls))
        for name in ("pounds", "agreed_pounds", "open_pounds")
    )
    difference = f"Due − accepted: {format_pounds(due)} − {format_pounds(accepted)} = {missing}"
    whole = (f"All {len(short)}", difference, "", f"{agreed} settled", left)
    return PaperTable("What is missing", _COLUMNS, _rows(short[:most]), whole, is_named=True)


def further_missing(short: Sequence[Numbered]) -> PaperTable:
    """The rows that had no room in the first table."""
    return PaperTable("What else is missing", _COLUMNS, _rows(short))


def _rows(short: Sequence[Numbered]) -> tuple[tuple[str, ...], ...]:
    return tuple(_row(number, line) for number, line in short)


def _row(number: int, line: DeliveredLine) -> tuple[str, ...]:
    short = line.shortfall
    cause = next((each.act.cause for each in reversed(short.agreed) if each.act.cause.strip()), "")
    # No sign of equality: the working may differ by a penny for each year from due less accepted.
    working = f": {shortfall_text(line, short)}, {format_pounds(short.pounds)}" if line.measure.is_valued else ""
    return (
        f"{number}",
        f"{_missing(line)}{working}",
        cause or "Not asked yet",
        "; ".join(map(_agreed, short.agreed)) or "Nothing is agreed",
        worth(line.measure, short.open_pounds),
    )


def _missing(line: DeliveredLine) -> str:
    """What is missing in plain words; of what does not add up over years each year by itself."""
    measure, years = line.measure, [units for _, units in line.shortfall.by_year if units]
    if measure.unit is Unit.YES_NO:
        return f"{name_in_words(line)}: {plural(len(years), 'year without it', 'years without it')}"
    if line.adds_up and not counts_heads(measure):
        return count_in_words(measure, line.shortfall.units)
    return f"{count_of(measure, years)}{'' if line.adds_up else f' {name_of(measure, years[0])}'}"


def _agreed(agreed: Agreed) -> str:
    """What was agreed, when, and the pounds that it settles: an agreement to leave it open settles none."""
    pounds = f", {format_pounds(agreed.pounds)}" if agreed.pounds else ""
    return f"{agreed.act.kind.done} on {format_date(agreed.act.done_on)}{pounds}"
