"""Uprating: one exact step from a price base to the edition's, worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import SOURCE, D, proxy
from tomsapp.domain.errors import MenuError
from tomsapp.domain.proxy import DatedValue, DeliveryCost, PriceIndex, ProxyValue, UnitValue
from tomsapp.domain.uprating import (
    dated_texts,
    delivery_cost_of,
    is_later,
    is_price_base,
    price_base_start,
    range_text,
    unit_values_of,
    uprating_text,
)

INDEX = PriceIndex(
    "GDP deflator", SOURCE, {"2012-13": D("72.317"), "2022": D("90.5"), "2024": D(100), "2020": D(0), "2021": D(-1)}
)


@pytest.mark.parametrize(
    ("published", "base", "value", "text"),
    [
        ("14610", "2012-13", "20202.72", "£14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72"),
        ("0.50", "2012-13", "0.6914", "£0.50 at 2012-13 prices × 100 ÷ 72.317 = £0.6914"),
        ("100", "2024", "100.00", "£100.00 at 2024 prices, as published"),
        ("1", "any", "1.00", "£1.00, the face value in any year"),
        ("15.945", "2024", "15.95", "£15.945 at 2024 prices, as published, rounded to £15.95"),
        ("15.945", "any", "15.95", "£15.945, the face value in any year, rounded to £15.95"),
        (
            "50",
            "2025-26",
            "50.00",
            "£50.00 at 2025-26 prices, taken as published: its prices are later than this menu’s",
        ),
    ],
)
def test_unit_values_and_their_sums(published: str, base: str, value: str, text: str) -> None:
    (unit_value,) = unit_values_of(proxy(published, base), "2024", INDEX)
    assert str(unit_value.value) == value
    assert uprating_text(unit_value, "2024") == text


@pytest.mark.parametrize(
    ("published", "value"),
    [
        ("0.99", "0.9900"),
        ("0.99994", "0.9999"),
        ("0.99999", "1.0000"),
        ("1", "1.00"),
        ("1.005", "1.01"),
        ("-0.5", "-0.5000"),
    ],
)
def test_under_one_pound_four_decimals_are_kept(published: str, value: str) -> None:
    (unit_value,) = unit_values_of(proxy(published), "2024", None)
    assert str(unit_value.value) == value


def test_a_ratio_that_holds_for_a_time_is_no_face_value_of_any_year() -> None:
    dated = replace(proxy("0.0097", "any"), in_force_from=date(2026, 1, 1), in_force_until=date(2026, 12, 31))
    (unit_value,) = unit_values_of(dated, "2024", None)
    assert unit_value.holds_for_a_time
    assert (
        uprating_text(unit_value, "2024") == "£0.0097, the same in every year’s prices, for as long as its rate holds"
    )


def test_low_and_high_are_uprated_alike_and_years_kept() -> None:
    carbon = ProxyValue(
        (DatedValue(D("277.22"), 2026, D("138.61"), D("415.83")), DatedValue(D(1), 2027)), "2022", SOURCE
    )
    first, second = unit_values_of(carbon, "2024", INDEX)
    assert first == UnitValue(
        value=D("306.32"),
        published=D("277.22"),
        price_base="2022",
        year=2026,
        index_from=D("90.5"),
        index_to=D(100),
        low=D("153.16"),
        high=D("459.48"),
        published_low=D("138.61"),
        published_high=D("415.83"),
    )
    assert (second.year, second.low, second.high) == (2027, None, None)
    assert (
        range_text(first)
        == "£138.61 at 2022 prices × 100 ÷ 90.5 = £153.16, to £415.83 at 2022 prices × 100 ÷ 90.5 = £459.48"
    )
    assert range_text(second) == ""


def dated(year: int, base: str = "2022", high: str | None = "415.83") -> UnitValue:
    proxy = ProxyValue((DatedValue(D("277.22"), year, D("138.61"), D(high) if high else None),), base, SOURCE)
    return unit_values_of(proxy, "2024", INDEX)[0]


def test_values_of_several_years_name_once_the_prices_that_they_share() -> None:
    first = "2026, £277.22 × 100 ÷ 90.5 = £306.32, low £138.61 × 100 ÷ 90.5 = £153.16"
    assert dated_texts([dated(2026), dated(2027, high=None)], "2024") == [
        f"At 2022 prices: {first}, high £415.83 × 100 ÷ 90.5 = £459.48",
        first.replace("2026", "2027"),
    ]
    assert dated_texts([dated(2026), dated(2027, "2012-13")], "2024") == [
        "2026, £277.22 at 2022 prices × 100 ÷ 90.5 = £306.32",
        "2027, £277.22 at 2012-13 prices × 100 ÷ 72.317 = £383.34",
    ]
    assert dated_texts([dated(2026, "2024")], "2024") == ["2026, £277.22 at 2024 prices, as published"]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("0.5", "2", "£0.50 to £2.00"),
        ("1.005", "2.5", "£1.005, rounded to £1.01, to £2.50"),
        (None, "2", ""),
        ("0.5", None, ""),
    ],
)
def test_a_range_that_is_taken_as_published(low: str | None, high: str | None, words: str) -> None:
    dated = DatedValue(D("1.5"), None, D(low) if low else None, D(high) if high else None)
    (unit_value,) = unit_values_of(ProxyValue((dated,), "2024", SOURCE), "2024", None)
    assert range_text(unit_value) == words


def test_a_cost_of_delivery_is_brought_to_the_prices_of_the_edition() -> None:
    made = DeliveryCost(D("240"), "2022", "A course.")
    assert delivery_cost_of(made, "2024", INDEX) == D("265.19")  # 240 × 100 ÷ 90.5 = 265.193…
    assert delivery_cost_of(replace(made, made="2024-25"), "2024", None) == D("240")
    with pytest.raises(MenuError, match="There is no deflator for prices of 2021"):
        delivery_cost_of(replace(made, made="2021"), "2024", INDEX)


@pytest.mark.parametrize(
    ("base", "edition_base", "missing"),
    [("2010", "2024", "2010"), ("2022", "2023", "2023"), ("2020", "2024", "2020"), ("2021", "2024", "2021")],
)
def test_a_missing_or_impossible_index_stops_it(base: str, edition_base: str, missing: str) -> None:
    with pytest.raises(MenuError, match=f"There is no deflator for prices of {missing}"):
        unit_values_of(proxy("1", base), edition_base, INDEX)


def test_no_deflator_at_all_stops_it() -> None:
    with pytest.raises(MenuError, match="There is no deflator for prices of 2022") as caught:
        unit_values_of(proxy("1", "2022"), "2024", None)
    assert "Add the index" in caught.value.fix


@given(st.decimals(1, 10**9, places=4), st.decimals(1, 1000, places=4), st.decimals(1, 1000, places=4))
def test_uprating_is_exact_until_the_penny(published: Decimal, base: Decimal, to: Decimal) -> None:
    index = PriceIndex("", SOURCE, {"2012-13": base, "2024": to})
    (unit_value,) = unit_values_of(ProxyValue((DatedValue(published),), "2012-13", SOURCE), "2024", index)
    exact = Fraction(published) * Fraction(to) / Fraction(base)
    half_unit = Fraction(1, 200) if exact >= 1 else Fraction(1, 20000)
    assert abs(Fraction(unit_value.value) - exact) <= half_unit


@pytest.mark.parametrize(
    ("text", "is_base"),
    [
        ("2024", True),
        ("2012-13", True),
        ("1999-00", True),
        ("any", True),
        ("2012-14", False),
        ("2012/13", False),
        ("24", False),
        ("", False),
        ("٢٠٢٤", False),
        ("2024 ", False),
    ],
)
def test_price_bases(text: str, is_base: bool) -> None:
    assert is_price_base(text) is is_base


def test_financial_years_start_a_quarter_later() -> None:
    assert price_base_start("2024") == 2024
    assert price_base_start("2024-25") == Fraction(8097, 4)
    with pytest.raises(MenuError, match="is not a price base"):
        price_base_start("any")


@pytest.mark.parametrize(
    ("base", "edition_base", "later"),
    [
        ("2024-25", "2024", True),
        ("2023-24", "2024", False),
        ("2025", "2024-25", True),
        ("2024", "2024", False),
        ("any", "2024", False),
    ],
)
def test_which_price_base_is_later(base: str, edition_base: str, later: bool) -> None:
    assert is_later(base, edition_base) is later
