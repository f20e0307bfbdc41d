"""The days of a list say themselves whether day or month stands first; the day does where none says another thing."""

from datetime import date

import pytest

from tomsapp.domain.day_order import DayOrder, is_unclear, order_of, read_day_in
from tomsapp.domain.errors import TomsError


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        ([], DayOrder.DAY),
        (["03/04/2026", "1 May 2026"], DayOrder.DAY),
        (["03/04/2026", "30/04/2026"], DayOrder.DAY),
        (["03/04/2026", "04/30/2026"], DayOrder.MONTH),
        (["30/04/2026", "04-30-26"], DayOrder.UNKNOWN),
    ],
)
def test_a_list_says_its_order(texts, order):
    assert order_of(texts) is order


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2026", DayOrder.DAY, date(2026, 4, 3)),
        ("03/04/2026", DayOrder.MONTH, date(2026, 3, 4)),
        ("03/04/2026", DayOrder.UNKNOWN, date(2026, 4, 3)),
        ("04/30/2026", DayOrder.DAY, date(2026, 4, 30)),
        ("30/04/2026", DayOrder.MONTH, date(2026, 4, 30)),
        ("05/05/2026", DayOrder.MONTH, date(2026, 5, 5)),
        ("1 May 2026", DayOrder.MONTH, date(2026, 5, 1)),
    ],
)
def test_a_day_is_read_in_the_order_of_its_list(text, order, day):
    assert read_day_in(text, order) == day


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(TomsError):
        read_day_in("31/02/2026", DayOrder.DAY)


def test_only_a_day_that_two_orders_read_otherwise_is_unclear():
    assert is_unclear("03/04/2026")
    assert not any(map(is_unclear, ("05/05/2026", "30/04/2026", "1 May 2026")))
    assert [order.words for order in DayOrder] == ["Day first", "Month first", "Not known"]
