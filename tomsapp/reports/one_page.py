"""Whether blocks stay one page, and the first of several ways to set them that does."""

from collections.abc import Callable, Sequence

from tomsapp.reports.fonts import FontSet
from tomsapp.reports.layout import Block, Layout
from tomsapp.reports.paging import Page, Slice, at_full_space, paginate
from tomsapp.reports.styles import Shape
from tomsapp.reports.table_model import TableLook
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


def roomiest(
    looks: Sequence[TableLook], made: Callable[[TableLook], Sequence[Block]], fonts: FontSet
) -> TableLook | None:
    """The first look, from roomy to close, with which the blocks stay on one page; None where they never do."""
    # The closest is tried first: setting a long table again and again, and in vain, was most of the work.
    *roomier, closest = looks
    if not is_one_page(made(closest), fonts, at_full_space):
        return None
    return next((look for look in roomier if is_one_page(made(look), fonts, at_full_space)), closest)


def _nothing() -> None:
    """Progress that nobody hears."""
