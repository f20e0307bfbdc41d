"""A cell's text is what the sheet shows, and its format says whether it is a date, a length of time or a per cent."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import is_date_format, is_timedelta_format

from tomsapp.exchange.grid import CellError
from tomsapp.exchange.sheets.formats import BUILT_IN, format_of, shown

DAY, AFTERNOON = datetime(2026, 4, 1), datetime(2026, 4, 1, 14, 5, 9)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (None, "General", ""),
        (CellError("#REF!"), "0", "#REF!"),
        (True, "General", "TRUE"),
        (False, "0", "FALSE"),
        (Decimal("0.8"), "0%", "80%"),
        (Decimal("0.125"), "0.0%", "12.5%"),
        (Decimal("1234.5"), "#,##0.00", "1,234.50"),
        (1234567, "#,##0", "1,234,567"),
        (Decimal("-1234.5"), "#,##0.00", "-1,234.50"),
        (Decimal("-1234.5"), "#,##0;(#,##0)", "(1,235)"),
        (Decimal("-1234.5"), "#,##0;[Red]-#,##0", "-1,235"),
        (Decimal("-0.001"), "0.0", "0.0"),
        (0, BUILT_IN[44], "£-"),
        (Decimal("1234.5"), BUILT_IN[44], "£1,234.50"),
        (-5, BUILT_IN[44], "-£5.00"),
        (0, "0;-0;;@", ""),
        (5, '0 "weeks"', "5 weeks"),
        (5, "[$£-809]#,##0", "£5"),
        (5, "[$€-2] 0\\!", "€ 5!"),
        (1500000, '£0.0,,"m"', "£1.5m"),
        (1500, "0,", "2"),
        (7, '[>5]"big";"small"', "big"),
        (3, '[>5]"big";"small"', "small"),
        (3, '[>5]"big"', "big"),
        (5, "00000", "00005"),
        (Decimal("0.05"), ".00", ".05"),
        (Decimal("0.5"), "# ?/?", "0.5"),
        (1500, "0.0E+00", "1500"),
        (5, "@", "5"),
        (5, 'General "units"', "5 units"),
        (5, "000-000", "005-"),
        (5, "", ""),
        (Decimal("12.5"), "General", "12.5"),
        (Decimal("-12.5"), "general", "-12.5"),
        (0, "General", "0"),
        (40, "General", "40"),
        (-1200, "General", "-1200"),
        (Decimal("-12.50"), "General", "-12.5"),
        (Decimal("40.0"), "General", "40"),
        (Decimal("-0.0"), "General", "0"),
        (Decimal("0.3333333333333333"), "General", "0.333333333"),
        (12345678901, "General", "12345678901"),
        (Decimal("1E15"), "General", "1E+15"),
        (Decimal("1.5E-7"), "General", "1.5E-07"),
        (10**30, "0", "1" + "0" * 30),
        ("x", "General", "x"),
        ("x", '@" y"', "x y"),
        ("x", '0;-0;0;"is "@', "is x"),
        ("x", "0.00", "x"),
        (DAY, "dd/mm/yyyy", "01/04/2026"),
        (DAY, "[$-809]d mmmm yyyy;@", "1 April 2026"),
        (DAY, "ddd d-mmm-yy", "Wed 1-Apr-26"),
        (DAY, "dddd mmmmm", "Wednesday A"),
        (date(2026, 4, 1), "d/m/yy h", "1/4/26 0"),
        (AFTERNOON, "h:mm AM/PM", "2:05 PM"),
        (AFTERNOON, "dd/mm/yy hh:mm:ss", "01/04/26 14:05:09"),
        (AFTERNOON, "m:s", "5:9"),
        (time(0, 5), "h:mm AM/PM", "12:05 AM"),
        (time(9, 30), "dd h:mm", "9:30"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (timedelta(minutes=90), "[mm]:ss", "90:00"),
        (timedelta(minutes=2), "[s]", "120"),
        (DAY, "General", "2026-04-01 00:00:00"),
    ],
)
def test_a_value_is_shown_as_its_format_says(value, code, text):
    assert shown(value, code) == text


@pytest.mark.parametrize("code", [*BUILT_IN.values(), "yyyy\\-mm", "[h]:mm", '"days" 0', "[Red]0", "0.0_)", "\\d0"])
def test_dates_and_lengths_of_time_are_known_as_openpyxl_knows_them(code):
    form = format_of(code)
    assert (form.is_date, form.is_length) == (is_date_format(code), is_timedelta_format(code))


@pytest.mark.parametrize(
    ("code", "is_percent"), [("0%", True), ("0.0###%", True), ('0.0" %"', False), ("0\\%", False), ("0;0%", True)]
)
def test_a_per_cent_is_a_sign_that_is_not_quoted(code, is_percent):
    assert format_of(code).is_percent is is_percent


@given(
    st.text('0#?.,%;"\\_*[]$-@/EeGgnral yMmdhs:AP+<>=5', max_size=20), st.decimals(-(10**20), 10**20) | st.integers()
)
def test_no_format_makes_it_fail(code, number):
    for value in (number, "text", DAY, time(9, 30), timedelta(hours=30)):
        assert isinstance(shown(value, code), str)
    format_of(code)
