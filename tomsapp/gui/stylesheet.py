"""The one style sheet: shapes, edges and fills; fonts and text colours come from elsewhere."""

from __future__ import annotations

from string import Template

from tomsapp.config.paths import resources_dir
from tomsapp.gui.tokens import Colours


def blend(under: str, over: str) -> str:
    """Colour half-way between two."""
    pairs = ((int(under[i : i + 2], 16), int(over[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{(a + b) // 2:02x}" for a, b in pairs)


def build_stylesheet(colours: Colours, text_size: int) -> str:
    """Style sheet for one theme; heights grow with the text size, given in percent."""
    names = [name for name in colours._fields if name != "series"]
    values = {name: getattr(colours, name) for name in names}
    for height in (24, 26, 28, 30, 32):
        values[f"h{height}"] = str(height * text_size // 100)
    values["f14"] = str(14 * text_size // 100)
    for radius in (11, 13):
        values[f"r{radius}"] = str(radius * text_size // 100)
    template = Template((resources_dir() / "theme.qss").read_text(encoding="utf-8"))
    return template.substitute(values)
