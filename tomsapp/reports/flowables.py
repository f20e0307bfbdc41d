"""The blocks a report is told in: headings, paragraphs, lists, panels, figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tomsapp.reports.fonts import describe_character
from tomsapp.reports.key_figures import Facts, FigureGrid, GridFigure, KeyFigure, KeyFigures
from tomsapp.reports.layout import Block, Layout, line_drawer, line_slices, space
from tomsapp.reports.paging import Backdrop, Bookmark, Draw, Slice, draw_nothing
from tomsapp.reports.styles import BODY, CELL_MUTED, H1, H2, H3, H4, NOTE, PANEL, Shape, TextStyle
from tomsapp.reports.tags import Element, TaggedCanvas
from tomsapp.reports.text import Content, Run, Typesetter

__all__ = [
    "Block",
    "Bullets",
    "Drawing",
    "Facts",
    "Figure",
    "FigureGrid",
    "Gap",
    "GridFigure",
    "Heading",
    "KeyFigure",
    "KeyFigures",
    "Layout",
    "NewPage",
    "Panel",
    "Paragraph",
    "ReplacedCharacters",
    "Together",
    "in_short",
    "space",
]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4, which also becomes a bookmark; `bookmark` is the key for PageRun.

    `is_tight` is for a page that is full: less white space stands over it. `style` sets it otherwise than its level.
    """

    text: str
    level: int = 2
    bookmark: str = ""
    is_tight: bool = False
    style: TextStyle | None = None

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """The lines of the heading, kept with what follows."""
        style = self.style or {1: H1, 2: H2, 3: H3, 4: H4}[self.level]
        if self.is_tight:
            style = replace(style, before=style.before / 2)
        lines = layout.typesetter.lines(self.text, style, layout.width)
        slices = line_slices(lines, style, parent.add(f"H{self.level}"))
        for item in slices:
            item.keep = True
        title = " ".join(layout.typesetter.clean(self.text).split())
        slices[0].bookmark = Bookmark(title, self.level - 1, self.bookmark)
        return [*slices, space(style.after, keep=True)]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text, bold, italic and linked runs.

    `keep` holds it on the page of what follows; `tail` holds what stands before it on its own page, which every NOTE
    does where nothing else is said.
    """

    content: Content
    style: TextStyle = BODY
    keep: bool = False
    tail: bool | None = None

    @property
    def is_tail(self) -> bool:
        """Whether it stays on the page of what stands before it."""
        return self.style is NOTE if self.tail is None else self.tail

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """One slice a line."""
        lines = layout.typesetter.lines(self.content, self.style, layout.width)
        slices = line_slices(lines, self.style, parent.add("P"))
        if self.keep:
            for item in slices[-2:]:
                item.keep = True
        return [*slices, space(self.style.after, keep=self.keep)]


@dataclass(frozen=True)
class Bullets:
    """A list with a bullet before each item, and `gap` points after it."""

    items: Sequence[Content]
    style: TextStyle = BODY
    gap: float = 3.0

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """One slice a line, the bullet on the first line of its item."""
        slices: list[Slice] = []
        whole = parent.add("L")
        indent = 14.0
        for content in self.items:
            item = whole.add("LI")
            label, body = item.add("Lbl"), item.add("LBody")
            lines = layout.typesetter.lines(content, self.style, layout.width - indent)
            made = line_slices(lines, self.style, body, indent)
            bullet = layout.typesetter.lines("•", self.style, indent)[0]
            made[0].draw = _both(line_drawer(label, bullet, self.style, 3), made[0].draw)
            slices += [*made, space(self.gap)]
        return [*slices, space(max(self.style.after - self.gap, 0))]


def _both(first: Draw, second: Draw) -> Draw:
    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        first(canvas, left, top)
        second(canvas, left, top)

    return draw


class Drawing(Protocol):
    """A chart: its height in points, and how it draws itself into a width."""

    @property
    def height(self) -> float:
        """Its height in points."""
        ...

    def draw(self, canvas: TaggedCanvas, typesetter: Typesetter, left: float, top: float, width: float) -> None:
        """Draw between left and left + width, downwards from the top edge."""
        ...


@dataclass(frozen=True)
class Figure:
    """A chart with the words a screen reader says instead of it."""

    drawing: Drawing
    alt: str
    after: float = 7.0
    keep: bool = True

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """The chart as one slice."""
        element = parent.add("Figure", alt=layout.typesetter.clean(self.alt))
        height = self.drawing.height

        def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
            element.bbox = (left, top - height, left + layout.width, top)
            with canvas.marked(element):
                self.drawing.draw(canvas, layout.typesetter, left, top, layout.width)

        return [Slice(height, draw, before=3, keep=self.keep), space(self.after, keep=self.keep)]


@dataclass(frozen=True)
class Together:
    """Blocks that stand on one page, as far as they fit on one."""

    blocks: Sequence[Block]

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """The slices of its blocks; all but the last hold on to the next."""
        slices = [item for block in self.blocks for item in block.slices(layout, parent)]
        last = max((index for index, item in enumerate(slices) if item.height), default=0)
        for item in slices[:last]:
            item.wish = True
        return slices


@dataclass(frozen=True)
class Panel:
    """Blocks on a light ground with a petrol edge, such as the report in short."""

    blocks: Sequence[Block]

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """The slices of its blocks, moved in, on one ground."""
        inset, pad = 18.0, 9.0
        ground = Backdrop(layout.width)
        inner = replace(layout, width=layout.width - inset - 16)
        slices = [item for block in self.blocks for item in block.slices(inner, parent)]
        while slices and slices[-1].height == 0:
            slices.pop()
        for item in slices:
            item.wish = True
            item.draw = _moved(item.draw, inset)
            item.backdrop = ground
            item.repeat = item.repeat or Slice(pad, draw_nothing, backdrop=ground)
        top = Slice(pad, draw_nothing, before=6.5, keep=True, backdrop=ground)
        bottom = Slice(pad, draw_nothing, backdrop=ground)
        if slices:
            slices[-1].keep = True
        return [top, *slices, bottom, space(14)]


def _moved(draw: Draw, by: float) -> Draw:
    def moved(canvas: TaggedCanvas, left: float, top: float) -> None:
        draw(canvas, left + by, top)

    return moved


@dataclass(frozen=True)
class Gap:
    """White space in points."""

    height: float

    def slices(self, _layout: Layout, _parent: Element) -> list[Slice]:
        """One empty slice."""
        return [space(self.height)]


@dataclass(frozen=True)
class NewPage:
    """What follows begins a new page, upright or on its side."""

    shape: Shape = Shape.PORTRAIT

    def slices(self, _layout: Layout, _parent: Element) -> list[Slice]:
        """Nothing: the document starts a new section here."""
        return []


@dataclass(frozen=True)
class ReplacedCharacters:
    """A note that names the characters shown as a square; nothing where there are none. Put it last."""

    def slices(self, layout: Layout, parent: Element) -> list[Slice]:
        """One note, or nothing."""
        missing = [describe_character(char) for char in layout.typesetter.missing]
        if not missing:
            return []
        names = ", ".join(missing[:20]) + (f" and {len(missing) - 20} more" if len(missing) > 20 else "")
        text = f"These characters cannot be shown in this document and stand as □: {names}."
        return Paragraph(text, CELL_MUTED, tail=True).slices(layout, parent)


def in_short(paragraphs: Sequence[Sequence[Run]]) -> Panel:
    """The panel that says the result in at most three short paragraphs."""
    return Panel([Paragraph(content, PANEL) for content in paragraphs])
