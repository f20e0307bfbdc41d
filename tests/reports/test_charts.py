from decimal import Decimal
from itertools import combinations, pairwise

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.sample import new_document
from tomsapp.reports.charts import GAP, MinimumBar, Segment, StackedBar
from tomsapp.reports.flowables import Figure, Heading
from tomsapp.reports.styles import SERIES, SIDE_MARGIN, series


def test_widths_follow_the_amounts_and_leave_gaps() -> None:
    widths = StackedBar([Segment(1, Decimal("75.00")), Segment(2, 25)]).widths(202)
    assert [width for _, width in widths] == pytest.approx([150, 50])


@given(st.lists(st.integers(0, 10**12), max_size=7), st.floats(200, 800))
def test_the_bar_fills_its_width_exactly(amounts: list[int], width: float) -> None:
    widths = StackedBar([Segment(index, amount) for index, amount in enumerate(amounts, 1)]).widths(width)
    assert len(widths) == sum(amount > 0 for amount in amounts)
    if widths:
        assert sum(part for _, part in widths) + GAP * (len(widths) - 1) == pytest.approx(width)


def test_nothing_and_less_than_nothing_is_not_drawn() -> None:
    assert StackedBar([Segment(1, 0), Segment(2, -5)]).widths(200) == []


def test_a_theme_keeps_its_look_and_others_share_one() -> None:
    assert series(1) is SERIES[0]
    assert series(0) is series(8) is SERIES[6]


def test_no_two_themes_print_in_the_same_grey_or_with_the_same_pattern() -> None:
    greys = sorted(round(look.grey * 255) for look in SERIES)
    assert min(two - one for one, two in pairwise(greys)) >= 24
    patterned = [look.pattern for look in SERIES[:6]]
    assert len(set(patterned)) == 6


@pytest.mark.parametrize(
    ("amounts", "minimum", "filled", "line_at"),
    [((75, 25), 200, 0.5, 1.0), ((75, 25), 100, 1.0, 1.0), ((75, 25), 50, 1.0, 0.5), ((), 50, 0.0, 1.0), ((), 0, 0, 0)],
)
def test_a_bar_stands_on_the_scale_of_its_minimum(
    amounts: tuple[int, ...], minimum: int, filled: float, line_at: float
) -> None:
    segments = [Segment(number, amount) for number, amount in enumerate(amounts, 1)]
    bar = MinimumBar(segments, Decimal(minimum), "5% minimum", "Offered")
    assert bar.spans(400) == pytest.approx((400 * filled, 400 * line_at))
    assert bar.short == max(minimum - sum(amounts), 0)


def test_a_bar_tells_its_figures_to_those_who_cannot_see_it() -> None:
    segments = [Segment(1, Decimal("137493.68")), Segment(3, 0), Segment(9, 5)]
    bar = MinimumBar(segments, Decimal(210_000), "5% minimum £210,000.00", "Offered £137,498.68")
    assert bar.describe({1: "Fair work"}) == (
        "Stacked bar: 1 Fair work £137,493.68; 9 other £5.00. Offered £137,498.68; 5% minimum £210,000.00: "
        "short by £72,501.32."
    )
    over = MinimumBar(segments, Decimal(10), "5% minimum £10.00", "Offered £137,498.68")
    assert over.describe({}).endswith("the line of the minimum is inside the bar.")
    assert StackedBar([]).describe({}) == "Stacked bar: nothing."


@pytest.mark.parametrize("minimum", [1_000, 99_990, 100_020, 3_000_000])
def test_the_labels_of_a_bar_stand_apart_and_inside_its_width(minimum: int) -> None:
    bar = MinimumBar(
        [Segment(1, 70_000), Segment(2, 20_000), Segment(3, 10_000)],
        Decimal(minimum),
        f"5% minimum £{minimum:,}.00",
        "Offered £100,000.00",
    )
    document = new_document()
    document.add(Heading("A", 1), Figure(bar, bar.describe({})))
    page = pypdfium2.PdfDocument(document.build().data)[0].get_textpage()
    boxes = []
    for words in ("5% minimum £", "Offered £100,000.00", "short by"):
        found = page.search(words).get_next()
        if found is not None:
            first, last = page.get_charbox(found[0]), page.get_charbox(sum(found) - 1)
            boxes.append((first[0], first[1], last[2], first[3]))
    assert all(SIDE_MARGIN - 1 <= left < right <= 596 - SIDE_MARGIN for left, _, right, _ in boxes)
    for one, two in combinations(boxes, 2):
        apart_in_height = one[3] < two[1] or two[3] < one[1]
        assert apart_in_height or one[2] < two[0] or two[2] < one[0]


def test_a_bar_without_a_minimum_has_a_scale_too() -> None:
    bar = StackedBar([Segment(1, 70_000), Segment(2, 30_000)], "Promised £100,000.00")
    document = new_document()
    document.add(Heading("A", 1), Figure(bar, bar.describe({})))
    page = pypdfium2.PdfDocument(document.build().data)[0].get_textpage()
    zero, total = (page.search(words).get_next() for words in ("£0", "Promised £100,000.00"))
    assert page.get_charbox(zero[0])[0] == pytest.approx(SIDE_MARGIN, abs=1)
    assert page.get_charbox(sum(total) - 1)[2] == pytest.approx(596 - SIDE_MARGIN, abs=1.5)
    assert bar.height > StackedBar(bar.segments).height
    assert bar.describe({}) == "Stacked bar: 1 other £70,000.00; 2 other £30,000.00. Promised £100,000.00."
