"""What each sheet of a council's register of contracts seems to hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tomsapp.domain.wording import plural
from tomsapp.exchange.grid import Grid, GridRow, text_or_nothing
from tomsapp.exchange.labelled.contract_uses import contract_use_of, told_apart, use_beside_others
from tomsapp.exchange.labelled.guess import NO_TABLE
from tomsapp.exchange.labelled.heads import LAST_HEAD_ROW, find_head, headings_of, is_head_again, texts_of
from tomsapp.exchange.labelled.known import KnownHeads, find_known
from tomsapp.exchange.labelled.labels import RowKind, SheetLabels, TableLabels
from tomsapp.exchange.labelled.row_sorts import is_filled
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.stated import names_total

_LEAST_HEADINGS = 3
_LEAST_PARTS = 2
_LEAST_FILLED = 2
_NAMING = frozenset({"reference", "title"})


@dataclass(frozen=True)
class ContractGuesser:
    """Guesses which rows of a file are contracts, and what its columns hold."""

    known: KnownHeads = field(default_factory=dict)
    """Heads that were read before."""

    def guess(self, book: OpenedBook) -> TableLabels:
        """The labels of every sheet, the hidden ones last."""
        seen = [self._sheet(grid) for grid in book.sheets]
        hidden = [self._sheet(grid) for grid in book.hidden]
        told = [replace(one, is_read=False, found=f"{one.found}, hidden in the file") for one in hidden]
        return TableLabels((*seen, *told))

    def sheet(self, grid: Grid) -> SheetLabels:
        """What a sheet seems to hold by itself."""
        return self._sheet(grid)

    def next_head(self, grid: Grid) -> int | None:
        """The first row below the contracts that is the head of another table of them; None where there is none."""
        labels = self._sheet(grid)
        lines = labels.rows_of(RowKind.LINE)
        below = (row for row in grid.rows if lines and row.number > lines[0])
        return next((row.number for row in below if _is_head_of_another(row, labels.columns)), None)

    def settle(self, book: OpenedBook, labels: TableLabels) -> TableLabels:
        """The labels with what follows from those that a person set: under a new head stand lines."""
        grids = book.by_name
        return TableLabels(tuple(self._settled(grids[one.name], one) for one in labels))

    def _settled(self, grid: Grid, labels: SheetLabels) -> SheetLabels:
        head = labels.rows_of(RowKind.HEAD)
        columns = labels.columns or _columns(grid, head)
        if not head or not columns:
            return labels
        made = _labelled(grid, head, columns)
        settled = replace(labels, columns=columns, rows={**made.rows, **labels.rows})
        is_new = labels.found == NO_TABLE
        return replace(settled, is_read=made.is_read, found=made.found) if is_new else settled

    def _sheet(self, grid: Grid) -> SheetLabels:
        known = find_known(grid, self.known)
        if known is not None:
            return _labelled(grid, known.rows, known.columns)
        for row in grid.rows:
            if row.number > LAST_HEAD_ROW:
                break
            uses = {use for cell in row.cells.values() if (use := contract_use_of(text_or_nothing(cell)))}
            if len(uses) >= _LEAST_HEADINGS and uses & _NAMING:
                lowest = _lowest_head(grid, row)
                head = find_head(grid, lowest.number + 1, lambda text: bool(contract_use_of(text)))
                return _labelled(grid, head, _columns(grid, head))
        return SheetLabels(grid.name, found=NO_TABLE)


def _uses_in(row: GridRow) -> dict[int, str]:
    """What the texts of a row would head, by column; none of a row with numbers or days."""
    if any(not isinstance(cell.value, str | None) for cell in row.cells.values()):
        return {}
    return {column: use for column, text in texts_of(row).items() if (use := contract_use_of(text))}


def _is_head_of_another(row: GridRow, columns: Mapping[int, str]) -> bool:
    """Whether a row is the head of a table whose columns stand otherwise."""
    uses = _uses_in(row)
    return _is_head(uses) and any(columns.get(column) != use for column, use in uses.items())


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


def _labelled(grid: Grid, head: Sequence[int], columns: Mapping[int, str]) -> SheetLabels:
    headings = headings_of(grid, head)
    lowest = {column: texts[-1] for column, texts in headings.items()}
    kinds = dict.fromkeys(head, RowKind.HEAD)
    lines: list[int] = []
    for row in grid.rows:
        if row.number <= head[-1] or is_head_again(row, lowest) or _is_head(_uses_in(row)):
            continue
        if _is_total(row):
            kinds[row.number] = RowKind.TOTAL
        elif _is_contract(row, columns):
            kinds[row.number] = RowKind.LINE
            lines.append(row.number)
    where = f"rows {lines[0]} to {lines[-1]}" if len(lines) > 1 else f"row {lines[0]}" if lines else ""
    found = f"{plural(len(lines), 'contract')}, {where}" if lines else "no contracts"
    return SheetLabels(grid.name, bool(lines), kinds, dict(sorted(columns.items())), found)


def _is_total(row: GridRow) -> bool:
    filled = [text for cell in row.cells.values() if (text := text_or_nothing(cell))]
    return any(map(names_total, filled[:1]))


def _is_contract(row: GridRow, columns: Mapping[int, str]) -> bool:
    filled = {key for column, key in columns.items() if is_filled(row.cell(column))}
    return len(filled) >= _LEAST_FILLED and bool(filled & _NAMING)
