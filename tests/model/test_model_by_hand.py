"""The model itself against sums that were worked out by hand: every row of the worked cases, and the edges."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from tests.domain.build import commit, contract, edition, measure, rate, rule
from tests.model import model
from tests.model.arithmetic import cut, first_days, months_later, percent_cut, rounded, years_between
from tests.model.doubts import doubts
from tests.model.findings import Finding, find, inadmissible
from tests.model.people import at_most, counted_once
from tests.model.policy import Standing, hold_against, is_enough
from tests.model.uprate import unit_value
from tomsapp.domain.commitment import OUTSIDE_AREA, Commitment
from tomsapp.domain.contract import Contract, ContractKind, YearSpend
from tomsapp.domain.menu import Clash, Counts, Earned, ExclusionGroup, Measure, MenuEdition
from tomsapp.domain.people import count_people_once
from tomsapp.domain.policy import Policy
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.rule import CountedIn, Rounding
from tomsapp.domain.rules.scope import SCOPE
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import value_contract

D = Decimal
F = Fraction
JOB = {"unit": Unit.FTE_YEARS, "employment_outcome": D(1)}


def figures(what: Contract, menu: MenuEdition, *lines: Commitment) -> model.OfferFigures:
    return model.value_offer(what, menu, lines)


def one(measured: Measure, *quantities: str | None, years: int = 1, **others: object) -> model.OfferFigures:
    return figures(contract(years=years), edition(measured), commit("M1", *quantities, **others))


def findings(what: Contract, menu: MenuEdition, *lines: Commitment) -> set[tuple[Finding, str]]:
    return find(what, menu, lines, model.value_offer(what, menu, lines))


# The worked cases, row by row.


def test_ten_full_time_and_five_half_time_jobs_over_two_years():
    found = one(measure(value="5050.50", **JOB), "12.5", "12.5", years=2)
    assert found.counted_in("fte_years") == 25
    assert [year.social_value for year in found.lines[0].years] == [F("63131.25")] * 2
    assert found.social_value == F("126262.50")
    assert found.employment_outcomes == F("12.5")


def test_raises_for_the_same_people_are_no_employment_outcomes():
    found = one(measure(value="5050.50", unit=Unit.FTE_YEARS), "12.5", "12.5", years=2)
    assert (found.social_value, found.employment_outcomes) == (F("126262.50"), 0)


def test_three_jobs_through_eighteen_months_are_three():
    what = contract(end_on=date(2027, 9, 30))
    found = figures(what, edition(measure(**JOB)), commit("M1", "3", "1.5"))
    assert found.counted_in("fte_years") == F("4.5")
    assert found.employment_outcomes == 3


def test_one_and_a_half_for_each_million_over_ten_years():
    what = contract(
        "18000000.00",
        10,
        kind=ContractKind.FRAMEWORK,
        spend=tuple(YearSpend(year, D("1800000.00")) for year in range(10)),
    )
    found = figures(what, edition(measure(unit=Unit.PEOPLE)), commit("M1", rate=rate("1.5", "1000000")))
    assert [year.quantity for year in found.lines[0].years] == [2, 3, 3, 2, 3, 3, 2, 3, 3, 3]
    assert found.counted_in("people") == 27
    assert found.forecast_value == found.social_value == 2700


def test_three_new_jobs_counted_once():
    job = measure(value="4000", unit=Unit.FTE_JOBS, counts=Counts.ONCE, employment_outcome=D(1))
    found = one(job, "3", None, years=2)
    assert (found.social_value, found.employment_outcomes) == (12000, 3)


def test_forty_weeks_a_quarter_of_them_this_contracts():
    found = one(measure(value="500", unit=Unit.WEEKS), "40", contract_share="0.25")
    assert found.social_value == 5000


def test_pounds_given_count_beside_the_value():
    found = one(measure(value="10", unit=Unit.POUNDS, real_pounds=True), "6900000")
    assert (found.social_value, found.real_pounds) == (69000000, 6900000)


def test_tonnes_to_the_penny():
    assert one(measure(value="273.06", unit=Unit.TONNES), "3.333").social_value == F("910.11")


def test_half_a_penny_goes_away_from_zero():
    assert one(measure(value="15.945"), "1").social_value == F("15.95")


def test_deadweight_and_drop_off():
    what = measure(value="1000", deadweight_share=D("0.25"), benefit_years=3, drop_off_share=D("0.5"))
    assert one(what, "2").social_value == 2625


def test_ten_thousand_in_each_of_three_years_discounted():
    menu = edition(measure(value="10000"), discount_rate=D("0.035"))
    found = figures(contract(years=3), menu, commit("M1", "1", "1", "1"))
    assert [year.social_value for year in found.lines[0].years] == [10000, F("9661.84"), F("9335.11")]
    assert found.social_value == F("28996.95")


def test_a_value_of_2012_13_at_2024_prices():
    index = {"2012-13": D("72.317"), "2024": D("100.0000")}
    assert unit_value(D(14610), "2012-13", "2024", index) == F("20202.72")


# The edges.


def test_unit_values_below_a_pound_keep_four_decimals():
    index = {"2020": D(80), "2024": D(100)}
    assert unit_value(D("0.1234"), "2020", "2024", index) == F("0.1543")
    assert unit_value(D("0.79999"), "2020", "2024", index) == 1
    assert unit_value(D("0.8"), "2020", "2024", index) == 1


def test_face_values_and_later_ones_are_taken_as_published():
    assert unit_value(D(1), "any", "2024", {}) == 1
    assert unit_value(D("379.75"), "2026-27", "2024", {}) == F("379.75")
    assert unit_value(D("379.75"), "2024", "2024", {}) == F("379.75")


def test_a_base_without_an_index_stops_publication():
    with pytest.raises(KeyError):
        unit_value(D(1), "2012", "2024", {"2024": D(100)})


def test_rounding_and_cutting():
    assert [rounded(F(each)) for each in ("0.005", "-0.005", "0.00499", "2.675")] == [
        F("0.01"),
        F("-0.01"),
        0,
        F("2.68"),
    ]
    assert [cut(F(each), 1) for each in ("0.19", "-0.19", "3")] == [F("0.1"), F("-0.1"), 3]
    assert [percent_cut(F(each)) for each in ("0.04438", "0.0499999", "0.05", "12.3456", "-0.04999")] == [
        "4.43",
        "4.99",
        "5.00",
        "1234.56",
        "-4.99",
    ]


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2026, 4, 1), date(2027, 9, 30), F(3, 2)),
        (date(2026, 4, 1), date(2036, 3, 31), F(10)),
        (date(2026, 4, 1), date(2026, 4, 30), F(1, 12)),
        (date(2026, 4, 1), date(2026, 4, 10), F(10, 365)),
        (date(2026, 4, 15), date(2027, 5, 24), F(13, 12) + F(10, 365)),
        (date(2024, 2, 29), date(2025, 2, 28), F(1)),
        (date(2026, 1, 31), date(2026, 2, 28), F(1, 12)),
        (date(2026, 1, 31), date(2026, 2, 27), F(28, 365)),
    ],
)
def test_the_length_of_a_contract(first, last, years):
    assert years_between(first, last) == years


def test_contract_years_begin_on_the_same_day():
    assert months_later(date(2024, 2, 29), 12) == date(2025, 3, 1)
    assert months_later(date(2026, 12, 31), 2) == date(2027, 3, 1)
    assert first_days(date(2026, 4, 1), date(2027, 9, 30)) == [date(2026, 4, 1), date(2027, 4, 1)]


def test_a_year_takes_the_value_of_the_calendar_year_in_which_it_begins():
    dated = tuple(UnitValue(D(value), D(value), "2024", year) for year, value in ((2026, "300"), (2027, "310")))
    menu = edition(measure(unit=Unit.TONNES, unit_values=dated))
    what = contract(years=3)
    found = figures(what, menu, commit("M1", "1", "2", "0"))
    assert found.social_value == 920
    assert findings(what, menu, commit("M1", "1", "2", "0")) == set()
    assert findings(what, menu, commit("M1", "1", "2", "1")) == {(Finding.NO_UNIT_VALUE, "M1")}


def test_recorded_spend_goes_before_forecast_spend():
    spend = (YearSpend(0, D(900)), YearSpend(0, D(1500), is_recorded=True), YearSpend(1, D(600)))
    what = contract(years=3, kind=ContractKind.FRAMEWORK, spend=spend)
    menu = edition(measure(unit=Unit.PEOPLE, counts=Counts.EACH_YEAR))
    line = commit("M1", rate=rate("1", "1000"))
    found = figures(what, menu, line)
    assert [year.quantity for year in found.lines[0].years] == [1, 1, 0]
    assert (found.social_value, found.forecast_value) == (200, 100)
    assert findings(what, menu, line) == {(Finding.NO_SPEND, "M1")}


def test_a_record_only_measure_is_counted_and_not_valued():
    found = one(measure(value=None, unit=Unit.PEOPLE, employment_outcome=D(1)), "4")
    assert (found.social_value, found.employment_outcomes, found.counted_in("people")) == (0, 4, 4)


def test_real_pounds_are_rounded_by_year():
    giving = measure(value="1", unit=Unit.POUNDS, real_pounds=True)
    assert one(giving, "333.33", "333.33", years=2, contract_share="0.25").real_pounds == F("166.66")


def group(code: str, *measures: str, against: tuple[str, ...] = ()) -> ExclusionGroup:
    return ExclusionGroup(code, Clash.DECLARE, "person", measures, "One person.", against, outcomes_once=True)


@pytest.mark.parametrize(
    ("outcomes", "groups", "people"),
    [
        ({"A": 3, "B": 2}, [], 5),
        ({"A": 3, "B": 2}, [group("g", "A", "B")], 3),
        ({"A": 3, "B": 2, "C": 2}, [group("g", "A", against=("B", "C"))], 4),
        ({"A": 3, "B": 2, "C": 2}, [group("g", "A", "B", "C")], 3),
        ({"A": 3, "B": 4, "C": 2}, [group("g", "A", "B"), group("h", "B", "C")], 5),
        ({"A": 3, "B": 6, "C": 2}, [group("g", "A", "B"), group("h", "B", "C")], 6),
        ({"A": 1, "B": 2, "C": 3, "D": 4}, [group("g", "A", "B", against=("C", "D"))], 7),
        ({"A": 1, "B": 1, "C": 1}, [group("g", "X", "Y")], 3),
    ],
)
def test_the_same_people_count_once(outcomes, groups, people):
    assert counted_once({code: F(number) for code, number in outcomes.items()}, groups) == people


def test_two_measures_that_are_declared_are_so_in_every_group():
    outcomes = {"A": F(3), "B": F(2), "C": F(1)}
    groups = [group("g", "A", "B"), group("h", "B", "A", "C")]
    assert counted_once(outcomes, groups) == 3
    assert counted_once(outcomes, groups, {frozenset("AB")}) == 5


def test_the_most_people_never_hold_two_who_are_said_to_be_the_same():
    codes = "ABCDE"
    pairs = [frozenset(two) for two in combinations(codes, 2)]
    for number in range(300):
        rng = Random(number)
        outcomes = {code: F(rng.randint(0, 8), 2) for code in codes}
        groups = [
            group(name, *rng.sample(codes, rng.randint(2, 4)), against=tuple(rng.sample(codes, rng.randint(0, 2))))
            for name in "ghi"
        ]
        declared, same = ({pair for pair in pairs if rng.random() < 0.2} for _ in range(2))
        menu = edition(*(measure(code) for code in codes), groups=tuple(groups))
        people = count_people_once(menu, outcomes, declared, same)
        assert people.outcomes == counted_once(outcomes, groups, declared)
        assert people.outcomes + people.left_out == at_most(outcomes, groups, declared, same)


@pytest.mark.parametrize(
    ("counts", "lines", "fewest", "declared"),
    [
        (Counts.FIRST_12_MONTHS, [("A", "3", "2")], 3, 5),
        (Counts.ONCE, [("A", "3", "2")], 3, 5),
        (Counts.EACH_YEAR, [("A", "3", "2")], 5, 5),
        (Counts.ONCE, [("A", "3", "0"), ("A", "4", "1")], 4, 8),
        (Counts.ONCE, [("A", "2", "2"), ("B", "3", "0")], 3, 4),
        (Counts.ONCE, [("A", "2", "2"), ("C", "3", "0")], 5, 7),
    ],
)
def test_people_of_years_and_lines_count_once_until_they_are_stated_to_be_others(counts, lines, fewest, declared):
    """In the rows with B its people may be those of A too, so that A counts alone once its years are others."""
    jobs = {"unit": Unit.PEOPLE, "employment_outcome": D(1), "counts": counts}
    menu = edition(*(measure(code, **jobs) for code in "ABC"), groups=(group("g", "A", "B"),))
    made = [commit(*line, key=str(number)) for number, line in enumerate(lines)]
    for told, people in ((set(), fewest), ({frozenset("A")}, declared)):
        assert model.value_offer(contract(years=2), menu, made, told).employment_outcomes == people
        assert value_contract(contract(years=2), menu, made, told).employment_outcomes == people


def test_two_measures_of_two_groups_are_asked_about_once():
    turned = group("turned", "B", against=("A",))
    menu = edition(measure("A"), measure("B"), measure("C"), groups=(group("g", "A", "B"), turned))
    lines = (commit("A", "1"), commit("B", "1"))
    assert findings(contract(), menu, *lines) == {(Finding.TO_DECLARE, "g")}
    more = edition(measure("A"), measure("B"), measure("C"), groups=(group("g", "A", "B"), group("h", "B", "A", "C")))
    both = {(Finding.TO_DECLARE, "g"), (Finding.TO_DECLARE, "h")}
    assert findings(contract(), more, *lines, commit("C", "1")) == both


def test_declared_people_are_different_people():
    menu = edition(
        measure("A", unit=Unit.PEOPLE, employment_outcome=D(1)),
        measure("B", unit=Unit.COMPLETIONS, employment_outcome=D(1)),
        groups=(group("g", "A", "B"),),
    )
    lines = (commit("A", "3"), commit("B", "2"))
    assert model.value_offer(contract(), menu, lines).employment_outcomes == 3
    assert model.value_offer(contract(), menu, lines, {frozenset("AB")}).employment_outcomes == 5


def test_lines_with_errors_are_not_admissible():
    menu = edition(measure("A", employment_outcome=D(1)), measure("B"))
    found = model.value_offer(contract(), menu, (commit("A", "1"), commit("B", "2")))
    left = model.without(found, {"A"}, menu, set())
    assert (left.social_value, left.employment_outcomes) == (200, 0)
    assert (found.social_value, found.employment_outcomes) == (300, 1)


def test_the_decimals_of_every_unit_are_known():
    assert set(model.DECIMALS) == {unit.value for unit in Unit}
    assert {unit.value: unit.decimals for unit in Unit} == model.DECIMALS


# Findings.


@pytest.mark.parametrize(
    ("line", "facts", "expected"),
    [
        (commit("M9", "1"), {}, {Finding.UNKNOWN_MEASURE}),
        (commit("M1"), {}, {Finding.NO_QUANTITY}),
        (commit("M1", None, "0"), {}, set()),
        (commit("M1", "1"), {}, {Finding.NO_QUANTITY}),
        (commit("M1", "1"), {"counts": Counts.ONCE}, set()),
        (commit("M1", "-1", "0"), {}, {Finding.NEGATIVE}),
        (commit("M1", "1.005", None), {}, {Finding.TOO_PRECISE}),
        (commit("M1", "1.5", "1"), {"whole_units": True}, {Finding.TOO_PRECISE}),
        (commit("M1", "2", "1"), {"unit": Unit.YES_NO}, {Finding.TOO_LARGE}),
        (commit("M1", "101", "1"), {"unit": Unit.PERCENT}, {Finding.TOO_LARGE}),
        (commit("M1", "1", "1", "1"), {}, {Finding.OUTSIDE_YEARS}),
        (commit("M1", "1", "1", contract_share="1.01"), {}, {Finding.SHARE}),
        (commit("M1", "1", "1", contract_share="-0.01"), {}, {Finding.SHARE}),
        (commit("M1", "1", "1", contract_share="0"), {}, set()),
        (commit("M1", rate=rate("1", "10")), {}, {Finding.RATE_ON_STANDARD, Finding.NO_SPEND}),
        (commit("M1", "1", "1", statement=" "), {"asks_statement": True}, {Finding.NO_STATEMENT}),
        (commit("M1", "1", "1", place=OUTSIDE_AREA), {"local_only": True}, {Finding.OUTSIDE_AREA}),
        (commit("M1", "1", "1"), {"counts": Counts.ONCE}, {Finding.REPEATED_ONCE}),
        (commit("M1", "1", "0"), {"counts": Counts.ONCE}, set()),
        (commit("M1", "1", "1"), {"counts": Counts.FIRST_12_MONTHS}, {Finding.REPEATED_FIRST_12_MONTHS}),
        (commit("M1", "1", "1"), {}, set()),
    ],
)
def test_what_is_wrong_with_a_line(line, facts, expected):
    found = findings(contract(years=2), edition(measure("M1", **facts)), line)
    assert {name for name, _about in found} == expected


def test_counted_once_holds_over_lines():
    menu = edition(measure("M1", counts=Counts.ONCE))
    found = findings(contract(), menu, commit("M1", "1", key="a"), commit("M1", "1", key="b"))
    assert found == {(Finding.REPEATED_ONCE, "M1")}


def test_a_blocked_clash_is_about_every_line_of_it():
    blocked = ExclusionGroup("g", Clash.BLOCK, "person", ("A", "B"), "One person.")
    menu = edition(measure("A"), measure("B"), measure("C"), groups=(blocked, group("h", "B", "C")))
    found = findings(contract(), menu, commit("A", "1"), commit("B", "1"), commit("C", "1"))
    assert found == {(Finding.BLOCKED, "g"), (Finding.TO_DECLARE, "h")}
    claimed = model.value_offer(contract(), menu, (commit("A", "1"), commit("B", "1"), commit("C", "1")))
    assert inadmissible(found, menu, claimed) == {"A", "B"}


# Doubts.


def doubted(what: Contract, menu: MenuEdition, *lines: Commitment, **others: object) -> set[tuple[Finding, str]]:
    found = figures(what, menu, *lines)
    facts: dict[str, object] = {"medians": {}, "hourly_wage": D(0)} | others
    return {each for each in doubts(what, menu, found, **facts) if each[0] is not Finding.OVER_HALF}


def test_more_work_than_the_money_pays_for():
    menu = edition(measure("A", **JOB), measure("B", unit=Unit.PEOPLE, employment_outcome=D(1)), measure("C"))
    lines = (commit("A", "2.5", contract_share="0.4"), commit("B", "1"), commit("C", "500"))
    wage = D("10.00")  # 1,950 hours at £10.00 are £19,500.00, so two years of work are £39,000.00
    assert doubted(contract("39000"), menu, *lines, hourly_wage=wage) == {(Finding.ABOVE_CONTRACT, "")}
    assert (Finding.MORE_WORK_THAN_MONEY, "") in doubted(contract("38999.99"), menu, *lines, hourly_wage=wage)
    assert doubted(contract("1000000"), menu, *lines) == set()


def test_lines_of_one_measure_are_taken_together():
    menu = edition(measure("A"), measure("B"))
    lines = (commit("A", "3", key="1", cost=D(30)), commit("A", "3", key="2", cost=D(20)), commit("B", "5"))
    found = figures(contract(), menu, *lines)
    assert doubts(contract(), menu, found, {}, D(0)) == {(Finding.OVER_HALF, "A")}
    assert doubted(contract(), menu, *lines, medians={"A": D("0.59"), "B": D("0.5")}) == {(Finding.ABOVE_OTHERS, "A")}
    dearer = (commit("A", "6.01", cost=D(50)), commit("B", "5"))
    assert doubted(contract(), menu, *dearer) == {(Finding.ABOVE_COST, "A")}


def test_what_is_handed_over_is_a_cost():
    menu = edition(
        measure("A", "12.01", Unit.POUNDS, real_pounds=True), measure("B", "12", Unit.POUNDS, real_pounds=True)
    )
    assert doubted(contract(), menu, commit("A", "100"), commit("B", "100")) == {(Finding.ABOVE_COST, "A")}


def test_evidence_must_exist_before_the_contract_ends():
    jobs = Unit.PEOPLE
    menu = edition(measure("A", unit=jobs, evidence_months=11), measure("B", unit=jobs, evidence_months=12))
    assert doubted(contract(years=2), menu, commit("A", "1", "0"), commit("B", "1", "0")) == set()
    assert doubted(contract(years=2), menu, commit("A", "0", "1"), commit("B", "0", "1")) == {
        (Finding.EVIDENCE_TOO_LATE, "A"),
        (Finding.EVIDENCE_TOO_LATE, "B"),
    }
    fall = edition(measure("A", unit=Unit.EVENTS, evidence_months=3, earned=Earned.OVER_TIME))
    ends = {date(2027, 6, 30): set(), date(2027, 6, 29): {(Finding.EVIDENCE_TOO_LATE, "A")}}
    for end_on, found in ends.items():
        assert doubted(contract(end_on=end_on), fall, commit("A", "1")) == found


def test_the_edition_holds_on_the_first_day():
    menu = edition(measure(), in_force_from=date(2026, 4, 1), in_force_until=date(2027, 3, 31))
    for start, found in ((date(2026, 3, 31), True), (date(2026, 4, 1), False), (date(2027, 4, 1), True)):
        assert bool(doubted(contract(start=start), menu, commit("M1", "1"))) is found


# Policy.


def standings(value: str, *quantities: str, errors: bool = False, **facts: object) -> dict[str, tuple]:
    menu = edition(measure(value="1", unit=Unit.POUNDS, real_pounds=True, employment_outcome=D("0.00001")))
    policy = Policy(
        "p",
        "Policy",
        (
            rule("scope", SCOPE, threshold=D(25000)),
            rule("minimum", **({"threshold": D(214904), "share": D("0.05")} | facts)),
            rule("employment", EMPLOYMENT_OUTCOMES, rounding=Rounding.DOWN),
        ),
    )
    what = contract(value)
    found = hold_against(figures(what, menu, commit("M1", *quantities)), policy, what.start_on, has_errors=errors)
    return {code: (each.standing, each.needed, each.committed, each.shortfall) for code, each in found.items()}


def test_enough_and_short():
    found = standings("1999999.99", "100000")
    assert found["scope"][0] is Standing.IN_SCOPE
    assert found["minimum"] == (Standing.ENOUGH, 100000, 100000, 0)
    assert found["employment"] == (Standing.ENOUGH, 1, 1, 0)
    short = standings("2000000", "99999.99")
    assert short["minimum"] == (Standing.NOT_ENOUGH, 100000, F("99999.99"), F("0.01"))
    assert short["employment"][0] is Standing.NOT_ENOUGH


def test_nothing_asked_is_never_enough():
    for value in ("25000", "214904"):
        assert standings(value, "100000")["minimum"][0] is Standing.NOTHING_ASKED
    assert standings("214904.01", "100000")["minimum"][0] is Standing.ENOUGH
    assert standings("999999.99", "100000")["employment"][:2] == (Standing.NOTHING_ASKED, 0)
    assert standings("300000", "1", share=D(0))["minimum"][0] is Standing.NOTHING_ASKED


def test_an_offer_with_errors_is_never_enough():
    found = standings("2000000", "200000", errors=True)
    assert found["minimum"][0] is Standing.ERRORS
    assert found["employment"][0] is Standing.ERRORS


def test_enough_means_all_that_is_asked():
    menu = edition(measure(value="1"))
    policy = Policy("p", "Policy", (rule("minimum", share=D("0.05")),))
    for value, quantity, expected in (("100", "5", True), ("100", "4.99", False), ("0", "5", False)):
        what = contract(value)
        found = hold_against(figures(what, menu, commit("M1", quantity)), policy, what.start_on, has_errors=False)
        assert is_enough(list(found.values())) is expected


def test_a_minimum_in_real_pounds_and_rules_of_another_time():
    found = standings("300000", "20000", counted_in=CountedIn.REAL_POUNDS)
    assert found["minimum"][:3] == (Standing.ENOUGH, 15000, 20000)
    assert "minimum" not in standings("300000", "20000", in_force_from=date(2026, 4, 2))
    assert "minimum" not in standings("300000", "20000", in_force_until=date(2026, 3, 31))
