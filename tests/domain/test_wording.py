"""Numbers and dates in words: the same on every machine, true minus signs, nothing rounded unsaid."""

import time
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.errors import TomsError, as_sentence
from tomsapp.domain.wording import (
    format_change,
    format_clock,
    format_date,
    format_exact,
    format_moment,
    format_percent,
    format_percent_change,
    format_pounds,
    format_pounds_short,
    format_quantity,
    format_told,
    licence_words,
    plural,
    small_first,
)

D = Decimal


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "£0.00"),
        ("1234.5", "£1,234.50"),
        ("-1234.56", "−£1,234.56"),
        ("0.0812", "£0.0812"),
        ("0.00005", "£0.0001"),
        ("0.00025", "£0.0003"),
        ("-0.00", "£0.00"),
        ("12345678901234567890123456789.01", "£12,345,678,901,234,567,890,123,456,789.01"),
    ],
)
def test_format_pounds(amount: str, text: str) -> None:
    assert format_pounds(D(amount)) == text


@pytest.mark.parametrize(
    ("quantity", "text"),
    [("0", "0"), ("1234.50", "1,234.5"), ("-2.5", "−2.5"), ("1E+6", "1,000,000"), ("40.0", "40"), ("-0", "0")],
)
def test_format_quantity(quantity: str, text: str) -> None:
    assert format_quantity(D(quantity)) == text


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(2, 3), 6, "0.666666…"),
        (Fraction(-2, 3), 2, "−0.66…"),
        (Fraction(5, 2), 6, "2.5"),
        (Fraction(-5, 2), 6, "−2.5"),
        (Fraction(60004, 100000), 4, "0.6000…"),
        (Fraction(1, 10**9), 2, "0.00…"),
        (Fraction(10000, 3), 4, "3,333.3333…"),
        (Fraction(0), 2, "0"),
    ],
)
def test_a_number_of_a_working_is_whole_or_cut_with_an_ellipsis(number: Fraction, places: int, text: str) -> None:
    assert format_exact(number, places) == text


@given(st.fractions())
def test_an_ellipsis_stands_exactly_where_digits_are_missing(number: Fraction) -> None:
    shown = format_exact(number)
    read = Fraction(shown.rstrip("…").replace(",", "").replace("−", "-"))
    assert (read == number) is not shown.endswith("…")
    assert abs(read) <= abs(number)
    assert abs(number) - abs(read) < Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("share", "places", "text"),
    [
        ("0.25", None, "25%"),
        ("1", None, "100%"),
        ("0.333333", None, "33.3333%"),
        ("0.1234", 1, "12.3%"),
        ("0.1235", 1, "12.3%"),
        ("-0.05", 1, "−5.0%"),
        ("12.5", 0, "1,250%"),
        ("0.001", 1, "0.1%"),
        ("0.0009", 1, "under 0.1%"),
        ("0.0009", 2, "0.09%"),
        ("0.00009", 2, "under 0.01%"),
        ("0.009", 0, "under 1%"),
        ("-0.0009", 1, "over −0.1%"),
        ("0", 1, "0.0%"),
    ],
)
def test_format_percent(share: str, places: int | None, text: str) -> None:
    assert format_percent(D(share), places) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ("0.0444", "+4.4%"),
        ("-0.0444", "−4.4%"),
        ("0", "0.0%"),
        ("0.0009", "under 0.1% more"),
        ("-0.0009", "under 0.1% less"),
    ],
)
def test_a_change_as_per_cent_has_its_sign(share: str, text: str) -> None:
    assert format_percent_change(Fraction(share)) == text


def test_a_share_that_does_not_end_is_cut() -> None:
    assert format_percent(Fraction(1, 3)) == "33.333333…%"


class AprilInFrance(date):
    """A date as it is formatted where the locale is French."""

    def __format__(self, _spec: str) -> str:
        return "avril"

    def strftime(self, _format: str) -> str:
        return "avril"


def test_dates_do_not_follow_the_locale() -> None:
    names = [format_date(date(2026, month, 1)) for month in range(1, 13)]
    assert names[0] == "1 January 2026"
    assert names[11] == "1 December 2026"
    assert len(set(names)) == 12
    assert format_date(AprilInFrance(2026, 4, 1)) == "1 April 2026"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "£0.00"),
        ("999.99", "£999.99"),
        ("999.999", "£1.0k"),
        ("1000", "£1.0k"),
        ("15850", "£15.9k"),
        ("999949.99", "£999.9k"),
        ("999950", "£1.00m"),
        ("1600000", "£1.60m"),
        ("-1600000", "−£1.60m"),
        ("-15850", "−£15.9k"),
        ("-1", "−£1.00"),
    ],
)
def test_format_pounds_short(amount: str, text: str) -> None:
    assert format_pounds_short(D(amount)) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 hour"), (0, "0 hours"), (D("0.5"), "0.5 hours"), (D("1.0"), "1 hour"), (1200, "1,200 hours")],
)
def test_plural(count: Decimal | int, text: str) -> None:
    assert plural(count, "hour", "hours") == text


def test_a_licence_that_is_not_needed_is_said_in_a_sentence() -> None:
    assert licence_words("None needed") == "No licence is needed"
    assert licence_words("CC BY 4.0") == "CC BY 4.0"


def test_a_count_with_a_plain_plural_and_a_time_of_day() -> None:
    assert plural(1, "commitment") == "1 commitment"
    assert plural(1250, "commitment") == "1,250 commitments"
    assert format_clock(datetime(2026, 4, 1, 14, 2, tzinfo=UTC)) == "14:02"


def test_a_moment_is_told_as_the_clock_on_the_wall_told_it() -> None:
    """Whatever the zone of the computer: a record holds its moment in universal time."""
    on_the_wall = time.mktime((2026, 4, 1, 14, 32, 0, 0, 0, -1))
    assert format_moment(datetime.fromtimestamp(on_the_wall, UTC)) == "1 April 2026, 14:32"


@pytest.mark.parametrize(("value", "text"), [("351", "+£351.00"), ("-1", "−£1.00"), ("0", "£0.00")])
def test_a_change_carries_its_sign(value: str, text: str) -> None:
    assert format_change(D(value)) == text


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("Share", "share"),
        ("SHA-256", "SHA-256"),
        ("VCFSE only", "VCFSE only"),
        ("A rule", "a rule"),
        ("Q1 of 2026/27", "Q1 of 2026/27"),
        ("", ""),
    ],
)
def test_words_inside_a_sentence_begin_small_but_abbreviations_do_not(words, inside):
    assert small_first(words) == inside


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (Fraction(27, 2), "13.5"),
        (Fraction(14), "14"),
        (Fraction(1090, 80), "over 13.62"),
        (Fraction(10000, 3), "over 3,333.33"),
        (Fraction(1, 1000), "over 0.00"),
        (Fraction(0), "0"),
    ],
)
def test_a_number_that_stands_by_itself_is_never_told_as_a_cut_text(number, told):
    assert format_told(number) == told


@pytest.mark.parametrize(
    ("words", "said"), [("It is gone", "It is gone."), ("Is A the same as B?", "Is A the same as B?"), ("Yes.", "Yes.")]
)
def test_words_become_a_sentence_and_a_question_stays_one(words, said):
    assert as_sentence(words) == said
    assert str(TomsError(words, "Look again")) == f"{said} Look again"
