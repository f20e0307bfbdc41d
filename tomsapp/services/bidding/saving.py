"""Writes what a bidder sends or keeps: the offer file, the workbook with the offer, and the organisation's own plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.config.paths import resources_dir
from tomsapp.domain.errors import TomsError
from tomsapp.domain.papers.supplier_plan import supplier_plan
from tomsapp.domain.tender.tender_offer import TenderOffer
from tomsapp.exchange.offer_file import MOST_BYTES, usable
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.book_layout import offer_book
from tomsapp.exchange.tenders.book_write import write_offer_book
from tomsapp.exchange.tenders.offer_json import OFFER_ENDING, read_tender_offer, tender_offer_of, write_tender_offer
from tomsapp.menufiles.files import write_whole
from tomsapp.reading import source as reading
from tomsapp.services.bidding.keeping import SavedFile, made_of
from tomsapp.services.bidding.opening import WORKBOOK_ENDING
from tomsapp.services.bidding.steps import left, left_words
from tomsapp.services.bidding.work import MADE_WITH, OfferWork
from tomsapp.services.reporting import MadeReport, made_report, plain_name, told_of
from tomsapp.services.strangers import open_offer

if TYPE_CHECKING:
    from tomsapp.services.progress import Progress


def file_name(work: OfferWork, ending: str = OFFER_ENDING) -> str:
    """How a file of an offer is called where nobody names it: "T-2026-003 lot 1 Calder Clean Cooperative.tomsoffer"."""
    lot = f"lot {work.offer.lot}" if len(work.asked.lots) > 1 else ""
    parts = (work.offer.pack.reference, lot, work.offer.bidder.name)
    return plain_name(" ".join(filter(None, parts)), ending)


def save_offer(work: OfferWork, path: Path, at: datetime) -> SavedFile:
    """Write the offer file, which is uploaded where the tender was found.

    Raises:
        TomsError: something is left to do, or the file cannot be written; says what to do.
    """
    if missing := left(work):
        raise TomsError(left_words(missing), "Do what is left, then save")
    offer = replace(work.offer, made_with=MADE_WITH, made_at=at)
    data = write_tender_offer(offer)
    target = path if path.suffix.lower() == OFFER_ENDING else path.with_name(f"{path.name}{OFFER_ENDING}")
    # Nothing is left of what was typed on the way to the council: the file says the same when it is read.
    read = read_tender_offer(data, target.name)
    if made_of(read.offer) != made_of(offer) or read.problems:
        raise AssertionError(read.problems)
    write_whole(target, data)
    return SavedFile(target, at, made_of(work.offer))


def save_workbook(work: OfferWork, path: Path, at: datetime) -> Path:
    """Write the offer as it stands into the workbook of the pack, to go on there; gives the path that was written.

    Raises:
        TomsError: the file cannot be written; says what to do.
    """
    form = offer_book(work.pack.file, work.pack.edition, work.offer.lot, MADE_WITH)
    if form is None:
        raise LookupError(work.offer.lot)
    target = path if path.suffix.lower() == WORKBOOK_ENDING else path.with_name(f"{path.name}{WORKBOOK_ENDING}")
    properties = BookProperties(f"Offer for {work.asked.name}", at)
    write_whole(target, write_offer_book(replace(form, offer=work.offer), properties))
    return target


def make_plan(work: OfferWork, made_on: date, progress: Progress | None = None) -> MadeReport:
    """The organisation's own Social Value Plan as a tagged PDF, from the figures that the window shows.

    Raises:
        Cancelled: somebody stopped it.
    """
    from tomsapp.reports.context import ReportContext
    from tomsapp.reports.council_paper import build_council_paper
    from tomsapp.reports.fonts import load_fonts

    paper = supplier_plan(work.asked, work.pack.edition, work.checked, made_on)
    context = ReportContext(made_on, paper.council, paper.made_by)
    built = build_council_paper(paper, context, load_fonts(resources_dir() / "fonts"), told_of(progress, "Making it"))
    return made_report(built, plain_name(paper.title, ".pdf"))


def save_plan(made: MadeReport, path: Path) -> Path:
    """Write the plan; gives the path that was written.

    Raises:
        TomsError: the file cannot be written; says what to do.
    """
    target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
    write_whole(target, made.data)
    return target


def read_earlier(path: Path) -> TenderOffer:
    """The offer in the file of an earlier tender, whose pack need not be there.

    Raises:
        OfferUnreadable: it is no offer file, or damaged.
        RoomError: reading it took too much memory or time, or ended what read it.
    """
    opened = open_offer(usable(reading.read_bytes(path, MOST_BYTES)), path.name)
    return tender_offer_of(opened.values or {}, path.name).offer
