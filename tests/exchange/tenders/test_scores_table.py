"""Prices and quality points in a table: which column is what, and what each row says."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.exchange.tenders.test_portal_export import grid_of
from tomsapp.exchange.grid import CellError, GridCell
from tomsapp.exchange.tenders.scores_head import ScoreUse, find_scores
from tomsapp.exchange.tenders.scores_table import ScoresRow, read_scores

D = Decimal
BIDDER, LOT, PRICE, QUALITY = ScoreUse
MOST = Fraction(40)
HEAD = ("Bidder", "Lot", "Price", "Quality")


@pytest.mark.parametrize(
    ("headings", "uses"),
    [
        (HEAD, {BIDDER: 0, LOT: 1, PRICE: 2, QUALITY: 3}),
        (("Supplier name", "Total price (ex VAT)"), {BIDDER: 0, PRICE: 1}),
        (("Quality score", "Company", "Lot no.", "Price"), {QUALITY: 0, BIDDER: 1, LOT: 2, PRICE: 3}),
        (("Bidder", "Tender sum"), {BIDDER: 0, PRICE: 1}),
    ],
)
def test_columns_are_known_by_their_headings(headings, uses):
    head = find_scores(grid_of(("Cleaning",), headings))
    assert (head.row, dict(head.guessed)) == (2, uses)
    assert all(use.words for use in ScoreUse)


@pytest.mark.parametrize("rows", [(("Bidder", "Lot"),), (("Price", "Quality"),), ()])
def test_what_is_no_such_table_has_no_head(rows):
    assert find_scores(grid_of(*rows)) is None


def test_a_head_of_two_rows_is_told_column_by_column():
    head = find_scores(grid_of(("Evaluation", "2027"), ("Bidder", "Offered", "Panel"), (None, "price", "quality")))
    assert (head.row, dict(head.guessed)) == (3, {BIDDER: 0, PRICE: 1, QUALITY: 2})
    assert head.headings[1] == "Offered price"
    apart = grid_of(("Bidder", "Notes"), (None, None), ("Price", "Quality"))
    assert find_scores(apart) is None, "a blank row parts two tables"


def rows_of(*rows: tuple[object, ...], columns=None) -> tuple[ScoresRow, ...]:
    grid = grid_of(HEAD, *rows)
    head = find_scores(grid)
    return read_scores(grid, head, head.guessed if columns is None else columns, MOST)


def test_rows_say_exactly_what_stands_in_them():
    assert rows_of(
        ("Calder", 1, "£1,000,000.00", D("30.5")),
        ("Lamp", "Lot 2: Libraries", 900000, None),
        (None, None, None, None),
        (" ", None, " ", None),
        HEAD,
        ("Moor", None, None, "38"),
        ("Moor", None, "n/a", "-"),
    ) == (
        ScoresRow(2, "Calder", 1, D("1000000.00"), D("30.5")),
        ScoresRow(3, "Lamp", 2, D(900000), None),
        ScoresRow(7, "Moor", None, None, D(38)),
        ScoresRow(8, "Moor"),
    )
    assert rows_of(("Calder", 1, "£5,000.50 ex VAT", 6))[0].price == D("5000.50")
    assert rows_of(("Calder", 1, 5, 6), columns={BIDDER: 0, PRICE: 3}) == (ScoresRow(2, "Calder", None, D(6)),)


def test_a_lot_over_several_bidders_holds_until_the_next():
    calder = ("Calder", None, 1)
    rows = rows_of(("Moor", None, 1), ("Lot 2",), calder, ("Lamp", 1, 1), (None, "Lot 3"), calder)
    assert [(row.bidder, row.lot) for row in rows] == [("Moor", None), ("Calder", 2), ("Lamp", 1), ("Calder", 3)]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("x", 5, 5), "Cell B2: “x” is not the number of a lot"),
        ((CellError("#N/A"), 5, 5), "Cell B2: The cell shows #N/A"),
        ((1, "many", 5), "Cell C2: “many”: Use numbers only"),
        ((1, CellError("#REF!"), 5), "Cell C2: The cell shows #REF!"),
        ((1, "£5 VAT", 5), "Cell C2: “£5 VAT” has VAT in it"),
        ((1, 5, "1.234,5"), "Cell D2: It stands"),
        ((1, 5, "3%"), "Cell D2: “3%” is a per cent"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_cell(cells, said):
    (row,) = rows_of(("Calder", *cells)) if said != "Cell D2: It stands" else _under_other_points(cells)
    assert (row.bidder, row.quality) == ("Calder", None)
    assert row.price == (D(5) if said.startswith("Cell D") else None)
    assert row.trouble.startswith(said)
    assert row.fix


def _under_other_points(cells):
    grid = grid_of((*HEAD[:3], "Quality / 100"), ("Calder", *cells))
    head = find_scores(grid)
    return read_scores(grid, head, head.guessed, MOST)


def test_a_row_that_names_nobody_or_is_struck_out_says_so():
    nobody, unreadable = rows_of((None, 1, 5, 5), (None, None, GridCell(None), CellError("#REF!")))
    assert nobody.trouble == unreadable.trouble == "It names no bidder"
    (only_lot,) = rows_of(("Calder", 1, 5, 5), columns={LOT: 1, PRICE: 2})
    assert only_lot.trouble == "It names no bidder"


def test_a_row_that_is_struck_out_and_one_that_is_merged_downwards():
    grid = grid_of(HEAD, ("Calder", 1, 5, 5), (None, 2, 6, 6), ("Lamp", 1, 7, 7))
    *rows, last = grid.rows
    grid = replace(grid, rows=(*rows, replace(last, is_struck=True)), merged=((2, 0, 3, 0), (9, 0, 10, 0)))
    head = find_scores(grid)
    first, second, struck = read_scores(grid, head, head.guessed, MOST)
    assert [(row.bidder, row.lot, row.price) for row in (first, second)] == [("Calder", 1, 5), ("Calder", 2, 6)]
    assert (struck.bidder, struck.price, struck.trouble) == ("Lamp", None, "It is struck out")


def under(*headings: str, rows=(("Calder", 5, 39),)):
    """What is said of rows under a head with these columns of the price and the quality."""
    grid = grid_of(("Bidder", *headings), *rows)
    head = find_scores(grid)
    return [row.trouble for row in read_scores(grid, head, {BIDDER: 0, PRICE: 1, QUALITY: 2}, MOST)]


@pytest.mark.parametrize("heading", ["Price incl. VAT", "Price + VAT", "Price (£k)", "Price EUR"])
def test_a_price_under_a_heading_of_another_sum_is_refused_though_it_was_chosen(heading):
    (said,) = under(heading, "Quality")
    assert said.startswith(f"Cell B2: It stands under “{heading}”, which ")
    assert under(heading, "Quality", rows=(("Calder", None, 39),)) == [""], "a row without a price is not concerned"


def test_a_group_over_a_heading_says_its_most_as_well():
    grid = grid_of(("Of", "Sums", "Out of 100"), ("Bidder", "Price", "Quality"), ("Calder", 5, 39))
    head = find_scores(grid)
    (row,) = read_scores(grid, head, head.guessed, MOST)
    assert row.trouble == "Cell C3: It stands under “Out of 100 Quality”, and the tender has 40 quality points"


@pytest.mark.parametrize(
    ("named", "most", "said"),
    [
        ("Maximum", 100, "Cell C3: Row 2 says another most, and the tender has 40 quality points"),
        ("Max. points", D("62.5"), "Cell C3: Row 2 says another most, and the tender has 40 quality points"),
        ("Out of", 40, ""),
        ("Maximum", "many", ""),
        ("Maximus Ltd", 100, ""),
    ],
)
def test_a_row_that_says_the_most_points_is_believed(named, most, said):
    assert under("Price", "Quality", rows=((named, None, most), ("Calder", 5, 39)))[1] == said


@pytest.mark.parametrize(
    ("heading", "mark", "said"),
    [
        ("Quality 40%", 39, "Cell C2: It stands under “Quality 40%”, and may be out of 40 or out of 100"),
        ("Quality 60%", 39, "Cell C2: It stands under “Quality 60%”, and the tender has 40 quality points"),
        ("Quality 40%", "39/40", ""),
        ("Quality", "39 out of 60", "Cell C2: It is “39 out of 60”, and the tender has 40 quality points"),
        ("Quality", "39 of 40", ""),
    ],
)
def test_a_weight_in_a_heading_does_not_say_out_of_how_many_a_mark_is(heading, mark, said):
    assert under("Price", heading, rows=(("Calder", 5, mark),)) == [said]
