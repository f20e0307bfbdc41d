"""Prices and quality points from a sheet are put beside the bids that they fit, and saved together."""

from decimal import Decimal

import pytest

from tests.services.tenders.evaluations import evaluated_tender, evaluation
from tests.services.tenders.offers import CALDER, LAMP
from tomsapp.domain.tender.bid import Bid
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.services import edits
from tomsapp.services.tenders.scores_table import ScoreState, ScoreUse, match_scores, open_scores, take_scores

D = Decimal
pytestmark = pytest.mark.parametrize("server", ["sqlite"])
STATE = ScoreState


def written(tmp_path, *lines: str):
    path = tmp_path / "scores.csv"
    path.write_text("\n".join(["Bidder,Lot,Price,Quality", *lines]), encoding="utf-8")
    return open_scores(path)


def test_a_sheet_is_read_shown_saved_and_undone(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    scores = written(
        tmp_path,
        f"{CALDER.name},1,£1000000,30.5",
        f"{LAMP.registration},,900000,",
        "Moor Ltd,1,5,5",
        f"{LAMP.name},2,5,5",
        "Calder,x,5,5",
    )
    matched = match_scores(ann, page, scores)
    assert [(each.state, each.words) for each in matched] == [
        (STATE.NEW, f"{CALDER.name}, lot 1 gets these"),
        (STATE.NEW, f"{LAMP.name}, lot 1 gets these"),
        (STATE.NONE, "No bid fits"),
        (STATE.NONE, "No bid fits"),
        (STATE.UNREADABLE, "“x” is no number of a lot"),
    ]
    done = take_scores(ann, page, matched)
    assert [(bid.record.price, bid.record.quality) for bid in done.result] == [
        (D("1000000.00"), D("30.5")),
        (D("900000.00"), None),
    ]
    again = match_scores(ann, page, written(tmp_path, f"{CALDER.name},1,1000000,", f"{LAMP.name},1,800000,35"))
    assert [(each.state, each.words) for each in again] == [
        (STATE.SAME, f"{CALDER.name}, lot 1 has these"),
        (STATE.OTHER, f"{LAMP.name}, lot 1: it had others"),
    ]
    edits.undo(ann, done.edit)
    assert [bid.stored.record.price for bid in evaluation(ann, page).bids] == [None, None]


def test_rows_that_are_not_sure_are_not_taken_over(ann, tmp_path):
    page = evaluated_tender(ann, is_entered=False)
    twice = match_scores(ann, page, written(tmp_path, f"{CALDER.name},1,5,", f"{CALDER.name},,6,"))
    assert {each.words for each in twice} == {f"Another row is about {CALDER.name}, lot 1 too"}
    assert take_scores(ann, page, twice).edit is None
    high = match_scores(ann, page, written(tmp_path, f"{CALDER.name},1,5,41"))
    assert high[0].state is STATE.UNREADABLE
    assert high[0].words == "The quality is over 40, the tender’s quality points"
    with ann.work("Bid") as uow:
        supplier = uow.bids.supplier_of(evaluation(ann, page).bids[0].stored.id)
        uow.bids.add(page.id, Bid(2, CALDER.name), supplier)
        uow.commit()
    several = match_scores(ann, page, written(tmp_path, f"{CALDER.name},,5,"))
    assert several[0].words == "It may be of several lots: name the lot"
    columns = {ScoreUse.BIDDER: 0, ScoreUse.LOT: 1, ScoreUse.PRICE: 3}
    told = match_scores(ann, page, written(tmp_path, f"{CALDER.name},1,5,7"), columns)
    assert told[0].row.price == 7


def test_what_is_no_such_table_is_refused(ann, tmp_path):
    del ann
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(OfferUnreadable, match="has no table with bidders"):
        open_scores(path)
