"""The sheets of a file as plain data, which the locked room hands out: a head, and a line of JSON for each row.

Cells that are one object, as those that say the same mostly are, are told once, and come out as one object again.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from tomsapp.domain.typed_numbers import Convention
from tomsapp.exchange.grid import CellError, CellValue, Grid, GridCell, GridRow
from tomsapp.exchange.sheets.bounds import MOST_CELLS, MOST_RANGES, MOST_SHEETS, MOST_TEXT
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.room.frames import WrongForm, parsed
from tomsapp.room.plain import plain_problems, problems_in

_CONVENTIONS = tuple(Convention)
_LACKS_RESULT, _MERGED, _FORMULA, _PERCENT, _STRUCK, _PART_STRUCK, _CONVENTION = 1, 2, 4, 8, 16, 32, 64
_MOST_TEXT = 2 * MOST_TEXT
"""A cell with the text that it shows, and notes of several people."""
_MOST_NOTES = 100 * MOST_TEXT
_MOST_WHOLE = 10**7


def plain_book(book: OpenedBook) -> tuple[dict[str, object], bytes]:
    """The head of a book and its rows, as `book_in` takes them."""
    told: dict[str, object] = {
        "sheets": [_plain_sheet(grid) for grid in book.all_sheets],
        "seen": len(book.sheets),
        "problems": plain_problems(book.problems),
    }
    cells = _PlainCells()
    lines = [cells.row(row) for grid in book.all_sheets for row in grid.rows]
    return told, "\n".join(lines).encode()


def book_in(told: Mapping[str, object], rows: bytes | memoryview) -> OpenedBook:
    """The book that `plain_book` was given.

    Raises:
        WrongForm: it was given none.
    """
    try:
        reader = _BookReader(bytes(rows))
        sheets, seen, problems = told["sheets"], told["seen"], told["problems"]
        grids = tuple(reader.sheet(sheet) for sheet in _parts(sheets, most=MOST_SHEETS))
        number = _whole(seen, len(grids))
        reader.end()
        return OpenedBook(grids[:number], grids[number:], problems_in(problems))
    except (KeyError, TypeError, ValueError, IndexError, OverflowError, InvalidOperation) as error:
        raise WrongForm("The sheets are not as they should be") from error


def _plain_sheet(grid: Grid) -> list[object]:
    return [
        grid.name,
        len(grid.rows),
        sorted(grid.hidden_columns),
        _CONVENTIONS.index(grid.usual),
        grid.is_hidden,
        grid.filtered,
        grid.merged,
    ]


class _PlainCells:
    """Puts rows into words, and remembers which cells were told."""

    def __init__(self) -> None:
        self._told: dict[int, int] = {}
        """The places of cells by their identity: the book holds them all meanwhile."""
        self._encoded = json.JSONEncoder(separators=(",", ":")).encode

    def row(self, row: GridRow) -> str:
        """A line of JSON: what is said of the row, its columns, and the cell in each of them."""
        cells = list(map(self._cell, row.cells.values()))
        return self._encoded([row.number, row.is_hidden, row.is_struck, row.width, list(row.cells), cells])

    def _cell(self, cell: GridCell) -> object:
        """A cell that is told for the first time; of one that was told, the place of that one."""
        place = self._told.get(id(cell))
        if place is not None:
            return place
        self._told[id(cell)] = len(self._told)
        return _plain_cell(cell)


def _plain_cell(cell: GridCell) -> list[object]:
    """A cell: what is odd about it, its value, then its text where it is another, then its note."""
    odd = (
        cell.lacks_result * _LACKS_RESULT
        + cell.is_merged * _MERGED
        + cell.has_formula * _FORMULA
        + cell.is_percent * _PERCENT
        + cell.is_struck * _STRUCK
        + cell.is_part_struck * _PART_STRUCK
        + _CONVENTIONS.index(cell.convention) * _CONVENTION
    )
    value = cell.value
    plain = value if value is None or isinstance(value, str | int) else _written(value)
    text = None if cell.text == value else cell.text
    if cell.note:
        return [odd, plain, text, cell.note]
    return [odd, plain, text] if text else [odd, plain]


def _written(value: CellValue) -> list[str]:
    """A value that is no text: its kind by a letter, and as it is written."""
    match value:
        case CellError():
            return ["e", value.text]
        case datetime():
            return ["m", value.isoformat()]
        case timedelta():
            return ["l", f"{value.days} {value.seconds} {value.microseconds}"]
        case date():
            return ["d", value.isoformat()]
        case time():
            return ["t", value.isoformat()]
        case _:
            return ["n", str(value)]


def _length(text: str) -> timedelta:
    days, seconds, microseconds = text.split(" ")
    return timedelta(int(days), int(seconds), int(microseconds))


_READ: Mapping[str, Callable[[str], CellValue]] = {
    "e": CellError, "m": datetime.fromisoformat, "l": _length, "d": date.fromisoformat, "t": time.fromisoformat,
    "n": Decimal,
}  # fmt: skip


class _BookReader:
    """Takes the rows in their order, and counts their cells."""

    def __init__(self, rows: bytes) -> None:
        self._lines = iter(rows.decode().split("\n")) if rows else iter(())
        self._cells = 0
        self._made: list[GridCell] = []

    def sheet(self, plain: object) -> Grid:
        name, rows, hidden, usual, is_hidden, filtered, merged = _parts(plain, 7)
        return Grid(
            _text(name),
            tuple(self._rows(_whole(rows))),
            frozenset(_whole(column) for column in _parts(hidden)),
            _CONVENTIONS[_whole(usual)],
            is_hidden=_flag(is_hidden),
            filtered=_flag(filtered),
            merged=tuple(_range(each) for each in _parts(merged, most=MOST_RANGES)),
        )

    def end(self) -> None:
        """Every row belongs to a sheet."""
        if next(self._lines, None) is not None:
            raise WrongForm("There are more rows than sheets have")

    def _rows(self, number: int) -> Iterator[GridRow]:
        for _ in range(number):
            line = next(self._lines, None)
            if line is None:
                raise WrongForm("There are fewer rows than sheets have")
            place, is_hidden, is_struck, width, columns, cells = _parts(parsed(line), 6)
            found = self._row(_wholes(columns), _parts(cells))
            wide = None if width is None else _whole(width)
            yield GridRow(_whole(place), found, _flag(is_hidden), wide, is_struck=_flag(is_struck))

    def _row(self, columns: Sequence[int], plain: Sequence[object]) -> dict[int, GridCell]:
        # A merged title and its like are cells without a value, which come from ranges that are counted too.
        self._cells += len(plain)
        if self._cells > 2 * MOST_CELLS:
            raise WrongForm("There are more cells than a file may have")
        return dict(zip(columns, map(self._cell, plain), strict=True))

    def _cell(self, plain: object) -> GridCell:
        if type(plain) is int and plain >= 0:
            return self._made[plain]
        odd, value, *more = _parts(plain)
        self._made.append(_cell_of(odd, value, more))
        return self._made[-1]


def _cell_of(odd: object, plain: object, more: Sequence[object]) -> GridCell:
    """A cell that is told for the first time."""
    if odd == 0 and isinstance(plain, str) and not more:
        text = _text(plain)
        return GridCell(text, text=text)
    value, what = _value(plain), _whole(odd)
    text_told = more[0] if more else None
    shown = (value if isinstance(value, str) else "") if text_told is None else _text(text_told)
    return GridCell(
        value,
        bool(what & _LACKS_RESULT),
        bool(what & _MERGED),
        bool(what & _FORMULA),
        bool(what & _PERCENT),
        _CONVENTIONS[what // _CONVENTION],
        shown,
        _text(more[1], _MOST_NOTES) if len(more) > 1 else "",
        bool(what & _STRUCK),
        bool(what & _PART_STRUCK),
    )


def _value(plain: object) -> CellValue:
    if plain is None or isinstance(plain, int):
        return plain
    if isinstance(plain, str):
        return _text(plain)
    kind, written = _parts(plain, 2)
    return _READ[_text(kind)](_text(written))


def _parts(plain: object, number: int | None = None, most: int = MOST_CELLS) -> Sequence[object]:
    if not isinstance(plain, list) or len(plain) > most or (number is not None and len(plain) != number):
        raise WrongForm("A part is no list, or of another length")
    return plain


def _whole(plain: object, most: int = _MOST_WHOLE) -> int:
    if type(plain) is not int or not 0 <= plain <= most:
        raise WrongForm("A part is no whole number")
    return plain


def _wholes(plain: object) -> Sequence[int]:
    """Many whole numbers, each held to what `_whole` allows."""
    parts = _parts(plain)
    numbers = [part for part in parts if type(part) is int]
    if len(numbers) != len(parts) or (numbers and not 0 <= min(numbers) <= max(numbers) <= _MOST_WHOLE):
        raise WrongForm("A part is no whole number")
    return numbers


def _flag(plain: object) -> bool:
    if not isinstance(plain, bool):
        raise WrongForm("A part is neither true nor false")
    return plain


def _text(plain: object, most: int = _MOST_TEXT) -> str:
    if not isinstance(plain, str) or len(plain) > most:
        raise WrongForm("A part is no text, or too long")
    return plain


def _range(plain: object) -> tuple[int, int, int, int]:
    top, left, bottom, right = (_whole(place) for place in _parts(plain, 4))
    return top, left, bottom, right
