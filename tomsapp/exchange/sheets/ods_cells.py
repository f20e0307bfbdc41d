"""Takes the sheets of an OpenDocument spreadsheet as they stream past; what is repeated is repeated within bounds."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tomsapp.exchange.grid import CellError, CellValue, GridCell
from tomsapp.exchange.sheets.bounds import MOST_COLUMNS, MOST_SHEETS, Bounds, SheetTooLarge
from tomsapp.exchange.sheets.grid_maker import BLANK, GridMaker, SheetNames
from tomsapp.exchange.sheets.ods_styles import CALC, OFFICE, TABLE, StyleReader
from tomsapp.exchange.sheets.ods_text import TextPieces
from tomsapp.exchange.sheets.opened import BookMaker
from tomsapp.exchange.sheets.values import number_in, written_length, written_moment

_ERROR = re.compile(r"#(N/A|NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!)|Err:\d{3}")
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_MOST_REPEATS = 2_000_000


@dataclass(slots=True)
class _Cell:
    """The cell that is being read."""

    attributes: Mapping[str, str]
    is_struck: bool
    words: TextPieces
    notes: list[str] = field(default_factory=list)

    def made(self) -> GridCell | None:
        """The cell; None where it holds nothing."""
        text, has_formula = self.words.words, f"{TABLE} formula" in self.attributes
        value = self._value(text, has_formula=has_formula)
        if value is None and not has_formula and not self.notes:
            return None
        kind = self.attributes.get(f"{OFFICE} value-type", "")
        note = "\n".join(note for note in self.notes if note)
        return GridCell(
            value,
            has_formula and value is None,
            has_formula=has_formula,
            is_percent=kind == "percentage",
            text=text,
            note=note,
        )

    def _value(self, text: str, *, has_formula: bool) -> CellValue:
        get = self.attributes.get
        if get(f"{CALC} value-type") == "error" or (has_formula and _ERROR.fullmatch(text)):
            return CellError(text)
        kind = get(f"{OFFICE} value-type", "")
        read = _VALUES.get(kind)
        if read is not None:
            return read(get(f"{OFFICE} {_WRITTEN.get(kind, 'value')}", ""))
        if kind == "string":
            return get(f"{OFFICE} string-value", text)
        # A formula that came to an empty text has an empty line, and one that was never worked out has none.
        return text if text or (has_formula and self.words.has_lines) else None


_WRITTEN = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}
_VALUES: Mapping[str, Callable[[str], CellValue]] = {
    "float": number_in,
    "percentage": number_in,
    "currency": number_in,
    "date": written_moment,
    "time": written_length,
    "boolean": lambda text: text == "true",
}


class ContentReader:
    """Takes the sheets of the content; the styles that it has itself come before them."""

    def __init__(self, styles: StyleReader, bounds: Bounds, file: str) -> None:
        self.made = BookMaker(file)
        self._names = SheetNames()
        self._styles = styles
        self._bounds = bounds
        self._sheet: _SheetState | None = None
        self._cell: _Cell | None = None
        self._words: TextPieces | None = None
        self._skipped = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A sheet, column, row, cell or the words in it; pictures and tables inside of cells are passed over."""
        if self._skipped or name.startswith("draw:") or (name == "table:table" and self._sheet is not None):
            self._skipped += 1
        elif self._sheet is None:
            self._begin_sheet(name, attributes)
        elif self._words is None:
            self._begin_in(self._sheet, name, attributes)
        elif name == "office:annotation":
            self._words = TextPieces(self._styles, self._bounds)
        else:
            self._words.start(name, attributes)

    def end(self, name: str) -> None:
        """What began is whole."""
        if self._skipped:
            self._skipped -= 1
        elif self._sheet is None:
            self._styles.end(name)
        elif self._cell is not None and self._words is not None:
            self._end_in_cell(self._sheet, self._cell, self._words, name)
        elif name == "table:table-row":
            self._sheet.end_row()
        elif name == "table:table":
            self._sheet.put_into(self.made)
            self._sheet = None

    def text(self, text: str) -> None:
        """Words of a cell, or of the note on it."""
        if self._words is not None and not self._skipped:
            self._words.text(text)

    def _begin_sheet(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "table:table":
            self._styles.start(name, attributes)
            return
        if self.made.count == MOST_SHEETS:
            raise self._bounds.refused(f"has more than {MOST_SHEETS} sheets", "Delete those that are not needed")
        is_hidden = self._styles.is_hidden(attributes.get(f"{TABLE} style-name", ""))
        title = self._names.own(attributes.get(f"{TABLE} name", ""))
        self._sheet = _SheetState(GridMaker(title, self._bounds, is_hidden=is_hidden), self._bounds)

    def _begin_in(self, sheet: "_SheetState", name: str, attributes: Mapping[str, str]) -> None:
        if name in _CELLS:
            style = attributes.get(f"{TABLE} style-name") or sheet.default_style()
            self._words = TextPieces(self._styles, self._bounds)
            self._cell = _Cell(attributes, self._styles.is_struck("table-cell", style), self._words)
        elif name == "table:table-row":
            sheet.begin_row(attributes)
        elif name == "table:table-column":
            sheet.take_column(attributes)

    def _end_in_cell(self, sheet: "_SheetState", cell: _Cell, words: TextPieces, name: str) -> None:
        if name in _CELLS:
            sheet.take_cell(cell)
            self._cell = self._words = None
        elif name == "office:annotation":
            cell.notes.append(words.words.strip())
            self._words = cell.words
        else:
            words.end(name)


class _SheetState:
    """Where in a sheet the reader is."""

    def __init__(self, grid: GridMaker, bounds: Bounds) -> None:
        self.grid = grid
        self._bounds = bounds
        self._row = 1
        self._column = 0
        self._row_attributes: Mapping[str, str] = {}
        self._cells: dict[int, GridCell] = {}
        self._spans: list[tuple[int, int, int]] = []
        self._styles: list[str] = []
        self._columns = 0
        self._error: SheetTooLarge | None = None

    def default_style(self) -> str:
        """The style of a cell that names none: that of its row, else of its column."""
        of_column = self._styles[self._column] if self._column < len(self._styles) else ""
        return self._row_attributes.get(f"{TABLE} default-cell-style-name") or of_column

    def take_column(self, attributes: Mapping[str, str]) -> None:
        """One or more columns with the same looks."""
        number = _times(attributes, "columns-repeated")
        if attributes.get(f"{TABLE} visibility", "visible") != "visible":
            self.grid.hide_columns(self._columns, self._columns + number - 1)
        style = attributes.get(f"{TABLE} default-cell-style-name", "")
        self._styles.extend([style] * min(number, MOST_COLUMNS - len(self._styles)))
        self._columns += number

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        """A row begins."""
        self._row_attributes = attributes
        self._column = 0
        self._cells, self._spans = {}, []

    def take_cell(self, cell: _Cell) -> None:
        """One or more cells that hold the same."""
        made, number = cell.made(), _times(cell.attributes, "columns-repeated")
        if made is not None:
            is_struck = cell.is_struck or (bool(made.text.strip()) and not cell.words.has_unstruck)
            is_part = cell.words.has_struck and cell.words.has_unstruck and not cell.is_struck
            if is_part or (is_struck and made.value not in BLANK):
                made = made._replace(is_struck=is_struck, is_part_struck=is_part)
            for column in range(self._column, self._column + min(number, MOST_COLUMNS + 1)):
                self._cells[column] = made
        wide, high = _times(cell.attributes, "columns-spanned"), _times(cell.attributes, "rows-spanned")
        if wide > 1 or high > 1:
            self._spans.append((self._column, wide, high))
        self._column += number

    def put_into(self, made: BookMaker) -> None:
        """The sheet is whole."""
        try:
            if self._error is None:
                made.add(self.grid.grid())
                return
        except SheetTooLarge as error:
            self._error = error
        made.leave(self._error)

    def end_row(self) -> None:
        """A row is whole: it stands once or more. Of a sheet that is too large no more is kept."""
        if self._error is not None:
            return
        try:
            self._put_row()
        except SheetTooLarge as error:
            self._error = error

    def _put_row(self) -> None:
        number = _times(self._row_attributes, "rows-repeated")
        seen = self._row_attributes.get(f"{TABLE} visibility", "visible")
        self.grid.filtered = self.grid.filtered or seen == "filter"
        for row in self._rows(number):
            if seen != "visible":
                self.grid.hidden_rows.add(row)
            if self._cells:
                self._bounds.count_cells(len(self._cells))
                self.grid.put_row(row, dict(self._cells))
            for column, wide, high in self._spans:
                self.grid.merge(row, column, row + high - 1, column + wide - 1)
        self._row += number

    def _rows(self, number: int) -> Sequence[int]:
        """The rows that hold anything: empty ones are repeated to the end of a sheet."""
        return range(self._row, self._row + number) if self._cells or self._spans else ()


def _times(attributes: Mapping[str, str], what: str) -> int:
    """How often something stands, or over how many it reaches."""
    return min(max(1, int(attributes.get(f"{TABLE} number-{what}", "1"))), _MOST_REPEATS)
