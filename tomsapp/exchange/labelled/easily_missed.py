"""What is easily missed in any table, notes in cells and words below it, and the keys of choices about such things."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from tomsapp.domain.wording import listed, plural
from tomsapp.exchange.grid import Grid, GridRow, text_or_nothing
from tomsapp.exchange.labelled.labels import LEAVE, LeftOut, LeftOutKind, Option, RowKind, SheetLabels
from tomsapp.exchange.labelled.row_sorts import RowSort, SortedRow
from tomsapp.exchange.workbook_columns import column_letter

_MOST_QUOTED = 100
_EXAMPLE = re.compile(r"\W*(?:(?:for |worked |an )?examples?|e\.? ?g\b|samples?|illustrat(?:ion|ive))\b", re.IGNORECASE)


def notes_in(grid: Grid, lines: Collection[int], add: Option) -> Iterator[LeftOut]:
    """Each note in a cell of a sheet; one beside a line may be added to it."""
    for row in grid.rows:
        noted = [(column, cell) for column, cell in row.cells.items() if cell.note]
        for column, cell in sorted(noted):
            options, guess = ((add, LEAVE), add.key) if row.number in lines else ((LEAVE,), LEAVE.key)
            where = f"{column_letter(column)}{row.number}"
            key, title = note_key(grid.name, where), f"Cell {where} has a note"
            yield LeftOut(
                key, LeftOutKind.NOTE, title, quoted(cell.note), options, grid.name, row.number, column, guess
            )


def other_tables(rows: Sequence[SortedRow], labels: SheetLabels) -> Iterator[list[SortedRow]]:
    """The rows of each table that stands under the one that is read and promises something under its own head."""
    for is_other, run in groupby(rows, lambda one: one.sort is RowSort.OTHER_TABLE):
        found = [one for one in run if one.row.number not in labels.rows and words_in(one.row)]
        if is_other and any(one.promises for one in found):
            yield found


def other_table(sheet: str, rows: Sequence[SortedRow]) -> LeftOut:
    """Another table, as it is asked about: nobody says which of its columns mean what those of the first mean."""
    first, last = rows[0].row.number, rows[-1].row.number
    lines, held = sum(one.promises for one in rows), quoted(" ".join(words_in(one.row) for one in rows))
    title = f"Rows {first} to {last} are another table"
    detail = f"{plural(lines, 'line')}. To read it, put it on a sheet of its own: {held}"
    key, kind = row_key(LeftOutKind.BELOW_TABLE, sheet, first), LeftOutKind.BELOW_TABLE
    return LeftOut(key, kind, title, detail, (LEAVE,), sheet, first)


def names_example(text: str) -> bool:
    """Whether a text says that what stands with it is an example: "e.g.", "Example: 12 weeks", "Sample"."""
    return _EXAMPLE.match(text) is not None


def struck_in_part(row: GridRow, columns: Iterable[int]) -> str:
    """Which of some columns of a row are struck out, all or some of their words; empty where the whole row is, or none.

    "Columns B and D".
    """
    struck = [column for column in columns if row.cell(column).is_struck or row.cell(column).is_part_struck]
    letters = [column_letter(column) for column in sorted(struck)]
    if row.is_struck or not letters:
        return ""
    return f"Column{'s' if len(letters) > 1 else ''} {listed(letters)}"


def words_below(grid: Grid, labels: SheetLabels) -> Iterator[LeftOut]:
    """What is written under a table and is no line of it."""
    last = max((*labels.rows_of(RowKind.LINE), *labels.rows_of(RowKind.TOTAL)), default=None)
    if last is None:
        return
    below = [row for row in grid.rows if row.number > last and row.number not in labels.rows and words_in(row)]
    if not below:
        return
    first = below[0].number
    where = f"Rows {first} to {below[-1].number} stand" if len(below) > 1 else f"Row {first} stands"
    detail = quoted(" ".join(map(words_in, below)))
    key, kind = row_key(LeftOutKind.BELOW_TABLE, grid.name, first), LeftOutKind.BELOW_TABLE
    yield LeftOut(key, kind, f"{where} below the table", detail, (LEAVE,), grid.name, first, guess=LEAVE.key)


def words_in(row: GridRow, but: Collection[int] = ()) -> str:
    """What stands in a row, as one text; without some of its columns."""
    columns = (column for column in sorted(row.cells) if column not in but)
    return " ".join(text for column in columns if (text := text_or_nothing(row.cell(column), as_shown=True)))


def quoted(text: str) -> str:
    """A text in quotation marks, cut where it is long."""
    plain = " ".join(text.split())
    return f"“{plain[:_MOST_QUOTED]}{'…' if len(plain) > _MOST_QUOTED else ''}”"


def sheet_key(sheet: str) -> str:
    """What a choice about a whole sheet is kept by."""
    return f"sheet:{sheet}"


def column_key(sheet: str, column: int) -> str:
    """What a choice about a hidden column is kept by."""
    return f"{LeftOutKind.COLUMN_HIDDEN.value}:{sheet}!{column_letter(column)}"


def row_key(kind: LeftOutKind, sheet: str, row: int) -> str:
    """What a choice about a row is kept by."""
    return f"{kind.value}:{sheet}!{row}"


def note_key(sheet: str, where: str) -> str:
    """What a choice about a note is kept by."""
    return f"{LeftOutKind.NOTE.value}:{sheet}!{where}"
