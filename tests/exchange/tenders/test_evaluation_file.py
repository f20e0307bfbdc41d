"""A frozen evaluation as a file: its records come back as they were, and its ranking is rebuilt from it alone."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.build import edition, measure
from tests.domain.tender.build import lot, offer, pack, question
from tests.domain.tender.build import measure as tender_measure
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.acts import TenderAct, TenderActFacts, TenderActKind
from tomsapp.domain.tender.bid import Bid, BidDecision, DecisionKind
from tomsapp.domain.tender.frozen import FrozenBid, FrozenEvaluation, JudgingPacks, frozen_lots
from tomsapp.domain.tender.marking import Evaluator, Mark, ModeratedMark
from tomsapp.domain.tender.receipt import ReceivedFile
from tomsapp.domain.units import Unit
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.record_json import NoRecord
from tomsapp.exchange.stored_zip import read_stored, write_stored
from tomsapp.exchange.tenders.evaluation_file import (
    CHECKSUMS,
    RESULT,
    OfferBytes,
    begins_as_evaluation,
    evaluation_parts,
    other_checksums,
    write_evaluation,
)
from tomsapp.exchange.tenders.evaluation_json import RECORDS, frozen_in, record_parts
from tomsapp.exchange.tenders.evaluation_result import result_values

D = Decimal
NOW = datetime(2027, 1, 23, 9, tzinfo=UTC)
DAY = date(2027, 1, 22)
WHY = "As the panel agreed on the day"
MENU = edition(measure("J01", "4000.00", Unit.FTE_JOBS, employment_outcome=D(1)), measure("S08", "500.00", Unit.WEEKS))
PACK = pack(lots=(lot(1), lot(2)), measures=(tender_measure("J01"), tender_measure("S08")), questions=(question(),))
JUDGING = JudgingPacks(PACK, MENU, [PACK.identity("ab" * 32)])
ACT = TenderAct(TenderActKind.ADMIT_LATE, DAY, "Lead", WHY, receipt=2, id=4, tender_id=0, by="M. Reid", recorded_at=NOW)
OUT = replace(ACT, kind=TenderActKind.EXCLUDE, id=5, receipt=None, lot=1, supplier="B", bid=12, sha256="cd" * 32)
FILES = (
    ReceivedFile(1, "A’s offer.xlsx", "ab" * 32, 4, NOW, NOW, "A", 1, 1),
    ReceivedFile(2, "b", "cd" * 32, 5, NOW, None, "B", 1, None, "", "", ""),
    ReceivedFile(3, "c.exe", "ef" * 32, 900, NOW, refused="it is no offer", ask_for="an offer", is_kept=False),
)
MARKS = (Mark(7, 11, 1, 3, WHY), Mark(8, 11, 1, 5, "Named groups, and dates"))
ASKED = BidDecision(
    11, "x", "ab" * 32, DecisionKind.ASK, "", "", DAY, DAY, "Yes", DAY, "M. Reid", "Are they new to the job?"
)
LEFT = BidDecision(11, "y", "ab" * 32, DecisionKind.LEAVE_OUT, "It is the same person", "2", by="M. Reid")
BIDS = (
    FrozenBid(
        11,
        Bid(1, "A", D("1000000.00"), D("30.5")),
        1,
        (ASKED, LEFT),
        MARKS,
        (ModeratedMark(11, 1, 4, WHY, "M. Reid"),),
    ),
    FrozenBid(12, Bid(1, "B", D("950000.00"), D("38")), 2, (), (), (ModeratedMark(12, 1, 2, WHY),)),
    FrozenBid(13, Bid(2, "C"), None),
)
FROZEN = FrozenEvaluation(
    "Larkmere Council",
    "T-2026-003",
    "Cleaning & “more”",
    TenderActFacts(TenderActKind.FREEZE, NOW.date(), "Procurement lead", WHY),
    "M. Reid",
    NOW,
    "1.0",
    (ACT, OUT),
    FILES,
    ((7, Evaluator("J. Patel", "Head", True, DAY, DAY)), (8, Evaluator("L. Osei"))),
    BIDS,
)
OFFERS = {1: OfferBytes("A’s offer.XLSX", b"book"), 2: OfferBytes("b", b"other")}


def offered(supplier: str, weeks: int):
    lines = (Commitment("1", "J01", (D(1), D(0))), Commitment("2", "S08", (D(weeks), D(0))))
    return offer(bidder=Supplier(supplier), commitments=lines)


RESULT_VALUES = result_values(frozen_lots(FROZEN, JUDGING, {1: offered("A", 24), 2: offered("B", 12)}))
DATA = write_evaluation(FROZEN, [b"pack"], OFFERS, RESULT_VALUES)


def values_of(data: bytes) -> dict[str, dict[str, object]]:
    return {name: json.loads(part) for name, part in evaluation_parts(data, "x").values.items()}


def test_the_records_come_back_as_they_were():
    assert frozen_in(values_of(DATA)) == FROZEN
    assert write_evaluation(frozen_in(values_of(DATA)), [b"pack"], OFFERS, RESULT_VALUES) == DATA


def test_a_file_that_keeps_no_questions_apart_is_read_as_it_was_written():
    values = values_of(DATA)
    for told in values["decisions.json"]["decisions"]:
        told["reason"] = told.pop("question") or told["reason"]
    (asked, left) = frozen_in(values).bids[0].decisions
    assert (asked.question, asked.reason, asked.asked) == ("", "Are they new to the job?", "Are they new to the job?")
    assert left == LEFT


def test_what_the_council_notes_of_a_bid_stays_with_it():
    noted = replace(FROZEN, bids=(replace(BIDS[0], bid=replace(BIDS[0].bid, notes="Ask Jo")), *BIDS[1:]))
    assert b"Ask Jo" not in write_evaluation(noted, [b"pack"], OFFERS, RESULT_VALUES)


def test_packs_and_offers_are_in_it_byte_for_byte():
    parts = evaluation_parts(DATA, "x")
    assert (list(parts.packs), parts.changed) == ([b"pack"], ())
    assert parts.offers == {
        1: OfferBytes("offers/receipt-1.xlsx", b"book"),
        2: OfferBytes("offers/receipt-2", b"other"),
    }
    assert list(other_checksums(parts, json.loads(parts.values[CHECKSUMS]))) == []


def test_the_result_tells_each_score_exactly_and_as_it_is_shown():
    first, second = RESULT_VALUES["lots"]
    assert (first["lot"], first["lowest_price"], first["highest_value"]) == (1, "1000000.00", "4000.00")
    best, out = first["bids"]
    assert (best["bid"], best["supplier"], best["rank"], best["social_value"]) == ("11", "A", "1", "4000.00")
    assert best["parts"]["quality"] == {"most": "40", "points": {"exact": "61/2", "shown": "30.50"}}
    assert best["total"] == {"exact": "177/2", "shown": "88.50"}
    assert (out["rank"], out["total"], out["parts"]) == ("–", None, {})
    assert out["not_admitted"][0]["code"] == "excluded"
    assert (second["lowest_price"], second["bids"][0]["not_admitted"][0]["code"]) == (None, "no-offer")


def test_a_price_that_is_missing_is_told():
    bid = replace(BIDS[0], bid=replace(BIDS[0].bid, price=None))
    told = result_values(frozen_lots(replace(FROZEN, bids=(bid,)), JUDGING, {1: offered("A", 24)}))
    (row,) = told["lots"][0]["bids"]
    assert (row["missing"], row["parts"]["price"]["points"]) == (["no price is entered"], None)


CHANGES = [
    ("evaluation.json", lambda each: each.update(format="x"), "It is no frozen evaluation"),
    ("evaluation.json", lambda each: each["act"].update(at="never"), "“at” is no moment"),
    ("evaluation.json", lambda each: each["act"].update(at="2027-01-23T09:00:00"), "“at” has no time zone"),
    ("bids.json", lambda each: each.update(bids={}), "“bids” is no list"),
    ("bids.json", lambda each: each["bids"][0].update(number="11"), "“number” is no whole number"),
    ("bids.json", lambda each: each["bids"][0].update(number=-1), "“number” is no whole number"),
    ("bids.json", lambda each: each["bids"][0].update(number=12), "two bids have one number"),
    ("decisions.json", lambda each: each["decisions"][0].update(bid=99), "of no bid"),
    ("receipts.json", lambda each: each["receipts"][0].update(is_kept=1), "“is_kept” is neither yes nor no"),
    ("receipts.json", lambda each: each["receipts"][0].update(received_at=None), "“received_at” is no text"),
    ("marks.json", lambda each: each["marks"].append("x"), "A part is no table"),
]


@pytest.mark.parametrize(("part", "change", "said"), CHANGES)
def test_records_that_this_program_never_writes_are_refused(part, change, said):
    values = values_of(DATA)
    change(values[part])
    with pytest.raises(NoRecord, match=said):
        frozen_in(values)


def test_other_parts_than_the_checksums_tell_of_are_named():
    parts = evaluation_parts(DATA, "x")
    told = json.loads(parts.values[CHECKSUMS])
    with pytest.raises(NoRecord):
        list(other_checksums(parts, {}))
    with pytest.raises(NoRecord):
        list(other_checksums(parts, {**told, "parts": 1}))
    less = {**told, "parts": told["parts"][1:]}
    assert list(other_checksums(parts, less)) == [f"its part {RECORDS[0]}"]
    other = replace(parts, offers={1: OfferBytes("offers/receipt-1.xlsx", b"boot")})
    assert list(other_checksums(other, told)) == [
        "its part offers/receipt-1.xlsx",
        "its part offers/receipt-2 is missing",
    ]


def test_what_is_no_frozen_evaluation_is_refused():
    for data in (b"", b"x" * 50, write_stored({"a.json": b"{}"})):
        with pytest.raises(OfferUnreadable, match="x is no frozen evaluation"):
            evaluation_parts(data, "x")
    held = dict(read_stored(DATA).parts)
    assert evaluation_parts(write_stored({**held, "z": b""}), "x").changed == ("its part z, which no evaluation has",)
    assert evaluation_parts(write_stored({**held, "packs/3.tomspack": b""}), "x").changed == (
        "the versions of its pack, which do not follow each other",
    )
    assert evaluation_parts(DATA[:-1], "x").changed
    assert RESULT in held


def test_a_file_is_known_by_its_first_bytes():
    assert begins_as_evaluation(DATA[:100])
    for other in (b"", DATA[:20], write_stored({"a.json": b"{}"}), b"%PDF-1.7"):
        assert not begins_as_evaluation(other)


POUNDS = st.decimals("1", "2000000", places=2)
QUALITY = st.decimals("0", "40", places=1)


@st.composite
def evaluations(draw: st.DrawFn):
    """Bids with offers, some left out in part, some excluded, some without a file."""
    bids, offers, acts = [], {}, []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        name = f"Bidder {number}"
        has_file = draw(st.booleans()) or number == 1
        decisions = (replace(LEFT, bid=number),) if has_file and draw(st.booleans()) else ()
        mark = ModeratedMark(number, 1, draw(st.integers(0, 5)), WHY)
        held = Bid(draw(st.sampled_from([1, 1, 2])), name, draw(POUNDS), draw(QUALITY))
        bids.append(FrozenBid(number, held, number if has_file else None, decisions, (), (mark,)))
        if has_file:
            offers[number] = replace(offered(name, draw(st.integers(0, 60))), lot=held.lot)
        if draw(st.integers(0, 5)) == 0:
            acts.append(replace(OUT, id=10 + number, lot=held.lot, supplier=name, bid=number))
    frozen = replace(FROZEN, acts=tuple(acts), bids=tuple(sorted(bids, key=lambda bid: (bid.bid.lot, bid.number))))
    return frozen, offers


@given(evaluations(), st.data())
@settings(max_examples=50, deadline=None)
def test_any_evaluation_comes_out_again_of_its_file_and_each_byte_is_held_to_something(made, draw):
    frozen, offers = made
    files = {number: OfferBytes(f"{number}.tomsoffer", str(each).encode()) for number, each in offers.items()}
    result = result_values(frozen_lots(frozen, JUDGING, offers))
    data = write_evaluation(frozen, [b"pack"], files, result)
    values = values_of(data)
    again = frozen_in(values)
    assert again == frozen
    assert result_values(frozen_lots(again, JUDGING, offers)) == values[RESULT]
    parts = evaluation_parts(data, "x")
    assert {number: sha256(each.data).digest() for number, each in parts.offers.items()} == {
        number: sha256(each.data).digest() for number, each in files.items()
    }
    place = draw.draw(st.integers(0, len(data) - 1))
    changed = data[:place] + bytes([data[place] ^ draw.draw(st.integers(1, 255))]) + data[place + 1 :]
    try:
        assert evaluation_parts(changed, "x").changed
    except OfferUnreadable:
        assert place < 4, "it does not even begin as one"


def test_the_parts_have_the_records_of_their_names():
    assert tuple(record_parts(FROZEN)) == RECORDS
