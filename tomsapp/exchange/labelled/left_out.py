"""What of a file is easily missed: each thing with what it comes to, and a guess where the file gives a ground."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tomsapp.domain.commitment import WHOLE_AREA, Commitment
from tomsapp.domain.money import exact_difference, exact_sum
from tomsapp.domain.problems import has_errors
from tomsapp.domain.spreading import Spread
from tomsapp.domain.wording import format_pounds, format_quantity, listed, plural
from tomsapp.exchange.grid import GridRow, text_or_nothing
from tomsapp.exchange.labelled.easily_missed import (
    column_key,
    names_example,
    notes_in,
    other_table,
    other_tables,
    quoted,
    row_key,
    sheet_key,
    struck_in_part,
    words_below,
    words_in,
)
from tomsapp.exchange.labelled.guess import COPY_OF, SAME_COPY, copied_from
from tomsapp.exchange.labelled.ignored import ignored_columns
from tomsapp.exchange.labelled.labels import INSTEAD, LEAVE, READ, LeftOut, LeftOutKind, Option
from tomsapp.exchange.labelled.read import RawLine, ReadSheet
from tomsapp.exchange.labelled.rivals import rival_columns
from tomsapp.exchange.labelled.row_sorts import is_filled
from tomsapp.exchange.labelled.uses import (
    CODE,
    COST,
    EACH,
    FOR_ALL_YEARS,
    PLACE,
    RATE,
    RATE_PER,
    ROW_QUANTITY,
    ROW_YEAR,
    SHARE,
    STATEMENT,
    TITLE,
    VALUE,
    WHOLE,
    is_compared,
    year_of,
)
from tomsapp.exchange.stated import stated_in
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.exchange.year_words import names_version

ADD = Option("add", "Add to statement")
CHOOSE = Option("measure:", "Choose measure")
"""The code of the measure that was chosen follows its key in the choices: "measure:S08"."""

WHOLE_KEY = LeftOutKind.WHOLE_CONTRACT.value
"""What the choice how one number is put to the years is kept by."""

_FOR_LINE = {EACH.key, WHOLE.key, ROW_YEAR.key, ROW_QUANTITY.key}
_FACTS = {SHARE.key, PLACE.key, STATEMENT.key, COST.key, RATE.key, RATE_PER.key, *_FOR_LINE}

Worth = Callable[[Commitment], Decimal]
"""What a commitment comes to, in pounds."""


@dataclass(frozen=True)
class LeftOutFinder:
    """Finds what is easily missed in sheets whose lines were read whole."""

    sheets: Sequence[ReadSheet]
    lines: Mapping[str, Sequence[RawLine]]
    worth: Worth

    def find(self) -> tuple[LeftOut, ...]:
        """All of it, sheet by sheet; of a sheet that is not read only that it is not."""
        of_sheets = (one for sheet in self.sheets for one in self._of_sheet(sheet))
        return (*self._whole(), *of_sheets)

    def _of_sheet(self, sheet: ReadSheet) -> Iterator[LeftOut]:
        lines = self.lines[sheet.name]
        aside = self._sheet_aside(sheet, lines)
        if aside is not None:
            yield aside
        if not sheet.labels.is_read:
            return
        yield from self._hidden_columns(sheet, lines)
        for line in lines:
            yield from self._of_line(sheet, line, lines)
        yield from notes_in(sheet.grid, {line.row.number for line in lines if line.has_code}, ADD)
        named = {line.row.number for line in lines if not line.has_code}
        for rows in other_tables(sheet.sorted_rows, sheet.labels):
            yield other_table(sheet.name, rows)
            named |= {one.row.number for one in rows}
        without = replace(sheet.grid, rows=tuple(row for row in sheet.grid.rows if row.number not in named))
        yield from words_below(without, sheet.labels)
        yield from rival_columns(sheet)
        yield from ignored_columns(sheet)

    def _sheet_aside(self, sheet: ReadSheet, lines: Sequence[RawLine]) -> LeftOut | None:
        """A hidden sheet with lines, or a second copy."""
        is_copy, is_example = sheet.labels.found.startswith(COPY_OF), names_example(sheet.name)
        if not lines or not (is_copy or is_example or sheet.grid.is_hidden):
            return None
        guess = READ.key if sheet.labels.is_read else LEAVE.key if is_copy or is_example else ""
        options: tuple[Option, ...] = (READ, LEAVE)
        said = f"{plural(len(lines), 'line')}, {self._pounds(lines)}"
        if is_copy:
            title, kind = f"Sheet {sheet.name} is a second copy", LeftOutKind.SECOND_COPY
            said = f"{sheet.labels.found[:1].upper()}{sheet.labels.found[1:]}. {said}"
            first, how = copied_from(sheet.labels)
            is_other = how != SAME_COPY
            options = (LEAVE, Option(INSTEAD, f"Read it instead of {first}"), Option(READ.key, "Read both"))
            guess = "" if is_other and guess == LEAVE.key and names_version(sheet.name, first) else guess
        elif is_example:
            title, kind = f"Sheet {sheet.name} is called an example", LeftOutKind.EXAMPLE
        else:
            title, kind = f"Sheet {sheet.name} is hidden", LeftOutKind.SHEET_HIDDEN
        return LeftOut(sheet_key(sheet.name), kind, title, said, options, sheet.name, guess=guess)

    def _pounds(self, lines: Iterable[RawLine]) -> str:
        return format_pounds(exact_sum(self.worth(line.commitment) for line in lines))

    def _whole(self) -> Iterator[LeftOut]:
        """How one number for the whole contract is put to its years: asked once for all sheets."""
        sheets = [one for one in self.sheets if one.labels.is_read and self._whole_lines(one)]
        if not sheets:
            return
        first = sheets[0]
        column = first.labels.column_of(WHOLE.key)
        options = tuple(Option(how.value, how.words) for how in Spread)
        lines = sum(map(self._whole_lines, sheets))
        title = f"Column {column_letter(column or 0)} has one number for the whole contract"
        of_sheets = f" of {listed([one.name for one in sheets])}" if len(sheets) > 1 else ""
        detail = f"In {plural(lines, 'line')}{of_sheets}. The contract has {plural(len(first.years), 'year')}"
        guess = Spread.FIRST.value if len(first.years) == 1 else ""
        yield LeftOut(
            WHOLE_KEY, LeftOutKind.WHOLE_CONTRACT, title, detail, options, first.name, column=column, guess=guess
        )

    def _whole_lines(self, sheet: ReadSheet) -> int:
        """How many lines of a sheet have one number for the whole contract."""
        return sum(line.is_whole and not _is_nought(line) for line in self.lines[sheet.name])

    def _hidden_columns(self, sheet: ReadSheet, lines: Sequence[RawLine]) -> Iterator[LeftOut]:
        for column in sorted(sheet.grid.hidden_columns):
            key = sheet.labels.columns.get(column, "")
            year = year_of(key)
            if year is None and key not in _FACTS:
                continue
            filled = [line for line in lines if is_filled(line.row.cell(column)) and not line.row.is_struck]
            if not filled:
                continue
            without = [(line, without_column(line, line.commitment, key)) for line in filled]
            amounts = (exact_difference(self.worth(line.commitment), self.worth(less)) for line, less in without)
            held = sheet.years[year].label if year is not None and year < len(sheet.years) else self._label(key)
            counted, ground = self._counts_column(without)
            detail = f"{held} in {plural(len(filled), 'line')}, {format_pounds(exact_sum(amounts))}{ground}"
            title = f"Column {column_letter(column)} is hidden"
            yield LeftOut(
                column_key(sheet.name, column),
                LeftOutKind.COLUMN_HIDDEN,
                title,
                detail,
                (READ, LEAVE),
                sheet.name,
                column=column,
                guess=counted,
            )

    def _label(self, key: str) -> str:
        return next((use.label for use in (SHARE, PLACE, STATEMENT, COST, RATE, RATE_PER) if use.key == key), "Numbers")

    def _counts_column(self, lines: Iterable[tuple[RawLine, Commitment]]) -> tuple[str, str]:
        """Whether the file's own values of the lines count a column, and the words that say so."""
        known = [(line, less) for line, less in lines if line.stated.value is not None]
        if not known:
            return "", ""
        with_it = sum(abs(self._off(line, line.commitment)) for line, _ in known)
        without = sum(abs(self._off(line, less)) for line, less in known)
        if with_it == without:
            return "", ""
        is_counted = with_it < without
        return (
            READ.key if is_counted else LEAVE.key,
            f". Their own values {'count' if is_counted else 'do not count'} it",
        )

    def _off(self, line: RawLine, commitment: Commitment) -> Decimal:
        return exact_difference(self.worth(commitment), line.stated.value or Decimal(0))

    def _of_line(self, sheet: ReadSheet, line: RawLine, lines: Sequence[RawLine]) -> Iterator[LeftOut]:
        number = line.row.number
        if not line.has_code:
            below = "Below the total: " if line.is_below else ""
            detail = f"{below}{quoted(line.commitment.statement or words_in(line.row))}"
            yield self._row(line, LeftOutKind.NO_KEY, f"Row {number} has no code", detail, (CHOOSE, LEAVE))
            return
        struck = struck_in_part(line.row, (at for at, key in sheet.labels.columns.items() if not is_compared(key)))
        is_example = self._is_example(sheet, line.row)
        if not (line.row.is_struck or struck or line.row.is_hidden or line.is_below or is_example):
            return
        counted, ground = counts_row(sheet, line, lines)
        said = f"{self._said(line)}{ground}"
        if line.row.is_struck:
            title = f"Row {number} is struck out"
            yield self._row(line, LeftOutKind.STRUCK_OUT, title, said, (READ, LEAVE), LEAVE.key)
        if struck:
            title = f"Row {number} is struck out in part"
            yield self._row(line, LeftOutKind.STRUCK_OUT, title, f"{struck}: {said}", (READ, LEAVE))
        if line.row.is_hidden:
            title = f"Row {number} is hidden{' by a filter' if sheet.grid.filtered else ''}"
            yield self._row(line, LeftOutKind.ROW_HIDDEN, title, said, (READ, LEAVE), counted)
        if line.is_below:
            title = f"Row {number} stands below the total"
            yield self._row(line, LeftOutKind.BELOW_TABLE, title, self._said(line), (READ, LEAVE))
        if is_example:
            title = f"Row {number} is called an example"
            yield self._row(line, LeftOutKind.EXAMPLE, title, said, (READ, LEAVE), LEAVE.key)

    def _is_example(self, sheet: ReadSheet, row: GridRow) -> bool:
        """Whether a row is called an example, where its words are no statement of how something is done."""
        named = {column for column in row.cells if sheet.labels.columns.get(column, "") in {"", CODE.key, TITLE.key}}
        return any(names_example(text_or_nothing(row.cell(column))) for column in named)

    def _row(
        self, line: RawLine, kind: LeftOutKind, title: str, detail: str, options: tuple[Option, ...], guess: str = ""
    ) -> LeftOut:
        key = row_key(kind, line.sheet.name, line.row.number)
        return LeftOut(key, kind, title, detail, options, line.sheet.name, line.row.number, guess=guess)

    def _said(self, line: RawLine) -> str:
        """“V06, 24, 24 and 24, £1,310.40”."""
        given = [format_quantity(number) for number in line.commitment.quantities if number is not None]
        amounts = f"{given[0]} a year" if len(set(given)) == 1 and len(given) > 1 else ", ".join(given)
        parts = (line.commitment.measure, amounts, format_pounds(self.worth(line.commitment)))
        return ", ".join(part for part in parts if part)


def _is_nought(line: RawLine) -> bool:
    """Whether a line promises nothing: its number is 0, and was read."""
    return line.commitment.quantity_in(0) == 0 and not has_errors(line.problems)


def counts_row(sheet: ReadSheet, line: RawLine, lines: Sequence[RawLine]) -> tuple[str, str]:
    """Whether the total of a sheet counts a row, as the file's own values of all rows show, and the words for it."""
    shown = own_total(sheet)
    stated = [one.stated.value for one in lines if one.stated.value is not None and not one.is_below]
    if shown is None or line.stated.value is None or line.is_below:
        return "", ""
    off = exact_difference(exact_sum(stated), shown)
    is_counted = abs(off) <= abs(exact_difference(off, line.stated.value))
    words = f". Their own total {'counts' if is_counted else 'does not count'} it"
    return READ.key if is_counted else LEAVE.key, words


def own_total(sheet: ReadSheet) -> Decimal | None:
    """The social value that the last total of a sheet shows; None where it shows none."""
    column, last = sheet.labels.column_of(VALUE.key), sheet.last_total
    row = next((row for row in sheet.grid.rows if row.number == last), None)
    return stated_in(row.cell(column)).value if row is not None and column is not None else None


def without_column(line: RawLine, commitment: Commitment, key: str) -> Commitment:
    """The commitment of a line as it would be without one column of its sheet."""
    year = year_of(key)
    if key in FOR_ALL_YEARS and not (line.is_whole or line.is_each):
        return commitment
    if key in _FOR_LINE:
        return replace(commitment, quantities=(None,) * len(commitment.quantities))
    if year is not None:
        kept = (None if index == year else one for index, one in enumerate(commitment.quantities))
        return replace(commitment, quantities=tuple(kept))
    if key in {RATE.key, RATE_PER.key}:
        return replace(commitment, rate=None)
    usual = {
        SHARE.key: {"contract_share": Decimal(1)},
        PLACE.key: {"place": WHOLE_AREA},
        STATEMENT.key: {"statement": ""},
        COST.key: {"cost": None},
    }
    return replace(commitment, **usual[key])  # type: ignore[arg-type]
