"""The rows of a CSV file, whoever wrote it."""

import csv
import io
from dataclasses import replace

from tomsapp.domain.problems import Problem
from tomsapp.domain.typed_numbers import Convention
from tomsapp.exchange.grid import Grid, GridCell, GridRow
from tomsapp.exchange.numbers import unguarded
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, usable
from tomsapp.exchange.workbook_file import MOST_ROWS
from tomsapp.reading.source import decode


def csv_grid(data: bytes, file: str) -> Grid:
    """The rows of a CSV file; apostrophes that guard a text are taken off."""
    name = file or "The file"
    decoded = decode(data, file, MOST_BYTES)
    if isinstance(decoded, Problem) and decoded.code == "wrong-encoding":
        decoded = replace(decoded, fix="Save it as “CSV UTF-8”")
    text = usable(decoded)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    rows: list[GridRow] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if number > MOST_ROWS:
                raise OfferUnreadable(f"{name} has more than {MOST_ROWS:,} rows", "Delete those that are not needed")
            filled = {column: GridCell(unguarded(cell)) for column, cell in enumerate(cells) if cell}
            rows.append(GridRow(number, filled, width=len(cells)))
    except csv.Error as error:
        raise OfferUnreadable(f"{name} is not complete CSV", "Save it again as “CSV UTF-8”") from error
    # Where a comma parts decimals, programs part cells by a semicolon: such a file may have either.
    usual = Convention.UNKNOWN if delimiter == ";" else Convention.POINT
    return Grid("", tuple(rows), usual=usual)
