"""Where title, second line and hint of a line stand in its first cell, for painting, clicking and the row's height."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from tomsapp.gui.contract.grid_model import second_lines, title_of
from tomsapp.gui.contract.problem_layout import INDENT, broken
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
    height, inner = theme.px(theme.density.line_row), width - INDENT - _PADDING
    if theme.density is COMPACT:
        whole = QRectF(INDENT, 0, inner, height - 1)
        words, title, hint = _split((f"{row.commitment.measure}  {title_of(row)}",), "body", whole, row.hint)
        return LineLayout((words,), title, "", QRectF(), hint, height)
    titles = _two_lines(title_of(row), theme.font("body"), inner)
    line = theme.px(_TITLE_LINE)
    height += line * (len(titles) - 1)
    bottom = (theme.px(theme.density.line_row) - 1) / 2
    title = QRectF(INDENT, 3, inner, height - 1 - bottom - 1)
    below = QRectF(INDENT, height - bottom, inner, bottom - 4)
    words, second, hint = _split(second_lines(row), "small", below, row.hint)
    return LineLayout(titles, title, words, second, hint, height)


def _split(choices: tuple[str, ...], role: FontRole, whole: QRectF, hint: str) -> tuple[str, QRectF, QRectF]:
    """The first of the choices, longest first, that has room beside the hint, and where both stand."""
    theme = current_theme()
    if not hint:
        return choices[0], whole, QRectF()
    metrics = QFontMetricsF(theme.font(role))
    of_hint = (
        QFontMetricsF(theme.font("small_strong")).horizontalAdvance(hint) + 2 + theme.px(HINT_ICON) + HINT_ICON_GAP
    )
    room = max(0.0, whole.width() - of_hint - _GAP)
    words = next((choice for choice in choices if metrics.horizontalAdvance(choice) + 2 <= room), choices[-1])
    taken = min(metrics.horizontalAdvance(words) + 2, room)
    text = QRectF(whole.left(), whole.top(), taken, whole.height())
    left = text.right() + _GAP
    return words, text, QRectF(left, whole.top(), min(of_hint, whole.right() - left), whole.height())


def _two_lines(text: str, font: QFont, width: float) -> tuple[str, ...]:
    """The text, broken once between words if it is too long."""
    metrics = QFontMetricsF(font)
    first, *rest = broken(text, metrics, width)
    return (first, " ".join(rest)) if rest else (first,)
