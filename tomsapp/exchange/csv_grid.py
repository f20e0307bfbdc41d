"""The rows of a CSV file, whoever wrote it."""

import csv
import io

from tomsapp.exchange.grid import Grid, GridCell, GridRow
from tomsapp.exchange.numbers import unguarded
from tomsapp.exchange.offer_file import OfferUnreadable, check_size
from tomsapp.exchange.workbook_file import MOST_ROWS


def csv_grid(data: bytes, file: str) -> Grid:
    """The rows of a CSV file; apostrophes that guard a text are taken off."""
    check_size(data, file)
    name = file or "The file"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OfferUnreadable(f"{name} is not in UTF-8", "Save it as “CSV UTF-8”") from error
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
    return Grid("", tuple(rows))
