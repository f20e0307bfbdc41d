from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.reports.charts import GAP, Segment, StackedBar
from tomsapp.reports.styles import SERIES, series


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
