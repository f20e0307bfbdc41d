"""What a PDF holds beside its pages, told in sentences: what it says of itself, carries, asks and does."""

from collections.abc import Iterator
from typing import assert_never

from tomsapp.reports.pdf_parts import Part, Place, differing_parts, differs_unseen, unknown_parts

_MOST_LETTERS = 200

_INFO = {
    "Author": "author",
    "CreationDate": "day of making",
    "Creator": "program",
    "Keywords": "keywords",
    "ModDate": "day of change",
    "Producer": "maker",
    "Subject": "subject",
    "Title": "title",
}

_DOES = {
    "AA": "something that is done when it is opened or closed",
    "AF": "what is said of its attached files",
    "AcroForm": "a form to fill in",
    "Annots": "its links",
    "Contents": "what is drawn on it",
    "JavaScript": "a script",
    "Lang": "the language",
    "Metadata": "what is said of it for archives",
    "OCProperties": "layers that can be hidden",
    "OpenAction": "something that is done when it is opened",
    "Outlines": "the list of its headings",
    "Resources": "the letters and pictures that it is drawn with",
    "StructTreeRoot": "what is read aloud",
}
"""Parts of the whole document and of a page, in plain words."""


def part_differences(data: bytes, again: bytes) -> Iterator[str]:
    """A sentence for each part of a PDF that is not as it comes out; both have as many pages."""
    yield from map(_words, differing_parts(data, again))


def unseen_differences(data: bytes, again: bytes) -> Iterator[str]:
    """A sentence for what differs in a PDF that looks and reads as it comes out."""
    yield from map(_words, differs_unseen(data, again))


def unknown_part_words(data: bytes, files: frozenset[str], again: bytes = b"") -> Iterator[str]:
    """A sentence for each part that the papers of no version have; `files` are those that they may carry."""
    yield from map(_words, unknown_parts(data, files, again))


def _words(part: Part) -> str:
    match part.place:
        case Place.INFO:
            return _info_words(part)
        case Place.FILE:
            differs = "does not come out" if part.ours is None else "differs from what comes out"
            return f"The attached file {part.name} {differs}."
        case Place.ACTION:
            return f"Something in the document does what does not come out ({part.name})."
        case Place.LINK:
            return _stands(f"A link to {_short(part.name)}", part)
        case Place.NOTE:
            return _stands(f"A note of the kind {_short(part.name)}", part)
        case Place.CATALOGUE | Place.NAMES | Place.PAGE:
            return _has(part)
        case _:
            assert_never(part.place)


def _info_words(part: Part) -> str:
    what = _INFO.get(part.name, f"property {part.name}")
    if part.theirs is None:
        return f"The {what} of the PDF is missing: “{_short(part.ours)}” comes out."
    if part.ours is None:
        return f"The PDF has the {what} “{_short(part.theirs)}”, which does not come out."
    return f"The {what} of the PDF is “{_short(part.theirs)}”, and “{_short(part.ours)}” comes out."


def _short(text: str | None) -> str:
    told = text or ""
    return f"{told[:_MOST_LETTERS]}…" if len(told) > _MOST_LETTERS else told


def _stands(what: str, part: Part) -> str:
    on = "" if part.page is None else f" on page {part.page + 1}"
    if part.ours is None:
        return f"{what} stands{on} and does not come out."
    return f"{what} comes out and does not stand{on}."


def _has(part: Part) -> str:
    """What the PDF, or one of its pages, has beside what comes out, lacks, or has otherwise."""
    subject = "The PDF" if part.page is None else f"Page {part.page + 1}"
    what = f"{_DOES[part.name]} ({part.name})" if part.name in _DOES else f"the part {part.name}"
    if part.theirs is None:
        return f"{subject} lacks {what}, which comes out."
    if part.ours is None:
        return f"{subject} has {what}, and nothing like it comes out."
    return f"{subject} has {what} otherwise than it comes out."
