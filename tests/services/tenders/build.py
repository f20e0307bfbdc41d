"""Short ways to set up tenders in the database of the service tests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tomsapp.domain.tender.asked import BidderQuestion
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.question import MARKS, Question
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_measure import TenderMeasure
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.parts import BIDDER_QUESTIONS, LOTS, MEASURES, QUESTIONS
from tomsapp.services.tenders.reading import OpenTender, open_tender
from tomsapp.services.workspace import Workspace

D = Decimal
NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
ASKED = BidderQuestion(date(2027, 1, 5), "Is there parking?")


def tender(reference: str = "T-2026-003", **others: Any) -> Tender:
    """Cleaning, price 40, quality 40, social value 20 split in half, offers by noon of 22 January 2027."""
    facts: dict[str, Any] = {
        "title": "Cleaning",
        "contract_manager": "A. Okafor",
        "menu": "barnet-open",
        "edition": "2026.2",
        "deadline_on": date(2027, 1, 22),
        "price_weight": D(40),
        "quality_weight": D(40),
        "social_weight": D(20),
        "quantity_part": D("0.5"),
    }
    return Tender(reference, **(facts | others))


def lot(title: str = "", **others: Any) -> Lot:
    """A lot of £1.2m for two years from 1 April 2027."""
    facts = {"title": title, "value": D("1200000.00"), "start_on": date(2027, 4, 1), "end_on": date(2029, 3, 31)}
    return Lot(1, **(facts | others))


def measure(code: str, target: str = "", **others: Any) -> TenderMeasure:
    """A measure with its target as text."""
    facts = {"relevance": "Cleaners are hired for it", "target": D(target) if target else None}
    return TenderMeasure(code, **(facts | others))


def question(title: str = "Local jobs", weight: str = "100", **others: Any) -> Question:
    """A question with a marking guide."""
    guide = {f"guide_{mark}": f"What gets {mark}" for mark in MARKS}
    return Question(1, title, "How will you hire locally?", D(weight), **(guide | others))


def opened(workspace: Workspace, tender_id: int) -> OpenTender:
    """The tender as it stands now, looked at on 4 January 2027."""
    return open_tender(workspace, tender_id, NOW)


def begin_tender(workspace: Workspace, reference: str = "T-2026-003", **facts: Any) -> OpenTender:
    """A tender with two lots, two measures and a question that can be issued, and a question of a bidder."""
    stored = TENDER_FACTS.add(workspace, tender(reference, **facts)).result
    page = opened(workspace, stored.id)
    LOTS.add(workspace, page, [lot("Offices"), lot("Libraries")])
    MEASURES.add(workspace, page, [measure("V01", "100"), measure("J01", "2")])
    QUESTIONS.add(workspace, page, [question()])
    BIDDER_QUESTIONS.add(workspace, page, [ASKED])
    return opened(workspace, stored.id)
