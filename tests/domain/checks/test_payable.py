"""Whether the money could pay for what is promised, over all lines together and year by year."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.domain.build import D, barnet, commit, contract, edition, framework, measure, proxy, rate, valued
from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.payable import payable_problems
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.policy import Policy
from tomsapp.domain.policy_records import LivingWage
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.proxy import DeliveryCost, PriceIndex
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import Valuation

JOB = measure("J", None, Unit.FTE_YEARS)
PERSON = measure("P", None, Unit.PEOPLE, employment_outcome=D(1))
APPRENTICE = measure("S", None, Unit.COMPLETIONS, employment_outcome=D("0.5"))
TALK = measure("T", None, Unit.PEOPLE)
GIFT = measure("V", "1", Unit.POUNDS, real_pounds=True)
COURSE = measure(
    "C", "1", Unit.PEOPLE, proxy=replace(proxy("1"), delivery_cost=DeliveryCost(D("100"), "2024", "A course."))
)
MENU = edition(JOB, PERSON, APPRENTICE, TALK, GIFT, COURSE)


def asked(valuation: Valuation, policy: Policy | None) -> list[Problem]:
    return list(payable_problems(OfferToCheck(valuation, (), policy)))


def found(*commitments: Commitment, policy: Policy | None = None, **facts: Any) -> list[Problem]:
    facts.setdefault("value", "247845.00")
    problems = asked(valued(contract(**facts), MENU, *commitments), policy or barnet())
    assert all(problem.severity is Severity.WARNING and problem.fix for problem in problems)
    return problems


# 1,950 hours × £12.71 = £24,784.50 a year
@pytest.mark.parametrize(
    ("value", "quantity", "share", "warned"),
    [
        ("247845.00", "10", "1", False),
        ("247845.00", "10.01", "1", True),
        ("247844.99", "10", "1", True),
        ("247845.00", "40", "0.25", False),
        ("247845.00", "40.04", "0.25", True),
        ("0.00", "0.01", "1", True),
        ("0.00", "0", "1", False),
    ],
)
def test_more_people_than_the_money_could_pay(value: str, quantity: str, share: str, warned: bool) -> None:
    codes = [p.code for p in found(commit("J", quantity, contract_share=share), value=value)]
    assert codes == ["more-people-than-money"] * warned


def test_lines_are_taken_together_and_the_sum_is_shown() -> None:
    (problem,) = found(
        commit("J", "8", contract_share="0.5"),
        commit("P", "4"),
        commit("S", "5"),
        commit("T", "9999"),
        commit("P", "0"),
    )
    assert problem.message == (
        "The lines promise 10.5 full-time years of work (J 4, P 4, S 2.5). At £24,784.50 a year (1,950 hours at the "
        "National Living Wage of £12.71) the contract’s £247,845.00 pays for 10 of them"
    )
    assert problem.key == "more-people-than-money"


def test_how_many_the_money_pays_for_is_said_so_that_nobody_takes_it_for_cut_text() -> None:
    (problem,) = found(commit("J", "11"), value="260000")
    assert problem.message.endswith("the contract’s £260,000.00 pays for over 10.4 of them")


def test_a_year_of_its_own_is_asked_about() -> None:
    (problem,) = found(commit("J", "6", "0"), years=2)
    assert problem.message.startswith("In 2026/27 the lines promise 6 full-time years of work.")
    assert problem.message.endswith("the £123,922.50 of that year pay for 5 of them")
    assert (problem.key, problem.where.year) == ("more-people-than-money:1", 0)


def test_each_year_is_asked_about_and_the_costs_of_all_beside_it() -> None:
    lines = (commit("J", "6", "0", "7"), commit("V", "60000", "0", "0"))
    keys = [problem.key for problem in found(*lines, value="371767.50", years=3)]
    assert keys == ["more-people-than-money:1", "more-people-than-money:3", "costs-more-than-money"]


def test_a_short_year_has_its_part_of_the_money() -> None:
    assert found(commit("J", "0", "3"), value="371767.50", end_on=date(2027, 9, 30)) == []
    assert found(commit("J", "0", "5.01"), value="371767.50", end_on=date(2027, 9, 30))


def test_a_framework_has_its_spend_of_the_year() -> None:
    spend = (YearSpend(0, D("24784.50")), YearSpend(1, D("223060.50")))
    bought = framework(*spend, years=2, value="247845.00")
    jobs = [valued(bought, MENU, commit("J", first, "9")) for first in ("1", "1.01")]
    assert [len(asked(each, barnet())) for each in jobs] == [0, 1]
    assert not (asked(valued(bought, MENU, commit("T", rate=rate("2", "1"))), barnet()))


@pytest.mark.parametrize(
    "policy",
    [Policy("p", "P", ()), Policy("p", "P", (), (LivingWage(barnet().living_wages[0].in_force_from, D(0)),))],
)
def test_without_a_wage_people_are_not_checked(policy: Policy) -> None:
    assert found(commit("J", "9999"), policy=policy) == []
    assert (asked(valued(contract("1.00"), MENU, commit("J", "9999")), None)) == []


def test_all_costs_together() -> None:
    lines = (commit("J", "4"), commit("C", "1000", contract_share="0.5"), commit("V", "98707.01"))
    (problem,) = found(*lines)
    assert problem.message == (
        "Keeping the promises would cost more than the contract’s £247,845.00: £99,138.00 of wages at the National "
        "Living Wage + £50,000.00 of delivery, at the costs that the sources give in 2024 prices + £98,707.01 handed "
        "over = £247,845.01"
    )
    assert found(*lines[:2], commit("V", "98707.00")) == []


def test_the_costs_of_a_year_are_asked_about_where_all_of_the_money_would_do() -> None:
    """The money of each of two years is £123,922.50: wages, courses and a gift in the first are a penny more."""
    lines = (commit("J", "4", "0"), commit("C", "400", "0", contract_share="0.5"), commit("V", "4784.51", "0"))
    (problem,) = found(*lines, years=2)
    assert problem.message == (
        "In 2026/27 keeping the promises would cost more than the £123,922.50 of that year: £99,138.00 of wages at the "
        "National Living Wage + £20,000.00 of delivery, at the costs that the sources give in 2024 prices + £4,784.51 "
        "handed over = £123,922.51"
    )
    assert (problem.key, problem.where.year) == ("costs-more-than-money:1", 0)
    assert problem.asked == "£123,922.51; £123,922.50"
    assert found(*lines[:2], commit("V", "4784.50", "0"), years=2) == []


def test_a_year_is_asked_about_once_and_each_year_by_its_own_costs() -> None:
    lines = (commit("J", "6", "0", "0"), commit("V", "1", "123922.51", "0"))
    keys = [problem.key for problem in found(*lines, value="371767.50", years=3)]
    assert keys == ["more-people-than-money:1", "costs-more-than-money:2"]


def test_the_costs_of_a_year_are_held_against_its_spend() -> None:
    spend = (YearSpend(0, D("1000.00")), YearSpend(1, D("246845.00")))
    bought = framework(*spend, years=2, value="247845.00")
    gifts = [asked(valued(bought, MENU, commit("V", first, "5000")), None) for first in ("1000", "1000.01")]
    assert [[problem.key for problem in each] for each in gifts] == [[], ["costs-more-than-money:1"]]


def test_costs_are_asked_about_without_a_wage_too() -> None:
    (problem,) = found(commit("C", "2479"), policy=Policy("p", "P", ()))
    costs = "£247,900.00 of delivery, at the costs that the sources give in 2024 prices = £247,900.00"
    assert problem.message.endswith(costs)


def test_a_cost_of_delivery_of_an_older_year_is_brought_to_the_menu_s_prices() -> None:
    """£100 in prices of 2022 is £100 × 100 ÷ 80 = £125 in those of the menu: 80 of them cost £10,000."""
    assert COURSE.proxy is not None
    older = replace(COURSE, proxy=replace(COURSE.proxy, delivery_cost=DeliveryCost(D("100"), "2022", "A course.")))
    menu = edition(older, deflator=PriceIndex("GDP deflator", COURSE.proxy.source, {"2022": D(80), "2024": D(100)}))
    assert asked(valued(contract("10000.00"), menu, commit("C", "80")), None) == []
    (problem,) = asked(valued(contract("9999.99"), menu, commit("C", "80")), None)
    assert "£10,000.00 of delivery" in problem.message


def test_a_cost_of_a_course_is_not_multiplied_by_another_unit() -> None:
    """A course may bring half a year: only the supplier knows how many courses the years take."""
    assert COURSE.proxy is not None
    cost = DeliveryCost(D("100"), "2024", "Six sessions.", "course")
    course = replace(COURSE, proxy=replace(COURSE.proxy, delivery_cost=cost))
    assert asked(valued(contract("1.00"), edition(course), commit("C", "80")), None) == []


def test_a_contract_without_value_is_not_held_against_gifts() -> None:
    assert found(commit("V", "5"), value="0.00") == []
