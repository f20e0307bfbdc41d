"""What files, papers and printed words say, read as a person or another program reads them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook

from tests.totals.screen import pounds_in
from tomsapp.reports.attachments import read_attachments
from tomsapp.reports.render import printed_text

NOTHING = Decimal(0)


def number(cell: object) -> Decimal:
    """A number in a cell of a table; none is 0."""
    return Decimal(str(cell).replace(",", "")) if cell not in (None, "") else NOTHING


class Rows:
    """A table as rows of cells, whose head is the first row with what is asked for."""

    def __init__(self, rows: Iterable[Sequence[object]]) -> None:
        self.rows = [list(row) for row in rows]

    def column(self, head: str) -> list[object]:
        """The cells under a head."""
        start = next(place for place, row in enumerate(self.rows) if head in row)
        at = self.rows[start].index(head)
        return [row[at] for row in self.rows[start + 1 :] if len(row) > at]

    def sum(self, head: str) -> Decimal:
        """The numbers under a head, added up."""
        return sum(map(number, self.column(head)), NOTHING)

    def of(self, first: str, place: int = 1) -> Decimal:
        """The number in a column of the row that begins so."""
        return number(next(row for row in self.rows if row[0] == first)[place])


def csv_rows(data: bytes | Path) -> Rows:
    text = (data.read_bytes() if isinstance(data, Path) else data).decode("utf-8-sig")
    return Rows(csv.reader(io.StringIO(text)))


def book_rows(data: bytes | Path) -> dict[str, Rows]:
    """The sheets of a workbook as it was saved: of a formula the value that stands in it."""
    book = load_workbook(data if isinstance(data, Path) else io.BytesIO(data), data_only=True)
    return {sheet.title: Rows(sheet.iter_rows(values_only=True)) for sheet in book}


def exact_json(data: bytes) -> Any:
    return json.loads(data, parse_float=Decimal, parse_int=Decimal)


def words_in_pdf(data: bytes) -> str:
    """Every word that is printed in a PDF, each line end a space."""
    return re.sub(r"\s+", " ", printed_text(data))


def amounts_in_pdf(data: bytes) -> list[Decimal]:
    """Every amount that is printed in a PDF."""
    return pounds_in(words_in_pdf(data))


def amounts_after(words: str, *phrases: str) -> list[Decimal]:
    """The first amount after each phrase, where it is first said."""
    return [pounds_in(words.partition(phrase)[2])[0] for phrase in phrases]


def attached(data: bytes) -> dict[str, bytes]:
    return read_attachments(data)


def words_in_word(data: bytes) -> str:
    """Every paragraph and cell of a Word file."""
    read = Document(io.BytesIO(data))
    cells = (cell.text for table in read.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(each.text for each in read.paragraphs), *cells))
