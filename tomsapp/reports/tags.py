"""The structure a screen reader walks through, and a canvas that ties every mark to it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.pathobject import PDFPathObject

from tomsapp.reports.fonts import REGULAR
from tomsapp.reports.pen import PenCanvas
from tomsapp.reports.styles import Colour, Shape
from tomsapp.reports.text import Fragment, Line

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of drawn content: page from 0 and its number on that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page that opens an address, or else leads to a bookmark of the document."""

    page: int
    box: Box
    text: str
    address: str = ""
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bookmark leads: page from 0 and height in points from the foot of the page."""

    page: int
    height: float


@dataclass(slots=True, eq=False)
class Element:
    """A node of the structure tree, such as H1, P, Table or TD.

    `name` is the ID of a head cell, and `heads` names the head cells that a cell stands under.
    """

    tag: str
    alt: str = ""
    scope: str = ""
    span: int = 1
    name: str = ""
    heads: tuple[str, ...] = ()
    bbox: Box | None = None
    kids: "list[Element | Mark | Link]" = field(default_factory=list)

    def add(self, tag: str, *, alt: str = "", scope: str = "", span: int = 1) -> "Element":
        """Append a child and return it."""
        child = Element(tag, alt=alt, scope=scope, span=span)
        self.kids.append(child)
        return child


class TaggedCanvas:
    """Draws pages; whatever is drawn belongs to an element or is an artifact."""

    def __init__(self, shape: Shape) -> None:
        self._buffer = BytesIO()
        self._canvas = PenCanvas(
            self._buffer,
            pagesize=shape.value,
            # The finished file is compressed once, when its structure has been written.
            pageCompression=0,
            invariant=1,
            initialFontName=REGULAR,
        )
        self._marks: list[int] = [0]
        self._open = False
        self._ink: Colour | None = None
        self.places: Mapping[str, Place] = {}

    @property
    def page(self) -> int:
        """The current page, counted from 0."""
        return len(self._marks) - 1

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to the element; marked content never nests."""
        number = self._marks[-1]
        self._marks[-1] += 1
        element.kids.append(Mark(self.page, number))
        self._begin(f"/{element.tag} <</MCID {number}>> BDC")
        yield
        self._end()

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is drawn inside is decoration (Layout) or belongs to the sheet (Pagination)."""
        self._begin(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self._end()

    def _begin(self, opening: str) -> None:
        if self._open:
            raise ValueError("Marked content must not nest.")
        self._open = True
        self._canvas.addLiteral(opening)

    def _end(self) -> None:
        self._canvas.addLiteral("EMC")
        self._open = False

    def line_of(self, element: Element, line: Line, left: float, baseline: float) -> None:
        """Draw a line of text for an element; links in it become Link elements of their own."""
        plain: list[Fragment] = []
        start = x = left
        for fragment in self.resolved(line).fragments:
            if fragment.look.is_link:
                self._plain(element, plain, start, baseline)
                self._linked(element, fragment, x, baseline)
                plain, start = [], x + fragment.width
            else:
                plain.append(fragment)
            x += fragment.width
        self._plain(element, plain, start, baseline)

    def _plain(self, element: Element, fragments: Sequence[Fragment], left: float, baseline: float) -> None:
        if fragments:
            with self.marked(element):
                self.text([(Line(tuple(fragments), 0), left, baseline)])

    def _linked(self, element: Element, fragment: Fragment, left: float, baseline: float) -> None:
        link = element.add("Link")
        look = fragment.look
        shown, size = fragment.text.rstrip(), look.size
        right = left + look.face.width(shown, size)
        with self.marked(link):
            self.text([(Line((fragment,), 0), left, baseline)])
            self.rule(left, right, baseline - 1.4, look.colour, 0.5)
        box = (left, baseline - 0.25 * size, right, baseline + 0.8 * size)
        text = f"Page {shown.lstrip()}" if look.is_page else shown.lstrip()
        link.kids.append(Link(self.page, box, text, look.address, look.bookmark))

    def text(self, placed: Sequence[tuple[Line, float, float]]) -> None:
        """Draw lines of text at their left ends and base lines."""
        self._ink = self._canvas.write_lines(placed, self._ink)

    def resolved(self, line: Line) -> Line:
        """The line with the numbers of the pages to which it refers.

        Raises:
            ValueError: no heading or row has the bookmark.
        """
        if not any(fragment.look.bookmark for fragment in line.fragments):
            return line
        fragments = tuple(map(self._resolved, line.fragments))
        more = sum(fragment.width for fragment in fragments) - sum(fragment.width for fragment in line.fragments)
        return Line(fragments, line.width + more)

    def _resolved(self, fragment: Fragment) -> Fragment:
        look = fragment.look
        if not look.bookmark:
            return fragment
        place = self.places.get(look.bookmark)
        if place is None:
            raise ValueError(f"No heading or row has the bookmark {look.bookmark!r}.")
        if not look.is_page:
            return fragment
        text = f"{place.page + 1}{' ' * fragment.text.count(' ')}"
        return replace(fragment, text=text, width=look.face.width(text, look.size))

    def rectangle(self, box: Box, fill: Colour, radius: float = 0) -> None:
        """Fill a box, with round corners if a radius is given."""
        left, bottom, right, top = box
        self._canvas.setFillColorRGB(*fill)
        self._ink = fill
        if radius:
            self._canvas.roundRect(left, bottom, right - left, top - bottom, radius, stroke=0, fill=1)
        else:
            self._canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)

    def rule(self, left: float, right: float, height: float, colour: Colour, thickness: float) -> None:
        """Draw a level line."""
        self._canvas.write_rule(left, right, height, colour, thickness)

    def frame(self, box: Box, colour: Colour, thickness: float, radius: float = 0) -> None:
        """Draw the outline of a box, with round corners if a radius is given."""
        left, bottom, right, top = box
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(thickness)
        self._canvas.roundRect(left, bottom, right - left, top - bottom, radius, stroke=1, fill=0)

    def dashed(self, box: Box, colour: Colour, thickness: float) -> None:
        """Draw the outline of a box in short strokes."""
        self._canvas.saveState()
        self._canvas.setDash(2.5, 2)
        self.frame(box, colour, thickness)
        self._canvas.restoreState()

    def upright(self, x: float, bottom: float, top: float, colour: Colour, thickness: float) -> None:
        """Draw a vertical line."""
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x, bottom, x, top)

    def clipped(self, box: Box, colour: Colour, thickness: float, draw: Callable[[PDFPathObject], None]) -> None:
        """Stroke a path that stays inside a box."""
        left, bottom, right, top = box
        canvas = self._canvas
        canvas.saveState()
        frame = canvas.beginPath()
        frame.rect(left, bottom, right - left, top - bottom)
        canvas.clipPath(frame, stroke=0, fill=0)
        canvas.setStrokeColorRGB(*colour)
        canvas.setLineWidth(thickness)
        path = canvas.beginPath()
        draw(path)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()

    def picture(self, image: ImageReader, left: float, bottom: float, width: float, height: float) -> None:
        """Draw a picture in a box."""
        self._canvas.drawImage(image, left, bottom, width, height, mask="auto")

    def outline(self, key: str, title: str, level: int, height: float) -> None:
        """Add an entry to the outline (level from 0) that leads to a height on this page."""
        self._canvas.bookmarkPage(key, fit="XYZ", top=height)
        self._canvas.addOutlineEntry(title, key, level)

    def begin_page(self, shape: Shape) -> None:
        """Set the sheet of the current page."""
        self._canvas.setPageSize(shape.value)
        self._ink = None

    def end_page(self) -> None:
        """Close the current page and go on to the next."""
        self._canvas.showPage()
        self._marks.append(0)

    def save(self) -> bytes:
        """Close the file and return it, without structure yet."""
        self._canvas.showOutline()
        self._canvas.save()
        return self._buffer.getvalue()
