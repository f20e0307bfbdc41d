"""Source Sans 3 in four weights, its widths, and text made safe for it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from tomsapp.domain.signs import shown
from tomsapp.reports.errors import ReportError

REGULAR: Final = "SourceSans3-Regular"
SEMIBOLD: Final = "SourceSans3-SemiBold"
BOLD: Final = "SourceSans3-Bold"
ITALIC: Final = "SourceSans3-Italic"
FACE_NAMES: Final = (REGULAR, SEMIBOLD, BOLD, ITALIC)

REPLACEMENT: Final = "\u25a1"
"""The white square that stands for a character the font lacks."""


_KEPT_TEXT: Final = 24
_MOST_KEPT: Final = 20_000
"""The widths of so many texts of at most so many characters are kept: the same words stand in many tables."""


@dataclass(frozen=True, eq=False)
class Face:
    """One weight of the family: its name and the width of each character in ems."""

    name: str
    widths: Mapping[str, float]
    _known: dict[str, float] = field(default_factory=dict)

    def width(self, text: str, size: float) -> float:
        """Width in points of cleaned text set at a size in points."""
        wide = self._known.get(text)
        if wide is None:
            wide = sum(map(self.widths.__getitem__, text))
            if len(text) <= _KEPT_TEXT:
                if len(self._known) >= _MOST_KEPT:
                    self._known.clear()
                self._known[text] = wide
        return wide * size


@dataclass(frozen=True, eq=False)
class FontSet:
    """The weights by their FACE_NAMES, and the characters that all of them can show."""

    faces: Mapping[str, Face]
    covered: frozenset[str]


def _register(name: str, folder: Path) -> TTFont:
    path = folder / f"{name}.ttf"
    try:
        font = TTFont(name, str(path))
    except (TTFError, OSError) as error:
        raise ReportError(
            f"The font file {path.name} is missing or damaged in {folder}", "Install the program again."
        ) from error
    # ReportLab sets a no-break space as a plain one, and keeps fonts by name for the whole process.
    pdfmetrics.registerFont(font)
    return font


def _face(font: TTFont) -> Face:
    widths = {chr(code): width / 1000 for code, width in font.face.charWidths.items()}
    widths["\u00a0"] = widths[" "]
    return Face(font.fontName, widths)


@lru_cache(maxsize=4)
def load_fonts(folder: Path) -> FontSet:
    """Register the four weights found in a folder.

    Raises:
        ReportError: a font file is missing or damaged.
    """
    faces = {name: _face(_register(name, folder)) for name in FACE_NAMES}
    covered = frozenset.intersection(*(frozenset(face.widths) for face in faces.values()))
    plain = frozenset(char for char in covered if unicodedata.category(char)[0] != "C")
    return FontSet(faces, plain)


@dataclass(frozen=True)
class CleanText:
    """Text that every weight can show, and the characters that had to be replaced, in order."""

    text: str
    missing: tuple[str, ...] = ()


def is_clean(text: str, covered: frozenset[str]) -> bool:
    """Whether a text can be printed as it stands: the usual case."""
    return covered.issuperset(text) and unicodedata.is_normalized("NFC", text)


def clean_text(text: str, covered: frozenset[str]) -> CleanText:
    """Make any text printable: control and format signs go, what the font lacks becomes a square.

    A sign that turns the direction of reading is printed as its code, as the window shows it.
    Line ends of every kind become a line feed, tabs and unusual spaces become a space.
    """
    if is_clean(text, covered):
        return CleanText(text)
    safe: list[str] = []
    missing: dict[str, None] = {}
    for char in unicodedata.normalize("NFC", shown(_plain_line_ends(text))):
        printed = _printed(char, covered)
        if printed is None:
            missing[char] = None
            printed = REPLACEMENT
        safe.append(printed)
    return CleanText("".join(safe), tuple(missing))


def _plain_line_ends(text: str) -> str:
    for end in ("\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f"):
        text = text.replace(end, "\n")
    return text


def _printed(char: str, covered: frozenset[str]) -> str | None:
    """What stands for a character: itself, a space, nothing, or None where the font lacks it."""
    if char in covered or char == "\n":
        return char
    category = unicodedata.category(char)
    if char == "\t" or category == "Zs":
        return " "
    if category in {"Cc", "Cf"}:
        return ""
    parts = unicodedata.normalize("NFD", char)
    return parts if covered.issuperset(parts) else None


def describe_character(char: str) -> str:
    """Name a character for a note to the reader, such as "U+05E9 Hebrew letter shin"."""
    name = unicodedata.name(char, "").capitalize()
    return f"U+{ord(char):04X} {name}".rstrip()
