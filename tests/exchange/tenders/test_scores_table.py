"""Prices and quality points in a table: which column is what, and what each row says."""

from decimal import Decimal

import pytest

from tests.exchange.tenders.test_portal_export import grid_of
from tomsapp.exchange.grid import CellError
from tomsapp.exchange.tenders.scores_table import ScoresRow, ScoreUse, find_scores, read_scores

D = Decimal
BIDDER, LOT, PRICE, QUALITY = ScoreUse


@pytest.mark.parametrize(
    ("headings", "uses"),
    [
        (("Bidder", "Lot", "Price", "Quality"), {BIDDER: 0, LOT: 1, PRICE: 2, QUALITY: 3}),
        (("Supplier name", "Total price (ex VAT)"), {BIDDER: 0, PRICE: 1}),
        (("Quality score", "Company", "Lot no.", "Price"), {QUALITY: 0, BIDDER: 1, LOT: 2, PRICE: 3}),
        (("Bidder", "Tender sum", "Price"), {BIDDER: 0, PRICE: 1}),
    ],
)
def test_columns_are_known_by_their_headings(headings, uses):
    _, head = find_scores([grid_of(("Notes", "of the day")), grid_of(("Cleaning",), headings)])
    assert (head.row, dict(head.guessed)) == (2, uses)
    assert all(use.words for use in ScoreUse)


@pytest.mark.parametrize("rows", [(("Bidder", "Lot"),), (("Price", "Quality"),), ()])
def test_what_is_no_such_table_has_no_head(rows):
    assert find_scores([grid_of(*rows)]) is None


def rows_of(*rows: tuple[object, ...]) -> tuple[ScoresRow, ...]:
    grid, head = find_scores([grid_of(("Bidder", "Lot", "Price", "Quality"), *rows)])
    return read_scores(grid, head.row, head.guessed)


def test_rows_say_exactly_what_stands_in_them():
    assert rows_of(
        ("Calder", 1, "£1,000,000.00", D("30.5")),
        ("Lamp", "Lot 2: Libraries", 900000, None),
        (None, 1, 5, 5),
        ("Moor", None, None, "38"),
    ) == (
        ScoresRow(2, "Calder", 1, D("1000000.00"), D("30.5")),
        ScoresRow(3, "Lamp", 2, D(900000), None),
        ScoresRow(5, "Moor", None, None, D(38)),
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("x", 5, 5), "“x” is no number of a lot"),
        ((1, "many", 5), "Use numbers only"),
        ((1, CellError("#REF!"), 5), "#REF!"),
        ((1, 5, "1.234,5"), "1.234,5"),
    ],
)
def test_what_cannot_be_read_is_said(cells, said):
    (row,) = rows_of(("Calder", *cells))
    assert (row.bidder, row.price) == ("Calder", None)
    assert said in row.trouble
