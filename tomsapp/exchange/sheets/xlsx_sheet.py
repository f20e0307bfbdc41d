"""Takes the cells of one sheet of an Excel workbook as they stream past."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.exchange.grid import CellError, CellValue, GridCell
from tomsapp.exchange.sheets.formats import shown
from tomsapp.exchange.sheets.grid_maker import GridMaker
from tomsapp.exchange.sheets.values import moment, number_in, written_moment
from tomsapp.exchange.sheets.xlsx_parts import NOT_SET, PLAIN_STYLE, CellStyle, SharedText, TextReader

_SPOT = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


_PLAIN = SharedText("")
"""No word by itself is struck out."""


class OddSpot(ValueError):
    """Something that names no cell stands where a cell is named."""


@dataclass(frozen=True, slots=True)
class BookLooks:
    """What the sheets of a workbook share."""

    texts: Sequence[SharedText] = ()
    styles: Sequence[CellStyle] = ()
    is_from_1904: bool = False
    shows_numbers: bool = True
    """Whether it is told how the sheet shows a number, which takes as long as reading it."""

    def style(self, number: str | None) -> CellStyle:
        """A style of cells by its number."""
        place = int(number) if number else 0
        return self.styles[place] if 0 <= place < len(self.styles) else PLAIN_STYLE


class SheetReader:
    """Takes the cells of one sheet; pictures, rules and links are passed over.

    What is known of the cell that is being read is kept here and not in an object of its own: there are thousands.
    """

    def __init__(self, grid: GridMaker, looks: BookLooks) -> None:
        self._grid = grid
        self._looks = looks
        self._row = self._column = 0
        self._is_cell = self._is_value = self._has_formula = self._has_value = False
        self._kind = ""
        self._style = PLAIN_STYLE
        self._written: str | None = None
        self._inline: TextReader | None = None
        self._columns: dict[str, int] = {}
        self._styles: dict[str | None, CellStyle] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row, a cell, a value, or what is said of columns and merged cells."""
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self._is_value = True
            self._has_value = self._is_cell
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._has_formula = self._is_cell
        elif self._inline is not None:
            self._inline.start(name, attributes)
        elif name == "is":
            self._inline = TextReader(self._grid.bounds)
        else:
            self._around(name, attributes)

    def end(self, name: str) -> None:
        """A cell or value is whole."""
        if name == "v":
            self._is_value = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._grid.end_row(self._row)
        elif self._inline is not None:
            self._inline.end(name)

    def text(self, text: str) -> None:
        """Characters of a value."""
        if self._is_value and self._is_cell:
            self._written = text if self._written is None else self._written + text
            self._grid.bounds.check_text(len(self._written))
        elif self._inline is not None:
            self._inline.text(text)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        stated = attributes.get("r")
        self._row = int(stated) if stated else self._row + 1
        self._column = -1
        if attributes.get("hidden", "") not in NOT_SET or _is_nought(attributes.get("ht")):
            self._grid.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._grid.bounds.count_cell()
        spot = attributes.get("r")
        if spot:
            letters = spot.rstrip("0123456789")
            column = self._columns.get(letters)
            row = spot[len(letters) :]
            if column is None or not row:
                number, column = cell_spot(spot)
                self._columns[letters] = column
                row = str(number)
            self._row, self._column = int(row), column
        else:
            self._column += 1
        look = attributes.get("s")
        style = self._styles.get(look)
        if style is None:
            style = self._styles[look] = self._looks.style(look)
        self._style, self._kind, self._written = style, attributes.get("t", "n"), None
        self._is_cell, self._has_formula, self._has_value = True, False, False

    def _end_cell(self) -> None:
        is_cell, self._is_cell = self._is_cell, False
        if not is_cell or not (self._has_value or self._has_formula or self._inline is not None):
            return
        value, looks = self._value()
        self._inline = None
        if value is None and not self._has_formula:
            return
        style = self._style
        form = style.format
        made = GridCell(
            value,
            value is None,
            has_formula=self._has_formula,
            is_percent=form.is_percent,
            text=shown(value, form.code) if self._looks.shows_numbers else _as_it_is(value, form.code),
            is_part_struck=looks.is_part_struck and not style.is_struck,
        )
        self._grid.put(self._row, self._column, made, is_struck=looks.is_struck or style.is_struck)

    def _value(self) -> tuple[CellValue, SharedText]:
        """What a cell holds, and the text in which it is set, some or all of which may be struck out by itself."""
        if self._inline is not None and self._kind == "inlineStr":
            found = self._inline.take()
            return plain_text(found.text), found
        written = self._written
        if written is None:
            # A formula that came to an empty text, and not one that was never worked out.
            return ("" if self._has_value and self._kind == "str" else None), _PLAIN
        if self._kind == "s":
            shared = self._looks.texts[_place(written)]
            return plain_text(shared.text), shared
        return self._simple(written), _PLAIN

    def _simple(self, written: str) -> CellValue:
        kind = self._kind
        if kind == "b":
            return written.strip() not in NOT_SET
        if kind == "e":
            return CellError(written)
        if kind == "d":
            return written_moment(written)
        if kind == "n":
            number, form = number_in(written), self._style.format
            if not form.is_date:
                return number
            return moment(number, is_length=form.is_length, is_from_1904=self._looks.is_from_1904)
        return plain_text(written)

    def _around(self, name: str, attributes: Mapping[str, str]) -> None:
        """What stands around the cells."""
        if name == "col":
            self._grid.bounds.count_columns()
            if attributes.get("hidden", "") not in NOT_SET or _is_nought(attributes.get("width")):
                self._grid.hide_columns(int(attributes["min"]) - 1, int(attributes["max"]) - 1)
        elif name == "mergeCell":
            self._grid.merge(*cell_range(attributes.get("ref", "")))
        elif name == "filterColumn":
            self._grid.filtered = True


class TableReader:
    """Takes of a table in a sheet whether it is filtered."""

    def __init__(self, grid: GridMaker) -> None:
        self._grid = grid

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        """A filter."""
        if name == "filterColumn":
            self._grid.filtered = True

    def end(self, name: str) -> None:
        """Nothing is to be done."""

    def text(self, text: str) -> None:
        """There is none."""


def _as_it_is(value: CellValue, code: str) -> str:
    """A text as it stands, and no number: what is left of how a sheet shows its cells."""
    if isinstance(value, str):
        return value
    return "" if isinstance(value, int | Decimal) else shown(value, code)


def cell_spot(spot: str) -> tuple[int, int]:
    """The row (from 1) and column (from 0) of “B12”.

    Raises:
        OddSpot: it is no cell.
    """
    match = _SPOT.fullmatch(spot)
    if match is None:
        raise OddSpot(spot)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1


def cell_range(where: str) -> tuple[int, int, int, int]:
    """The top, left, bottom and right of “A1:C2”.

    Raises:
        OddSpot: it is no range.
    """
    first, _, last = where.partition(":")
    (top, left), (bottom, right) = cell_spot(first), cell_spot(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def plain_text(text: str) -> str:
    """A text without the escapes of signs that XML cannot hold: “_x000D_” is the end of a line."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _place(written: str) -> int:
    place = int(written)
    if place < 0:
        raise IndexError(written)
    return place


def _is_nought(size: str | None) -> bool:
    """Whether a height or width is so small that nothing can be seen."""
    return size is not None and not size.strip("0.")
