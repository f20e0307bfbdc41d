"""Reads a table in text: CSV of any program and country, and what was copied from a sheet, a letter or a web page."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import islice

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.typed_numbers import Convention
from tomsapp.exchange.grid import Grid, GridCell, GridRow
from tomsapp.exchange.numbers import unguarded
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable
from tomsapp.exchange.sheets.bounds import Bounds
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.reading.encodings import Decoded, Encoding, decode_any

SEPARATORS = ("\t", ";", "|", ",")
_SAMPLE_ROWS = 100
_SAMPLE_LENGTH = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_NAMED = re.compile(r"sep=([^\r\n\"])(?:\r\n?|\n)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?")


def read_text_table(data: bytes, file: str) -> OpenedBook:
    """The rows of a table in text, in any encoding and with any separator.

    Raises:
        OfferUnreadable: it is no text, not complete, or too much.
    """
    name = file or "The file"
    decoded = decode_any(data)
    if decoded is None or _CONTROL.search(decoded.text):
        raise OfferUnreadable(f"{name} is in no encoding of text that is known", "Save it as “CSV UTF-8”")
    text, separator = _named_separator(decoded.text)
    grid = _grid(text, Bounds(name), separator, is_pasted=False)
    return OpenedBook((grid,), problems=tuple(_told(decoded, file)))


def pasted_table(text: str) -> OpenedBook:
    """The rows of a table that was pasted: tabs part its cells, else what parts them most evenly.

    Raises:
        OfferUnreadable: nothing was pasted, or too much.
    """
    bounds = Bounds("What was pasted")
    if not text.strip():
        raise bounds.refused("is empty", "Copy the cells of the table, then paste them here")
    if len(text) > MOST_BYTES:
        raise bounds.refused("is too much", "Copy the cells of the table alone, or open its file")
    text = _CONTROL.sub("", text)
    grid = _grid(text, bounds, "\t" if "\t" in text else separator_of(text), is_pasted=True)
    return OpenedBook((grid,))


def _named_separator(text: str) -> tuple[str, str]:
    """The rows, and what parts their cells: what a first line “sep=;” says, which Excel takes for no row."""
    named = _NAMED.match(text)
    return (text[named.end() :], named[1]) if named is not None else (text, separator_of(text))


def separator_of(text: str) -> str:
    """What parts the cells: what parts the most rows, and most evenly."""
    sample = text[:_SAMPLE_LENGTH]
    return max(SEPARATORS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, separator: str) -> tuple[Fraction, int, int]:
    """How many rows are parted, and into the usual number of cells; less where spaces follow, as in words."""
    rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), _SAMPLE_ROWS)
    try:
        widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    except csv.Error:
        return Fraction(0), 0, 0
    parted = {width: number for width, number in widths.items() if width > 1}
    if not parted:
        return Fraction(0), 0, 0
    usual, number = max(parted.items(), key=lambda pair: (pair[1], pair[0]))
    share = Fraction(number + sum(parted.values()), widths.total())
    return share, -sample.count(f"{separator} "), usual


def _grid(text: str, bounds: Bounds, separator: str, *, is_pasted: bool) -> Grid:
    rows: list[GridRow] = []
    made: dict[str, GridCell] = {}
    for number, cells in enumerate(_rows(text, bounds, separator, is_pasted=is_pasted), 1):
        for cell in cells:
            if cell not in made:
                made[cell] = GridCell(unguarded(cell), text=cell)
        filled = {column: made[cell] for column, cell in enumerate(cells) if cell}
        rows.append(GridRow(number, filled, width=None if is_pasted else len(cells)))
    # Where a comma parts decimals, programs part cells by a semicolon: such a file may have either.
    usual = Convention.UNKNOWN if separator == ";" else Convention.POINT
    return Grid("", tuple(rows), usual=usual)


def _rows(text: str, bounds: Bounds, separator: str, *, is_pasted: bool) -> Iterable[Sequence[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(_within(reader, bounds))
    except csv.Error as error:
        if not is_pasted:
            raise bounds.refused("is not complete CSV", "Save it again as “CSV UTF-8”") from error
    # A cell that begins with a quotation mark is pasted as it is.
    lines = _LINE_END.sub("\n", text).split("\n")
    return _within((line.split(separator) for line in lines), bounds)


def _within(rows: Iterable[Sequence[str]], bounds: Bounds) -> Iterable[Sequence[str]]:
    for number, cells in enumerate(rows, 1):
        bounds.check_rows("", number)
        bounds.count_cells(len(cells))
        bounds.check_text(max(map(len, cells), default=0))
        yield cells


def _told(decoded: Decoded, file: str) -> Iterable[Problem]:
    """What is to be said of the encoding: Windows-1252 is what any bytes may be read as."""
    if decoded.encoding is Encoding.WINDOWS:
        message = "The file does not say its encoding. It was read as Windows-1252"
        fix = "Check names with accents, and £ signs"
        yield Problem("encoding-guessed", Severity.NOTE, message, fix, Where(file=file), key="encoding-guessed")
