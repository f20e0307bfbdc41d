"""Offers of bidders for the tender of `build.py`, made from its pack as it was issued."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.services.tenders.build import NOW, begin_tender, opened
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.tender.tender_offer import OfferedDetails, TenderOffer
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.book_layout import offer_book
from tomsapp.exchange.tenders.book_write import write_offer_book
from tomsapp.exchange.tenders.offer_json import write_tender_offer
from tomsapp.menufiles.bundle import read_bundle
from tomsapp.services.tenders.issuing import issue, read_version
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.workspace import Workspace

D = Decimal
CALDER = Supplier(
    "Calder Clean Cooperative", registration="RS007", contact_name="Jo", contact_email="jo@calder.example"
)
LAMP = Supplier("Lamp Ltd", registration="01234567", contact_name="Al", contact_email="al@lamp.example")
PAST = datetime(2027, 1, 23, 9, tzinfo=UTC)
ISSUE = TenderActFacts(TenderActKind.ISSUE, NOW.date(), "Procurement lead", "As the board agreed in December", 1)
OPEN = TenderActFacts(TenderActKind.OPEN, PAST.date(), "Procurement lead")
DAY = date(2027, 1, 22)


def issued_tender(workspace: Workspace, reference: str = "T-2026-003") -> OpenTender:
    """The tender of `build.py` with its first version issued."""
    page = begin_tender(workspace, reference)
    issue(workspace, page, ISSUE, NOW)
    return opened(workspace, page.id)


def offer(workspace: Workspace, page: OpenTender, bidder: Supplier = CALDER, **changes) -> TenderOffer:
    """What a bidder offers for lot 1, finished."""
    version = changes.pop("version", 1)
    made = TenderOffer(
        read_version(workspace, page, version).identity,
        1,
        bidder,
        (Commitment("1", "V01", (D(60), D(60))), Commitment("2", "J01", (D(1), D(1)))),
        {"2": OfferedDetails(staff=PersonKind.NEW)},
        {1: "With the job centre."},
        made_with="tomsapp test",
    )
    return replace(made, **changes)


def saved(workspace: Workspace, page: OpenTender, bidder: Supplier = CALDER, **changes) -> bytes:
    """The same as an offer file."""
    return write_tender_offer(offer(workspace, page, bidder, **changes))


def filled_book(workspace: Workspace, page: OpenTender, bidder: Supplier = CALDER, **changes) -> bytes:
    """The same in the workbook of the pack."""
    made = offer(workspace, page, bidder, **changes)
    pack = read_version(workspace, page, made.pack.version)
    edition = read_bundle(pack.menu)
    form = offer_book(pack, edition, made.lot, "tomsapp test")
    return write_offer_book(replace(form, offer=made), BookProperties("Offer", NOW))


def zipped(**files: bytes) -> bytes:
    """A zip folder with these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return target.getvalue()
