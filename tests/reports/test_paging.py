import pytest

from tomsapp.reports.paging import NEARLY_EMPTY, Page, Slice, draw_nothing, paginate
from tomsapp.reports.styles import Shape

BODY = Shape.PORTRAIT.body_height


def strip(height: float, before: float = 0, *, keep: bool = False, wish: bool = False) -> Slice:
    return Slice(height, draw_nothing, before=before, keep=keep, wish=wish)


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
    assert len(paginate([strip(BODY - 5), strip(0, 10)], Shape.PORTRAIT)) == 1


def test_what_repeats_comes_first_on_a_new_page() -> None:
    head, row = strip(10), strip(BODY / 2)
    row.repeat = head
    pages = paginate([strip(BODY - 5), row, row], Shape.PORTRAIT)
    assert shown(pages) == [[BODY - 5], [10, BODY / 2], [10, BODY / 2]]
    assert pages[1].placed[1].offset == pytest.approx(10)


def test_what_wishes_to_stay_together_does_where_a_page_holds_it() -> None:
    block = [strip(BODY / 5, wish=True)] * 2 + [strip(BODY / 5)]
    assert [len(page) for page in shown(paginate([strip(BODY / 2), *block], Shape.PORTRAIT))] == [1, 3]


def test_a_wish_gives_way_before_a_page_is_left_nearly_empty_or_overflows() -> None:
    block = [strip(BODY / 4, wish=True)] * 3 + [strip(BODY / 4)]
    assert [len(page) for page in shown(paginate([strip(BODY / 5), *block], Shape.PORTRAIT))] == [2, 3]
    tall = [strip(BODY / 4, wish=True)] * 6 + [strip(BODY / 4)]
    assert [len(page) for page in shown(paginate([strip(BODY / 2), *tall], Shape.PORTRAIT))] == [3, 2, 3]


def test_a_kept_chain_that_is_too_tall_does_not_begin_at_the_foot_of_a_page() -> None:
    chain = [strip(20, keep=True)] * 3 + [strip(BODY / 2, keep=True)] * 2 + [strip(20)]
    pages = shown(paginate([strip(BODY - 100), *chain], Shape.PORTRAIT))
    assert pages[0] == [BODY - 100]


def test_a_last_page_that_is_nearly_empty_is_drawn_back_by_less_white_space() -> None:
    slices = [strip(BODY / 20, 6) for _ in range(18)]
    assert len(paginate(slices, Shape.PORTRAIT)) == 1
    assert sum(item.before + item.height for item in slices) > BODY


def test_a_last_page_that_stays_nearly_empty_is_filled_by_an_earlier_break() -> None:
    pages = paginate([strip(BODY / 20)] * 21, Shape.PORTRAIT)
    assert [len(page) for page in shown(pages)] == [13, 8]
    assert pages[-1].used >= NEARLY_EMPTY * BODY


def test_a_last_page_that_nothing_fills_is_left() -> None:
    assert shown(paginate([strip(BODY), strip(10)], Shape.PORTRAIT)) == [[BODY], [10]]
