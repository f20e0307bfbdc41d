"""The steps of a sum: each can be redone by hand from what is printed, and they lead to the result."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.domain.build import D, commit, contract, edition, framework, measure, rate, valued
from tomsapp.domain import valuation
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.steps import Step, steps_of, sum_text
from tomsapp.domain.units import Unit

BENEFIT_AND_DISCOUNT = "3 benefit years, 50% less each year, each later one ÷ 1.1 again: 1 + 0.454545… + 0.206611…"


def steps(
    quantity: str, value: str, *, share: str = "1", discount: str = "0", year: int = 0, **facts: object
) -> tuple[Step, ...]:
    menu = edition(measure("M1", value, Unit.TONNES, **facts), discount_rate=D(discount))
    given = ["0"] * year + [quantity]
    promise = commit("M1", *given, contract_share=share)
    return valued(contract(years=year + 1), menu, promise).lines[0].years[year].steps


@pytest.mark.parametrize(
    ("made", "text", "result"),
    [
        (steps("40", "226.50", share="0.25"), "40 × £226.50 × 25%", "= £2,265.00"),
        (steps("3.333", "273.06"), "3.333 × £273.06", "= £910.11"),
        (steps("2", "0.0812"), "2 × £0.0812", "= £0.16"),
        (
            steps("2", "1000", deadweight_share=D("0.25"), displacement_share=D("0.1")),
            "2 × £1,000.00 × 0.75 × 0.9",
            "= £1,350.00",
        ),
        (
            steps("2", "1000", deadweight_share=D("0.25"), benefit_years=3, drop_off_share=D("0.5")),
            "2 × £1,000.00 × 0.75 × 1.75",
            "= £2,625.00",
        ),
        (steps("2", "1000", benefit_years=3), "2 × £1,000.00 × 3", "= £6,000.00"),
        (steps("1", "10000", discount="0.035", year=2), "1 × £10,000.00 ÷ 1.071225", "= £9,335.11"),
        (steps("1", "10000", discount="0.035"), "1 × £10,000.00", "= £10,000.00"),
        (
            steps("1", "1000", discount="0.1", year=1, benefit_years=3, drop_off_share=D("0.5")),
            "1 × £1,000.00 ÷ 1.1 × 1.6611570247…",
            "= £1,510.14",
        ),
        (
            steps("1", "1000", discount="0.1", benefit_years=2),
            "1 × £1,000.00 × 1.9090909090…",
            "= £1,909.09",
        ),
        (steps("1234.5", "1", share="0"), "1,234.5 × £1.00 × 0%", "= £0.00"),
        (steps("1", "1", share="0.333333"), "1 × £1.00 × 33.3333%", "= £0.33"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_sum_as_it_is_written(made: tuple[Step, ...], text: str, result: str) -> None:
    assert sum_text(made) == text
    assert made[-1].text == result


def test_each_step_keeps_its_exact_result_and_source() -> None:
    made = steps("2", "1000", share="0.5", deadweight_share=D("0.25"), benefit_years=2, discount="0.1", year=1)
    assert [(step.name, step.result, step.source) for step in made] == [
        ("quantity", 2, "the commitment"),
        ("unit_value", 2000, "Made-up values"),
        ("contract_share", 1000, "the commitment"),
        ("deadweight", 750, "the menu: 25% would have happened anyway"),
        ("discount", Fraction(7500, 11), "the menu: 10% a year: 1.1"),
        (
            "benefit",
            (750 + Fraction(7500, 11)) * Fraction(10, 11),
            "the menu: 2 benefit years, each later one ÷ 1.1 again: 1 + 0.909090…",
        ),
        ("round", Fraction("1301.65"), "rounded to the penny"),
    ]


@pytest.mark.parametrize(
    ("made", "source"),
    [
        (steps("1", "1", displacement_share=D("0.1")), "the menu: 10% is lost elsewhere"),
        (steps("1", "1", benefit_years=3), "the menu: 3 benefit years"),
        (
            steps("1", "1", benefit_years=6, drop_off_share=D("0.5")),
            "the menu: 6 benefit years, 50% less each year: 1 + 0.5 + 0.25 + … + 0.03125",
        ),
        (
            steps("1", "1", benefit_years=3, drop_off_share=D("0.5"), discount="0.1"),
            f"the menu: {BENEFIT_AND_DISCOUNT}",
        ),
        (steps("1", "1", discount="0.035", year=2), "the menu: 3.5% a year: 1.035 × 1.035"),
        (steps("1", "1", discount="0.035", year=7), "the menu: 3.5% a year: 1.035 × … × 1.035, 7 times"),
    ],
)
def test_a_factor_says_what_stands_behind_it(made: tuple[Step, ...], source: str) -> None:
    assert made[-2].source == source


def test_a_factor_that_goes_on_keeps_the_decimals_that_its_amount_needs() -> None:
    made = steps("1", "999999999999", discount="0.035", year=9)
    assert made[-2].text == "÷ 1.36289735325712288…"


def test_a_unit_value_without_a_proxy_has_no_source() -> None:
    menu = edition(measure(proxy=None))
    made = valued(contract(), menu, commit("M1", "1")).lines[0].years[0].steps
    assert made[1].source == ""


def test_a_rate_is_worked_out_before_the_sum() -> None:
    what = framework(YearSpend(0, D(2500000)))
    year = (
        valued(what, edition(measure("S", "500", Unit.WEEKS)), commit("S", rate=rate("1.5", "1000000")))
        .lines[0]
        .years[0]
    )
    assert [step.name for step in year.steps] == ["rate", "quantity", "unit_value", "round"]
    assert year.steps[0].text == "£2,500,000.00 forecast by then × 1.5 ÷ £1,000,000.00 = 3.75, cut to 3.7"
    assert sum_text(year.steps) == "3.7 × £500.00"


def test_the_working_is_made_when_it_is_first_asked_for_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(valuation, "steps_of", lambda *facts: made.append(facts) or steps_of(*facts))
    line = valued(contract(years=1), edition(measure("M1", "226.50", Unit.TONNES)), commit("M1", "40")).lines[0]
    assert (line.social_value, made) == (D("9060.00"), [])
    assert sum_text(line.years[0].steps) == sum_text(line.years[0].steps) == "40 × £226.50"
    assert len(made) == 1
    assert replace(line.years[0]) == line.years[0], "one that holds its working from the start is the same"
