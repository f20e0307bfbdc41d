"""The ranking of a lot is rebuilt from what was frozen, and from nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.domain.build import edition, measure
from tests.domain.tender.build import lot, offer, pack, tender
from tests.domain.tender.test_acts import act
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.bid import Bid, BidDecision, DecisionKind
from tomsapp.domain.tender.frozen import (
    FROZEN_EVALUATION,
    FrozenBid,
    FrozenEvaluation,
    JudgingPacks,
    KeptEvaluation,
    frozen_lots,
)
from tomsapp.domain.tender.marking import ModeratedMark
from tomsapp.domain.tender.receipt import ReceivedFile, Standing
from tomsapp.domain.units import Unit

D = Decimal
MENU = edition(measure("J01", "4000.00", Unit.FTE_JOBS, employment_outcome=D(1)), measure("S08", "500.00", Unit.WEEKS))
PACK = pack(lots=(lot(1), lot(2)))
NOW = datetime(2027, 1, 23, 9, tzinfo=UTC)
FACTS = TenderActFacts(TenderActKind.FREEZE, NOW.date(), "Procurement lead")


def offered(supplier: str, weeks: int):
    lines = (Commitment("1", "J01", (D(1), D(0))), Commitment("2", "S08", (D(weeks), D(0))))
    return offer(bidder=Supplier(supplier), commitments=lines)


def frozen_bid(number: int, supplier: str, price: str, receipt: int | None = 0, **others) -> FrozenBid:
    marks = (ModeratedMark(number, 1, 4, "As the answer says"),)
    facts = {"moderated": marks} | others
    held = Bid(1, supplier, D(price), D("30.5"))
    return FrozenBid(number, held, number if receipt == 0 else receipt, **facts)


BIDS = (frozen_bid(11, "A", "1000000.00"), frozen_bid(12, "B", "950000.00"), frozen_bid(13, "C", "950000.00", None))
OFFERS = {11: offered("A", 24), 12: offered("B", 12)}
FROZEN = FrozenEvaluation("Larkmere Council", "T-2026-003", "Cleaning", FACTS, "M. Reid", NOW, "1.0", (), (), (), BIDS)
JUDGING = JudgingPacks(PACK, MENU, [PACK.identity("ab" * 32)])


def ranked(frozen: FrozenEvaluation) -> list[tuple[str, str]]:
    (_, evaluated), _ = frozen_lots(frozen, JUDGING, OFFERS)
    return [(row.supplier, row.rank_words) for row in evaluated.evaluation.rows]


def test_each_lot_is_evaluated_with_its_own_bids():
    (first, evaluated), (second, other) = frozen_lots(FROZEN, JUDGING, OFFERS)
    assert (first.number, second.number) == (1, 2)
    assert {row.key for row in evaluated.evaluation.rows} == {"11", "12", "13"}
    assert other.evaluation.rows == ()
    assert ranked(FROZEN) == [("A", "1"), ("B", "2"), ("C", "–")]
    assert evaluated.reasons["13"][0].code == "no-offer"


def test_what_was_decided_and_excluded_counts():
    leave = BidDecision(11, "x", "ab", DecisionKind.LEAVE_OUT, "It is not new work here", "2")
    less = replace(FROZEN, bids=(replace(BIDS[0], decisions=(leave,)), *BIDS[1:]))
    assert ranked(less)[0] == ("B", "1")
    out = act(TenderActKind.EXCLUDE, 5, lot=1, supplier="A, as it was called", reason="It gave false accounts", bid=11)
    assert ranked(replace(FROZEN, acts=(out,))) == [("B", "1"), ("A", "–"), ("C", "–")]


def test_an_offer_that_is_missing_is_no_offer_that_did_not_come():
    with pytest.raises(KeyError):
        frozen_lots(FROZEN, JUDGING, {11: OFFERS[11]})


def test_receipts_are_judged_again_by_the_deadline_of_the_pack():
    def file(number: int, supplier: str, day: int) -> ReceivedFile:
        at = datetime(2027, 1, day, 9, tzinfo=UTC)
        return ReceivedFile(number, "a.xlsx", "ab", 5, at, supplier=supplier, lot=1, pack_version=1)

    files = (file(1, "A", 20), file(2, "A", 21), file(3, "B", 23), file(4, "C", 23))
    admit = act(TenderActKind.ADMIT_LATE, 4, receipt=4, reason="The portal was down for an hour")
    told = replace(FROZEN, receipts=files, acts=(admit,))
    newest = replace(PACK, tender=tender(deadline_on=date(2027, 1, 22)))
    assert [each.standing for each in told.judged(newest)] == [
        Standing.REPLACED,
        Standing.COUNTS,
        Standing.LATE,
        Standing.ADMITTED_LATE,
    ]
    assert told.counting(newest) == {("A", 1): 2, ("C", 1): 4}


def test_what_is_kept_is_named_by_its_checksum():
    assert FROZEN_EVALUATION.name_of(KeptEvaluation("ab" * 32)) == "frozen evaluation abababab"
