"""Design tokens: the colours of both themes, the type scale, spacing and heights, as plain data."""

from __future__ import annotations

from enum import Enum
from typing import Any, Literal, NamedTuple


class Pattern(Enum):
    """How a chart series is hatched, so that colour is never its only sign."""

    SOLID = "solid"
    RISING = "rising"
    FALLING = "falling"
    HORIZONTAL = "horizontal"
    DOTS = "dots"


class Series(NamedTuple):
    """Fill of one chart series, the colour of the number on it, and its pattern."""

    fill: str
    on_fill: str
    pattern: Pattern


_SERIES = (
    ("#0F544A", "#FFFFFF", "#278A76", "#0B1011", Pattern.SOLID),
    ("#C77B1E", "#13211F", "#C7A453", "#0B1011", Pattern.RISING),
    ("#4C3E8D", "#FFFFFF", "#8B92EB", "#0B1011", Pattern.SOLID),
    ("#AE3D69", "#FFFFFF", "#DD688D", "#0B1011", Pattern.DOTS),
    ("#706E33", "#FFFFFF", "#BFEA95", "#0B1011", Pattern.HORIZONTAL),
    ("#009DD2", "#13211F", "#8CECFF", "#0B1011", Pattern.FALLING),
    ("#838494", "#13211F", "#BDB8BC", "#0B1011", Pattern.SOLID),
)
"""The series of charts: fill and number of the light theme, then of the dark one, and the pattern of both."""
_LIGHT_SERIES = tuple(Series(fill, on_fill, pattern) for fill, on_fill, _, _, pattern in _SERIES)
_DARK_SERIES = tuple(Series(fill, on_fill, pattern) for _, _, fill, on_fill, pattern in _SERIES)


def _pair(light: object, dark: object) -> Any:
    """A token with what it is in the light theme and in the dark one."""
    return light, dark


class Colours(NamedTuple):
    """Every colour of one theme as #rrggbb; code names the token, never the hex."""

    canvas: str = _pair("#F3F6F5", "#111A1B")
    surface: str = _pair("#FFFFFF", "#192526")
    surface_alt: str = _pair("#F0F4F3", "#213031")
    surface_sunk: str = _pair("#E7EDEB", "#0C1314")
    border: str = _pair("#D5DEDB", "#2F4041")
    border_strong: str = _pair("#6F7F7B", "#7F9291")
    text: str = _pair("#13211F", "#E7EFEE")
    text_muted: str = _pair("#4A5B58", "#B2C2C0")
    primary: str = _pair("#0B5F63", "#62C7BB")
    primary_hover: str = _pair("#084A4D", "#86D8CE")
    on_primary: str = _pair("#FFFFFF", "#06282A")
    primary_soft: str = _pair("#DDEEEC", "#1D4344")
    on_primary_soft: str = _pair("#07484B", "#BDEBE4")
    link: str = _pair("#0B5F63", "#7AD3C8")
    selection: str = _pair("#D3E8E6", "#22494A")
    on_selection: str = _pair("#13211F", "#F2F8F7")
    rail: str = _pair("#0E3639", "#0A1112")
    rail_text: str = _pair("#D3E4E2", "#B9CBC9")
    rail_active: str = _pair("#1C5357", "#1B3A3C")
    on_rail_active: str = _pair("#FFFFFF", "#FFFFFF")
    rail_mark: str = _pair("#8ADBCF", "#62C7BB")
    rail_focus: str = _pair("#FFFFFF", "#9CC2FF")
    focus: str = _pair("#1F5FD6", "#8FB8FF")
    success: str = _pair("#14663A", "#86DBA8")
    success_bg: str = _pair("#E3F3E9", "#15321F")
    success_mark: str = _pair("#1E8049", "#5CC488")
    warning: str = _pair("#7A4700", "#F4C871")
    warning_bg: str = _pair("#FFF3DA", "#36290D")
    warning_mark: str = _pair("#B26A00", "#E0A63A")
    danger: str = _pair("#A3211E", "#FFA8A0")
    danger_bg: str = _pair("#FCEBE9", "#3D1B19")
    danger_mark: str = _pair("#C7312B", "#F27A70")
    info: str = _pair("#1B4F8F", "#A6CAFF")
    info_bg: str = _pair("#E6EFFA", "#182B45")
    info_mark: str = _pair("#2E6FC0", "#6FA5F0")
    disabled_text: str = _pair("#63706E", "#93A3A1")
    tooltip: str = _pair("#13211F", "#E7EFEE")
    on_tooltip: str = _pair("#FFFFFF", "#13211F")
    rail_dim: str = _pair("#8CA5A4", "#7F908F")
    """Pages that need a database while none is open; not among the design's pairs, tested at 4.5."""
    series: tuple[Series, ...] = _pair(_LIGHT_SERIES, _DARK_SERIES)


LIGHT, DARK = (Colours(*(pair[look] for pair in Colours._field_defaults.values())) for look in (0, 1))

SCRIM = "#780A1615"
"""Veil behind a modal dialog, as #aarrggbb: 47 % of an opaque one."""

FontRole = Literal[
    "display",
    "figure",
    "h1",
    "h2",
    "h3",
    "body",
    "note",
    "small",
    "strong",
    "note_strong",
    "small_strong",
    "lead",
]


class TypeStyle(NamedTuple):
    """Size and line height in device-independent px at 100 %, and weight."""

    px: int
    line: int
    weight: int


TYPE_SCALE: dict[FontRole, TypeStyle] = {
    "display": TypeStyle(30, 38, 600),
    "figure": TypeStyle(28, 36, 600),
    "h1": TypeStyle(24, 30, 600),
    "h2": TypeStyle(18, 24, 600),
    "h3": TypeStyle(16, 22, 600),
    "lead": TypeStyle(18, 26, 400),
    "body": TypeStyle(15, 22, 400),
    "strong": TypeStyle(15, 22, 600),
    "note": TypeStyle(14, 20, 400),
    "note_strong": TypeStyle(14, 20, 600),
    "small": TypeStyle(13, 18, 400),
    "small_strong": TypeStyle(13, 18, 600),
}

TEXT_SIZES = (100, 115, 130, 150)
"""Text size settings in percent, for which every screen has room."""
LARGE_TEXT_SIZES = (175, 200)
"""Those for screens on which the smallest window has room with them."""

PAGE_MARGIN, BODY_GAP = 24, 12

TOP_BAR_HEIGHT, STATUS_HEIGHT, HEAD_HEIGHT = 46, 28, 32
RAIL_WIDTH, RAIL_NARROW, RAIL_ITEM_HEIGHT, RAIL_ITEM_LEAST = 88, 76, 58, 42
PANEL_WIDTH, PANEL_NARROW = 364, 332
LEAST_WIDTH, LEAST_HEIGHT = 900, 480
"""The smallest window that pages are drawn for; on a screen that has less it is as small as the screen."""
SCROLL_BAR = 14
LEAST_PAGE_WIDTH = LEAST_WIDTH - RAIL_NARROW - SCROLL_BAR
LEAST_PAGE_HEIGHT = LEAST_HEIGHT - TOP_BAR_HEIGHT - STATUS_HEIGHT
"""The room that a page has in it beside its bar; where there is less, the page keeps it and is scrolled."""
TITLE_BAR = 40
"""Room that the frame of a window takes from the height of the screen."""
NARROW_BELOW = 1340
"""Window width in px under which the rail shrinks and the panel becomes a sheet."""


class Density(NamedTuple):
    """Row heights in px at 100 % text size."""

    theme_row: int
    outcome_row: int
    line_row: int


COMFORTABLE = Density(theme_row=34, outcome_row=28, line_row=46)
COMPACT = Density(theme_row=28, outcome_row=24, line_row=30)
