"""A look through a PDF of unknown origin before anything is read of it: what it would unpack to, hold and draw.

The bytes are looked through first, as they lie there, because a library unpacks some of them when it opens a file. Then
objects, pages and drawings are counted. Papers of this program stay far below each bound.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

import pikepdf

from tomsapp.reports.attachments import MOST_BYTES, readable
from tomsapp.reports.errors import ReportError

MOST_UNPACKED: Final = 200_000_000
"""The bytes that all streams of a PDF may unpack to."""
_MOST_IN_ONE: Final = MOST_BYTES
_MOST_OBJECTS: Final = 600_000
_MOST_OF_OBJECTS: Final = 75_000_000
"""The bytes that streams of objects may unpack to: a library makes many times as much of them when it opens a file."""
_MOST_PAGES: Final = 5_000
_MOST_DRAWN: Final = 200_000_000
"""The bytes of drawing instructions, each counted as often as it is drawn."""
_MOST_PIXELS: Final = 40_000_000
_MOST_DEEP: Final = 20

_STREAM = re.compile(rb"stream\r?\n")
_LIST_OF_OBJECTS = re.compile(rb"/(?:ObjStm|XRef)\b")
_PLAIN_FILTER = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?\s*(?:/(?!Filter)|>>|$)")
_HEAD: Final = 1_500
_PIECE: Final = 1 << 20
_ASK: Final = "Ask for the PDF as this program made it"
# A library tells of each entry that is no page, one after the other, before it has opened the file.
_LONG_LIST_OF_PAGES: Final = re.compile(rb"/Kids\s*\[([^\]]{%d,})" % (5 * _MOST_PAGES))
_DOES: Final = re.compile(rb"/([^\s/<>\[\]()%]{1,127})\s+Do\b")


def look_through(data: bytes) -> None:
    """Whether a PDF can be read within its bounds.

    Raises:
        ReportError: it is locked or damaged, or would become too much; says what.
    """
    if data.count(b" R") > _MOST_OBJECTS:
        raise _too_much(f"has more than {_MOST_OBJECTS:,} objects")
    if any(each[1].count(b" R") > _MOST_PAGES for each in _LONG_LIST_OF_PAGES.finditer(data)):
        raise _too_much(f"has more than {_MOST_PAGES:,} pages")
    _count_unpacked(data)
    with readable(), pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        if len(pdf.objects) > _MOST_OBJECTS:
            raise _too_much(f"has more than {_MOST_OBJECTS:,} objects")
        _count_pages(pdf)
        _count_drawn(pdf)


def _too_much(what: str) -> ReportError:
    return ReportError(f"This PDF {what}", _ASK)


def _count_unpacked(data: bytes) -> None:
    """Unpack each stream, and keep nothing of it."""
    total = of_objects = at = 0
    while (found := _STREAM.search(data, at)) is not None:
        head = data[max(at, found.start() - _HEAD) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        is_of_objects = _LIST_OF_OBJECTS.search(head) is not None
        if is_of_objects and b"/Filter" in head and _PLAIN_FILTER.search(head) is None:
            raise _too_much("packs its objects as no paper of this program does")
        length, at = _unpacked_length(data, found.end())
        total += length
        of_objects += length if is_of_objects else 0
        if length > _MOST_IN_ONE or total > MOST_UNPACKED or of_objects > _MOST_OF_OBJECTS:
            raise _too_much(f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB, or to more than it may in one part")


def _unpacked_length(data: bytes, start: int) -> tuple[int, int]:
    """How many bytes a stream that begins here unpacks to, no more than one may have, and where to look on."""
    unpacker, length, at = zlib.decompressobj(), 0, start
    try:
        while not unpacker.eof and at < len(data):
            piece = data[at : at + _PIECE]
            at += len(piece)
            while piece and not unpacker.eof:
                length += len(unpacker.decompress(piece, _PIECE))
                piece = unpacker.unconsumed_tail
                if length > _MOST_IN_ONE:
                    return length, at
    except zlib.error:
        # It is packed otherwise, or not at all.
        return length, start
    return length, at - len(unpacker.unused_data)


def _count_pages(pdf: pikepdf.Pdf) -> None:
    """Count the pages along their tree, which a library would climb by itself however deep it is."""
    waiting: list[tuple[Any, int]] = [(pdf.Root.get("/Pages"), 0)]
    pages = 0
    while waiting:
        node, depth = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > _MOST_DEEP:
            raise _too_much("has pages that stand in no order")
        kids = node.get("/Kids")
        pages += kids is None
        if pages + len(waiting) > _MOST_PAGES:
            raise _too_much(f"has more than {_MOST_PAGES:,} pages")
        if kids is not None:
            if len(kids) > _MOST_PAGES:
                raise _too_much(f"has more than {_MOST_PAGES:,} pages")
            waiting.extend((kid, depth + 1) for kid in kids)


def _count_drawn(pdf: pikepdf.Pdf) -> None:
    """Add up what is drawn: a form that draws another one ten times counts it ten times."""
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream) and _draws_otherwise(found):
            raise _too_much("draws in ways that no paper of this program does")
    weights: dict[tuple[int, int], int] = {}
    drawn = 0
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        forms = _forms(page.obj.get("/Resources"))
        for part in parts:
            if isinstance(part, pikepdf.Stream):
                drawn += _weight(part, forms, weights, 0)
        if drawn > _MOST_DRAWN:
            raise _too_much("draws the same things too often")


def _draws_otherwise(found: Any) -> bool:
    kind = str(found.get("/Subtype", ""))
    if "/PatternType" in found or "/ShadingType" in found or (kind == "/Type3" and "/CharProcs" in found):
        return True
    return kind == "/Image" and int(found.get("/Width", 0)) * int(found.get("/Height", 0)) > _MOST_PIXELS


def _forms(resources: Any) -> Mapping[bytes, Any]:
    if not isinstance(resources, pikepdf.Dictionary):
        return {}
    named = resources.get("/XObject", pikepdf.Dictionary())
    return dict(_forms_in(named)) if isinstance(named, pikepdf.Dictionary) else {}


def _forms_in(named: Any) -> Iterator[tuple[bytes, Any]]:
    for name, found in named.items():
        if isinstance(found, pikepdf.Stream) and str(found.get("/Subtype", "")) == "/Form":
            yield str(name)[1:].encode("latin-1", "replace"), found


def _weight(stream: Any, forms: Mapping[bytes, Any], weights: dict[tuple[int, int], int], depth: int) -> int:
    """The bytes of a stream of instructions and of all that it draws."""
    if depth > _MOST_DEEP:
        raise _too_much("draws the same things too often")
    known = weights.get(stream.objgen)
    if known is not None:
        return known
    data = stream.read_bytes()
    weight = len(data)
    for used in _DOES.finditer(data) if forms else ():
        form = forms.get(used[1])
        if form is not None:
            weight += _weight(form, _forms(form.get("/Resources")), weights, depth + 1)
            if weight > _MOST_DRAWN:
                raise _too_much("draws the same things too often")
    weights[stream.objgen] = weight
    return weight
