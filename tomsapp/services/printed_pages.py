"""The pages of a PDF held against the same pages printed again: words, figures and pictures, both ways."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from tomsapp.domain.wording import format_pounds_short, plural
from tomsapp.reports.render import PdfPages
from tomsapp.services.printed_parts import part_differences, unseen_differences

_MOST_WORDS = 12
"""How many words of a difference are told."""

_FIGURE = re.compile(r"(?<![\w.,])(£?)(\d[\d,]*(?:\.\d+)?)(%|[mk](?!\w))?(?![\w])")
_LEAST_DIGITS = 5
"""A plain number of fewer digits may be a year, a page, a line: it is not looked at by itself."""

_SCALE = 1.0


def page_differences(data: bytes, again: bytes) -> Iterator[str]:
    """A sentence for each page that is not as it is printed again: added, left out, other words, picture or links.

    Then for each other part of the PDF: what it says of itself, carries, asks and does.
    """
    found = [*_seen_differences(data, again)]
    yield from found or unseen_differences(data, again)


def _seen_differences(data: bytes, again: bytes) -> Iterator[str]:
    theirs, ours = PdfPages(data), PdfPages(again)
    try:
        there = [words_of(theirs, number) for number in range(len(theirs))]
        here = [words_of(ours, number) for number in range(len(ours))]
        if len(there) != len(here):
            yield from _other_pages(there, here)
            return
        for number, (one, other) in enumerate(zip(there, here, strict=True)):
            if one != other:
                yield from _other_words(number + 1, one, other)
            elif theirs.image(number, _SCALE).data != ours.image(number, _SCALE).data:
                yield f"Page {number + 1} looks otherwise than it comes out: something is drawn over it or is gone."
    finally:
        # Before the parts are looked at, which takes as much memory again.
        theirs.close()
        ours.close()
    yield from part_differences(data, again)


def words_of(pages: PdfPages, number: int) -> list[str]:
    """The words of a page in their order."""
    return pages.text(number).split()


def _other_pages(there: Sequence[list[str]], here: Sequence[list[str]]) -> Iterator[str]:
    yield f"The PDF has {plural(len(there), 'page', 'pages')}, and {len(here)} come out."
    known = Counter(" ".join(page) for page in here)
    for number, page in enumerate(there, start=1):
        text = " ".join(page)
        if known[text]:
            known[text] -= 1
        else:
            yield f"Page {number} is not among the pages that come out: “{_some(page)}”."
    for text, times in known.items():
        if times:
            yield f"A page that comes out is left out: “{_some(text.split())}”."


def _other_words(number: int, there: Sequence[str], here: Sequence[str]) -> Iterator[str]:
    """What is printed on a page and does not come out, and what comes out and is not printed."""
    added, gone = Counter(there) - Counter(here), Counter(here) - Counter(there)
    if added:
        yield f"{_some(_in_order(there, added))} is printed on page {number} and does not come out."
    if gone:
        yield f"{_some(_in_order(here, gone))} comes out and is not printed on page {number}."
    if not added and not gone:
        yield f"The words of page {number} stand in another order than they come out."


def _in_order(words: Iterable[str], wanted: Counter[str]) -> list[str]:
    left = Counter(wanted)
    found: list[str] = []
    for word in words:
        if left[word]:
            left[word] -= 1
            found.append(word)
    return found


def _some(words: Sequence[str]) -> str:
    more = " …" if len(words) > _MOST_WORDS else ""
    return f"{' '.join(words[:_MOST_WORDS])}{more}"


def numbers_in(text: str) -> set[Decimal]:
    """Every number that stands in a text."""
    return {Decimal(match[2].replace(",", "")) for match in _FIGURE.finditer(text) if match[2].strip(",")}


def unknown_figures(data: bytes, known: set[Decimal]) -> Iterator[str]:
    """A sentence for each amount, percentage or large number on the pages that is none of the known numbers."""
    pages = PdfPages(data)
    short = {format_pounds_short(number) for number in known}
    try:
        for number in range(len(pages)):
            text = " ".join(words_of(pages, number))
            for figure in dict.fromkeys(match[0] for match in _FIGURE.finditer(text)):
                if _is_telling(figure) and not _is_known(figure, known, short):
                    yield f"{figure} is printed on page {number + 1} and follows from nothing in the attachment."
    finally:
        pages.close()


def _is_telling(figure: str) -> bool:
    digits = sum(sign.isdigit() for sign in figure)
    return digits >= _LEAST_DIGITS or any(sign in figure for sign in "£%,.")


def _is_known(figure: str, known: set[Decimal], short: set[str]) -> bool:
    if figure[-1] in "mk":
        return figure in short
    return Decimal(figure.strip("£%").replace(",", "")) in known
