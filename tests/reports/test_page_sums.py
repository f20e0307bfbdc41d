from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.page_sums import agrees, cut, number_of, rounded, sums_in


@pytest.mark.parametrize(
    "text",
    [
        "1 × £20,202.72 × 50% = £10,101.36",
        "£210,000.00 − £200,449.39 = £9,550.61 short",
        "£14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72.",
        "G01: 2026, £277.22 at 2022 prices × 100 ÷ 90.5005 = £306.32; then on",
        "2 × 50% (line 1) + 2 (line 2) + 15 ÷ 3 (line 3) + 4 (J01) = 12",
        "2 × 50% + 2 + (15 ÷ 3) + 4 = 12 promised",
        "£2,300,000.00 × 2 ÷ £1,000,000.00 = 4.6",
        "£200,449.39 ÷ £4,200,000.00 = 4.77%",
        "10 ÷ 3 = 3.33…, and 3.33… × 3 = 10",
        "£100.00 ÷ (1 + 3.5%)^1 = £96.62",
        "2.5 full-time years × £4,000.00 = £10,000.00",
        "15.945 × £1.00 = £15.95",
        "−£5.00 + £2.00 = −£3.00",
        "3 × £5.00 = £15.00 = 5 × £3.00",
    ],
)
def test_sums_that_hold(text: str):
    found = [holds for _, holds in sums_in(text)]
    assert found
    assert all(found)


@pytest.mark.parametrize(
    "text",
    [
        "1 × £20,202.72 × 50% = £10,101.37",
        "£210,000.00 − £200,449.39 = £9,550.60",
        "£200,449.39 ÷ £4,200,000.00 = 4.78%",
        "2 × 3 = 7",
        "2 + 3 × 4 = 20",
        "10 ÷ 3 = 3.34…",
        "10 ÷ 3 = 3.33",
        "4 × £1.00 = £4.00 = 2 × £1.00",
    ],
)
def test_sums_that_do_not_hold(text: str):
    assert [holds for _, holds in sums_in(text)].count(False) == 1


@pytest.mark.parametrize("text", ["wages of 2025) ÷ 1,000 = £0.07", "the rate of each × £3.00 = £9.00", "5 ÷ 0 = 1"])
def test_sums_with_words_in_them_are_told_apart(text: str):
    assert [holds for _, holds in sums_in(text)] == [None]


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "3 × 40, then 2", "value = quantity × unit", "= £10.00", "a = b"]
)
def test_what_is_no_sum_is_left_alone(text: str):
    assert sums_in(text) == ()


@given(
    st.integers(0, 10**7),
    st.integers(0, 10**9),
    st.integers(0, 100),
    st.sampled_from([-1, 1]),
)
def test_a_penny_more_or_less_is_found(count: int, pence: int, share: int, penny: int):
    result = rounded(Fraction(count * pence * share, 10_000), 2)
    wrong = result + Fraction(penny, 100)
    start = f"{count:,} × £{pence // 100:,}.{pence % 100:02d} × {share}% = "
    texts = [f"{'−' if value < 0 else ''}£{abs(float(value)):,.2f}" for value in (result, wrong)]
    if abs(result) < 10**12:
        assert [holds for text in texts for _, holds in sums_in(start + text)] == [True, False]


def test_numbers_are_read_with_what_they_may_stand_for():
    cut_short = number_of("3.33…")
    assert (cut_short.low, cut_short.high) == (Fraction(333, 100), Fraction(334, 100))
    assert number_of("−£1,234.50").value == Fraction(-2469, 2)
    assert number_of("12.5%").value == Fraction(1, 8)
    assert cut(Fraction(-2, 3), 2) == Fraction(-66, 100)
    assert rounded(Fraction(-5, 1000), 2) == Fraction(-1, 100)
    assert agrees((Fraction(477_7, 10_000), Fraction(477_7, 10_000)), "47.7%")


def test_a_low_and_a_high_that_are_worked_out_alike_are_two_sums():
    told = "£10.00 to £16.00 at 2019 prices × 100 ÷ 80 = £12.50 to £{}"
    assert [holds for _, holds in sums_in(told.format("20.00"))] == [True, True]
    assert [holds for _, holds in sums_in(told.format("20.01"))] == [True, False]
