"""The folder of an issued pack for a tendering portal: pack file, a workbook for each lot, and the guide for bidders.

Beside these stands how a tender is answered, the same two pages for all: who opens the folder may have nothing else.

All files carry the identity of the pack that was issued, and the same version gives the same bytes as long as the
council's logo and this version of the program stay.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp import __version__
from tomsapp.config.paths import resources_dir
from tomsapp.domain.errors import TomsError
from tomsapp.domain.papers.tender_guide import tender_guide
from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.book_layout import offer_book
from tomsapp.exchange.tenders.book_write import write_offer_book
from tomsapp.exchange.tenders.pack_json import PACK_ENDING, PackFile
from tomsapp.exchange.tenders.signature_json import SIGNATURE_ENDING, read_signature
from tomsapp.exchange.word.paper_docx import write_paper
from tomsapp.menufiles.files import write_whole
from tomsapp.services.bidder_guide import bidder_pdf
from tomsapp.services.council_papers import WORD_SUFFIX
from tomsapp.services.pack_files import edition_of
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.reporting import made_report, plain_name, told_of
from tomsapp.services.tenders.issuing import read_version, version_bytes
from tomsapp.services.tenders.reading import open_tender
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tomsapp.domain.council import CouncilSettings
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.domain.tender.pack import PackIdentity
    from tomsapp.domain.tender.pack_signature import PackStatement
    from tomsapp.services.reporting import MadeReport
    from tomsapp.services.workspace import Workspace

_WORKBOOK, _PDF, _ZIP = ".xlsx", ".pdf", ".zip"
_SIGNED_OTHERWISE = (
    "The signature does not go out with the pack: the guide or a workbook comes out otherwise than it was signed, as "
    "it does with another logo or after an update of the program"
)
_SIGN_AGAIN = "Sign the pack again"
_FIRST_YEAR = 1980
"""The first year that a ZIP can name."""


@dataclass(frozen=True, slots=True)
class MadePack:
    """The files of an issued version.

    Attributes:
        name: of the folder: "T-2026-003 pack version 2".
        council: the name of the council, as the pack says it.
        files: the bytes by the names of the files, pack file first; last the signature, where it is signed.
        issued_at: when the version was issued, which is the time of the files in the ZIP.
        signed: what was signed; None where it was not, or where these are not the bytes that were.
        notes: what could not be shown in the PDF as it is, and why a signature does not go out.
    """

    identity: PackIdentity
    name: str
    council: str
    files: Mapping[str, bytes]
    issued_at: datetime
    signed: PackStatement | None = None
    notes: tuple[Problem, ...] = ()

    @property
    def signature_name(self) -> str:
        """What the file of its signature is called."""
        return signature_name(self.name)

    @property
    def packed(self) -> bytes:
        """All files in their folder as one ZIP."""
        return _zipped(self.issued_at, self.name, self.files)

    def with_signature(self, content: bytes, statement: PackStatement) -> MadePack:
        """The same pack with a signature of exactly these files."""
        files = {**self.unsigned_files, self.signature_name: content}
        return replace(self, files=files, signed=statement)

    @property
    def unsigned_files(self) -> Mapping[str, bytes]:
        """The files that a signature is over: all but the signature."""
        return {name: data for name, data in self.files.items() if name != self.signature_name}


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """Where the files of a pack were written."""

    made: MadePack
    folder: Path
    packed: Path


def write_pack_folder(
    workspace: Workspace, tender_id: int, folder: Path, progress: Progress | None = None
) -> WrittenPack:
    """Write the newest issued version of a tender's pack into a folder of its own in `folder`, and as a ZIP beside it.

    Both are there whole, or neither is. A folder of the same name stays where it holds exactly these files.

    Raises:
        NotFound: there is no such tender.
        StoreError: it was never issued, or the bytes that were issued are not there any more.
        TomsError: the files cannot be written, or the folder holds something else; says what to do.
        Cancelled: the user stopped it.
    """
    return save_pack(make_pack(workspace, tender_id, progress), folder)


def make_pack(workspace: Workspace, tender_id: int, progress: Progress | None = None) -> MadePack:
    """All files of the newest issued version of a tender's pack.

    Raises:
        NotFound, StoreError, Cancelled: as `write_pack_folder`.
        TomsError: the council's logo cannot be read.
    """
    opened = open_tender(workspace, tender_id)
    if not opened.versions:
        message = f"{opened.tender.reference} was not issued, so there is no pack for bidders"
        raise StoreError(message, "Check what is set up, and issue it first")
    version = opened.versions[-1].version
    issued = read_version(workspace, opened, version)
    name = pack_name(issued.pack.tender.reference, version)
    edition, settings = edition_of(issued, name), workspace.settings
    files = {f"{name}{PACK_ENDING}": version_bytes(workspace, tender_id, version)}
    files |= dict(_workbooks(issued, edition, name, settings, progress or NoProgress()))
    guide, word = _guide(issued, edition, name, settings, progress)
    files |= {guide.file_name: guide.data, f"{guide.file_name.removesuffix(_PDF)}{WORD_SUFFIX}": word}
    how = bidder_pdf(progress)
    files |= {how.file_name: how.data}
    made = MadePack(issued.identity, name, issued.pack.council, files, issued.pack.issued_at, notes=guide.notes)
    kept = kept_signatures(workspace, tender_id, version)
    for content in kept:
        statement = read_signature(content, made.signature_name).statement
        if statement.covers(files):
            return made.with_signature(content, statement)
    return replace(made, notes=(*guide.notes, _signed_otherwise(name))) if kept else made


def _signed_otherwise(name: str) -> Problem:
    """Why a signature that is kept does not go out: it is not of these files."""
    return problem_at("signed-otherwise", _SIGNED_OTHERWISE, _SIGN_AGAIN, Where(file=name), Severity.WARNING)


def kept_signatures(workspace: Workspace, tender_id: int, version: int) -> list[bytes]:
    """The files of the signatures of a version, the newest first.

    Raises:
        StoreError: one was changed behind the program.
    """
    with workspace.look() as uow:
        return uow.pack_signatures.of(tender_id, version)


def pack_name(reference: str, version: int) -> str:
    """What the folder of a version is called, and each of its files begins with: "T-2026-003 pack version 2"."""
    return f"{plain_name(reference, '')} pack version {version}"


def signature_name(name: str) -> str:
    """What the file of a signature is called, beside the pack of this name."""
    return f"{name} signature{SIGNATURE_ENDING}"


def _workbooks(
    issued: PackFile, edition: MenuEdition, name: str, settings: CouncilSettings, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    """The empty workbook of each lot."""
    pack, lots = issued.pack, issued.pack.lots
    for done, lot in enumerate(lots):
        progress.report(done, len(lots), f"Making the workbook of {lot.name}")
        form = offer_book(issued, edition, lot.number, f"tomsapp {__version__}")
        if form is None:
            raise LookupError(lot.number)
        properties = BookProperties(
            form.title, pack.issued_at, pack.council, issued.identity.words, is_example=settings.is_example
        )
        yield f"{name} lot {lot.number} workbook{_WORKBOOK}", write_offer_book(form, properties)


def _guide(
    issued: PackFile, edition: MenuEdition, name: str, settings: CouncilSettings, progress: Progress | None
) -> tuple[MadeReport, bytes]:
    """The guide for bidders as PDF and as Word file, of the day on which the version was issued."""
    from tomsapp.reports.context import ReportContext
    from tomsapp.reports.council_paper import build_council_paper
    from tomsapp.reports.fonts import load_fonts

    paper = tender_guide(issued.pack, issued.identity, edition, is_example=settings.is_example)
    # Neither where the history ends nor whom to ask today: the same version gives the same bytes.
    context = ReportContext(paper.made_on, paper.council, paper.made_by, settings.logo, settings.is_example)
    fonts = load_fonts(resources_dir() / "fonts")
    built = build_council_paper(paper, context, fonts, told_of(progress, f"Making the {paper.name.lower()}"))
    return made_report(built, f"{name} guide for bidders{_PDF}"), write_paper(paper, {})


def _zipped(moment: datetime, name: str, files: Mapping[str, bytes]) -> bytes:
    """The files in their folder as a ZIP, whose times are that of issuing."""
    made = io.BytesIO()
    when = (max(moment.year, _FIRST_YEAR), moment.month, moment.day, moment.hour, moment.minute, moment.second)
    with zipfile.ZipFile(made, "w") as archive:
        for file, data in files.items():
            entry = zipfile.ZipInfo(f"{name}/{file}", when)
            # The same on every system: plain files that anybody may read.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return made.getvalue()


def save_pack(made: MadePack, folder: Path) -> WrittenPack:
    """Write the files of a pack into a folder of its own in `folder`, and the ZIP beside it, both or neither.

    Raises:
        TomsError: they cannot be written, or the folder of the pack holds something else; says what to do.
    """
    own, packed = folder / made.name, folder / f"{made.name}{_ZIP}"
    if own.exists() and not _holds(own, made):
        raise TomsError(f"{own} is there already and holds something else", "Choose another folder, or take it away")
    was_there = packed.exists()
    staged: Path | None = None
    try:
        staged = Path(tempfile.mkdtemp(prefix=f".{made.name[:20]}.", suffix=".new", dir=folder))
        staged.chmod(0o755)
        for file, data in made.files.items():
            write_whole(staged / file, data)
        write_whole(packed, made.packed)
        if not own.exists():
            _moved(staged, own, packed, was_there=was_there)
        elif made.signed is not None:
            (staged / made.signature_name).replace(own / made.signature_name)
    except OSError as error:
        fix = f"Check that the folder {folder} is there, that you may write to it and that the disk has room"
        raise TomsError(f"The pack cannot be written ({error.strerror or error})", fix) from error
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
    return WrittenPack(made, own, packed)


def _moved(staged: Path, own: Path, packed: Path, *, was_there: bool) -> None:
    """Put the folder into its place; where that fails, the ZIP goes again."""
    try:
        staged.rename(own)
    except OSError:
        if not was_there:
            with suppress(OSError):
                packed.unlink()
        raise


def _holds(folder: Path, made: MadePack) -> bool:
    """Whether a folder holds exactly the files of a pack; the signature may be missing, or be an earlier one."""
    files, signature = made.unsigned_files, made.signature_name
    try:
        found = {path.name: path for path in folder.iterdir()}
        if made.signed is not None:
            found.pop(signature, None)
        return found.keys() == files.keys() and all(found[file].read_bytes() == data for file, data in files.items())
    except OSError:
        return False
