"""A whole report: sheets, running head and foot, story, and the finished PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from tomsapp.reports.attachments import Attachment
from tomsapp.reports.errors import ReportError
from tomsapp.reports.finish import Details, finish
from tomsapp.reports.flowables import Block, Layout, NewPage
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.paging import Bookmark, Page, Slice, draw_page, paginate
from tomsapp.reports.styles import (
    BAR_HEIGHT,
    BORDER,
    FOOT,
    PRIMARY,
    RUNNING,
    RUNNING_STRONG,
    SIDE_MARGIN,
    TOP_MARGIN,
    Shape,
)
from tomsapp.reports.tags import Element, TaggedCanvas
from tomsapp.reports.text import Line, Typesetter

Progress = Callable[[int, int], None]
"""Hears how much is done of how much; raises to stop the work."""

_STEPS: Final = 100
_LAID_OUT: Final = 50
_DRAWN: Final = 90
_LOGO_PIXELS: Final = 4_000_000
_LOGO_HEIGHT: Final = 20.0


@dataclass(frozen=True)
class RunningText:
    """What stands at the head and foot of every sheet.

    `note` says that an example council is not real; `document` is the name and reference of the document;
    `foot` names menu, edition, checksum, date and person. `logo` holds the bytes of a PNG or JPEG picture.
    """

    council: str
    document: str
    foot: str
    note: str = ""
    logo: bytes = b""


@dataclass(frozen=True)
class BuiltReport:
    """A finished PDF, its number of pages, and the characters that stand as a square in it."""

    data: bytes
    pages: int
    replaced: tuple[str, ...]


def read_logo(data: bytes) -> ImageReader:
    """Read a council's logo.

    Raises:
        ReportError: it is no PNG or JPEG picture, it is damaged, or it has more than 4 million pixels.
    """
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _LOGO_PIXELS:
                raise ReportError("The logo is too large", "Use a picture of at most 2,000 by 2,000 pixels")
            return ImageReader(picture.convert("RGBA"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ReportError("The logo cannot be read", "Choose a PNG or JPEG picture") from error


class ReportDocument:
    """Collects the blocks of a report and builds the PDF."""

    def __init__(self, fonts: FontSet, running: RunningText, details: Details, shape: Shape = Shape.PORTRAIT) -> None:
        self._typesetter = Typesetter(fonts)
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
            ReportError: the logo cannot be read.
        """
        tell = progress or _tell_nobody
        root = Element("Document")
        pages = self._lay_out(root, tell)
        canvas = TaggedCanvas(self._shape)
        canvas.page_numbers = _number_bookmarks(pages)
        sheet = _Sheet(self._running, self._typesetter, len(pages))
        for number, page in enumerate(pages, start=1):
            canvas.begin_page(page.shape)
            sheet.draw(canvas, page.shape, number)
            draw_page(canvas, page, SIDE_MARGIN, page.shape.height - TOP_MARGIN)
            canvas.end_page()
            tell(_LAID_OUT + (_DRAWN - _LAID_OUT) * number // len(pages), _STEPS)
        data = finish(canvas.save(), root, self._details, attachments)
        tell(_STEPS, _STEPS)
        return BuiltReport(data, len(pages), tuple(self._typesetter.missing))

    def _lay_out(self, root: Element, tell: Progress) -> list[Page]:
        """Lay out each section (what stands between two NewPage blocks) in its own shape."""
        pages: list[Page] = []
        slices: list[Slice] = []
        shape = self._shape
        for index, block in enumerate(self._blocks):
            done = _LAID_OUT * index // len(self._blocks)
            tell(done, _STEPS)
            if isinstance(block, NewPage):
                pages += paginate(slices, shape) if slices else []
                slices, shape = [], block.shape
            else:
                tick = partial(tell, done, _STEPS)
                layout = Layout(self._typesetter, shape.body_width, shape.body_height, tick)
                slices += block.slices(layout, root)
        return pages + paginate(slices, shape) if slices or not pages else pages


def _tell_nobody(_done: int, _total: int) -> None:
    """Progress that nobody hears."""


def _number_bookmarks(pages: Sequence[Page]) -> dict[str, int]:
    """Give every heading a key of its own, and the page numbers by the keys that the report chose."""
    numbers: dict[str, int] = {}
    level = -1
    for number, page in enumerate(pages, start=1):
        for placed in page.placed:
            mark = placed.slice.bookmark
            if mark is None:
                continue
            key = mark.key or f"heading-{len(numbers) + 1}"
            if key in numbers:
                raise ValueError(f"Two headings have the bookmark {key!r}.")
            if mark.level > level + 1:
                raise ValueError(f"The heading {mark.title!r} skips a level.")
            level = mark.level
            numbers[key] = number
            placed.slice.bookmark = Bookmark(mark.title, mark.level, key)
    return numbers


class _Sheet:
    """Draws bar, running head and foot; all of it is pagination, not content."""

    def __init__(self, running: RunningText, typesetter: Typesetter, pages: int) -> None:
        self._running = running
        self._typesetter = typesetter
        self._pages = pages
        self._logo = read_logo(running.logo) if running.logo else None

    def draw(self, canvas: TaggedCanvas, shape: Shape, number: int) -> None:
        """Draw everything outside the body of page `number`."""
        left, right = SIDE_MARGIN, shape.width - SIDE_MARGIN
        with canvas.artifact("Pagination"):
            canvas.rectangle((0, shape.height - BAR_HEIGHT, shape.width, shape.height), PRIMARY)
            canvas.rule(left, right, shape.height - 47, BORDER, 0.8)
            canvas.rule(left, right, 46, BORDER, 0.8)
            canvas.text(self._head(canvas, left, right, shape.height - 38) + self._foot(left, right, number))

    def _head(
        self, canvas: TaggedCanvas, left: float, right: float, baseline: float
    ) -> list[tuple[Line, float, float]]:
        if self._logo is not None:
            left += self._draw_logo(canvas, left, baseline - 6) + 8
        line = self._typesetter.one_line
        document = line(self._running.document, RUNNING, (right - left) * 0.45)
        room = right - document.width - 12 - left
        # The note stands whole on every sheet; a long name of a council gives way to it.
        note = line(self._running.note, RUNNING, room)
        note_room = note.width + 13 if self._running.note else 0.0
        council = line(self._running.council, RUNNING_STRONG, max(room - note_room, 0.0))
        placed = [(council, left, baseline), (document, right - document.width, baseline)]
        if self._running.note:
            placed.append((note, left + council.width + 13, baseline))
        return placed

    def _draw_logo(self, canvas: TaggedCanvas, left: float, bottom: float) -> float:
        """Draw the logo and return its width in points."""
        wide, high = self._logo.getSize() if self._logo is not None else (0, 1)
        height = _LOGO_HEIGHT
        width = height * wide / high
        if width > 5 * _LOGO_HEIGHT:
            width, height = 5 * _LOGO_HEIGHT, 5 * _LOGO_HEIGHT * high / wide
        canvas.picture(self._logo, left, bottom + (_LOGO_HEIGHT - height) / 2, width, height)
        return width

    def _foot(self, left: float, right: float, number: int) -> list[tuple[Line, float, float]]:
        line = self._typesetter.one_line
        page = line(f"Page {number} of {self._pages}", FOOT, right - left)
        text = line(self._running.foot, FOOT, right - left - page.width - 16)
        return [(text, left, 33.5), (page, right - page.width, 33.5)]
