"""What stands of a promise without the units that rest on a forecast of spend."""

from fractions import Fraction

from tests.domain.build import D, barnet, commit, edition, framework, measure, rate, valued
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.forecast import rests_on_forecast, without_forecast
from tomsapp.domain.policy import PolicyCheck, PolicyResult, check_policy
from tomsapp.domain.valuation import Valuation

SPEND = (YearSpend(0, D(1000000), is_recorded=True), YearSpend(1, D(2000000)))
MENU = edition(
    measure("S", "500", employment_outcome=D(1), whole_units=True),
    measure("M1", "100"),
    measure("V", "1", real_pounds=True),
)


def promised(*commitments: Commitment) -> Valuation:
    return valued(framework(*SPEND, years=2), MENU, *commitments)


def checked(valuation: Valuation, *, has_errors: bool = False) -> dict[str, PolicyCheck]:
    return {check.rule.code: check for check in check_policy(valuation, barnet(), has_errors=has_errors)}


def test_only_the_years_that_rest_on_a_forecast_are_taken_out() -> None:
    whole = promised(
        commit("S", rate=rate("50", "1000000")), commit("V", rate=rate("5", "1000000")), commit("M1", "1", "1")
    )
    certain = without_forecast(whole)
    assert certain.social_value == whole.social_value - whole.forecast_value == D("25205.00")
    assert (certain.real_pounds, certain.employment_outcomes) == (D("5.00"), 50)
    assert [line.quantity for line in certain.lines] == [50, 5, 2]
    assert certain.lines[2] is whole.lines[2]
    assert not rests_on_forecast(certain)


def test_a_forecast_that_brings_no_whole_unit_is_nothing_to_take_out() -> None:
    assert not rests_on_forecast(promised(commit("S", rate=rate("1", "9000000"))))


def test_a_result_that_turns_over_without_the_forecast_says_so() -> None:
    turned = checked(promised(commit("S", rate=rate("50", "1000000"))))["minimum"]
    assert turned.result is PolicyResult.MET
    without = turned.without_forecast
    assert without is not None
    assert (without.committed, without.shortfall) == (Fraction(25000), Fraction(25000))
    people = checked(promised(commit("S", rate=rate("1", "1500000"))))["employment"]
    assert people.without_forecast is not None
    assert (people.without_forecast.committed, people.without_forecast.needed) == (0, 1)


def test_a_result_that_holds_or_fails_either_way_says_nothing_of_it() -> None:
    enough = checked(promised(commit("S", rate=rate("200", "1000000"))))
    assert {check.without_forecast for check in enough.values()} == {None}
    short = checked(promised(commit("S", rate=rate("2", "1000000"))))["minimum"]
    assert (short.result, short.without_forecast) == (PolicyResult.SHORT, None)
    wrong = checked(promised(commit("S", rate=rate("50", "1000000"))), has_errors=True)["minimum"]
    assert (wrong.result, wrong.without_forecast) == (PolicyResult.ERRORS, None)
