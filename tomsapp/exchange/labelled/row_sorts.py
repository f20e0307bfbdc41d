"""What the rows under a head are: lines, totals, heads again, headings of groups, lines without a code, words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from tomsapp.domain.alike import alike
from tomsapp.domain.typed import is_blank
from tomsapp.exchange.grid import GridCell, GridRow, text_or_nothing
from tomsapp.exchange.labelled.codes import CodeBook, FoundCode
from tomsapp.exchange.labelled.heads import HeadAgain, is_number, texts_of
from tomsapp.exchange.labelled.uses import (
    CODE,
    EACH,
    RATE,
    ROW_YEAR,
    TITLE,
    UNIT_VALUE,
    VALUE,
    WHOLE,
    is_code_heading,
    is_quantity,
    year_of,
)
from tomsapp.exchange.stated import names_total, names_total_alone


class RowSort(Enum):
    """What a row under the head is."""

    LINE = "line"
    TOTAL = "total"
    NO_CODE = "no_code"
    """It promises something and names no measure."""
    HEAD_AGAIN = "head_again"
    WORDS = "words"
    """The heading of a group, or a note."""
    OTHER_TABLE = "other_table"
    """It belongs to another table below this one, which has a head of its own."""


@dataclass(frozen=True, slots=True)
class SortedRow:
    """A row under the head with what it is, and the measure that it names."""

    row: GridRow
    sort: RowSort
    code: FoundCode | None = None
    promises: bool = False
    """Whether a quantity stands in it."""


_MAY_NAME_TOTAL = frozenset({TITLE.key, VALUE.key, ROW_YEAR.key})
_FIGURES = frozenset({EACH.key, WHOLE.key, VALUE.key, UNIT_VALUE.key})


def quantity_columns(columns: Mapping[int, str]) -> list[int]:
    """The columns that hold quantities, from left to right."""
    return sorted(column for column, key in columns.items() if is_quantity(key) or key == RATE.key)


def is_filled(cell: GridCell) -> bool:
    """Whether a cell says something: a dash and "nil" say nothing."""
    if isinstance(cell.value, int | date | Decimal):
        return not cell.lacks_result
    text = text_or_nothing(cell)
    return bool(text) and not is_blank(text)


class RowSorter:
    """Tells the rows of one sheet apart, from its columns and its head."""

    def __init__(
        self,
        columns: Mapping[int, str],
        lowest_head: Mapping[int, str],
        codes: CodeBook,
        use_of: Callable[[str], str],
    ) -> None:
        self._columns = columns
        self._use_of = use_of
        self._other: dict[int, str] | None = None
        self._lowest = lowest_head
        self._again = HeadAgain(lowest_head)
        self._codes = codes
        self._code = next((column for column, key in columns.items() if key == CODE.key), None)
        self._quantities = quantity_columns(columns)
        self._titles = [column for column, key in columns.items() if key == TITLE.key]
        self._row_years = [column for column, key in columns.items() if key == ROW_YEAR.key]
        self._values = [column for column, key in columns.items() if key == VALUE.key]
        self._above: FoundCode | None = None

    def sort(self, row: GridRow) -> SortedRow:
        """What a row is; rows are asked for from top to bottom, since a merged code belongs to the rows under it."""
        found = self._code_in(row)
        if found is None and self._begins_table(row):
            return SortedRow(row, RowSort.HEAD_AGAIN if self._other is None else RowSort.OTHER_TABLE)
        if self._other is not None:
            return SortedRow(row, RowSort.OTHER_TABLE, promises=self._promises_elsewhere(row, self._other))
        promises = any(is_filled(row.cell(column)) for column in self._quantities)
        if found is not None:
            self._above = found
            if self._adds_up(row, found):
                return SortedRow(row, RowSort.TOTAL)
            return SortedRow(row, RowSort.LINE, found, promises)
        if self._is_total(row, promises=promises):
            return SortedRow(row, RowSort.TOTAL)
        return self._without_code(row, promises=promises)

    def _adds_up(self, row: GridRow, found: FoundCode) -> bool:
        """Whether a row that names a measure is the total of its lines: "S08 total", or S08 with the title "Subtotal".

        A title of the menu that has the word in it is none.
        """
        texts = [text_or_nothing(row.cell(self._code))] if found.words else []
        texts += [text_or_nothing(row.cell(column)) for column in (*self._titles, *self._row_years)]
        return any(names_total_alone(_without(text, found.code)) for text in texts)

    def _begins_table(self, row: GridRow) -> bool:
        """Whether a row is a head: this table's own again, or that of another one, to which the rows below belong."""
        if self._again.is_one(row):
            self._other = None
            return True
        words = {column: text for column, text in texts_of(row).items() if isinstance(row.cell(column).value, str)}
        uses = {column: use for column, text in words.items() if (use := self._use_of(text))}
        has_name = TITLE.key in uses.values() or any(map(is_code_heading, words.values()))
        has_figure = any(year_of(use) is not None or use in _FIGURES for use in uses.values())
        if self._lowest and has_name and has_figure:
            is_other = any(self._columns.get(column) != use for column, use in uses.items())
            self._other = uses if is_other else None
            return True
        return False

    def _promises_elsewhere(self, row: GridRow, columns: Mapping[int, str]) -> bool:
        """Whether a row of another table names a measure and has a quantity under its own head."""
        has_code = any(self._codes.find(text) for text in texts_of(row).values())
        return has_code and any(is_filled(row.cell(column)) for column in quantity_columns(columns))

    def _without_code(self, row: GridRow, *, promises: bool) -> SortedRow:
        """A row under the head that names no measure of the menu."""
        has_number = any(self._is_quantity(row.cell(column)) for column in self._quantities)
        if text_or_nothing(row.cell(self._code)):
            self._above = None
            return SortedRow(row, RowSort.LINE if has_number else RowSort.WORDS, None, promises)
        is_of_above = row.cell(self._code).is_merged or any(text_or_nothing(row.cell(one)) for one in self._row_years)
        if promises and self._above is not None and is_of_above:
            merged = "merged " if row.cell(self._code).is_merged else ""
            words = f"The {merged}code above it is read for this row: {self._above.code}"
            return SortedRow(row, RowSort.LINE, FoundCode(self._above.code, words), promises)
        is_offer = has_number or self._counts_something(row)
        return SortedRow(row, RowSort.NO_CODE if is_offer else RowSort.WORDS, None, promises)

    def _code_in(self, row: GridRow) -> FoundCode | None:
        return self._codes.find_in(row.cell(self._code))

    def _is_quantity(self, cell: GridCell) -> bool:
        text = text_or_nothing(cell)
        return is_number(cell) or (text[:1] in "£0123456789" and is_filled(cell))

    def _counts_something(self, row: GridRow) -> bool:
        """Whether its words begin with a number, as those of something that is offered do: "10 laptops"."""
        texts = [text_or_nothing(row.cell(column)) for column in self._titles or sorted(row.cells)]
        return any(text[:1].isdigit() and " " in text for text in texts[:1])

    def _is_total(self, row: GridRow, *, promises: bool) -> bool:
        code = text_or_nothing(row.cell(self._code))
        if code:
            return names_total(code)
        read = {column for column, key in self._columns.items() if key and key not in _MAY_NAME_TOTAL}
        if any(names_total(text_or_nothing(cell)) for column, cell in row.cells.items() if column not in read):
            return True
        has_value = any(is_number(row.cell(column)) and row.cell(column).value for column in self._values)
        has_words = any(text_or_nothing(row.cell(column)) for column in self._titles)
        return has_value and not promises and not has_words


def _without(text: str, code: str) -> str:
    """What a text says beside the code of a measure: "total" of "S08 - total" and of "Total for S08"."""
    words = [word.strip("-–:,") for word in text.split()]
    return " ".join(word for word in words if word and alike(word) not in {alike(code), "for", "of"})
