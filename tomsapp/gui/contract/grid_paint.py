"""How the rows of the commitments grid are painted: groups, lines with boxed quantities, problems."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tomsapp.domain.wording import format_pounds
from tomsapp.gui.contract.problem_rows import ProblemRow
from tomsapp.gui.contract.row_layout import BAR, HINT_ICON, HINT_ICON_GAP, INDENT, lay_out, lay_out_line
from tomsapp.gui.contract.row_words import group_title
from tomsapp.gui.contract.rows import GroupRow, LineRow
from tomsapp.gui.icons import draw_icon
from tomsapp.gui.row_paint import RIGHT_WORDS, draw_dots, draw_words, fill, hairline_below
from tomsapp.gui.style import draw_chevron
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import COMPACT
from tomsapp.gui.widgets.problems import ICONS, TONES

PADDING = 10
_SWATCH = 20
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class CellState:
    """How a cell stands: in the current row, selected, under the cursor while the grid has the keyboard."""

    in_current_row: bool = False
    is_selected: bool = False
    has_focus: bool = False


def box_rect(rect: QRect) -> QRectF:
    """The box of a quantity in its cell."""
    height = current_theme().px(30 if current_theme().density is not COMPACT else 24)
    return QRectF(rect.left() + 4, rect.center().y() - height / 2 + 0.5, rect.width() - 8, height)


def draw_focus(painter: QPainter, rect: QRectF) -> None:
    """The 2 px edge of the cell that has the keyboard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(current_theme().colours.focus), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, 3, 3)


def paint_group(painter: QPainter, rect: QRect, row: GroupRow, state: CellState) -> None:
    """A theme with chevron and numbered swatch, or an outcome; the subtotal at the right."""
    theme = current_theme()
    colours = theme.colours
    ground = colours.surface_alt if row.is_theme else colours.surface
    fill(painter, rect, colours.selection if state.in_current_row else ground)
    hairline_below(painter, rect)
    if row.is_theme:
        painter.fillRect(rect.left(), rect.top(), rect.width(), 1, QColor(colours.border))
    inner = QRectF(rect).adjusted(INDENT, 0, -PADDING, 0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if row.is_theme or row.is_folded:
        centre = QPointF(rect.left() + 19, inner.center().y())
        draw_chevron(painter, centre, colours.text_muted, down=not row.is_folded)
    if row.theme:
        side = theme.px(_SWATCH)
        swatch = QRectF(inner.left(), round(inner.center().y() - side / 2), side, side)
        paint_swatch(painter, swatch, row.theme)
        inner.setLeft(swatch.right() + PADDING)
    subtotal = format_pounds(row.subtotal)
    strong = row.is_theme
    muted = colours.text if strong else colours.text_muted
    width = draw_words(painter, inner, subtotal, "strong" if strong else "note", muted, RIGHT_WORDS)
    if state.has_focus:
        draw_dots(painter, inner, width, "strong" if strong else "note", muted)
    title = inner.adjusted(0, 0, -width - PADDING, 0)
    draw_words(painter, title, group_title(row), "strong" if strong else "note_strong", muted)
    if state.has_focus:
        draw_focus(painter, QRectF(rect).adjusted(2, 2, -2, -2))


def paint_title(painter: QPainter, rect: QRect, row: LineRow, state: CellState) -> None:
    """The title of a line on one or two lines, code, unit and place under it, and what is still to be entered."""
    theme = current_theme()
    colours = theme.colours
    placed, corner = lay_out_line(row, rect.width()), QPointF(rect.topLeft())
    tone = colours.on_selection if state.in_current_row else colours.text
    title = placed.title.translated(corner)
    height = title.height() / len(placed.titles)
    for number, words in enumerate(placed.titles):
        draw_words(
            painter, QRectF(title.left(), title.top() + number * height, title.width(), height), words, "body", tone
        )
    if placed.second.isValid():
        draw_words(painter, placed.second.translated(corner), placed.words, "small", colours.text_muted)
    if placed.hint.isValid():
        _paint_hint(painter, placed.hint.translated(corner), row.hint, is_link=not row.is_locked)


def _paint_hint(painter: QPainter, rect: QRectF, words: str, *, is_link: bool) -> None:
    theme = current_theme()
    size = theme.px(HINT_ICON)
    draw_icon(painter, rect.left(), round(rect.center().y() - size / 2), "pencil-line", theme.colours.text_muted, size)
    font = theme.font("small_strong")
    font.setUnderline(is_link)
    painter.setFont(font)
    painter.setPen(QColor(theme.colours.link if is_link else theme.colours.text_muted))
    painter.drawText(rect.adjusted(size + HINT_ICON_GAP, 0, 0, 0), _LEFT, words)


def paint_swatch(painter: QPainter, rect: QRectF, number: int) -> None:
    """The number of a theme on its colour."""
    series = current_theme().colours.series[min(number, 7) - 1]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(series.fill))
    painter.drawRoundedRect(rect, 3, 3)
    painter.setFont(current_theme().font("small_strong"))
    painter.setPen(QColor(series.on_fill))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(number))


def paint_problem(painter: QPainter, rect: QRect, row: ProblemRow, state: CellState, action: int) -> None:
    """Bar, icon, sentence and links; `action` is the link that the keyboard is on, -1 for none."""
    theme = current_theme()
    colours = theme.colours
    fill(painter, rect, colours.surface)
    placed = lay_out(row, rect.width())
    corner = QPointF(rect.topLeft())
    ground = placed.ground.translated(corner)
    tone = "text_muted" if row.is_answered else TONES[row.level]
    tint = colours.surface_alt if row.is_answered else getattr(colours, f"{tone}_bg")
    mark = colours.border_strong if row.is_answered else getattr(colours, f"{tone}_mark")
    fill(painter, ground.toRect(), tint)
    painter.fillRect(QRectF(ground.left(), ground.top(), BAR, ground.height()).toRect(), QColor(mark))
    size = theme.px(17)
    name = "circle-check" if row.is_answered else ICONS[row.level]
    top = placed.text.top() + corner.y() + (theme.px(22) - size) / 2
    draw_icon(painter, ground.left() + 14, round(top), name, mark, size)
    words = placed.text.translated(corner)
    for number, text in enumerate(placed.lines):
        place = QRectF(words.left(), words.top() + number * theme.px(22), words.width(), theme.px(22))
        draw_words(painter, place, text, "body", colours.text_muted if row.is_answered else colours.text)
    for number, (link, what) in enumerate(zip(placed.links, row.actions, strict=True)):
        _paint_link(painter, link.translated(corner), what.words, has_focus=state.has_focus and number == action)
    if state.has_focus and action < 0:
        draw_focus(painter, ground.adjusted(1, 1, -1, -1))


def _paint_link(painter: QPainter, rect: QRectF, words: str, *, has_focus: bool) -> None:
    font = current_theme().font("strong")
    font.setUnderline(True)
    painter.setFont(font)
    painter.setPen(QColor(current_theme().colours.link))
    painter.drawText(rect, _LEFT, words)
    if has_focus:
        draw_focus(painter, rect.adjusted(-3, -1, 3, 1))
