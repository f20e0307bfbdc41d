"""Reads the cells of a workbook in one pass: values, formulas, merged and hidden ones, and nothing that no offer needs.

openpyxl keeps either what a formula is or what it came to, and makes objects of pictures, rules and comments. Here its
reader of cells is asked once, and told of each cell whether a formula stands in it.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import IO, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import COL_TAG, FORMULA_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from tomsapp.exchange.grid import CellError, CellValue, GridCell, GridRow

_QUOTED = re.compile(r'"[^"]*"|\\.')
_NO = frozenset({"", "0", "f", "false"})
Spot = tuple[int, int]
"""Row and column of a cell, from 1."""


@dataclass(slots=True)
class SheetCells:
    """What stands in a sheet, as the file has it."""

    name: str
    is_visible: bool
    cells: dict[Spot, GridCell] = field(default_factory=dict)
    merged: dict[Spot, bool] = field(default_factory=dict)
    """Cells that are merged with others; whether it is the first, which shows the value of all."""
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)

    @property
    def last(self) -> Spot:
        """The last row and the last column that hold anything."""
        spots = (*self.cells, *self.merged)
        return max((row for row, _ in spots), default=1), max((column for _, column in spots), default=1)

    def rows(self) -> Iterator[GridRow]:
        """The rows that are not empty, top to bottom."""
        rows: dict[int, dict[int, GridCell]] = {}
        for row, column in sorted({*self.cells, *self.merged}):
            cell = self._cell(row, column)
            if cell.value is not None or cell.lacks_result or cell.is_merged:
                rows.setdefault(row, {})[column - 1] = cell
        for number, cells in rows.items():
            yield GridRow(number, cells, is_hidden=number in self.hidden_rows)

    def _cell(self, row: int, column: int) -> GridCell:
        found, is_first = self.cells.get((row, column)), self.merged.get((row, column))
        if is_first is None:
            return found or GridCell(None)
        if found is None or not is_first:
            return GridCell(None, is_merged=True)
        return replace(found, is_merged=True)


def read_sheets(data: bytes) -> list[SheetCells]:
    """Every sheet of cells, in the workbook's order."""
    reader = _Reader(io.BytesIO(data), data_only=True, keep_links=False)
    reader.read()
    return reader.sheets


class _Reader(ExcelReader):  # type: ignore[misc]
    """Reads texts, styles and the list of sheets as openpyxl does, and of the sheets the cells alone."""

    def __init__(self, file: IO[bytes], **options: bool) -> None:
        super().__init__(file, **options)
        self.sheets: list[SheetCells] = []

    def read_worksheets(self) -> None:
        """Read the cells of each sheet; a sheet that is a chart has none."""
        for sheet, part in self.parser.find_sheets():
            if part.target in self.valid_files and "chartsheet" not in part.Type:
                # The book gives each sheet a name of its own, and finds the names that belong to it.
                found = SheetCells(self.wb.create_sheet(sheet.name).title, sheet.state == "visible")
                with self.archive.open(part.target) as source:
                    _read_sheet(_Parser(source, self.shared_strings, self.wb), found)
                self.sheets.append(found)


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Gives the value of each cell, and whether a formula stands in it."""

    def __init__(self, source: IO[bytes], texts: Any, book: Any) -> None:
        dates = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}  # noqa: SLF001
        super().__init__(source, texts, data_only=True, epoch=book.epoch, **dates)
        self._percents = _percent_styles(book)

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """The cell with its value."""
        cell: dict[str, Any] = super().parse_cell(element)
        cell["has_formula"] = element.find(FORMULA_TAG) is not None
        cell["is_percent"] = cell["style_id"] in self._percents
        return cell


def _percent_styles(book: Any) -> frozenset[int]:
    """The styles in which a number is shown as per cent: a % stands in its format outside of quoted words."""
    own = book._number_formats  # noqa: SLF001
    shown = (_format(style.numFmtId, own) for style in book._cell_styles)  # noqa: SLF001
    return frozenset(place for place, text in enumerate(shown) if "%" in _QUOTED.sub("", text))


def _format(number: int, own: Sequence[str]) -> str:
    at = number - BUILTIN_FORMATS_MAX_SIZE
    return own[at] if 0 <= at < len(own) else str(BUILTIN_FORMATS.get(number, ""))


def _read_sheet(parser: _Parser, sheet: SheetCells) -> None:
    for _, element in iterparse(parser.source):
        if element.tag == ROW_TAG:
            _, cells = parser.parse_row(element)
            sheet.cells.update(((cell["row"], cell["column"]), _cell(cell)) for cell in cells)
        elif element.tag == COL_TAG and _is_set(element.attrib):
            sheet.hidden_columns.append((int(element.get("min")), int(element.get("max"))))
        elif element.tag == MERGE_TAG:
            for part in element:
                sheet.merged.update(_merged(part.get("ref")))
        else:
            continue
        element.clear()
    sheet.hidden_rows.update(int(row) for row, attributes in parser.row_dimensions.items() if _is_set(attributes))


def _is_set(attributes: Mapping[str, str]) -> bool:
    return attributes.get("hidden", "") not in _NO


def _merged(where: str) -> dict[Spot, bool]:
    left, top, right, bottom = range_boundaries(where)
    return {
        (row, column): (row, column) == (top, left)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def _cell(cell: Mapping[str, Any]) -> GridCell:
    value, has_formula = cell["value"], cell["has_formula"]
    content: CellValue = CellError(str(value)) if cell["data_type"] == "e" else value
    is_percent = cell["is_percent"]
    return GridCell(content, has_formula and content is None, has_formula=has_formula, is_percent=is_percent)
