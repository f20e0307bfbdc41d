"""Runs of text broken into lines; no markup is ever read, so text from users stays text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final
from urllib.parse import quote, urlsplit

from tomsapp.reports.fonts import FontSet, clean_text, is_clean
from tomsapp.reports.line_fill import (
    Fragment,
    Line,
    Look,
    Piece,
    address_parts,
    fill,
    hard_lines,
    is_figure,
    with_space,
)
from tomsapp.reports.styles import EMPHASIS_FACES, PRIMARY, TEXT_MUTED, TextStyle

__all__ = [
    "Content",
    "Fragment",
    "JumpRun",
    "Line",
    "LinkRun",
    "Look",
    "PageRun",
    "Run",
    "Typesetter",
    "in_segments",
    "web_address",
    "with_space",
]


@dataclass(frozen=True, slots=True)
class Run:
    """Text in the weight of its paragraph, or bold, italic or muted; `whole` is broken only where it fills a line."""

    text: str
    bold: bool = False
    italic: bool = False
    muted: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class LinkRun:
    """Text that opens a web address; an address that is not http or https leaves plain text."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class PageRun:
    """The number of the page on which the heading or row with this bookmark stands; it leads there."""

    bookmark: str


@dataclass(frozen=True, slots=True)
class JumpRun:
    """Text that leads to the heading or row with this bookmark."""

    text: str
    bookmark: str


Content = str | Sequence[Run | LinkRun | PageRun | JumpRun]
"""What a paragraph or a cell is made of."""

_LEAST_SIZE: Final = 5.0
"""The smallest type in points that a figure shrinks to, so that it is not broken."""

_LEAST_WHOLE: Final = 8.0
"""The smallest type in points that a text shrinks to, so that it stays whole; it is broken rather than smaller."""

_LEAST_ADDRESS: Final = 6.5
"""The smallest type in points that an address shrinks to, so that it is broken after its @ and dots alone."""


def web_address(address: str) -> str:
    """The address if it is a plain http or https one, percent-encoded; otherwise an empty text."""
    text = address.strip()
    if not text.isprintable() or any(char.isspace() for char in text):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return ""
    return quote(text.encode("utf-8", "replace"), safe=";/?:@&=+$,#%!*'()~[]")


@dataclass
class Typesetter:
    """Breaks content into lines and remembers which characters the fonts could not show.

    `page_digits` is the room that is kept for the number of a page.
    """

    fonts: FontSet
    missing: dict[str, None] = field(default_factory=dict)
    page_digits: int = 2
    _looks: dict[TextStyle, Look] = field(default_factory=dict)

    def clean(self, text: str) -> str:
        """Text that can be shown; what had to be replaced is added to `missing`."""
        if is_clean(text, self.fonts.covered):
            return text
        result = clean_text(text, self.fonts.covered)
        if result.missing:
            self.missing.update(dict.fromkeys(result.missing))
        return result.text

    def look(self, style: TextStyle) -> Look:
        """The look of plain text in a style."""
        known = self._looks.get(style)
        if known is None:
            known = self._looks[style] = Look(self.fonts.faces[style.face], style.size, style.colour)
        return known

    def lines(self, content: Content, style: TextStyle, width: float) -> list[Line]:
        """Break content into lines of at most `width` points."""
        return [line for part in self.paragraphs(content, style, width) for line in part]

    def paragraphs(self, content: Content, style: TextStyle, width: float) -> list[list[Line]]:
        """The lines of each part between the hard line ends of the content."""
        look = self.look(style)
        if isinstance(content, str):
            text = self.clean(content)
            single = self._single_line(text, look, width)
            if single is not None:
                return [[single]]
            pieces: list[Piece] = [(text, look)]
        else:
            pieces = [self._piece(run, look, number) for number, run in enumerate(content, start=1)]
        lines = [list(fill(part, width)) for part in hard_lines(pieces)]
        for part in lines[:-1]:
            part[-1] = with_space(part[-1])
        return lines

    def widest_figure(self, content: Content, style: TextStyle, *, words: bool = False) -> float:
        """The widest figure of content in points, which must fit into a line; with `words`, the widest word."""
        face = self.fonts.faces[style.face]
        texts = [content] if isinstance(content, str) else [_text_of(run, self.page_digits) for run in content]
        return max(
            (
                face.width(word, style.size)
                for text in texts
                for word in self.clean(text).split()
                if words or is_figure(word)
            ),
            default=0.0,
        )

    def widest_whole(self, content: Content, style: TextStyle) -> float:
        """The widest text of content, in points, that wants to stay on one line."""
        if isinstance(content, str):
            return 0.0
        face = self.fonts.faces[style.face]
        wholes = (self.clean(run.text) for run in content if isinstance(run, Run) and run.whole)
        return max((face.width(text, style.size) for text in wholes), default=0.0)

    def _widest_address(self, content: Content, style: TextStyle) -> float:
        """The widest part of an address in points, between two places where it may be broken."""
        face = self.fonts.faces[style.face]
        texts = [content] if isinstance(content, str) else [_text_of(run, self.page_digits) for run in content]
        words = (word for text in texts for word in self.clean(text).split())
        return max((face.width(part, style.size) for word in words for part in address_parts(word)), default=0.0)

    def fitted(self, content: Content, style: TextStyle, width: float) -> TextStyle:
        """The style, in a smaller type where a figure of the content would not fit into the width otherwise.

        It shrinks a little also for a text that is to stay whole and for the parts of an address, where that is enough.
        """
        size = style.size
        figure, whole = self.widest_figure(content, style), self.widest_whole(content, style)
        address = self._widest_address(content, style)
        if figure > width:
            size = max(size * (width - 0.1) / figure, _LEAST_SIZE)
        if whole > width and style.size * (width - 0.1) / whole >= _LEAST_WHOLE:
            size = min(size, style.size * (width - 0.1) / whole)
        if address > width and style.size * (width - 0.1) / address >= _LEAST_ADDRESS:
            size = min(size, style.size * (width - 0.1) / address)
        return style if size == style.size else replace(style, size=size, leading=style.leading * size / style.size)

    def one_line(self, text: str, style: TextStyle, width: float) -> Line:
        """Text on one line, cut with an ellipsis where it is wider than `width` points."""
        look = self.look(style)
        shown = " ".join(self.clean(text).split())
        if look.face.width(shown, look.size) > width:
            room = width - look.face.width("…", look.size)
            ends = accumulate(look.face.widths[char] * look.size for char in shown)
            shown = shown[: sum(end <= room for end in ends)].rstrip() + "…"
        wide = look.face.width(shown, look.size)
        return Line((Fragment(shown, look, wide),), wide)

    @staticmethod
    def _single_line(text: str, look: Look, width: float) -> Line | None:
        """The usual case, most table cells: plain text that fits as it stands."""
        if "\n" in text or "  " in text or text[:1] == " " or text[-1:] == " ":
            return None
        wide = look.face.width(text, look.size)
        return Line((Fragment(text, look, wide),), wide) if wide <= width else None

    def _piece(self, run: Run | LinkRun | PageRun | JumpRun, look: Look, number: int) -> Piece:
        if isinstance(run, PageRun):
            return "0" * self.page_digits, replace(look, bookmark=run.bookmark, is_page=True, colour=PRIMARY)
        if isinstance(run, JumpRun):
            return self.clean(run.text), replace(look, bookmark=run.bookmark, colour=PRIMARY)
        if isinstance(run, LinkRun):
            address = web_address(run.address)
            colour = PRIMARY if address else look.colour
            return self.clean(run.text), replace(look, address=address, colour=colour)
        name = EMPHASIS_FACES["bold"] if run.bold else EMPHASIS_FACES["italic"] if run.italic else ""
        face = self.fonts.faces[name] if name else look.face
        colour = TEXT_MUTED if run.muted else look.colour
        return self.clean(run.text), replace(look, face=face, colour=colour, segment=number if run.whole else 0)


def in_segments(text: str, ends: str = ",;") -> list[Run]:
    """Text that is broken only after its commas and semicolons: "3 × 6, / then 2 × 4"; an amount has none that counts.

    `ends` are the signs after which, with a space, a segment ends.
    """
    parts = re.split(f"(?<=[{re.escape(ends)}]) ", text)
    gaps = [Run(" ")] * (len(parts) - 1)
    return [run for part, gap in zip(parts, [*gaps, None], strict=True) for run in (Run(part, whole=True), gap) if run]


def _text_of(run: Run | LinkRun | PageRun | JumpRun, page_digits: int) -> str:
    return "0" * page_digits if isinstance(run, PageRun) else run.text
