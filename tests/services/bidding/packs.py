"""A tender as a bidder gets it: pack files of a cleaning contract for £1.2m over two years. The figures are made up."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.services.council import shipped
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.tender.asked import BidderQuestion
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.pack import EditionIdentity, Pack
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_measure import MeasureUse, TenderMeasure
from tomsapp.exchange.tenders.pack_json import write_pack
from tomsapp.services.bidding.work import OfferWork, begin_work
from tomsapp.services.pack_files import OpenedPack, open_pack

D = Decimal
NOW = datetime(2027, 1, 13, 10, 14, tzinfo=UTC)
FAIR_WORK = "barnet-open 1"
MEASURES = (
    TenderMeasure("J06", None, "Cleaning takes on people."),
    TenderMeasure("J11", None, "Cleaners earn the least."),
    TenderMeasure("S08", D(40), "Schools stand beside the libraries."),
    TenderMeasure("V04", D(240), "Volunteers keep the hubs open."),
    TenderMeasure("G01", D(12), "Vans drive between sites."),
    TenderMeasure("J01", D(2), "Cleaning takes on people."),
    TenderMeasure("V01", D(5000), "Groups meet in the hubs."),
    TenderMeasure("R01", None, "All pay the London Living Wage.", MeasureUse.CONDITION),
)
QUESTIONS = (
    Question(1, "Local jobs", "How will you find local people?", D(50), 200, *("What gets it",) * 6),
    Question(2, "Schools", "How will you work with schools?", D(30), 200, *("What gets it",) * 6),
    Question(3, "Planet", "How will you cut what your vans burn?", D(20), None, *("What gets it",) * 6),
)


@cache
def menu_bytes() -> bytes:
    """The bytes of the menu edition of the tender."""
    return shipped().bundle("barnet-open", "2026.2")


def tender(**others: object) -> Tender:
    """Cleaning of libraries, an offer below 5% is not admitted."""
    facts = {
        "title": "Cleaning of libraries and community hubs",
        "menu": "barnet-open",
        "edition": "2026.2",
        "deadline_on": date(2027, 1, 22),
        "price_weight": D(40),
        "quality_weight": D(40),
        "social_weight": D(20),
        "quantity_part": D("0.5"),
        "minimum": MinimumRule.NOT_ADMITTED,
        "most_measures": 8,
        "mandatory_themes": frozenset({FAIR_WORK}),
    }
    return Tender("T-2026-003", **(facts | others))


def lot(number: int = 1, **others: object) -> Lot:
    """£1.2m for two years from 1 April 2027."""
    start = date(2027, 4, 1)
    facts = {"value": D("1200000.00"), "start_on": start, "end_on": end_after(start, 2)}
    return Lot(number, **(facts | others))


def pack(**others: object) -> Pack:
    """The first version of the pack."""
    facts = {
        "council": "Larkmere Council",
        "tender": tender(),
        "lots": (lot(),),
        "measures": MEASURES,
        "questions": QUESTIONS,
        "answered": (BidderQuestion(date(2027, 1, 5), "Is Sunday work asked?", "No.", date(2027, 1, 6)),),
        "edition": EditionIdentity("barnet-open", "2026.2", sha256(menu_bytes()).hexdigest()),
        "version": 1,
        "issued_at": datetime(2027, 1, 4, 9, 30, tzinfo=UTC),
        "issued_by": "A. Okafor",
        "policy": shipped().policy("barnet"),
        "area": shipped().area("larkmere"),
    }
    return Pack(**(facts | others))


def pack_two(**others: object) -> Pack:
    """The second version: its deadline is later, and the last question is gone."""
    facts = {
        "version": 2,
        "tender": tender(deadline_on=date(2027, 1, 29)),
        "questions": QUESTIONS[:2],
        "changes": ("The deadline is 29 January 2027, and was 22 January 2027.", "Question 3 was taken out."),
    }
    return pack(**(facts | others))


def write_file(folder: Path, made: Pack | None = None, name: str = "") -> Path:
    """The pack as a file in a folder."""
    one = made or pack()
    path = folder / (name or f"{one.tender.reference} pack version {one.version}.tomspack")
    path.write_bytes(write_pack(one, menu_bytes()))
    return path


def opened(folder: Path, made: Pack | None = None) -> OpenedPack:
    """The pack as it is opened of its file."""
    return open_pack(write_file(folder, made))


def begun(folder: Path, made: Pack | None = None, number: int = 0) -> OfferWork:
    """An empty offer for it."""
    return begin_work(opened(folder, made), number)


def without_minimum(one: Tender) -> Tender:
    """The same tender without a theme that must be covered and without a most of measures."""
    return replace(one, mandatory_themes=frozenset(), most_measures=None)
