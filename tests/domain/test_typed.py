"""What people type is read as they mean it, or they are told what to write."""

from datetime import date
from decimal import Decimal

import pytest

from tomsapp.domain.typed import find_day, find_pounds


@pytest.mark.parametrize("text", ["1 April 2026", "1 apr 2026", "01/04/2026", "1.4.2026", "2026-04-01", " 1 4 2026 "])
def test_days_are_read_as_people_write_them(text):
    assert find_day(text) == date(2026, 4, 1)


@pytest.mark.parametrize("text", ["", "31 June 2026", "4.2m", "1 Ju 2026", "1/13/2026", "1 April 26"])
def test_what_is_no_day_is_refused(text):
    assert find_day(text) is None


def test_pounds_are_found_or_none():
    assert find_pounds("£4,200,000.50") == Decimal("4200000.50")
    assert find_pounds("4.2m") is None
