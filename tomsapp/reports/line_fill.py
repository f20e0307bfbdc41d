"""Fills lines with words; a figure is never broken, and the sign of a sum stays with the figure after it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Final

from tomsapp.reports.fonts import Face
from tomsapp.reports.styles import Colour


@dataclass(frozen=True, slots=True)
class Look:
    """All that two pieces of text must share to be drawn in one go.

    `address` opens a web page, `bookmark` a place in the document; `is_page` stands for the number of its page; text
    with a `segment` other than 0 is not broken at its spaces.
    """

    face: Face
    size: float
    colour: Colour
    address: str = ""
    bookmark: str = ""
    is_page: bool = False
    segment: int = 0

    @property
    def is_link(self) -> bool:
        """Whether it opens something."""
        return bool(self.address or self.bookmark)


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


Piece = tuple[str, Look]
Word = list[Piece]

_FIGURE: Final = re.compile(r"[(“‘]*[−-]?£?\d[\d,]*(?:\.\d+)?…?[%m]?[)”’.,;:?]*")
_CHECKSUM: Final = re.compile(r"[0-9a-f]{64}[.,;]?")
_UNBROKEN: Final = re.compile(f"{_FIGURE.pattern}|{_CHECKSUM.pattern}")
_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+|(?:https?://|www\.)\S+")
_JOINT: Final = re.compile(r"(?<=[@.])")
"""Where an address may be broken: after its @ and its dots."""

_SIGNS: Final = frozenset("×÷−+=")


def is_figure(word: str) -> bool:
    """Whether a word is an amount, a quantity, a percentage or a checksum, which is never broken over two lines."""
    return _UNBROKEN.fullmatch(word) is not None


def hard_lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
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


def _segments(pieces: Sequence[Piece], width: float) -> Iterator[tuple[Word, Look | None]]:
    """Words, where those of one segment are one as long as they fit into a line."""
    waiting: list[tuple[Word, Look | None]] = []
    for word, space in _words(pieces):
        waiting.append((word, space))
        if space is None or not space.segment:
            yield from _whole(waiting, width)
            waiting = []
    yield from _whole(waiting, width)


def _whole(words: Sequence[tuple[Word, Look | None]], width: float) -> Iterator[tuple[Word, Look | None]]:
    """Words as one, with the spaces between them, unless they are wider than a line."""
    if len(words) > 1:
        gaps: list[Word] = [[] if space is None else [(" ", space)] for _, space in words[:-1]]
        both = [piece for (word, _), gap in zip(words, [*gaps, []], strict=True) for piece in (*word, *gap)]
        if _width(both) <= width:
            yield both, words[-1][1]
            return
    yield from words


def _glued(pieces: Sequence[Piece], width: float) -> Iterator[tuple[Word, Look | None]]:
    """Words, where the sign of a sum and the figure after it are one as long as they fit into a line."""
    waiting: tuple[Word, Look] | None = None
    for word, space in _segments(pieces, width):
        if waiting is not None:
            sign, gap = waiting
            waiting = None
            both = [*sign, (" ", gap), *word]
            if is_figure(_plain(word)) and _width(both) <= width:
                yield both, space
                continue
            yield sign, gap
        if space is not None and _plain(word) in _SIGNS:
            waiting = word, space
            continue
        yield word, space
    if waiting is not None:
        yield waiting


def _plain(word: Word) -> str:
    return "".join(text for text, _ in word)


def _width(pieces: Sequence[Piece]) -> float:
    return sum(look.face.width(text, look.size) for text, look in pieces)


def address_parts(word: str) -> list[str]:
    """The parts of an e-mail or web address, between which it may be broken; none of another word."""
    return [part for part in _JOINT.split(word) if part] if _ADDRESS.fullmatch(word) else []


def _cut(word: Word, width: float) -> Iterator[Word]:
    """Cut a word that is wider than a line: an address after its @ or a dot where its parts fit."""
    is_address = _ADDRESS.fullmatch(_plain(word)) is not None
    parts = [(part, look) for text, look in word for part in (_JOINT.split(text) if is_address else [text]) if part]
    if not is_address or any(_width([part]) > width for part in parts):
        yield from _cut_anywhere(word, width)
        return
    whole: Word = []
    for part in parts:
        if whole and _width([*whole, part]) > width:
            yield whole
            whole = []
        whole.append(part)
    yield whole


def _cut_anywhere(word: Word, width: float) -> Iterator[Word]:
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


def fill(pieces: Sequence[Piece], width: float) -> Iterator[Line]:
    """Greedy line filling; a soft line end keeps its space, so that extracted text keeps its words."""
    line: Word = []
    used = gap = 0.0
    for whole, space in _glued(pieces, width):
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


@lru_cache(maxsize=256)
def _without_segment(look: Look) -> Look:
    return replace(look, segment=0)


def _line(pieces: Word, width: float) -> Line:
    fragments: list[Fragment] = []
    drawn = [(text, _without_segment(look) if look.segment else look) for text, look in pieces]
    for look, group in groupby(drawn, key=lambda piece: piece[1]):
        text = "".join(part for part, _ in group)
        fragments.append(Fragment(text, look, look.face.width(text, look.size)))
    return Line(tuple(fragments), width)
