"""The portfolio at once equals each contract by itself, for random contracts, promises, answers and mistakes."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.build import D, barnet, edition, measure
from tomsapp.dashboards.attention import checked_of
from tomsapp.dashboards.cube import LineSource, build_cube
from tomsapp.dashboards.exact import numbers_in
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.dashboards.figures import figures_of
from tomsapp.dashboards.lines import lines_of
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.bulk import value_to_check
from tomsapp.domain.checks.declared import TOLD_KEYS
from tomsapp.domain.commitment import OUTSIDE_AREA, Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, ContractStatus, YearSpend
from tomsapp.domain.contract_dates import length_in_years
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup
from tomsapp.domain.money import to_scaled
from tomsapp.domain.offer import FoundProblems, Offer, Surroundings, find_problems, value_offer
from tomsapp.domain.plain_counts import plain_counts
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, OVERLAPPING, Grouping
from tomsapp.domain.portfolio_sums import sums_that_fail
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.proxy import DatedValue, ProxyValue, UnitValue
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import valuation_of, value_contract

DATED = {
    "proxy": ProxyValue(
        tuple(DatedValue(D(200 + year), 2025 + year) for year in range(6)), "2024", measure().proxy.source
    ),
    "unit_values": tuple(UnitValue(D(200 + year), D(200 + year), "2024", 2025 + year) for year in range(6)),
}
JOBS = {"employment_outcome": D("1")}
MENU = edition(
    measure("J1", "20202.72", Unit.FTE_JOBS, counts=Counts.FIRST_12_MONTHS, **JOBS),
    measure("J2", "18944.37", Unit.PEOPLE, counts=Counts.FIRST_12_MONTHS, local_only=True, **JOBS),
    measure("J3", "4075.5", Unit.FTE_YEARS, **JOBS),
    measure("J4", None, Unit.PEOPLE, counts=Counts.ONCE, employment_outcome=D("0.5")),
    measure("S1", "240", Unit.WEEKS),
    measure("S2", "0.0812", Unit.MILES, deadweight_share=D("0.25"), displacement_share=D("0.1")),
    measure("B1", "1000", Unit.EVENTS, benefit_years=3, drop_off_share=D("0.5"), counts=Counts.ONCE),
    measure("G1", None, Unit.TONNES, **DATED),
    measure("V1", "10", Unit.POUNDS, real_pounds=True),
    measure("R1", None, Unit.YES_NO, counts=Counts.ONCE),
    measure("R2", None, Unit.PERCENT),
    measure("R3", None, Unit.PEOPLE),
    measure("Y1", None, Unit.PERSON_YEARS),
    groups=(
        ExclusionGroup("one-person", Clash.DECLARE, "person", ("J1", "J2", "J3"), "One job", outcomes_once=True),
        ExclusionGroup("start", Clash.DECLARE, "person", ("J4",), "One job", ("J1", "J2"), outcomes_once=True),
        ExclusionGroup("either", Clash.BLOCK, "mile", ("S1", "S2"), "One of them"),
    ),
    discount_rate=D("0.035"),
)
AROUND = Surroundings(policy=barnet())
CODES = [each.code for each in MENU.measures]
SHARES = st.sampled_from([D(1), D(1), D("0.5"), D("0.25"), D("0.333333"), D(0)])


@st.composite
def commitments(draw, key, years):
    code = draw(st.sampled_from([*CODES, *["J1", "J2", "J3", "J4"] * 2]))
    what = MENU.find_measure(code)
    place = draw(st.sampled_from(["", "", "w1", OUTSIDE_AREA]))
    facts = {"contract_share": draw(SHARES), "place": place, "statement": "Yes."}
    if what.unit not in {Unit.YES_NO, Unit.PERCENT} and draw(st.integers(0, 4)) == 0:
        rate = Rate(
            Decimal(draw(st.integers(0, 40_000))).scaleb(-4), Decimal(draw(st.sampled_from([100_000, 333_333])))
        )
        return Commitment(key, code, rate=rate, **facts)
    most = what.unit.most or draw(st.sampled_from([3, 40, 2_000]))
    least = -1 if draw(st.integers(0, 9)) == 0 else 0
    # One decimal more than the unit has is an error, so that it is claimed and not counted.
    decimals = min(what.decimals + (draw(st.integers(0, 9)) == 0), 4)
    number = st.integers(least * 10**decimals, most * 10**decimals).map(lambda each: Decimal(each).scaleb(-decimals))
    length = draw(st.sampled_from([years, years, years, 1, years + 1]))
    quantities = draw(st.lists(st.none() | number, min_size=length, max_size=length))
    return Commitment(key, code, quantities=tuple(quantities), **facts)


@st.composite
def offers(draw, number):
    start = draw(st.sampled_from([date(2026, 4, 1), date(2026, 1, 1), date(2026, 10, 15), date(2024, 2, 29)]))
    end = start + timedelta(days=draw(st.sampled_from([364, 364 + 365, 547, 200, 1_460])))
    kind = draw(st.sampled_from([ContractKind.STANDARD, ContractKind.FRAMEWORK]))
    value = Decimal(draw(st.integers(0, 90_000_000)))
    contract = Contract(f"C{number}", value, start, end, kind=kind)
    years = len(contract.years)
    amounts = st.none() | st.integers(0, 10**9).map(lambda pence: Decimal(pence).scaleb(-2))
    spend = [
        YearSpend(year, amount, is_recorded)
        for year in range(years)
        for is_recorded in (True, False)
        if (amount := draw(amounts)) is not None
    ]
    lines = tuple(draw(commitments(str(number * 100 + each), years)) for each in range(draw(st.integers(0, 7))))
    facts = {"spend": tuple(spend), "status": draw(st.sampled_from([*ContractStatus]))}
    offer = Offer(Contract(f"C{number}", value, start, end, kind=kind, **facts), lines)
    asked = [problem for problem in value_offer(offer, MENU, AROUND).problems if problem.key.startswith(TOLD_KEYS)]
    answers = {problem.key: draw(answers_to(problem)) for problem in asked if draw(st.booleans())}
    return Offer(offer.contract, lines, {**answers, "statement-missing:J1": Answer("Yes.")})


def answers_to(problem):
    """What can be answered: now or to other figures, with each choice or none, in words or without."""
    return st.builds(
        Answer,
        st.sampled_from(["They are others.", " "]),
        choice=st.sampled_from([None, *AnswerChoice]),
        asked=st.sampled_from([problem.asked, problem.asked, "other figures"]),
    )


@st.composite
def portfolios(draw):
    return [draw(offers(number)) for number in range(1, draw(st.integers(1, 4)) + 1)]


def in_columns(lines, empty):
    """Lines of all contracts as a database gives them in columns, two at once; some are of no portfolio."""
    heads = {line[1]: (line[1], line[0], line[4], line[3], line[5]) for line in (*lines, *empty)}
    quantities = [(line[1], line[6], line[7]) for line in lines]
    gone = max(heads, default=0) + 1
    return parcels([heads[number] for number in sorted(heads)]), parcels([(gone, 0, 7), *quantities, (gone, 1, 9)])


def parcels(rows):
    return [tuple(map(json.dumps, zip(*rows[at : at + 2], strict=True))) for at in range(0, len(rows), 2)]


def cube_of(portfolio, *, with_columns=False):
    """The cube of offers as the database would stream them."""
    lines, rates, empty, declared, contracts = [], [], [], [], []
    per_pound = {int(line.key) for offer in portfolio for line in offer.commitments if line.rate is not None}
    for number, offer in enumerate(portfolio, 1):
        facts = offer.contract
        for line in offer.commitments:
            share = to_scaled(line.contract_share, 6)
            head = (number, int(line.key), 1, line.measure, share, line.place)
            if line.rate is not None:
                spends = [facts.spend_in(year) for year in range(len(facts.years))]
                rate = to_scaled(line.rate.quantity, 4), to_scaled(line.rate.per_pounds, 2)
                given = [
                    (*head, each.year, *rate, to_scaled(each.amount, 2), each.is_recorded) for each in spends if each
                ]
                rates += given
            else:
                given = [
                    (*head, year, to_scaled(each, 4)) for year, each in enumerate(line.quantities) if each is not None
                ]
                lines += given
            # What lies after the contract's end is no promise.
            if not any(each[6] < len(facts.years) for each in given):
                empty.append((*head, -1, 0))
        declared += [(number, key, answer) for key, answer in offer.answers.items()]
        contracts.append(
            PortfolioContract(
                number, facts.reference, facts.reference, number, "Supplier", facts.value, facts.start_on, facts.end_on,
                len(facts.years), length_in_years(facts.start_on, facts.end_on), facts.status, MENU,
                len(offer.commitments), policy=AROUND.policy,
            )
        )  # fmt: skip
    if not with_columns:
        return build_cube(contracts, LineSource((), (), reversed(rates), [*lines, *empty], declared), str)
    of_rates = {line[1] for line in empty} & per_pound
    columns = in_columns(lines, [line for line in empty if line[1] not in of_rates])
    empty = [line for line in empty if line[1] in of_rates]
    source = LineSource(*columns, reversed(rates), empty, declared)
    return build_cube(contracts, source, str)


def rule_figures(checks):
    return [(check.rule.code, check.result, check.needed, check.committed, check.shortfall) for check in checks]


@settings(max_examples=80, deadline=None)
@given(portfolios())
def test_the_portfolio_is_the_sum_of_its_contracts(portfolio):
    opened = [value_offer(offer, MENU, AROUND) for offer in portfolio]
    cube = cube_of(portfolio)
    for place, each in enumerate(opened):
        claimed = cube.standings[place]
        assert claimed.social_value == to_scaled(each.valuation.social_value, 2)
        assert claimed.real_pounds == to_scaled(each.valuation.real_pounds, 2)
        assert claimed.outcomes.total == each.valuation.employment_outcomes
        assert claimed.outcomes.left_out == each.valuation.outcomes_left_out
        if not each.has_errors:
            assert rule_figures(claimed.checks) == rule_figures(each.policy_checks)
    checked = {number: checked_of(each) for number, each in enumerate(opened, 1)}
    figures = figures_of(cube, Filters(), checked, with_contracts=True)
    whole = figures.portfolio
    assert whole.social_value == sum(each.admissible.social_value for each in opened)
    assert whole.real_pounds == sum(each.admissible.real_pounds for each in opened)
    assert whole.claimed_value == sum(each.valuation.social_value for each in opened)
    assert whole.forecast_value == sum(each.admissible.forecast_value for each in opened)
    assert whole.employment_outcomes == sum(each.admissible.employment_outcomes for each in opened)
    assert whole.outcomes_left_out == sum(each.admissible.outcomes_left_out for each in opened)
    rows = {row.reference: row for row in whole.contract_rows}
    for offer, each in zip(portfolio, opened, strict=True):
        row = rows[offer.contract.reference]
        assert row.social_value == each.admissible.social_value
        assert row.claimed_value == each.valuation.social_value
        assert row.jobs.total == each.admissible.employment_outcomes
        assert row.jobs.left_out == each.admissible.outcomes_left_out
        for outcome, check in zip((row.minimum, row.employment), each.policy_checks[1:], strict=True):
            assert (outcome.result, outcome.short_by) == (check.result, check.shortfall)
            assert outcome.result is not PolicyResult.MET or not each.has_errors
    for grouping in set(COMMITTED_GROUPINGS) - OVERLAPPING:
        assert sum(row.social_value for row in whole.rows(grouping)) == whole.social_value
    assert sums_that_fail(whole) == ()


@settings(max_examples=60, deadline=None)
@given(portfolios())
def test_lines_in_columns_are_the_lines(portfolio):
    one, other = cube_of(portfolio), cube_of(portfolio, with_columns=True)
    assert list(lines_of(other, Filters())) == list(lines_of(one, Filters()))
    assert figures_of(other, Filters()) == figures_of(one, Filters())


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1))
def test_whole_numbers_of_64_bits_are_read_from_text(numbers):
    for text in (json.dumps(numbers), json.dumps(numbers, separators=(",", ":"))):
        assert numbers_in(text).tolist() == numbers


@pytest.mark.parametrize("text", ["[1,1.5,2]", '[1,"x"]', "[1,null]", "[1e3]"])
def test_what_is_no_whole_number_is_never_read_as_one(text):
    with pytest.raises(ValueError, match="could not be read"):
        numbers_in(text)


@settings(max_examples=60, deadline=None)
@given(portfolios())
def test_problems_of_many_offers_are_those_of_each(portfolio):
    for offer in portfolio:
        opened = value_offer(offer, MENU, AROUND)
        assert find_problems(offer, MENU, AROUND) == FoundProblems(opened.problems, opened.inadmissible)
        at_once = value_to_check(offer.contract, MENU, offer.commitments)
        whole = value_contract(offer.contract, MENU, offer.commitments)
        assert [figures_of_line(line) for line in at_once.lines] == [figures_of_line(line) for line in whole.lines]
        assert (at_once.social_value, at_once.lines, at_once) == (whole.social_value, whole.lines, whole)


def figures_of_line(line):
    return line.units, line.quantity, line.social_value, line.real_pounds


@settings(max_examples=30, deadline=None)
@given(portfolios(), st.sampled_from(CODES))
def test_a_measure_alone_is_the_sum_of_its_lines(portfolio, code):
    opened = [value_offer(offer, MENU, AROUND) for offer in portfolio]
    cube = cube_of(portfolio)
    checked = {number: checked_of(each) for number, each in enumerate(opened, 1)}
    figures = figures_of(cube, Filters(keys={Grouping.MEASURE: frozenset({code})}), checked, with_contracts=True)
    own = [line for each in opened for line in each.admissible.lines if line.measure.code == code]
    assert figures.portfolio.social_value == sum(line.social_value for line in own)
    told = [(each.admissible.declared, each.admissible.same_people) for each in opened]
    alone = [
        valuation_of(each.offer.contract, MENU, tuple(one for one in each.admissible.lines if one in own), *pairs)
        for each, pairs in zip(opened, told, strict=True)
    ]
    assert figures.portfolio.employment_outcomes == sum(each.employment_outcomes for each in alone)
    assert sum(row.jobs.total for row in figures.portfolio.contract_rows) == figures.portfolio.employment_outcomes
    years = {(line.commitment, line.year): line.quantity for line in lines_of(cube, Filters()) if line.year}
    for each in opened:
        for line in each.valuation.lines:
            for year in line.years:
                key = int(line.commitment.key), year.year.label
                assert years.get(key, 0) == year.quantity


@settings(max_examples=30, deadline=None)
@given(offers(1))
def test_plain_counts_of_one_contract_are_the_contracts_own(offer):
    each = value_offer(offer, MENU, AROUND)
    figures = figures_of(cube_of([offer]), Filters(), {1: checked_of(each)}).portfolio
    promised = {count.measure: count.text for count in plain_counts(each.admissible)}
    # Beside other contracts a yes says how many contracts promise it, so that no row is a bare noun.
    found = {count.measure: count.text.removesuffix(" (promised in 1 contract)") for count in figures.plain_counts}
    assert {code: found.get(code) for code in promised} == promised


def test_plain_counts_of_several_contracts_say_what_the_menus_leave():
    offers_of = [
        Offer(Contract(f"C{number}", D(1_000_000), date(2026, 4, 1), date(2028, 3, 31)), (line,))
        for number, line in enumerate(
            (Commitment("101", "S2", (D(100), D(20))), Commitment("201", "S2", (D(80), D(0)), D("0.5"))), 1
        )
    ]
    (count,) = figures_of(cube_of(offers_of), Filters()).portfolio.plain_counts
    # 160 × 0.75 × 0.9 = 108
    assert count.note == "160 counted here; 108 after what the menu takes off"


def test_a_sum_of_jobs_can_be_done_again():
    lines = (
        Commitment("101", "J1", (D(2), D(0)), D("0.5")),
        Commitment("102", "J3", (D(3), D("1.5"))),
        Commitment("103", "J4", (D(4), D(0))),
    )
    contract = Contract("C1", D(3_000_000), date(2026, 4, 1), date(2027, 9, 30))
    (row,) = figures_of(cube_of([Offer(contract, lines)]), Filters(), with_contracts=True).portfolio.contract_rows
    assert row.jobs.text == "J3 (4.5 ÷ 1.5) + J4 4 × 0.5"
    assert row.jobs.not_counted == "J1 2 × 50%"
    assert row.jobs.total == 5
    asked = value_offer(Offer(contract, lines), MENU, AROUND).problems
    answers = {
        each.key: Answer("Others.", choice=AnswerChoice.DIFFERENT, asked=each.asked)
        for each in asked
        if each.key.startswith(TOLD_KEYS)
    }
    cube = cube_of([Offer(contract, lines, answers)])
    (row,) = figures_of(cube, Filters(), with_contracts=True).portfolio.contract_rows
    assert row.jobs.text == "J1 2 × 50% + J3 (4.5 ÷ 1.5) + J4 4 × 0.5"
    assert (row.jobs.total, row.jobs.not_counted) == (6, "")


def test_the_most_jobs_have_nobody_twice_who_is_answered_to_be_the_same():
    """Neither of two measures nor of the years and lines of one, of which the largest number counts until answered."""
    contract = Contract("C1", D(3_000_000), date(2026, 4, 1), date(2028, 3, 31))
    clash = (Commitment("101", "J3", (D(4), D(0))), Commitment("102", "J2", (D(1), D(0))))
    years = (Commitment("103", "J4", (D(4), D(2))), Commitment("104", "J4", (D(0), D(6)), D("0.5")))
    open_of = {clash: ("J3 (4 ÷ 2)", "J2 1"), years: ("J4 4 × 0.5", "J4 2 × 0.5, J4 6 × 50% × 0.5")}
    for lines, (counted, left_out) in open_of.items():
        open_offer = Offer(contract, lines)
        (asked,) = [each for each in value_offer(open_offer, MENU, AROUND).problems if each.key.startswith(TOLD_KEYS)]
        answers = {choice: {asked.key: Answer("So.", choice=choice, asked=asked.asked)} for choice in AnswerChoice}
        for choice, jobs in (
            (None, (counted, left_out, "")),
            (AnswerChoice.SAME, (counted, "", left_out)),
            (AnswerChoice.DIFFERENT, (None, "", "")),
        ):
            offer = replace(open_offer, answers=answers.get(choice, {}))
            valuation = value_offer(offer, MENU, AROUND).valuation
            figures = figures_of(cube_of([offer]), Filters(), with_contracts=True).portfolio
            (row,) = figures.contract_rows
            assert (row.jobs.total, row.jobs.left_out) == (valuation.employment_outcomes, valuation.outcomes_left_out)
            assert (figures.employment_outcomes, figures.outcomes_left_out) == (row.jobs.total, row.jobs.left_out)
            assert bool(row.jobs.left_out) is (choice is None)
            found = row.jobs.text if jobs[0] else None, row.jobs.not_counted, row.jobs.answered_same
            assert found == jobs


@pytest.mark.parametrize(
    ("recorded", "forecast", "quantities", "forecast_value"),
    [
        (("1800000",) * 10, (), [2, 3, 3, 2, 3, 3, 2, 3, 3, 3], "0.00"),
        (("1800000",), ("1800000",) * 10, [2, 3, 3, 2, 3, 3, 2, 3, 3, 3], "6000.00"),
    ],
)
def test_a_rate_loses_nothing_to_rounding(recorded, forecast, quantities, forecast_value):
    spend = [YearSpend(year, D(amount), is_recorded=True) for year, amount in enumerate(recorded)]
    spend += [YearSpend(year, D(amount)) for year, amount in enumerate(forecast)]
    facts = {"kind": ContractKind.FRAMEWORK, "spend": tuple(spend)}
    contract = Contract("C1", D(18_000_000), date(2026, 4, 1), date(2036, 3, 31), **facts)
    line = Commitment("101", "V1", rate=Rate(D("1.5"), D(1_000_000)), statement="Yes.")
    line = Commitment("101", "J4", rate=line.rate, statement="Yes.")
    cube = cube_of([Offer(contract, (line,))])
    assert [each.quantity for each in lines_of(cube, Filters())] == quantities
    assert sum(quantities) == 27
    counted = Commitment("101", "S1", rate=Rate(D("1.5"), D(1_000_000)), statement="Yes.")
    figures = figures_of(cube_of([Offer(contract, (counted,))]), Filters()).portfolio
    opened = value_offer(Offer(contract, (counted,)), MENU, AROUND)
    assert figures.forecast_value == opened.admissible.forecast_value
    assert (figures.forecast_value == 0) == (forecast_value == "0.00")
    assert Fraction(figures.social_value) > 0
