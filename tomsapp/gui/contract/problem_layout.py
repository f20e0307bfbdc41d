"""Where the words and links of a problem row stand, for painting, clicking and the row's height."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from tomsapp.gui.contract.problem_rows import ProblemRow
from tomsapp.gui.theme import current_theme

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
    links: tuple[QRectF, ...]
    height: int


def lay_out(row: ProblemRow, width: int) -> ProblemLayout:
    """Sentence and links on one line if they fit, else the links below the sentence."""
    theme = current_theme()
    line = theme.px(22)
    words, links = QFontMetricsF(theme.font("body")), QFontMetricsF(theme.font("strong"))
    left, right = INDENT + BAR + theme.px(_TEXT_AT) - BAR, width - _RIGHT_GAP - _INNER_RIGHT
    room = max(right - left, 120)
    sizes = [links.horizontalAdvance(action.words) + 2 for action in row.actions]
    wanted = words.horizontalAdvance(row.sentence) + 2
    top = _ABOVE + _PAD
    if wanted + sum(size + _LINK_GAP for size in sizes) <= room:
        text = QRectF(left, top, wanted, line)
        placed = _place_links(sizes, text.right() + _LINK_GAP, top, line, right, left)
    else:
        needed = words.boundingRect(QRectF(0, 0, room, 10_000), int(Qt.TextFlag.TextWordWrap), row.sentence).height()
        lines = max(1, round(needed / words.lineSpacing()))
        text = QRectF(left, top, room, lines * line)
        placed = _place_links(sizes, left, text.bottom() + 2, line, right, left)
    bottom = max([text.bottom(), *(link.bottom() for link in placed)]) + _PAD
    ground = QRectF(INDENT, _ABOVE, width - INDENT - _RIGHT_GAP, bottom - _ABOVE)
    return ProblemLayout(ground, text, placed, int(bottom + _BELOW))


def _place_links(sizes: list[float], x: float, y: float, line: int, right: float, left: float) -> tuple[QRectF, ...]:
    placed: list[QRectF] = []
    for size in sizes:
        if placed and x + size > right:
            x, y = left, y + line + 2
        placed.append(QRectF(x, y, size, line))
        x += size + _LINK_GAP
    return tuple(placed)
