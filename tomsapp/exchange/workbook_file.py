"""Opens a workbook that a stranger sent: refuses what is hostile, damaged or not a workbook, and says what to do."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from tomsapp.exchange.grid import Grid
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, refusal
from tomsapp.reading.kinds import FileKind, unexpected
from tomsapp.reading.source import check_size

MOST_ROWS = 5_000
MOST_COLUMNS = 200
MOST_CELLS = 300_000
MOST_UNPACKED = 60 * 1024 * 1024
_MOST_PARTS = 500
_MOST_MERGED = 100_000
_SAVE_AS = "Open it in a spreadsheet program and save it as Excel workbook (.xlsx)"
_MERGED = re.compile(rb"""mergeCell\s[^>]*?ref=["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_DAMAGED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the reading library raises on a file that breaks the format."""


@dataclass(frozen=True, slots=True)
class OpenedBook:
    """The sheets of a workbook; hidden ones stand in `hidden` by name."""

    sheets: tuple[Grid, ...]
    hidden: tuple[Grid, ...]

    def find(self, name: str) -> Grid | None:
        """The sheet with this name, hidden or not."""
        return next((grid for grid in (*self.sheets, *self.hidden) if grid.name == name), None)


def open_workbook(data: bytes, file: str) -> OpenedBook:
    """Every sheet with its values.

    Raises:
        OfferUnreadable: it is too large, encrypted, an .xls, a CSV, damaged, has macros, or holds too many rows.
    """
    name = file or "The workbook"
    wrong = check_size(data, file, MOST_BYTES) or unexpected(data, file, {FileKind.WORKBOOK}, "a workbook")
    if wrong is not None:
        raise refusal(wrong)
    try:
        _check_parts(data, name)
        return _opened(data, name)
    except _DAMAGED as error:
        raise OfferUnreadable(f"{name} is damaged or incomplete", "Ask for the file again") from error


def _check_parts(data: bytes, name: str) -> None:
    """Look into the package before the reading library does, so that nothing in it can grow."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise OfferUnreadable(
                f"{name} unpacks to more than {MOST_UNPACKED // 1024 // 1024} MB",
                "Delete rows, pictures and sheets that the offer does not need",
            )
        names = {part.filename for part in parts}
        if any(part.endswith("vbaProject.bin") for part in names):
            raise OfferUnreadable(f"{name} has macros", "Save it as a workbook without macros (.xlsx)")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _check_part(package.read(part), part.filename, name)


def _check_part(xml: bytes, part: str, name: str) -> None:
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise OfferUnreadable(f"{name} has parts that no spreadsheet program writes", _SAVE_AS)
    if not part.startswith("xl/worksheets/"):
        return
    rows = len(_ROW.findall(xml))
    if rows > MOST_ROWS:
        raise OfferUnreadable(
            f"{name} has a sheet of {rows:,} rows, and {MOST_ROWS:,} can be read",
            "Delete the rows that are not needed, empty ones under the table too",
        )
    merged = sum(_area(*match.groups()) for match in _MERGED.finditer(xml))
    if merged > _MOST_MERGED:
        raise OfferUnreadable(f"{name} has {merged:,} merged cells", "Split the merged cells")


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (abs(_column_number(right) - _column_number(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _opened(data: bytes, name: str) -> OpenedBook:
    # Its reading library takes long to load.
    from tomsapp.exchange.workbook_cells import read_sheets

    sheets: list[Grid] = []
    hidden: list[Grid] = []
    for sheet in read_sheets(data):
        last_row, last_column = sheet.last
        if last_column > MOST_COLUMNS or last_row * last_column > MOST_CELLS:
            raise OfferUnreadable(
                f"{name}, sheet {sheet.name}: the last cell is in row {last_row:,}, column {last_column:,}",
                "Delete the rows and columns that are not needed, empty ones too",
            )
        (sheets if sheet.is_visible else hidden).append(
            Grid(sheet.name, tuple(sheet.rows()), _hidden(sheet.hidden_columns))
        )
    return OpenedBook(tuple(sheets), tuple(hidden))


def _hidden(columns: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The hidden columns, 0 for A; neighbours share one entry of the file."""
    return frozenset(column - 1 for first, last in columns for column in range(first, min(last, MOST_COLUMNS) + 1))
