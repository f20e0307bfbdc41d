"""Columns with numbers that nobody reads: said, so that no share and no second year is passed over in silence."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tomsapp.domain.wording import listed, plural
from tomsapp.exchange.grid import GridCell, GridRow, text_or_nothing
from tomsapp.exchange.labelled.heads import is_number
from tomsapp.exchange.labelled.labels import LEAVE, LeftOut, LeftOutKind
from tomsapp.exchange.labelled.read import ReadSheet
from tomsapp.exchange.labelled.rivals import rivals_of
from tomsapp.exchange.labelled.row_sorts import is_filled, quantity_columns
from tomsapp.exchange.workbook_columns import column_letter
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
    rivals = {column for columns in rivals_of(sheet).values() for column in columns}
    lines = sheet.line_rows
    columns = sorted({column for row in lines for column in row.cells} - set(sheet.labels.columns) - rivals)
    for column in columns:
        heading = " ".join(sheet.headings.get(column, ()))
        says_years = sheet.is_each and _YEARS.search(tidy(heading)) is not None
        cells = [row.cell(column) for row in lines]
        numbers = [cell for cell in cells if _looks_a_number(cell) or (says_years and is_filled(cell))]
        alone = [row.number for row in lines if _is_alone(sheet, row, column)]
        if not numbers or (_KNOWN.fullmatch(tidy(heading)) and not alone):
            continue
        told = _told(sheet, column, heading, numbers, says_years=says_years)
        yield told if not alone else replace(told, detail=f"{told.detail}. {_alone_in(alone)}", guess="")


def _is_alone(sheet: ReadSheet, row: GridRow, column: int) -> bool:
    """Whether a row has its only number in a column that may be a total, and so is promised nothing."""
    cell = row.cell(column)
    is_total = column == sheet.total_column and is_number(cell) and bool(cell.value)
    return is_total and not any(is_filled(row.cell(one)) for one in quantity_columns(sheet.labels.columns))


def _alone_in(rows: list[int]) -> str:
    if len(rows) == 1:
        return f"Row {rows[0]} has no other number"
    more = " and others" if len(rows) > _MOST_SHOWN else ""
    return f"Rows {listed([str(row) for row in rows[:_MOST_SHOWN]])}{more} have no other number"


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
