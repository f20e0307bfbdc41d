"""Whether a PDF still holds: every figure recomputed from its attachment and its menu, and its signature."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tomsapp.domain.errors import TomsError
from tomsapp.domain.measure_words import withdrawn_words
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.signs import has_direction_marks, marks_as_they_stand
from tomsapp.domain.withdrawal import before_withdrawal
from tomsapp.exchange.offer_file import usable
from tomsapp.exchange.result_read import ResultFile, read_result
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.reading.kinds import FileKind
from tomsapp.reading.receipt import receipt_of
from tomsapp.reading.source import read_bytes
from tomsapp.services.delivered_paper import DELIVERED_FILE
from tomsapp.services.menu_books import BOOK_FILE
from tomsapp.services.portfolio_paper import PORTFOLIO_FILE
from tomsapp.services.progress import Progress
from tomsapp.services.strange_papers import MOST_BYTES, read_attachments
from tomsapp.services.strangers import watched_by
from tomsapp.services.verification import Verification
from tomsapp.services.verifying_book import verify_book
from tomsapp.services.verifying_delivered import verify_delivered
from tomsapp.services.verifying_earlier import EarlierDocument, verify_earlier
from tomsapp.services.verifying_paper import Paper, verify_paper
from tomsapp.services.verifying_portfolio import verify_portfolio
from tomsapp.services.verifying_signature import known_certificates, look_at_signature
from tomsapp.services.workspace import Workspace


def verify_pdf(
    menus: Catalogue | Workspace, path: Path, progress: Progress | None = None, certificate: Path | None = None
) -> Verification:
    """Recompute a PDF valuation, of promises or deliveries, a portfolio or book, and hold each figure and page to it.

    Of a signed PDF that is done with the document that was signed, and its signature is looked at by itself: with the
    certificates of the open database, or with one in a file.

    Raises:
        TomsError: the file cannot be opened, is no PDF, is cut off, locked or damaged, holds no valuation, or its menu
            edition is not installed; the certificate cannot be read; or it took too much memory or time, or ended
            what read it.
        Cancelled: nobody waits for it any more.
    """
    return verify_data(menus, path, usable(read_bytes(path, MOST_BYTES)), progress, certificate)


def verify_data(
    menus: Catalogue | Workspace,
    path: Path,
    data: bytes,
    progress: Progress | None = None,
    certificate: Path | None = None,
) -> Verification:
    """The same of bytes that were read already; `path` names them.

    Raises:
        TomsError: as `verify_pdf`.
    """
    with watched_by(progress):
        document, signature = look_at_signature(data, known_certificates(menus, certificate))
        found = _verified(menus, path, document, data)
    receipt = receipt_of(data, path.name, datetime.now(UTC), kind=FileKind.PDF)
    return replace(found, receipt=receipt, signature=signature)


def _verified(menus: Catalogue | Workspace, path: Path, data: bytes, signed: bytes) -> Verification:
    files = read_attachments(data, path.name)
    found = _held_to(menus, path, data, files, signed)
    if found.agrees or not any(map(_has_marks, files.values())):
        return found
    with marks_as_they_stand():
        then = _held_to(menus, path, data, files, signed)
    return replace(then, lines=(*then.lines, _MARKS_LEFT_OUT)) if then.agrees else found


_MARKS_LEFT_OUT = (
    "It holds signs that turn the direction of reading and leaves them out, as the program did before it printed their "
    "codes, such as ‹U+202E›."
)


def _has_marks(held: bytes) -> bool:
    return has_direction_marks(held.decode("utf-8", errors="replace"))


def _held_to(
    menus: Catalogue | Workspace, path: Path, data: bytes, files: Mapping[str, bytes], signed: bytes
) -> Verification:
    if PORTFOLIO_FILE in files:
        return verify_portfolio(menus, path.name, data, files)
    if BOOK_FILE in files:
        return verify_book(menus, path.name, data, files)
    if DELIVERED_FILE in files:
        return verify_delivered(menus, path.name, data, files, signed)
    if "valuation.json" not in files:
        message = f"{path.name} has no valuation attached, and no portfolio or menu edition"
        fix = "Ask for the valuation as this program made it, with its attachments. A hand-over sheet has none"
        raise TomsError(message, fix)
    stated = read_result(files["valuation.json"], f"valuation.json in {path.name}")
    if stated.offer.offer is None:
        raise TomsError(f"The offer in {path.name} cannot be read", "; ".join(map(str, stated.offer.problems)))
    installed = _edition(menus, stated)
    edition = _as_stated(installed, stated)
    if edition.sha256 != stated.sha256:
        return _other_menu(edition, stated)
    if stated.is_earlier:
        document = EarlierDocument(
            path, data, files, stated, stated.offer.offer, edition, _policy_words(menus, edition)
        )
        return _with_withdrawal(verify_earlier(document), installed)
    return _with_withdrawal(verify_paper(Paper(path, data, files, stated), stated.offer.offer, edition), installed)


def _with_withdrawal(found: Verification, installed: MenuEdition) -> Verification:
    """What verifying came to, and that the menu has been withdrawn since, which changes no figure of it."""
    words = withdrawn_words(installed)
    return replace(found, lines=(*found.lines, words)) if words else found


def _edition(menus: Catalogue | Workspace, stated: ResultFile) -> MenuEdition:
    if isinstance(menus, Workspace):
        return menus.edition(stated.menu, stated.edition, stated.sha256)
    return menus.load(stated.menu, stated.edition, stated.sha256)


def _as_stated(edition: MenuEdition, stated: ResultFile) -> MenuEdition:
    """The edition as it was when the valuation was made: what was said of it later changes no figure and no page."""
    if stated.figures.get("menu.status") == EditionStatus.PUBLISHED.value:
        return before_withdrawal(edition)
    made = stated.made
    if made is None or made.withdrawn_on is None:
        return edition
    return replace(edition, withdrawn_on=made.withdrawn_on, withdrawn_because=made.withdrawn_because)


def _policy_words(menus: Catalogue | Workspace, edition: MenuEdition) -> str:
    """The installed policy of a menu, whose words older documents print and do not carry."""
    catalogue = menus.catalogue if isinstance(menus, Workspace) else menus
    try:
        return repr(catalogue.policy(edition.policy)) if edition.policy else ""
    except TomsError:
        return ""


def _other_menu(edition: MenuEdition, stated: ResultFile) -> Verification:
    return Verification(
        False,
        (
            f"The valuation cannot be judged with the menu {edition.name} that is installed here: the copies differ.",
            f"It names the SHA-256 {stated.sha256 or 'none'}.",
            f"The installed menu has the SHA-256 {edition.sha256}.",
            _OTHER_COPY,
        ),
        is_judged=False,
    )


_OTHER_COPY = (
    "Ask whoever made it for the menu files that it was made with, and name their folder in “tomsapp verify --menus "
    "DIR FILE.pdf”. Of copies that differ, the one with the SHA-256 that the valuation names is used."
)
