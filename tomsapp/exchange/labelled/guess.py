"""What each sheet of somebody's offer seems to hold, before a person has looked at it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from tomsapp.domain.alike import alike
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.wording import plural
from tomsapp.exchange.grid import Grid, GridCell, text_or_nothing
from tomsapp.exchange.labelled.codes import CodeBook
from tomsapp.exchange.labelled.column_uses import ColumnGuesser
from tomsapp.exchange.labelled.easily_missed import names_example
from tomsapp.exchange.labelled.heads import LAST_HEAD_ROW, find_head, headings_of
from tomsapp.exchange.labelled.known import FoundHead, KnownHeads, find_known, fits_years
from tomsapp.exchange.labelled.labels import RowKind, SheetLabels, TableLabels
from tomsapp.exchange.labelled.row_sorts import RowSort, RowSorter, SortedRow, quantity_columns
from tomsapp.exchange.labelled.row_years import has_year_headings, with_rows_of_years, year_title
from tomsapp.exchange.labelled.sheet_years import year_of_sheet
from tomsapp.exchange.labelled.uses import (
    CODE,
    TITLE,
    is_code_heading,
    is_quantity,
    use_of,
    year_use,
)
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.workbook_layout import STAMP
from tomsapp.exchange.year_words import is_part_of_year, tidy, year_in

_LEAST_SAME = 2
_LEAST_SHEETS = 2
"""Sheets of different years: a single one may be called after the year in which it was written."""
_KINDS = {RowSort.LINE: RowKind.LINE, RowSort.TOTAL: RowKind.TOTAL}
NO_TABLE, NO_QUANTITIES, LOOK_UP = "no table", "no column of quantities", "look-up, no quantities"
TURNED = "measures side by side"
_NOT_YET = frozenset({NO_TABLE, NO_QUANTITIES, LOOK_UP})
"""What is found of a sheet that is read as soon as somebody says what it holds."""
COPY_OF, SAME_COPY = "a copy of ", "nothing differs"


def copied_from(labels: SheetLabels) -> tuple[str, str]:
    """The sheet that a second copy is one of, and how they differ: "Offer", "2 quantities differ"."""
    first, _, how = labels.found.removeprefix(COPY_OF).rpartition(": ")
    return first, how


@dataclass(frozen=True, slots=True)
class _Guess:
    """A sheet with its labels and the rows that it was sorted into."""

    grid: Grid
    labels: SheetLabels
    rows: tuple[SortedRow, ...] = ()

    @property
    def filled(self) -> tuple[SortedRow, ...]:
        """The lines that promise something."""
        return tuple(row for row in self.rows if row.sort is RowSort.LINE and row.promises)

    @property
    def quantities(self) -> dict[str, tuple[str, ...]]:
        """What is promised of each measure, as it is written."""
        columns = quantity_columns(self.labels.columns)
        told: dict[str, tuple[str, ...]] = {}
        for row in self.filled:
            code = row.code.code if row.code else ""
            told[code] = told.get(code, ()) + tuple(text_or_nothing(row.row.cell(column)) for column in columns)
        return told


@dataclass(frozen=True)
class OfferGuesser:
    """Guesses what a file holds that promises measures of a menu for a contract of these years."""

    codes: CodeBook
    years: Sequence[ContractYear]
    known: KnownHeads = field(default_factory=dict)
    """Heads of the same sender, as they were read before."""

    def guess(self, book: OpenedBook) -> TableLabels:
        """The labels of every sheet, the hidden ones last."""
        seen = self._by_years([self._sheet(grid) for grid in book.sheets])
        told: list[_Guess] = []
        for guess in seen:
            told.append(_as_copy(guess, told))
        if not any(guess.labels.is_read for guess in told):
            told = _first_read(told)
        told = [_as_aside(one, "an example") if names_example(one.grid.name) else one for one in told]
        hidden = [_as_aside(_as_copy(self._sheet(grid), told), "hidden in the file") for grid in book.hidden]
        return TableLabels(tuple(guess.labels for guess in (*told, *hidden)))

    def _by_years(self, guesses: Sequence[_Guess]) -> Sequence[_Guess]:
        """The guesses, with the quantities of each sheet of that year which it is of, where sheets are of several."""
        named = [year_of_sheet(one.grid, one.labels, self.years) if one.filled else None for one in guesses]
        if len(set(named) - {None}) < _LEAST_SHEETS:
            return guesses
        return [one if year is None else _of_year(one, year) for one, year in zip(guesses, named, strict=True)]

    def sheet(self, grid: Grid) -> SheetLabels:
        """What a sheet seems to hold by itself."""
        return self._sheet(grid).labels

    def next_head(self, grid: Grid) -> int | None:
        """The first row below a table that is the head of another one with lines; None where there is none."""
        runs = groupby(self._sheet(grid).rows, lambda one: one.sort is RowSort.OTHER_TABLE)
        others = ([*run] for is_other, run in runs if is_other)
        return next((run[0].row.number for run in others if any(one.promises for one in run)), None)

    def settle(self, book: OpenedBook, labels: TableLabels) -> TableLabels:
        """The labels with what follows from those that a person set: under a new head stand lines."""
        grids = book.by_name
        return TableLabels(tuple(self._settled(grids[one.name], one) for one in labels))

    def _settled(self, grid: Grid, labels: SheetLabels) -> SheetLabels:
        head = labels.rows_of(RowKind.HEAD)
        code = labels.column_of(CODE.key)
        if code is None and not labels.columns and head:
            code = self._code_column(grid)
        if code is None:
            return labels
        first = head[-1] + 1 if head else 0
        columns = labels.columns
        if set(columns.values()) <= {CODE.key}:
            columns = self._labelled(grid, code, head, first).labels.columns
        rows = self._rows(grid, columns, head, first)
        columns = with_rows_of_years(columns, has_headings=self._has_years(grid, head, rows))
        kinds = {row.row.number: _KINDS[row.sort] for row in rows if row.sort in _KINDS}
        settled = replace(labels, columns=columns, rows={**kinds, **labels.rows})
        return _told(_Guess(grid, settled, rows)).labels if labels.found in _NOT_YET else settled

    def _has_years(self, grid: Grid, head: Sequence[int], rows: Sequence[SortedRow]) -> bool:
        return has_year_headings(rows, self.years, year_title(grid, head, self.years))

    def _sheet(self, grid: Grid) -> _Guess:
        if grid.is_hidden and grid.name == STAMP:
            # What this program's own workbook looks up is no table, though codes stand in it.
            return _Guess(grid, SheetLabels(grid.name, found=NO_TABLE))
        known = find_known(grid, self.known)
        if known is not None:
            return self._sorted(grid, self._as_known(grid, known), known.rows, known.rows[-1] + 1)
        code = self._code_column(grid)
        first = self._first_line(grid, code) if code is not None else None
        if code is not None and self._is_turned(grid, code):
            return _Guess(grid, SheetLabels(grid.name, found=TURNED, is_doubtful=True))
        if code is None or first is None:
            return self._by_headings(grid)
        head = find_head(grid, first, self._is_heading)
        return self._labelled(grid, code, head, first)

    def _as_known(self, grid: Grid, known: FoundHead) -> Mapping[int, str]:
        """What stood under a head before; its quantities are guessed anew where it was read for other years."""
        if fits_years(grid, known, self.years):
            return known.columns
        kept = {column: use for column, use in known.columns.items() if not is_quantity(use)}
        code = next((column for column, use in kept.items() if use == CODE.key), -1)
        guessed = self._columns(grid, known.rows, code, known.rows[-1] + 1)
        return {column: use for column, use in guessed.items() if is_quantity(use)} | kept

    def _rows(self, grid: Grid, columns: Mapping[int, str], head: Sequence[int], first: int) -> tuple[SortedRow, ...]:
        lowest = {column: texts[-1] for column, texts in headings_of(grid, head).items()}
        sorter = RowSorter(columns, lowest, self.codes, lambda text: use_of(text, self.years))
        return tuple(sorter.sort(row) for row in grid.rows if row.number >= first)

    def _by_headings(self, grid: Grid) -> _Guess:
        """A table in which no cell is a code of the menu, recognised by its headings."""
        for row in grid.rows:
            if row.number > LAST_HEAD_ROW:
                break
            texts = {column: text for column, cell in row.cells.items() if (text := text_or_nothing(cell))}
            code = min((column for column, text in texts.items() if is_code_heading(text)), default=None)
            has_quantity = any(is_quantity(use_of(text, self.years)) for text in texts.values())
            if code is not None and has_quantity:
                head = find_head(grid, row.number + 1, self._is_heading)
                return self._labelled(grid, code, head, row.number + 1)
        return _Guess(grid, SheetLabels(grid.name, found=NO_TABLE))

    def _is_heading(self, text: str) -> bool:
        """Whether a text says what stands under it."""
        words = tidy(text)
        names_time = is_part_of_year(words) or year_in(words, self.years) is not None
        return names_time or is_code_heading(text) or bool(use_of(text, self.years))

    def _code_column(self, grid: Grid) -> int | None:
        """The column in which most cells are codes of the menu; the first of those that have as many."""
        counts: dict[int, int] = {}
        for row in grid.rows:
            for column, cell in row.cells.items():
                if isinstance(cell.value, str) and (found := self.codes.find(cell.value)):
                    counts[column] = counts.get(column, 0) + (1 if found.words else 2)
        return min(counts, key=lambda column: (-counts[column], column), default=None)

    def _is_turned(self, grid: Grid, code: int) -> bool:
        """Whether measures stand beside each other in a row, as a head, and not below each other in a column."""
        below = sum(self._is_code(row.cell(code)) for row in grid.rows)
        for row in grid.rows:
            columns = [column for column, cell in row.cells.items() if self._is_code(cell)]
            if len(columns) > max(below, 1) and any(column + 1 in columns for column in columns):
                return True
        return False

    def _is_code(self, cell: GridCell) -> bool:
        found = self.codes.find_in(cell)
        return found is not None and not found.words

    def _first_line(self, grid: Grid, code: int) -> int | None:
        texts = ((row.number, text_or_nothing(row.cell(code))) for row in grid.rows)
        return next((number for number, text in texts if text and self.codes.find(text)), None)

    def _labelled(self, grid: Grid, code: int, head: tuple[int, ...], first: int) -> _Guess:
        columns = {code: CODE.key} | self._columns(grid, head, code, first)
        return self._sorted(grid, columns, head, first)

    def _columns(self, grid: Grid, head: Sequence[int], code: int, first: int) -> dict[int, str]:
        return ColumnGuesser(grid, headings_of(grid, head), self.codes, self.years, code, first).columns()

    def _sorted(self, grid: Grid, columns: Mapping[int, str], head: tuple[int, ...], first: int) -> _Guess:
        """A sheet with these columns and head, its rows told apart."""
        rows = self._rows(grid, columns, head, head[-1] + 1 if head else first)
        columns = with_rows_of_years(columns, has_headings=self._has_years(grid, head, rows))
        kinds = dict.fromkeys(head, RowKind.HEAD)
        kinds |= {row.row.number: _KINDS[row.sort] for row in rows if row.sort in _KINDS}
        labels = SheetLabels(grid.name, rows=kinds, columns=dict(sorted(columns.items())))
        return _told(_Guess(grid, labels, rows))


def _of_year(guess: _Guess, year: int) -> _Guess:
    """A sheet with its one column of quantities of a year."""
    column = quantity_columns(guess.labels.columns)[0]
    columns = {**guess.labels.columns, column: year_use(year).key}
    return replace(guess, labels=replace(guess.labels, columns=columns))


def _told(guess: _Guess) -> _Guess:
    """The guess with what was found in the sheet, and whether it is read."""
    labels, filled = guess.labels, guess.filled
    if not quantity_columns(labels.columns):
        words = LOOK_UP if labels.column_of(TITLE.key) is not None else NO_QUANTITIES
        return replace(guess, labels=replace(labels, found=words, is_doubtful=words == NO_QUANTITIES))
    if not filled:
        return replace(guess, labels=replace(labels, found="no quantities"))
    numbers = [row.row.number for row in filled]
    where = f"rows {min(numbers)} to {max(numbers)}" if len(numbers) > 1 else f"row {numbers[0]}"
    has_head = any(kind is RowKind.HEAD for kind in labels.rows.values())
    found = f"{plural(len(filled), 'line')}, {where}"
    return replace(guess, labels=replace(labels, is_read=True, found=found, is_doubtful=not has_head))


def _as_copy(guess: _Guess, before: Iterable[_Guess]) -> _Guess:
    """The guess as it is, or said to be a copy of a sheet before it: the same head and the same codes."""
    if not guess.labels.is_read:
        return guess
    own = guess.quantities
    for other in before:
        theirs = other.quantities
        if not other.labels.is_read or set(own) != set(theirs) or _uses(guess) != _uses(other):
            continue
        differs = sum(
            alike(one) != alike(two)
            for code, quantities in own.items()
            for one, two in zip(quantities, (*theirs[code], *[""] * len(quantities)), strict=False)
        )
        if differs and len(own) < _LEAST_SAME:
            continue
        how = f"{plural(differs, 'quantity differs', 'quantities differ')}" if differs else SAME_COPY
        labels = replace(guess.labels, is_read=False, found=f"{COPY_OF}{other.grid.name}: {how}", is_doubtful=True)
        return replace(guess, labels=labels)
    return guess


def _uses(guess: _Guess) -> set[str]:
    return set(guess.labels.columns.values())


def _as_aside(guess: _Guess, why: str) -> _Guess:
    """A sheet that is listed, and read only when a person says so."""
    labels = guess.labels
    found = f"{labels.found}, {why}"
    return replace(guess, labels=replace(labels, is_read=False, found=found))


def _first_read(guesses: Sequence[_Guess]) -> list[_Guess]:
    """Where nothing is filled in, the first sheet that could hold something is read, so that it is said."""
    first = next((guess for guess in guesses if quantity_columns(guess.labels.columns)), None)
    return [replace(one, labels=replace(one.labels, is_read=True)) if one is first else one for one in guesses]
