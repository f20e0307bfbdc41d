"""Runs of text broken into lines; no markup is ever read, so text from users stays text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby
from urllib.parse import quote, urlsplit

from tomsapp.reports.fonts import Face, FontSet, clean_text
from tomsapp.reports.styles import EMPHASIS_FACES, PRIMARY, TEXT_MUTED, Colour, TextStyle


@dataclass(frozen=True, slots=True)
class Run:
    """Text in the weight of its paragraph, or bold, italic or muted."""

    text: str
    bold: bool = False
    italic: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class LinkRun:
    """Text that opens a web address; an address that is not http or https leaves plain text."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class PageRun:
    """The number of the page on which the heading with this bookmark stands."""

    bookmark: str


Content = str | Sequence[Run | LinkRun | PageRun]
"""What a paragraph or a cell is made of."""

_PAGE_PLACEHOLDER = "00"


@dataclass(frozen=True, slots=True)
class Look:
    """All that two pieces of text must share to be drawn in one go."""

    face: Face
    size: float
    colour: Colour
    address: str = ""
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line in one look, and its width in points."""

    text: str
    look: Look
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """The fragments of one line and the width of its ink, without the space at a soft end."""

    fragments: tuple[Fragment, ...]
    width: float


def with_space(line: Line) -> Line:
    """The same line with a space after its ink, so that what follows is read as a new word."""
    if not line.fragments or line.fragments[-1].text.endswith(" "):
        return line
    *others, last = line.fragments
    text = last.text + " "
    longer = Fragment(text, last.look, last.look.face.width(text, last.look.size))
    return Line((*others, longer), line.width)


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
    """Breaks content into lines and remembers which characters the fonts could not show."""

    fonts: FontSet
    missing: dict[str, None] = field(default_factory=dict)

    def clean(self, text: str) -> str:
        """Text that can be shown; what had to be replaced is added to `missing`."""
        result = clean_text(text, self.fonts.covered)
        if result.missing:
            self.missing.update(dict.fromkeys(result.missing))
        return result.text

    def look(self, style: TextStyle) -> Look:
        """The look of plain text in a style."""
        return Look(self.fonts.faces[style.face], style.size, style.colour)

    def lines(self, content: Content, style: TextStyle, width: float) -> list[Line]:
        """Break content into lines of at most `width` points."""
        look = self.look(style)
        if isinstance(content, str):
            text = self.clean(content)
            single = self._single_line(text, look, width)
            pieces: list[tuple[str, Look]] = [(text, look)]
        else:
            single = None
            pieces = [self._piece(run, look) for run in content]
        if single is not None:
            return [single]
        lines = [list(_fill(part, width)) for part in _hard_lines(pieces)]
        for part in lines[:-1]:
            part[-1] = with_space(part[-1])
        return [line for part in lines for line in part]

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

    def _piece(self, run: Run | LinkRun | PageRun, look: Look) -> tuple[str, Look]:
        if isinstance(run, PageRun):
            return _PAGE_PLACEHOLDER, replace(look, bookmark=run.bookmark)
        if isinstance(run, LinkRun):
            address = web_address(run.address)
            colour = PRIMARY if address else look.colour
            return self.clean(run.text), replace(look, address=address, colour=colour)
        name = EMPHASIS_FACES["bold"] if run.bold else EMPHASIS_FACES["italic"] if run.italic else ""
        face = self.fonts.faces[name] if name else look.face
        return self.clean(run.text), replace(look, face=face, colour=TEXT_MUTED if run.muted else look.colour)


Piece = tuple[str, Look]
Word = list[Piece]


def _hard_lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Split at the line ends that stand in the text."""
    lines: list[list[Piece]] = [[]]
    for text, look in pieces:
        first, *others = text.split("\n")
        lines[-1].append((first, look))
        lines.extend([(other, look)] for other in others)
    return lines


def _words(pieces: Sequence[Piece]) -> Iterator[tuple[Word, Look | None]]:
    """Words of one or more looks, each with the look of the space that follows it."""
    word: Word = []
    for text, look in pieces:
        first, *others = text.split(" ")
        if first:
            word.append((first, look))
        for other in others:
            if word:
                yield word, look
            word = [(other, look)] if other else []
    if word:
        yield word, None


def _width(pieces: Sequence[Piece]) -> float:
    return sum(look.face.width(text, look.size) for text, look in pieces)


def _cut(word: Word, width: float) -> Iterator[Word]:
    """Cut a word that is wider than a line; every part holds at least one character."""
    part: Word = []
    used = 0.0
    for text, look in word:
        start = 0
        for index, char in enumerate(text):
            wide = look.face.widths[char] * look.size
            if used + wide > width and used:
                yield [*part, (text[start:index], look)] if index > start else part
                part, used, start = [], 0.0, index
            used += wide
        part.append((text[start:], look))
    yield part


def _fill(pieces: Sequence[Piece], width: float) -> Iterator[Line]:
    """Greedy line filling; a soft line end keeps its space, so that extracted text keeps its words."""
    line: Word = []
    used = gap = 0.0
    for whole, space in _words(pieces):
        for word in [whole] if _width(whole) <= width else list(_cut(whole, width)):
            wide = _width(word)
            if line and used + gap + wide > width:
                yield _line(line, used)
                line, used, gap = [], 0.0, 0.0
            line.extend(word)
            used += gap + wide
            gap = 0.0
        if space is not None:
            line.append((" ", space))
            gap = space.face.width(" ", space.size)
    if gap:
        line.pop()
    yield _line(line, used)


def _line(pieces: Word, width: float) -> Line:
    fragments: list[Fragment] = []
    for look, group in groupby(pieces, key=lambda piece: piece[1]):
        text = "".join(part for part, _ in group)
        fragments.append(Fragment(text, look, look.face.width(text, look.size)))
    return Line(tuple(fragments), width)
