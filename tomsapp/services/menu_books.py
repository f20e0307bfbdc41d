"""The printable book of a menu edition as a PDF, with the edition attached, so that it can be checked.

The libraries that make PDFs take long to load, so they are loaded when the first book is made.
"""

from datetime import date
from typing import TYPE_CHECKING

from tomsapp.config.paths import resources_dir
from tomsapp.domain.menu import MenuEdition
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services.progress import Progress
from tomsapp.services.reporting import (
    MadeReport,
    council_context,
    file_name,
    logo_of,
    made_report,
    made_with,
    told_of,
)
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.menufiles.edition_reader import EditionReading
    from tomsapp.reports.attachments import Attachment
    from tomsapp.reports.context import ReportContext
    from tomsapp.reports.document import BuiltReport
    from tomsapp.reports.document import Progress as Told

BOOK_FILE, EDITION_FILE = "book.json", "menu.json"
"""The files that a book carries: what it was made with, and its edition as it was published."""


def menu_book(
    menus: Catalogue | Workspace, code: str, edition: str, made_on: date, progress: Progress | None = None
) -> MadeReport:
    """The printable book of a menu edition.

    Raises:
        MenuError: the edition is not installed or has errors.
        Cancelled: the user stopped it.
    """
    if isinstance(menus, Workspace):
        context = council_context(menus, made_on)
        return _book(menus.edition(code, edition), menus.bundle(code, edition), context, progress)
    return edition_book(menus.read(code, edition), made_on, progress=progress)


def menu_book_pdf(
    menus: Catalogue | Workspace, code: str, edition: str, made_on: date, progress: Progress | None = None
) -> bytes:
    """The bytes of `menu_book`."""
    return menu_book(menus, code, edition, made_on, progress).data


def edition_book(
    reading: "EditionReading", made_on: date, council: str = "", made_by: str = "", progress: Progress | None = None
) -> MadeReport:
    """The printable book of an edition that has been read, which belongs to no database.

    Raises:
        MenuError: the edition has errors.
        Cancelled: the user stopped it.
    """
    from tomsapp.reports.context import ReportContext

    return _book(reading.get_edition(), reading.bundle, ReportContext(made_on, council, made_by), progress)


def _book(edition: MenuEdition, bundle: bytes, context: "ReportContext", progress: Progress | None) -> MadeReport:
    told = told_of(progress, f"Making the book of {edition.name}")
    return made_report(built_book(edition, bundle, context, told), file_name(edition.name, "menu book"))


def built_book(
    edition: MenuEdition, bundle: bytes, context: "ReportContext", told: "Told | None" = None
) -> "BuiltReport":
    """The book of an edition with the files that it carries; the same input gives the same bytes."""
    from tomsapp.reports.fonts import load_fonts
    from tomsapp.reports.menu_book import build_menu_book

    fonts = load_fonts(resources_dir() / "fonts")
    return build_menu_book(edition, context, fonts, book_attachments(edition, bundle, context), told)


def book_attachments(edition: MenuEdition, bundle: bytes, context: "ReportContext") -> "Sequence[Attachment]":
    """The files that a book carries: the bytes of its edition, what its pages were made with, and the logo."""
    from tomsapp.exchange.book_json import write_book
    from tomsapp.reports.attachments import Attachment, Relationship

    made = write_book(edition, made_with(edition, context))
    what = "The edition, every measure as it was published" if edition.published_on else "The edition, a draft"
    return (
        Attachment(EDITION_FILE, bundle, "application/json", what, Relationship.SOURCE),
        Attachment(BOOK_FILE, made, "application/json", "What this book is of and was made with"),
        *logo_of(context),
    )
