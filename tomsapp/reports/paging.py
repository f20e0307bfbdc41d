"""Cuts a story into pages: slices that cannot be cut, what keeps together, heads that repeat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tomsapp.reports.styles import PRIMARY, SURFACE_ALT, Shape
from tomsapp.reports.tags import TaggedCanvas

Draw = Callable[[TaggedCanvas, float, float], None]
"""Draws something, given the left edge and the top edge in points from the foot of the page."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading's entry in the outline: its title, its level from 0 and its key."""

    title: str
    level: int
    key: str


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """The ground of a panel, with a petrol edge on its left."""

    width: float
    edge: float = 4.5


@dataclass(slots=True, eq=False)
class Slice:
    """A strip of the page that is never cut.

    `before` is white space that is left out at the top of a page; `keep` holds the slice on the page of
    the next one; `repeat` is drawn first where the slice begins a page.
    """

    height: float
    draw: Draw
    before: float = 0.0
    keep: bool = False
    repeat: "Slice | None" = None
    backdrop: Backdrop | None = None
    bookmark: Bookmark | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A slice and the distance of its top from the top of the body."""

    slice: Slice
    offset: float


@dataclass(slots=True)
class Page:
    """One page: its shape and what stands on it."""

    shape: Shape
    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0

    def fits(self, height: float) -> bool:
        """Whether a height still fits under what stands here."""
        return self.used + height <= self.shape.body_height + 0.01

    def put(self, item: Slice) -> None:
        """Place a slice under the others; mere space is left out at the top."""
        if not self.placed and item.height == 0:
            return
        if self.placed:
            self.used += item.before
        elif item.repeat is not None:
            self._stack(item.repeat)
        self._stack(item)

    def _stack(self, item: Slice) -> None:
        self.placed.append(Placed(item, self.used))
        self.used += item.height


def paginate(slices: Sequence[Slice], shape: Shape) -> list[Page]:
    """Fill pages of one shape; a kept chain moves as one unless it is taller than a page."""
    pages = [Page(shape)]
    start = 0
    while start < len(slices):
        end = _chain_end(slices, start)
        chain = slices[start:end]
        page = pages[-1]
        height = sum(item.before + item.height for item in chain)
        if page.placed and chain[-1].height and not page.fits(height) and _fits_alone(chain, shape):
            pages.append(Page(shape))
        for item in chain:
            _put(pages, item, shape)
        start = end
    return pages


def _put(pages: list[Page], item: Slice, shape: Shape) -> None:
    """Put a slice on the last page or on a new one; space alone never opens a page."""
    if pages[-1].placed and not pages[-1].fits(item.before + item.height):
        if item.height == 0:
            return
        pages.append(Page(shape))
    pages[-1].put(item)


def _chain_end(slices: Sequence[Slice], start: int) -> int:
    end = start
    while end < len(slices) - 1 and slices[end].keep:
        end += 1
    return end + 1


def _fits_alone(chain: Sequence[Slice], shape: Shape) -> bool:
    first = chain[0]
    head = first.repeat.height if first.repeat is not None else 0.0
    height = sum(item.before + item.height for item in chain) - first.before
    return head + height <= shape.body_height


def draw_page(canvas: TaggedCanvas, page: Page, left: float, top: float) -> None:
    """Draw the grounds of panels, then each slice with its bookmark."""
    _draw_backdrops(canvas, page, left, top)
    for placed in page.placed:
        height = top - placed.offset
        mark = placed.slice.bookmark
        if mark is not None:
            canvas.bookmark(mark.key, mark.title, mark.level, height)
        placed.slice.draw(canvas, left, height)


def _draw_backdrops(canvas: TaggedCanvas, page: Page, left: float, top: float) -> None:
    spans: dict[Backdrop, tuple[float, float]] = {}
    for placed in page.placed:
        ground = placed.slice.backdrop
        if ground is not None:
            first = spans.get(ground, (placed.offset, 0.0))[0]
            spans[ground] = (first, placed.offset + placed.slice.height)
    for ground, (first, last) in spans.items():
        with canvas.artifact():
            canvas.rectangle((left, top - last, left + ground.width, top - first), SURFACE_ALT)
            canvas.rectangle((left, top - last, left + ground.edge, top - first), PRIMARY)


def draw_nothing(_canvas: TaggedCanvas, _left: float, _top: float) -> None:
    """The drawing of a slice that is only space."""
