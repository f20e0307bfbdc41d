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
from tomsapp.exchange.tenders.scores_head import ScoreUse, price_fault, stated_points
from tomsapp.exchange.tenders.sheet_head import LOT, SheetHead, lot_number
from tomsapp.exchange.workbook_columns import column_letter

_PER_CENT = re.compile(r".*(?:%|per ?cent)[\s)]*", re.IGNORECASE | re.DOTALL)
_VAT = re.compile(r"\bv\.?a\.?t\b\.?", re.IGNORECASE)
_WITHOUT_VAT = re.compile(
    r"(?P<price>.*?)[\s,(]*(?:\bex(?:cl?|cluding|clusive of)?\b\.?|\bnet of|\bwithout|\bbefore|\bplus|\+)\s*"
    r"v\.?a\.?t\.?\s*\)?\s*",
    re.IGNORECASE | re.DOTALL,
)
_MARK_OF = re.compile(
    r"\s*(?P<mark>[0-9]+(?:\.[0-9]+)?)\s*(?:/|out of|of)\s*(?P<most>[0-9]+(?:\.[0-9]+)?)\s*", re.IGNORECASE
)
"""A mark that says out of how many: "31/40"."""
_HUNDRED = Fraction(100)
_ROW_OF_MOST = re.compile(
    r"(?:max(?:imum)?|out of|available|marks available|points available)(?: (?:score|mark|point|available)s?)*"
)
"""What stands in place of a bidder in a row that says the most points."""


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
        self._row_of_most = self._said_in_rows()

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
            read = replace(read, price=self._price(row))
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

    def _price(self, row: GridRow) -> Decimal | None:
        price = _price(self._cell(row, ScoreUse.PRICE))
        heading = self._heading(ScoreUse.PRICE)
        fault = price_fault(heading)
        if price is not None and fault:
            message = f"It stands under “{heading}”, {fault}"
            raise CellUnreadable(
                "other-price", message, "Enter prices in pounds without VAT, under a heading of theirs"
            )
        return price

    def _heading(self, use: ScoreUse) -> str:
        """All that stands over the column of a use."""
        column = self._columns.get(use, -1)
        return self._head.over.get(column) or self._head.headings.get(column, "")

    def _said_in_rows(self) -> tuple[int, Fraction | None]:
        """The row in place of a bidder that says the most points, "Maximum", and what it says; none is row 0."""
        for row in self._grid.rows:
            named = row.number > self._head.row and alike(text_or_nothing(self._cell(row, ScoreUse.BIDDER)))
            if named and _ROW_OF_MOST.fullmatch(named):
                said = row.cell(self._columns.get(ScoreUse.QUALITY)).value
                return row.number, Fraction(said) if isinstance(said, int | Decimal) else None
        return 0, None

    def _quality(self, cell: GridCell) -> Decimal | None:
        told = format_exact(self._most)
        shown = cell.text or text_or_nothing(cell)
        if cell.is_percent or (isinstance(cell.value, str) and _PER_CENT.fullmatch(cell.value)):
            raise CellUnreadable("per-cent", f"“{shown}” is a per cent", f"Enter the points, out of {told}")
        marked = _MARK_OF.fullmatch(cell.value) if isinstance(cell.value, str) else None
        quality = quantity_of(cell if marked is None else cell._replace(value=marked["mark"])).value
        if quality is not None:
            self._check_scale(shown, None if marked is None else Fraction(marked["most"]))
        return quality

    def _check_scale(self, shown: str, most: Fraction | None) -> None:
        """Refuse a mark of which its cell, its heading or a row says that it is out of something else.

        Under a heading with a weight alone nothing tells out of how many it is.
        """
        heading = self._heading(ScoreUse.QUALITY)
        stated = stated_points(heading)
        under, told = f"It stands under “{heading}”", format_exact(self._most)
        said = (
            (f"It is “{shown}”", most),
            (under, stated.most or stated.weight),
            (f"Row {self._row_of_most[0]} says another most", self._row_of_most[1]),
        )
        other = next((words for words, points in said if points not in {None, self._most}), None)
        if other is not None:
            message = f"{other}, and the tender has {told} quality points"
            fix = f"Work it out for {told} points, or choose no column of quality"
            raise CellUnreadable("other-points", message, fix)
        if stated.weight not in {None, _HUNDRED} and most is None:
            fix = f"If it is out of {told}, write “Quality (out of {told})” over it; else work it out for {told} points"
            raise CellUnreadable("points-unclear", f"{under}, and may be out of {told} or out of 100", fix)


def _is_said(cell: GridCell) -> bool:
    blank = cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
    return cell.lacks_result or not blank


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
