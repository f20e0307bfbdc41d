"""The colours of the program where the system asks for more contrast: all of them from the system's own palette."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QPalette

from tomsapp.gui.stylesheet import blend
from tomsapp.gui.tokens import DARK, LIGHT, Colours

_DISABLED = QPalette.ColorGroup.Disabled
_ROLE = QPalette.ColorRole
_TEXT = (
    "text", "text_muted", "on_selection", "on_primary_soft", "link", "primary", "primary_hover", "border",
    "border_strong", "focus", "rail_text", "on_rail_active", "rail_mark", "rail_focus", "success", "success_mark",
    "warning", "warning_mark", "danger", "danger_mark", "info", "info_mark",
)  # fmt: skip
"""What is written or drawn: signs and words say what a colour would, so that one is enough."""
_GROUND = (
    "canvas", "surface", "surface_alt", "surface_sunk", "on_primary", "rail", "success_bg", "warning_bg", "danger_bg",
    "info_bg",
)  # fmt: skip
_TINTED = ("selection", "primary_soft", "rail_active")
_DIMMED = ("disabled_text", "rail_dim")


def system_colours(palette: QPalette) -> Colours:
    """The tokens in the colours of a system's palette: those of its text, on that of its windows.

    What is chosen lies on that ground with a quarter of the text in it: words of every tone are written on it, which
    the system's own colour for it would hide.
    """
    text, ground = (palette.color(role).name() for role in (_ROLE.WindowText, _ROLE.Window))
    dimmed = palette.color(_DISABLED, _ROLE.WindowText).name()
    own: dict[str, Any] = {
        **dict.fromkeys(_TEXT, text),
        **dict.fromkeys(_GROUND, ground),
        **dict.fromkeys(_TINTED, blend(ground, blend(ground, text))),
        **dict.fromkeys(_DIMMED, dimmed),
        "tooltip": palette.color(_ROLE.ToolTipBase).name(),
        "on_tooltip": palette.color(_ROLE.ToolTipText).name(),
    }
    return _of_same_lightness(palette)._replace(**own)


def _of_same_lightness(palette: QPalette) -> Colours:
    """The theme whose charts can be told apart on the system's ground."""
    is_dark = palette.color(_ROLE.Window).lightness() < palette.color(_ROLE.WindowText).lightness()
    return DARK if is_dark else LIGHT
