"""Source Sans 3 in four weights, its widths, and text made safe for it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from tomsapp.reports.errors import ReportError

REGULAR: Final = "SourceSans3-Regular"
SEMIBOLD: Final = "SourceSans3-SemiBold"
BOLD: Final = "SourceSans3-Bold"
ITALIC: Final = "SourceSans3-Italic"
FACE_NAMES: Final = (REGULAR, SEMIBOLD, BOLD, ITALIC)

REPLACEMENT: Final = "\u25a1"
"""The white square that stands for a character the font lacks."""


@dataclass(frozen=True, eq=False)
class Face:
    """One weight of the family: its PostScript-like name and the width of each character in ems."""

    name: str
    widths: Mapping[str, float]

    def width(self, text: str, size: float) -> float:
        """Width in points of cleaned text set at a size in points."""
        return sum(map(self.widths.__getitem__, text)) * size


@dataclass(frozen=True, eq=False)
class FontSet:
    """The four weights, and the characters that all four can show."""

    regular: Face
    semibold: Face
    bold: Face
    italic: Face
    covered: frozenset[str]

    def face(self, name: str) -> Face:
        """The weight registered under one of FACE_NAMES."""
        faces = {face.name: face for face in (self.regular, self.semibold, self.bold, self.italic)}
        return faces[name]


def _register(name: str, folder: Path) -> TTFont:
    path = folder / f"{name}.ttf"
    try:
        font = TTFont(name, str(path))
    except (TTFError, OSError) as error:
        raise ReportError(
            f"The font file {path.name} is missing or damaged in {folder}", "Install the program again"
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
    faces = [_face(_register(name, folder)) for name in FACE_NAMES]
    covered = frozenset.intersection(*(frozenset(face.widths) for face in faces))
    plain = frozenset(char for char in covered if unicodedata.category(char)[0] != "C")
    regular, semibold, bold, italic = faces
    return FontSet(regular, semibold, bold, italic, plain)


@dataclass(frozen=True)
class CleanText:
    """Text that every weight can show, and the characters that had to be replaced, in order."""

    text: str
    missing: tuple[str, ...] = ()


def clean_text(text: str, covered: frozenset[str]) -> CleanText:
    """Make any text printable: control and format signs go, what the font lacks becomes a square.

    Line ends of every kind become a line feed, tabs and unusual spaces become a space.
    """
    if covered.issuperset(text) and unicodedata.is_normalized("NFC", text):
        return CleanText(text)
    safe: list[str] = []
    missing: dict[str, None] = {}
    for char in unicodedata.normalize("NFC", _plain_line_ends(text)):
        shown = _shown(char, covered)
        if shown is None:
            missing[char] = None
            shown = REPLACEMENT
        safe.append(shown)
    return CleanText("".join(safe), tuple(missing))


def _plain_line_ends(text: str) -> str:
    for end in ("\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f"):
        text = text.replace(end, "\n")
    return text


def _shown(char: str, covered: frozenset[str]) -> str | None:
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
