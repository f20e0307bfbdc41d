"""A chart as a picture that can stand alone in a report: its title, the chart, and what each series is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from tomsapp.gui.row_paint import draw_words
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.chart_paint import Bar, paint_segment

_EDGE, _SWATCH, _GAP = 16.0, 20.0, 24.0


def legend_of(bars: Sequence[Bar]) -> list[tuple[int, str]]:
    """Number and name of every series, in the order of the numbers; none where there is one series only."""
    found = {
        (segment.series, segment.name) for bar in bars for segment in bar.segments if segment.series and segment.value
    }
    return sorted(found)


def paint_picture(
    title: str, bars: Sequence[Bar], paint: Callable[[QPainter, QRectF], object], size: tuple[int, int], ratio: float
) -> QImage:
    """The chart `size` px wide and high under its title and over its legend, `ratio` device pixels a px."""
    width, height = size
    rows = _legend_rows(legend_of(bars), width - 2 * _EDGE)
    title_height, row_height = _line("h2") + 8, _line("body") + 6
    whole = _EDGE + title_height + height + (12 + row_height * len(rows) if rows else 0) + _EDGE
    image = QImage(round(width * ratio), round(whole * ratio), QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(current_theme().colours.surface))
    painter = QPainter(image)
    draw_words(
        painter, QRectF(_EDGE, _EDGE, width - 2 * _EDGE, title_height - 8), title, "h2", current_theme().colours.text
    )
    top = _EDGE + title_height
    paint(painter, QRectF(_EDGE, top, width - 2 * _EDGE, height))
    for place, row in enumerate(rows):
        _paint_row(painter, row, top + height + 12 + row_height * place, row_height)
    painter.end()
    return image


def _legend_rows(entries: Sequence[tuple[int, str]], room: float) -> list[list[tuple[int, str]]]:
    rows: list[list[tuple[int, str]]] = []
    used = room
    for entry in entries:
        wide = _width(entry[1])
        if used + wide > room:
            rows.append([])
            used = 0
        rows[-1].append(entry)
        used += wide
    return rows


def _paint_row(painter: QPainter, row: Sequence[tuple[int, str]], top: float, height: float) -> None:
    left = _EDGE
    for series, name in row:
        paint_segment(painter, current_theme(), QRectF(left, top + (height - _SWATCH) / 2, _SWATCH, _SWATCH), series)
        box = QRectF(left + _SWATCH + 8, top, _width(name), height)
        draw_words(painter, box, name, "body", current_theme().colours.text)
        left += _width(name)


def _line(role: FontRole) -> float:
    return QFontMetricsF(current_theme().font(role)).height()


def _width(name: str) -> float:
    return _SWATCH + 8 + QFontMetricsF(current_theme().font("body")).horizontalAdvance(name) + _GAP
