"""Where the words of a problem row and of a line stand, for painting, clicking and the row's height."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from tomsapp.gui.contract.problem_rows import ProblemRow
from tomsapp.gui.contract.row_words import second_lines, title_of
from tomsapp.gui.contract.rows import LineRow
from tomsapp.gui.row_paint import words_width
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import COMPACT, FontRole

INDENT = 33
BAR = 4
_RIGHT_GAP = 10
_TEXT_AT = 40
_INNER_RIGHT = 14
_LINK_GAP = 18
_PAD = 7
_ABOVE, _BELOW = 3, 3
_PADDING = 10
_GAP = 12
HINT_ICON, HINT_ICON_GAP = 14, 5
_TITLE_LINE = 20


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
    sizes = [words_width(action.words, "strong") + 2 for action in row.actions]
    lines = broken(row.sentence, "body", room)
    top = _ABOVE + _PAD
    text = QRectF(left, top, room, len(lines) * line)
    last = words_width(lines[-1], "body") + 2
    if last + sum(size + _LINK_GAP for size in sizes) <= room:
        placed = _place_links(sizes, left + last + _LINK_GAP, text.bottom() - line, line, right, left)
    else:
        placed = _place_links(sizes, left, text.bottom() + 2, line, right, left)
    bottom = max([text.bottom(), *(link.bottom() for link in placed)]) + _PAD
    ground = QRectF(INDENT, _ABOVE, width - INDENT - _RIGHT_GAP, bottom - _ABOVE)
    return ProblemLayout(ground, text, lines, placed, int(bottom + _BELOW))


def broken(text: str, role: FontRole, width: float) -> tuple[str, ...]:
    """A text as lines that are at most `width` wide, broken between words; a longer word has a line of its own."""
    return _broken(text, role, width, current_theme().text_size)


# A thousand lines have a few hundred titles and sentences between them, and each is measured again when it is painted.


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


@dataclass(frozen=True, slots=True)
class LineLayout:
    """Rectangles relative to the cell's top left corner; `titles` are the one or two lines of the title.

    `words` are those of the second line that have room beside the hint.
    """

    titles: tuple[str, ...]
    title: QRectF
    words: str
    second: QRectF
    hint: QRectF
    height: int


def lay_out_line(row: LineRow, width: int) -> LineLayout:
    """The hint stands after the words of the second line, which give way to it; a long title takes two lines."""
    theme = current_theme()
    height, inner = height_of_line(row, width), width - INDENT - _PADDING
    if theme.density is COMPACT:
        whole = QRectF(INDENT, 0, inner, height - 1)
        words, title, hint = _split((f"{row.commitment.measure}  {title_of(row)}",), "body", whole, row.hint)
        return LineLayout((words,), title, "", QRectF(), hint, height)
    titles = _two_lines(title_of(row), inner)
    bottom = (theme.px(theme.density.line_row) - 1) / 2
    title = QRectF(INDENT, 3, inner, height - 1 - bottom - 1)
    below = QRectF(INDENT, height - bottom, inner, bottom - 4)
    words, second, hint = _split(second_lines(row), "small", below, row.hint)
    return LineLayout(titles, title, words, second, hint, height)


def height_of_line(row: LineRow, width: int) -> int:
    """The height of a line whose first cell is `width` wide."""
    theme = current_theme()
    if theme.density is COMPACT:
        return theme.px(theme.density.line_row)
    more = len(_two_lines(title_of(row), width - INDENT - _PADDING)) - 1
    return theme.px(theme.density.line_row) + more * theme.px(_TITLE_LINE)


def _split(choices: tuple[str, ...], role: FontRole, whole: QRectF, hint: str) -> tuple[str, QRectF, QRectF]:
    """The first of the choices, longest first, that has room beside the hint, and where both stand."""
    if not hint:
        return choices[0], whole, QRectF()
    of_hint = words_width(hint, "small_strong") + 2 + current_theme().px(HINT_ICON) + HINT_ICON_GAP
    room = max(0.0, whole.width() - of_hint - _GAP)
    words = next((choice for choice in choices if words_width(choice, role) + 2 <= room), choices[-1])
    taken = min(words_width(words, role) + 2, room)
    text = QRectF(whole.left(), whole.top(), taken, whole.height())
    left = text.right() + _GAP
    return words, text, QRectF(left, whole.top(), min(of_hint, whole.right() - left), whole.height())


def _two_lines(text: str, width: float) -> tuple[str, ...]:
    """The title, broken once between words if it is too long."""
    first, *rest = broken(text, "body", width)
    return (first, " ".join(rest)) if rest else (first,)
