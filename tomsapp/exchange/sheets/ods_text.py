"""The words in a cell of an OpenDocument spreadsheet: lines, spaces, and what is struck out."""

import re
from collections.abc import Mapping

from tomsapp.exchange.sheets.bounds import MOST_TEXT, Bounds
from tomsapp.exchange.sheets.ods_styles import TEXT, StyleReader
from tomsapp.exchange.sheets.values import RAISED

_SPACES = re.compile(r"[ \t\r\n]+")


class TextPieces:
    """Gathers the words of one cell, or of the note on it."""

    def __init__(self, styles: StyleReader, bounds: Bounds) -> None:
        self._styles = styles
        self._bounds = bounds
        self._lines: list[list[str]] = []
        self._struck: list[bool] = []
        self._raised: list[bool] = []
        self._length = 0
        self.has_unstruck = False
        self.has_struck = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A line, words in another style, or spaces that would be lost."""
        if name == "text:p":
            self._lines.append([])
            self._struck, self._raised = [self._strikes("paragraph", attributes)], [False]
        elif name == "text:span":
            self._struck.append(self._struck[-1:] == [True] or self._strikes("text", attributes))
            self._raised.append(self._styles.is_raised(attributes.get(f"{TEXT} style-name", "")))
        elif name == "text:s":
            self._add(" " * min(int(attributes.get(f"{TEXT} c", "1")), MOST_TEXT + 1))
        elif name == "text:tab":
            self._add("\t")
        elif name == "text:line-break":
            self._add("\n")

    def end(self, name: str) -> None:
        """Words in another style end."""
        if name in {"text:p", "text:span"} and self._struck:
            self._struck.pop()
            self._raised.pop()

    def text(self, text: str) -> None:
        """Words; line ends in the file are spaces."""
        if not self._struck:
            return
        self._add(_SPACES.sub(" ", text).translate(RAISED if self._raised[-1] else {}))
        if text.strip():
            self.has_struck = self.has_struck or self._struck[-1]
            self.has_unstruck = self.has_unstruck or not self._struck[-1]

    @property
    def has_lines(self) -> bool:
        """Whether there are any, empty ones too."""
        return bool(self._lines)

    @property
    def words(self) -> str:
        """What was gathered."""
        return "\n".join("".join(line) for line in self._lines)

    def _strikes(self, family: str, attributes: Mapping[str, str]) -> bool:
        return self._styles.is_struck(family, attributes.get(f"{TEXT} style-name", ""))

    def _add(self, text: str) -> None:
        self._length += len(text)
        self._bounds.check_text(self._length)
        if self._lines:
            self._lines[-1].append(text)
