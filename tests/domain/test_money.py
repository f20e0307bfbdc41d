"""Exact numbers: what is refused, what is rounded, and that nothing is lost at any size."""

import decimal
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.money import (
    NumberError,
    decimal_places,
    difference,
    divide_half_away,
    exact_sum,
    from_scaled,
    round_down,
    round_half_away,
    round_pounds,
    shortened,
    to_decimal,
    to_scaled,
    total,
)

D = Decimal
pennies = st.integers(-(10**14) + 1, 10**14 - 1).map(lambda pence: from_scaled(pence, 2))


@pytest.mark.parametrize(
    "value", [0.1, 1.0, float("nan"), float("inf"), True, None, [], b"1", Fraction(1, 2), 1j, object()]
)
def test_to_decimal_refuses_what_is_not_an_exact_number(value: object) -> None:
    with pytest.raises(NumberError, match="is not written as an exact number"):
        to_decimal(value)


@pytest.mark.parametrize("value", [D("nan"), D("sNaN"), D("Infinity"), D("-Infinity")])
def test_to_decimal_refuses_what_is_not_finite(value: Decimal) -> None:
    with pytest.raises(NumberError, match="is not a number"):
        to_decimal(value)


@pytest.mark.parametrize(
    "text", ["", " 1", "1 ", "1,000", "1e3", "NaN", "Infinity", "0x10", "1.", ".5", "--1", "٣", "1_000", "£1", "1\n"]
)
def test_to_decimal_reads_only_plain_text(text: str) -> None:
    with pytest.raises(NumberError, match="is not a plain number"):
        to_decimal(text)


@pytest.mark.parametrize(
    ("value", "number"),
    [("0", "0"), ("12.50", "12.50"), ("-3.333", "-3.333"), ("−3", "-3"), (7, "7"), (D("1.10"), "1.10"), (-2, "-2")],
)
def test_to_decimal_is_exact(value: object, number: str) -> None:
    assert str(to_decimal(value)) == number


@pytest.mark.parametrize("value", [10**12, "1000000000000", D("1E+12"), -(10**12), "9" * 5000, D("1E+999999")])
def test_numbers_of_more_than_12_whole_digits_are_refused(value: object) -> None:
    with pytest.raises(NumberError, match="12 digits before the point"):
        to_decimal(value)
    assert to_decimal(10**12 - 1) == 999_999_999_999


@pytest.mark.parametrize("value", ["0." + "0" * 12 + "1", "1." + "0" * 40 + "1", D("1E-13"), D("1E-999999")])
def test_numbers_of_more_than_12_decimals_are_refused(value: object) -> None:
    with pytest.raises(NumberError, match="12 decimals"):
        to_decimal(value)
    assert to_decimal("0.0000000000010000") == D("1E-12")


@given(st.floats() | st.booleans() | st.none() | st.fractions())
def test_to_decimal_never_takes_a_float(value: object) -> None:
    with pytest.raises(NumberError):
        to_decimal(value)


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=6))
def test_to_decimal_round_trips(number: Decimal) -> None:
    assert to_decimal(f"{number:f}") == to_decimal(number) == number


@pytest.mark.parametrize(
    ("number", "places"),
    [
        ("0", 0),
        ("0.000", 0),
        ("1.500", 1),
        ("100", 0),
        ("1E+3", 0),
        ("12.345", 3),
        ("-0.01", 2),
        ("1." + "0" * 30 + "1", 31),
        ("123456789012." + "1" * 20, 20),
        ("NaN", 0),
    ],
)
def test_decimal_places_counts_what_is_needed_at_any_length(number: str, places: int) -> None:
    assert decimal_places(D(number)) == places


@pytest.mark.parametrize(
    ("number", "rounded"),
    [
        ("15.945", "15.95"),
        ("-15.945", "-15.95"),
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("0.0049999999999999999999999999999", "0.00"),
        ("-0.004", "0.00"),
        ("2.675", "2.68"),
        ("10745.2005", "10745.20"),
        ("910.10898", "910.11"),
    ],
)
def test_pounds_are_rounded_half_away_from_zero(number: str, rounded: str) -> None:
    assert str(round_pounds(D(number))) == rounded


@given(st.integers(-(10**60), 10**60), st.integers(1, 10**30))
def test_division_is_to_the_nearest_with_halves_away(numerator: int, denominator: int) -> None:
    result = divide_half_away(numerator, denominator)
    off = Fraction(numerator, denominator) - result
    assert abs(off) <= Fraction(1, 2)
    if abs(off) == Fraction(1, 2):
        assert abs(result) > abs(Fraction(numerator, denominator))


@given(st.integers(-(10**40), 10**40), st.integers(1, 10**9))
def test_division_mirrors_at_zero(numerator: int, denominator: int) -> None:
    assert divide_half_away(-numerator, denominator) == -divide_half_away(numerator, denominator)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=7))
def test_rounding_agrees_with_decimals_own_half_up(number: Decimal) -> None:
    with decimal.localcontext() as context:
        context.prec = 60
        assert round_half_away(number, 2) == number.quantize(D("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("number", "places", "cut"), [("4.999", 0, "4"), ("4.999", 2, "4.99"), ("4", 1, "4.0"), ("0", 2, "0.00")]
)
def test_round_down_cuts(number: str, places: int, cut: str) -> None:
    assert str(round_down(D(number), places)) == cut
    assert str(round_down(Fraction(14, 3), 1)) == "4.6"


@given(st.integers(-(10**80), 10**80), st.integers(0, 6))
def test_scaled_integers_round_trip(scaled: int, places: int) -> None:
    assert to_scaled(from_scaled(scaled, places), places) == scaled


def test_scaling_refuses_what_would_be_lost() -> None:
    with pytest.raises(NumberError, match=r"0.001 has more than 2 decimals"):
        to_scaled(D("0.001"), 2)


@given(st.lists(pennies, max_size=30))
def test_total_is_the_exact_sum(amounts: list[Decimal]) -> None:
    assert Fraction(total(amounts)) == sum((Fraction(amount) for amount in amounts), Fraction(0))
    assert total(amounts).as_tuple().exponent == -2


def test_a_total_has_two_decimals_however_its_amounts_are_written() -> None:
    assert str(total([D("1.5"), D(2)])) == "3.50"
    assert str(total([D("1.500"), D("2.00")])) == "3.50"


def test_sums_beyond_28_digits_lose_nothing() -> None:
    large, small = D("99999999999999999999999999999999.00"), D("0.01")
    assert str(total([large, small])) == "99999999999999999999999999999999.01"
    assert str(difference(large, small)) == "99999999999999999999999999999998.99"
    assert str(exact_sum([D(10) ** 25, D("0.000001")])) == "10000000000000000000000000.000001"
    assert exact_sum([]) == 0


def test_a_float_that_meets_a_decimal_is_a_fault() -> None:
    with pytest.raises(decimal.FloatOperation):
        D(0.5)


def test_shortened_text_says_that_it_was_cut() -> None:
    assert shortened("a" * 40) == "a" * 40
    assert shortened("a" * 41) == "a" * 39 + "…"
