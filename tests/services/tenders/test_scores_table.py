"""Prices and quality points from a sheet are put beside the bids that they fit, and saved together."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.services.tenders.build import begin_tender
from tests.services.tenders.evaluations import evaluated_tender, evaluation
from tests.services.tenders.offers import CALDER, LAMP
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.bid import Bid
from tomsapp.domain.tender.marking import Evaluator
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.services import edits
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.suppliers import add_supplier
from tomsapp.services.tenders.bids import save_bids
from tomsapp.services.tenders.scores_table import SCORES, ScoreUse, match_scores, take_scores
from tomsapp.services.tenders.sheet_rows import RowState, check_chosen, open_sheets, sheet_called

D = Decimal
BIDDER, LOT, PRICE, QUALITY = ScoreUse


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """What is remembered of columns goes to a place of its own."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))


pytestmark = pytest.mark.parametrize("server", ["sqlite"])


def written(ann, tmp_path, *lines: str, head="Bidder,Lot,Price,Quality", name="scores.csv"):
    path = tmp_path / name
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    (sheet,) = open_sheets(ann, SCORES, path)
    return sheet


def matched(ann, page, sheet, columns=None):
    return match_scores(ann, page, sheet, sheet.columns if columns is None else columns)


def told(ann, page, sheet, columns=None):
    return [each.told for each in matched(ann, page, sheet, columns).rows]


def held(ann, page):
    return [(bid.stored.record.price, bid.stored.record.quality) for bid in evaluation(ann, page).bids]


def another_bid(ann, page, lot, name=CALDER.name):
    """A further bid; of a supplier that is new where it has another name than Calder's."""
    with ann.look() as uow:
        supplier = uow.bids.supplier_of(evaluation(ann, page).bids[0].stored.id)
    if name != CALDER.name:
        supplier = add_supplier(ann, Supplier(name, registration="77")).result.id
    with ann.work("Bid") as uow:
        uow.bids.add(page.id, Bid(lot, name), supplier)
        uow.commit()


def test_a_sheet_is_read_shown_saved_and_undone(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    lines = (
        f"{CALDER.name},1,£1000000,30.5",
        f"{LAMP.registration},,900000,",
        "Moor Ltd,1,5,5",
        f"{LAMP.name},2,5,5",
        "Calder,x,5,5",
    )
    sheet = written(ann, tmp_path, *lines)
    found = matched(ann, page, sheet)
    assert [(each.state, each.told) for each in found.rows] == [
        (RowState.NEW, f"{CALDER.name}, lot 1. Gets these"),
        (RowState.NEW, f"{LAMP.name}, lot 1. Gets these"),
        (RowState.NONE, "No bid fits. No bidder of this tender has this name or number"),
        (RowState.NONE, f"No bid fits. {LAMP.name} bid for lot 1"),
        (RowState.UNREADABLE, "Cell B6: “x” is not the number of a lot. Enter the number of one lot, such as 2"),
    ]
    assert (len(found.said), found.of_no_use) == (2, (4, 5, 6))
    done = take_scores(ann, page, sheet, sheet.columns, found)
    assert held(ann, page) == [(D("1000000.00"), D("30.5")), (D("900000.00"), None)]
    again = written(ann, tmp_path, f"{CALDER.name},1,1000000,", f"{LAMP.name},1,800000,35")
    assert [(each.state, each.told) for each in matched(ann, page, again).rows] == [
        (RowState.SAME, f"{CALDER.name}, lot 1. It has these already"),
        (RowState.OTHER, f"{LAMP.name}, lot 1. It was £900,000.00"),
    ]
    edits.undo(ann, done.edit)
    assert held(ann, page) == [(None, None), (None, None)]


def test_what_is_replaced_is_told(ann, tmp_path):
    page = evaluated_tender(ann)
    sheet = written(ann, tmp_path, f"{CALDER.name},1,5,6", f"{LAMP.name},1,900000,1")
    assert told(ann, page, sheet) == [
        f"{CALDER.name}, lot 1. It was £1,000,000.00 and 30 points",
        f"{LAMP.name}, lot 1. It was 35.5 points",
    ]


def test_rows_that_are_not_sure_are_not_taken_over(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    twice = written(ann, tmp_path, f"{CALDER.name},1,5,", f"{CALDER.name.upper()},,6,")
    words = "Another row is about this bid too. Leave one of them in the sheet"
    assert told(ann, page, twice) == [words, words]
    assert take_scores(ann, page, twice, twice.columns, matched(ann, page, twice)).edit is None
    another_bid(ann, page, 2)
    several = written(ann, tmp_path, f"{CALDER.name},,5,", f"{CALDER.name},1,,")
    assert told(ann, page, several) == ["It may be of lot 1 or 2. Name the lot", "It says neither price nor quality"]


def test_a_bidder_is_known_by_its_name_in_another_case_and_form(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    sheet = written(ann, tmp_path, "CALDER CLEAN COOPERATIVE,1,5,", "Lamp Limited,1,6,")
    assert [row.state for row in matched(ann, page, sheet).rows] == [RowState.NEW, RowState.NEW]
    another_bid(ann, page, 1, "Lamp plc")
    sheet = written(ann, tmp_path, "Lamp,1,6,", "Lamp plc,1,7,", "LAMP LTD,1,8,")
    assert told(ann, page, sheet) == [
        "It may be Lamp Ltd or Lamp plc. Write the whole name, or the registration number",
        "Lamp plc, lot 1. Gets these",
        "Lamp Ltd, lot 1. Gets these",
    ]


def test_columns_are_said_otherwise_and_remembered_for_the_next_sheet_with_this_head(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    line = f"{CALDER.name},1,5,7"
    sheet = written(ann, tmp_path, line)
    columns = {BIDDER: 0, LOT: 1, PRICE: 3}
    found = matched(ann, page, sheet, columns)
    assert found.rows[0].row.price == 7
    take_scores(ann, page, sheet, columns, found)
    again = written(ann, tmp_path, line, name="next.csv")
    assert (again.is_known, again.columns) == (True, columns)
    other = written(ann, tmp_path, line, head="Bidder,Lot,Price,Quality,Notes")
    assert (other.is_known, other.columns) == (False, {BIDDER: 0, LOT: 1, PRICE: 2, QUALITY: 3})


def test_without_the_columns_that_are_needed_nothing_is_read(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    sheet = written(ann, tmp_path, f"{CALDER.name},1,5,7")
    for columns in ({BIDDER: 0, LOT: 1}, {LOT: 1, PRICE: 2}, {BIDDER: 0, PRICE: 2, QUALITY: 2}):
        found = matched(ann, page, sheet, columns)
        assert (found.rows, found.is_read) == ((), False)
    assert found.note == "One column is chosen twice: choose another one"
    assert matched(ann, page, written(ann, tmp_path)).is_read


def test_nothing_is_saved_where_one_bid_was_changed_by_a_colleague(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    sheet = written(ann, tmp_path, f"{CALDER.name},1,5,", f"{LAMP.name},1,6,")
    found = matched(ann, page, sheet)
    lamp = evaluation(ann, page).bids[1].stored
    save_bids(ann, page, [(lamp, replace(lamp.record, price=D(7)))])
    with pytest.raises(EditConflict):
        take_scores(ann, page, sheet, sheet.columns, found)
    assert held(ann, page) == [(None, None), (D(7), None)]


def test_an_evaluator_who_may_not_see_prices_is_told_nothing_of_them(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    with ann.work("Evaluator") as uow:
        uow.evaluators.add(page.id, Evaluator(ann.who, "Head of Libraries"))
        uow.commit()
    with pytest.raises(StoreError, match="held back"):
        matched(ann, page, written(ann, tmp_path, f"{CALDER.name},1,5,"))


def test_the_sheet_of_another_tender_is_noticed(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    begin_tender(ann, "T-2026-00")
    begin_tender(ann, "T-2026-077")
    line = f"{CALDER.name},1,5,7"
    title = "Evaluation of {},\nBidder,Lot,Price,Quality"
    warned = "The file names T-2026-077, and this is T-2026-003: look at its rows"
    for head, name, note in (
        (title.format("T-2026-077"), "scores.csv", warned),
        ("Bidder,Lot,Price,Quality", "t-2026-077 scores.csv", warned),
        (title.format("T-2026-003"), "after T-2026-077.csv", ""),
        (title.format("T-2026-0777"), "scores.csv", ""),
    ):
        assert matched(ann, page, written(ann, tmp_path, line, head=head, name=name)).note == note


def test_what_is_no_such_table_is_refused(ann, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(OfferUnreadable, match="has no table with bidders"):
        open_sheets(ann, SCORES, path)
    with pytest.raises(OfferUnreadable, match="No sheet “Lot 9”"):
        sheet_called([written(ann, tmp_path, f"{CALDER.name},1,5,7")], "Lot 9")


def test_of_two_columns_that_fit_a_person_chooses_and_none_is_taken(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    sheet = written(ann, tmp_path, f"{CALDER.name},5,6,7", head="Bidder,Price,Total price,Quality")
    assert sheet.columns == {BIDDER: 0, QUALITY: 3}
    found = matched(ann, page, sheet)
    words = "“Price” (column B) and “Total price” (column C) may each be “Price, without VAT”, and none is taken"
    assert found.note == words
    assert found.rows[0].row.price is None
    with pytest.raises(OfferUnreadable, match=r"In scores\.csv “Price”"):
        check_chosen(sheet, found)
    chosen = matched(ann, page, sheet, {**sheet.columns, PRICE: 2})
    assert (chosen.note, chosen.rows[0].row.price) == ("", 6)


def test_the_preview_says_what_was_taken_as_what(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    sheet = written(ann, tmp_path, f"{CALDER.name},5,7", head="Bidder,Price incl. VAT,Quality (out of 40)")
    assert matched(ann, page, sheet).taken == (
        "“Bidder” (column A) is taken as “Bidder”, “Quality (out of 40)” (column C) is taken as “Quality points”. "
        "Quality is taken as points out of 40. No column is taken as “Price, without VAT”"
    )
    alone = written(ann, tmp_path, f"{CALDER.name},5", head="Bidder,Price")
    assert matched(ann, page, alone).taken.endswith("No column is taken as “Quality points”")
    check_chosen(alone, matched(ann, page, alone))
    whole = written(ann, tmp_path, f"{CALDER.name},5,6", head="Bidder,Price,Quality")
    assert matched(ann, page, whole).taken.endswith("Quality is taken as points out of 40")


def test_a_sheet_that_does_not_say_its_columns_is_refused_where_nobody_is_asked(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    sheet = written(ann, tmp_path, f"{CALDER.name},5,6", head="Bidder,Annual price,Raw quality")
    with pytest.raises(OfferUnreadable, match=r"“Annual price” .+ and “Raw quality”"):
        check_chosen(sheet, matched(ann, page, sheet))
