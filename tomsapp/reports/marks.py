"""Marks of ratings: a shape for each word, so that it is told apart without colour, in print and by everyone."""

from collections.abc import Callable
from enum import Enum
from typing import Final

from reportlab.pdfgen.pathobject import PDFPathObject

from tomsapp.reports.styles import DANGER, INFO, SUCCESS, SURFACE, TEXT_MUTED, WARNING, Colour
from tomsapp.reports.tags import Box, TaggedCanvas

MARK: Final = 8.4
"""Side of a mark in points."""

MARK_ROOM: Final = 12.4
"""The room that a mark takes before its text, in points."""

_THICK: Final = 1.05
_Path = Callable[[PDFPathObject, float, float, float], None]


class Mark(Enum):
    """A shape before a word; the word says the same, so that the shape is read to nobody."""

    TICK = "tick in a ring"
    ARROW = "arrow in a ring"
    TRIANGLE = "exclamation mark in a triangle"
    CROSS = "cross in a filled square"
    DASH = "dash"

    @property
    def colour(self) -> Colour:
        """The colour of the shape and of its word."""
        return _COLOURS[self]

    def draw(self, canvas: TaggedCanvas, left: float, middle: float, side: float = MARK) -> None:
        """Draw it from `left`, around a height."""
        box = (left, middle - side / 2, left + side, middle + side / 2)
        if self is Mark.CROSS:
            canvas.rectangle(box, self.colour, radius=1.2)
        colour = SURFACE if self is Mark.CROSS else self.colour
        ground = _grown(box, _THICK)
        for draw in _SHAPES[self]:
            canvas.clipped(ground, colour, _THICK, _drawn(draw, box))


_COLOURS: Final = {
    Mark.TICK: SUCCESS,
    Mark.ARROW: INFO,
    Mark.TRIANGLE: WARNING,
    Mark.CROSS: DANGER,
    Mark.DASH: TEXT_MUTED,
}


def _grown(box: Box, by: float) -> Box:
    left, bottom, right, top = box
    return (left - by, bottom - by, right + by, top + by)


def _drawn(draw: _Path, box: Box) -> Callable[[PDFPathObject], None]:
    left, bottom, right, _ = box

    def path(path: PDFPathObject) -> None:
        draw(path, left, bottom, right - left)

    return path


def _ring(path: PDFPathObject, x: float, y: float, side: float) -> None:
    path.circle(x + side / 2, y + side / 2, side / 2)


def _tick(path: PDFPathObject, x: float, y: float, side: float) -> None:
    path.moveTo(x + 0.28 * side, y + 0.50 * side)
    path.lineTo(x + 0.44 * side, y + 0.34 * side)
    path.lineTo(x + 0.74 * side, y + 0.66 * side)


def _arrow(path: PDFPathObject, x: float, y: float, side: float) -> None:
    path.moveTo(x + 0.24 * side, y + 0.5 * side)
    path.lineTo(x + 0.74 * side, y + 0.5 * side)
    path.moveTo(x + 0.54 * side, y + 0.7 * side)
    path.lineTo(x + 0.76 * side, y + 0.5 * side)
    path.lineTo(x + 0.54 * side, y + 0.3 * side)


def _triangle(path: PDFPathObject, x: float, y: float, side: float) -> None:
    path.moveTo(x, y + 0.04 * side)
    path.lineTo(x + side, y + 0.04 * side)
    path.lineTo(x + side / 2, y + 0.96 * side)
    path.close()


def _exclamation(path: PDFPathObject, x: float, y: float, side: float) -> None:
    middle = x + side / 2
    path.moveTo(middle, y + 0.62 * side)
    path.lineTo(middle, y + 0.36 * side)
    path.moveTo(middle, y + 0.25 * side)
    path.lineTo(middle, y + 0.15 * side)


def _cross(path: PDFPathObject, x: float, y: float, side: float) -> None:
    near, far = 0.29 * side, 0.71 * side
    path.moveTo(x + near, y + near)
    path.lineTo(x + far, y + far)
    path.moveTo(x + near, y + far)
    path.lineTo(x + far, y + near)


def _dash(path: PDFPathObject, x: float, y: float, side: float) -> None:
    path.moveTo(x, y + side / 2)
    path.lineTo(x + side, y + side / 2)


_SHAPES: Final[dict[Mark, tuple[_Path, ...]]] = {
    Mark.TICK: (_ring, _tick),
    Mark.ARROW: (_ring, _arrow),
    Mark.TRIANGLE: (_triangle, _exclamation),
    Mark.CROSS: (_cross,),
    Mark.DASH: (_dash,),
}
