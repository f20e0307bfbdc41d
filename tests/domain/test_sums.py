"""Printed sums: each, worked out from its text alone, gives its result, and together they give the line."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import D, commit, contract, edition, framework, measure, rate, valued
from tests.domain.printed import work_out
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.money import from_scaled, round_pounds
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.sums import (
    PrintedSum,
    outcome_sum,
    quantities_text,
    quantity_runs,
    real_sums,
    span_of,
    value_sums,
)
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue


def line_of(
    *quantities: str | None,
    value: str | None = "240",
    share: str = "1",
    discount: str = "0",
    unit: Unit = Unit.TONNES,
    **facts: object,
) -> LineValue:
    what = measure("M1", value, unit, **facts)
    promise = commit("M1", *quantities, contract_share=share)
    return valued(contract(years=len(quantities)), edition(what, discount_rate=D(discount)), promise).lines[0]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (line_of("40", "40", "40", share="0.25"), [("3 × £2,400.00 = £7,200.00", "40 × £240.00 × 25% = £2,400.00")]),
        (line_of("2", "3", "3"), [("", "2 × £240.00 = £480.00"), ("2 × £720.00 = £1,440.00", "3 × £240.00 = £720.00")]),
        (line_of("0", "2", "2"), [("2 × £480.00 = £960.00", "2 × £240.00 = £480.00")]),
        (line_of("2", None, "2"), [("", "2 × £240.00 = £480.00"), ("", "2 × £240.00 = £480.00")]),
        (line_of(None, None), []),
        (line_of("12", "12", value=None), []),
    ],
    ids=["equal years", "one year first", "nothing first", "a gap is not folded over", "nothing", "record-only"],
)
def test_equal_years_that_follow_each_other_are_one_sum(line: LineValue, told: list[tuple[str, str]]) -> None:
    assert [(made.total_text, made.equation) for made in value_sums(line)] == told


def test_a_sum_names_its_years() -> None:
    first, second = value_sums(line_of("2", "3", "3"))
    assert (first.years, first.times, second.years, second.times) == ("2026/27", 1, "2027/28 to 2028/29", 2)
    assert span_of(()) == ""
    assert [made.labels for made in value_sums(line_of("3", "3"), fold=False)] == [("2026/27",), ("2027/28",)]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (line_of("2", value="1000", deadweight_share=D("0.25"), displacement_share=D("0.1")), "× 0.75 × 0.9"),
        (line_of("2", value="1000", benefit_years=3), "× 3"),
        (line_of("2", value="1000", benefit_years=3, drop_off_share=D("0.5")), "× 1.75"),
        (line_of("2", value="1000", benefit_years=2, discount="0.1"), "× 1.9090909090…"),
        (line_of(None, None, "2", value="1000", discount="0.035"), "÷ 1.071225"),
        (line_of(*[None] * 4, "2", value="1000", discount="0.035"), "÷ 1.1475230006…"),
    ],
)
def test_factors_are_numbers_to_key_in(line: LineValue, text: str) -> None:
    (made,) = value_sums(line)
    assert made.text == f"2 × £1,000.00 {text}"


def test_a_dated_unit_value_is_never_folded() -> None:
    values = tuple(UnitValue(D(306), D(306), "2022", year) for year in (2026, 2027))
    carbon = measure("G", unit=Unit.TONNES, unit_values=values)
    (line,) = valued(contract(years=2), edition(carbon), commit("G", "4", "4")).lines
    assert [made.equation for made in value_sums(line)] == ["4 × £306.00 = £1,224.00"] * 2
    assert [run.text for run in quantity_runs(line)] == ["4", "4"]


def test_a_year_outside_a_dated_series_has_no_sum() -> None:
    carbon = measure("G", unit=Unit.TONNES, unit_values=(UnitValue(D(300), D(300), "2022", 2026),))
    (line,) = valued(contract(years=2, start=date(2026, 12, 31)), edition(carbon), commit("G", "4", "4")).lines
    assert [made.years for made in value_sums(line)] == [line.years[0].year.label]


def test_a_promise_per_pound_is_told_year_by_year() -> None:
    spend = (YearSpend(0, D(2000000)), YearSpend(1, D(2000000)))
    what = framework(*spend, years=2)
    (line,) = valued(what, edition(measure("S", "500")), commit("S", rate=rate("2", "1000000"))).lines
    assert [made.equation for made in value_sums(line)] == ["4 × £500.00 = £2,000.00"] * 2


def test_real_pounds_are_printed_by_year_so_that_they_add_up() -> None:
    line = line_of("555.55", "555.55", "555.55", value="1", share="0.25", unit=Unit.POUNDS, real_pounds=True)
    (made,) = real_sums(line)
    assert made.equation == "£555.55 × 25% = £138.89"
    assert made.total_text == "3 × £138.89 = £416.67"
    assert str(line.real_pounds) == "416.67"


def test_real_pounds_without_a_share_are_a_figure_alone() -> None:
    line = line_of("5000", "6000", value=None, unit=Unit.POUNDS, real_pounds=True)
    assert [made.equation for made in real_sums(line)] == ["£5,000.00", "£6,000.00"]
    assert real_sums(line_of("5000", value="1", unit=Unit.POUNDS)) == ()
    assert real_sums(line_of("0.12345", value="1", unit=Unit.POUNDS, real_pounds=True))[0].text == "£0.12345"


@pytest.mark.parametrize(
    ("line", "equation"),
    [
        (line_of("2", "2", unit=Unit.COMPLETIONS, employment_outcome=D(1)), "4"),
        (line_of("2", "2", unit=Unit.COMPLETIONS, employment_outcome=D("0.5"), share="0.5"), "4 × 50% × 0.5 = 1"),
        (line_of("5", "5", unit=Unit.FTE_YEARS, employment_outcome=D(1)), "10 ÷ 2 = 5"),
        (line_of("5", unit=Unit.FTE_YEARS, employment_outcome=D(1)), "5"),
        (line_of("5", "5", "0", unit=Unit.FTE_YEARS, employment_outcome=D(1)), "10 ÷ 3 = 3.33…"),
    ],
)
def test_employment_outcomes_are_one_sum_over_the_contract(line: LineValue, equation: str) -> None:
    made = outcome_sum(line, contract(years=len(line.years)))
    assert made is not None
    assert made.equation == equation
    assert made.total_text == ""


@pytest.mark.parametrize(
    ("end_on", "quantities", "equation"),
    [
        (date(2027, 9, 30), ("3", "1.5"), "4.5 ÷ 1.5 = 3"),
        (date(2027, 7, 31), ("3", "1"), "4 × 12 ÷ 16 = 3"),
        (date(2027, 4, 10), ("3", "0.5"), "3.5 × 73 ÷ 75 = 3.40…"),
    ],
)
def test_full_time_years_are_divided_by_the_true_length(
    end_on: date, quantities: tuple[str, ...], equation: str
) -> None:
    what = contract(end_on=end_on)
    workers = measure("M1", unit=Unit.FTE_YEARS, employment_outcome=D(1))
    made = outcome_sum(valued(what, edition(workers), commit("M1", *quantities)).lines[0], what)
    assert made is not None
    assert made.equation == equation


def test_a_line_without_employment_outcomes_has_no_such_sum() -> None:
    assert outcome_sum(line_of("5"), contract()) is None


@pytest.mark.parametrize(
    ("quantities", "text"),
    [
        (("40", "40", "40"), "3 × 40"),
        (("2", "3", "3"), "2, then 2 × 3"),
        ((None, "2", "2"), "0, then 2 × 2"),
        (("1", "1", None, None), "2 × 1, then 0"),
        (("1", "2", "3", "4", "5"), "1, 2, 3, 4, 5"),
        (("1.5",), "1.5"),
    ],
)
def test_quantities_by_year_are_folded(quantities: tuple[str | None, ...], text: str) -> None:
    assert quantities_text(line_of(*quantities)) == text


shares = st.integers(0, 10**6).map(lambda scaled: from_scaled(scaled, 6))
menu_shares = st.one_of(st.just(Decimal(0)), st.integers(0, 10**4).map(lambda scaled: from_scaled(scaled, 4)))


def comes_to(made: PrintedSum) -> bool:
    """Whether the sum, worked out from its text, comes to its printed result."""
    low, high = (round_pounds(number) for number in work_out(made.text))
    return low <= made.result <= high and high - low <= Decimal("0.01") and ("…" in made.text or low == high)


@given(
    st.lists(st.integers(0, 10**7).map(lambda scaled: str(from_scaled(scaled, 3))), min_size=1, max_size=6),
    st.integers(1, 10**9).map(lambda scaled: from_scaled(scaled, 4)),
    shares,
    menu_shares,
    menu_shares,
    menu_shares,
    st.integers(1, 6),
    st.sampled_from(["0", "0.035", "0.1", "0.015"]),
)
def test_every_printed_sum_gives_its_result_and_they_add_up(
    quantities: list[str],
    value: Decimal,
    share: Decimal,
    deadweight: Decimal,
    displacement: Decimal,
    drop_off: Decimal,
    benefit_years: int,
    discount: str,
) -> None:
    line = line_of(
        *quantities,
        value=str(value),
        share=str(share),
        discount=discount,
        deadweight_share=deadweight,
        displacement_share=displacement,
        drop_off_share=drop_off,
        benefit_years=benefit_years,
    )
    sums = value_sums(line)
    assert all(comes_to(made) for made in sums)
    assert sum(made.total for made in sums) == Fraction(line.social_value)
    assert sum(made.times for made in sums) == sum(1 for quantity in quantities if D(quantity))
    assert value_sums(line, fold=False) == tuple(
        PrintedSum(made.text, made.result, made.result_text, labels=(label,)) for made in sums for label in made.labels
    )


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=10), shares)
def test_real_sums_give_their_results_and_add_up(pence: list[int], share: Decimal) -> None:
    line = line_of(
        *(str(from_scaled(amount, 2)) for amount in pence),
        value="1",
        share=str(share),
        unit=Unit.POUNDS,
        real_pounds=True,
    )
    sums = real_sums(line)
    assert all(comes_to(made) for made in sums)
    assert sum(made.total for made in sums) == Fraction(line.real_pounds)


@given(
    st.lists(st.integers(0, 10**5), min_size=1, max_size=6),
    shares,
    st.sampled_from([Unit.FTE_YEARS, Unit.COMPLETIONS, Unit.FTE_JOBS]),
    st.sampled_from([D(1), D("0.5"), D("0.25")]),
)
def test_outcome_sums_give_their_results(quantities: list[int], share: Decimal, unit: Unit, outcome: Decimal) -> None:
    line = line_of(*map(str, quantities), share=str(share), unit=unit, employment_outcome=outcome)
    made = outcome_sum(line, contract(years=len(quantities)))
    if made is None:
        assert not line.employment_outcomes
    else:
        low, high = work_out(made.text)
        assert low <= line.employment_outcomes <= high
        assert made.result == line.employment_outcomes


@given(st.lists(st.integers(0, 3), min_size=1, max_size=10))
def test_quantity_runs_stand_for_every_year(quantities: list[int]) -> None:
    line = line_of(*map(str, quantities))
    runs = quantity_runs(line)
    assert [run.quantity for run in runs for _ in run.labels] == quantities
    assert all(one.quantity != other.quantity for one, other in pairwise(runs))
