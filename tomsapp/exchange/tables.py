"""Tables of any page as CSV and XLSX: exact numbers, and text that never becomes a formula or a link."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from tomsapp.domain.signs import shown
from tomsapp.exchange.numbers import guarded, plain_number, plain_pounds

EXAMPLE_NOTE = "An example council. It is not real."
"""Stands over every table of the example."""


class ColumnKind(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    POUNDS = "pounds"
    QUANTITY = "quantity"
    PERCENT = "percent"
    """A share of 1: 0.25 is 25%."""
    DATE = "date"
    WHOLE = "whole"


Cell: TypeAlias = "str | Decimal | int | date | None"
"""None is an empty cell. A text may stand in any column, for example “Counted, not valued”."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its head and what its cells are."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a page or report shows it, without its looks; `notes` stand above its head, a line each."""

    title: str
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()


def write_csv(table: Table) -> bytes:
    """The table as CSV: UTF-8 with a byte order mark, lines end in CR LF, numbers plain, dates 2026-04-01.

    Notes stand above the head in lines of one cell, with an empty line after them.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([guarded(shown(note))] for note in table.notes)
    if table.notes:
        writer.writerow([])
    writer.writerow([guarded(shown(column.title)) for column in table.columns])
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        writer.writerow([csv_cell(cell, column.kind) for cell, column in cells])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def csv_cell(cell: Cell, kind: ColumnKind) -> str:
    """One cell as CSV writes it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(shown(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    number = Decimal(cell)
    return plain_pounds(number) if kind is ColumnKind.POUNDS else plain_number(number)
