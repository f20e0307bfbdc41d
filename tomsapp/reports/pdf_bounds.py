"""A look at the bytes of a PDF of unknown origin as they lie there, before any library opens it.

A library unpacks some streams when it opens a file, and makes an object of each number and name in them, which takes
a hundred times as much memory as is written. Here each stream is unpacked piece by piece and counted, and nothing of it
is kept.
"""

import re
import zlib
from dataclasses import dataclass
from typing import Final

from tomsapp.reports.attachments import MOST_BYTES
from tomsapp.reports.errors import ReportError

MOST_UNPACKED: Final = 200_000_000
"""The bytes that all streams of a PDF may unpack to."""
MOST_OBJECTS: Final = 600_000
MOST_PAGES: Final = 5_000
MOST_SIGNS_IN_ONE: Final = 500_000
"""The signs that part words in one stream that could be of objects; our portfolio of 10,000 contracts has 123,000."""
FEW_SIGNS: Final = 700_000
"""Any PDF may have so many signs that part words; a valuation of ours has 60,000, and 1,600 kB of pages 4 million."""
SIGNS_PER_BYTE: Final = 20
"""So many more for each byte of the figures that it carries, as they are packed: in papers of ours it is 8 to 16."""
_MOST_IN_ONE: Final = MOST_BYTES
_MOST_OF_OBJECTS: Final = 75_000_000
"""The bytes that streams of objects may unpack to."""

_STREAM = re.compile(rb"stream\r?\n")
_LIST_OF_OBJECTS = re.compile(rb"/(?:ObjStm|XRef)\b")
_PLAIN_FILTER = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?\s*(?:/(?!Filter)|>>|$)")
# A stream of objects says in /N how many; what could hide that, such as a remark or another way to write a name, is no
# picture of ours.
_PICTURE = re.compile(rb"[\r\n]\d+ \d+ obj\s*<<(?=[^\0]*/Subtype\s*/Image\b)(?![^\0]*/N\b)[^%#()]*\Z")
_HEAD: Final = 1_500
_FIRST_PIECE: Final = 1 << 11
_PIECE: Final = 1 << 20
_ASK: Final = "Ask for the PDF as this program made it"
# A library tells of each entry that is no page, one after the other, before it has opened the file.
_LONG_LIST_OF_PAGES: Final = re.compile(rb"/Kids\s*\[([^\]]{%d,})" % (5 * MOST_PAGES))

_BLANK: Final = b" \t\r\n\f\0"
_IN_WORDS: Final = bytes(sorted(set(range(256)) - set(_BLANK + b"()<>[]{}/%")))
_BEGINS_OBJECTS: Final = frozenset(b"0123456789+-.%")
"""A stream of objects begins with their numbers. Whatever it says that it is, one that begins otherwise is none."""


@dataclass(slots=True)
class Unpacked:
    """What a stream comes to.

    Attributes:
        length: the bytes that it unpacks to; no more are counted than one stream may have. 0 where it is not packed.
        signs: those of them that part words, where they could be objects.
        end: where it ends in the file; where it begins, if it is not packed.
        could_be_objects: None as long as it holds blanks alone.
    """

    end: int
    length: int = 0
    signs: int = 0
    could_be_objects: bool | None = None

    def take(self, piece: bytes) -> None:
        """Count a further piece."""
        self.length += len(piece)
        if self.could_be_objects is None and (begins := piece.lstrip(_BLANK)):
            self.could_be_objects = begins[0] in _BEGINS_OBJECTS
        if self.could_be_objects:
            self.signs += parting_signs(piece)


def look_at_bytes(data: bytes) -> int:
    """Look through a PDF as it is written; gives how many signs in it part words, for `check_signs`.

    Raises:
        ReportError: it would become too much; says what.
    """
    if data.count(b" R") > MOST_OBJECTS:
        raise too_much(f"has more than {MOST_OBJECTS:,} objects")
    if any(each[1].count(b" R") > MOST_PAGES for each in _LONG_LIST_OF_PAGES.finditer(data)):
        raise too_much(f"has more than {MOST_PAGES:,} pages")
    return _count_unpacked(data)


def check_signs(signs: int, figures: int) -> None:
    """Whether a PDF is no larger than one of ours with so many bytes of packed figures.

    Raises:
        ReportError: it is; or it is large and has none.
    """
    if signs > FEW_SIGNS and not figures:
        raise too_much("carries none of the figures that a paper of this program has")
    if signs > FEW_SIGNS + SIGNS_PER_BYTE * figures:
        raise too_much("falls into far more pieces than the figures that it carries ask for")


def too_much(what: str) -> ReportError:
    """That a PDF holds more than one of ours ever does."""
    return ReportError(f"This PDF {what}", _ASK)


def parting_signs(data: bytes) -> int:
    """How many signs of these bytes part words: blanks and brackets. No more words and numbers are there, or one."""
    return len(data.translate(None, _IN_WORDS))


def _count_unpacked(data: bytes) -> int:
    """Unpack each stream, and keep nothing of it."""
    total = of_objects = signs = figures = at = 0
    while (found := _STREAM.search(data, at)) is not None:
        signs += parting_signs(data[at : found.start()])
        head = data[max(at, found.start() - _HEAD) : found.start()]
        is_picture = _PICTURE.search(head) is not None
        head = head[head.rfind(b" obj") + 1 :]
        is_of_objects = _LIST_OF_OBJECTS.search(head) is not None
        if is_of_objects and b"/Filter" in head and _PLAIN_FILTER.search(head) is None:
            raise too_much("packs its objects as no paper of this program does")
        stream = _unpacked(data, found.end(), is_picture=is_picture)
        at = stream.end
        total += stream.length
        signs += stream.signs
        of_objects += stream.length if is_of_objects else 0
        figures += at - found.end() if b"/EmbeddedFile" in head else 0
        if stream.length > _MOST_IN_ONE or total > MOST_UNPACKED or of_objects > _MOST_OF_OBJECTS:
            raise too_much(f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB, or to more than it may in one part")
        if stream.signs > MOST_SIGNS_IN_ONE:
            raise too_much(f"has a part that falls into more than {MOST_SIGNS_IN_ONE:,} pieces")
    signs += parting_signs(data[at:])
    check_signs(signs, figures)
    return signs


def _unpacked(data: bytes, start: int, *, is_picture: bool) -> Unpacked:
    """What a stream that begins here unpacks to."""
    # Most streams are short, and there are thousands of them: what is taken up at first is little, and then more.
    unpacker, at, much = zlib.decompressobj(), start, _FIRST_PIECE
    found = Unpacked(start, could_be_objects=False if is_picture else None)
    try:
        while not unpacker.eof and at < len(data):
            piece = data[at : at + much]
            at, much = at + len(piece), min(4 * much, _PIECE)
            while piece and not unpacker.eof:
                found.take(unpacker.decompress(piece, _PIECE))
                piece = unpacker.unconsumed_tail
                if found.length > _MOST_IN_ONE or found.signs > MOST_SIGNS_IN_ONE:
                    found.end = at
                    return found
    except zlib.error:
        # It is packed otherwise, or not at all: what stands there is looked at as the rest is.
        return found
    found.end = at - len(unpacker.unused_data)
    return found
