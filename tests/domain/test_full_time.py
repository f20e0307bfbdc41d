"""Full-time years out of people, hours a week and weeks."""

from decimal import Decimal

import pytest

from tomsapp.domain.full_time import full_time_sum, full_time_years


@pytest.mark.parametrize(
    ("people", "hours", "weeks", "years", "words"),
    [
        ("10", "37.5", "52", "10.00", "10 × 37.5 hours × 52 weeks ÷ 1,950 hours = 10 full-time years"),
        ("1", "37.5", "52", "1.00", "1 × 37.5 hours × 52 weeks ÷ 1,950 hours = 1 full-time year"),
        ("5", "20", "52", "2.67", "5 × 20 hours × 52 weeks ÷ 1,950 hours = 2.67 full-time years"),
        ("3", "18.75", "13", "0.38", "3 × 18.75 hours × 13 weeks ÷ 1,950 hours = 0.38 full-time years"),
        ("0", "20", "52", "0.00", "0 × 20 hours × 52 weeks ÷ 1,950 hours = 0 full-time years"),
    ],
)
def test_full_time_years_are_worked_out_with_their_sum(people, hours, weeks, years, words):
    given = Decimal(people), Decimal(hours), Decimal(weeks)
    assert full_time_years(*given) == Decimal(years)
    assert full_time_sum(*given) == words
