"""Where the words and links of a problem row stand, for painting, clicking and the row's height."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from tomsapp.gui.contract.problem_rows import ProblemRow
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole

INDENT = 33
BAR = 4
_RIGHT_GAP = 10
_TEXT_AT = 40
_INNER_RIGHT = 14
_LINK_GAP = 18
_PAD = 7
_ABOVE, _BELOW = 3, 3


@dataclass(frozen=True, slots=True)
class ProblemLayout:
    """The rectangles of a problem row, relative to its own top left corner."""

    ground: QRectF
    text: QRectF
    lines: tuple[str, ...]
    links: tuple[QRectF, ...]
    height: int


def lay_out(row: ProblemRow, width: int) -> ProblemLayout:
    """The links at the end of the sentence if they fit on its last line, else below it."""
    theme = current_theme()
    line = theme.px(22)
    left, right = INDENT + BAR + theme.px(_TEXT_AT) - BAR, width - _RIGHT_GAP - _INNER_RIGHT
    room = max(right - left, 120)
    sizes = [text_width(action.words, "strong") + 2 for action in row.actions]
    lines = broken(row.sentence, "body", room)
    top = _ABOVE + _PAD
    text = QRectF(left, top, room, len(lines) * line)
    last = text_width(lines[-1], "body") + 2
    if last + sum(size + _LINK_GAP for size in sizes) <= room:
        placed = _place_links(sizes, left + last + _LINK_GAP, text.bottom() - line, line, right, left)
    else:
        placed = _place_links(sizes, left, text.bottom() + 2, line, right, left)
    bottom = max([text.bottom(), *(link.bottom() for link in placed)]) + _PAD
    ground = QRectF(INDENT, _ABOVE, width - INDENT - _RIGHT_GAP, bottom - _ABOVE)
    return ProblemLayout(ground, text, lines, placed, int(bottom + _BELOW))


def text_width(text: str, role: FontRole) -> float:
    """How wide a text is at the present text size."""
    return _width(text, role, current_theme().text_size)


def broken(text: str, role: FontRole, width: float) -> tuple[str, ...]:
    """A text as lines that are at most `width` wide, broken between words; a longer word has a line of its own."""
    return _broken(text, role, width, current_theme().text_size)


# A thousand lines have a few hundred titles and sentences between them, and each is measured again when it is painted.


@lru_cache(maxsize=4096)
def _width(text: str, role: FontRole, _text_size: int) -> float:
    return QFontMetricsF(current_theme().font(role)).horizontalAdvance(text)


@lru_cache(maxsize=4096)
def _broken(text: str, role: FontRole, width: float, _text_size: int) -> tuple[str, ...]:
    metrics = QFontMetricsF(current_theme().font(role))
    words = [word for word in text.split(" ") if word]
    whole = " ".join(words)
    if metrics.horizontalAdvance(whole) <= width:
        return (whole,)
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _place_links(sizes: list[float], x: float, y: float, line: int, right: float, left: float) -> tuple[QRectF, ...]:
    placed: list[QRectF] = []
    for size in sizes:
        if placed and x + size > right:
            x, y = left, y + line + 2
        placed.append(QRectF(x, y, size, line))
        x += size + _LINK_GAP
    return tuple(placed)
