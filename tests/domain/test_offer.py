"""An offer valued and checked in one go."""

from datetime import date

import pytest

from tests.domain.build import D, answer_to, barnet, commit, contract, edition, measure, rule
from tomsapp.domain.area import Area
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.domain.offer import FoundProblems, Offer, Surroundings, find_problems, value_offer
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Answer
from tomsapp.domain.units import Unit

MENU = edition(measure("M1", "100", asks_statement=True))
POLICY = Policy("p", "P", (rule(share=D("0.05")),))


def exclusive(severity: Clash) -> ExclusionGroup:
    return ExclusionGroup("one-person", severity, "person", ("A", "B"), "One job.", (), (), outcomes_once=True)


def test_a_good_offer() -> None:
    offer = Offer(contract("25000.01"), (commit("M1", "2", statement="By a trainer"),))
    result = value_offer(offer, MENU, Surroundings(policy=barnet()))
    assert (str(result.valuation.social_value), result.problems, result.has_errors) == ("200.00", (), False)
    assert [check.rule.code for check in result.policy_checks] == ["scope", "minimum", "employment"]


def test_a_line_with_an_error_is_claimed_and_not_admitted() -> None:
    lines = (commit("M1", "10", statement="x"), commit("M1", "1", key="2", statement="x", contract_share="2"))
    result = value_offer(Offer(contract("4000.00"), lines), MENU, Surroundings(policy=POLICY))
    assert (result.valuation.social_value, result.admissible.social_value) == (D("1200.00"), D("1000.00"))
    assert result.inadmissible == {"2"}
    assert [check.word for check in result.policy_checks] == ["Not yet: errors to put right"]
    good = value_offer(Offer(contract("4000.00"), lines[:1]), MENU, Surroundings(policy=POLICY))
    assert good.admissible is good.valuation
    assert [check.word for check in good.policy_checks] == ["Enough"]


def test_what_is_short_without_its_wrong_lines_is_short() -> None:
    lines = (commit("M1", "1", statement="x"), commit("M1", "99", key="2", statement="x", contract_share="2"))
    result = value_offer(Offer(contract("4000.00"), lines), MENU, Surroundings(policy=POLICY))
    assert [check.word for check in result.policy_checks] == ["Not enough: short by £100.00"]


def test_no_side_of_a_clash_that_blocks_is_admitted() -> None:
    menu = edition(measure("A"), measure("B"), measure("C"), groups=(exclusive(Clash.BLOCK),))
    lines = (commit("A", "1"), commit("B", "1"), commit("C", "1"), commit("A", "1", key="4"))
    result = value_offer(Offer(contract(), lines), menu, Surroundings())
    assert result.inadmissible == {"A", "B", "4"}
    assert result.admissible.social_value == D("100.00")


def test_people_count_once_until_they_are_declared_to_be_others() -> None:
    jobs = [measure(code, unit=Unit.PEOPLE, employment_outcome=D(1)) for code in "ABC"]
    menu = edition(*jobs, groups=(exclusive(Clash.DECLARE),))
    lines = (commit("A", "2"), commit("B", "3"))
    asked = value_offer(Offer(contract(), lines), menu, Surroundings())
    assert asked.valuation.employment_outcomes == 3
    question = next(problem for problem in asked.problems if problem.code == "declare-different")
    answers = {question.key: answer_to(question)}
    declared = value_offer(Offer(contract(), lines, answers), menu, Surroundings())
    assert declared.valuation.employment_outcomes == 5
    wrong = (*lines, commit("C", "-1"))
    partly = value_offer(Offer(contract(), wrong, answers), menu, Surroundings())
    assert (partly.admissible.employment_outcomes, partly.admissible.outcome_overlaps) == (5, ())
    empty = {"declare-different:one-person:A+B": Answer(" ")}
    assert value_offer(Offer(contract(), lines, empty), menu, Surroundings()).valuation.employment_outcomes == 3


def test_people_who_were_declared_to_be_others_are_so_under_another_edition() -> None:
    jobs = [measure(code, unit=Unit.PEOPLE, employment_outcome=D(1)) for code in "ABC"]
    menu = edition(*jobs, groups=(exclusive(Clash.DECLARE),))
    before = Surroundings(declared=frozenset({frozenset("AB")}))
    good = value_offer(Offer(contract(), (commit("A", "2"), commit("B", "3"))), menu, before)
    assert (good.valuation.employment_outcomes, good.admissible.employment_outcomes) == (5, 5)
    wrong = value_offer(Offer(contract(), (commit("A", "2"), commit("B", "3"), commit("C", "-1"))), menu, before)
    assert (wrong.inadmissible, wrong.admissible.employment_outcomes) == ({"C"}, 5)


def test_a_clash_that_blocks_cannot_be_declared_away() -> None:
    jobs = [measure(code, unit=Unit.PEOPLE, employment_outcome=D(1)) for code in "AB"]
    menu = edition(*jobs, groups=(exclusive(Clash.BLOCK),))
    answers = {"declare-different:one-person:A+B": Answer("They are different people")}
    result = value_offer(Offer(contract(), (commit("A", "2"), commit("B", "3")), answers), menu, Surroundings())
    assert (result.valuation.employment_outcomes, result.admissible.employment_outcomes) == (3, 0)


def test_without_a_policy_there_is_nothing_to_check() -> None:
    result = value_offer(Offer(contract(), (commit("M1", "2", statement="x"),)), MENU, Surroundings())
    assert result.policy_checks == ()


def test_open_problems_are_errors_and_unanswered_warnings() -> None:
    lines = (commit("M1", "1"), commit("M1", "-1", key="2", statement="x", place="w"))
    question = value_offer(Offer(contract(), lines), MENU, Surroundings()).problems[1]
    answers = {"statement-missing:M1": answer_to(question)}
    result = value_offer(Offer(contract(), lines, answers), MENU, Surroundings())
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


@pytest.mark.parametrize(
    "offer",
    [
        Offer(contract("25000.01"), (commit("M1", "2", statement="By a trainer"),)),
        Offer(contract("4000.00"), (commit("M1", "1", contract_share="2"), commit("X9", "1"), commit("M1", key="3"))),
        Offer(contract(end_on=date(2020, 1, 1)), (commit("M1", "1"),)),
        Offer(contract(), (commit("M1", "2"),), {"statement-missing:M1": Answer("It is said in the tender.")}),
    ],
)
def test_problems_alone_are_those_of_the_whole_working(offer: Offer) -> None:
    opened = value_offer(offer, MENU, Surroundings(policy=POLICY))
    found = find_problems(offer, MENU, Surroundings(policy=POLICY))
    assert found == FoundProblems(opened.problems, opened.inadmissible)
