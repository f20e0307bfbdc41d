"""What every block of a story shares: the room it has, and the slices of its lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from tomsapp.reports.paging import Draw, Slice, draw_nothing
from tomsapp.reports.styles import H4, TextStyle
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


SECTION_HEIGHT: Final = H4.leading + 2
"""Height of the name of a section where it goes on over the page, in points."""


def section_name(name: str, layout: Layout) -> Slice:
    """The name of a section on a page on which it goes on: "Method (continued)", which is not read again."""
    line = layout.typesetter.one_line(f"{name} (continued)", H4, layout.width)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        with canvas.artifact("Pagination"):
            canvas.text([(line, left, top - H4.baseline)])

    return Slice(SECTION_HEIGHT, draw)


class Sections:
    """Gives each slice of a story the section that it is in: the innermost heading over it, but for the title.

    A heading is in the section around it, so that a page that begins with it says what goes on there.
    """

    def __init__(self) -> None:
        self._open: dict[int, Slice] = {}

    def name(self, slices: Sequence[Slice], layout: Layout) -> None:
        """Name the next slices of the story; one that has a section already keeps it."""
        for item in slices:
            mark = item.bookmark
            opened = mark is not None and mark.is_heading and bool(mark.title)
            if mark is not None and opened:
                self._open = {level: name for level, name in self._open.items() if level < mark.level}
            if item.section is None and self._open:
                item.section = self._open[max(self._open)]
            if mark is not None and mark.level and opened:
                self._open[mark.level] = section_name(mark.title, layout)


def stacked(parts: Sequence[Slice]) -> Slice:
    """Slices over each other as one."""
    if len(parts) == 1:
        return parts[0]

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        for part in parts:
            part.draw(canvas, left, top)
            top -= part.height

    return Slice(sum(part.height for part in parts), draw)
