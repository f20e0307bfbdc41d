"""Numbers as the parts of workbooks write them: exact, and none that would have more digits than any spreadsheet."""

from decimal import Decimal

import pytest

from tomsapp.exchange.sheets.values import number_in


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), (" 0.1 ", Decimal("0.1")), ("1E3", Decimal(1000)), ("-2.50", Decimal("-2.50"))]
)
def test_a_number_is_exact(text, number):
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["", "x", "1e9999", "1e-9999", "9" * 2000, "NaN", "Infinity", "1_000"])
def test_what_no_spreadsheet_writes_is_none(text):
    with pytest.raises(ValueError, match=r".*"):
        number_in(text)
