"""A pack and an offer as they are asked for their parts."""

from decimal import Decimal

import pytest

from tests.domain.tender.build import SHA, lot, measure, offer, pack, question
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.parts import PartsForm, YearParts
from tomsapp.domain.tender.tender_measure import MeasureUse
from tomsapp.domain.tender.tender_offer import OfferedDetails

D = Decimal
CONDITION = measure("J11", use=MeasureUse.CONDITION)


def test_a_pack_finds_its_parts():
    made = pack(lots=(lot(1), lot(2)), measures=(measure("J01"), CONDITION), questions=(question(1), question(2)))
    assert (made.lot(2), made.lot(3)) == (lot(2), None)
    assert (made.measure("J11"), made.measure("S01")) == (CONDITION, None)
    assert (made.question(2), made.question(3)) == (question(2), None)
    assert (made.scored, made.conditions) == ((measure("J01"),), (CONDITION,))


def test_a_pack_tells_by_what_it_is_known():
    made = pack(version=2)
    assert made.name == "T-2026-003, pack version 2"
    assert made.edition.name == "barnet-open 2026.2"
    assert made.issued_words.startswith("Pack version 2, issued on 4 January 2027, ")
    assert made.issued_words.endswith(" by A. Okafor")
    assert made.identity(SHA) == PackIdentity("T-2026-003", 2, SHA)
    assert made.identity(SHA).words == f"T-2026-003, pack version 2, SHA-256 {SHA}"


def test_an_offer_finds_its_parts():
    parts = YearParts(1, PartsForm.PEOPLE_WEEKS, (D(4), D(6)))
    details = OfferedDetails((parts,), PersonKind.NEW, "Our own staff")
    made = offer(details={"2": details})
    assert made.details_of("2") == details
    assert made.details_of("1") == OfferedDetails()
    assert (details.parts_in(1), details.parts_in(0)) == (parts, None)
    assert (made.statement(1), made.statement(2)) == ("We hire through the job centre.", "")


@pytest.mark.parametrize(
    ("form", "numbers", "quantity", "words"),
    [
        (PartsForm.PEOPLE_WEEKS, "4 6", "24", "4 people × 6 weeks = 24"),
        (PartsForm.PEOPLE_HOURS, "20 8", "160", "20 people × 8 hours = 160"),
        (PartsForm.SESSIONS, "12 2 15", "360", "12 sessions × 2 hours × 15 people = 360"),
        (PartsForm.HOURS_POUNDS, "10 18.20 50", "232", "10 hours × £18.20 + £50.00 = £232.00"),
        (PartsForm.FULL_TIME_JOBS, "10 5 0.5", "12.5", "10 full time + 5 part time × 0.5 = 12.5"),
        (
            PartsForm.FULL_TIME_YEARS,
            "5 20 52",
            "2.67",
            "5 × 20 hours × 52 weeks ÷ 1,950 hours = 2.67 full-time years",
        ),
    ],
)
def test_a_quantity_is_worked_out_from_its_parts(form, numbers, quantity, words):
    parts = YearParts(0, form, tuple(map(D, numbers.split())))
    assert (parts.quantity, parts.words) == (D(quantity), words)
    assert len(form.labels) == len(parts.numbers)
    assert form.words


def test_parts_that_are_not_whole_make_no_quantity():
    with pytest.raises(ValueError, match="4"):
        PartsForm.SESSIONS.quantity((D(4), D(6)))
