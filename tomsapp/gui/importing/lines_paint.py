"""How the rows of the comparison are painted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from tomsapp.domain.errors import as_sentence
from tomsapp.domain.problems import Severity
from tomsapp.gui.icons import draw_icon
from tomsapp.gui.importing.lines_rows import GroupRow, LineRow, NoteRow, was_words
from tomsapp.gui.row_paint import LEFT_WORDS, RIGHT_WORDS, draw_words, fill, hairline_below, words_width
from tomsapp.gui.style import draw_chevron
from tomsapp.gui.theme import current_theme
from tomsapp.services.table_types import LineGroup

PADDING = 10
_SWATCH = 20
_BUTTON = 28
_LOOKS = {
    Severity.ERROR: ("octagon-alert", "danger"),
    Severity.WARNING: ("triangle-alert", "warning"),
    Severity.NOTE: ("info", "info"),
}
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
GROUP_LINKS = {
    LineGroup.CHANGED: ("accept", "Accept all", "keep", "Keep all as they were"),
    LineGroup.NEW: ("accept", "Accept all", "leave", "Leave all out"),
    LineGroup.NO_LONGER: ("end", "End all", "keep", "Keep all as they were"),
}
"""What one link of a group chooses for all of its lines, and the other one, with their words."""


def paint_group(painter: QPainter, rect: QRect, row: GroupRow, link: str) -> None:
    """Chevron, what the group is, how many lines it has, and the link that chooses for all."""
    colours = current_theme().colours
    fill(painter, rect, colours.surface_alt)
    hairline_below(painter, rect)
    draw_chevron(painter, QPointF(rect.left() + 20, rect.center().y()), colours.text_muted, down=not row.is_folded)
    inner = QRectF(rect).adjusted(36, 0, -PADDING, 0)
    width = draw_words(painter, inner, row.group.words, "strong", colours.text)
    if link:
        _paint_link(painter, link_rect(rect, link), link)
    draw_words(painter, inner.adjusted(width + 12, 0, -220, 0), row.words, "note", colours.text_muted)


def link_rect(rect: QRect, words: str) -> QRectF:
    """Where the link at the right of a group or a note stands."""
    width = words_width(words, "note_strong") + 2
    return QRectF(rect.right() - PADDING - width, rect.top(), width, rect.height())


def paint_line_title(painter: QPainter, rect: QRect, row: LineRow) -> None:
    """The theme's number, the title, and under it code, row and unit."""
    theme, colours = current_theme(), current_theme().colours
    inner = QRectF(rect).adjusted(32, 3, -PADDING, -4)
    if row.line.theme:
        side = theme.px(_SWATCH)
        swatch = QRectF(inner.left(), round(inner.center().y() - side / 2), side, side)
        series = colours.series[min(row.line.theme, 7) - 1]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(series.fill))
        painter.drawRoundedRect(swatch, 3, 3)
        draw_words(painter, swatch, str(row.line.theme), "small_strong", series.on_fill, _MIDDLE)
        inner.setLeft(swatch.right() + 8)
    half = inner.height() / 2
    title = row.line.title or "Not in the menu"
    draw_words(painter, inner.adjusted(0, 0, 0, -half), title, "body", colours.text)
    draw_words(painter, inner.adjusted(0, half, 0, 0), row.about, "small", colours.text_muted)


def paint_cell(painter: QPainter, rect: QRect, row: LineRow, place: int) -> None:
    """What is offered; below it what was, where that is other and there was anything.

    A cell that somebody changed meanwhile has an edge too, and tells what was before.
    """
    colours, cell = current_theme().colours, row.cells[place]
    inner = QRectF(rect).adjusted(4, 3, -PADDING, -4)
    if cell is None:
        return
    if row.before[place] is not None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.warning_mark), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -3, -3), 3, 3)
    was = was_words(row, place)
    if not was:
        draw_words(painter, inner, cell.offered, "body", colours.text, RIGHT_WORDS)
        return
    half = inner.height() / 2
    draw_words(painter, inner.adjusted(0, 0, 0, -half), cell.offered or "none", "strong", colours.text, RIGHT_WORDS)
    draw_words(painter, inner.adjusted(0, half, 0, 0), was, "small", colours.text_muted, RIGHT_WORDS)


def paint_amount(painter: QPainter, rect: QRect, words: str, *, is_result: bool) -> None:
    """An amount at the right; the one that will hold in the colour of the main thing."""
    colours = current_theme().colours
    inner = QRectF(rect).adjusted(2, 0, -PADDING, -1)
    tone = colours.link if is_result else colours.text
    draw_words(painter, inner, words, "strong" if is_result else "body", tone, RIGHT_WORDS)


def choice_rects(rect: QRect, labels: tuple[str, ...]) -> list[QRectF]:
    """Where the buttons of a choice stand, at the right of its cell."""
    height = current_theme().px(_BUTTON)
    widths = [words_width(words, "note_strong") + 22 for words in labels]
    left = rect.right() - PADDING - sum(widths)
    top = rect.center().y() - height / 2
    found = []
    for width in widths:
        found.append(QRectF(round(left) + 0.5, round(top) + 0.5, width, height))
        left += width
    return found


def choice_width(labels: tuple[str, ...]) -> int:
    """The room that a choice asks for."""
    return int(sum(words_width(words, "note_strong") + 22 for words in labels)) + 2 * PADDING


def paint_choice(painter: QPainter, rect: QRect, row: LineRow, *, has_focus: bool) -> None:
    """The options side by side, the chosen one filled; with a thick edge while nothing is chosen."""
    colours = current_theme().colours
    options = row.line.options
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    is_open = bool(options) and row.chosen not in {option.key for option in options}
    for option, place in zip(options, choice_rects(rect, tuple(one.label for one in options)), strict=True):
        is_on = option.key == row.chosen
        edge = colours.warning_mark if is_open else colours.primary if is_on else colours.border_strong
        painter.setPen(QPen(QColor(edge), 2 if is_open else 1))
        painter.setBrush(QColor(colours.primary_soft if is_on else colours.surface))
        painter.drawRoundedRect(place, 4, 4)
        tone = colours.on_primary_soft if is_on else colours.text
        draw_words(painter, place, option.label, "note_strong" if is_on else "note", tone, _MIDDLE)
    if has_focus:
        painter.setPen(QPen(QColor(colours.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -3), 3, 3)


def paint_note(painter: QPainter, rect: QRect, row: NoteRow, link: str) -> None:
    """What is wrong with the line above or asked of it, with its answer."""
    theme, colours = current_theme(), current_theme().colours
    fill(painter, rect, colours.surface)
    is_answered = bool(row.answer)
    icon, tone = ("circle-check", "success") if is_answered else _LOOKS[row.problem.severity]
    ground = rect.adjusted(44, 2, -PADDING, -4)
    fill(painter, ground, getattr(colours, f"{tone}_bg"))
    painter.fillRect(ground.left(), ground.top(), 4, ground.height(), QColor(getattr(colours, f"{tone}_mark")))
    size = theme.px(17)
    draw_icon(painter, ground.left() + 14, ground.top() + 8, icon, getattr(colours, f"{tone}_mark"), size)
    words = note_rect(rect, link)
    painter.setFont(theme.font("note"))
    painter.setPen(QColor(colours.text))
    painter.drawText(words, int(LEFT_WORDS | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextWordWrap, note_words(row))
    if link:
        _paint_link(painter, link_rect(ground, link), link)


def note_words(row: NoteRow) -> str:
    """The sentence of a note with its column, and what was answered; its row stands in the line above it."""
    column = row.problem.where.column
    said = f"{f'Column {column}. ' if column else ''}{as_sentence(row.problem.message)}"
    if row.answer:
        return f"{said} Answered: {row.answer}"
    return said if row.answer is not None else f"{said} {as_sentence(row.problem.fix)}"


def note_rect(rect: QRect, link: str) -> QRectF:
    """Where the words of a note stand."""
    room = words_width(link, "note_strong") + 28 if link else 8
    return QRectF(rect).adjusted(44 + 23 + current_theme().px(17), 2, -PADDING - room, -4)


def note_height(row: NoteRow, rect: QRect, link: str) -> int:
    """How high a note is at a width."""
    theme = current_theme()
    metrics = QFontMetricsF(theme.font("note"))
    width = max(note_rect(rect, link).width(), 80)
    bounds = metrics.boundingRect(QRectF(0, 0, width, 1000), int(Qt.TextFlag.TextWordWrap), note_words(row))
    return max(theme.px(40), int(bounds.height()) + 18)


def line_size() -> QSize:
    """The height of a line."""
    return QSize(100, current_theme().px(47))


def _paint_link(painter: QPainter, rect: QRectF, words: str) -> None:
    font = current_theme().font("note_strong")
    font.setUnderline(True)
    painter.setFont(font)
    painter.setPen(QColor(current_theme().colours.link))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
