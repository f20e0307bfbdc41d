"""Headline figures and short facts that stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tomsapp.reports.layout import Layout, line_slices, space
from tomsapp.reports.marks import MARK_ROOM, Mark
from tomsapp.reports.paging import Draw, Slice
from tomsapp.reports.styles import (
    BORDER,
    BORDER_STRONG,
    CELL,
    FACT_LABEL,
    FIGURE,
    FIGURE_LABEL,
    FIGURE_WORDS,
    TEXT,
    TextStyle,
)
from tomsapp.reports.tags import Element, TaggedCanvas
from tomsapp.reports.text import Content, Line, Typesetter, with_space

_SetColumn = list[tuple[Line, TextStyle]]


@dataclass(frozen=True)
class KeyFigure:
    """A headline figure: what it is, the figure, and its own sum or meaning under it; the label may be empty."""

    label: str
    value: str
    meaning: str

    def styled(self, typesetter: Typesetter, width: float) -> list[tuple[str, TextStyle]]:
        """Its texts, each in its style; the figure is set smaller rather than broken."""
        label = [(self.label, FIGURE_LABEL)] if self.label else []
        value = (self.value, replace(typesetter.fitted(self.value, FIGURE, width), leading=FIGURE.leading))
        return [*label, value, (self.meaning, typesetter.fitted(self.meaning, FIGURE_WORDS, width))]


@dataclass(frozen=True)
class KeyFigures:
    """Headline figures side by side."""

    figures: Sequence[KeyFigure]

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """All figures as one slice; below each other where their words would fill half a page."""
        setter = layout.typesetter
        columns = [_set_figure(figure, setter, 10_000) for figure in self.figures]
        widths = [max(line.width for line, _ in column) for column in columns]
        gaps = len(self.figures) - 1
        gap = min((layout.width - sum(widths)) / gaps, 60.0) if gaps else 0.0
        if gap < 14 or (not gaps and widths[0] > layout.width):
            gap = 14.0
            even = (layout.width - gap * gaps) / len(self.figures)
            columns = [_set_figure(figure, setter, even) for figure in self.figures]
            widths = [even] * len(self.figures)
        height = max(_height(column) for column in columns)
        if height > layout.height / 2:
            return [item for figure in self.figures for item in _told(figure, layout, parent)]
        lefts = [sum(widths[:index]) + gap * index for index in range(len(widths))]
        return [Slice(height, _drawer(columns, lefts, parent), before=2), space(6)]


@dataclass(frozen=True)
class Facts:
    """Short facts side by side under a line, each with its name: status, version, who to ask."""

    facts: Sequence[tuple[str, Content]]

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """All facts as one slice in even columns; below each other where they would fill half a page."""
        gap = 12.0
        even = (layout.width - gap * (len(self.facts) - 1)) / len(self.facts)
        columns = [_set_fact(name, content, layout.typesetter, even) for name, content in self.facts]
        if max(map(_height, columns)) > layout.height / 2:
            told = [pair for name, content in self.facts for pair in ((name, FACT_LABEL), (content, CELL))]
            return [item for content, style in told for item in _paragraph(content, style, layout, parent)]
        lefts = [(even + gap) * index for index in range(len(columns))]
        write = _drawer(columns, lefts, parent)

        def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
            with canvas.artifact():
                canvas.rule(left, left + layout.width, top - 1, BORDER_STRONG, 0.8)
            write(canvas, left, top - 6)

        return [Slice(max(map(_height, columns)) + 6, draw, before=8), space(6)]


def _height(column: _SetColumn) -> float:
    return sum(style.leading for _, style in column)


def _drawer(columns: Sequence[_SetColumn], lefts: Sequence[float], parent: Element) -> Draw:
    elements = [parent.add("P") for _ in columns]

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        for element, column, offset in zip(elements, columns, lefts, strict=True):
            y = top
            for line, style in column:
                canvas.line_of(element, line, left + offset, y - style.baseline)
                y -= style.leading

    return draw


def _told(figure: KeyFigure, layout: Layout, parent: Element) -> list[Slice]:
    styled = figure.styled(layout.typesetter, layout.width)
    return [item for text, style in styled for item in _paragraph(text, style, layout, parent)]


def _paragraph(content: Content, style: TextStyle, layout: Layout, parent: Element) -> list[Slice]:
    lines = layout.typesetter.lines(content, style, layout.width)
    return line_slices(lines, style, parent.add("P"))


def _set_figure(figure: KeyFigure, typesetter: Typesetter, width: float) -> _SetColumn:
    styled = figure.styled(typesetter, width)
    lines = [(line, style) for text, style in styled for line in typesetter.lines(text, style, width)]
    return [(with_space(line), style) for line, style in lines]


def _set_fact(name: str, content: Content, typesetter: Typesetter, width: float) -> _SetColumn:
    fitted = typesetter.fitted(content, CELL, width)
    lines = [(line, FACT_LABEL) for line in typesetter.lines(name, FACT_LABEL, width)]
    lines += [(line, fitted) for line in typesetter.lines(content, fitted, width)]
    return [(with_space(line), style) for line, style in lines]


@dataclass(frozen=True, slots=True)
class GridFigure:
    """A figure of a grid: what it is, the figure or none, and lines under it, each perhaps after a mark."""

    label: str
    value: str
    lines: Sequence[tuple[Content, Mark | None]] = ()


@dataclass(frozen=True)
class FigureGrid:
    """Headline figures two by two, with lines between them."""

    figures: Sequence[GridFigure]

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """A slice for each two figures, read one after the other."""
        made: list[Slice] = []
        for index in range(0, len(self.figures), 2):
            pair = self.figures[index : index + 2]
            made.append(_grid_row(pair, layout, parent, is_first=index == 0))
        return [*made, space(8)]


_GRID_GAP = 14.0
_GRID_PAD = 5.0
_GRID_WORDS = replace(FIGURE_WORDS, colour=TEXT, size=10.0, leading=13.0)
"""What stands after a mark is read as a figure, not as a note to one."""

_GridLine = tuple[Line, TextStyle, Element, Mark | None]


def _grid_row(figures: Sequence[GridFigure], layout: Layout, parent: Element, *, is_first: bool) -> Slice:
    middle = layout.width * 0.54
    widths = (middle - _GRID_GAP, layout.width - middle - _GRID_GAP)
    columns = [
        _grid_cell(figure, layout.typesetter, width, parent) for figure, width in zip(figures, widths, strict=False)
    ]
    height = max(sum(style.leading for _, style, _, _ in column) for column in columns) + 2 * _GRID_PAD

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        with canvas.artifact():
            if is_first:
                canvas.rule(left, left + layout.width, top, BORDER_STRONG, 0.8)
            canvas.rule(left, left + layout.width, top - height, BORDER, 0.6)
            canvas.upright(left + middle, top - height, top, BORDER, 0.6)
        for column, start in zip(columns, (left, left + middle + _GRID_GAP), strict=False):
            _draw_grid_cell(canvas, column, start, top - _GRID_PAD)

    return Slice(height, draw, before=4 if is_first else 0)


def _grid_cell(figure: GridFigure, setter: Typesetter, width: float, parent: Element) -> list[_GridLine]:
    told: list[tuple[Content, TextStyle, Mark | None]] = [(figure.label, FIGURE_LABEL, None)]
    if figure.value:
        value = replace(setter.fitted(figure.value, FIGURE, width), leading=FIGURE.leading)
        told.append((figure.value, value, None))
    told += [
        (content, setter.fitted(content, _GRID_WORDS if mark else FIGURE_WORDS, width), mark)
        for content, mark in figure.lines
    ]
    lines: list[_GridLine] = []
    for content, style, mark in told:
        element = parent.add("P")
        made = setter.lines(content, style, width - (MARK_ROOM if mark else 0))
        lines += [(with_space(line), style, element, mark if index == 0 else None) for index, line in enumerate(made)]
    return lines


def _draw_grid_cell(canvas: TaggedCanvas, column: Sequence[_GridLine], left: float, top: float) -> None:
    y = top
    for line, style, element, mark in column:
        x = left
        if mark is not None:
            with canvas.artifact():
                mark.draw(canvas, left, y - style.leading / 2)
            x += MARK_ROOM + 1.5
        canvas.line_of(element, line, x, y - style.baseline)
        y -= style.leading
