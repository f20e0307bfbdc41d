"""Headline figures and short facts that stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tomsapp.reports.layout import Layout, line_slices, space
from tomsapp.reports.paging import Draw, Slice
from tomsapp.reports.styles import (
    BORDER_STRONG,
    CELL,
    FACT_LABEL,
    FIGURE,
    FIGURE_LABEL,
    FIGURE_WORDS,
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
