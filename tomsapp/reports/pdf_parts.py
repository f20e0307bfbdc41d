"""What a PDF holds beside the words and pictures of its pages: what it says of itself, carries, asks and does.

Each part is told by its place. A paper that comes out again is compared with that, both ways; of one that cannot be
printed again, what no version of this program writes is told. A PDF that is damaged raises a `ReportError`.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import Any

import pikepdf

from tomsapp.reports.attachments import read_attachments, readable, unpacked
from tomsapp.reports.errors import ReportError
from tomsapp.reports.pdf_same import SameObjects, same_stream


class Place(Enum):
    """Where in a PDF a part stands."""

    INFO = "info"
    """What it says of itself: its title and author."""
    CATALOGUE = "catalogue"
    """What holds for the whole document."""
    NAMES = "names"
    """What it holds by name, such as scripts."""
    PAGE = "page"
    """What belongs to a page beside what is drawn on it."""
    LINK = "link"
    """A link of a page that opens an address."""
    NOTE = "note"
    """What else stands on a page to be clicked, filled in or opened."""
    FILE = "file"
    """A file that is attached to it."""
    ACTION = "action"
    """What it does when something is opened or clicked."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a PDF that is not as it comes out.

    Attributes:
        name: which part, in the words of the format: "Title", "OpenAction".
        theirs: what the PDF says there; None where it has no such part.
        ours: what comes out; None where nothing does.
        page: the page that it belongs to (0 is the first).
    """

    place: Place
    name: str
    theirs: str | None
    ours: str | None
    page: int | None = None


_DRAWN = frozenset({"/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate"})
"""What the look and the words of a page show already, or a program writes at another place when it saves a PDF."""

_OTHERWISE = frozenset({"/Parent", "/Annots"})

_HELD_ELSEWHERE = frozenset({"/AF", "/Names", "/Pages"})
_CATALOGUE = frozenset(
    {
        "/AF",
        "/Lang",
        "/MarkInfo",
        "/Metadata",
        "/Names",
        "/Outlines",
        "/OutputIntents",
        "/PageMode",
        "/Pages",
        "/StructTreeRoot",
        "/Type",
        "/ViewerPreferences",
    }
)
_INFO = frozenset({"/Author", "/CreationDate", "/Creator", "/ModDate", "/Producer", "/Title"})
_NAMES = frozenset({"/EmbeddedFiles"})
_PAGE = frozenset({"/StructParents", "/Tabs", "/Trans", "/Type", *_DRAWN, *_OTHERWISE})
"""What the papers of every version have in these places."""

_SOMETHING = "something"
"""What stands for a part that is no text."""


def differing_parts(data: bytes, again: bytes) -> Iterator[Part]:
    """Each part in which a PDF and the one that comes out differ. Both have as many pages."""
    with readable(), pikepdf.open(BytesIO(data)) as theirs, pikepdf.open(BytesIO(again)) as ours:
        objects = SameObjects(theirs, ours)
        yield from _of_info(theirs, ours)
        yield from _of_files(data, again)
        # The pages first: what is read aloud leads to their links, which are told once.
        for number, (one, other) in enumerate(zip(theirs.pages, ours.pages, strict=True)):
            yield from _of_notes(one.obj, other.obj, number, objects)
            yield from _of_entries(Place.PAGE, one.obj, other.obj, objects, _DRAWN | _OTHERWISE, number)
        yield from _of_entries(Place.NAMES, _names(theirs), _names(ours), objects, _NAMES)
        yield from _of_entries(Place.CATALOGUE, theirs.Root, ours.Root, objects, _HELD_ELSEWHERE)


def _of_info(theirs: pikepdf.Pdf, ours: pikepdf.Pdf) -> Iterator[Part]:
    there, here = _told(theirs.docinfo), _told(ours.docinfo)
    for name in (*here, *(name for name in there if name not in here)):
        if there.get(name) != here.get(name):
            yield Part(Place.INFO, name[1:], there.get(name), here.get(name))


def _told(found: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in found.items()}


def _of_files(data: bytes, again: bytes) -> Iterator[Part]:
    """The files that it carries beside those that come out; what is in each of them is held elsewhere."""
    for name in read_attachments(data).keys() - read_attachments(again).keys():
        yield Part(Place.FILE, name, _SOMETHING, None)


def _names(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.get("/Names", pikepdf.Dictionary())


def _of_entries(
    place: Place, theirs: Any, ours: Any, objects: SameObjects, without: frozenset[str], page: int | None = None
) -> Iterator[Part]:
    keys = [set(one.keys()) - without for one in (theirs, ours)]
    for key in sorted(keys[0] | keys[1]):
        there, here = (_SOMETHING if key in own else None for own in keys)
        if there is None or here is None or not objects.same(theirs[key], ours[key]):
            yield Part(place, key[1:], there, here, page)


def _of_notes(theirs: Any, ours: Any, page: int, objects: SameObjects) -> Iterator[Part]:
    there, here = Counter(map(_kind_of, _notes(theirs))), Counter(map(_kind_of, _notes(ours)))
    for place, words in there - here:
        yield Part(place, words, words, None, page)
    for place, words in here - there:
        yield Part(place, words, None, words, page)
    if there == here and not objects.same(theirs.get("/Annots"), ours.get("/Annots")):
        yield Part(Place.PAGE, "Annots", _SOMETHING, _SOMETHING, page)


def _notes(page: Any) -> list[Any]:
    return list(page.get("/Annots", []))


def _kind_of(note: Any) -> tuple[Place, str]:
    """What a note on a page is: a link with its address, or the kind of the note and what it does."""
    kind, action = _name(note.get("/Subtype")), note.get("/A")
    if action is None:
        return Place.NOTE, kind
    does = _name(action.get("/S"))
    if (kind, does) == ("Link", "URI"):
        return Place.LINK, str(action.get("/URI", ""))
    return Place.NOTE, f"{kind} ({does})"


def _name(found: Any) -> str:
    return "" if found is None else str(found).removeprefix("/")


def differs_unseen(data: bytes, again: bytes) -> Iterator[Part]:
    """Of a PDF that differs in nothing else: the files and pages that hold other bytes, though they look alike."""
    there, here = read_attachments(data), read_attachments(again)
    others = [name for name, held in here.items() if there.get(name) != held]
    for name in others:
        yield Part(Place.FILE, name, _SOMETHING, _SOMETHING)
    with readable(), pikepdf.open(BytesIO(data)) as theirs, pikepdf.open(BytesIO(again)) as ours:
        if not others and not SameObjects(theirs, ours).same(_listed_files(theirs), _listed_files(ours)):
            yield Part(Place.CATALOGUE, "AF", _SOMETHING, _SOMETHING)
        objects = SameObjects(theirs, ours)
        for number, (one, other) in enumerate(zip(theirs.pages, ours.pages, strict=True)):
            if not _drawn_alike(one.obj, other.obj):
                yield Part(Place.PAGE, "Contents", _SOMETHING, _SOMETHING, number)
            # A letter or picture that differs by less than a dot of the picture that was compared.
            if not objects.same(_drawn_with(one.obj), _drawn_with(other.obj)):
                yield Part(Place.PAGE, "Resources", _SOMETHING, _SOMETHING, number)


def _listed_files(pdf: pikepdf.Pdf) -> Any:
    """The attached files as the document lists them: by name, and as what belongs to it."""
    return pikepdf.Array([pdf.Root.get("/AF"), _names(pdf).get("/EmbeddedFiles")])


def _drawn_alike(theirs: Any, ours: Any) -> bool:
    there, here = (list(one) if isinstance(one, pikepdf.Array) else [one] for one in (theirs.Contents, ours.Contents))
    return len(there) == len(here) and all(map(same_stream, there, here))


def _drawn_with(page: Any) -> Any:
    """The letters and pictures of a page; what it does not say itself, the part of the tree says that it hangs on."""
    for _ in range(_MOST_ABOVE):
        if "/Resources" in page or "/Parent" not in page:
            break
        page = page.Parent
    return page.get("/Resources")


_MOST_ABOVE = 100


def unknown_parts(data: bytes, files: frozenset[str], again: bytes = b"") -> Iterator[Part]:
    """Each part that no version of this program writes; `files` are those that such a paper may carry.

    `again` is the paper as this version prints it, where it can: title and author are the same in every version.
    """
    with readable(), pikepdf.open(BytesIO(data)) as pdf:
        for name, value in _told(pdf.docinfo).items():
            if name not in _INFO:
                yield Part(Place.INFO, name[1:], value, None)
        yield from _titles(pdf, again)
        yield from _unknown(Place.CATALOGUE, pdf.Root, _CATALOGUE)
        yield from _unknown(Place.NAMES, _names(pdf), _NAMES)
        for name in sorted(read_attachments(data).keys() - files):
            yield Part(Place.FILE, name, _SOMETHING, None)
        for number, page in enumerate(pdf.pages):
            yield from _unknown(Place.PAGE, page.obj, _PAGE, number)
            for place, words in dict.fromkeys(_kind_of(note) for note in _notes(page.obj) if not _is_plain_link(note)):
                yield Part(place, words, words, None, number)
        yield from _actions(pdf)


def _titles(pdf: pikepdf.Pdf, again: bytes) -> Iterator[Part]:
    """Where title or author are not those that come out, or are told otherwise in the metadata for archives."""
    there, here = _told(pdf.docinfo), {}
    if again:
        with pikepdf.open(BytesIO(again)) as printed:
            here = _told(printed.docinfo)
    for name, element in _ELEMENTS.items():
        theirs, ours = there.get(name), here.get(name, there.get(name))
        if theirs != ours:
            yield Part(Place.INFO, name[1:], theirs, ours)
        elif _in_metadata(pdf, element) != (ours or "").strip():
            yield Part(Place.CATALOGUE, "Metadata", _SOMETHING, _SOMETHING)


_ELEMENTS = {"/Title": "dc:title", "/Author": "dc:creator"}
_TAG = re.compile(r"<[^>]*>")


def _in_metadata(pdf: pikepdf.Pdf, element: str) -> str | None:
    metadata = pdf.Root.get("/Metadata")
    try:
        text = unpacked(metadata, _MOST_METADATA).decode() if isinstance(metadata, pikepdf.Stream) else ""
    except (ReportError, ValueError):
        return None
    _, opened, rest = text.partition(f"<{element}>")
    inner, closed, _ = rest.partition(f"</{element}>")
    return html.unescape(_TAG.sub("", inner)).strip() if opened and closed else None


_MOST_METADATA = 1_000_000


def _unknown(place: Place, found: Any, known: frozenset[str], page: int | None = None) -> Iterator[Part]:
    for key in sorted(found.keys() - known):
        yield Part(place, key[1:], _SOMETHING, None, page)


def _is_plain_link(note: Any) -> bool:
    """Whether a note is a link to an address or to a place of the document, and nothing else."""
    action = note.get("/A")
    opens = action is None or (_name(action.get("/S")) == "URI" and action.keys() <= {"/S", "/Type", "/URI"})
    return _name(note.get("/Subtype")) == "Link" and "/AA" not in note and opens


def _actions(pdf: pikepdf.Pdf) -> Iterator[Part]:
    """What an entry of the outline or any other object does, beside leading to a place of the document."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and ("/JS" in each or {"/Title", "/A"} <= each.keys()):
            action = each if "/JS" in each else each.A
            yield Part(Place.ACTION, _name(action.get("/S")), _SOMETHING, None)
