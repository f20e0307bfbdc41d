"""Prices and quality points of bids in a table that officers keep: read from any sheet by its headings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.alike import alike
from tomsapp.domain.money import PENNY_PLACES
from tomsapp.domain.typed_numbers import convention_of
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import format_exact
from tomsapp.exchange.grid import CellUnreadable, Grid, GridCell, GridRow, quantity_of, text_of, text_or_nothing
from tomsapp.exchange.labelled.heads import texts_of
from tomsapp.exchange.tenders.sheet_head import LOT, LOT_HEADING, SheetHead, SheetUse, heads_in, lot_number
from tomsapp.exchange.workbook_columns import column_letter


class ScoreUse(SheetUse):
    """What a column of the table holds."""

    BIDDER = "bidder", "Bidder"
    LOT = "lot", "Number of the lot"
    PRICE = "price", "Price, without VAT"
    QUALITY = "quality", "Quality points"


_WITH_VAT = r"(?<!not )\bincl?(?:uding|usive|udes)?(?: of)? vat\b"
_NO_FIGURE = r"(?!.*\b(?:rank|ranking|ranked|weight|weighting|comments?|notes?|reasons?)\b)"
_HEADINGS: Mapping[ScoreUse, re.Pattern[str]] = {
    ScoreUse.LOT: LOT_HEADING,
    ScoreUse.PRICE: re.compile(
        rf"{_NO_FIGURE}(?!.*\b(?:scores?|scored|points?|marks?|per)\b|.*%|.*{_WITH_VAT})"
        r"(.* )?(price|bid value|tender sum|total cost)( .*)?"
    ),
    ScoreUse.QUALITY: re.compile(rf"{_NO_FIGURE}(.* )?quality(,? .*)?"),
    ScoreUse.BIDDER: re.compile(rf"{_NO_FIGURE}(.* )?(supplier|bidder|tenderer|organisation|company)( name)?"),
}
"""Headings as they are compared; the first that fits says what a column holds."""
_MOST = re.compile(
    r"(?:out of|max(?:imum)?(?: of| points| score| mark)?|/|,|\() ?"
    r"(?P<most>[0-9]{1,3}(?:\.[0-9]+)?) ?(?:%|points|marks)?\)?$"
)
"""The most that a heading says at its end; a year has four digits."""
_PER_CENT = re.compile(r".*(?:%|per ?cent)[\s)]*", re.IGNORECASE | re.DOTALL)
_VAT = re.compile(r"\bv\.?a\.?t\b\.?", re.IGNORECASE)
_WITHOUT_VAT = re.compile(
    r"(?P<price>.*?)[\s,(]*(?:\bex(?:cl?|cluding|clusive of)?\b\.?|\bnet of|\bwithout|\bbefore|\bplus|\+)\s*"
    r"v\.?a\.?t\.?\s*\)?\s*",
    re.IGNORECASE | re.DOTALL,
)
_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class ScoresRow:
    """A row of a table.

    Attributes:
        number: as the sheet shows it.
        lot: None where nothing says it.
        price, quality: None where nothing is said of it.
        trouble, fix: why it cannot be read, with its cell, and what to put right; empty where it can. What was read
            before that cell is told too.
    """

    number: int
    bidder: str
    lot: int | None = None
    price: Decimal | None = None
    quality: Decimal | None = None
    trouble: str = ""
    fix: str = ""


def find_scores(grid: Grid) -> SheetHead[ScoreUse] | None:
    """The head of a sheet: the first that names a bidder and a price or quality; None where there is none."""
    told = {ScoreUse.PRICE, ScoreUse.QUALITY}
    heads = heads_in(grid, _HEADINGS)
    return next((head for head in heads if ScoreUse.BIDDER in head.guessed and told & set(head.guessed)), None)


def cell_called(row: int, column: int) -> str:
    """A cell as a spreadsheet program calls it: "Cell C7"."""
    return f"Cell {column_letter(column)}{row}"


def read_scores(
    grid: Grid, head: SheetHead[ScoreUse], columns: Mapping[ScoreUse, int], most: Fraction
) -> tuple[ScoresRow, ...]:
    """The rows under the head that say something, with what a person says of the columns (0 is A).

    Args:
        grid: the sheet.
        head: its head; where it stands once more, it is passed over.
        columns: what is where.
        most: the tender's quality points.
    """
    return tuple(_Reader(grid, head, columns, most).rows())


class _Reader:
    """Reads rows from the top: a lot that stands over several bidders holds until the next."""

    def __init__(self, grid: Grid, head: SheetHead[ScoreUse], columns: Mapping[ScoreUse, int], most: Fraction) -> None:
        self._grid, self._head, self._columns, self._most = grid, head, columns, most
        self._lot = _lot_named(grid.name)
        self._again = next((texts_of(row) for row in grid.rows if row.number == head.row), {})
        self._spread = {
            (row, left): (top, left) for top, left, bottom, _right in grid.merged for row in range(top, bottom + 1)
        }
        self._by_number = {row.number: row for row in grid.rows}
        self._convention = convention_of(self._number_texts(), grid.usual)

    def rows(self) -> Iterator[ScoresRow]:
        used = set(self._columns.values())
        for row in self._grid.rows:
            if row.number <= self._head.row or not any(_is_said(row.cell(column)) for column in used):
                continue
            texts = texts_of(row)
            if texts == self._again:
                continue
            said = [text for column, text in texts.items() if column in used]
            over = _lot_named(said[0]) if len(said) == 1 else None
            if over is not None:
                self._lot = over
            else:
                yield self._row(row)

    def _number_texts(self) -> Iterator[str]:
        """The texts that stand where numbers should be: they say which mark stands before the decimals."""
        columns = [self._columns[use] for use in (ScoreUse.PRICE, ScoreUse.QUALITY) if use in self._columns]
        for row in self._grid.rows:
            if row.number > self._head.row:
                texts = (row.cell(column).value for column in columns)
                yield from (_without_vat(text) or text for text in texts if isinstance(text, str))

    def _cell(self, row: GridRow, use: ScoreUse) -> GridCell:
        """The cell of a use; of a bidder or lot that is merged downwards, that which says it for all."""
        column = self._columns.get(use)
        if column is None or use not in {ScoreUse.BIDDER, ScoreUse.LOT}:
            return row.cell(column)._replace(convention=self._convention)
        top, left = self._spread.get((row.number, column), (row.number, column))
        return self._by_number[top].cell(left) if top in self._by_number else row.cell(column)

    def _row(self, row: GridRow) -> ScoresRow:
        bidder = text_or_nothing(self._cell(row, ScoreUse.BIDDER))
        if not bidder:
            return ScoresRow(row.number, "", trouble="It names no bidder", fix="Enter the bidder, or choose its column")
        if row.is_struck:
            return ScoresRow(row.number, bidder, trouble="It is struck out", fix="Take the row out, or the line off it")
        read = ScoresRow(row.number, bidder)
        use = ScoreUse.LOT
        try:
            read = replace(read, lot=self._lot_of(row))
            use = ScoreUse.PRICE
            read = replace(read, price=_price(self._cell(row, use)))
            use = ScoreUse.QUALITY
            return replace(read, quality=self._quality(self._cell(row, use)))
        except CellUnreadable as error:
            trouble = f"{cell_called(row.number, self._columns[use])}: {error.message}"
            return replace(read, trouble=trouble, fix=error.fix)

    def _lot_of(self, row: GridRow) -> int | None:
        text = text_of(self._cell(row, ScoreUse.LOT))
        if not text:
            return self._lot
        number = lot_number(text)
        if number is None:
            message = f"“{text}” is not the number of a lot"
            raise CellUnreadable("no-lot", message, "Enter the number of one lot, such as 2")
        return number

    def _quality(self, cell: GridCell) -> Decimal | None:
        told = format_exact(self._most)
        shown = cell.text or text_or_nothing(cell)
        if cell.is_percent or (isinstance(cell.value, str) and _PER_CENT.fullmatch(cell.value)):
            raise CellUnreadable("per-cent", f"“{shown}” is a per cent", f"Enter the points, out of {told}")
        quality = quantity_of(cell).value
        heading = self._head.headings.get(self._columns.get(ScoreUse.QUALITY, -1), "")
        most = said_most(heading)
        if quality is not None and most not in {None, self._most}:
            message = f"It stands under “{heading}”, and the tender has {told} quality points"
            fix = f"Work it out for {told} points, or choose no column of quality"
            raise CellUnreadable("other-points", message, fix)
        return quality


def _is_said(cell: GridCell) -> bool:
    blank = cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
    return cell.lacks_result or not blank


def said_most(heading: str) -> Fraction | None:
    """The most points that a heading tells of: 100 of "Quality out of 100" and "Quality %"; None of most headings."""
    plain = alike(heading)
    found = _MOST.search(plain)
    if found is not None:
        return Fraction(found["most"])
    return _HUNDRED if _PER_CENT.fullmatch(plain) else None


def _lot_named(text: str) -> int | None:
    """The lot that stands over bidders as a title or names a sheet: "Lot 2: Libraries"; None of any other text."""
    found = LOT.fullmatch(alike(text))
    return int(found["number"]) if found is not None and found["word"] else None


def _price(cell: GridCell) -> Decimal | None:
    """The price in a cell, which may say that it is without VAT.

    Raises:
        CellUnreadable: as `quantity_of`; or it has VAT in it.
    """
    if isinstance(cell.value, str) and _VAT.search(cell.value):
        plain = _without_vat(cell.value)
        if plain is None:
            raise CellUnreadable("with-vat", f"“{cell.value.strip()}” has VAT in it", "Enter the price without VAT")
        cell = cell._replace(value=plain)
    return quantity_of(cell, UnitForm.POUNDS, PENNY_PLACES).value


def _without_vat(text: str) -> str | None:
    """The price in a text that says that it is without VAT; None where it does not say so."""
    found = _WITHOUT_VAT.fullmatch(text)
    return found["price"] if found is not None else None
