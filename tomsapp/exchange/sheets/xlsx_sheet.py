"""Takes the cells of one sheet of an Excel workbook as they stream past."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias
from xml.etree.ElementTree import Element

from tomsapp.domain.typed_numbers import Convention
from tomsapp.exchange.grid import CellError, CellValue, GridCell
from tomsapp.exchange.sheets.bounds import Bounds
from tomsapp.exchange.sheets.formats import shown
from tomsapp.exchange.sheets.grid_maker import BLANK, GridMaker
from tomsapp.exchange.sheets.values import moment, number_in, written_moment
from tomsapp.exchange.sheets.xlsx_parts import NOT_SET, PLAIN_STYLE, CellStyle, SharedText, TextReader
from tomsapp.exchange.sheets.xml_stream import tell

_SPOT = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_Told: TypeAlias = "tuple[str | None, str | None, str | None, bool]"
"""What a sheet says of a cell: its kind, the number of its style, what is written in it, whether it has a formula."""
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
    made: dict[_Told, GridCell | None] = field(default_factory=dict)
    """The cells that were made, so that those which hold the same and look the same are one object."""

    def style(self, number: str | None) -> CellStyle:
        """A style of cells by its number."""
        place = int(number) if number else 0
        return self.styles[place] if 0 <= place < len(self.styles) else PLAIN_STYLE


class SheetReader:
    """Takes the cells of one sheet; pictures, rules and links are passed over.

    A third of the cells of most sheets hold nothing but their looks.
    """

    def __init__(self, grid: GridMaker, looks: BookLooks) -> None:
        self._grid = grid
        self._bounds = grid.bounds
        self._looks = looks
        self._row = 0
        self._row_written = ""
        self._cells: dict[int, GridCell] = {}
        self._columns: dict[str, int] = {}
        self._styles: dict[str | None, CellStyle] = {}

    def take(self, branch: Element) -> None:
        """A row, or what is said of columns, filters and merged cells."""
        # A file may have millions of rows without anything: few steps for each.
        if branch.tag != ":row":
            self._take_others(branch)
        elif len(branch) or branch.attrib:
            self._take_row(branch)
        else:
            self._row += 1

    def _take_others(self, branch: Element) -> None:
        for element in branch.iter():
            if element.tag == ":row":
                self._take_row(element)
            else:
                self._around(element.tag, element.attrib)

    def _take_row(self, row: Element) -> None:
        self._begin_row(row.attrib)
        if not len(row):
            return
        made, columns = self._looks.made, self._columns
        count, column, spot, steps = 0, -1, "", 0
        for cell in row.iter(":c"):
            count += 1
            told = cell.attrib
            if "r" in told:
                spot, steps = told["r"], 0
            else:
                # It stands beside the one before.
                steps += 1
            if not len(cell):
                continue
            written, has_formula, inline = _parts(cell)
            key = told.get("t"), told.get("s"), written, has_formula
            found = made[key] if key in made and inline is None else self._first_made(key, inline)
            if found is None:
                continue
            if spot:
                known = columns.get(spot.removesuffix(self._row_written))
                column = self._far_column(spot) if known is None else known
                spot = ""
            column += steps
            steps = 0
            self._cells[column] = found
        self._bounds.count_cells(count)
        self._put_row()

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._row_written = attributes.get("r", "")
        self._row = int(self._row_written) if self._row_written else self._row + 1
        if attributes.get("hidden", "") not in NOT_SET or _is_nought(attributes.get("ht")):
            self._grid.hidden_rows.add(self._row)

    def _put_row(self) -> None:
        if self._cells:
            self._grid.put_row(self._row, self._cells)
            self._cells = {}

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

    def _first_made(self, told: _Told, inline: Element | None) -> GridCell | None:
        """A cell that is told so for the first time, or has a text of its own; None where it holds nothing."""
        kind, look, written, has_formula = told
        style = self._style(look)
        if inline is not None and kind == "inlineStr":
            text = _inline_text(inline, self._bounds)
            return self._made_of(plain_text(text.text), style, text, has_formula=has_formula)
        made = None
        if written:
            self._bounds.check_text(len(written))
            made = self._cell_of(kind or "n", style, written, has_formula=has_formula)
        elif written is not None and kind == "str":
            # A formula that came to an empty text, and not one that was never worked out.
            made = self._made_of("", style, has_formula=has_formula)
        elif has_formula:
            made = self._made_of(None, style, has_formula=has_formula)
        self._looks.made[told] = made
        return made

    def _cell_of(self, kind: str, style: CellStyle, written: str, *, has_formula: bool) -> GridCell:
        """A cell with a value that is written in it, or is the place of one that is shared."""
        if kind == "s":
            text = self._looks.texts[_place(written)]
            return self._made_of(plain_text(text.text), style, text, has_formula=has_formula)
        if kind != "n":
            return self._made_of(_simple(kind, written), style, has_formula=has_formula)
        value: CellValue = (number := number_in(written))
        form = style.format
        if form.is_date:
            value = moment(number, is_length=form.is_length, is_from_1904=self._looks.is_from_1904)
        return self._made_of(value, style, has_formula=has_formula)

    def _made_of(self, value: CellValue, style: CellStyle, text: SharedText = _PLAIN, *, has_formula: bool) -> GridCell:
        """A cell with its value and looks; `text` is the one in which it is set, some of which may be struck out."""
        code = style.format.code
        return GridCell(
            value,
            value is None,
            False,
            has_formula,
            style.format.is_percent,
            Convention.POINT,
            shown(value, code) if self._looks.shows_numbers else _as_it_is(value, code),
            "",
            (text.is_struck or style.is_struck) and value not in BLANK,
            text.is_part_struck and not style.is_struck,
        )

    def _style(self, look: str | None) -> CellStyle:
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


def _parts(cell: Element) -> tuple[str | None, bool, Element | None]:
    """What is written in a cell, None where there is no value at all; whether it has a formula; a text of its own."""
    written, has_formula, inline = None, False, None
    for part in cell:
        name = part.tag
        if name == ":v":
            written = part.text or ""
        elif name == ":f":
            has_formula = True
        elif name == ":is":
            inline = part
    return written, has_formula, inline


def _inline_text(inline: Element, bounds: Bounds) -> SharedText:
    """A text that stands in the cell itself."""
    reader = TextReader(bounds)
    tell(inline, reader)
    return reader.take()


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
