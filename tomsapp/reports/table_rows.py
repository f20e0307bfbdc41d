"""Sets the rows of a table: widths of columns, lines of cells, pieces of rows that fill a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import assert_never

from tomsapp.reports.cell_names import CellNamer
from tomsapp.reports.fonts import SEMIBOLD
from tomsapp.reports.layout import Layout, stacked
from tomsapp.reports.marks import MARK_ROOM
from tomsapp.reports.paging import Slice
from tomsapp.reports.styles import CELL_HEAD, SUM_STRONG, TextStyle, series
from tomsapp.reports.table_draw import SWATCH, SWATCH_ROOM, SetCell, SetLine, SetMark, SetRow, Swatch
from tomsapp.reports.table_model import Cell, Column, Part, Row, RowKind, TableLook
from tomsapp.reports.tags import Element
from tomsapp.reports.text import Content, Line, Run, with_space

_GUTTER = 8.0
"""White space between the columns of a table without rules, in points."""

_TALLEST_HEAD = 1 / 3
"""The part of a page that a repeated head may fill."""

_TALLEST_NAME = 1 / 8
"""The part of a page that the repeated name of a group may fill."""

_LEAST_SCALE = 0.75
"""How small the type of a whole table becomes, so that its figures fit."""

_WIDEST_WORD = 0.2
"""The part of the width that a word, other than a figure, may claim for its column."""

_LONG = 300
"""A text of more characters than these has no say in how wide its column is."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head row as it is read once, and as it is drawn again on later pages, unless it is too tall."""

    first: Sequence[Slice]
    again: Slice | None


class Overhead:
    """What is drawn again above the rows of a table that go on over the page: its head, group and head of a block."""

    def __init__(self, head: Slice | None) -> None:
        self._head = head
        self._named: dict[RowKind, Slice] = {}

    @property
    def height(self) -> float:
        """Height of what is drawn again under the head of the table, in points."""
        return sum(item.height for item in self._named.values())

    def close(self, kind: RowKind) -> None:
        """End what a row of this kind ends."""
        match kind:
            case RowKind.GROUP | RowKind.TOTAL:
                self._named.clear()
            case RowKind.HEAD:
                self._named.pop(RowKind.HEAD, None)
            case RowKind.BODY:
                pass
            case _:
                assert_never(kind)

    def open(self, kind: RowKind, again: Slice | None) -> None:
        """Begin what a row of this kind begins."""
        if again is not None:
            self._named[kind] = again

    def slice(self) -> Slice | None:
        """All of it as one slice."""
        parts = [item for item in (self._head, *self._named.values()) if item is not None]
        return stacked(parts) if parts else None


class Ruler:
    """The columns of one table as all of its rows need them: their edges, and how small its type is set."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], look: TableLook, layout: Layout) -> None:
        self.columns = columns
        self.look = look
        self.layout = layout
        self.strong = replace(look.style, face=SEMIBOLD)
        self._scale = 1.0
        self._sized: dict[TextStyle, TextStyle] = {}
        self._keeps_whole = True
        least = self._least_widths(rows)
        if sum(least) > layout.width:
            # A text that is to stay whole has its room only as long as no figure needs it.
            self._keeps_whole = False
            least = self._least_widths(rows)
        while sum(least) > layout.width and self._scale > _LEAST_SCALE:
            # The type of the whole table shrinks, to a floor, before any figure is set smaller than the others. White
            # space does not shrink, so that it may take more than one step.
            self._scale = max(self._scale * layout.width / sum(least), _LEAST_SCALE)
            self._sized.clear()
            least = self._least_widths(rows)
        widths = share_widths([column.share for column in columns], least, layout.width)
        self.edges = list(accumulate(widths, initial=0.0))

    def as_cell(self, value: str | Cell, kind: RowKind) -> Cell:
        """A cell of a row; plain text is in the style of the table, or strong."""
        if isinstance(value, Cell):
            return value
        return Cell((Part(value, self.look.style if kind is RowKind.BODY else self.strong),))

    def scaled(self, style: TextStyle) -> TextStyle:
        """A style in the size that this table has room for."""
        if self._scale == 1.0:
            return style
        if style not in self._sized:
            self._sized[style] = replace(style, size=style.size * self._scale, leading=style.leading * self._scale)
        return self._sized[style]

    def _least_widths(self, rows: Sequence[Row]) -> list[float]:
        """What each column needs so that no figure in it, and no ordinary word of its head, is broken."""
        gaps = 2 * self.look.side_gap
        heads = [Part(" ".join(column.head.split()), CELL_HEAD) for column in self.columns]
        least = [self._widest(head, words=True) for head in heads]
        for row in rows:
            index = 0
            for value in row.cells:
                cell = self.as_cell(value, row.kind)
                if cell.span == 1:
                    words = self.columns[index].right or self.columns[index].words
                    room = SWATCH_ROOM if cell.swatch is not None else MARK_ROOM if cell.has_marks else 0.0
                    wide = max((self._widest(part, words=words) for part in cell.parts), default=0.0)
                    least[index] = max(least[index], wide + room)
                index += cell.span
        return [width + gaps + 0.1 for width in least]

    def _widest(self, part: Part, *, words: bool) -> float:
        """The widest figure, or else the widest word or unbroken text up to a limit, in points.

        A long text is left to its own line filling.
        """
        style = self.scaled(part.style)
        if isinstance(part.content, str) and len(part.content) > _LONG:
            return 0.0
        widest = self.layout.typesetter.widest_figure(part.content, style)
        limit = self.layout.width * _WIDEST_WORD
        if self._keeps_whole:
            widest = max(widest, min(self.layout.typesetter.widest_whole(part.content, style), limit))
        if not words:
            return widest
        return max(widest, min(self.layout.typesetter.widest_figure(part.content, style, words=True), limit))


class RowSetter:
    """Sets rows into the columns of one table; `name` is given where each cell names the heads it stands under."""

    def __init__(self, ruler: Ruler, name: str = "") -> None:
        self._ruler = ruler
        self._columns = ruler.columns
        self._look = ruler.look
        self._typesetter = ruler.layout.typesetter
        self._width = ruler.layout.width
        self._room = ruler.layout.height
        self._namer = CellNamer(ruler.columns, name)
        self._edges = ruler.edges

    def head(self, parent: Element) -> Head:
        """The head row; it is an artifact where it repeats, and over a third of a page it does not repeat."""
        line = parent.add("TR")
        cells = [
            self._cell(Cell((Part(column.head, CELL_HEAD),)), index, self._namer.head(line, index))
            for index, column in enumerate(self._columns)
        ]
        row = SetRow(cells, RowKind.BODY, self._width, self._look)
        if row.height > self._room * _TALLEST_HEAD:
            pieces = self._pieces(row, self._room)
            return Head([Slice(piece.height, piece.draw_head, keep=True) for piece in pieces], None)
        self._room -= row.height
        return Head([Slice(row.height, row.draw_head, keep=True)], Slice(row.height, row.draw_head_again))

    def row(self, row: Row, parent: Element, above: float = 0.0) -> list[Slice]:
        """The row as one slice, or several where it is taller than a page; `above` is drawn again over each."""
        line = parent.add("TR")
        self._namer.begin(row.kind)
        cells: list[SetCell] = []
        index = 0
        for value in row.cells:
            cell = self._ruler.as_cell(value, row.kind)
            is_empty = not any(part.content for part in cell.parts)
            element = self._namer.cell(line, index, row.kind, cell.span, is_empty=is_empty)
            cells.append(self._cell(cell, index, element))
            index += cell.span
        whole = SetRow(cells, row.kind, self._width, self._look, row.joined)
        room = self._room - above
        pieces = [whole] if whole.height <= room else self._pieces(whole, room)
        return [Slice(piece.height, piece.draw) for piece in pieces]

    def again(self, row: Row) -> Slice | None:
        """The name of a group or block as it stands on a page on which its rows go on; None for other rows."""
        if row.kind not in {RowKind.GROUP, RowKind.HEAD}:
            return None
        first = self._ruler.as_cell(row.cells[0], row.kind)
        part = first.parts[0]
        content: Content = f"{row.continued} (continued)"
        if not row.continued:
            runs = [Run(part.content)] if isinstance(part.content, str) else part.content
            content = [*runs, Run(" (continued)")]
        cell = Cell((Part(content, part.style),), len(self._columns), first.swatch)
        named = SetRow([self._cell(cell, 0, Element("TD"))], row.kind, self._width, self._look)
        # A name that fills lines and lines would leave no room for its rows.
        return Slice(named.height, named.draw_again) if named.height <= self._room * _TALLEST_NAME else None

    def _cell(self, cell: Cell, index: int, element: Element) -> SetCell:
        left, right = self._inner_edges(index, cell.span)
        swatch = self._swatch(cell, left) if cell.swatch is not None else None
        if swatch is not None:
            left += SWATCH_ROOM
        if cell.has_marks:
            left += MARK_ROOM
        to_right = cell.span == 1 and self._columns[index].right
        lines: list[SetLine] = []
        marks: list[SetMark] = []
        paragraphs = [(part, *item) for part in cell.parts for item in self._paragraphs(part, right - left)]
        marked: Part | None = None
        for number, (part, made, style) in enumerate(paragraphs, start=1):
            if part.mark is not None and part is not marked:
                marks.append(SetMark(part.mark, len(lines), left - MARK_ROOM))
                marked = part
            if number < len(paragraphs):
                made[-1] = with_space(made[-1])
            owner = element if len(paragraphs) == 1 else element.add("P")
            edge = right if to_right else None
            lines += [SetLine(line, left, style, owner, edge) for line in made]
        return SetCell(element, lines, swatch, marks)

    def _paragraphs(self, part: Part, width: float) -> list[tuple[list[Line], TextStyle]]:
        """The lines of each paragraph of a part, in a smaller type where a figure would be broken."""
        style = self._ruler.scaled(part.style)
        made = self._typesetter.paragraphs(part.content, style, width)
        if any(len(lines) > 1 for lines in made):
            fitted = self._typesetter.fitted(part.content, style, width)
            if fitted is not style:
                style, made = fitted, self._typesetter.paragraphs(part.content, fitted, width)
        return [(lines, style) for lines in made]

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

    def _pieces(self, row: SetRow, room: float) -> list[SetRow]:
        """Cut a row that is taller than a page between its lines."""
        chunks = [_chunks(cell, room - 2 * self._look.line_gap) for cell in row.cells]
        pieces = []
        for number in range(max(map(len, chunks))):
            cells = [
                replace(
                    cell,
                    lines=own[number] if number < len(own) else (),
                    swatch=None if number else cell.swatch,
                    marks=() if number else [each for each in cell.marks if each.line < len(own[0])],
                )
                for cell, own in zip(row.cells, chunks, strict=True)
            ]
            pieces.append(replace(row, cells=cells))
        return pieces


def share_widths(shares: Sequence[int], least: Sequence[float], width: float) -> list[float]:
    """Divide a width by shares, but give each column its least width.

    Where there is not room for all, those that need little have it and the others share what is left.
    """
    if sum(least) > width:
        widths = [0.0] * len(least)
        left = width
        order = sorted(range(len(least)), key=least.__getitem__)
        for number, index in enumerate(order):
            widths[index] = min(least[index], left / (len(order) - number))
            left -= widths[index]
        return widths
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
