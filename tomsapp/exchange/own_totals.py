"""The totals that a file states itself, held against what is brought in; every difference is laid out by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import exact_difference, exact_sum
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import format_percent, plural
from tomsapp.exchange.comparing import COMPARE, ComparedRow, ReadTable
from tomsapp.exchange.grid import Grid, GridRow, text_or_nothing
from tomsapp.exchange.stated import (
    Figure,
    Stated,
    line_figures,
    outcomes_number,
    quantity_figures,
    stated_in,
)
from tomsapp.exchange.workbook_factors import cut_share

_UNKNOWN = "own-total-unknown"
_MOST_PARTS = 12
"""How many rows a difference is laid out in, before the rest is given as one figure."""


@dataclass(frozen=True, slots=True)
class OwnTotal:
    """A total that the file states, beside the program's.

    Attributes:
        name: what is added up: "social value".
        stated, ours: both as they are said.
        why: sentences that lay the difference out; empty where there is none.
        place: where it stands in the file.
    """

    name: str
    stated: str
    ours: str
    why: tuple[str, ...]
    place: Where

    @property
    def problem(self) -> Problem | None:
        """The warning of a difference, with what it is made of; None where the two are the same."""
        if not self.why:
            return None
        message = (
            f"The file’s own total of {self.name} is {self.stated}, and {self.ours} comes in. {' '.join(self.why)}"
        )
        key = f"total-differs:{self.place.sheet}!{self.place.row}:{self.name}"
        return Problem("total-differs", Severity.WARNING, message.rstrip("."), COMPARE, self.place, key=key)


def figures_unknown(file: str) -> Problem:
    """A note that a file's own figures cannot be compared."""
    message = "The file’s own figures are unknown, since its formulas were never worked out"
    fix = "Open it in a spreadsheet program and save it, so that they can be compared"
    return Problem(_UNKNOWN, Severity.NOTE, message, fix, Where(file), key=_UNKNOWN)


@dataclass(frozen=True, slots=True)
class OwnTotals:
    """All totals of a file, and whether one of them was never worked out."""

    totals: tuple[OwnTotal, ...]
    is_unknown: bool = False

    def problems(self, file: str) -> list[Problem]:
        """A warning for each total that differs, and a note where totals are unknown."""
        # The row under the table and the sheet of totals say the same: one of them is told.
        apart = {(total.name, total.stated): total for total in self.totals}
        found = [total.problem for total in apart.values() if total.problem is not None]
        if self.is_unknown:
            found.append(figures_unknown(file))
        return found

    @property
    def words(self) -> str:
        """What is to be said of the file's own total of social value, in a sentence."""
        stated = [total for total in reversed(self.totals) if total.name == "social value"]
        main = next((total for total in stated if total.why), next(iter(stated), None))
        if main is None:
            unknown = "The file’s own total is unknown: its formulas were never worked out."
            return unknown if self.is_unknown else "The file states no total of its own."
        if main.why:
            return f"The file’s own total is {main.stated}, and {main.ours} comes in."
        return f"The file’s own total is the same: {main.stated}."


def own_totals(table: ReadTable, rows: Sequence[ComparedRow], totals_sheet: Grid | None) -> OwnTotals:
    """The totals under the table and on the sheet of totals, each beside the program's."""
    found: list[OwnTotal] = []
    unknown = any(row.is_unknown for row in rows)
    lines = line_figures(table.sheet.headings, table.valuation.contract.years)
    figures = [*lines, *quantity_figures(table.sheet.headings, table.valuation.contract.years)]
    start = table.sheet.headings.row
    for total in table.totals:
        part = [row for row in rows if start < row.row.number < total.number]
        above = [row for row in rows if row.row.number < total.number]
        start = total.number
        for figure in figures:
            stated = stated_in(total.cell(figure.column))
            unknown = unknown or stated.is_unknown
            if len(table.totals) == 1 or not _is_subtotal(figure, stated, part, rows):
                found.extend(_total(table, figure, stated, rows, above, table.sheet.where(total.number, figure.column)))
    if totals_sheet is not None:
        read = list(_on_sheet(table, rows, totals_sheet, lines))
        unknown = unknown or any(stated.is_unknown for stated, _ in read)
        found.extend(total for _, totals in read for total in totals)
    return OwnTotals(tuple(found), unknown)


def _is_subtotal(figure: Figure, stated: Stated, part: Sequence[ComparedRow], rows: Sequence[ComparedRow]) -> bool:
    """Whether a total is right for the rows since the total before it, and those are not all of them."""
    if len(part) == len(rows) or not part or stated.value is None:
        return False
    return not figure.differs(stated.value, _sum_of(figure, part))


def _sum_of(figure: Figure, rows: Sequence[ComparedRow]) -> Decimal:
    return exact_sum(figure.ours(row.line) for row in rows if row.line is not None)


def _on_sheet(
    table: ReadTable, rows: Sequence[ComparedRow], sheet: Grid, lines: Sequence[Figure]
) -> Iterator[tuple[Stated, list[OwnTotal]]]:
    """The totals on the sheet of totals, found by what stands in its first column."""
    known = {figure.name: figure for figure in lines}
    for row in sheet.rows:
        name = _named(row)
        if name == _SHARE:
            stated = stated_in(row.cell(1))
            yield stated, list(_share(table, stated, Where(table.sheet.file, sheet.name, row.number, "B")))
        elif name in known:
            stated = stated_in(row.cell(1))
            where = Where(table.sheet.file, sheet.name, row.number, "B")
            yield stated, list(_total(table, known[name], stated, rows, rows, where))


_SHARE = "share of contract value"
_NAMES = ("social value", "real pounds", "employment outcomes", _SHARE)


def _named(row: GridRow) -> str:
    label = text_or_nothing(row.cell(0)).casefold()
    return next((name for name in _NAMES if label == name or label.startswith(f"{name} (")), "")


def _share(table: ReadTable, stated: Stated, where: Where) -> Iterator[OwnTotal]:
    if stated.value is None:
        return
    ours = cut_share(table.valuation.share_of_contract_value)
    # What an earlier version of the program did not cut is cut here.
    shown = cut_share(Fraction(stated.value))
    why = () if shown == ours else ("It follows from the social value and the contract value.",)
    yield OwnTotal(_SHARE, format_percent(shown, 2), format_percent(ours, 2), why, where)


def _total(
    table: ReadTable,
    figure: Figure,
    stated: Stated,
    rows: Sequence[ComparedRow],
    counted: Sequence[ComparedRow],
    where: Where,
) -> Iterator[OwnTotal]:
    """One total beside the program's, with what the difference is made of."""
    if stated.value is None and not stated.error:
        return
    is_people = figure.name == "employment outcomes"
    ours = outcomes_number(table.valuation.employment_outcomes) if is_people else _sum_of(figure, rows)
    if stated.value is None:
        yield OwnTotal(figure.name, stated.error, figure.text(ours), ("The cell shows an error.",), where)
        return
    why: tuple[str, ...] = ()
    if figure.differs(stated.value, ours):
        why = tuple(_laid_out(table, figure, stated.value, ours, rows, counted))
    yield OwnTotal(figure.name, figure.text(stated.value), figure.text(ours), why, where)


def _laid_out(
    table: ReadTable,
    figure: Figure,
    stated: Decimal,
    ours: Decimal,
    rows: Sequence[ComparedRow],
    counted: Sequence[ComparedRow],
) -> Iterator[str]:
    """Sentences that lead from the file's total to the program's, the parts adding up to the difference."""
    inside = {row.row.number for row in counted}
    parts = [(row, amount) for row in rows if (amount := _part(figure, row, inside))]
    for row, amount in parts[:_MOST_PARTS]:
        yield f"Row {row.row.number}{_how(row, inside)}: {_signed(figure, amount)}."
    if len(parts) > _MOST_PARTS:
        rest = exact_sum(amount for _, amount in parts[_MOST_PARTS:])
        yield f"{plural(len(parts) - _MOST_PARTS, 'more row', 'more rows')}: {_signed(figure, rest)}."
    left = exact_difference(exact_difference(ours, stated), exact_sum(amount for _, amount in parts))
    is_people = figure.name == "employment outcomes"
    if is_people and (table.valuation.outcome_overlaps or table.valuation.outcomes_repeated):
        yield "The same people are counted once here."
    elif figure.differs(left, Decimal(0)) or not parts:
        yield f"No row says why: {_signed(figure, left)}. The total may be typed in, or may count other rows."


def _part(figure: Figure, row: ComparedRow, inside: set[int]) -> Decimal:
    """What a row adds to the difference: the program's figure less what it adds to the file's own total."""
    ours = figure.ours(row.line) if row.line is not None else Decimal(0)
    shown = row.stated[figure.name].value if row.row.number in inside else None
    return exact_difference(figure.rounded(ours), figure.rounded(shown or Decimal(0)))


def _how(row: ComparedRow, inside: set[int]) -> str:
    if row.row.number not in inside:
        return ", which stands under the total"
    return ", which cannot come in" if row.line is None else ""


def _signed(figure: Figure, amount: Decimal) -> str:
    return figure.text(amount) if amount < 0 else f"+{figure.text(amount)}"
