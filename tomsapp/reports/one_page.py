"""Whether blocks stay one page, and the first of several ways to set them that does."""

from collections.abc import Callable, Sequence

from tomsapp.reports.fonts import FontSet
from tomsapp.reports.layout import Block, Layout
from tomsapp.reports.paging import Page, Slice, paginate
from tomsapp.reports.styles import Shape
from tomsapp.reports.tags import Element
from tomsapp.reports.text import Typesetter

Filled = Callable[[Sequence[Slice], Shape], list[Page]]
"""How pages are filled: with less white space where that saves one, or with all of it."""


def is_one_page(blocks: Sequence[Block], fonts: FontSet, filled: Filled = paginate, page_digits: int = 2) -> bool:
    """Whether the blocks stay one page; numbers of pages in them have room for so many digits."""
    shape = Shape.PORTRAIT
    layout = Layout(Typesetter(fonts, page_digits=page_digits), shape.body_width, shape.body_height, _nothing)
    root = Element("Document")
    return len(filled([item for block in blocks for item in block.slices(layout, root)], shape)) == 1


def _nothing() -> None:
    """Progress that nobody hears."""
