"""A small tender with its pack, and offers for it. The figures are made up and say nothing."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

from tests.exchange.examples import AREA, EDITION, POLICY, promise
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.domain.tender.asked import BidderQuestion
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.lot_contract import lot_contract
from tomsapp.domain.tender.pack import EditionIdentity, Pack
from tomsapp.domain.tender.parts import PartsForm, YearParts
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_measure import MeasureUse, TenderMeasure
from tomsapp.domain.tender.tender_offer import OfferedDetails, StatedValue, TenderOffer
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.book_layout import OfferBook
from tomsapp.exchange.tenders.book_write import write_offer_book

MENU = json.dumps({"files": {"menu.toml": "title = “Example”\n"}}, ensure_ascii=False).encode()
"""Stands for the bytes of a menu edition, of which a pack looks at nothing but the SHA-256."""

GROUPS = (
    ExclusionGroup("one-job", Clash.DECLARE, "person", ("J01", "J20"), "They may be the same people."),
    ExclusionGroup("one-pound", Clash.BLOCK, "pound", ("V01",), "It is the same money.", against=("V02",)),
)
TENDER_EDITION = replace(EDITION, exclusion_groups=GROUPS, sha256=sha256(MENU).hexdigest())
TENDER = Tender(
    "T-2027-003",
    "Cleaning of libraries & hubs",
    contract_manager="A. Okafor",
    menu="example",
    edition="2026.1",
    deadline_on=date(2027, 1, 22),
    price_weight=Decimal(40),
    quality_weight=Decimal(40),
    social_weight=Decimal(20),
    quantity_part=Decimal("0.5"),
    most_measures=8,
    mandatory_themes=frozenset({"example 1", "example 3"}),
    notes="Not for bidders",
)
LOT = Lot(1, "", Decimal("1200000.00"), None, date(2027, 4, 1), end_after(date(2027, 4, 1), 2))
MEASURES = (
    TenderMeasure("J01", Decimal(2), "Cleaning needs people."),
    TenderMeasure("J11"),
    TenderMeasure("J20", None, "=Apprentices learn the trade."),
    TenderMeasure("S08", Decimal(40), "Schools are near."),
    TenderMeasure("S06"),
    TenderMeasure("S30", Decimal(1), "All do it.", MeasureUse.CONDITION),
    TenderMeasure("S31", None, "All pay it.", MeasureUse.CONDITION),
    TenderMeasure("S40"),
    TenderMeasure("S41"),
    TenderMeasure("G01", Decimal(12), "Vans drive."),
    TenderMeasure("V01"),
    TenderMeasure("V02"),
)
QUESTIONS = (
    Question(1, "Local jobs", "How will you find local people?", Decimal(60), 20, *("m",) * 6),
    Question(2, "", "What else?", Decimal(40), None, *("m",) * 6),
)
PACK = Pack(
    "Exampleham Council",
    TENDER,
    (LOT,),
    MEASURES,
    QUESTIONS,
    (BidderQuestion(date(2026, 12, 1), "Is Sunday work asked?", "No.", date(2026, 12, 3)),),
    EditionIdentity("example", "2026.1", TENDER_EDITION.sha256),
    2,
    datetime(2027, 1, 4, 9, 30, tzinfo=UTC),
    "A. Okafor",
    ("The deadline is 22 January 2027, and was 15 January 2027.",),
    POLICY,
    AREA,
)
IDENTITY = PACK.identity("cd" * 32)
CONTRACT = lot_contract(TENDER, LOT)
BIDDER = Supplier(
    "Calder Clean Cooperative",
    SupplierKind.VCFSE,
    "RS007",
    contact_name="Jo Bell",
    contact_email="jo@calder.example",
)
SESSIONS = YearParts(0, PartsForm.SESSIONS, (Decimal(12), Decimal(2), Decimal("1.5")))
OFFER = TenderOffer(
    IDENTITY,
    1,
    BIDDER,
    (
        promise(1, "J01", "1", "0", statement="With the job centre."),
        promise(2, "J11", "2.5", "2", statement="In every depot.", cost=Decimal("1234.50"), project="Youth hub"),
        promise(3, "S08", "24", "24", contract_share=Decimal("0.5"), place="E05000002"),
        promise(4, "S08", "3", "0", place="E05000001"),
        promise(5, "S41", "36", "160"),
        promise(6, "G01", "6", "5.125"),
    ),
    {
        "1": OfferedDetails(staff=PersonKind.NEW, delivered_by="Our own staff"),
        "2": OfferedDetails(staff=PersonKind.TRANSFERRED),
        "5": OfferedDetails((SESSIONS,), delivered_by="=Larkmere College"),
    },
    {1: "We ask the job centre.\nAnd schools.", 2: "Nothing."},
    accepted=frozenset({"S30", "S31"}),
    made_with="tomsapp test",
)
CLASH = "declare-different:one-job:J01+J20"
ANSWERED = replace(
    OFFER,
    answers={CLASH: Answer("Each has a contract.", "Jo", None, AnswerChoice.DIFFERENT, "1")},
    stated=(StatedValue("S08", Decimal("226.50")), StatedValue("G01", Decimal("277.21"), 0)),
    made_at=datetime(2027, 1, 20, 10, 14, tzinfo=UTC),
)
TWICE = replace(
    OFFER,
    commitments=(
        promise(1, "J01", "1", "1", statement="With the job centre."),
        promise(2, "J20", "2", "0", statement="With the college."),
        promise(3, "S41", "36", "160"),
        promise(4, "G01", "6", "5.125"),
    ),
    details={
        "1": OfferedDetails(staff=PersonKind.NEW),
        "2": OfferedDetails(staff=PersonKind.NEW),
        "3": OfferedDetails((SESSIONS,)),
    },
)
"""An offer that may count the same people twice: under two measures, and in two years."""
HOW_WE_KNOW = "Each of them has a contract of their own"


def declare(book, *codes, said="They are different: all of them count", reason=HOW_WE_KNOW):
    """Declare something of groups and measures in a workbook, as a bidder types it."""
    for row in book["Declarations"].iter_rows(min_row=5):
        if row[0].value in codes:
            row[3].value, row[4].value = said, reason


PROPERTIES = BookProperties("Offer", datetime(2027, 1, 4, tzinfo=UTC))


def form_of(offer=OFFER, pack=PACK, contract=CONTRACT, edition=TENDER_EDITION):
    """What the workbook of the lot is made for."""
    return OfferBook(pack, pack.identity("cd" * 32), pack.lots[0], contract, edition, offer, "tomsapp test")


def book_of(offer=OFFER, **more):
    """The bytes of the workbook with an offer."""
    return write_offer_book(form_of(offer, **more), PROPERTIES)
