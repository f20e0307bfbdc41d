from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.typed_numbers import Convention
from tomsapp.domain.units import UnitForm
from tomsapp.exchange.grid import CellError, CellUnreadable, GridCell, number_of, quantity_of, share_of, text_of


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (40, "40"),
        (Decimal("12.5"), "12.5"),
        (Decimal("3.333"), "3.333"),
        (Decimal("0.30000000000000004"), "0.3"),
        (Decimal("1E-7"), "0.0000001"),
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


@pytest.mark.parametrize(
    ("cell", "share", "code"),
    [
        (GridCell(" 25 % "), "0.25", "number-in-text"),
        (GridCell(Decimal("0.25"), is_percent=True), "0.25", ""),
        (GridCell("0.25"), "0.25", "share-without-sign"),
        (GridCell(Decimal("0.25")), "0.25", "share-without-sign"),
        (GridCell(25), "0.25", "share-without-sign"),
        (GridCell("0.25%"), "0.0025", "number-in-text"),
        (GridCell(1), "1", ""),
        (GridCell(0), "0", ""),
        (GridCell("25,5%", convention=Convention.COMMA), "0.255", "number-in-text"),
    ],
)
def test_a_share_may_be_written_as_per_cent_or_as_a_part_of_one(cell, share, code):
    read = share_of(cell)
    assert (read.value, read.code if read.note else "") == (Decimal(share), code)
    with pytest.raises(CellUnreadable):
        number_of(GridCell("25%"))


@pytest.mark.parametrize(
    ("cell", "quantity", "readings"),
    [
        (GridCell(Decimal("0.8"), is_percent=True), "80", ()),
        (GridCell(1, is_percent=True), "100", ()),
        (GridCell(80), "80", ()),
        (GridCell("80%"), "80", ()),
        (GridCell("0.8%"), "0.8", ()),
        (GridCell(Decimal("0.8")), "0.8", ("80%", "0.8%")),
        (GridCell("1"), "1", ("100%", "1%")),
        (GridCell(0), "0", ()),
    ],
)
def test_a_quantity_of_per_cent_is_what_the_person_saw_or_is_asked_about(cell, quantity, readings):
    read = quantity_of(cell, UnitForm.PERCENT, 1)
    assert (read.value, read.readings) == (Decimal(quantity), readings)


def test_a_per_cent_where_the_unit_is_another_is_refused():
    with pytest.raises(CellUnreadable) as caught:
        quantity_of(GridCell(Decimal("0.05"), is_percent=True))
    assert caught.value.code == "cell-per-cent"
    assert number_of(GridCell(Decimal("0.05"), is_percent=True)).value == Decimal("0.05")


@pytest.mark.parametrize(
    ("value", "number"),
    [("Yes", 1), ("Y", 1), (True, 1), ("No", 0), ("N", 0), (False, 0), (1, 1), ("-", None), (" £-   ", None)],
)
def test_yes_no_and_a_dash_are_read_as_a_spreadsheet_writes_them(value, number):
    assert quantity_of(GridCell(value), UnitForm.YES_NO).value == number


def test_what_is_neither_yes_nor_no_says_what_to_enter():
    with pytest.raises(CellUnreadable) as caught:
        quantity_of(GridCell("perhaps"), UnitForm.YES_NO)
    assert caught.value.fix == "Enter 1 for yes or 0 for no"
    with pytest.raises(CellUnreadable, match="never worked out"):
        quantity_of(GridCell(True, lacks_result=True), UnitForm.YES_NO)


def test_a_sign_that_cannot_be_seen_is_left_out_and_told():
    read = number_of(GridCell("500\u200b"))
    assert read.value == 500
    assert read.note == "“500” has signs that cannot be seen; they were left out; it is read as a number"
    assert text_of(GridCell("S08\u200b\u00a0")) == "S08"


@pytest.mark.parametrize(
    ("cell", "begins"),
    [
        (GridCell("TBC"), "“TBC”: Use numbers only"),
        (GridCell(datetime(2026, 5, 1, tzinfo=UTC), text="01/05/2026"), "“01/05/2026”: A date or time stands"),
        (GridCell(True), "True or false stands"),
        (GridCell("as agreed with the council each year"), "“as agreed with the coun…”: Use numbers only"),
    ],
)
def test_what_stands_in_a_cell_that_is_no_number_is_quoted(cell, begins):
    with pytest.raises(CellUnreadable) as caught:
        number_of(cell)
    assert caught.value.message.startswith(begins)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (GridCell("4.2m"), "number-unreadable"),
        (GridCell("1.000,5"), "number-unclear"),
        (GridCell("0,500"), "number-unclear"),
        (GridCell(1e15), "number-unreadable"),
        (GridCell(1.2345678901234567e20), "number-unreadable"),
        (GridCell(Decimal("Infinity")), "number-unreadable"),
        (GridCell(Decimal("NaN")), "number-unreadable"),
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


@pytest.mark.parametrize(("value", "text"), [(None, ""), (" a ", "a"), (8, "8"), (Decimal("8.0"), "8"), (8.5, "8.5")])
def test_the_text_of_a_cell(value, text):
    assert text_of(GridCell(value)) == text


def test_an_error_is_no_text():
    with pytest.raises(CellUnreadable):
        text_of(GridCell(CellError("#N/A")))


@given(st.decimals(-999_999_999, 999_999_999, places=4))
def test_every_number_that_a_workbook_can_keep_comes_back(number):
    assert number_of(GridCell(Decimal(repr(float(number))))).value == number


def test_a_day_is_the_text_that_the_sheet_shows_where_that_is_asked_for():
    day = datetime(2026, 4, 1)  # noqa: DTZ001
    assert text_of(GridCell(day, text="01/04/26"), as_shown=True) == "01/04/26"
    assert text_of(GridCell(day), as_shown=True) == "1 April 2026"
    assert text_of(GridCell(day, text="01/04/26")) == "2026-04-01 00:00:00"
    assert text_of(GridCell(Decimal("1.26"), text="1.3"), as_shown=True) == "1.26"
