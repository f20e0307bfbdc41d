"""The receipt of one received file, to be printed or sent to whoever sent it, and the list of all of a tender."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.told import PaperMaker
from tomsapp.domain.tender.deadline import lateness, moment_words, zone_of
from tomsapp.domain.tender.receipt import JudgedReceipt, ReceivedFile
from tomsapp.domain.tender.receipt_words import counts_sentence
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.wording import plural

SEAL = (
    "Nothing is encrypted here: until the deadline the offers are sealed by the tendering portal. Until the offers "
    "are opened this program reads only which pack and lot a file answers, and who sends it."
)
_SHA_NOTE = (
    "The SHA-256 is worked out from every byte of the file. Whoever has the same file works out the same; a file in "
    "which one byte is otherwise has another."
)
_RULE = (
    "Of each bidder and lot the last complete file in time counts. Every file is kept byte for byte, but for one that "
    "is too large to be kept, which stays with the portal."
)
_NOT_KNOWN = "Not known"


@dataclass(frozen=True, slots=True)
class ReceiptsTold:
    """The receipts of a tender as its papers tell them.

    Attributes:
        terms: the tender's facts by which bidders go.
        receipts: every file, in the order of receipt.
        lots: how many lots the tender has.
        opened: who opened the offers and when, in words; empty while they are not opened.
        deadline: the last moment in time; None where none is set.
        now: the moment at which this is told.
    """

    terms: Tender
    receipts: tuple[JudgedReceipt, ...]
    lots: int
    opened: str
    deadline: datetime | None
    now: datetime

    @property
    def place(self) -> tzinfo | None:
        """The zone by whose clock all times are told."""
        return zone_of(self.terms.deadline_zone)

    @property
    def is_closed(self) -> bool:
        """Whether no file can be in time any more."""
        return self.deadline is not None and bool(lateness(self.now, self.deadline))

    @property
    def name(self) -> str:
        """The tender's reference with its title."""
        return f"{self.terms.reference} {self.terms.title}".strip()


def receipt_paper(told: ReceiptsTold, judged: JudgedReceipt, maker: PaperMaker) -> CouncilPaper:
    """The receipt of one file. It tells nothing of the files of others, and nothing of what is offered."""
    columns = (PaperColumn("Fact", 30), PaperColumn("What it is", 70))
    rows = (("Tender", told.name), *receipt_facts(told.terms, judged.file, told.lots))
    blocks: list[PaperBlock] = [
        PaperText(f"{maker.council} received this file for {told.name}.", TextKind.LEAD),
        PaperHeading("The file"),
        PaperTable("The file", columns, rows, is_named=True),
        PaperHeading("What becomes of it"),
        PaperText(f"{judged.words}."),
    ]
    if judged.standing.counts and not told.is_closed:
        blocks.append(PaperText("It may be replaced until the deadline: the last complete file in time counts."))
    if not told.opened:
        blocks.append(PaperText("Whether it is finished is looked at when the offers are opened."))
    return maker.paper("Receipt", f"Receipt {judged.file.number}: {told.name}", blocks, (_SHA_NOTE, SEAL), ())


def receipt_facts(terms: Tender, file: ReceivedFile, lots: int) -> list[tuple[str, str]]:
    """What a file is known by and when it came, as label and words; `lots` is how many lots the tender has."""
    place = zone_of(terms.deadline_zone)
    facts = (
        ("From", file.supplier or _NOT_KNOWN),
        ("Lot", str(file.lot or _NOT_KNOWN) if lots > 1 else ""),
        ("Name of the file", file.name),
        ("Size", plural(file.size, "byte")),
        ("SHA-256", file.sha256),
        ("Received by the portal", "" if file.portal_at is None else moment_words(file.portal_at, place)),
        ("Received here", moment_words(file.received_at, place)),
        ("Deadline", terms.deadline_words),
        ("Made with pack version", "" if file.pack_version is None else str(file.pack_version)),
    )
    return [(label, shown) for label, shown in facts if shown]


def receipts_paper(told: ReceiptsTold, maker: PaperMaker) -> CouncilPaper:
    """The list of all receipts of a tender, for its file."""
    blocks: list[PaperBlock] = [PaperText(_state(told), TextKind.LEAD)]
    if not told.receipts:
        blocks.append(PaperText("No file was received."))
    else:
        blocks.append(PaperText(counts_sentence(told.receipts, is_closed=told.is_closed)))
        blocks += (PaperHeading("What was received"), _received(told), PaperHeading("The files"), _files(told.receipts))
    notes = (
        f"Times are those of {told.terms.deadline_zone}. The portal’s time decides where it is known, else ours.",
        _RULE,
        _SHA_NOTE,
        SEAL,
    )
    return maker.paper("List of receipts", f"Receipts: {told.name}", blocks, notes, ())


def _state(told: ReceiptsTold) -> str:
    """Whether the offers are sealed still, and until when offers are received."""
    deadline = f"Offers are received until {told.terms.deadline_words}." if told.terms.deadline_words else ""
    return " ".join(filter(None, (deadline, f"{told.opened}." if told.opened else "The offers are not opened yet.")))


def _received(told: ReceiptsTold) -> PaperTable:
    heads = [
        *(PaperColumn("No.", 5, right=True), PaperColumn("Portal’s time", 15), PaperColumn("Our time", 15)),
        *(PaperColumn("From", 20), PaperColumn("Lot", 5, right=True), PaperColumn("Pack", 6, right=True)),
        PaperColumn("What becomes of it", 34),
    ]
    return PaperTable("What was received", tuple(heads), tuple(_row(told, each) for each in told.receipts), (), True)


def _row(told: ReceiptsTold, judged: JudgedReceipt) -> tuple[str, ...]:
    file = judged.file
    portal = "" if file.portal_at is None else moment_words(file.portal_at, told.place)
    numbers = ("" if number is None else str(number) for number in (file.lot, file.pack_version))
    ours = moment_words(file.received_at, told.place)
    return (str(file.number), portal, ours, file.supplier or _NOT_KNOWN, *numbers, judged.words)


def _files(receipts: Sequence[JudgedReceipt]) -> PaperTable:
    columns = (
        PaperColumn("No.", 5, right=True),
        PaperColumn("Name of the file", 35),
        PaperColumn("Bytes", 14, right=True),
        PaperColumn("SHA-256", 46),
    )
    files = [each.file for each in receipts]
    rows = tuple((str(file.number), file.name, f"{file.size:,}", file.sha256) for file in files)
    return PaperTable("The files", columns, rows, is_named=True)
