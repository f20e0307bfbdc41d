"""Sheets of prices and quality as officers really have them: each row is read exactly, or refused with its cell."""

from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.exchange.books import saved
from tests.services.tenders.evaluations import evaluated_tender
from tests.services.tenders.offers import CALDER, LAMP
from tests.services.tenders.sheets import sheet_of
from tests.services.tenders.test_scores_table import another_bid, home, matched, told
from tomsapp.services.tenders.scores_table import SCORES
from tomsapp.services.tenders.sheet_rows import RowState, open_sheets

D = Decimal
HEAD = "Bidder;Lot;Price;Quality"
CLEAN = CALDER.name
__all__ = ["home"]
pytestmark = pytest.mark.parametrize("server", ["sqlite"])


def given(ann, tmp_path, *lines, encoding="utf-8", head=HEAD):
    path = tmp_path / "scores.csv"
    path.write_bytes("\r\n".join([head, *lines]).encode(encoding))
    (sheet,) = open_sheets(ann, SCORES, path)
    return sheet


def book(ann, tmp_path, *sheets):
    """The sheets of a workbook, each a name, its rows, and what more is done to it."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows, *more in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for change in more:
            change(sheet)
    path = tmp_path / "scores.xlsx"
    path.write_bytes(saved(made))
    return open_sheets(ann, SCORES, path)


READ = (
    "£1,234,567.89 ex VAT",
    "£1,234,567.89 (excl. VAT)",
    "GBP 1234567.89 + V.A.T.",
    "1.234.567,89",
    "1 234 567,89",
    "£1.234.567,89 ex VAT",
)
REFUSED = {
    "£1,234,567.89 inc VAT": "Cell C2: “£1,234,567.89 inc VAT” has VAT in it. Enter the price without VAT",
    "1234567.89 VAT": "Cell C2: “1234567.89 VAT” has VAT in it. Enter the price without VAT",
    "-1234567.89": "Cell C2: The price",
    "=SUM(C3:C9)": "Cell C2: “=SUM(C3:C9)”: ",
    "£1.2m to £1.3m": "Cell C2: “£1.2m to £1.3m”: ",
    "1234567.891": "Cell C2: ",
    "1.234": "Cell C2: It is not clear what “1.234” is. Write 1234",
    "0": "Cell C2: The price",
    "1e6": "Cell C2: “1e6”: ",
}


def test_a_price_is_read_to_the_penny_or_refused_with_its_cell(ann):
    page = evaluated_tender(ann, is_entered=False)
    for price in READ:
        (row,) = matched(ann, page, sheet_of(SCORES, "scores.csv", f"{HEAD}\n{CLEAN};1;{price};30\n")).rows
        assert (price, row.state, row.row.price) == (price, RowState.NEW, D("1234567.89"))
    for price, words in REFUSED.items():
        (row,) = matched(ann, page, sheet_of(SCORES, "scores.csv", f"{HEAD}\n{CLEAN};1;{price};30\n")).rows
        assert (price, row.state, row.said) == (price, RowState.UNREADABLE, ())
        assert row.told.startswith(words), row.told
        assert row.more, price


def test_numbers_that_are_written_in_two_ways_are_asked_about(ann):
    page = evaluated_tender(ann, is_entered=False)
    text = f"{HEAD}\n{CLEAN};1;£900,000.50;30\n{LAMP.name};1;1.234.567,89;30\n"
    first, second = matched(ann, page, sheet_of(SCORES, "scores.csv", text)).rows
    assert second.state is RowState.UNREADABLE
    assert second.told == "Cell C3: It is not clear what “1.234.567,89” is. Write 1234567.89"
    assert first.row.price == D("900000.50"), "it can be read in one way only"


SCALES = {
    "78%": "Cell D2: “78%” is a per cent. Enter the points, out of 40",
    "78 per cent": "Cell D2: “78 per cent” is a per cent. Enter the points, out of 40",
    "78": "Cell D2: The quality is over 40, the tender’s quality points. Enter at most 40",
    "31/50": "Cell D2: It is “31/50”, and the tender has 40 quality points. Work it out for 40 points",
    "31 out of 100": "Cell D2: It is “31 out of 100”, and the tender has 40 quality points",
    "good": "Cell D2: “good”: Use numbers only",
}


def test_points_on_another_scale_are_refused(ann):
    page = evaluated_tender(ann, is_entered=False)
    for quality, said in SCALES.items():
        (words,) = told(ann, page, sheet_of(SCORES, "scores.csv", f"{HEAD}\n{CLEAN};1;5;{quality}\n"))
        assert words.startswith(said), words


def test_a_heading_that_says_another_most_is_believed(ann):
    page = evaluated_tender(ann, is_entered=False)

    def rows(heading):
        head = f"Bidder;Lot;Price;{heading}"
        return matched(ann, page, sheet_of(SCORES, "s.csv", f"{head}\n{CLEAN};1;5;39\n{LAMP.name};1;6;\n")).rows

    for heading in ("Quality (out of 100)", "Quality %", "Quality (60%)", "Quality / 100", "Quality, max. 48"):
        first, second = rows(heading)
        assert first.told == (
            f"Cell D2: It stands under “{heading}”, and the tender has 40 quality points. "
            "Work it out for 40 points, or choose no column of quality"
        )
        assert second.state is RowState.NEW, "a row without quality is not concerned"
    for heading in ("Quality, 40", "Quality (out of 40)", "Quality score 2026", "Moderated quality"):
        assert [row.state for row in rows(heading)] == [RowState.NEW, RowState.NEW], heading
    for heading in ("Quality (40%)", "Quality 40%", "Quality score, 40 per cent"):
        first, second = rows(heading)
        assert first.told == (
            f"Cell D2: It stands under “{heading}”, and may be out of 40 or out of 100. "
            "If it is out of 40, write “Quality (out of 40)” over it; else work it out for 40 points"
        )
        assert second.state is RowState.NEW


def test_a_mark_that_says_out_of_how_many_it_is_needs_no_heading(ann):
    page = evaluated_tender(ann, is_entered=False)
    for heading in ("Quality", "Quality 40%"):
        for mark in ("31.5/40", "31.5 out of 40"):
            (row,) = matched(ann, page, sheet_of(SCORES, "s.csv", f"Bidder;Price;{heading}\n{CLEAN};5;{mark}\n")).rows
            assert (row.state, row.row.quality) == (RowState.NEW, D("31.5"))


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("Bidder;Price score;Price;Quality", 2),
        ("Bidder;Price, 40;Price;Quality", 2),
        ("Bidder;Price rank;Price per hour;Total price", 3),
        ("Bidder;Price inc. VAT;Price ex. VAT", 2),
        ("Bidder;Price including VAT;Price, not incl. VAT", 2),
    ],
)
def test_a_price_is_not_taken_for_points_ranks_or_with_vat(server, head, column):
    del server
    sheet = sheet_of(SCORES, "scores.csv", f"{head}\n{CLEAN};1;1;1;1\n")
    assert {use.value: place for use, place in sheet.columns.items()}["price"] == column


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_csv_files_of_any_office_are_read(ann, tmp_path, encoding):
    page = evaluated_tender(ann, is_entered=False)
    lines = (f"{CLEAN};1;£1.000.000,00;30,5", *[";;;"] * 1_000, f"“{LAMP.name}”;1;£900.000,50;31")
    sheet = given(ann, tmp_path, *lines, encoding=encoding)
    found = matched(ann, page, sheet)
    assert [(each.row.number, each.row.price, each.row.quality) for each in found.rows] == [
        (2, D(1000000), D("30.5")),
        (1003, D("900000.5"), D(31)),
    ]
    assert len(found.said) == 2


def test_a_row_for_several_lots_is_refused(ann):
    page = evaluated_tender(ann, is_entered=False)
    for lot in ("1 and 2", "1, 2", "1/2", "Lots 1", "0", "1-2", "both"):
        (words,) = told(ann, page, sheet_of(SCORES, "scores.csv", f"{HEAD}\n{CLEAN};{lot};5;6\n"))
        assert words == f"Cell B2: “{lot}” is not the number of a lot. Enter the number of one lot, such as 2"


def test_two_lots_in_one_sheet(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    another_bid(ann, page, 2)
    as_column = given(ann, tmp_path, f"{CLEAN};Lot 1: Offices;5;6", f"{CLEAN};Lot 2 - Libraries;7;8")
    under_titles = given(
        ann,
        tmp_path,
        "Lot 1: Offices;;",
        f"{CLEAN};5;6",
        ";;",
        "Lot 2: Libraries;;",
        "Bidder;Price;Quality",
        f"{CLEAN};7;8",
        head="Bidder;Price;Quality",
    )
    for sheet in (as_column, under_titles):
        found = matched(ann, page, sheet)
        assert [(each.row.lot, each.row.price, each.state) for each in found.rows] == [
            (1, D(5), RowState.NEW),
            (2, D(7), RowState.NEW),
        ]


def test_a_workbook_with_a_sheet_for_each_lot_offers_both(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    another_bid(ann, page, 2)
    rows = [("Bidder", "Price"), (CLEAN, 5)]
    sheets = book(ann, tmp_path, ("Notes", [("a", "b")]), ("Lot 1", rows), ("Lot 2", rows))
    assert [sheet.grid.name for sheet in sheets] == ["Lot 1", "Lot 2"]
    assert [told(ann, page, sheet) for sheet in sheets] == [[f"{CLEAN}, lot {lot}. Gets these"] for lot in (1, 2)]


def test_merged_heads_bidders_and_lots_are_read_and_merged_prices_refused(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    another_bid(ann, page, 2)
    rows = [
        ("Evaluation of the bids",),
        ("Bidder", "Lot", "Scores", None),
        (None, None, "Price", "Quality"),
        (CLEAN, 1, 5, 6),
        (None, 2, 7, 8),
        (LAMP.name, 1, 9, 10),
        ("Moor", 1, None, 11),
    ]

    def merge(sheet):
        for cells in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A5", "C6:C7"):
            sheet.merge_cells(cells)

    (sheet,) = book(ann, tmp_path, ("Scores", rows, merge))
    assert sheet.head.row == 3
    assert told(ann, page, sheet) == [
        f"{CLEAN}, lot 1. Gets these",
        f"{CLEAN}, lot 2. Gets these",
        "Cell C6: The cell is merged with others. Split the merged cells, fill in each",
        "Cell C7: The cell is merged with others. Split the merged cells, fill in each",
    ]


def test_cells_that_hold_no_number_of_their_own_are_refused(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    rows = [("Bidder", "Price", "Quality"), (CLEAN, "=1+1", 6), (LAMP.name, 5, 0.78), (None, 5, 5), ("Moor", 1, 2)]

    def dress(sheet):
        sheet["C3"].number_format = "0%"
        for cell in sheet[5]:
            cell.font = Font(strike=True)

    (sheet,) = book(ann, tmp_path, ("Scores", rows, dress))
    formula, share, nobody, struck = told(ann, page, sheet)
    assert formula.startswith("Cell B2: The cell holds a formula that was never worked out. ")
    assert share == "Cell C3: “78%” is a per cent. Enter the points, out of 40"
    assert nobody == "It names no bidder. Enter the bidder, or choose its column"
    assert struck == "It is struck out. Take the row out, or the line off it"
    assert matched(ann, page, sheet).said == ()
