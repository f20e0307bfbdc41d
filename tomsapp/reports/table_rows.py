"""Sets the rows of a table: breaks cells into lines, and draws them with their tags."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from tomsapp.reports.charts import fill_series
from tomsapp.reports.flowables import Layout
from tomsapp.reports.paging import Draw, Slice
from tomsapp.reports.styles import (
    BORDER,
    BORDER_STRONG,
    CELL_HEAD,
    SEMIBOLD,
    SUM_STRONG,
    SURFACE_ALT,
    TextStyle,
    series,
)
from tomsapp.reports.table_model import Cell, Column, Part, Row, RowKind, TableLook
from tomsapp.reports.tags import Element, TaggedCanvas
from tomsapp.reports.text import Line, with_space

SWATCH = 13.0
_SWATCH_ROOM = 19.0


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line in a cell: where it begins from the table's left edge, and its style."""

    line: Line
    left: float
    style: TextStyle


@dataclass(frozen=True, slots=True)
class SetCell:
    """The lines of a cell, its element in the structure, and its swatch with the place of it."""

    element: Element
    lines: Sequence[SetLine]
    linked: bool = False
    swatch: int | None = None
    swatch_left: float = 0.0

    @property
    def height(self) -> float:
        """Height of the lines in points."""
        return sum(item.style.leading for item in self.lines)


@dataclass(frozen=True, slots=True)
class Head:
    """The head row as it is read once, and as it is drawn again on later pages."""

    first: Slice
    again: Slice


class RowSetter:
    """Sets rows into the columns of one table."""

    def __init__(self, columns: Sequence[Column], look: TableLook, layout: Layout) -> None:
        self._columns = columns
        self._look = look
        self._layout = layout
        total = sum(column.share for column in columns)
        shares = accumulate((column.share for column in columns), initial=0)
        self._edges = [layout.width * share / total for share in shares]
        self._room = layout.height

    def head(self, parent: Element) -> Head:
        """The head row; it is an artifact where it repeats."""
        line = parent.add("TR")
        cells = [
            self._cell(Cell((Part(column.head, CELL_HEAD),)), index, line.add("TH", scope="Column"))
            for index, column in enumerate(self._columns)
        ]
        height = self._height(cells)
        self._room = self._layout.height - height
        width = self._layout.width

        def rule(canvas: TaggedCanvas, left: float, top: float) -> None:
            with canvas.artifact():
                canvas.rule(left, left + width, top - height, BORDER_STRONG, 0.8)

        def first(canvas: TaggedCanvas, left: float, top: float) -> None:
            rule(canvas, left, top)
            self._draw_cells(canvas, cells, left, top, height)

        def again(canvas: TaggedCanvas, left: float, top: float) -> None:
            rule(canvas, left, top)
            with canvas.artifact("Pagination"):
                for cell in cells:
                    canvas.text(self._placed(cell, left, top, height))

        return Head(Slice(height, first, keep=True), Slice(height, again))

    def row(self, row: Row, parent: Element) -> list[Slice]:
        """The row as one slice, or several where it is taller than a page."""
        line = parent.add("TR")
        cells: list[SetCell] = []
        index = 0
        for value in row.cells:
            cell = value if isinstance(value, Cell) else None
            element = self._element(line, index, row.kind, cell.span if cell else 1)
            cells.append(self._cell(self._styled(value, row.kind), index, element))
            index += cell.span if cell else 1
        height = self._height(cells)
        if height <= self._room:
            return [Slice(height, self._drawer(cells, height, row.kind))]
        return self._in_pieces(cells, row.kind)

    def _element(self, line: Element, index: int, kind: RowKind, span: int) -> Element:
        names_row = self._columns[index].row_head or (index == 0 and kind is not RowKind.BODY)
        return line.add("TH" if names_row else "TD", scope="Row" if names_row else "", span=span)

    def _styled(self, value: str | Cell, kind: RowKind) -> Cell:
        if isinstance(value, Cell):
            return value
        style = self._look.style
        if kind is not RowKind.BODY:
            style = replace(style, face=SEMIBOLD)
        return Cell((Part(value, style),))

    def _cell(self, cell: Cell, index: int, element: Element) -> SetCell:
        gap = self._look.side_gap
        left, right = self._edges[index] + gap, self._edges[index + cell.span] - gap
        swatch_left = left
        if cell.swatch is not None:
            left += _SWATCH_ROOM
        if not self._look.ruled and index + cell.span < len(self._columns):
            right -= 8
        lines: list[SetLine] = []
        to_right = cell.span == 1 and self._columns[index].right
        last = len(cell.parts) - 1
        for number, part in enumerate(cell.parts):
            made = self._layout.typesetter.lines(part.content, part.style, right - left)
            if number < last:
                made[-1] = with_space(made[-1])
            lines += [SetLine(line, right - line.width if to_right else left, part.style) for line in made]
        linked = any(part.look.address for item in lines for part in item.line.fragments)
        return SetCell(element, lines, linked, cell.swatch, swatch_left)

    def _height(self, cells: Sequence[SetCell]) -> float:
        return max(cell.height for cell in cells) + 2 * self._look.leading_gap

    def _in_pieces(self, cells: Sequence[SetCell], kind: RowKind) -> list[Slice]:
        """Cut a row that is taller than a page between its lines."""
        chunks = [_chunks(cell, self._room - 2 * self._look.leading_gap) for cell in cells]
        count = max(map(len, chunks))
        slices = []
        for number in range(count):
            part = [
                replace(
                    cell,
                    lines=own[number] if number < len(own) else (),
                    swatch=None if number else cell.swatch,
                )
                for cell, own in zip(cells, chunks, strict=True)
            ]
            height = self._height(part)
            slices.append(Slice(height, self._drawer(part, height, kind)))
        return slices

    def _drawer(self, cells: Sequence[SetCell], height: float, kind: RowKind) -> Draw:
        def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
            self._decorate(canvas, cells, left, top, height, kind)
            self._draw_cells(canvas, cells, left, top, height)

        return draw

    def _decorate(
        self,
        canvas: TaggedCanvas,
        cells: Sequence[SetCell],
        left: float,
        top: float,
        height: float,
        kind: RowKind,
    ) -> None:
        right, bottom = left + self._layout.width, top - height
        if not self._look.ruled:
            return
        with canvas.artifact():
            if kind is RowKind.GROUP:
                canvas.rectangle((left, bottom, right, top), SURFACE_ALT)
            if kind is RowKind.TOTAL:
                canvas.rule(left, right, top, BORDER_STRONG, 0.8)
            canvas.rule(left, right, bottom, BORDER, 0.4)
            for cell in cells:
                if cell.swatch is not None and cell.lines:
                    middle = self._first_top(cell, top, height) - cell.lines[0].style.leading / 2
                    x = left + cell.swatch_left - 1
                    box = (x, middle - SWATCH / 2, x + SWATCH, middle + SWATCH / 2)
                    fill_series(canvas, box, series(cell.swatch), radius=2)

    def _first_top(self, cell: SetCell, top: float, height: float) -> float:
        """The top of a cell's first line."""
        return top - ((height - cell.height) / 2 if self._look.middle else self._look.leading_gap)

    def _draw_cells(
        self, canvas: TaggedCanvas, cells: Sequence[SetCell], left: float, top: float, height: float
    ) -> None:
        for cell in cells:
            placed = self._placed(cell, left, top, height)
            if cell.linked:
                for line, x, baseline in placed:
                    canvas.line_of(cell.element, line, x, baseline)
            elif placed:
                with canvas.marked(cell.element):
                    canvas.text(placed)

    def _placed(
        self, cell: SetCell, left: float, top: float, height: float
    ) -> list[tuple[Line, float, float]]:
        placed: list[tuple[Line, float, float]] = []
        y = self._first_top(cell, top, height)
        if cell.swatch is not None and cell.lines:
            placed.append(self._swatch_number(cell, left, y))
        for item in cell.lines:
            if item.line.fragments:
                placed.append((item.line, left + item.left, y - item.style.baseline))
            y -= item.style.leading
        return placed

    def _swatch_number(self, cell: SetCell, left: float, top: float) -> tuple[Line, float, float]:
        number = cell.swatch or 0
        style = replace(SUM_STRONG, colour=series(number).on_fill, leading=cell.lines[0].style.leading)
        line = with_space(self._layout.typesetter.one_line(str(number), style, SWATCH))
        x = left + cell.swatch_left - 1 + (SWATCH - line.width) / 2
        return line, x, top - style.baseline


def _chunks(cell: SetCell, room: float) -> list[list[SetLine]]:
    """The lines of a cell in portions that each fit into the room."""
    chunks: list[list[SetLine]] = [[]]
    used = 0.0
    for item in cell.lines:
        if used + item.style.leading > room and chunks[-1]:
            chunks.append([])
            used = 0.0
        chunks[-1].append(item)
        used += item.style.leading
    return chunks
