"""The valuation: every worked case by hand, and any case against a slow sum of its own."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import START, D, commit, contract, edition, framework, measure, rate, valued
from tomsapp.domain.commitment import RateBasis
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.money import from_scaled
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import (
    employment_outcomes,
    quantity_in,
    value_commitment,
)
from tomsapp.domain.value_factor import pence_of, pence_per_scaled, pounds_of, value_factor


@dataclass(frozen=True)
class Case:
    """A worked case: what is promised, and what it is worth by hand."""

    name: str
    unit_value: str
    quantities: list[str]
    social_value: str
    facts: dict[str, Any] = field(default_factory=dict)
    share: str = "1"
    discount_rate: str = "0"
    real_pounds: str = "0.00"
    outcomes: str = "0"


GIVEN = {"unit": Unit.POUNDS, "real_pounds": True}
CASES = [
    Case(
        "25 FTE-years over 2 years",
        "5050.50",
        ["12.5", "12.5"],
        "126262.50",
        {"unit": Unit.FTE_YEARS, "employment_outcome": D(1)},
        outcomes="12.5",
    ),
    Case(
        "3 new jobs, counted once",
        "4000",
        ["3"],
        "12000.00",
        {"unit": Unit.FTE_JOBS, "counts": Counts.ONCE, "employment_outcome": D(1)},
        outcomes="3",
    ),
    Case("a quarter of 40 weeks", "500", ["40"], "5000.00", {"unit": Unit.WEEKS}, share="0.25"),
    Case("£6.9m given at £10", "10", ["6900000"], "69000000.00", GIVEN, real_pounds="6900000.00"),
    Case("3.333 t", "273.06", ["3.333"], "910.11", {"unit": Unit.TONNES}),
    Case("a half-penny", "15.945", ["1"], "15.95"),
    Case("a half-penny below zero", "15.945", ["-1"], "-15.95"),
    Case(
        "benefit years with drop-off",
        "1000",
        ["2"],
        "2625.00",
        {"deadweight_share": D("0.25"), "benefit_years": 3, "drop_off_share": D("0.5")},
    ),
    Case("discounted", "1", ["10000"] * 3, "28996.95", {"unit": Unit.POUNDS}, discount_rate="0.035"),
    Case("a job at GMCA's value", "20202.72", ["1"], "20202.72", {"unit": Unit.FTE_JOBS}),
    # year 1: 1,000 + 500 ÷ 1.1 + 250 ÷ 1.21 = 1,661.1570…; year 2: that ÷ 1.1 = 1,510.1427…
    Case(
        "benefit years, discounted",
        "1000",
        ["1", "1"],
        "3171.30",
        {"benefit_years": 3, "drop_off_share": D("0.5")},
        discount_rate="0.1",
    ),
    Case("displacement", "100", ["3"], "240.00", {"displacement_share": D("0.2")}),
    Case(
        "deadweight, displacement and a share",
        "100",
        ["3"],
        "90.00",
        {"deadweight_share": D("0.25"), "displacement_share": D("0.2")},
        share="0.5",
    ),
    Case("all drops off after a year", "100", ["1"], "100.00", {"benefit_years": 5, "drop_off_share": D(1)}),
    Case("nothing drops off", "100", ["1"], "500.00", {"benefit_years": 5}),
    Case("a share of nothing", "10", ["40"], "0.00", GIVEN, share="0"),
    Case(
        "outcomes of half a job, shared",
        "1",
        ["3", "4"],
        "3.50",
        {"unit": Unit.PEOPLE, "employment_outcome": D("0.5")},
        share="0.5",
        outcomes="1.75",
    ),
    Case("rounded each year, then added", "0.333", ["1", "1", "1"], "0.99"),
    Case("a half-penny of real pounds", "1", ["0.01"], "0.01", GIVEN, share="0.5", real_pounds="0.01"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_worked_cases(case: Case) -> None:
    menu = edition(measure("M1", case.unit_value, **case.facts), discount_rate=D(case.discount_rate))
    result = valued(
        contract(years=len(case.quantities)), menu, commit("M1", *case.quantities, contract_share=case.share)
    )
    assert str(result.social_value) == case.social_value
    assert str(result.real_pounds) == case.real_pounds
    assert result.employment_outcomes == Fraction(case.outcomes)


def test_the_25_fte_years_year_by_year() -> None:
    job = measure("J", "5050.50", Unit.FTE_YEARS)
    (line,) = valued(contract(years=2), edition(job), commit("J", "12.5", "12.5")).lines
    assert [str(year.social_value) for year in line.years] == ["63131.25", "63131.25"]
    assert line.quantity == 25


def test_the_discounted_years() -> None:
    menu = edition(measure("V", "1", Unit.POUNDS), discount_rate=D("0.035"))
    (line,) = valued(contract(years=3), menu, commit("V", "10000", "10000", "10000")).lines
    assert [str(year.social_value) for year in line.years] == ["10000.00", "9661.84", "9335.11"]


def slow_year(
    what: Measure, unit_value: str, quantity: Decimal, share: Decimal, year: int, discount: Decimal
) -> Fraction:
    """The year's value by repeated subtraction and division, with none of the program's functions."""
    net = Fraction(quantity) * Fraction(unit_value) * Fraction(share)
    net -= net * Fraction(what.deadweight_share)
    net -= net * Fraction(what.displacement_share)
    for _ in range(year):
        net /= 1 + Fraction(discount)
    worth = Fraction(0)
    for _ in range(what.benefit_years):
        worth += net
        net -= net * Fraction(what.drop_off_share)
        net /= 1 + Fraction(discount)
    return worth


shares = st.integers(0, 10**6).map(lambda millionths: from_scaled(millionths, 6))
quantities = st.integers(0, 10**11).map(lambda thousandths: from_scaled(thousandths, 3))
unit_values = st.integers(1, 10**10).map(lambda scaled: str(from_scaled(scaled, 4)))
rates = st.sampled_from([D(0), D("0.035"), D("0.015"), D("0.1")])


@given(
    st.lists(quantities, min_size=1, max_size=4),
    unit_values,
    shares,
    st.tuples(shares, shares, shares),
    st.integers(1, 6),
    rates,
)
def test_any_case_equals_a_slow_sum(
    given_quantities: list[Decimal],
    unit_value: str,
    share: Decimal,
    kept: tuple[Decimal, Decimal, Decimal],
    benefit_years: int,
    discount: Decimal,
) -> None:
    what = measure(
        "M1",
        unit_value,
        Unit.TONNES,
        deadweight_share=kept[0],
        displacement_share=kept[1],
        drop_off_share=kept[2],
        benefit_years=benefit_years,
    )
    promise = commit("M1", *map(str, given_quantities), contract_share=share)
    result = valued(contract(years=len(given_quantities)), edition(what, discount_rate=discount), promise)
    (line,) = result.lines
    for place, year in enumerate(line.years):
        exact = slow_year(what, unit_value, given_quantities[place], share, place, discount)
        pence = exact * 100
        expected = pence.numerator // pence.denominator + (pence % 1 >= Fraction(1, 2))
        assert year.social_value == Decimal(expected).scaleb(-2)
        assert abs(Fraction(year.social_value) - exact) <= Fraction(1, 200)
        if year.steps:
            assert year.steps[-2].result == exact
            assert year.steps[-1].result == Fraction(year.social_value)
    assert sum(Fraction(year.social_value) for year in line.years) == Fraction(line.social_value)
    assert line.social_value == result.social_value


@given(st.lists(st.tuples(quantities, shares), max_size=6))
def test_totals_are_sums_of_lines(promises: list[tuple[Decimal, Decimal]]) -> None:
    menu = edition(measure("V", "9.99", Unit.POUNDS, real_pounds=True, employment_outcome=D("0.5")))
    lines = [commit("V", str(quantity), contract_share=share) for quantity, share in promises]
    result = valued(contract(), menu, *lines)
    assert Fraction(result.social_value) == sum(Fraction(line.social_value) for line in result.lines)
    assert Fraction(result.real_pounds) == sum(Fraction(line.real_pounds) for line in result.lines)
    assert result.employment_outcomes == sum(q_ * Fraction(s) / 2 for q_, s in ((Fraction(q), s) for q, s in promises))


@given(quantities, quantities, unit_values, shares)
def test_more_is_never_worth_less(one: Decimal, other: Decimal, unit_value: str, share: Decimal) -> None:
    menu = edition(measure("M1", unit_value, Unit.TONNES))
    less, more = sorted((one, other))
    worth = [
        valued(contract(), menu, commit("M1", str(quantity), contract_share=share)).social_value
        for quantity in (less, more)
    ]
    assert worth[0] <= worth[1]


def test_28_digits_are_not_enough_and_nothing_is_lost() -> None:
    menu = edition(measure("M1", "123456789012.3457", Unit.TONNES))
    result = valued(contract(), menu, commit("M1", "999999999999.999", contract_share="0.333333"))
    exact = Fraction("123456789012.3457") * Fraction("999999999999.999") * Fraction("0.333333")
    assert abs(Fraction(result.social_value) - exact) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("given_quantities", "total"),
    [(["1"], "100.00"), (["1", "2", "3"], "300.00"), ([None, "2"], "200.00"), ([], "0.00"), ([None, None], "0.00")],
    ids=["too few", "too many", "a blank year", "none", "all blank"],
)
def test_quantities_that_do_not_fit_the_years(given_quantities: list[str | None], total: str) -> None:
    result = valued(contract(years=2), edition(measure()), commit("M1", *given_quantities))
    assert str(result.social_value) == total
    assert len(result.lines[0].years) == 2


def test_record_only_measures_are_counted_and_not_valued() -> None:
    (line,) = valued(contract(), edition(measure("R", None, Unit.PEOPLE)), commit("R", "12")).lines
    assert (line.quantity, line.social_value, line.years[0].unit_value, line.years[0].steps) == (12, 0, None, ())


def test_a_record_only_measure_can_be_real_pounds() -> None:
    result = valued(contract(), edition(measure("R", None, Unit.POUNDS, real_pounds=True)), commit("R", "12.50"))
    assert (str(result.social_value), str(result.real_pounds)) == ("0.00", "12.50")


def test_a_dated_measure_takes_the_year_in_which_the_contract_year_starts() -> None:
    carbon = measure(
        "G",
        unit=Unit.TONNES,
        unit_values=(UnitValue(D(300), D(300), "2022", 2026), UnitValue(D(310), D(310), "2022", 2027)),
    )
    (line,) = valued(contract(years=3, start=date(2026, 12, 31)), edition(carbon), commit("G", "1", "1", "1")).lines
    assert [str(year.social_value) for year in line.years] == ["300.00", "310.00", "0.00"]
    assert line.years[2].unit_value is None
    assert line.years[2].quantity == 1


def test_unknown_measures_are_left_to_the_checks() -> None:
    result = valued(contract(), edition(measure()), commit("X", "1"), commit("M1", "1"))
    assert [line.measure.code for line in result.lines] == ["M1"]


def test_a_contract_without_value_has_no_share() -> None:
    menu = edition(measure())
    assert valued(contract("0.00"), menu, commit("M1", "1")).share_of_contract_value == 0
    assert valued(contract("400.00"), menu, commit("M1", "1")).share_of_contract_value == Fraction(1, 4)


@pytest.mark.parametrize(
    ("spend", "decimals", "quantity", "basis", "text"),
    [
        ("2300000", 0, "4", RateBasis.FORECAST, "£2,300,000.00 forecast by then × 2 ÷ £1,000,000.00 = 4.6, cut to 4"),
        ("2000000", 0, "4", RateBasis.RECORDED, "£2,000,000.00 recorded so far × 2 ÷ £1,000,000.00 = 4"),
        (
            "333333.33",
            1,
            "0.6",
            RateBasis.FORECAST,
            "£333,333.33 forecast by then × 2 ÷ £1,000,000.00 = 0.666666…, cut to 0.6",
        ),
        ("400000", 0, "0", RateBasis.FORECAST, "£400,000.00 forecast by then × 2 ÷ £1,000,000.00 = 0.8, cut to 0"),
    ],
)
def test_a_promise_per_pound(spend: str, decimals: int, quantity: str, basis: RateBasis, text: str) -> None:
    spent = YearSpend(0, D(spend), is_recorded=basis is RateBasis.RECORDED)
    placements = measure("S", "500", Unit.COMPLETIONS if decimals == 0 else Unit.WEEKS)
    result = valued(framework(spent), edition(placements), commit("S", rate=rate("2", "1000000")))
    year = result.lines[0].years[0]
    assert (str(year.quantity), year.basis, year.steps[0].text) == (quantity, basis, text)
    assert year.steps[0].name == "rate"
    assert year.steps[0].result == Fraction(quantity)
    assert year.steps[0].source == f"the commitment and the {basis.value} spend"
    assert Fraction(year.social_value) == Fraction(quantity) * 500
    assert all(step.source == f"{basis.value} spend" for step in year.steps if step.name == "quantity")


def test_recorded_spend_replaces_the_forecast_of_its_year_only() -> None:
    spend = (YearSpend(0, D(3000000)), YearSpend(0, D(1000000), is_recorded=True), YearSpend(1, D(2000000)))
    result = valued(framework(*spend, years=3), edition(measure("S", "500")), commit("S", rate=rate("2", "1000000")))
    years = result.lines[0].years
    assert [year.quantity for year in years] == [2, 4, 0]
    assert [year.basis for year in years] == [RateBasis.RECORDED, RateBasis.FORECAST, None]


def test_a_rate_per_no_pounds_gives_nothing() -> None:
    bought = framework(YearSpend(0, D(100)))
    assert quantity_in(commit("M1", rate=rate("2", "0")), measure(), bought, 0) == (D(0), None, ())


def test_a_rate_stands_before_quantities() -> None:
    promise = commit("M1", "99", rate=rate("1", "100"))
    assert quantity_in(promise, measure(), framework(YearSpend(0, D(100))), 0)[0] == 1


@given(st.integers(0, 10**13), st.integers(1, 10**6), st.integers(1, 10**9), st.sampled_from(list(Unit)))
def test_a_promise_per_pound_is_never_rounded_up(spent: int, promised: int, per: int, unit: Unit) -> None:
    amount, promise = from_scaled(spent, 2), commit("M1", rate=rate(str(promised), str(per)))
    quantity = quantity_in(promise, measure(unit=unit), framework(YearSpend(0, amount)), 0)[0]
    exact = Fraction(amount) * promised / per
    assert 0 <= exact - Fraction(quantity) < Fraction(1, 10**unit.decimals)


@pytest.mark.parametrize(
    ("unit", "quantities_given", "outcomes"),
    [
        (Unit.FTE_YEARS, ["10", "10", "10"], "10"),
        (Unit.FTE_YEARS, ["10", None, None], "10/3"),
        (Unit.FTE_JOBS, ["10", "0", "2"], "12"),
        (Unit.PEOPLE, ["1", "2", "3"], "6"),
        (Unit.COMPLETIONS, ["1", "2", "3", "99"], "6"),
    ],
)
def test_employment_outcomes_count_jobs_not_job_years(
    unit: Unit, quantities_given: list[str | None], outcomes: str
) -> None:
    what = measure(unit=unit, employment_outcome=D(1))
    result = valued(contract(years=3), edition(what), commit("M1", *quantities_given))
    assert result.employment_outcomes == Fraction(outcomes)


def test_no_years_bring_no_outcomes() -> None:
    what = measure(unit=Unit.FTE_YEARS, employment_outcome=D(1))
    assert employment_outcomes(commit("M1", "1"), what, (), Fraction(1)) == 0


def test_three_workers_through_eighteen_months_are_three() -> None:
    what = measure(unit=Unit.FTE_YEARS, employment_outcome=D(1))
    bought = contract(end_on=date(2027, 9, 30))
    assert bought.length_in_years == Fraction(3, 2)
    assert valued(bought, edition(what), commit("M1", "3", "1.5")).employment_outcomes == 3


def test_nothing_promised_per_pound_is_lost_to_the_years() -> None:
    spend = [YearSpend(year, D(1800000)) for year in range(10)]
    placements = measure("S", "500", Unit.COMPLETIONS)
    (line,) = valued(framework(*spend, years=10), edition(placements), commit("S", rate=rate("1.5", "1000000"))).lines
    assert [int(year.quantity) for year in line.years] == [2, 3, 3, 2, 3, 3, 2, 3, 3, 3]
    assert line.quantity == 27
    text = "£3,600,000.00 forecast by then × 1.5 ÷ £1,000,000.00 = 5.4, cut to 5, less 2 counted before = 3"
    assert line.years[1].steps[0].text == text


def test_a_year_after_a_forecast_rests_on_it_too() -> None:
    spend = (YearSpend(0, D(1000000)), YearSpend(1, D(2000000), is_recorded=True))
    result = valued(framework(*spend, years=2), edition(measure("S", "500")), commit("S", rate=rate("2", "1000000")))
    assert [year.basis for year in result.lines[0].years] == [RateBasis.FORECAST, RateBasis.FORECAST]
    assert result.lines[0].years[1].steps[0].text == (
        "£2,000,000.00 recorded + £1,000,000.00 forecast = £3,000,000.00; £3,000,000.00 × 2 ÷ £1,000,000.00 = 6, "
        "less 2 counted before = 4"
    )
    assert result.forecast_value == result.social_value == D("3000.00")


def test_only_the_forecast_part_rests_on_a_forecast() -> None:
    spend = (YearSpend(0, D(1000000), is_recorded=True), YearSpend(1, D(2000000)))
    menu = edition(measure("S", "500"), measure("M1", "100"))
    result = valued(framework(*spend, years=2), menu, commit("S", rate=rate("2", "1000000")), commit("M1", "1", "1"))
    assert (result.forecast_value, result.social_value) == (D("2000.00"), D("3200.00"))


def test_a_commitment_can_be_valued_by_itself() -> None:
    menu = edition(measure())
    line = value_commitment(commit("M1", "2", "3"), menu.places["M1"], contract(years=2))
    assert (str(line.social_value), line.measure.code) == ("500.00", "M1")


def test_fifty_years_discounted_stay_exact() -> None:
    menu = edition(measure(benefit_years=40, drop_off_share=D("0.1")), discount_rate=D("0.035"))
    result = valued(contract(years=50), menu, commit("M1", *["1"] * 50))
    exact = [slow_year(menu.measures[0], "100", D(1), D(1), year, D("0.035")) for year in range(50)]
    assert abs(Fraction(result.social_value) - sum(exact)) <= Fraction(50, 200)
    assert result.lines[0].years[49].steps[-2].result == exact[49]


@given(st.integers(-(10**12), 10**12), unit_values, shares, st.integers(0, 4))
def test_pence_in_bulk_equal_the_line(scaled: int, unit_value: str, share: Decimal, year: int) -> None:
    what = measure("M1", unit_value, deadweight_share=D("0.1"), benefit_years=2, drop_off_share=D("0.3"))
    factor = value_factor(what, D(unit_value), share, year, D("0.035"))
    pence = pence_of(scaled, pence_per_scaled(factor, 4))
    promise = commit("M1", *["0"] * year, str(from_scaled(scaled, 4)), contract_share=share)
    menu = edition(what, discount_rate=D("0.035"))
    result = valued(contract(years=year + 1), menu, promise)
    assert pounds_of(pence) == result.social_value


def test_a_commitment_of_another_share_of_the_same_thing() -> None:
    menu = edition(measure())
    whole = valued(contract(start=START), menu, commit("M1", "3")).lines[0]
    half = valued(contract(), menu, replace(commit("M1", "3"), contract_share=D("0.5"))).lines[0]
    assert whole.social_value == 2 * half.social_value


@pytest.mark.parametrize(
    ("ends", "quantities", "past"),
    [
        (None, ["1", "1"], []),
        (date(2028, 3, 31), ["1", "1"], []),
        (date(2027, 3, 31), ["1", "1"], ["2027/28"]),
        (date(2027, 3, 30), ["1", "1"], ["2026/27", "2027/28"]),
        (date(2026, 3, 31), ["0", "1"], ["2027/28"]),
    ],
)
def test_years_that_end_after_the_wage_behind_their_value(ends, quantities, past) -> None:
    wage = measure("S", "500")
    wage = replace(wage, proxy=replace(wage.proxy, in_force_until=ends))
    (line,) = valued(contract(years=2), edition(wage), commit("S", *quantities)).lines
    assert (line.value_ends_on, [year.year.label for year in line.past_value_end]) == (ends, past)


def test_a_line_without_a_value_has_no_dates() -> None:
    (line,) = valued(contract(), edition(measure(proxy=None)), commit("M1", "1")).lines
    assert (line.value_ends_on, line.past_value_end) == (None, ())
