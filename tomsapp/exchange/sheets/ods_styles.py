"""The styles of an OpenDocument spreadsheet: which sheets are hidden, and which cells or words are struck out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tomsapp.exchange.sheets.bounds import Bounds

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
OFFICE, TABLE, TEXT, STYLE = (_SPACE.format(name) for name in ("office", "table", "text", "style"))
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
PREFIXES = {
    OFFICE: "office:",
    TABLE: "table:",
    TEXT: "text:",
    STYLE: "style:",
    _SPACE.format("drawing"): "draw:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}
_MOST_PARENTS = 20
_ABOVE = re.compile(r"super|0*[1-9]\d*(?:\.\d+)?%")
"""How words are set above the line: “super 58%”, “33% 58%”."""


@dataclass(slots=True)
class _Style:
    parent: str
    is_struck: bool | None = None
    is_hidden: bool = False
    is_raised: bool | None = None


class StyleReader:
    """Takes the styles; those of the content come after those that are kept beside it."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._styles: dict[tuple[str, str], _Style] = {}
        self._now: _Style | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A style, or what it says of its cells."""
        if name == "style:style":
            self._bounds.count_style()
            key = attributes.get(f"{STYLE} family", ""), attributes.get(f"{STYLE} name", "")
            self._now = self._styles[key] = _Style(attributes.get(f"{STYLE} parent-style-name", ""))
        elif self._now is None:
            return
        elif name == "style:text-properties":
            line = attributes.get(f"{STYLE} text-line-through-style")
            self._now.is_struck = self._now.is_struck if line is None else line != "none"
            position = attributes.get(f"{STYLE} text-position")
            self._now.is_raised = self._now.is_raised if position is None else bool(_ABOVE.match(position))
        elif name == "style:table-properties":
            self._now.is_hidden = attributes.get(f"{TABLE} display") == "false"

    def end(self, name: str) -> None:
        """A style is whole."""
        if name == "style:style":
            self._now = None

    def text(self, text: str) -> None:
        """There is none."""

    def is_struck(self, family: str, name: str) -> bool:
        """Whether a style strikes out, by itself or as the one that it follows does."""
        return self._told(family, name, lambda style: style.is_struck)

    def is_raised(self, name: str) -> bool:
        """Whether a style of words sets them above the line, by itself or as the one that it follows does."""
        return self._told("text", name, lambda style: style.is_raised)

    def _told(self, family: str, name: str, look: Callable[[_Style], bool | None]) -> bool:
        for _ in range(_MOST_PARENTS):
            style = self._styles.get((family, name))
            if style is None:
                return False
            told = look(style)
            if told is not None:
                return told
            name = style.parent
        return False

    def is_hidden(self, name: str) -> bool:
        """Whether a style hides its sheet."""
        style = self._styles.get(("table", name))
        return style is not None and style.is_hidden
