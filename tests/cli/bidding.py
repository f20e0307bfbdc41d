"""A tender that was issued, its pack, and what a bidder makes of it, for the tests of the commands."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.exchange.examples import promise
from tests.services.council import open_as, shipped
from tests.services.tenders.build import NOW, begin_tender
from tests.services.tenders.test_issuing import said
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.tender_offer import OfferedDetails, TenderOffer
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.book_layout import offer_book
from tomsapp.exchange.tenders.book_write import write_offer_book
from tomsapp.exchange.tenders.offer_json import write_tender_offer
from tomsapp.exchange.tenders.pack_json import PackFile, read_pack
from tomsapp.menufiles.bundle import read_bundle
from tomsapp.services import databases
from tomsapp.services.tenders.issuing import issue

NAME = "T-2026-003 pack version 1"
BIDDER = Supplier(
    "Calder Clean Cooperative", SupplierKind.VCFSE, "RS007", contact_name="Jo Bell", contact_email="jo@calder.example"
)


def council_with_tender(folder: Path, *, is_issued: bool = True) -> Path:
    """A council's database with the tender T-2026-003."""
    path = folder / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    ann = open_as(path, "Ann")
    page = begin_tender(ann)
    if is_issued:
        issue(ann, page, said(TenderActKind.ISSUE, version=1), NOW)
    ann.close()
    return path


def pack_in(folder: Path) -> PackFile:
    """The pack that `tender pack` wrote into a folder."""
    path = folder / NAME / f"{NAME}.tomspack"
    return read_pack(path.read_bytes(), path.name)


def offer_for(pack: PackFile, **changes: object) -> TenderOffer:
    """Two jobs and some pounds for lot 1, with the question answered."""
    made = TenderOffer(
        pack.identity,
        1,
        BIDDER,
        (
            promise(1, "J01", "2", "0", statement="With the job centre."),
            promise(2, "V01", "100", "100", statement="For the library."),
        ),
        {"1": OfferedDetails(staff=PersonKind.NEW, delivered_by="Our own staff")},
        {1: "We ask the job centre."},
        made_with="tomsapp test",
    )
    return replace(made, **changes)


def as_json(folder: Path, offer: TenderOffer) -> Path:
    """The offer as a file of the program."""
    path = folder / "bid.tomsoffer"
    path.write_bytes(write_tender_offer(offer))
    return path


def as_book(folder: Path, pack: PackFile, offer: TenderOffer) -> Path:
    """The offer in the workbook of its lot."""
    edition = read_bundle(pack.menu)
    assert isinstance(edition, MenuEdition)
    form = offer_book(pack, edition, offer.lot, "tomsapp test")
    path = folder / "bid.xlsx"
    filled = replace(form, offer=offer)
    path.write_bytes(write_offer_book(filled, BookProperties("Offer", datetime(2027, 1, 4, tzinfo=UTC))))
    return path
