from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tomsapp.gui import formats


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("5526161.01", "£5,526,161.01"),
        ("0", "£0.00"),
        ("0.0812", "£0.0812"),
        ("1E+3", "£1,000.00"),
        ("-9550.6", "−£9,550.60"),
        ("123456789012345678.91", "£123,456,789,012,345,678.91"),
    ],
)
def test_pounds_show_all_their_pence(value, text):
    assert formats.pounds(Decimal(value)) == text


@pytest.mark.parametrize(("value", "text"), [("351", "+£351.00"), ("-1", "−£1.00"), ("0", "£0.00")])
def test_change_carries_its_sign(value, text):
    assert formats.pounds_change(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"), [("1", "1"), ("5.00", "5"), ("0.50", "0.5"), ("1250", "1,250"), ("1E2", "100"), ("-4", "−4")]
)
def test_quantity_has_no_needless_zeros(value, text):
    assert formats.quantity(Decimal(value)) == text


@pytest.mark.parametrize(
    ("share", "text"), [("0.0477", "4.77%"), ("0.5", "50%"), ("1", "100%"), ("0.0626", "6.26%"), ("0", "0%")]
)
def test_percentage_of_a_share(share, text):
    assert formats.percentage(Decimal(share)) == text


@pytest.mark.parametrize(
    ("value", "text"), [("1600000", "£1.60m"), ("440000", "£0.44m"), ("99000", "£99k"), ("0", "£0")]
)
def test_short_pounds_for_charts(value, text):
    assert formats.short_pounds(Decimal(value)) == text


@pytest.mark.parametrize(
    ("marks", "texts"),
    [
        (("0", "500000", "1000000"), ["£0", "£0.5m", "£1.0m"]),
        (("0", "250000", "1250000"), ["£0", "£0.25m", "£1.25m"]),
        (("0", "25000", "125000"), ["£0", "£25k", "£125k"]),
        (("0", "2000000", "6000000"), ["£0", "£2m", "£6m"]),
        (("0", "200", "1000"), ["£0", "£200", "£1,000"]),
        (("0", "20", "100"), ["£0", "£20", "£100"]),
    ],
)
def test_marks_of_an_axis_share_a_unit_and_are_exact(marks, texts):
    assert formats.mark_pounds([Decimal(mark) for mark in marks]) == texts


def test_years_days_and_counts():
    assert formats.contract_year(2026) == "2026/27"
    assert formats.contract_year(2099) == "2099/00"
    assert formats.day(dt.date(2026, 4, 1)) == "1 April 2026"
    assert formats.count(1, "commitment") == "1 commitment"
    assert formats.count(1250, "commitment") == "1,250 commitments"
    assert formats.clock(dt.datetime(2026, 4, 1, 14, 2, tzinfo=dt.UTC)) == "14:02"


@pytest.mark.parametrize("text", ["1 April 2026", "1 apr 2026", "01/04/2026", "1.4.2026", "2026-04-01", " 1 4 2026 "])
def test_days_are_read_as_people_write_them(text):
    assert formats.read_day(text) == dt.date(2026, 4, 1)


@pytest.mark.parametrize("text", ["", "31 June 2026", "4.2m", "1 Ju 2026", "1/13/2026", "1 April 26"])
def test_what_is_no_day_is_refused(text):
    assert formats.read_day(text) is None
