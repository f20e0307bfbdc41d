"""Policy checks: the council's boundary cases, which rule is in force, and the sum of each."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.domain.build import D, barnet, commit, contract, edition, measure, policy_standings, rule, valued, worth
from tomsapp.domain.policy import DatedWage, Policy, PolicyCheck, PolicyResult, check_policy
from tomsapp.domain.proxy import WageKind
from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding
from tomsapp.domain.rules.scope import SCOPE
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import Valuation


def checked(valuation: Valuation, policy: Policy | None = None) -> dict[str, PolicyCheck]:
    return {check.rule.code: check for check in check_policy(valuation, policy or barnet())}


@pytest.mark.parametrize(
    ("value", "word", "relation"),
    [
        ("25000.00", "No", "£25,000.00 is not over £25,000.00"),
        ("25000.01", "Yes", "£25,000.01 is over £25,000.00"),
        ("0.00", "No", "£0.00 is not over £25,000.00"),
    ],
)
def test_the_scope(value: str, word: str, relation: str) -> None:
    check = checked(worth(value, "0.00"))["scope"]
    assert (check.word, check.sums) == (word, (relation,))
    assert check.result is (PolicyResult.YES if word == "Yes" else PolicyResult.NO)


def test_below_the_scope_nothing_else_is_checked() -> None:
    checks = checked(worth("25000.00", "0.00"))
    for code in ("minimum", "employment"):
        assert (checks[code].word, checks[code].note) == ("Nothing asked", "This contract is not in scope")


def test_at_the_threshold_there_is_no_minimum() -> None:
    check = checked(worth("214904.00", "0.00"))["minimum"]
    assert check.result is PolicyResult.NOTHING_ASKED
    assert check.sums == ("£214,904.00 is not over £214,904.00",)


@pytest.mark.parametrize(
    ("value", "text", "note"),
    [
        ("156000.00", "Over £214,904. A news item says £100,000.", "£100,000.00"),
        ("156000.00", "A page says £100,000, another £60,000.50.", "£60,000.50"),
        ("100000.00", "A news item says £100,000.", None),
        ("156000.00", "Contracts surpassing £214,904.", None),
        ("156000.00", "One for each £50,000 of value, and £1 million, £1m, £1,00,000.", None),
        # The whole amount is the limit, however it is written, and never its first digits.
        ("156000.00", "£90k, or £0.1 Million.", "£90,000.00"),
        ("156000.00", "￡95\u00a0000, £ 100,000", "£95,000.00"),
        ("156000.00", "£1.5m, £1.5 Million, £2M, £200K, £1mn, £1.250.000, £1,5m, £1.5 billion.", None),
        ("156000.00", "£10 an hour, £50 per job, £4,200 each, £1 in every £5, £1 for each £100.", None),
        # From one to the other: the first has the noughts of the second, where it is less with them.
        ("156000.00", "Contracts of £100-£200k.", "£100,000.00"),
        ("156000.00", "Between £90 and £200 thousand, £120k to 200k, £110–300k.", "£90,000.00"),
        ("156000.00", "£150-£1m.", "£150.00"),
        ("156000.00", "£1-£2m, up to £200 thousand.", None),
        ("156000.00", "£120,000 to 200 suppliers.", "£120,000.00"),
        ("156000.00", "£120,000 and £200k.", "£120,000.00"),
        ("156000.00", "£1,00-£200k, £140k-£1,00,000.", "£140,000.00"),
        # A rate, wherever it says of what; and a limit, where something must be done for each amount.
        ("156000.00", "£1 spent locally for each £4.", None),
        ("156000.00", "£10 a year for every £100, £1 of it per £5.", None),
        ("156000.00", "For each £4 spent, £1 goes to local firms.", None),
        ("156000.00", "Over £90k, £1 spent in the borough on each £4 of the price.", "£90,000.00"),
        ("156000.00", "Contracts over £120,000 need a job for each £1m.", "£120,000.00"),
        ("156000.00", "One job for each £1m, in contracts over £120,000.", "£120,000.00"),
        ("156000.00", "", None),
    ],
)
def test_a_lower_limit_that_the_rule_names_too_is_said_where_it_decides(
    value: str, text: str, note: str | None
) -> None:
    policy = barnet()
    policy = replace(policy, rules=tuple(replace(each, text=text) for each in policy.rules))
    check = checked(worth(value, "0.00"), policy)["minimum"]
    said = (
        f". The rule’s own words name {note} too, and this contract is over that: £7,800.00 would be asked of it"
        if note
        else ""
    )
    assert check.note == f"This contract has no minimum{said}"


@pytest.mark.parametrize(
    ("value", "committed", "word", "sums"),
    [
        (
            "214904.01",
            "0.00",
            "Not enough: short by £10,745.20",
            ("£214,904.01 × 5% = £10,745.20 of social value", "£10,745.20 − £0.00 = £10,745.20"),
        ),
        (
            "214904.01",
            "10745.19",
            "Not enough: short by £0.01",
            ("£214,904.01 × 5% = £10,745.20 of social value", "£10,745.20 − £10,745.19 = £0.01"),
        ),
        (
            "214904.01",
            "10745.20",
            "Enough",
            ("£214,904.01 × 5% = £10,745.20 of social value", "£10,745.20 committed"),
        ),
        (
            "4200000.00",
            "200449.39",
            "Not enough: short by £9,550.61",
            ("£4,200,000.00 × 5% = £210,000.00 of social value", "£210,000.00 − £200,449.39 = £9,550.61"),
        ),
        # half a penny is needed as a whole one
        ("300000.10", "0.00", "Not enough: short by £15,000.01", None),
    ],
)
def test_the_minimum(value: str, committed: str, word: str, sums: tuple[str, ...] | None) -> None:
    check = checked(worth(value, committed))["minimum"]
    assert check.word == word
    assert check.result is (PolicyResult.MET if word == "Enough" else PolicyResult.SHORT)
    assert sums is None or check.sums == sums
    assert check.shortfall == max(check.needed - check.committed, 0)
    assert check.committed == Fraction(committed)


def test_a_million_needs_fifty_thousand_and_one_job() -> None:
    checks = checked(worth("1000000.00", "50000.00", employment_outcomes=Fraction(1)))
    assert (checks["minimum"].word, checks["minimum"].needed) == ("Enough", 50000)
    assert (checks["employment"].word, checks["employment"].needed) == ("Enough", 1)


def test_the_fewest_people_are_held_against_the_rule_and_both_numbers_are_told() -> None:
    """The worked example of decision 023: 1 + 2 + 4 jobs, of which the 4 may be the same people as the others."""
    jobs = {"employment_outcomes": Fraction(4), "outcomes_left_out": Fraction(3)}
    four, seven = (checked(worth(value, "0.00", **jobs))["employment"] for value in ("4200000.00", "7000000.00"))
    assert (four.word, seven.word) == ("Enough", "Not enough: short by 3")
    assert seven.sums[-1] == "7 outcomes needed, committed: 7 if all are different people, as few as 4 if not"


@pytest.mark.parametrize(
    ("counted_in", "word", "note"),
    [
        (CountedIn.SOCIAL_VALUE, "Enough", "real pounds instead: £6,000.00 committed, short by £44,000.00"),
        (
            CountedIn.REAL_POUNDS,
            "Not enough: short by £44,000.00",
            "social value instead: £60,000.00 committed, enough",
        ),
    ],
)
def test_the_other_reading_stands_beside_it(counted_in: CountedIn, word: str, note: str) -> None:
    policy = Policy("p", "P", (rule(share=D("0.05"), counted_in=counted_in),))
    check = checked(worth("1000000.00", "60000.00", real_pounds=D("6000.00")), policy)["minimum"]
    assert (check.word, check.note) == (word, f"Counted in {note}")
    what = "social value" if counted_in is CountedIn.SOCIAL_VALUE else "real pounds"
    assert check.sums[0] == f"£1,000,000.00 × 5% = £50,000.00 of {what}"


@pytest.mark.parametrize(
    ("rounding", "needed", "word", "second"),
    [
        (Rounding.DOWN, "2", "Enough", "2.5 rounded down = 2 outcomes needed, 2 committed"),
        (
            Rounding.NEAREST,
            "3",
            "short by 1",
            "2.5 rounded to the nearest whole number = 3 outcomes needed, 2 committed",
        ),
        (Rounding.UP, "3", "short by 1", "2.5 rounded up = 3 outcomes needed, 2 committed"),
        (Rounding.EXACT, "2.5", "short by 0.5", "2.5 outcomes needed, 2 committed"),
    ],
)
def test_two_and_a_half_million(rounding: Rounding, needed: str, word: str, second: str) -> None:
    check = checked(worth("2500000.00", "0.00", employment_outcomes=Fraction(2)), barnet(rounding))["employment"]
    assert check.needed == Fraction(needed)
    assert check.word == (word if word == "Enough" else f"Not enough: {word}")
    assert check.sums == ("£2,500,000.00 ÷ £1,000,000.00 = 2.5", second)


@pytest.mark.parametrize(
    ("exact", "down", "nearest", "up"),
    [("2.4", 2, 2, 3), ("2.5", 2, 3, 3), ("2.6", 2, 3, 3), ("2", 2, 2, 2), ("0.1", 0, 0, 1), ("0", 0, 0, 0)],
)
def test_rounding_of_outcomes(exact: str, down: int, nearest: int, up: int) -> None:
    number = Fraction(exact)
    ways = (Rounding.DOWN, Rounding.NEAREST, Rounding.UP, Rounding.EXACT)
    assert [way.rounded(number) for way in ways] == [down, nearest, up, number]


def test_outcomes_that_do_not_end_are_cut_and_two_a_million_are_written_out() -> None:
    policy = Policy("p", "P", (rule("jobs", EMPLOYMENT_OUTCOMES, outcomes=D(2), rounding=Rounding.EXACT),))
    job = measure("J", unit=Unit.FTE_YEARS, employment_outcome=D(1))
    check = checked(valued(contract("1500000.00", 3), edition(job), commit("J", "1", "0", "0")), policy)["jobs"]
    assert check.sums == ("£1,500,000.00 ÷ £1,000,000.00 × 2 = 3", "3 outcomes needed, 0.33… committed")
    assert check.brief == "£1,500,000.00 ÷ £1,000,000.00 × 2 = 3 outcomes needed, 0.33… committed"
    assert check.word == "Not enough: short by 2.66…"
    assert check.shortfall == Fraction(8, 3)


def test_employment_under_its_threshold_says_so() -> None:
    policy = Policy("p", "P", (rule("jobs", EMPLOYMENT_OUTCOMES, threshold=D(500000)),))
    check = checked(worth("400000.00", "0.00"), policy)["jobs"]
    assert (check.word, check.note) == ("Nothing asked", "No employment outcome is asked of this contract")


def dated(start: date, until: date | None, threshold: str) -> PolicyRule:
    return rule(in_force_from=start, in_force_until=until, threshold=D(threshold), share=D("0.05"))


OLD = dated(date(2020, 1, 1), date(2022, 12, 31), "1")
OPEN = dated(date(2023, 1, 1), None, "2")
NEWER = dated(date(2026, 1, 1), None, "3")
COMING = dated(date(2027, 4, 1), None, "4")
LATER = dated(date(2030, 4, 1), None, "5")


@pytest.mark.parametrize(
    ("rules", "chosen", "note"),
    [
        ((OPEN,), OPEN, ""),
        ((OPEN, NEWER), NEWER, ""),
        ((NEWER, OPEN), NEWER, ""),
        ((OLD, OPEN, COMING), OPEN, ""),
        ((LATER, COMING), COMING, "This rule starts on 1 April 2027"),
        ((OLD, COMING), COMING, "This rule starts on 1 April 2027"),
        ((OLD,), OLD, "This rule ended on 31 December 2022"),
    ],
)
def test_the_rule_in_force_when_the_contract_starts(
    rules: tuple[PolicyRule, ...], chosen: PolicyRule, note: str
) -> None:
    (check,) = check_policy(worth("1000000.00", "50000.00"), Policy("p", "P", rules))
    assert check.rule is chosen
    if note:
        assert (check.result, check.note) == (PolicyResult.NOT_CHECKED, note)
    else:
        assert check.result is PolicyResult.MET


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (date(2026, 4, 1), None, True),
        (date(2026, 4, 2), None, False),
        (date(2026, 1, 1), date(2026, 4, 1), True),
        (date(2026, 1, 1), date(2026, 3, 31), False),
    ],
)
def test_a_rule_holds_from_its_first_to_its_last_day(start: date, end: date | None, holds: bool) -> None:
    assert dated(start, end, "0").is_in_force(date(2026, 4, 1)) is holds


def test_a_scope_that_was_replaced_does_not_shut_a_contract_out() -> None:
    scopes = (
        rule("scope", SCOPE, in_force_from=date(2020, 1, 1), threshold=D(100000)),
        rule("scope", SCOPE, in_force_from=date(2024, 1, 1), threshold=D(25000)),
        rule(share=D("0.05")),
    )
    checks = checked(worth("50000.00", "2500.00"), Policy("p", "P", scopes))
    assert (checks["scope"].word, checks["minimum"].word) == ("Yes", "Enough")


def test_without_a_scope_rule_every_contract_is_in_scope() -> None:
    assert checked(worth("1.00", "1.00"), Policy("p", "P", (rule(share=D("0.05")),)))["minimum"].word == "Enough"


def test_nothing_asked_is_never_enough() -> None:
    check = checked(worth("900000.00", "60000.00", employment_outcomes=Fraction(3)))["employment"]
    assert (check.result, check.word, check.needed) == (PolicyResult.NOTHING_ASKED, "Nothing asked", 0)
    assert check.sums[1] == "0.9 rounded down = 0 outcomes needed, 3 committed"
    assert check.brief == "£900,000.00 ÷ £1,000,000.00 = 0.9; rounded down: 0 outcomes needed, 3 committed"


def test_an_offer_with_errors_is_never_enough() -> None:
    valuation, policy = worth("2500000.00", "200000.00", employment_outcomes=Fraction(1)), barnet()
    checks = {check.rule.code: check for check in check_policy(valuation, policy, has_errors=True)}
    assert (checks["minimum"].result, checks["minimum"].word) == (PolicyResult.ERRORS, "Not yet: errors to put right")
    assert checks["employment"].result is PolicyResult.SHORT
    standings = policy_standings(valuation, policy, has_errors=True)
    assert [found.result for found in standings] == [check.result for check in checks.values()]


def test_checks_stand_in_the_policys_order() -> None:
    assert list(checked(worth("1.00", "0.00"))) == ["scope", "minimum", "employment"]


@pytest.mark.parametrize(
    ("day", "hourly"), [(date(2025, 3, 31), None), (date(2026, 3, 31), "12.21"), (date(2026, 4, 1), "12.71")]
)
def test_the_wage_of_a_day(day: date, hourly: str | None) -> None:
    wage = barnet().living_wage_on(day)
    assert (wage and str(wage.hourly)) == hourly


def test_other_wages_are_dated_by_kind() -> None:
    wages = (
        DatedWage(WageKind.LONDON_LIVING_WAGE, date(2024, 10, 1), D("13.85")),
        DatedWage(WageKind.LONDON_LIVING_WAGE, date(2025, 10, 1), D("14.80")),
        DatedWage(WageKind.MINIMUM_WAGE_18_20, date(2025, 4, 1), D("10.00")),
    )
    policy = replace(barnet(), wages=wages)
    assert policy.wage_on(WageKind.LONDON_LIVING_WAGE, date(2026, 4, 1)) == D("14.80")
    assert policy.wage_on(WageKind.LONDON_LIVING_WAGE, date(2024, 9, 30)) is None
    assert policy.wage_on(WageKind.NATIONAL_LIVING_WAGE, date(2026, 4, 1)) == D("12.71")
    assert policy.wage_on(WageKind.NATIONAL_LIVING_WAGE, date(2020, 4, 1)) is None


def test_standings_are_the_checks_without_their_words() -> None:
    later = rule("later", threshold=D(0), share=D("0.1"), in_force_from=date(2030, 1, 1))
    policy = Policy("barnet", "Barnet", (*barnet().rules, later))
    valuation = worth("2500000.00", "100000.00")
    none = policy_standings(worth("25000.00", "0.00"), policy)
    assert [found.result for found in none[1:3]] == [PolicyResult.NOTHING_ASKED, PolicyResult.NOTHING_ASKED]
    standings = policy_standings(valuation, policy)
    assert [(found.rule.code, found.result) for found in standings] == [
        (check.rule.code, check.result) for check in check_policy(valuation, policy)
    ]
    assert standings[-1].result is PolicyResult.NOT_CHECKED
