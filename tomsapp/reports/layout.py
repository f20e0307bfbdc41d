"""What every block of a story shares: the room it has, and the slices of its lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tomsapp.reports.paging import Draw, Slice, draw_nothing
from tomsapp.reports.styles import TextStyle
from tomsapp.reports.tags import Element, TaggedCanvas
from tomsapp.reports.text import Line, Typesetter


@dataclass(frozen=True)
class Layout:
    """What a block needs to lay itself out: the typesetter, the room, and who wants to hear of progress."""

    typesetter: Typesetter
    width: float
    height: float
    tick: Callable[[], None]


class Block(Protocol):
    """A part of the story: adds its elements to the parent and gives its slices."""

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """Slices from top to bottom, for the width of the layout."""
        ...


def line_slices(lines: Sequence[Line], style: TextStyle, element: Element, indent: float = 0) -> list[Slice]:
    """One slice a line; three lines stay together at the start of a paragraph and two at its end."""
    count = len(lines)
    return [
        Slice(
            style.leading,
            line_drawer(element, line, style, indent),
            before=style.before if index == 0 else 0,
            keep=index < count - 1 and (index < 2 or index == count - 2),
        )
        for index, line in enumerate(lines)
    ]


def line_drawer(element: Element, line: Line, style: TextStyle, indent: float) -> Draw:
    """What draws a line of an element, moved in by `indent` points."""

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.line_of(element, line, left + indent, top - style.baseline)

    return draw


def space(height: float, *, keep: bool = False) -> Slice:
    """White space that counts at the top of a page only inside a panel."""
    return Slice(0, draw_nothing, before=height, keep=keep)


def hold(slices: Sequence[Slice]) -> None:
    """Keep the last content of a story, and the space after it, with what follows, where that fits a page."""
    for item in reversed(slices):
        item.wish = True
        if item.height:
            return


def stacked(parts: Sequence[Slice]) -> Slice:
    """Slices over each other as one."""
    if len(parts) == 1:
        return parts[0]

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        for part in parts:
            part.draw(canvas, left, top)
            top -= part.height

    return Slice(sum(part.height for part in parts), draw)
