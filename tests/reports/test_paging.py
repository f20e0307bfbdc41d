import pytest

from tomsapp.reports.paging import Page, Slice, draw_nothing, paginate
from tomsapp.reports.styles import Shape

BODY = Shape.PORTRAIT.body_height


def strip(height: float, before: float = 0, *, keep: bool = False) -> Slice:
    return Slice(height, draw_nothing, before=before, keep=keep)


def shown(pages: list[Page]) -> list[list[float]]:
    return [[placed.slice.height for placed in page.placed] for page in pages]


def test_slices_fill_a_page_before_the_next() -> None:
    assert shown(paginate([strip(BODY / 2)] * 3, Shape.PORTRAIT)) == [[BODY / 2] * 2, [BODY / 2]]


def test_a_kept_chain_moves_as_one() -> None:
    slices = [strip(BODY - 30), strip(20, keep=True), strip(20)]
    assert shown(paginate(slices, Shape.PORTRAIT)) == [[BODY - 30], [20, 20]]


def test_a_chain_taller_than_a_page_is_cut_rather_than_lost() -> None:
    slices = [strip(100), *[strip(BODY / 3, keep=True)] * 6]
    pages = paginate(slices, Shape.PORTRAIT)
    assert sum(map(len, shown(pages))) == 7
    assert all(page.used <= BODY + 0.01 for page in pages)


def test_space_is_left_out_at_the_top_and_never_opens_a_page() -> None:
    pages = paginate([strip(BODY), strip(0, 10), strip(20, 15), strip(0, 900)], Shape.PORTRAIT)
    assert shown(pages) == [[BODY], [20]]
    assert pages[1].placed[0].offset == 0


def test_what_repeats_comes_first_on_a_new_page() -> None:
    head, row = strip(10), strip(BODY / 2)
    row.repeat = head
    pages = paginate([strip(BODY - 5), row, row], Shape.PORTRAIT)
    assert shown(pages) == [[BODY - 5], [10, BODY / 2], [10, BODY / 2]]
    assert pages[1].placed[1].offset == pytest.approx(10)
