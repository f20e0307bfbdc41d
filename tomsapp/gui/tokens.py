"""Design tokens: the colours of both themes, the type scale, spacing and heights, as plain data."""

from __future__ import annotations

from enum import Enum
from typing import Literal, NamedTuple


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


class Colours(NamedTuple):
    """Every colour of one theme as #rrggbb; code names the token, never the hex."""

    canvas: str
    surface: str
    surface_alt: str
    surface_sunk: str
    border: str
    border_strong: str
    text: str
    text_muted: str
    primary: str
    primary_hover: str
    on_primary: str
    primary_soft: str
    on_primary_soft: str
    link: str
    selection: str
    on_selection: str
    rail: str
    rail_text: str
    rail_active: str
    on_rail_active: str
    rail_mark: str
    rail_focus: str
    focus: str
    success: str
    success_bg: str
    success_mark: str
    warning: str
    warning_bg: str
    warning_mark: str
    danger: str
    danger_bg: str
    danger_mark: str
    info: str
    info_bg: str
    info_mark: str
    disabled_text: str
    tooltip: str
    on_tooltip: str
    rail_dim: str
    """Pages that need a database while none is open; not among the design's pairs, tested at 4.5."""
    series: tuple[Series, ...]


_LIGHT_SERIES = (
    Series("#0F544A", "#FFFFFF", Pattern.SOLID),
    Series("#C77B1E", "#13211F", Pattern.RISING),
    Series("#4C3E8D", "#FFFFFF", Pattern.SOLID),
    Series("#AE3D69", "#FFFFFF", Pattern.DOTS),
    Series("#706E33", "#FFFFFF", Pattern.HORIZONTAL),
    Series("#009DD2", "#13211F", Pattern.FALLING),
    Series("#838494", "#13211F", Pattern.SOLID),
)

_DARK_SERIES = (
    Series("#278A76", "#0B1011", Pattern.SOLID),
    Series("#C7A453", "#0B1011", Pattern.RISING),
    Series("#8B92EB", "#0B1011", Pattern.SOLID),
    Series("#DD688D", "#0B1011", Pattern.DOTS),
    Series("#BFEA95", "#0B1011", Pattern.HORIZONTAL),
    Series("#8CECFF", "#0B1011", Pattern.FALLING),
    Series("#BDB8BC", "#0B1011", Pattern.SOLID),
)

LIGHT = Colours(
    canvas="#F3F6F5",
    surface="#FFFFFF",
    surface_alt="#F0F4F3",
    surface_sunk="#E7EDEB",
    border="#D5DEDB",
    border_strong="#6F7F7B",
    text="#13211F",
    text_muted="#4A5B58",
    primary="#0B5F63",
    primary_hover="#084A4D",
    on_primary="#FFFFFF",
    primary_soft="#DDEEEC",
    on_primary_soft="#07484B",
    link="#0B5F63",
    selection="#D3E8E6",
    on_selection="#13211F",
    rail="#0E3639",
    rail_text="#D3E4E2",
    rail_active="#1C5357",
    on_rail_active="#FFFFFF",
    rail_mark="#8ADBCF",
    rail_focus="#FFFFFF",
    focus="#1F5FD6",
    success="#14663A",
    success_bg="#E3F3E9",
    success_mark="#1E8049",
    warning="#7A4700",
    warning_bg="#FFF3DA",
    warning_mark="#B26A00",
    danger="#A3211E",
    danger_bg="#FCEBE9",
    danger_mark="#C7312B",
    info="#1B4F8F",
    info_bg="#E6EFFA",
    info_mark="#2E6FC0",
    disabled_text="#63706E",
    tooltip="#13211F",
    on_tooltip="#FFFFFF",
    rail_dim="#8CA5A4",
    series=_LIGHT_SERIES,
)

DARK = Colours(
    canvas="#111A1B",
    surface="#192526",
    surface_alt="#213031",
    surface_sunk="#0C1314",
    border="#2F4041",
    border_strong="#7F9291",
    text="#E7EFEE",
    text_muted="#B2C2C0",
    primary="#62C7BB",
    primary_hover="#86D8CE",
    on_primary="#06282A",
    primary_soft="#1D4344",
    on_primary_soft="#BDEBE4",
    link="#7AD3C8",
    selection="#22494A",
    on_selection="#F2F8F7",
    rail="#0A1112",
    rail_text="#B9CBC9",
    rail_active="#1B3A3C",
    on_rail_active="#FFFFFF",
    rail_mark="#62C7BB",
    rail_focus="#9CC2FF",
    focus="#8FB8FF",
    success="#86DBA8",
    success_bg="#15321F",
    success_mark="#5CC488",
    warning="#F4C871",
    warning_bg="#36290D",
    warning_mark="#E0A63A",
    danger="#FFA8A0",
    danger_bg="#3D1B19",
    danger_mark="#F27A70",
    info="#A6CAFF",
    info_bg="#182B45",
    info_mark="#6FA5F0",
    disabled_text="#93A3A1",
    tooltip="#E7EFEE",
    on_tooltip="#13211F",
    rail_dim="#7F908F",
    series=_DARK_SERIES,
)

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
"""Text size settings in percent."""

SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_24, SPACE_32 = 4, 8, 12, 16, 24, 32
PAGE_MARGIN = SPACE_24

RADIUS_CHECK, RADIUS_FIELD, RADIUS_BUTTON, RADIUS_INSET = 3, 4, 5, 6
RADIUS_CARD, RADIUS_DIALOG, RADIUS_CHIP = 8, 10, 14

FIELD_HEIGHT, SMALL_BUTTON_HEIGHT, CHIP_HEIGHT = 34, 30, 28
TOP_BAR_HEIGHT, STATUS_HEIGHT, HEAD_HEIGHT = 46, 28, 32
RAIL_WIDTH, RAIL_NARROW, RAIL_ITEM_HEIGHT = 88, 56, 58
PANEL_WIDTH, PANEL_NARROW = 364, 332
NARROW_BELOW = 1340
"""Window width in px under which the rail shrinks and the panel becomes a sheet."""


class Density(NamedTuple):
    """Row heights in px at 100 % text size."""

    theme_row: int
    outcome_row: int
    line_row: int


COMFORTABLE = Density(theme_row=34, outcome_row=28, line_row=46)
COMPACT = Density(theme_row=28, outcome_row=24, line_row=30)
