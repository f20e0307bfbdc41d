"""The styles of an OpenDocument spreadsheet: which sheets are hidden, and which cells or words are struck out."""

from collections.abc import Mapping
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


@dataclass(slots=True)
class _Style:
    parent: str
    is_struck: bool | None = None
    is_hidden: bool = False


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
        for _ in range(_MOST_PARENTS):
            style = self._styles.get((family, name))
            if style is None:
                return False
            if style.is_struck is not None:
                return style.is_struck
            name = style.parent
        return False

    def is_hidden(self, name: str) -> bool:
        """Whether a style hides its sheet."""
        style = self._styles.get(("table", name))
        return style is not None and style.is_hidden
