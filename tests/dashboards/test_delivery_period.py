"""Financial quarters that are looked at, and the period before them."""

from datetime import date

import pytest

from tomsapp.dashboards.delivery_period import periods_of, quarter_key, quarter_name
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.portfolio import Grouping

UNTIL = date(2026, 12, 31)
Q3 = 2026 * 4 + 2


def chosen(*, years=(), quarters=()):
    return Filters().choosing(Grouping.FINANCIAL_YEAR, years).choosing(Grouping.QUARTER, quarters)


@pytest.mark.parametrize(
    ("filters", "until", "now", "before"),
    [
        (chosen(), UNTIL, "Until 31 December 2026", "Until 30 September 2026"),
        (chosen(), date(2026, 11, 15), "Until 15 November 2026", "Until 30 September 2026"),
        (
            chosen(quarters=("2026/27 Q3",)),
            UNTIL,
            "Q3 of 2026/27 (Oct to Dec 2026)",
            "Q2 of 2026/27 (Jul to Sep 2026)",
        ),
        (
            chosen(quarters=("2026/27 Q2", "2026/27 Q3")),
            UNTIL,
            "Q2 of 2026/27 (Jul to Sep 2026) and Q3 of 2026/27 (Oct to Dec 2026)",
            "Q4 of 2025/26 (Jan to Mar 2026) and Q1 of 2026/27 (Apr to Jun 2026)",
        ),
        (chosen(years=("2026/27",)), UNTIL, "2026/27, until 31 December 2026", "2025/26, until 31 December 2025"),
        (chosen(years=("2026/27",)), date(2027, 3, 31), "2026/27", "2025/26"),
        (chosen(years=("2025/26", "2026/27")), date(2027, 3, 31), "2025/26 and 2026/27", "2023/24 and 2024/25"),
        (
            chosen(years=("2026/27",), quarters=("2026/27 Q1", "2025/26 Q1")),
            UNTIL,
            "Q1 of 2026/27 (Apr to Jun 2026)",
            "Q4 of 2025/26 (Jan to Mar 2026)",
        ),
        (chosen(quarters=("sometime",)), UNTIL, "No period", "No period"),
    ],
)
def test_a_period_stands_beside_the_one_before(filters, until, now, before):
    period, last = periods_of(filters, until)
    assert (period.words, last.words) == (now, before)


def test_what_is_to_come_is_of_no_period_yet():
    period, last = periods_of(chosen(quarters=("2027/28 Q1",)), UNTIL)
    assert period.quarters == last.quarters == frozenset()
    assert period.words == "Q1 of 2027/28 (Apr to Jun 2027)"


def test_days_are_in_the_period_of_their_quarter():
    period, last = periods_of(chosen(quarters=("2026/27 Q3",)), UNTIL)
    assert period.has(date(2026, 10, 1))
    assert not period.has(date(2026, 9, 30))
    assert last.has(date(2026, 9, 30))
    assert (last.until, period.until) == (date(2026, 9, 30), UNTIL)
    assert (quarter_key(Q3), quarter_name(Q3)) == ("2026/27 Q3", "Q3 of 2026/27 (Oct to Dec 2026)")
