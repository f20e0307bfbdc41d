"""Opens a workbook that a stranger sent: refuses what is hostile, damaged or not a workbook, and says what to do."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tomsapp.exchange.grid import CellError, CellValue, Grid, GridCell, GridRow
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, usable
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
    usable(check_size(data, file, MOST_BYTES))
    _check_signature(data, name)
    try:
        _check_parts(data, name)
        return _opened(data, name)
    except _DAMAGED as error:
        raise OfferUnreadable(f"{name} is damaged or incomplete", "Ask for the file again") from error


def _check_signature(data: bytes, name: str) -> None:
    if data.startswith(b"PK\x03\x04"):
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise OfferUnreadable(f"{name} is protected with a password", "Save it without a password to open")
        raise OfferUnreadable(f"{name} is in the old .xls format", _SAVE_AS)
    if not data:
        raise OfferUnreadable(f"{name} is empty", "Ask for the file again")
    raise OfferUnreadable(
        f"{name} is not a workbook, whatever its name says", f"If it is a CSV file, name it .csv. Else: {_SAVE_AS}"
    )


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
        if "xl/workbook.xml" not in names:
            raise OfferUnreadable(f"{name} is a package of another kind, not a workbook", _SAVE_AS)
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
    import openpyxl

    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    formulas = openpyxl.load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    sheets: list[Grid] = []
    hidden: list[Grid] = []
    for sheet in values.worksheets:
        if sheet.max_column > MOST_COLUMNS or sheet.max_row * sheet.max_column > MOST_CELLS:
            raise OfferUnreadable(
                f"{name}, sheet {sheet.title}: the last cell is in row {sheet.max_row:,}, column {sheet.max_column:,}",
                "Delete the rows and columns that are not needed, empty ones too",
            )
        grid = Grid(sheet.title, tuple(_rows(sheet, formulas[sheet.title])), _hidden_columns(sheet))
        (sheets if sheet.sheet_state == "visible" else hidden).append(grid)
    return OpenedBook(tuple(sheets), tuple(hidden))


def _hidden_columns(sheet: Any) -> frozenset[int]:
    """The hidden columns, 0 for A; neighbours share one entry of the file."""
    hidden = (held for held in sheet.column_dimensions.values() if held.hidden)
    return frozenset(
        column - 1 for held in hidden for column in range(held.min or 1, min(held.max or 0, MOST_COLUMNS) + 1)
    )


def _rows(values: Any, formulas: Any) -> Iterator[GridRow]:
    merged = {
        cell for part in values.merged_cells.ranges for row in part.rows for cell in row
    }  # fmt: skip
    for number, (row, formula_row) in enumerate(zip(values.iter_rows(), formulas.iter_rows(), strict=True), start=1):
        cells = {
            column: cell
            for column, (value, formula) in enumerate(zip(row, formula_row, strict=True))
            if (cell := _cell(value, formula, is_merged=(number, column + 1) in merged)) is not None
        }
        if cells:
            dimension = values.row_dimensions.get(number)
            yield GridRow(number, cells, is_hidden=bool(dimension is not None and dimension.hidden))


def _cell(value: Any, formula: Any, *, is_merged: bool) -> GridCell | None:
    """The cell with its value; None for an empty one."""
    lacks_result = formula.data_type == "f" and value.value is None
    content: CellValue = CellError(str(value.value)) if value.data_type == "e" else value.value
    if content is None and not lacks_result and not is_merged:
        return None
    return GridCell(content, lacks_result, is_merged, has_formula=formula.data_type == "f")
