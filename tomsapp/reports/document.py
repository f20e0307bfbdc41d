"""A whole report: the story laid out, drawn page by page, and finished as a PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from tomsapp.reports.attachments import Attachment, check_size
from tomsapp.reports.finish import Details
from tomsapp.reports.finish_apart import finish_where_best
from tomsapp.reports.flowables import NewPage, Paragraph
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.layout import SECTION_HEIGHT, Block, Layout, Sections, hold
from tomsapp.reports.logo import read_logo
from tomsapp.reports.paging import Page, Slice, draw_page, paginate
from tomsapp.reports.sheet import RunningText, Sheet
from tomsapp.reports.styles import SIDE_MARGIN, TOP_MARGIN, Shape
from tomsapp.reports.tags import Element, Place, TaggedCanvas
from tomsapp.reports.text import Typesetter

__all__ = ["BuiltReport", "Progress", "ReportDocument", "RunningText", "read_logo"]

Progress = Callable[[int, int], None]
"""Hears how much is done of how much; raises to stop the work."""

_STEPS: Final = 100
_LAID_OUT: Final = 50
_DRAWN: Final = 90


@dataclass(frozen=True)
class BuiltReport:
    """A finished PDF, its number of pages, and the characters that stand as a square in it."""

    data: bytes
    pages: int
    replaced: tuple[str, ...]


class ReportDocument:
    """Collects the blocks of a report and builds the PDF."""

    def __init__(
        self,
        fonts: FontSet,
        running: RunningText,
        details: Details,
        shape: Shape = Shape.PORTRAIT,
        least_pages: int = 1,
    ) -> None:
        # A long report that keeps too little room for numbers of pages is laid out a second time.
        self._typesetter = Typesetter(fonts, page_digits=max(2, len(str(least_pages))))
        self._running = running
        self._details = details
        self._shape = shape
        self._blocks: list[Block] = []

    def add(self, *blocks: Block) -> None:
        """Append blocks to the story."""
        self._blocks += blocks

    def build(self, attachments: Sequence[Attachment] = (), progress: Progress | None = None) -> BuiltReport:
        """Lay out, draw and tag the report; the same input gives the same bytes.

        Args:
            attachments: files to carry inside the PDF.
            progress: hears of the work in steps of 100; what it raises ends the work.

        Raises:
            ReportError: the logo cannot be read, or the files are too large to be read back.
        """
        check_size(attachments)
        tell = progress or _tell_nobody
        root, pages = self._lay_out(tell)
        if len(pages) >= 10**self._typesetter.page_digits:
            # Numbers of pages need more room than was kept for them.
            self._typesetter.page_digits = len(str(len(pages)))
            root, pages = self._lay_out(_tell_nobody)
        canvas = TaggedCanvas(self._shape)
        canvas.places = _places(pages)
        sheet = Sheet(self._running, self._typesetter, len(pages))
        for number, page in enumerate(pages, start=1):
            canvas.begin_page(page.shape)
            sheet.draw(canvas, page.shape, number)
            draw_page(canvas, page, SIDE_MARGIN, page.shape.height - TOP_MARGIN)
            canvas.end_page()
            tell(_LAID_OUT + (_DRAWN - _LAID_OUT) * number // len(pages), _STEPS)
        tick = partial(tell, _DRAWN, _STEPS)
        data = finish_where_best(canvas.save(), root, self._details, attachments, canvas.places, len(pages), tick)
        tell(_STEPS, _STEPS)
        built = BuiltReport(data, len(pages), tuple(self._typesetter.missing))
        self._let_go(root, pages)
        return built

    def _let_go(self, root: Element, pages: list[Page]) -> None:
        """Take the report apart, page by page and element by element: it cannot be built again.

        What thousands of pages are made of, let go at once, would hold up all threads for as long as that takes.
        """
        for parts in (pages, self._blocks):
            while parts:
                parts.pop()
        elements = [root]
        while elements:
            element = elements.pop()
            elements.extend(kid for kid in element.kids if isinstance(kid, Element))
            element.kids.clear()

    def _lay_out(self, tell: Progress) -> tuple[Element, list[Page]]:
        """Lay out each section (what stands between two NewPage blocks) in its own shape."""
        root = Element("Document")
        pages: list[Page] = []
        slices: list[Slice] = []
        sections = Sections()
        shape = self._shape
        for index, block in enumerate(self._blocks):
            done = _LAID_OUT * index // len(self._blocks)
            tell(done, _STEPS)
            if isinstance(block, NewPage):
                pages += paginate(slices, shape) if slices else []
                slices, shape = [], block.shape
            else:
                tick = partial(tell, done, _STEPS)
                # The name of a section that goes on has its room above all else.
                layout = Layout(self._typesetter, shape.body_width, shape.body_height - SECTION_HEIGHT, tick)
                if isinstance(block, Paragraph) and block.is_tail:
                    hold(slices)
                made = block.slices(layout, root)
                sections.name(made, layout)
                slices += made
        return root, pages + paginate(slices, shape) if slices or not pages else pages


def _tell_nobody(_done: int, _total: int) -> None:
    """Progress that nobody hears."""


def _places(pages: Sequence[Page]) -> dict[str, Place]:
    """Where each bookmark leads; a heading without a key of its own is given one."""
    places: dict[str, Place] = {}
    level = -1
    for number, page in enumerate(pages):
        for placed in page.placed:
            mark = placed.slice.bookmark
            if mark is None:
                continue
            key = mark.key or f"heading-{len(places) + 1}"
            if key in places:
                raise ValueError(f"Two headings have the bookmark {key!r}.")
            if mark.title and mark.level > level + 1:
                raise ValueError(f"The heading {mark.title!r} skips a level.")
            level = mark.level if mark.title else level
            places[key] = Place(number, page.shape.height - TOP_MARGIN - placed.offset)
            placed.slice.bookmark = replace(mark, key=key)
    return places
