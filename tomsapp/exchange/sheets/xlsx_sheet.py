"""Takes the cells of one sheet of an Excel workbook as they stream past."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.typed_numbers import Convention
from tomsapp.exchange.grid import CellError, CellValue, GridCell
from tomsapp.exchange.sheets.bounds import MOST_CELLS, MOST_TEXT
from tomsapp.exchange.sheets.formats import shown
from tomsapp.exchange.sheets.grid_maker import BLANK, GridMaker
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

    What is known of the cell that is being read is kept here and not in an object of its own: there are thousands. It
    is worked out when the cell is whole, as a third of the cells of most sheets hold nothing but their looks. Cells
    that hold the same and look the same are one object.
    """

    def __init__(self, grid: GridMaker, looks: BookLooks) -> None:
        self._grid = grid
        self._bounds = grid.bounds
        self._looks = looks
        self._row = 0
        self._row_written = ""
        self._cells: dict[int, GridCell] = {}
        self._column = -1
        self._spot = ""
        self._steps = 0
        """How many cells without a place of their own have come since the one that said its place."""
        self._cell: Mapping[str, str] | None = None
        self._is_value = self._has_formula = self._has_value = False
        self._written: str | None = None
        self._inline: TextReader | None = None
        self._columns: dict[str, int] = {}
        self._styles: dict[str | None, CellStyle] = {}
        self._made: dict[tuple[str | None, str | None, str, bool], GridCell] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row, a cell, a value, or what is said of columns and merged cells."""
        if name == ":c":
            bounds = self._bounds
            bounds.cells += 1
            if bounds.cells > MOST_CELLS:
                bounds.count_cells(0)
            self._cell = attributes
            self._written = None
            self._has_formula = self._has_value = False
            spot = attributes.get("r")
            if spot:
                self._spot, self._steps = spot, 0
            else:
                self._steps += 1
        elif name == ":v":
            self._is_value = self._has_value = self._cell is not None
        elif name == ":row":
            self._begin_row(attributes)
        elif name == ":f":
            self._has_formula = self._cell is not None
        elif self._inline is not None:
            self._inline.start(name, attributes)
        elif name == ":is":
            self._inline = TextReader(self._bounds)
        else:
            self._around(name, attributes)

    def end(self, name: str) -> None:
        """A cell or value is whole."""
        if name == ":v":
            self._is_value = False
        elif name == ":c":
            cell, self._cell = self._cell, None
            if cell is None:
                return
            written = self._written
            if written is None or self._inline is not None:
                self._take_odd(cell)
                return
            key = cell.get("t"), cell.get("s"), written, self._has_formula
            made = self._made.get(key)
            if made is None:
                made = self._made[key] = self._cell_of(cell, written)
            self._put(made)
        elif name == ":row":
            self._put_row()
        elif self._inline is not None:
            self._inline.end(name)

    def text(self, text: str) -> None:
        """Characters of a value."""
        if self._is_value:
            self._written = text if self._written is None else self._written + text
            if len(self._written) > MOST_TEXT:
                self._bounds.check_text(len(self._written))
        elif self._inline is not None:
            self._inline.text(text)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._row_written = attributes.get("r", "")
        self._row = int(self._row_written) if self._row_written else self._row + 1
        self._column, self._spot, self._steps = -1, "", 0
        if attributes.get("hidden", "") not in NOT_SET or _is_nought(attributes.get("ht")):
            self._grid.hidden_rows.add(self._row)

    def _put_row(self) -> None:
        if self._cells:
            self._grid.put_row(self._row, self._cells)
            self._cells = {}

    def _put(self, made: GridCell) -> None:
        """Put a cell where the one that is whole now stands."""
        spot = self._spot
        if spot:
            column = self._columns.get(spot.removesuffix(self._row_written))
            self._column = self._far_column(spot) if column is None else column
            self._spot = ""
        self._column += self._steps
        self._steps = 0
        self._cells[self._column] = made

    def _far_column(self, spot: str) -> int:
        """The column of a cell that is the first of it, or stands in another row than it says."""
        row, column = cell_spot(spot)
        if row != self._row:
            self._put_row()
            self._row, self._row_written = row, ""
        letters = spot.removesuffix(self._row_written)
        if letters.isalpha():
            self._columns[letters] = column
        return column

    def _take_odd(self, cell: Mapping[str, str]) -> None:
        """A cell with a text of its own, or with a formula or a value that holds nothing."""
        inline, self._inline = self._inline, None
        if inline is not None and cell.get("t") == "inlineStr":
            text = inline.take()
            self._put(self._made_of(plain_text(text.text), self._style(cell), text))
        elif self._written is not None:
            self._put(self._cell_of(cell, self._written))
        elif self._has_value and cell.get("t") == "str":
            # A formula that came to an empty text, and not one that was never worked out.
            self._put(self._made_of("", self._style(cell)))
        elif self._has_formula:
            self._put(self._made_of(None, self._style(cell)))

    def _cell_of(self, cell: Mapping[str, str], written: str) -> GridCell:
        """A cell with a value that is written in it, or is the place of one that is shared."""
        kind, style = cell.get("t", "n"), self._style(cell)
        if kind == "s":
            text = self._looks.texts[_place(written)]
            return self._made_of(plain_text(text.text), style, text)
        if kind != "n":
            return self._made_of(_simple(kind, written), style)
        number, form = number_in(written), style.format
        if form.is_date:
            return self._made_of(moment(number, is_length=form.is_length, is_from_1904=self._looks.is_from_1904), style)
        return self._made_of(number, style)

    def _made_of(self, value: CellValue, style: CellStyle, text: SharedText = _PLAIN) -> GridCell:
        """A cell with its value and looks; `text` is the one in which it is set, some of which may be struck out."""
        code = style.format.code
        return GridCell(
            value,
            value is None,
            False,
            self._has_formula,
            style.format.is_percent,
            Convention.POINT,
            shown(value, code) if self._looks.shows_numbers else _as_it_is(value, code),
            "",
            (text.is_struck or style.is_struck) and value not in BLANK,
            text.is_part_struck and not style.is_struck,
        )

    def _style(self, cell: Mapping[str, str]) -> CellStyle:
        look = cell.get("s")
        style = self._styles.get(look)
        if style is None:
            style = self._styles[look] = self._looks.style(look)
        return style

    def _around(self, name: str, attributes: Mapping[str, str]) -> None:
        """What stands around the cells."""
        if name == ":col":
            self._bounds.count_columns()
            if attributes.get("hidden", "") not in NOT_SET or _is_nought(attributes.get("width")):
                self._grid.hide_columns(int(attributes["min"]) - 1, int(attributes["max"]) - 1)
        elif name == ":mergeCell":
            self._grid.merge(*cell_range(attributes.get("ref", "")))
        elif name == ":filterColumn":
            self._grid.filtered = True


class TableReader:
    """Takes of a table in a sheet whether it is filtered."""

    def __init__(self, grid: GridMaker) -> None:
        self._grid = grid

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        """A filter."""
        if name == ":filterColumn":
            self._grid.filtered = True

    def end(self, name: str) -> None:
        """Nothing is to be done."""

    def text(self, text: str) -> None:
        """There is none."""


def _simple(kind: str, written: str) -> CellValue:
    """What is neither a number nor a text that cells share."""
    if kind == "b":
        return written.strip() not in NOT_SET
    if kind == "e":
        return CellError(written)
    return written_moment(written) if kind == "d" else plain_text(written)


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
