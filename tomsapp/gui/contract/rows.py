"""The rows of the commitments grid: themes, outcomes, lines and their problems, in the menu's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.menu import Measure, Outcome, Theme
from tomsapp.domain.money import total
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.problems import Problem
from tomsapp.domain.valuation import LineValue
from tomsapp.gui.contract.problem_rows import (
    QUANTITY_MISSING,
    STATEMENT_MISSING,
    ProblemRow,
    held_row,
    is_unfinished,
    problem_rows,
    statement_row,
)
from tomsapp.gui.widgets.problems import Level
from tomsapp.services.typed_quantities import HeldText

CellKey = tuple[str, int]
"""A commitment's key and a contract year (0 is the first)."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A theme (with its number) or an outcome, and what its lines come to in pounds."""

    key: str
    title: str
    subtotal: Decimal
    commitments: int
    theme: int = 0
    outcome: str = ""
    is_folded: bool = False

    @property
    def is_theme(self) -> bool:
        """Whether it is a theme; else it is an outcome."""
        return not self.outcome


@dataclass(frozen=True, slots=True)
class LineRow:
    """One commitment; `line` is None when the menu edition lacks its measure."""

    key: str
    commitment: Commitment
    line: LineValue | None
    place: str
    marks: Mapping[int, Level]
    held: Mapping[int, HeldText]
    is_locked: bool
    unfinished: frozenset[str] = frozenset()
    """Codes of the open problems that only say what is still to be entered."""

    @property
    def lacks_statement(self) -> bool:
        """Whether a statement is still to be written."""
        return STATEMENT_MISSING in self.unfinished

    @property
    def hint(self) -> str:
        """What is still to be entered, in a few words, or nothing."""
        if len(self.unfinished) > 1:
            return "No quantity or statement yet"
        missing = "statement" if self.lacks_statement else "quantity"
        return f"No {missing} yet" if self.unfinished else ""

    @property
    def measure(self) -> Measure | None:
        """The measure that is promised, if the menu edition has it."""
        return self.line.measure if self.line else None

    @property
    def is_editable(self) -> bool:
        """Whether quantities can be typed: not when signed, promised per pound, or of an unknown measure."""
        return not self.is_locked and self.line is not None and self.commitment.rate is None


NO_AREA = Area("", "", ())
"""Names places while the council has not said what its area is."""

Row = GroupRow | LineRow | ProblemRow


@dataclass(frozen=True, slots=True)
class GridContents:
    """What the grid shows: a valued and checked contract, and what was typed and cannot be saved."""

    checked: CheckedOffer
    area: Area | None = None
    held: Mapping[CellKey, HeldText] = field(default_factory=dict)
    is_locked: bool = False
    with_statements: bool = False
    """Whether each line has its statement under it."""

    @property
    def years(self) -> tuple[ContractYear, ...]:
        """The contract years; none while its dates cannot be."""
        return () if self.has_bad_dates else self.checked.valuation.contract.years

    @property
    def has_bad_dates(self) -> bool:
        """Whether the contract's dates make no years."""
        return any(problem.code == "contract-dates" for problem in self.checked.problems)


class RowMaker:
    """Makes the rows of the grid anew. A line of which nothing differs keeps the very rows that it had."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, list[Row]]] = {}
        self._fixed: object = None

    def rows(self, contents: GridContents, folded: frozenset[str] = frozenset()) -> list[Row]:
        """All rows to show, top to bottom; folded groups keep their own row only."""
        # An answer of today is said with its time, and one of another day with its date.
        fixed = (contents.years, contents.area, contents.is_locked, contents.with_statements, date.today())  # noqa: DTZ011
        if fixed != self._fixed:
            self._fixed, self._kept = fixed, {}
        builder = _LineRows(contents, self._kept)
        rows = _all_rows(contents, builder, folded)
        self._kept = builder.made
        return rows


def _all_rows(contents: GridContents, builder: _LineRows, folded: frozenset[str]) -> list[Row]:
    checked = contents.checked
    rows: list[Row] = list(problem_rows(builder.problems.get("", ()), contents.years, (), is_locked=contents.is_locked))
    of_outcome: dict[str, list[LineValue]] = {}
    for line in checked.valuation.lines:
        of_outcome.setdefault(line.place.outcome.code, []).append(line)
    for theme in checked.valuation.edition.themes:
        rows += _theme_rows(theme, of_outcome, builder, folded)
    known = {line.commitment.key for line in checked.valuation.lines}
    unknown = [commitment for commitment in checked.offer.commitments if commitment.key not in known]
    if unknown:
        title = f"Not in {checked.valuation.edition.name}"
        rows.append(GroupRow("theme:unknown", title, Decimal("0.00"), len(unknown)))
        for commitment in unknown:
            rows += builder.rows_of(commitment, None)
    return rows


def _theme_rows(
    theme: Theme, of_outcome: Mapping[str, Sequence[LineValue]], builder: _LineRows, folded: frozenset[str]
) -> Iterable[Row]:
    own = [line for outcome in theme.outcomes for line in of_outcome.get(outcome.code, ())]
    if not own:
        return
    key = f"theme:{theme.number}"
    is_folded = key in folded
    subtotal = total(line.social_value for line in own)
    yield GroupRow(key, theme.title, subtotal, len(own), theme=theme.number, is_folded=is_folded)
    if is_folded:
        return
    for outcome in theme.outcomes:
        if outcome.code in of_outcome:
            yield from _outcome_rows(outcome, of_outcome[outcome.code], builder, folded)


def _outcome_rows(
    outcome: Outcome, lines: Sequence[LineValue], builder: _LineRows, folded: frozenset[str]
) -> Iterable[Row]:
    key = f"outcome:{outcome.code}"
    subtotal = total(line.social_value for line in lines)
    is_folded = key in folded
    yield GroupRow(key, outcome.title, subtotal, len(lines), outcome=outcome.code, is_folded=is_folded)
    if is_folded:
        return
    order = {measure.code: place for place, measure in enumerate(outcome.measures)}
    for line in sorted(lines, key=lambda line: order[line.measure.code]):
        yield from builder.rows_of(line.commitment, line)


class _LineRows:
    """Makes the rows of a line: the line itself, and its problems under it."""

    def __init__(self, contents: GridContents, kept: Mapping[str, tuple[object, list[Row]]]) -> None:
        self._contents = contents
        self._years = contents.years
        self._kept = kept
        self.made: dict[str, tuple[object, list[Row]]] = {}
        """The rows of each line, by its key, with what they were made from."""
        self.problems: dict[str, list[Problem]] = {}
        for problem in contents.checked.problems:
            if problem.code != "no-commitments":
                self.problems.setdefault(problem.where.commitment, []).append(problem)
        self._held: dict[str, dict[int, HeldText]] = {}
        for (key, year), held in contents.held.items():
            self._held.setdefault(key, {})[year] = held

    def rows_of(self, commitment: Commitment, line: LineValue | None) -> list[Row]:
        """The line and its problems, those of before where they would be the same."""
        key = commitment.key
        source = (commitment, line, self.problems.get(key), self._held.get(key))
        before = self._kept.get(key)
        rows = before[1] if before is not None and before[0] == source else self._new_rows(commitment, line)
        self.made[key] = (source, rows)
        return rows

    def _new_rows(self, commitment: Commitment, line: LineValue | None) -> list[Row]:
        """A cell is marked by the worst problem that is open in it."""
        key, is_locked = commitment.key, self._contents.is_locked
        filled = [year.year.index for year in line.years if year.quantity] if line else []
        held = {year: text for year, text in self._held.get(key, {}).items() if year < len(self._years)}
        below = [held_row(key, self._years[year], text) for year, text in sorted(held.items())]
        below += problem_rows(self.problems.get(key, ()), self._years, filled, is_locked=is_locked)
        if self._contents.with_statements and commitment.statement.strip():
            below.insert(0, statement_row(key, commitment.statement, is_locked=is_locked))
        marks: dict[int, Level] = {}
        for row in reversed(below):
            if not row.is_answered and row.level != "info":
                marks.update({year: row.level for year in row.years if marks.get(year) != "error"})
        place = (self._contents.area or NO_AREA).place_name(commitment.place)
        unfinished = frozenset(problem.code for problem in self.problems.get(key, ()) if is_unfinished(problem))
        if held:  # what was typed is there, and says itself what is wrong with it
            unfinished -= {QUANTITY_MISSING}
        return [LineRow(f"line:{key}", commitment, line, place, marks, held, is_locked, unfinished), *below]
