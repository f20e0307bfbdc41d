"""Short ways to make tenders, lots, measures and packs for the tests of tenders."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.pack import EditionIdentity, Pack, PackIdentity
from tomsapp.domain.tender.question import MARKS, Question
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_measure import TenderMeasure
from tomsapp.domain.tender.tender_offer import TenderOffer

D = Decimal
SHA = "ab" * 32


def tender(**others: Any) -> Tender:
    """Cleaning for £1.2m, price 40, quality 40, social value 20 split in half, offers by noon of 22 January 2027."""
    facts: dict[str, Any] = {
        "reference": "T-2026-003",
        "title": "Cleaning",
        "menu": "barnet-open",
        "edition": "2026.2",
        "deadline_on": date(2027, 1, 22),
        "price_weight": D(40),
        "quality_weight": D(40),
        "social_weight": D(20),
        "quantity_part": D("0.5"),
    }
    return Tender(**(facts | others))


def lot(number: int = 1, **others: Any) -> Lot:
    """A lot of £1.2m for two years from 1 April 2027."""
    facts: dict[str, Any] = {
        "value": D("1200000.00"),
        "start_on": date(2027, 4, 1),
        "end_on": date(2029, 3, 31),
    }
    return Lot(number, **(facts | others))


def measure(code: str, target: str = "", **others: Any) -> TenderMeasure:
    """A measure with its target as text."""
    facts = {"relevance": "Cleaners are hired for it", "target": D(target) if target else None}
    return TenderMeasure(code, **(facts | others))


def question(number: int = 1, weight: str = "100", **others: Any) -> Question:
    """A question with a marking guide."""
    guide = {f"guide_{mark}": f"What gets {mark}" for mark in MARKS}
    facts = {"title": "Local jobs", "text": "How will you hire locally?", "weight": D(weight)}
    return Question(number, **(guide | facts | others))


def pack(**others: Any) -> Pack:
    """Version 1 of the pack of one lot, two measures and one question."""
    facts: dict[str, Any] = {
        "council": "Larkmere Council",
        "tender": tender(),
        "lots": (lot(),),
        "measures": (measure("J01", "1"), measure("S08", "40")),
        "questions": (question(),),
        "answered": (),
        "edition": EditionIdentity("barnet-open", "2026.2", SHA),
        "version": 1,
        "issued_at": datetime(2027, 1, 4, 9, 30, tzinfo=UTC),
        "issued_by": "A. Okafor",
    }
    return Pack(**(facts | others))


def offer(**others: Any) -> TenderOffer:
    """An offer of one job and some weeks for lot 1."""
    facts: dict[str, Any] = {
        "pack": PackIdentity("T-2026-003", 1, SHA),
        "lot": 1,
        "bidder": Supplier("Calder Clean Cooperative", registration="01234567", contact_email="bids@calder.example"),
        "commitments": (
            Commitment("1", "J01", (D(1), D(0)), statement="We hire one resident"),
            Commitment("2", "S08", (D(24), D(24)), statement="Four pupils, six weeks each"),
        ),
        "statements": {1: "We hire through the job centre."},
    }
    return TenderOffer(**(facts | others))
