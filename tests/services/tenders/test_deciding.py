"""The problems of all bids side by side, and what is decided of them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.domain.tender.test_acts import act
from tests.services.tenders.build import opened
from tests.services.tenders.offers import CALDER, LAMP, OPEN, PAST, issued_tender, saved
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.deciding import ProblemState
from tomsapp.services.tenders import offers as reading
from tomsapp.services.tenders.deciding import check_bids, open_check, undecided_problems
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.opening import open_offers, read_bids, read_tender_bids
from tomsapp.services.tenders.receiving import receive

here = pytest.mark.parametrize("server", ["sqlite"])
D = Decimal
MEASURED = {"statement": "With the volunteers of the library"}


def weeks(hours: int) -> tuple[Commitment, ...]:
    return (Commitment("1", "V01", (D(hours), D(hours)), **MEASURED),)


def opened_tender(workspace, **offered):
    """The tender of `build.py` with an offer of each of two bidders, opened."""
    page = issued_tender(workspace)
    given = {CALDER.name: weeks(30), LAMP.name: weeks(3)} | offered
    files = [
        FoundFile(f"{bidder.name}.tomsoffer", saved(workspace, page, bidder, commitments=given[bidder.name]))
        for bidder in (CALDER, LAMP)
    ]
    receive(workspace, page, files)
    open_offers(workspace, page, OPEN, PAST)
    return opened(workspace, page.id)


@here
def test_bids_are_held_beside_each_other(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    problems = {bid.stored.record.supplier: bid.read.checked.open_problems for bid in read_bids(ann, page.id)}
    assert [each.code for each in problems[CALDER.name]] == ["above-other-bids"]
    assert "10 times the median of the other bids, 6" in problems[CALDER.name][0].message
    assert problems[LAMP.name] == ()


@here
def test_what_was_read_is_not_read_again(ann, monkeypatch):
    page = opened_tender(ann)
    before = read_tender_bids(ann, page.id)
    monkeypatch.setattr(reading, "open_offers_in_room", None)
    monkeypatch.setattr(reading, "read_pack", None)
    again = read_tender_bids(ann, page.id)
    assert again == before
    assert again.newest is before.newest


@here
def test_the_problems_of_all_bids_in_the_order_of_receipt(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    check = open_check(ann, page.id)
    assert [bid.supplier for bid in check.bids] == [CALDER.name, LAMP.name]
    calder, lamp = check.bids
    found = calder.find("above-other-bids:V01")
    assert (found.state, calder.undecided, lamp.undecided, check.undecided) == (ProblemState.DECIDE, 1, 0, 1)
    assert undecided_problems(read_tender_bids(ann, page.id)) == 1
    assert (check.bid(calder.id), check.bid(0), calder.find("x")) == (calder, None, None)


@here
def test_a_bid_that_was_excluded_has_nothing_to_be_decided(ann):
    page = opened_tender(ann, **{CALDER.name: weeks(31)})
    read = read_tender_bids(ann, page.id)
    bid = read.bids[0].stored.id
    out = act(TenderActKind.EXCLUDE, lot=1, supplier=CALDER.name, reason="It was found to be insolvent", bid=bid)
    check = check_bids(replace(read, acts=(*read.acts, out)))
    told = [each.words for each in check.bids[0].problems if each.state is not ProblemState.NOTED]
    assert told == ["By rule: not admitted", "Closed: not admitted"]
    assert check.undecided == 0
