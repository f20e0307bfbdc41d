"""Draws a set row of a table: ground, rules, swatches and tagged cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from tomsapp.reports.fills import fill_swatch
from tomsapp.reports.marks import Mark
from tomsapp.reports.styles import BORDER, BORDER_STRONG, SURFACE_ALT, TextStyle, series
from tomsapp.reports.table_model import RowKind, TableLook
from tomsapp.reports.tags import Element, TaggedCanvas
from tomsapp.reports.text import Line

SWATCH: Final = 13.0
SWATCH_ROOM: Final = 19.0
"""Side of a swatch, and the room it takes before the text, in points."""


@dataclass(frozen=True, slots=True)
class Swatch:
    """A theme's number, set, with its place from the left edge of the table."""

    number: int
    line: Line
    style: TextStyle
    left: float


@dataclass(frozen=True, slots=True)
class SetMark:
    """A mark with the number of the line before which it stands, and its place from the left edge of the table."""

    mark: Mark
    line: int
    left: float


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line in a cell: where it begins from the table's left edge, its style and its element in the structure.

    `right` is where it ends instead, for cells that are set to the right.
    """

    line: Line
    left: float
    style: TextStyle
    element: Element
    right: float | None = None


@dataclass(frozen=True, slots=True)
class SetCell:
    """The lines of a cell, its element in the structure, swatch and marks; each paragraph may be an element in it."""

    element: Element
    lines: Sequence[SetLine]
    swatch: Swatch | None = None
    marks: Sequence[SetMark] = ()

    @property
    def height(self) -> float:
        """Height of the lines in points."""
        return sum(item.style.leading for item in self.lines)


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row, or a piece of one, that is ready to be drawn."""

    cells: Sequence[SetCell]
    kind: RowKind
    width: float
    look: TableLook
    joined: bool = False

    @property
    def height(self) -> float:
        """Height with the white space above and below, in points."""
        return max(cell.height for cell in self.cells) + 2 * self.look.line_gap

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw decoration as artifacts and each cell for its element."""
        if self.look.ruled:
            with canvas.artifact():
                self._decorate(canvas, left, top)
        self._draw_cells(canvas, left, top)

    def _draw_cells(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        for cell in self.cells:
            for _, group in groupby(self._placed(canvas, cell, left, top), key=lambda placed: id(placed[0])):
                self._draw_lines(canvas, list(group))

    @staticmethod
    def _draw_lines(canvas: TaggedCanvas, placed: "list[_Placed]") -> None:
        """Draw the lines of one paragraph."""
        element = placed[0][0]
        if any(fragment.look.is_link for _, line, _, _ in placed for fragment in line.fragments):
            for _, line, x, baseline in placed:
                canvas.line_of(element, line, x, baseline)
        else:
            with canvas.marked(element):
                canvas.text([(line, x, baseline) for _, line, x, baseline in placed])

    def draw_head(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw the head row where the table begins."""
        with canvas.artifact():
            canvas.rule(left, left + self.width, top - self.height, BORDER_STRONG, 0.8)
        self._draw_cells(canvas, left, top)

    def draw_head_again(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw the head row on a later page, where it is not read again."""
        with canvas.artifact("Pagination"):
            canvas.rule(left, left + self.width, top - self.height, BORDER_STRONG, 0.8)
            self._write(canvas, left, top)

    def draw_again(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw the name of a group again on a later page, where it is not read again."""
        with canvas.artifact("Pagination"):
            self._decorate(canvas, left, top)
            self._write(canvas, left, top)

    def _write(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        for cell in self.cells:
            canvas.text([(line, x, baseline) for _, line, x, baseline in self._placed(canvas, cell, left, top)])

    def _decorate(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        right, bottom = left + self.width, top - self.height
        if self.kind is RowKind.GROUP:
            canvas.rectangle((left, bottom, right, top), SURFACE_ALT)
        if self.kind is RowKind.TOTAL:
            canvas.rule(left, right, top, BORDER_STRONG, 0.8)
        if not self.joined:
            canvas.rule(left, right, bottom, BORDER, 0.4)
        for cell in self.cells:
            if cell.swatch is not None:
                middle = self._first_top(cell, top) - cell.lines[0].style.leading / 2
                x = left + cell.swatch.left
                box = (x, middle - SWATCH / 2, x + SWATCH, middle + SWATCH / 2)
                fill_swatch(canvas, box, series(cell.swatch.number))
            self._draw_marks(canvas, cell, left, self._first_top(cell, top))

    @staticmethod
    def _draw_marks(canvas: TaggedCanvas, cell: SetCell, left: float, top: float) -> None:
        for each in cell.marks:
            above = sum(item.style.leading for item in cell.lines[: each.line])
            each.mark.draw(canvas, left + each.left, top - above - cell.lines[each.line].style.leading / 2)

    def _first_top(self, cell: SetCell, top: float) -> float:
        return top - ((self.height - cell.height) / 2 if self.look.middle else self.look.line_gap)

    def _placed(self, canvas: TaggedCanvas, cell: SetCell, left: float, top: float) -> "list[_Placed]":
        """Lines with their elements, left ends and base lines on the page."""
        placed: list[_Placed] = []
        y = self._first_top(cell, top)
        if cell.swatch is not None:
            swatch = cell.swatch
            x = left + swatch.left + (SWATCH - swatch.line.width) / 2
            element = cell.lines[0].element if cell.lines else cell.element
            placed.append((element, swatch.line, x, y - swatch.style.baseline))
        for item in cell.lines:
            if item.line.fragments:
                line = canvas.resolved(item.line)
                start = item.left if item.right is None else item.right - line.width
                placed.append((item.element, line, left + start, y - item.style.baseline))
            y -= item.style.leading
        return placed


_Placed = tuple[Element, Line, float, float]
"""An element, a line of it, and the left end and base line on the page."""
