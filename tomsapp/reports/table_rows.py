"""Sets the rows of a table: widths of columns, lines of cells, pieces of rows that fill a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from tomsapp.reports.flowables import Layout
from tomsapp.reports.fonts import SEMIBOLD
from tomsapp.reports.paging import Slice
from tomsapp.reports.styles import CELL_HEAD, SUM_STRONG, series
from tomsapp.reports.table_draw import SWATCH, SWATCH_ROOM, SetCell, SetLine, SetRow, Swatch
from tomsapp.reports.table_model import Cell, Column, Part, Row, RowKind, TableLook
from tomsapp.reports.tags import Element
from tomsapp.reports.text import PageRun, Run, Typesetter, with_space

_GUTTER = 8.0
"""White space between the columns of a table without rules, in points."""

_TALLEST_HEAD = 1 / 3
"""The part of a page that a repeated head may fill."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head row as it is read once, and as it is drawn again on later pages, unless it is too tall."""

    first: Sequence[Slice]
    again: Slice | None


class RowSetter:
    """Sets rows into the columns of one table."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], look: TableLook, layout: Layout) -> None:
        self._columns = columns
        self._look = look
        self._typesetter = layout.typesetter
        self._width = layout.width
        self._room = layout.height
        self._strong = replace(look.style, face=SEMIBOLD)
        least = self._least_widths(rows)
        widths = share_widths([column.share for column in columns], least, layout.width)
        self._edges = list(accumulate(widths, initial=0.0))

    def head(self, parent: Element) -> Head:
        """The head row; it is an artifact where it repeats, and over a third of a page it does not repeat."""
        line = parent.add("TR")
        cells = [
            self._cell(Cell((Part(column.head, CELL_HEAD),)), index, line.add("TH", scope="Column"))
            for index, column in enumerate(self._columns)
        ]
        row = SetRow(cells, RowKind.BODY, self._width, self._look)
        if row.height > self._room * _TALLEST_HEAD:
            pieces = self._pieces(row)
            return Head([Slice(piece.height, piece.draw_head, keep=True) for piece in pieces], None)
        self._room -= row.height
        return Head([Slice(row.height, row.draw_head, keep=True)], Slice(row.height, row.draw_head_again))

    def row(self, row: Row, parent: Element) -> list[Slice]:
        """The row as one slice, or several where it is taller than a page."""
        line = parent.add("TR")
        cells: list[SetCell] = []
        index = 0
        for value in row.cells:
            cell = self._as_cell(value, row.kind)
            cells.append(self._cell(cell, index, self._element(line, index, row.kind, cell.span)))
            index += cell.span
        whole = SetRow(cells, row.kind, self._width, self._look, row.joined)
        pieces = [whole] if whole.height <= self._room else self._pieces(whole)
        return [Slice(piece.height, piece.draw) for piece in pieces]

    def _element(self, line: Element, index: int, kind: RowKind, span: int) -> Element:
        names_row = self._columns[index].row_head or (index == 0 and kind is not RowKind.BODY)
        return line.add("TH" if names_row else "TD", scope="Row" if names_row else "", span=span)

    def _as_cell(self, value: str | Cell, kind: RowKind) -> Cell:
        if isinstance(value, Cell):
            return value
        return Cell((Part(value, self._look.style if kind is RowKind.BODY else self._strong),))

    def _cell(self, cell: Cell, index: int, element: Element) -> SetCell:
        left, right = self._inner_edges(index, cell.span)
        swatch = self._swatch(cell, left) if cell.swatch is not None else None
        if swatch is not None:
            left += SWATCH_ROOM
        to_right = cell.span == 1 and self._columns[index].right
        lines: list[SetLine] = []
        for number, part in enumerate(cell.parts, start=1):
            made = self._typesetter.lines(part.content, part.style, right - left)
            if number < len(cell.parts):
                made[-1] = with_space(made[-1])
            lines += [SetLine(line, right - line.width if to_right else left, part.style) for line in made]
        linked = any(part.look.address for item in lines for part in item.line.fragments)
        return SetCell(element, lines, linked, swatch)

    def _inner_edges(self, index: int, span: int) -> tuple[float, float]:
        gap = self._look.side_gap
        left, right = self._edges[index] + gap, self._edges[index + span] - gap
        between = not self._look.ruled and index + span < len(self._columns)
        return left, right - _GUTTER if between else right

    def _swatch(self, cell: Cell, left: float) -> Swatch:
        number = cell.swatch or 0
        leading = cell.parts[0].style.leading
        style = replace(SUM_STRONG, colour=series(number).on_fill, leading=leading)
        line = with_space(self._typesetter.one_line(str(number), style, SWATCH))
        return Swatch(number, line, style, left - 1)

    def _pieces(self, row: SetRow) -> list[SetRow]:
        """Cut a row that is taller than a page between its lines."""
        chunks = [_chunks(cell, self._room - 2 * self._look.line_gap) for cell in row.cells]
        pieces = []
        for number in range(max(map(len, chunks))):
            cells = [
                replace(
                    cell,
                    lines=own[number] if number < len(own) else (),
                    swatch=None if number else cell.swatch,
                )
                for cell, own in zip(row.cells, chunks, strict=True)
            ]
            pieces.append(replace(row, cells=cells))
        return pieces

    def _least_widths(self, rows: Sequence[Row]) -> list[float]:
        """What each column needs so that no figure in it, and no word of its head, is broken."""
        setter, gaps = self._typesetter, 2 * self._look.side_gap
        least = [_widest(setter, Part(" ".join(column.head.split()), CELL_HEAD)) for column in self._columns]
        for row in rows:
            index = 0
            for value in row.cells:
                cell = self._as_cell(value, row.kind)
                if cell.span == 1 and self._columns[index].right:
                    least[index] = max(least[index], *(_widest(setter, part) for part in cell.parts))
                index += cell.span
        return [width + gaps + 0.1 for width in least]


def _widest(typesetter: Typesetter, part: Part) -> float:
    """The widest word of a paragraph in points."""
    face, size = typesetter.look(part.style).face, part.style.size
    runs = [Run(part.content)] if isinstance(part.content, str) else part.content
    texts = [run.text for run in runs if not isinstance(run, PageRun)]
    words = (word for text in texts for word in typesetter.clean(text).split())
    return max((face.width(word, size) for word in words), default=0.0)


def share_widths(shares: Sequence[int], least: Sequence[float], width: float) -> list[float]:
    """Divide a width by shares, but give each column its least width while that leaves room for the rest."""
    if sum(least) > width:
        total = sum(shares)
        return [width * share / total for share in shares]
    fixed: set[int] = set()
    while True:
        free = [index for index in range(len(shares)) if index not in fixed]
        room = width - sum(least[index] for index in fixed)
        total = sum(shares[index] for index in free)
        short = {index for index in free if room * shares[index] / total < least[index]}
        if not short:
            break
        fixed |= short
    return [least[index] if index in fixed else room * share / total for index, share in enumerate(shares)]


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
