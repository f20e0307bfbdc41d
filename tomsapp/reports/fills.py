"""The fills of themes: a colour, a pattern and an outline, so that they differ in grey too."""

from reportlab.pdfgen.pathobject import PDFPathObject

from tomsapp.reports.styles import BORDER_STRONG, Pattern, Series
from tomsapp.reports.tags import Box, TaggedCanvas

OUTLINE = 0.6
"""The thickness of the line around a fill, in points."""


def fill_series(canvas: TaggedCanvas, box: Box, look: Series, radius: float = 0) -> None:
    """Fill a box with a theme's colour and pattern, and draw its outline."""
    canvas.rectangle(box, look.fill, radius)
    if look.pattern is not Pattern.SOLID:

        def draw(path: PDFPathObject) -> None:
            _PATTERNS[look.pattern](path, box)

        canvas.clipped(box, look.stroke, 1.1 if look.pattern is Pattern.DOTS else 0.7, draw)
    canvas.frame(box, BORDER_STRONG, OUTLINE, radius)


def fill_swatch(canvas: TaggedCanvas, box: Box, look: Series) -> None:
    """A small fill with a plain plate in it, on which the number of the theme stands."""
    left, bottom, right, top = box
    fill_series(canvas, box, look, radius=2)
    if look.pattern is not Pattern.SOLID:
        canvas.rectangle((left + 3, bottom + 2, right - 3, top - 2), look.fill, radius=1)


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
            path.lineTo(x + 1.1, y)


def _upright(path: PDFPathObject, box: Box) -> None:
    left, bottom, right, top = box
    for x in _steps(left + 2, right, 4.0):
        path.moveTo(x, bottom)
        path.lineTo(x, top)


_PATTERNS = {
    Pattern.RISING: _rising,
    Pattern.DOTS: _dots,
    Pattern.LEVEL: _level,
    Pattern.FALLING: _falling,
    Pattern.UPRIGHT: _upright,
}
