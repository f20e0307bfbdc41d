"""Where title, second line and hint of a line stand in its first cell, for painting, clicking and the row's height."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from tomsapp.gui.contract.grid_model import second_lines, title_of
from tomsapp.gui.contract.problem_layout import INDENT, broken, text_width
from tomsapp.gui.contract.rows import LineRow
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import COMPACT, FontRole

_PADDING = 10
_GAP = 12
HINT_ICON, HINT_ICON_GAP = 14, 5
_TITLE_LINE = 20


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
    of_hint = text_width(hint, "small_strong") + 2 + current_theme().px(HINT_ICON) + HINT_ICON_GAP
    room = max(0.0, whole.width() - of_hint - _GAP)
    words = next((choice for choice in choices if text_width(choice, role) + 2 <= room), choices[-1])
    taken = min(text_width(words, role) + 2, room)
    text = QRectF(whole.left(), whole.top(), taken, whole.height())
    left = text.right() + _GAP
    return words, text, QRectF(left, whole.top(), min(of_hint, whole.right() - left), whole.height())


def _two_lines(text: str, width: float) -> tuple[str, ...]:
    """The title, broken once between words if it is too long."""
    first, *rest = broken(text, "body", width)
    return (first, " ".join(rest)) if rest else (first,)
