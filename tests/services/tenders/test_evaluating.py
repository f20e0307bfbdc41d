"""The one reading of an evaluation: bids checked, admitted, scored and ranked, and what is still to be done."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.services.tenders.build import begin_tender
from tests.services.tenders.evaluations import accept_all, enter, evaluated_tender, evaluation, freeze_it
from tests.services.tenders.offers import CALDER, LAMP, OPEN, PAST, issued_tender, saved
from tomsapp.domain.tender.act_checks import Unfinished
from tomsapp.domain.tender.bid import Bid, BidDecision, DecisionKind
from tomsapp.exchange.tenders.evaluation_file import evaluation_parts
from tomsapp.services import edits
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.tenders import offers
from tomsapp.services.tenders.bids import save_bids
from tomsapp.services.tenders.evaluating import open_evaluation
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.receiving import receive

D = Decimal
here = pytest.mark.parametrize("server", ["sqlite"])


def test_bids_are_checked_scored_and_ranked(ann):
    page = evaluated_tender(ann)
    found = evaluation(ann, page)
    assert [lot.lot.number for lot in found.lots] == [1, 2]
    first = found.lot(1)
    assert [(row.supplier, row.rank_words) for row in first.evaluated.evaluation.rows] == [
        (LAMP.name, "1"),
        (CALDER.name, "2"),
    ]
    assert first.evaluated.evaluation.lowest_price == D("900000.00")
    assert [bid.supplier for bid, _ in first.admitted] == [LAMP.name, CALDER.name]
    assert first.missing == ()
    assert found.lot(2).bids == ()
    assert found.unfinished == Unfinished()
    assert found.unfinished_words == ()
    with pytest.raises(KeyError):
        found.lot(3)
    with pytest.raises(KeyError):
        first.bid("x")


@here
def test_what_is_missing_is_said_and_nobody_is_ranked(ann):
    page = evaluated_tender(ann, is_entered=False)
    found = evaluation(ann, page)
    assert found.unfinished == Unfinished(8, 2, 2)
    assert found.unfinished_words[1:] == ("2 answers have no moderated mark", "2 bids have no price or no quality")
    assert found.lot(1).missing[:2] == (
        f"{CALDER.name}: no price is entered",
        f"{CALDER.name}: no quality score is entered",
    )
    assert not found.lot(1).evaluated.evaluation.is_ranked


@here
def test_a_tender_that_is_not_issued_or_opened_has_no_bids(ann):
    found = evaluation(ann, begin_tender(ann))
    assert (found.pack, found.edition, found.lots, found.bids) == (None, None, (), ())
    assert found.unfinished == Unfinished()
    page = issued_tender(ann, "T-2")
    receive(ann, page, [FoundFile("a.tomsoffer", saved(ann, page))])
    found = evaluation(ann, page)
    assert found.pack.version == 1
    assert found.edition.name == "barnet-open 2026.2"
    assert [lot.bids for lot in found.lots] == [(), ()]


@here
def test_files_are_read_once(ann, monkeypatch):
    page = evaluated_tender(ann)
    before = evaluation(ann, page)
    read = []
    real = offers.open_offers_in_room
    monkeypatch.setattr(offers, "open_offers_in_room", lambda files, told=None: read.append(len(files)) or real(files))
    enter(ann, page, {CALDER.name: ("800000.00", "40")})
    read.clear()
    after = open_evaluation(ann, page.id, before, now=PAST)
    assert read == []
    assert after.lot(1).evaluated.evaluation.lowest_price == D("800000.00")
    assert evaluation(ann, page).lots[0].evaluated.evaluation == after.lots[0].evaluated.evaluation
    assert read == [], "what was read before is not read again"


@here
def test_a_line_that_is_left_out_does_not_count_and_asks_for_nothing(ann):
    page = evaluated_tender(ann)
    before = evaluation(ann, page).lot(1)
    (calder, _) = before.bids
    sha256 = calder.receipt.judged.file.sha256
    with ann.work("Decide") as uow:
        for decided in (
            BidDecision(calder.stored.id, "jobs:2", sha256, DecisionKind.LEAVE_OUT, "It is not new work here", "2"),
            BidDecision(calder.stored.id, "jobs:1", "00" * 32, DecisionKind.LEAVE_OUT, "It is not new work here", "1"),
        ):
            uow.bid_decisions.add(decided)
        uow.commit()
    after = evaluation(ann, page).lot(1)
    kept = after.bids[0].checked.checked.checked.valuation.lines
    assert [line.commitment.key for line in kept] == ["1"]
    decided = {each.record.problem for each in after.bids[0].decisions}
    assert "jobs:2" in decided
    assert "jobs:1" not in decided, "it is about another file"
    assert after.evaluated.given.bids[0].value < before.evaluated.given.bids[0].value
    assert after.evaluated.given.bids[1].value == before.evaluated.given.bids[1].value


@here
def test_what_is_found_and_not_decided_is_counted(ann):
    page = issued_tender(ann)
    receive(ann, page, [FoundFile("a", saved(ann, page, details={}))])
    open_offers(ann, page, OPEN, PAST)
    found = evaluation(ann, page)
    (bid,) = found.bids
    codes = [problem.code for problem in bid.undecided]
    assert "staff-not-said" in codes
    assert found.unfinished.undecided == len(codes)
    assert found.unfinished_words[0] == f"{len(codes)} problems of bids are undecided"
    accept_all(ann, page)
    assert evaluation(ann, page).unfinished.undecided == 0


def test_prices_and_quality_are_saved_and_undone_as_one_edit(ann):
    page = evaluated_tender(ann, is_entered=False)
    first, second = evaluation(ann, page).bids
    assert save_bids(ann, page, [(first.stored, first.stored.record)]).edit is None
    done = save_bids(
        ann,
        page,
        [
            (first.stored, replace(first.stored.record, price=D("5.00"), quality=D("40"))),
            (second.stored, second.stored.record),
        ],
    )
    assert done.edit.label == f"Change {CALDER.name}, lot 1 of T-2026-003"
    assert [each.record.price for each in done.result] == [D("5.00"), None]
    assert [bid.stored.record.price for bid in evaluation(ann, page).bids] == [D("5.00"), None]
    with pytest.raises(EditConflict):
        save_bids(ann, page, [(first.stored, replace(first.stored.record, price=D("6.00")))])
    edits.undo(ann, done.edit)
    assert [bid.stored.record.price for bid in evaluation(ann, page).bids] == [None, None]
    edits.redo(ann, done.edit)
    both = [(bid.stored, replace(bid.stored.record, quality=D(1))) for bid in evaluation(ann, page).bids]
    assert save_bids(ann, page, both).edit.label == "Change 2 bids of T-2026-003"


@here
def test_a_wrong_quality_or_price_is_refused(ann):
    page = evaluated_tender(ann, is_entered=False)
    stored = evaluation(ann, page).bids[0].stored
    with pytest.raises(StoreError, match="The quality is over 40, the tender’s quality points"):
        save_bids(ann, page, [(stored, replace(stored.record, quality=D("40.5")))])
    with pytest.raises(StoreError, match="price"):
        save_bids(ann, page, [(stored, replace(stored.record, price=D(0)))])


@here
def test_bids_are_not_changed_before_opening(ann):
    page = issued_tender(ann)
    with ann.work("Add") as uow:
        supplier = uow.suppliers.add(CALDER)
        stored = uow.bids.add(page.id, Bid(1, CALDER.name), supplier.id)
        uow.commit()
    with pytest.raises(StoreError, match="T-2026-003 is issued, and its bids are not changed"):
        save_bids(ann, page, [(stored, replace(stored.record, price=D(5)))])


@here
def test_the_figures_of_both_bids_redone_by_hand(ann):
    """Brief, valuation.md 4, with the values of barnet-open 2026.2: a job £20,202.72, a pound of cash £1.00."""
    page = evaluated_tender(ann)
    told = json.loads(evaluation_parts(freeze_it(ann, page), "").values["result.json"])
    lamp, calder = told["lots"][0]["bids"]
    # Calder: a job in each of two years, and £60 in each; Lamp: the same jobs, and £90 in each.
    assert 2 * D("20202.72") + 2 * 60 == D("40525.44") == D(calder["social_value"])
    assert 2 * D("20202.72") + 2 * 90 == D("40585.44") == D(lamp["social_value"])
    by_hand = {
        "price": ("40", "36"),  # £900,000 is the lowest: £900,000 ÷ £1,000,000 × 40
        "quality": ("71/2", "30"),  # entered as points of 40
        "quantity": ("10", str(Fraction(4052544, 4058544) * 10)),  # £40,525.44 ÷ £40,585.44 × 10
        "statement": ("8", "6"),  # marks 4 and 3 of 5, times 10
    }
    for part, (best, second) in by_hand.items():
        assert (lamp["parts"][part]["points"]["exact"], calder["parts"][part]["points"]["exact"]) == (best, second)
    assert calder["parts"]["quantity"]["points"]["shown"] == "9.99"  # 9.98521…
    assert (lamp["total"]["exact"], lamp["total"]["shown"], lamp["rank"]) == ("187/2", "93.50", "1")
    assert calder["total"]["exact"] == str(36 + 30 + Fraction(4052544, 4058544) * 10 + 6)
    assert (calder["total"]["shown"], calder["rank"]) == ("81.99", "2")
