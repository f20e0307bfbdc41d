"""What each sheet of a council's register of contracts seems to hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tomsapp.domain.wording import plural
from tomsapp.exchange.grid import Grid, GridRow, text_or_nothing
from tomsapp.exchange.labelled.contract_uses import contract_use_of, told_apart, use_beside_others
from tomsapp.exchange.labelled.guess import NO_TABLE
from tomsapp.exchange.labelled.heads import LAST_HEAD_ROW, HeadAgain, find_head, headings_of, texts_of
from tomsapp.exchange.labelled.known import KnownHeads, find_known
from tomsapp.exchange.labelled.labels import RowKind, SheetLabels, TableLabels
from tomsapp.exchange.labelled.row_sorts import is_filled
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.stated import names_total

_LEAST_HEADINGS = 3
_LEAST_PARTS = 2
_NAMING = frozenset({"reference", "title"})
_FIGURE = re.compile(r"£ ?[\d,.]+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d", re.ASCII)
"""Pounds or a day as text: a row that has one is no head, as one with numbers or days is none. “2026/27” may head."""


class _Seen:
    """A sheet of cells, and what was found of it so far: whoever asks again is answered from it."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._labelled: dict[tuple[tuple[int, ...], tuple[tuple[int, str], ...]], SheetLabels] = {}

    @cached_property
    def heads(self) -> dict[int, dict[int, str]]:
        """The rows that could be heads by themselves, by their numbers, with the use of each column."""
        found = ((row.number, _uses_in(row)) for row in self.grid.rows)
        return {number: uses for number, uses in found if _is_head(uses)}

    @cached_property
    def unknown(self) -> SheetLabels:
        """What it seems to hold where no head is known."""
        for row in self.grid.rows:
            if row.number > LAST_HEAD_ROW:
                break
            uses = {use for cell in row.cells.values() if (use := contract_use_of(text_or_nothing(cell)))}
            if len(uses) >= _LEAST_HEADINGS and uses & _NAMING:
                lowest = _lowest_head(self.grid, row)
                head = find_head(self.grid, lowest.number + 1, lambda text: bool(contract_use_of(text)))
                return self.labelled(head, _columns(self.grid, head))
        return SheetLabels(self.grid.name, found=NO_TABLE)

    def labelled(self, head: Sequence[int], columns: Mapping[int, str]) -> SheetLabels:
        """What it holds under a head with these columns."""
        key = tuple(head), tuple(sorted(columns.items()))
        if key not in self._labelled:
            self._labelled[key] = self._with(*key)
        return self._labelled[key]

    def _with(self, head: tuple[int, ...], columns: tuple[tuple[int, str], ...]) -> SheetLabels:
        again = HeadAgain({column: texts[-1] for column, texts in headings_of(self.grid, head).items()})
        kinds = dict.fromkeys(head, RowKind.HEAD)
        lines: list[int] = []
        for row in self.grid.rows:
            if row.number <= head[-1] or row.number in self.heads or again.is_one(row):
                continue
            if _is_total(row):
                kinds[row.number] = RowKind.TOTAL
            elif _is_contract(row, columns):
                kinds[row.number] = RowKind.LINE
                lines.append(row.number)
        where = f"rows {lines[0]} to {lines[-1]}" if len(lines) > 1 else f"row {lines[0]}" if lines else ""
        found = f"{plural(len(lines), 'contract')}, {where}" if lines else "no contracts"
        return SheetLabels(self.grid.name, bool(lines), kinds, dict(columns), found)


@dataclass(frozen=True)
class ContractGuesser:
    """Guesses which rows of a file are contracts, and what its columns hold."""

    known: KnownHeads = field(default_factory=dict)
    """Heads that were read before."""
    _seen: dict[int, _Seen] = field(default_factory=dict, repr=False, compare=False)
    """What was found so far, by the identity of each sheet, which is kept with it."""

    def knowing(self, known: KnownHeads) -> "ContractGuesser":
        """The same with heads that were read before: what was found of a sheet is not looked for again."""
        return ContractGuesser(known, self._seen)

    def guess(self, book: OpenedBook) -> TableLabels:
        """The labels of every sheet, the hidden ones last."""
        seen = [self.sheet(grid) for grid in book.sheets]
        hidden = [self.sheet(grid) for grid in book.hidden]
        told = [replace(one, is_read=False, found=f"{one.found}, hidden in the file") for one in hidden]
        return TableLabels((*seen, *told))

    def sheet(self, grid: Grid) -> SheetLabels:
        """What a sheet seems to hold by itself."""
        known = find_known(grid, self.known)
        seen = self._of(grid)
        return seen.unknown if known is None else seen.labelled(known.rows, known.columns)

    def _of(self, grid: Grid) -> _Seen:
        return self._seen.setdefault(id(grid), _Seen(grid))

    def next_head(self, grid: Grid) -> int | None:
        """The first row below the contracts that is the head of another table of them; None where there is none."""
        labels = self.sheet(grid)
        lines = labels.rows_of(RowKind.LINE)
        others = ((number, uses) for number, uses in self._of(grid).heads.items() if lines and number > lines[0])
        return next((number for number, uses in others if _stands_otherwise(uses, labels.columns)), None)

    def settle(self, book: OpenedBook, labels: TableLabels) -> TableLabels:
        """The labels with what follows from those that a person set: under a new head stand lines."""
        grids = book.by_name
        return TableLabels(tuple(self._settled(grids[one.name], one) for one in labels))

    def _settled(self, grid: Grid, labels: SheetLabels) -> SheetLabels:
        head = labels.rows_of(RowKind.HEAD)
        columns = labels.columns or _columns(grid, head)
        if not head or not columns:
            return labels
        made = self._of(grid).labelled(head, columns)
        settled = replace(labels, columns=columns, rows={**made.rows, **labels.rows})
        is_new = labels.found == NO_TABLE
        return replace(settled, is_read=made.is_read, found=made.found) if is_new else settled


def _uses_in(row: GridRow) -> dict[int, str]:
    """What the texts of a row would head, by column; none of a row with numbers or days."""
    values = [cell.value for cell in row.cells.values()]
    if any(value is not None and (not isinstance(value, str) or _FIGURE.fullmatch(value)) for value in values):
        return {}
    return {column: use for column, text in texts_of(row).items() if (use := contract_use_of(text))}


def _stands_otherwise(uses: Mapping[int, str], columns: Mapping[int, str]) -> bool:
    """Whether a head is that of a table whose columns stand otherwise."""
    return any(columns.get(column) != use for column, use in uses.items())


def _is_head(uses: Mapping[int, str]) -> bool:
    return len(set(uses.values())) >= _LEAST_HEADINGS and bool(_NAMING & set(uses.values()))


def _lowest_head(grid: Grid, head: GridRow) -> GridRow:
    """The row under a head that parts its headings, “Term” into “From” and “To”; the head itself where none does."""
    below = next((row for row in grid.rows if row.number == head.number + 1), None)
    if below is None or any(not isinstance(cell.value, str | None) for cell in below.cells.values()):
        return head
    texts = texts_of(below).values()
    uses = {use for text in texts if (use := contract_use_of(text))}
    return below if len(uses) >= _LEAST_PARTS and 2 * len(uses) > len(texts) else head


def _columns(grid: Grid, head: Sequence[int]) -> dict[int, str]:
    """The use of each column, as its headings and those of the others say it."""
    found: dict[int, str] = {}
    for column, texts in headings_of(grid, head).items():
        joined = use_beside_others(" ".join(texts))
        found[column] = joined or next((use for text in reversed(texts) if (use := use_beside_others(text))), "")
    return told_apart(found)


def _is_total(row: GridRow) -> bool:
    texts = (text for cell in row.cells.values() if (text := text_or_nothing(cell)))
    return names_total(next(texts, ""))


def _is_contract(row: GridRow, columns: Sequence[tuple[int, str]]) -> bool:
    if not any(is_filled(row.cell(column)) for column, key in columns if key in _NAMING):
        return False
    filled = (key for column, key in columns if is_filled(row.cell(column)))
    first = next(filled)
    return any(key != first for key in filled)
