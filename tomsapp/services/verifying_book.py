"""Whether the PDF of a menu book still holds: its edition, and every word and figure of its pages."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from tomsapp.domain.measure_words import withdrawn_words
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.wording import format_date, format_pounds, plural
from tomsapp.exchange.book_json import BookFile, read_book
from tomsapp.menufiles.bundle import read_bundle
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.errors import MenuNotInstalled
from tomsapp.services.menu_books import BOOK_FILE, EDITION_FILE, built_book
from tomsapp.services.verification import Verification, not_judged, some
from tomsapp.services.version_rules import VERSION_RULES
from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Book:
    """A paper that carries the menu edition it is made of: a menu book, or what was delivered under it.

    Attributes:
        data: the bytes of its PDF.
        files: those attached to it.
        stated: what it says of itself.
        what: what it is called.
    """

    name: str
    data: bytes
    files: Mapping[str, bytes]
    stated: BookFile
    what: str = "book"

    @property
    def edition_name(self) -> str:
        """The edition that it says it is of."""
        return f"{self.stated.menu} {self.stated.edition}"

    @property
    def other_version(self) -> str:
        """The version that made it, where that is another than this; "" where it is this one."""
        from tomsapp import __version__

        return "" if self.stated.made.version == __version__ else self.stated.made.version


def verify_book(menus: Catalogue | Workspace, name: str, data: bytes, files: Mapping[str, bytes]) -> Verification:
    """Hold a menu book to the edition that it carries, and that edition to the one that is known here.

    Raises:
        OfferUnreadable: what it says of itself cannot be read.
    """
    book = Book(name, data, files, read_book(files[BOOK_FILE], f"{BOOK_FILE} in {name}"))
    bundle = files.get(EDITION_FILE)
    if bundle is None:
        return _failed(book, [f"The attached file {EDITION_FILE} is missing."])
    wrong = list(other_checksums(book, bundle))
    edition = read_bundle(bundle, f"{EDITION_FILE} in {name}")
    if not isinstance(edition, MenuEdition):
        return _failed(book, [*wrong, *(f"The attached edition has an error: {problem}" for problem in edition)])
    if edition.name != book.edition_name:
        wrong.append(f"The attached edition is {edition.name}, and the book names {book.edition_name}.")
    known = known_edition(menus, book)
    wrong += against_known(known, edition, book)
    again = _printed_again(book, as_stated(edition, book), bundle)
    pages = list(_pages(book, again, edition, bundle))
    parts = list(_parts(book, again))
    if book.other_version in VERSION_RULES:
        wrong += parts
    else:
        pages += parts
    if not wrong and pages and book.other_version:
        return not_judged(book.name, book.other_version, pages)
    return _failed(book, [*wrong, *pages]) if wrong or pages else _held(book, edition, known)


def known_edition(menus: Catalogue | Workspace, book: Book) -> MenuEdition | None:
    """The edition of that name that is installed here or kept by the open database."""
    stated = book.stated
    try:
        if isinstance(menus, Workspace):
            return menus.edition(stated.menu, stated.edition, stated.sha256)
        return menus.load(stated.menu, stated.edition, stated.sha256)
    except MenuNotInstalled:
        return None


def other_checksums(book: Book, bundle: bytes) -> Iterator[str]:
    """A sentence for each SHA-256 that is not that of the attached edition: the one stated, and the one printed."""
    from tomsapp.services.strange_papers import printed_text

    found = sha256(bundle).hexdigest()
    if found != book.stated.sha256:
        yield (
            f"The attached edition is not the one that the {book.what} was made of: its SHA-256 is {found}, and the "
            f"{book.what} names {book.stated.sha256 or 'none'}."
        )
    if found not in printed_text(book.data).replace(" ", ""):
        yield f"The SHA-256 of the attached edition, {found}, is not printed on the pages."


def against_known(known: MenuEdition | None, edition: MenuEdition, book: Book) -> Iterator[str]:
    """A sentence for what the edition that is known here says otherwise; a draft has no bytes that stay."""
    if known is None or EditionStatus.DRAFT in {known.status, edition.status}:
        return
    if known.sha256 != book.stated.sha256:
        yield (
            f"{known.name} was published with the SHA-256 {known.sha256}, as it is known here, and the {book.what} "
            f"names {book.stated.sha256 or 'none'}."
        )
    made = book.stated.made
    if made.withdrawn_on is not None and known.withdrawn_on is None:
        day = format_date(made.withdrawn_on)
        yield f"The {book.what} says that {known.name} was withdrawn on {day}. Here it is not."


def as_stated(edition: MenuEdition, book: Book) -> MenuEdition:
    """The edition as it was when the book was made: its bytes do not say that it was withdrawn later."""
    made = book.stated.made
    if made.withdrawn_on is None:
        return edition
    return replace(
        edition,
        status=EditionStatus.WITHDRAWN,
        withdrawn_on=made.withdrawn_on,
        withdrawn_because=made.withdrawn_because,
    )


def _printed_again(book: Book, edition: MenuEdition, bundle: bytes) -> bytes:
    from tomsapp.services.reporting import LOGO, context_of

    made = book.stated.made
    context = context_of(made, book.files.get(LOGO, b"") if made.logo else b"")
    return built_book(edition, bundle, context).data


def _parts(book: Book, again: bytes) -> Iterator[str]:
    """A sentence for what a book of another version has beside its pages, and no version puts there."""
    from tomsapp.services.reporting import LOGO
    from tomsapp.services.strange_papers import unknown_part_words

    if book.other_version:
        yield from unknown_part_words(book.data, frozenset({BOOK_FILE, EDITION_FILE, LOGO}), again)


def _pages(book: Book, again: bytes, edition: MenuEdition, bundle: bytes) -> Iterator[str]:
    """A sentence for each word, figure or picture on the pages that the edition does not give, and the other way."""
    from tomsapp.reports.render import printed_figures
    from tomsapp.services.printed_pages import numbers_in
    from tomsapp.services.strange_papers import page_differences, printed_text, unknown_figures

    if not book.other_version:
        if again != book.data:
            yield from page_differences(book.data, again)
        return
    printed = printed_figures(printed_text(book.data))
    for figure in _unit_values(edition) - printed:
        yield f"{figure} is a unit value of the attached edition and is not printed on the pages as often."
    yield from unknown_figures(book.data, numbers_in(printed_text(again)) | numbers_in(bundle.decode()))


def _unit_values(edition: MenuEdition) -> Counter[str]:
    return Counter(format_pounds(value.value) for measure in edition.measures for value in measure.unit_values)


def _held(book: Book, edition: MenuEdition, known: MenuEdition | None) -> Verification:
    version = book.other_version
    what = "every figure" if version else "every word and figure"
    lines = [
        f"{book.name} holds: {what} of its pages comes out again from the menu {edition.name} that it carries.",
        f"SHA-256 of the menu: {edition.sha256}. {known_words(book, edition, known)}",
    ]
    if version:
        lines.append(f"It was made by version {version} of the program, so its words were not compared.")
    if known is not None and (withdrawn := withdrawn_words(known)):
        lines.append(withdrawn)
    return Verification(True, tuple(lines))


def known_words(book: Book, edition: MenuEdition, known: MenuEdition | None) -> str:
    """How the attached edition stands to the one that is known here."""
    name = book.edition_name
    if known is None:
        return f"{name} is not installed here, so it was held to its own checksum alone."
    if edition.status is not EditionStatus.DRAFT:
        if known.status is EditionStatus.DRAFT:
            return f"{name} is still a draft here, so it was held to its own checksum alone."
        return f"It is {name} as it is known here, byte for byte."
    if known.status is not EditionStatus.DRAFT:
        return f"It is a draft. {name} has been published since, with the SHA-256 {known.sha256}."
    if known.sha256 == edition.sha256:
        return f"It is a draft, and {name} is still the same here. Its values may change."
    return f"It is a draft, and {name} has changed here since."


def _failed(book: Book, wrong: list[str]) -> Verification:
    number = plural(len(wrong), "difference", "differences")
    return Verification(False, (f"{book.name} does not hold: {number} from {book.edition_name}.", *some(wrong)))
