"""An offer valued and checked in one go."""

from datetime import date

from tests.domain.build import D, barnet, commit, contract, edition, measure
from tomsapp.domain.area import Area
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.offer import Offer, Surroundings, value_offer
from tomsapp.domain.problems import Answer

MENU = edition(measure("M1", "100", asks_statement=True))


def test_a_good_offer() -> None:
    offer = Offer(contract("25000.01"), (commit("M1", "2", statement="By a trainer"),))
    result = value_offer(offer, MENU, Surroundings(policy=barnet()))
    assert (str(result.valuation.social_value), result.problems, result.has_errors) == ("200.00", (), False)
    assert [check.rule.code for check in result.policy_checks] == ["scope", "minimum", "employment"]


def test_without_a_policy_there_is_nothing_to_check() -> None:
    result = value_offer(Offer(contract(), (commit("M1", "2", statement="x"),)), MENU, Surroundings())
    assert result.policy_checks == ()


def test_open_problems_are_errors_and_unanswered_warnings() -> None:
    lines = (commit("M1", "1"), commit("M1", "-1", key="2", statement="x", place="w"))
    result = value_offer(Offer(contract(), lines, {"statement-missing:M1": Answer("later")}), MENU, Surroundings())
    assert [problem.code for problem in result.problems] == ["quantity-negative", "statement-missing"]
    assert [problem.code for problem in result.open_problems] == ["quantity-negative"]
    assert result.has_errors


def test_the_surroundings_reach_the_checks() -> None:
    offer = Offer(contract(), (commit("M1", "100", statement="x", place="w"),))
    around = Surroundings(area=Area("b", "B", ()), limits=TenderLimits(0), medians={"M1": D(1)})
    codes = [problem.code for problem in value_offer(offer, MENU, around).problems]
    assert codes == ["unknown-ward", "too-many-measures", "above-other-bids"]


def test_dates_out_of_order_are_a_problem_and_not_a_crash() -> None:
    offer = Offer(contract(end_on=date(2025, 3, 31)), (commit("M1", "1"),))
    result = value_offer(offer, MENU, Surroundings(policy=barnet()))
    (problem,) = result.problems
    assert (problem.code, problem.message) == ("contract-dates", "The end date is before the start date")
    assert (result.has_errors, result.valuation.lines, result.policy_checks) == (True, (), ())
