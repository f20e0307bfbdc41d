"""One number for the whole contract comes to exactly itself, however it is put to the years."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.contract_dates import contract_years
from tomsapp.domain.spreading import Spread, spread_quantity
from tomsapp.domain.units import UnitForm

YEARS = contract_years(date(2026, 4, 1), date(2028, 9, 30))
NUMBER = UnitForm.NUMBER


@pytest.mark.parametrize(
    ("how", "form", "places", "quantities"),
    [
        (Spread.FIRST, NUMBER, 0, ("25", None, None)),
        (Spread.EVENLY, NUMBER, 0, ("8", "8", "9")),
        (Spread.EVENLY, NUMBER, 2, ("8.33", "8.33", "8.34")),
        (Spread.LENGTHS, NUMBER, 0, ("9", "10", "6")),
        (Spread.LENGTHS, UnitForm.PERCENT, 1, ("25", "25", "25")),
        (Spread.EVENLY, UnitForm.YES_NO, 0, ("25", None, None)),
        (Spread.EVENLY, UnitForm.POUNDS, 2, ("8.33", "8.33", "8.34")),
    ],
)
def test_a_number_is_put_to_the_years(how, form, places, quantities):
    assert spread_quantity(Decimal(25), how, YEARS, form, places) == tuple(one and Decimal(one) for one in quantities)


@given(st.decimals(0, 10**9, places=4), st.sampled_from(Spread), st.integers(0, 4))
def test_the_years_come_to_the_number(number, how, places):
    parts = spread_quantity(number, how, YEARS, NUMBER, places)
    assert sum(part or 0 for part in parts) == number
    assert all(part is None or part >= 0 for part in parts)


def test_each_way_has_words():
    assert [how.words for how in Spread] == ["In year 1", "Evenly", "By the years’ lengths"]
