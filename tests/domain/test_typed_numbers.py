"""Every number that people write is read as they mean it, asked about, or refused with what to write."""

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tomsapp.domain.errors import TomsError
from tomsapp.domain.money import NumberError, from_scaled
from tomsapp.domain.typed import (
    is_blank,
    read_in_form,
    read_percent,
    read_pounds,
    read_quantity,
    read_share,
    units_called,
    without_unit,
)
from tomsapp.domain.typed_days import read_day
from tomsapp.domain.typed_numbers import Ambiguous, Convention, convention_of, read_number
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.wording import format_date, format_percent, format_pounds, format_quantity

POINT, COMMA, UNKNOWN = Convention.POINT, Convention.COMMA, Convention.UNKNOWN
pennies = st.integers(0, 10**14 - 1).map(lambda pence: from_scaled(pence, 2))
quantities = st.decimals(min_value=-(10**11), max_value=10**11, allow_nan=False, places=4)
numberlike = st.text(st.sampled_from("0123456789.,, -£%km’\u00a0\u200b"), max_size=14)
marked = st.from_regex(r"-?[0-9]{1,4}([.,][0-9]{1,4}){1,2}k?", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4200000.00", "4200000.00"),
        (" £4,200,000.00 ", "4200000.00"),
        ("4 200 000", "4200000"),
        ("4\u00a0200\u202f000.5", "4200000.5"),
        ("£ 12", "12"),
        ("−£5.00", "-5.00"),
        ("–5", "-5"),
        ("- 5", "-5"),
        ("007", "7"),
        ("1,500", "1500"),
        ("1.500", "1.500"),
        ("40\u200b", "40"),
        ("\u206640\u2069", "40"),
        ("250k", "250000"),
        ("2 million", "2000000"),
        ("1.2345 thousand", "1234.5"),
        ("-1.5 billion", "-1500000000"),
        ("'12", "12"), ("’12", "12"), ("+5", "5"), (".5", "0.5"), ("-.5", "-0.5"), ("12.", "12"), ("£5.", "5"),
        ("１２", "12"), ("１，２００．５", "1200.5"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(text, number):
    assert str(read_number(text)) == number


@pytest.mark.parametrize(
    ("text", "number"), [("2.5m", 2_500_000), ("£2.5 million", 2_500_000), ("1.250M", 1_250_000), ("1bn", 10**9)]
)
def test_pounds_may_be_written_in_thousands_and_millions(text, number):
    assert read_pounds(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *["", "£", "ten", "1 2", "10 20", "10\t200", "1,000 000", "1.2.3", "1e6", "nan", "=1+1", "1,000..", "٣"],
        *["££5", "1  000", "0 500", "5²", "5m", "1.2,3.4", "1,2.3,4"],
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NumberError, match="Use numbers only"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("(5)", "brackets is less than zero"),
        ("$5", "not in pounds"),
        ("5 €", "not in pounds"),
        ("5%", "a per cent"),
        ("1,000,000,000,000", "12 digits"),
        ("1000 billion", "12 digits"),
    ],
)
def test_a_refusal_gives_the_real_reason(text, why):
    with pytest.raises(NumberError, match=why):
        read_number(text)


@pytest.mark.parametrize(("text", "why"), [("-5", "less than zero"), ("2500000.005", "parts of a penny")])
def test_pounds_that_cannot_be_are_refused_with_the_real_reason(text, why):
    with pytest.raises(NumberError, match=why):
        read_pounds(text)


@pytest.mark.parametrize(
    ("text", "convention", "readings"),
    [
        ("0,500", POINT, ("0.5", "500")),
        ("0,250", UNKNOWN, ("0.25", "250")),
        ("2500000,00", POINT, ("2500000", "250000000")),
        ("1250,50", POINT, ("1250.5", "125050")),
        ("99,99", POINT, ("99.99", "9999")),
        ("1,25,000", POINT, ("125000",)),
        ("2.500.000,00", POINT, ("2500000",)),
        ("1.25.000", COMMA, ("125000",)),
        ("1,500", COMMA, ("1,5", "1500")),
        ("1.500", COMMA, ("1500", "1,5")),
        ("1,234", COMMA, ("1,2340", "1234")),
        ("12.5", COMMA, ("12,5", "125")),
        ("1,500", UNKNOWN, ("1500", "1.5")),
        ("1.234", UNKNOWN, ("1.2340", "1234")),
        ("-0,5", POINT, ("-0.5", "-5")),
        ("2,5 million", POINT, ("2500000", "25000000")),
    ],
)
def test_a_number_with_two_readings_is_asked_about(text, convention, readings):
    with pytest.raises(Ambiguous) as caught:
        read_number(text, convention)
    assert caught.value.readings == readings
    assert caught.value.fix == f"Write {' or '.join(readings)}"


@pytest.mark.parametrize(("text", "places", "readings"), [("1.500", 2, ("1.5", "1500")), ("1.005", 2, ("1005",))])
def test_three_digits_behind_a_point_are_asked_about_where_so_many_decimals_cannot_be(text, places, readings):
    assert read_number(text, places=3) == Decimal(text)
    with pytest.raises(Ambiguous) as caught:
        read_number(text, places=places)
    assert caught.value.readings == readings


@pytest.mark.parametrize(
    ("text", "number"), [("0,500", "0.500"), ("2500,5", "2500.5"), ("1.234,50", "1234.50"), ("1.234.567", "1234567")]
)
def test_a_decimal_comma_is_understood_where_it_is_the_rule(text, number):
    assert str(read_number(text, COMMA)) == number


@pytest.mark.parametrize("text", ["12.5", "0.500", "1234,567,890.5", "40"])
def test_what_no_decimal_comma_can_be_is_read_where_nothing_is_known(text):
    if text.startswith("1234,"):
        with pytest.raises(NumberError):
            read_number(text, UNKNOWN)
    else:
        assert read_number(text, UNKNOWN) == Decimal(text)


def _question(text, convention):
    try:
        read_number(text, convention)
    except Ambiguous as question:
        return question
    except NumberError:
        pass
    return None


@given(marked, st.sampled_from(Convention))
def test_each_reading_that_is_offered_is_read_without_a_question(text, convention):
    question = _question(text, convention)
    assume(question is not None)
    values = {read_number(reading, convention) for reading in question.readings}
    assert len(values) == len(question.readings) > 0


@given(numberlike | marked)
def test_no_mark_before_decimals_is_ever_dropped(text):
    """Where two conventions read a text, they agree, or the one that does not know asks."""
    read = {convention: _read(text, convention) for convention in Convention}
    for one, other in combinations((POINT, COMMA), 2):
        if read[one] is not None and read[other] is not None:
            assert read[one] == read[other]
    if read[UNKNOWN] is not None:
        assert read[UNKNOWN] == read[POINT]


def _read(text, convention):
    try:
        return read_number(text, convention)
    except NumberError:
        return None


def _said(read, *facts):
    """What is said of a text that cannot be read; the kind of value where it can."""
    try:
        return type(read(*facts)).__name__
    except TomsError as error:
        return error.message


@given(st.text() | numberlike | marked, st.sampled_from(Convention), st.sampled_from(UnitForm), st.integers(0, 4))
def test_any_text_gives_a_value_or_an_error_for_people(text, convention, form, places):
    assert all(_said(read, text, convention) for read in (read_pounds, read_quantity, read_share, read_percent))
    assert _said(read_in_form, text, form, places, convention)
    assert _said(read_day, text)


@given(pennies)
def test_pounds_as_they_are_shown_are_read_back(amount):
    assert read_pounds(format_pounds(amount)) == amount


@given(quantities)
def test_quantities_as_they_are_shown_are_read_back(quantity):
    assert read_number(format_quantity(quantity)) == quantity


@given(st.decimals(min_value=-(10**11), max_value=10**11, allow_nan=False, places=2))
def test_numbers_with_a_decimal_comma_are_read_back_where_it_is_the_rule(number):
    text = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    assert read_number(text, COMMA) == number


@given(st.integers(0, 10**6).map(lambda part: from_scaled(part, 6)))
def test_shares_as_they_are_shown_are_read_back(share):
    assert read_share(format_percent(share)) == share


@given(st.dates(min_value=date(1000, 1, 1)))
def test_days_as_they_are_shown_are_read_back(day):
    assert read_day(format_date(day)) == day


@pytest.mark.parametrize(
    ("text", "readings"), [("0.25", ("25%", "0.25%")), ("1", ("100%", "1%")), ("0.5 ", ("50%", "0.5%"))]
)
def test_a_part_of_one_is_asked_about_where_per_cent_are_meant(text, readings):
    for read in (read_share, read_percent):
        with pytest.raises(Ambiguous) as caught:
            read(text)
        assert caught.value.readings == readings


@pytest.mark.parametrize(("text", "share"), [("25%", "0.25"), ("0.25 %", "0.0025"), ("50", "0.5"), ("0", "0")])
def test_a_share_is_read_from_per_cent(text, share):
    assert read_share(text) == Decimal(share)
    assert read_share(text.replace("%", "per cent")) == Decimal(share)


@pytest.mark.parametrize(
    ("text", "form", "quantity"),
    [
        ("", UnitForm.NUMBER, None),
        ("-", UnitForm.NUMBER, None),
        (" £-   ", UnitForm.POUNDS, None),
        ("–", UnitForm.YES_NO, None),
        ("Yes", UnitForm.YES_NO, 1),
        ("TRUE", UnitForm.YES_NO, 1),
        ("n", UnitForm.YES_NO, 0),
        ("80%", UnitForm.PERCENT, 80),
        ("80", UnitForm.PERCENT, 80),
        ("2k", UnitForm.NUMBER, 2000),
        ("£1.5m", UnitForm.POUNDS, 1_500_000),
    ],
)
def test_a_quantity_is_read_as_its_unit_is_written(text, form, quantity):
    assert read_in_form(text, form, 2) == quantity


def test_neither_yes_nor_no_says_what_to_enter():
    with pytest.raises(NumberError, match="Enter 1 for yes or 0 for no"):
        read_in_form("perhaps", UnitForm.YES_NO, 0)


@pytest.mark.parametrize(
    ("texts", "convention"),
    [
        ((), UNKNOWN),
        (("40", "1,500", "G01"), UNKNOWN),
        (("0,500",), COMMA),
        (("1.234,50", "1,500"), COMMA),
        (("12.5", "1,500"), POINT),
        (("12.5", "0,5"), UNKNOWN),
        (("1,2345678901234",), UNKNOWN),
    ],
)
def test_the_numbers_of_a_file_say_which_mark_stands_before_decimals(texts, convention):
    assert convention_of(texts, UNKNOWN) is convention


@pytest.mark.parametrize(
    "text", ["", " - ", "£-", "£ -", "--", "nil", "NIL", "n/a", "N/A", "n.a.", "None", "Not applicable"]
)
def test_nothing_is_written_in_several_ways(text):
    assert is_blank(text)
    assert read_in_form(text, UnitForm.NUMBER, 2) is None


@pytest.mark.parametrize("text", ["0", "no", "nilly", "-1", "na na"])
def test_something_is_not_nothing(text):
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("40 weeks", Unit.WEEKS, "40"), ("1 week", Unit.WEEKS, "1"), ("40wks", Unit.WEEKS, "40"),
        ("1,200 hrs.", Unit.HOURS, "1,200"), ("2 FTE", Unit.FTE_YEARS, "2"), ("12 no.", Unit.PEOPLE, "12"),
        ("£500 GBP", Unit.POUNDS, "£500"), ("3.5 tCO2e", Unit.TONNES, "3.5"),
        ("40 days", Unit.WEEKS, "40 days"), ("5k", Unit.HOURS, "5k"), ("about 5", Unit.HOURS, "about 5"),
        ("0.5 per cent", Unit.PERCENT, "0.5 per cent"),
    ],
)  # fmt: skip
def test_a_number_may_have_its_own_unit_behind_it(text, unit, number):
    assert without_unit(text, unit) == number


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Hrs.", {Unit.HOURS}), ("£", {Unit.POUNDS}), ("FTE", {Unit.FTE_JOBS, Unit.FTE_YEARS}), ("%", {Unit.PERCENT}),
        ("tCO2e", {Unit.TONNES}), ("Full-time jobs", {Unit.FTE_JOBS}), ("no.", set()), ("nr", set()), ("", set()),
    ],
)  # fmt: skip
def test_a_unit_is_known_by_its_names(text, units):
    assert units_called(text) == units


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("0.5", ("50%", "0.5%")),
        ("0,5", ("50%", "0.5%", "5%")),
        ("0,5%", ("0.5%", "5%")),
        ("1,5", ("1.5%", "15%")),
        ("12,5 per cent", ("12.5%", "125%")),
    ],
)
def test_what_is_offered_for_per_cent_has_its_sign_and_is_not_asked_about_again(text, readings):
    with pytest.raises(Ambiguous) as asked:
        read_percent(text)
    assert asked.value.readings == readings
    assert asked.value.message.endswith(f"in {'two' if len(readings) == 2 else 'several'} ways")
    for reading in readings:
        read_percent(reading)


def _offered(read, *facts):
    """What is offered for a text that can be read in several ways."""
    try:
        read(*facts)
    except Ambiguous as question:
        return question.readings
    except NumberError:
        return ()
    return ()


@given(marked, st.sampled_from(["", "%", " per cent"]), st.sampled_from(Convention))
def test_what_is_offered_for_a_number_is_read_in_one_way_where_it_is_offered(text, sign, convention):
    for reading in _offered(read_number, text, convention):
        read_number(reading, convention)
    for reading in _offered(read_percent, f"{text}{sign}", convention):
        read_percent(reading, convention)


@pytest.mark.parametrize(
    ("text", "readings"),
    [("12.500", ("12500%", "12,5%")), ("0.5", ("50%", "0,5%", "5%")), ("1.500%", ("1500%", "1,5%"))],
)
def test_per_cent_of_a_table_with_decimal_commas_are_asked_about_in_commas(text, readings):
    with pytest.raises(Ambiguous) as asked:
        read_percent(text, COMMA)
    assert asked.value.readings == readings


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5 £", "5"),
        ("GBP 5", "5"),
        ("5 gbp", "5"),
        ("1 million pounds", "1000000"),
        ("£5 pounds", "5"),
        ("1 pound", "1"),
    ],
)
def test_pounds_may_be_named_beside_the_number_and_only_of_pounds(text, number):
    assert str(read_number(text, is_pounds=True)) == number
    if "£" not in text[:1]:
        with pytest.raises(NumberError):
            read_number(text)


@pytest.mark.parametrize("text", ["12¹", "1..5", ".", "..5", "+-5", "-+5", "5.£", "'", "''12", "١٢"])
def test_marks_that_may_mean_more_are_no_number(text):
    with pytest.raises(NumberError):
        read_number(text, is_pounds=True)


@pytest.mark.parametrize("text", ["80% of staff", "80 per cent of all suppliers", "80%"])
def test_per_cent_may_say_of_what(text):
    assert read_percent(text) == 80


def test_per_cent_of_another_number_is_none():
    with pytest.raises(NumberError):
        read_percent("80% of 12")
