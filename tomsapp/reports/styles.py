"""Colours, type and measures of the printed page, in points."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from tomsapp.reports.fonts import ITALIC, REGULAR, SEMIBOLD

Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1, as a PDF wants them."""


def _colour(hexadecimal: str) -> Colour:
    red, green, blue = bytes.fromhex(hexadecimal)
    return (red / 255, green / 255, blue / 255)


TEXT: Final = _colour("13211F")
TEXT_MUTED: Final = _colour("4A5B58")
PRIMARY: Final = _colour("0B5F63")
BORDER: Final = _colour("D5DEDB")
BORDER_STRONG: Final = _colour("6F7F7B")
SURFACE: Final = _colour("FFFFFF")
SURFACE_ALT: Final = _colour("F0F4F3")
WARNING: Final = _colour("7A4A00")
"""The colour of what is not final or not enough."""
GOOD: Final = _colour("0F6B4F")
"""The colour of what is enough."""
SUCCESS: Final = _colour("14663A")
INFO: Final = _colour("1B4F8F")
DANGER: Final = _colour("A3211E")
"""The colours of the ratings beside that of what is not enough; each has a shape and a word of its own."""
ACCEPTED: Final = PRIMARY
EVIDENCED: Final = _colour("86B3AF")
CLAIMED: Final = _colour("CFE0DD")
"""The fills of the bars from what is due to what is accepted, which print as three greys."""


class Pattern(Enum):
    """How a chart segment is filled besides its colour, so that it prints in grey."""

    SOLID = "solid"
    RISING = "rising lines"
    DOTS = "dots"
    LEVEL = "level lines"
    UPRIGHT = "upright lines"
    FALLING = "falling lines"


@dataclass(frozen=True)
class Series:
    """The fill, the colour of the number on it, and the pattern of one theme."""

    fill: Colour
    on_fill: Colour
    pattern: Pattern

    @property
    def grey(self) -> float:
        """How light the fill prints in grey, from 0 (black) to 1 (white)."""
        red, green, blue = self.fill
        return 0.299 * red + 0.587 * green + 0.114 * blue

    @property
    def stroke(self) -> Colour:
        """The colour of the pattern: between the fill and the number on it."""
        mixed = [fill + (on_fill - fill) * _STROKE for fill, on_fill in zip(self.fill, self.on_fill, strict=True)]
        return (mixed[0], mixed[1], mixed[2])


_STROKE: Final = 0.4

SERIES: Final = (
    Series(_colour("0F544A"), SURFACE, Pattern.SOLID),
    Series(_colour("C77B1E"), TEXT, Pattern.RISING),
    Series(_colour("A79FD6"), TEXT, Pattern.UPRIGHT),
    Series(_colour("AE3D69"), SURFACE, Pattern.DOTS),
    Series(_colour("D2CA74"), TEXT, Pattern.LEVEL),
    Series(_colour("BFE6F5"), TEXT, Pattern.FALLING),
    Series(_colour("FFFFFF"), TEXT, Pattern.SOLID),
)
"""Chosen so that no two themes print in the same grey; each has an outline besides, and its number."""


def series(number: int) -> Series:
    """The look of theme 1 to 6; every other number has the look of "other" (7)."""
    return SERIES[number - 1] if 1 <= number <= len(SERIES) else SERIES[-1]


class Shape(Enum):
    """A4 upright or on its side: width and height in points."""

    PORTRAIT = (595.28, 841.89)
    LANDSCAPE = (841.89, 595.28)

    @property
    def width(self) -> float:
        """Width of the sheet."""
        return self.value[0]

    @property
    def height(self) -> float:
        """Height of the sheet."""
        return self.value[1]

    @property
    def body_width(self) -> float:
        """Width between the side margins."""
        return self.width - 2 * SIDE_MARGIN

    @property
    def body_height(self) -> float:
        """Height between the top and bottom margins."""
        return self.height - TOP_MARGIN - BOTTOM_MARGIN


SIDE_MARGIN: Final = 52.0
TOP_MARGIN: Final = 66.0
BOTTOM_MARGIN: Final = 60.0
BAR_HEIGHT: Final = 9.0


@dataclass(frozen=True)
class TextStyle:
    """How a run of text is set: weight, size, line height and colour, with the space around it."""

    face: str = REGULAR
    size: float = 10.5
    leading: float = 15.0
    colour: Colour = TEXT
    before: float = 0.0
    after: float = 6.0

    @property
    def baseline(self) -> float:
        """Distance from the top of a line to its base line."""
        return (self.leading - self.size) / 2 + self.size * 0.83


BODY: Final = TextStyle(size=10, leading=14, after=5)
LEAD: Final = TextStyle(size=10, leading=14, colour=TEXT_MUTED, after=5)
NOTE: Final = TextStyle(size=8.8, leading=12, colour=TEXT_MUTED, before=1, after=6)
STATUS: Final = TextStyle(size=12, leading=17, before=4, after=4)
ANSWER: Final = TextStyle(SEMIBOLD, size=13, leading=19.5, after=4)
PANEL: Final = TextStyle(size=10.5, leading=15, after=5)
H1: Final = TextStyle(SEMIBOLD, size=22, leading=27, after=1)
H2: Final = TextStyle(SEMIBOLD, size=14, leading=18, before=11, after=3)
H3: Final = TextStyle(SEMIBOLD, size=11.5, leading=15.5, before=8, after=2)
H4: Final = TextStyle(SEMIBOLD, size=10.5, leading=14.5, before=8, after=1)
CELL: Final = TextStyle(size=9.5, leading=12.8, after=0)
CELL_MUTED: Final = replace(CELL, colour=TEXT_MUTED)
CELL_STRONG: Final = replace(CELL, face=SEMIBOLD)
CELL_GOOD: Final = replace(CELL_STRONG, colour=GOOD)
CELL_WARNING: Final = replace(CELL_STRONG, colour=WARNING)
CELL_HEAD: Final = TextStyle(SEMIBOLD, size=8.8, leading=12, colour=TEXT_MUTED, after=0)
SUM: Final = replace(CELL, leading=12)
SUM_CLOSE: Final = replace(SUM, leading=10.8)
SUM_QUIET: Final = replace(SUM, colour=TEXT_MUTED)
SUM_STRONG: Final = replace(SUM, face=SEMIBOLD)
SUM_MUTED: Final = TextStyle(size=8.8, leading=12, colour=TEXT_MUTED, after=0)
FIGURE_LABEL: Final = TextStyle(SEMIBOLD, size=9.6, leading=13, colour=TEXT_MUTED, after=0)
FIGURE: Final = TextStyle(SEMIBOLD, size=18, leading=23, after=0)
FIGURE_WORDS: Final = TextStyle(size=9.5, leading=12.4, colour=TEXT_MUTED, after=0)
FACT_LABEL: Final = replace(CELL_STRONG, leading=12, colour=TEXT_MUTED)
RUNNING: Final = TextStyle(size=10, leading=13, colour=TEXT_MUTED)
RUNNING_STRONG: Final = replace(RUNNING, face=SEMIBOLD, colour=TEXT)
RUNNING_MARK: Final = replace(RUNNING_STRONG, colour=WARNING)
FOOT: Final = TextStyle(size=8.5, leading=11, colour=TEXT_MUTED)
FOOT_MARK: Final = replace(FOOT, face=SEMIBOLD, colour=WARNING)
CHART: Final = TextStyle(SEMIBOLD, size=8.8, leading=12, after=0)
CHART_MUTED: Final = TextStyle(size=8.8, leading=12, colour=TEXT_MUTED, after=0)
EMPHASIS_FACES: Final = {"bold": SEMIBOLD, "italic": ITALIC}
