"""The steps of a sum: each can be redone by hand from what is printed, and they lead to the result."""

from fractions import Fraction

import pytest

from tests.domain.build import D, commit, contract, edition, framework, measure, rate, valued
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.steps import Step, sum_text
from tomsapp.domain.units import Unit

DISCOUNTED_TWICE = (
    "1 × £1,000.00 ÷ (1 + 10%)^1 "
    "over 3 benefit years, 50% less each year, each later year ÷ (1 + 10%): 909.090909… + 413.223140… + 187.828700…"
)


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
            "2 × £1,000.00 × (1 − 25%) × (1 − 10%)",
            "= £1,350.00",
        ),
        (
            steps("2", "1000", deadweight_share=D("0.25"), benefit_years=3, drop_off_share=D("0.5")),
            "2 × £1,000.00 × (1 − 25%) over 3 benefit years, 50% less each year: 1,500 + 750 + 375",
            "= £2,625.00",
        ),
        (steps("2", "1000", benefit_years=3), "2 × £1,000.00 × 3 benefit years", "= £6,000.00"),
        (steps("1", "10000", discount="0.035", year=2), "1 × £10,000.00 ÷ (1 + 3.5%)^2", "= £9,335.11"),
        (steps("1", "10000", discount="0.035"), "1 × £10,000.00", "= £10,000.00"),
        (
            steps("1", "1000", discount="0.1", year=1, benefit_years=3, drop_off_share=D("0.5")),
            DISCOUNTED_TWICE,
            "= £1,510.14",
        ),
        (
            steps("1", "1000", discount="0.1", benefit_years=2),
            "1 × £1,000.00 over 2 benefit years, each later year ÷ (1 + 10%): 1,000 + 909.090909…",
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
        ("deadweight", 750, "the menu"),
        ("discount", Fraction(7500, 11), "the menu"),
        ("benefit", (750 + Fraction(7500, 11)) * Fraction(10, 11), "the menu"),
        ("round", Fraction("1301.65"), "rounded to the penny"),
    ]


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
    assert year.steps[0].text == "£2,500,000.00 so far × 1.5 ÷ £1,000,000.00 = 3.75, cut to 3.7"
    assert sum_text(year.steps) == "3.7 × £500.00"
