"""What a menu book is of and was made with, as JSON beside the edition that it carries, so that it can be checked."""

from dataclasses import dataclass

from tomsapp.domain.menu import MenuEdition
from tomsapp.exchange.made_with import OF_EVERY_PAPER, MadeWith, read_some_made, some_made_values
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.exchange.offer_json import to_json
from tomsapp.reading.text_formats import read_json

BOOK_FORMAT = "tomsapp-menu-book-1"
MOST_BOOK_BYTES = 1_000_000

_OF_A_BOOK = (*OF_EVERY_PAPER, "withdrawn_on", "withdrawn_because")
"""What the pages of a book are made with; the rest is of contracts."""


@dataclass(frozen=True, slots=True)
class BookFile:
    """What a menu book says of itself: its edition with the SHA-256, and what its pages were made with."""

    menu: str
    edition: str
    sha256: str
    made: MadeWith


def write_book(edition: MenuEdition, made: MadeWith) -> bytes:
    """What a book is of and was made with as JSON in UTF-8, the same bytes for the same book."""
    menu = {"code": edition.code, "edition": edition.edition, "sha256": edition.sha256}
    return to_json({"format": BOOK_FORMAT, "menu": menu, "made": some_made_values(made, _OF_A_BOOK)})


def read_book(data: bytes, file: str) -> BookFile:
    """What a book says of itself, for `tomsapp verify`.

    Raises:
        OfferUnreadable: it is not strict JSON, or not of a menu book.
    """
    values = usable(read_json(data, file, MOST_BOOK_BYTES))
    menu, context = values.get("menu"), values.get("made")
    if values.get("format") != BOOK_FORMAT or not isinstance(menu, dict) or not isinstance(context, dict):
        raise _not_a_book(file, "Use the PDF as this program made it")
    made, wrong = read_some_made(context, file)
    if made is None:
        raise _not_a_book(file, "; ".join(map(str, wrong)))
    code, edition, sha256 = (str(menu.get(name, "")) for name in ("code", "edition", "sha256"))
    return BookFile(code, edition, sha256, made)


def _not_a_book(file: str, fix: str) -> OfferUnreadable:
    return OfferUnreadable(f"{file} is not of a menu book of this program ({BOOK_FORMAT})", fix)
