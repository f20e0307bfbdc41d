from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.exchange.grid import CellError, CellUnreadable, GridCell, number_of, text_of


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (40, "40"),
        (12.5, "12.5"),
        (3.333, "3.333"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (None, None),
        ("", None),
        ("  ", None),
    ],
)
def test_a_number_cell_is_read_exactly(value, number):
    read = number_of(GridCell(value))
    assert read.value == (None if number is None else Decimal(number))
    assert read.note == ""


@pytest.mark.parametrize(("text", "number"), [("40 ", "40"), ("12.50", "12.5")])
def test_a_plain_number_in_text_needs_no_note(text, number):
    read = number_of(GridCell(text))
    assert (read.value, read.note) == (Decimal(number), "")


@pytest.mark.parametrize(("text", "number"), [("1,000", "1000"), ("£5", "5"), ("−1", "-1")])
def test_a_number_in_text_is_read_with_a_note(text, number):
    read = number_of(GridCell(text))
    assert read.value == Decimal(number)
    assert read.note == f"“{text}” is text; it is read as a number"


def test_a_share_may_be_written_as_per_cent():
    assert number_of(GridCell(" 25 % "), percent=True).value == Decimal("0.25")
    assert number_of(GridCell("0.25"), percent=True).value == Decimal("0.25")
    with pytest.raises(CellUnreadable):
        number_of(GridCell("25%"))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (GridCell("4.2m"), "number-unreadable"),
        (GridCell("1.000,5"), "number-unreadable"),
        (GridCell(1e15), "number-unreadable"),
        (GridCell(1.2345678901234567e20), "number-unreadable"),
        (GridCell(float("inf")), "number-unreadable"),
        (GridCell(float("nan")), "number-unreadable"),
        (GridCell(True), "cell-not-a-number"),
        (GridCell(datetime(2026, 4, 1, tzinfo=UTC)), "cell-not-a-number"),
        (GridCell(time(1)), "cell-not-a-number"),
        (GridCell(timedelta(1)), "cell-not-a-number"),
        (GridCell(CellError("#REF!")), "cell-error"),
        (GridCell(None, lacks_result=True), "formula-without-result"),
        (GridCell(40, is_merged=True), "cell-merged"),
        (GridCell(None, is_merged=True), "cell-merged"),
    ],
)
def test_a_cell_without_a_usable_number_says_why(cell, code):
    with pytest.raises(CellUnreadable) as caught:
        number_of(cell)
    assert caught.value.code == code
    assert caught.value.message
    assert caught.value.fix


@pytest.mark.parametrize(("value", "text"), [(None, ""), (" a ", "a"), (8, "8"), (8.0, "8"), (8.5, "8.5")])
def test_the_text_of_a_cell(value, text):
    assert text_of(GridCell(value)) == text


def test_an_error_is_no_text():
    with pytest.raises(CellUnreadable):
        text_of(GridCell(CellError("#N/A")))


@given(st.decimals(-999_999_999, 999_999_999, places=4))
def test_every_number_that_a_workbook_can_keep_comes_back(number):
    assert number_of(GridCell(float(number))).value == number
