"""The stacked bar of a printed page: themes by number, colour and pattern, with gaps between."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportlab.pdfgen.pathobject import PDFPathObject

from tomsapp.reports.styles import SUM_STRONG, Pattern, Series, series
from tomsapp.reports.tags import Box, TaggedCanvas
from tomsapp.reports.text import Typesetter

GAP = 2.0
NUMBER_ROOM = 13.0
_LEAST_WIDTH = 2.0
_PATTERN_ALPHA = 0.23


@dataclass(frozen=True, slots=True)
class Segment:
    """A theme's number and its amount; nothing is drawn for an amount of zero or less."""

    number: int
    amount: Decimal | int


@dataclass(frozen=True)
class StackedBar:
    """One bar from left to right in the order given; the table beside it carries the figures."""

    segments: Sequence[Segment]
    height: float = 22.0

    def widths(self, width: float) -> list[tuple[Segment, float]]:
        """Each segment that is drawn, with its width in points; together with the gaps they fill `width`."""
        shown = [segment for segment in self.segments if segment.amount > 0]
        if not shown:
            return []
        total = sum((Decimal(segment.amount) for segment in shown), Decimal())
        room = width - GAP * (len(shown) - 1)
        parts = [max(float(Decimal(segment.amount) / total) * room, _LEAST_WIDTH) for segment in shown]
        scale = room / sum(parts)
        return [(segment, part * scale) for segment, part in zip(shown, parts, strict=True)]

    def draw(self, canvas: TaggedCanvas, typesetter: Typesetter, left: float, top: float, width: float) -> None:
        """Draw the bar downwards from the top edge."""
        x = left
        for segment, part in self.widths(width):
            look = series(segment.number)
            box = (x, top - self.height, x + part, top)
            fill_series(canvas, box, look)
            if part >= NUMBER_ROOM:
                self._number(canvas, typesetter, segment, look, box)
            x += part + GAP

    @staticmethod
    def _number(canvas: TaggedCanvas, typesetter: Typesetter, segment: Segment, look: Series, box: Box) -> None:
        """The theme's number on a plain plate over the pattern."""
        left, bottom, right, top = box
        style = replace(SUM_STRONG, colour=look.on_fill)
        line = typesetter.one_line(str(segment.number), style, right - left)
        x, y = (left + right) / 2, (bottom + top) / 2
        half = line.width / 2 + 2.5
        if look.pattern is not Pattern.SOLID:
            canvas.rectangle((x - half, y - 6, x + half, y + 6), look.fill, radius=1.5)
        canvas.text([(line, x - line.width / 2, y - 0.33 * style.size)])


def fill_series(canvas: TaggedCanvas, box: Box, look: Series, radius: float = 0) -> None:
    """Fill a box with a theme's colour and pattern."""
    canvas.rectangle(box, look.fill, radius)
    if look.pattern is Pattern.SOLID:
        return

    def draw(path: PDFPathObject) -> None:
        _PATTERNS[look.pattern](path, box)

    canvas.clipped(box, look.on_fill, _PATTERN_ALPHA, draw)


def _steps(start: float, stop: float, step: float) -> list[float]:
    return [start + step * index for index in range(max(int((stop - start) / step) + 1, 1))]


def _rising(path: PDFPathObject, box: Box) -> None:
    left, bottom, right, top = box
    rise = top - bottom
    for x in _steps(left - rise, right, 4.0):
        path.moveTo(x, bottom)
        path.lineTo(x + rise, top)


def _falling(path: PDFPathObject, box: Box) -> None:
    left, bottom, right, top = box
    rise = top - bottom
    for x in _steps(left - rise, right, 4.0):
        path.moveTo(x, top)
        path.lineTo(x + rise, bottom)


def _level(path: PDFPathObject, box: Box) -> None:
    left, bottom, right, top = box
    for y in _steps(bottom + 2, top, 4.0):
        path.moveTo(left, y)
        path.lineTo(right, y)


def _dots(path: PDFPathObject, box: Box) -> None:
    left, bottom, right, top = box
    for row, y in enumerate(_steps(bottom + 2, top, 3.5)):
        for x in _steps(left + 2 + 1.75 * (row % 2), right, 3.5):
            path.moveTo(x, y)
            path.lineTo(x + 0.9, y)


_PATTERNS = {
    Pattern.RISING: _rising,
    Pattern.DOTS: _dots,
    Pattern.LEVEL: _level,
    Pattern.FALLING: _falling,
}
