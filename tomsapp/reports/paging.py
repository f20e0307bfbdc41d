"""Cuts a story into pages: slices that cannot be cut, what keeps together, heads that repeat."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tomsapp.reports.styles import PRIMARY, SURFACE_ALT, Shape
from tomsapp.reports.tags import TaggedCanvas

Draw = Callable[[TaggedCanvas, float, float], None]
"""Draws something, given the left edge and the top edge in points from the foot of the page."""

NEARLY_EMPTY: Final = 0.36
"""A last page that is filled less than this part, a good third, is avoided: by less space, or an earlier break."""

_LEAST_LEFT: Final = 0.35
"""A page is not left for the sake of a chain that may be parted while less than this part of it is filled."""

_HEAD_OF_CHAIN: Final = 3
_NEARLY_DOWN: Final = 0.15
"""A chain that is taller than a page does not begin in the last part of one."""

_TIGHTER: Final = (0.75, 0.5)
_EARLIER: Final = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place to which links lead by its key; with a title it is an entry in the outline, at a level from 0.

    What stands after a heading is its section, and is named where it goes on over a page; a row of a table has none.
    """

    title: str
    level: int
    key: str
    is_heading: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """The ground of a panel, with a petrol edge on its left."""

    width: float
    edge: float = 4.5


@dataclass(slots=True, eq=False)
class Slice:
    """A strip of the page that is never cut.

    `before` is white space that is left out at the top of a page; `keep` holds the slice on the page of
    the next one, and so does `wish` as long as what holds together fits a page. Where the slice begins a page, the
    name of its `section` is drawn first, which then goes on there, and `repeat` under it.
    """

    height: float
    draw: Draw
    before: float = 0.0
    keep: bool = False
    wish: bool = False
    section: "Slice | None" = None
    repeat: "Slice | None" = None
    backdrop: Backdrop | None = None
    bookmark: Bookmark | None = None

    @property
    def again(self) -> "tuple[Slice, ...]":
        """What is drawn again where the slice begins a page, from top to bottom."""
        return tuple(item for item in (self.section, self.repeat) if item is not None)


@dataclass(frozen=True, slots=True)
class Placed:
    """A slice and the distance of its top from the top of the body."""

    slice: Slice
    offset: float


@dataclass(slots=True)
class Page:
    """One page: its shape, what stands on it, the height to fill, and how tight its white space is."""

    shape: Shape
    room: float
    tight: float = 1.0
    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0

    def fits(self, height: float) -> bool:
        """Whether a height still fits under what stands here."""
        return self.used + height <= self.room + 0.01

    def put(self, item: Slice) -> None:
        """Place a slice under the others; mere space is left out at the top."""
        if not self.placed and item.height == 0:
            return
        if self.placed:
            self.used += item.before * self.tight
        else:
            for again in item.again:
                self._stack(again)
        self._stack(item)

    def _stack(self, item: Slice) -> None:
        self.placed.append(Placed(item, self.used))
        self.used += item.height


def paginate(slices: Sequence[Slice], shape: Shape) -> list[Page]:
    """Fill pages of one shape; a kept chain moves as one unless it is taller than a page.

    A last page that would be nearly empty is drawn back by less white space, or filled by an earlier break.
    """
    pages = at_full_space(slices, shape)
    if _is_filled(pages, shape):
        return pages
    for tight in _TIGHTER:
        tried = _Flow(shape, tight).run(slices)
        if len(tried) < len(pages):
            return _broken_earlier(tried, slices, shape, tight)
    return _broken_earlier(pages, slices, shape, 1.0)


def _is_filled(pages: Sequence[Page], shape: Shape) -> bool:
    return len(pages) == 1 or pages[-1].used >= NEARLY_EMPTY * shape.body_height


def _broken_earlier(pages: list[Page], slices: Sequence[Slice], shape: Shape, tight: float) -> list[Page]:
    """The pages with as many of the last page but one on the last as fill it; as they are where nothing does."""
    if _is_filled(pages, shape):
        return pages
    for part in _EARLIER:
        tried = _Flow(shape, tight, {len(pages) - 2: (1 - part) * shape.body_height}).run(slices)
        if len(tried) > len(pages):
            break
        if _is_filled(tried, shape):
            return tried
    return pages


def at_full_space(slices: Sequence[Slice], shape: Shape) -> list[Page]:
    """Fill pages with all the white space that was asked for, however empty the last one is."""
    return _Flow(shape).run(slices)


class _Flow:
    """Fills pages once, with a height for each page and white space of one tightness."""

    def __init__(self, shape: Shape, tight: float = 1.0, rooms: Mapping[int, float] | None = None) -> None:
        self._shape = shape
        self._tight = tight
        self._rooms = rooms or {}
        self._pages: list[Page] = []
        self._turn()

    def _turn(self) -> None:
        room = self._rooms.get(len(self._pages), self._shape.body_height)
        self._pages.append(Page(self._shape, room, self._tight))

    def run(self, slices: Sequence[Slice]) -> list[Page]:
        """The pages for the slices."""
        start = 0
        while start < len(slices):
            end = self._place_chain(slices, start)
            for item in slices[start:end]:
                self._put(item)
            start = end
        return self._pages

    def _place_chain(self, slices: Sequence[Slice], start: int) -> int:
        """Turn the page where a chain needs it, and return where the chain ends."""
        page = self._pages[-1]
        end = _chain_end(slices, start, wishes=True)
        chain = slices[start:end]
        is_space = not any(item.height for item in chain)
        if is_space or page.fits(self._height(chain)):
            return end
        if self._fits_alone(chain) and page.placed and page.used >= _LEAST_LEFT * page.room:
            self._turn()
            return end
        end = _chain_end(slices, start, wishes=False)
        chain = slices[start:end]
        if page.placed and chain[-1].height and not page.fits(self._height(chain)):
            head = chain[:_HEAD_OF_CHAIN]
            if self._fits_alone(chain) or not page.fits(self._height(head) + page.room * _NEARLY_DOWN):
                self._turn()
        return end

    def _height(self, chain: Sequence[Slice]) -> float:
        return sum(item.before * self._tight + item.height for item in chain)

    def _fits_alone(self, chain: Sequence[Slice]) -> bool:
        first = chain[0]
        head = sum(item.height for item in first.again)
        return head + self._height(chain) - first.before * self._tight <= self._shape.body_height

    def _put(self, item: Slice) -> None:
        """Put a slice on the last page or on a new one; space alone never opens a page."""
        page = self._pages[-1]
        if page.placed and not page.fits(item.before * self._tight + item.height):
            if item.height == 0:
                return
            self._turn()
        self._pages[-1].put(item)


def _chain_end(slices: Sequence[Slice], start: int, *, wishes: bool) -> int:
    end = start
    while end < len(slices) - 1 and (slices[end].keep or (wishes and slices[end].wish)):
        end += 1
    return end + 1


def draw_page(canvas: TaggedCanvas, page: Page, left: float, top: float) -> None:
    """Draw the grounds of panels, then each slice with its bookmark."""
    _draw_backdrops(canvas, page, left, top)
    for placed in page.placed:
        height = top - placed.offset
        mark = placed.slice.bookmark
        if mark is not None and mark.title:
            canvas.outline(mark.key, mark.title, mark.level, height)
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
