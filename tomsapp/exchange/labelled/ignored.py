"""Columns with numbers that nobody reads: said, so that no share and no second year is passed over in silence."""

import re
from collections.abc import Iterator

from tomsapp.domain.wording import plural
from tomsapp.exchange.grid import GridCell, text_or_nothing
from tomsapp.exchange.labelled.heads import headings_of, is_number
from tomsapp.exchange.labelled.labels import LEAVE, LeftOut, LeftOutKind, RowKind
from tomsapp.exchange.labelled.read import ReadSheet
from tomsapp.exchange.labelled.rivals import rivals_of
from tomsapp.exchange.labelled.row_sorts import is_filled
from tomsapp.exchange.workbook_layout import column_letter
from tomsapp.exchange.year_words import tidy

_MOST_SHOWN = 3
_YEARS = re.compile(r"\b(?:years?|from|to|until|start|end)\b")
"""Headings that may say in which years a number for each year counts: it is for a person to decide."""
_KNOWN = re.compile(
    r"(?:(?:sub|grand) ?)?totals?(?: .*)?|sum|nos?|number|row|line(?: in the contract)?|item|theme"
    r"|(?:other )?factors?|units counted.*"
)
"""Headings over numbers that are nobody's promise: they add up, count rows, or are worked out."""


def ignored_columns(sheet: ReadSheet) -> Iterator[LeftOut]:
    """The columns of a sheet without a use in which lines hold numbers or per cent."""
    headings = headings_of(sheet.grid, sheet.labels.rows_of(RowKind.HEAD))
    rivals = {column for columns in rivals_of(sheet).values() for column in columns}
    lines = [row for row in sheet.grid.rows if sheet.labels.kind_of(row.number) is RowKind.LINE]
    columns = sorted({column for row in lines for column in row.cells} - set(sheet.labels.columns) - rivals)
    for column in columns:
        heading = " ".join(headings.get(column, ()))
        says_years = sheet.is_each and _YEARS.search(tidy(heading)) is not None
        cells = [row.cell(column) for row in lines]
        numbers = [cell for cell in cells if _looks_a_number(cell) or (says_years and is_filled(cell))]
        if not numbers or _KNOWN.fullmatch(tidy(heading)):
            continue
        yield _told(sheet, column, heading, numbers, says_years=says_years)


def _told(sheet: ReadSheet, column: int, heading: str, numbers: list[GridCell], *, says_years: bool) -> LeftOut:
    shown = ", ".join(cell.text or text_or_nothing(cell) for cell in numbers[:_MOST_SHOWN])
    more = "…" if len(numbers) > _MOST_SHOWN else ""
    under = f"“{heading}”" if heading else "No heading"
    where = f"{under}, {plural(len(numbers), 'cell' if says_years else 'number')}: {shown}{more}"
    letter = column_letter(column)
    key = f"{LeftOutKind.COLUMN_IGNORED.value}:{sheet.name}!{letter}"
    title = f"Column {letter} is not read"
    how = (
        "The numbers count in every year: correct those that do not" if says_years else "To read it, point at its label"
    )
    detail = f"{where}. {how}"
    kind = LeftOutKind.COLUMN_IGNORED
    guess = "" if says_years else LEAVE.key
    return LeftOut(key, kind, title, detail, (LEAVE,), sheet.name, column=column, guess=guess)


def _looks_a_number(cell: GridCell) -> bool:
    if isinstance(cell.value, str):
        text = cell.value.strip().rstrip("%").lstrip("£")
        return text[:1].isdigit() and not any(letter.isalpha() for letter in text)
    return is_number(cell)
