"""How charts are painted; the same functions serve the screen and the exported picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from tomsapp.domain.signs import in_order, shown
from tomsapp.gui.theme import Theme
from tomsapp.gui.tokens import FontRole, Pattern

_PATTERN_ALPHA = 59
"""23 % of an opaque pattern."""
_NUMBER_FROM = 17.0
"""Least side in px of a segment that carries its number."""
_GAP = 2.0
_WIDEST_COLUMN = 96
STACKED_ROW = 32
"""Room in px for a stacked bar that lies, at 100 % text size."""
_STACKED_BAR = 24
_MOST_STEPS = 5
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_BRUSHES = {
    Pattern.RISING: Qt.BrushStyle.BDiagPattern,
    Pattern.FALLING: Qt.BrushStyle.FDiagPattern,
    Pattern.HORIZONTAL: Qt.BrushStyle.HorPattern,
    Pattern.DOTS: Qt.BrushStyle.Dense6Pattern,
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar: pounds of a series (1 to 7, or 0 for one series only), and what it is called."""

    key: object
    name: str
    value: Decimal
    value_text: str
    series: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its caption, the text of its total, and its segments from bottom or left."""

    caption: str
    total_text: str
    segments: tuple[Segment, ...]

    @property
    def total(self) -> Decimal:
        """Sum of the segments."""
        return sum((segment.value for segment in self.segments), Decimal(0))


Spot = tuple[QRectF, Bar, Segment]
"""Where a segment was painted, for the mouse and the keyboard."""


def _write(
    painter: QPainter, theme: Theme, rect: QRectF, text: str, *, role: FontRole, tone: str, align: Qt.AlignmentFlag
) -> None:
    painter.setFont(theme.font(role))
    painter.setPen(QColor(getattr(theme.colours, tone)))
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), in_order(shown(text)))


def paint_segment(painter: QPainter, theme: Theme, rect: QRectF, series: int, corner: float = 3.0) -> None:
    """Paint one segment: fill, pattern, and the series' number on a plain plate if there is room."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = min(corner, rect.width() / 2, rect.height() / 2)
    if series == 0:
        painter.setBrush(QColor(theme.colours.primary))
        painter.drawRoundedRect(rect, radius, radius)
        return
    look = theme.colours.series[series - 1]
    painter.setBrush(QColor(look.fill))
    painter.drawRoundedRect(rect, radius, radius)
    brush = _BRUSHES.get(look.pattern)
    if brush is not None:
        ink = QColor(look.on_fill)
        ink.setAlpha(_PATTERN_ALPHA)
        painter.setBrush(QBrush(ink, brush))
        painter.drawRoundedRect(rect, radius, radius)
    if min(rect.width(), rect.height()) < _NUMBER_FROM:
        return
    font = theme.font("small_strong")
    metrics = QFontMetricsF(font)
    side = min(metrics.height(), rect.height())
    plate = QRectF(0, 0, max(metrics.horizontalAdvance(str(series)) + 8, 14), side)
    plate.moveCenter(rect.center())
    painter.setBrush(QColor(look.fill))
    painter.drawRoundedRect(plate, 3, 3)
    painter.setFont(font)
    painter.setPen(QColor(look.on_fill))
    painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), str(series))


def paint_stacked_bar(painter: QPainter, theme: Theme, area: QRectF, bars: Sequence[Bar]) -> list[Spot]:
    """Paint the first bar as one row of segments that fills the area."""
    if not bars or bars[0].total <= 0:
        return []
    bar = bars[0]
    shown = [segment for segment in bar.segments if segment.value > 0]
    room = area.width() - _GAP * (len(shown) - 1)
    spots: list[Spot] = []
    left = area.left()
    for segment in shown:
        width = room * float(segment.value / bar.total)
        rect = QRectF(left, area.top(), width, area.height())
        paint_segment(painter, theme, rect, segment.series)
        spots.append((rect, bar, segment))
        left += width + _GAP
    return spots


def axis_steps(largest: Decimal) -> list[Decimal]:
    """Round marks of an axis from nothing to just above `largest`, four to six of them."""
    if largest <= 0:
        return [Decimal(0), Decimal(1)]
    unit = Decimal(1).scaleb((largest / _MOST_STEPS).adjusted())
    step = next(unit * n for n in _STEPS if unit * n * _MOST_STEPS >= largest)
    steps = int((largest / step).to_integral_value(ROUND_CEILING))
    return [step * n for n in range(steps + 1)]


def paint_columns(
    painter: QPainter, theme: Theme, area: QRectF, bars: Sequence[Bar], mark_texts: Sequence[tuple[Decimal, str]]
) -> list[Spot]:
    """Paint a stacked column a bar, with an axis at the left whose marks are given."""
    metrics = QFontMetricsF(theme.font("small"))
    left = max((metrics.horizontalAdvance(text) for _, text in mark_texts), default=0.0) + 10
    foot, head = metrics.height() + 8, metrics.height() + 6
    plot = QRectF(area.left() + left, area.top() + head, area.width() - left, area.height() - head - foot)
    top = mark_texts[-1][0] if mark_texts else Decimal(1)
    right = Qt.AlignmentFlag.AlignRight
    for mark, text in mark_texts:
        y = round(plot.bottom() - plot.height() * float(mark / top))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(QColor(theme.colours.border), 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        label = QRectF(area.left(), y - 10, left - 8, 20)
        _write(painter, theme, label, text, role="small", tone="text_muted", align=right)
    spots: list[Spot] = []
    slot = plot.width() / max(len(bars), 1)
    every = _every(theme, bars, slot)
    for place, bar in enumerate(bars):
        wide = min(slot * 0.6, float(theme.px(_WIDEST_COLUMN)))
        column = QRectF(plot.left() + slot * (place + 0.5) - wide / 2, plot.top(), wide, plot.height())
        spots += _paint_column(painter, theme, column, bar, top, says=place % every == 0)
        if place % every:
            continue
        box = QRectF(column.center().x() - slot * every / 2, plot.bottom() + 3, slot * every, foot - 3)
        _write(painter, theme, box, bar.caption, role="small", tone="text_muted", align=Qt.AlignmentFlag.AlignHCenter)
    return spots


def _every(theme: Theme, bars: Sequence[Bar], slot: float) -> int:
    """Which columns have words where not all of them have room: every one, every second, every third."""
    metrics, strong = QFontMetricsF(theme.font("small")), QFontMetricsF(theme.font("small_strong"))
    words = (max(metrics.horizontalAdvance(b.caption), strong.horizontalAdvance(b.total_text)) for b in bars)
    return max(1, ceil((max(words, default=0.0) + 8) / slot))


def _paint_column(painter: QPainter, theme: Theme, column: QRectF, bar: Bar, top: Decimal, *, says: bool) -> list[Spot]:
    spots: list[Spot] = []
    bottom = column.bottom()
    for segment in bar.segments:
        height = column.height() * float(segment.value / top)
        if height <= 0:
            continue
        gap = min(_GAP, height / 2)
        rect = QRectF(column.left(), bottom - height + gap, column.width(), height - gap)
        paint_segment(painter, theme, rect, segment.series, corner=0)
        spots.append((rect, bar, segment))
        bottom -= height
    if not says:
        return spots
    over = QRectF(column.left() - 30, bottom - 21, column.width() + 60, 18)
    _write(painter, theme, over, bar.total_text, role="small_strong", tone="text", align=Qt.AlignmentFlag.AlignHCenter)
    return spots


def paint_rows(painter: QPainter, theme: Theme, area: QRectF, bars: Sequence[Bar]) -> list[Spot]:
    """Paint a horizontal bar each, caption at the left and figure at the right."""
    if not bars:
        return []
    metrics = QFontMetricsF(theme.font("body"))
    captions = min(max(metrics.horizontalAdvance(bar.caption) for bar in bars) + 12, area.width() * 0.45)
    figures = max(metrics.horizontalAdvance(bar.total_text) for bar in bars) + 12
    room = area.width() - captions - figures
    largest = max((bar.total for bar in bars), default=Decimal(0)) or Decimal(1)
    height = min(area.height() / len(bars), float(theme.px(28)))
    spots: list[Spot] = []
    for place, bar in enumerate(bars):
        row = QRectF(area.left(), area.top() + height * place, area.width(), height)
        words = metrics.elidedText(bar.caption, Qt.TextElideMode.ElideRight, captions - 8)
        left_box, right_box = QRectF(row), QRectF(row)
        left_box.setWidth(captions)
        right_box.setLeft(row.right() - figures)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        _write(painter, theme, left_box, words, role="body", tone="text", align=left)
        _write(painter, theme, right_box, bar.total_text, role="body", tone="text", align=right)
        width = max(room * float(bar.total / largest), 2.0)
        rect = QRectF(row.left() + captions, row.center().y() - 7, width, 14)
        paint_segment(painter, theme, rect, 0)
        spots += [(rect, bar, segment) for segment in bar.segments[:1]]
    return spots


def paint_stacked_rows(painter: QPainter, theme: Theme, area: QRectF, bars: Sequence[Bar]) -> list[Spot]:
    """Paint a stacked bar each on one shared scale, caption at the left and figure at the right."""
    if not bars:
        return []
    metrics, strong = QFontMetricsF(theme.font("body")), QFontMetricsF(theme.font("strong"))
    captions = min(max(metrics.horizontalAdvance(bar.caption) for bar in bars) + 12, area.width() * 0.34)
    figures = max(strong.horizontalAdvance(bar.total_text) for bar in bars) + 12
    room = max(area.width() - captions - figures, 1.0)
    largest = max((bar.total for bar in bars), default=Decimal(0)) or Decimal(1)
    height = min(area.height() / len(bars), float(theme.px(STACKED_ROW)))
    spots: list[Spot] = []
    for place, bar in enumerate(bars):
        row = QRectF(area.left(), area.top() + height * place, area.width(), height)
        words = metrics.elidedText(bar.caption, Qt.TextElideMode.ElideRight, captions - 10)
        left_box, right_box = QRectF(row), QRectF(row)
        left_box.setWidth(captions)
        right_box.setLeft(row.right() - figures)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        _write(painter, theme, left_box, words, role="body", tone="text", align=left)
        _write(painter, theme, right_box, bar.total_text, role="strong", tone="text", align=right)
        thick = min(float(theme.px(_STACKED_BAR)), height - 4)
        begin = row.left() + captions
        for segment in bar.segments:
            width = room * float(segment.value / largest) if segment.value > 0 else 0.0
            if width:
                gap = min(_GAP, width / 2)
                rect = QRectF(begin, row.center().y() - thick / 2, width - gap, thick)
                paint_segment(painter, theme, rect, segment.series)
                spots.append((rect, bar, segment))
                begin += width
    return spots
