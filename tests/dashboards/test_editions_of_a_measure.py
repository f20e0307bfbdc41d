"""Measures in several menu editions: their jobs add up to Jobs, as signed and today; each edition is told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.domain.build import D, commit, contract, edition, measure, proxy
from tomsapp.dashboards.cube import Cube, LineSource, build_cube
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.figures import figures_of
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.jobs import MeasureJobs, jobs_together
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup
from tomsapp.domain.money import to_scaled
from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, OVERLAPPING, Grouping
from tomsapp.domain.portfolio_contract import total_jobs, total_jobs_today, total_value_today
from tomsapp.domain.portfolio_sums import sums_that_fail
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import value_contract

HIGH, MEDIUM = (replace(proxy("1"), confidence=level) for level in ("high", "medium"))
JOB = {"employment_outcome": D(1)}
ONE_JOB = ExclusionGroup("one-job", Clash.DECLARE, "person", ("J1", "S1"), "One job", outcomes_once=True)
SAME = measure("S1", "1000", Unit.COMPLETIONS, counts=Counts.ONCE, **JOB)
HELPED = measure("H1", None, Unit.HOUSEHOLDS, counts=Counts.ONCE, plain_many="applications avoided")
EARLIER = edition(
    measure("J1", "100", Unit.PEOPLE, counts=Counts.FIRST_12_MONTHS, proxy=HIGH, **JOB),
    measure("J2", "50", Unit.FTE_YEARS, **JOB),
    SAME,
    HELPED,
    withdrawn_because="A raise counts as a job.",
)
LATER = edition(
    measure("J1", "110", Unit.FTE_JOBS, counts=Counts.FIRST_12_MONTHS, proxy=MEDIUM, **JOB),
    measure("J2", "60", Unit.FTE_YEARS),
    SAME,
    HELPED,
    groups=(ONE_JOB,),
    supersedes="2026.1",
)
object.__setattr__(LATER, "edition", "2026.2")
LINES = {
    1: (EARLIER, (commit("J1", "4", "0"), commit("J2", "6", "6"), commit("S1", "5", "0"), commit("H1", "8", None))),
    2: (LATER, (commit("J1", "2", "0"), commit("J2", "3", "3"), commit("H1", "8", None, contract_share="0.5"))),
    3: (EARLIER, (commit("J2", "2", "2"), commit("S1", "1", "0"))),
    4: (LATER, (commit("S1", "3", "1"),)),
}


@pytest.fixture(scope="module")
def cube() -> Cube:
    lines, contracts = [], []
    for number, (menu, commitments) in LINES.items():
        for at, line in enumerate(commitments):
            head = (number, number * 10 + at, 1, line.measure, to_scaled(line.contract_share, 6), "")
            lines += [
                (*head, year, to_scaled(each, 4)) for year, each in enumerate(line.quantities) if each is not None
            ]
        contracts.append(
            PortfolioContract(
                number, f"C{number}", "Title", 1, "Supplier", D(10**6), date(2026, 4, 1), date(2028, 3, 31), 2,
                Fraction(2), ContractStatus.SIGNED, menu, len(commitments),
                replaced_by=LATER if menu is EARLIER else None,
            )
        )  # fmt: skip
    return build_cube(contracts, LineSource(lines=lines), str)


@pytest.mark.parametrize("filters", [Filters(), Filters(keys={Grouping.YEAR: frozenset({"2026/27"})})])
def test_in_jobs_adds_up_to_jobs_as_signed_and_today(cube: Cube, filters: Filters) -> None:
    figures = figures_of(cube, filters, with_contracts=True).portfolio
    told = jobs_together(row.jobs for row in figures.rows(Grouping.MEASURE))
    assert told.signed == total_jobs(figures.contract_rows) == figures.employment_outcomes > 0
    assert told.today == total_jobs_today(figures.contract_rows) < told.signed
    assert sums_that_fail(figures) == ()


def test_two_measures_of_one_code_have_their_own_jobs_and_name_their_menus(cube: Cube) -> None:
    rows = {row.key: row for row in figures_of(cube, Filters()).portfolio.rows(Grouping.MEASURE)}
    people, posts = rows["J1"], rows["J1 (2)"]
    # Under the later edition the four people may be those who completed an apprenticeship.
    assert people.jobs == MeasureJobs(Fraction(4), Fraction(0))
    assert posts.jobs == MeasureJobs(Fraction(2), Fraction(2))
    assert [part.menu for row in (people, posts) for part in row.editions] == ["made-up 2026.1", "made-up 2026.2"]


def test_a_measure_that_counts_other_things_in_a_later_edition_is_another() -> None:
    stays, episodes = (measure("H8", "10", Unit.COMPLETIONS, many=words) for words in ("stays", "episodes"))
    one, other = (PortfolioMeasure(edition(each), edition(each).places["H8"]) for each in (stays, episodes))
    assert one.identity != other.identity
    assert one.identity == PortfolioMeasure(edition(stays), edition(stays).places["H8"]).identity


def test_editions_that_value_a_measure_differently_are_told_apart(cube: Cube) -> None:
    rows = {row.key: row for row in figures_of(cube, Filters()).portfolio.rows(Grouping.MEASURE)}
    first, second = rows["J2"].editions
    assert (first.social_value, first.commitments, first.jobs) == (
        Decimal("800.00"), 2, MeasureJobs(Fraction(8), Fraction(0)),
    )  # fmt: skip
    assert (second.social_value, second.commitments, second.jobs) == (Decimal("360.00"), 1, MeasureJobs())
    assert first.quantity.startswith("16 full-time years")
    assert rows["S1"].editions == ()
    assert rows["S1"].social_value == Decimal("10000.00")


def test_what_is_not_added_up_is_not_added_up_where_a_part_counts(cube: Cube) -> None:
    rows = {row.key: row for row in figures_of(cube, Filters()).portfolio.rows(Grouping.MEASURE)}
    assert rows["H1"].quantity == (
        "8 applications avoided in each of 2 contracts (not added up, because one may be in two contracts; "
        "8 in C1, 8 in C2 of which 4 counted here)"
    )


def test_a_commitment_counts_in_the_years_in_which_it_delivers(cube: Cube) -> None:
    figures = figures_of(cube, Filters()).portfolio
    assert [(row.key, row.commitments) for row in figures.rows(Grouping.YEAR)] == [("2026/27", 10), ("2027/28", 4)]
    one = figures_of(cube, Filters(keys={Grouping.YEAR: frozenset({"2027/28"})})).portfolio
    assert one.commitments == 4


@pytest.mark.parametrize("filters", [Filters(), Filters(keys={Grouping.YEAR: frozenset({"2026/27"})})])
def test_today_s_pounds_are_those_of_the_edition_that_replaced_a_withdrawn_one(cube: Cube, filters: Filters) -> None:
    figures = figures_of(cube, filters, with_contracts=True).portfolio
    years = slice(1 if filters.keys else None)
    for row in figures.contract_rows:
        menu, commitments = LINES[row.contract_id]
        own = contract(years=2, start=date(2026, 4, 1))
        today = value_contract(own, LATER, commitments)
        worth = sum(year.social_value for line in today.lines for year in line.years[years])
        assert row.value_today == (worth if menu is EARLIER and worth != row.social_value else None)
    assert figures.value_today == total_value_today(figures.contract_rows) != figures.social_value
    for grouping in set(COMMITTED_GROUPINGS) - OVERLAPPING:
        rows = figures.rows(grouping)
        assert (
            sum(row.social_value if row.value_today is None else row.value_today for row in rows) == figures.value_today
        )
    assert sums_that_fail(figures) == ()


def test_pounds_of_which_a_later_edition_is_less_sure_are_told(cube: Cube) -> None:
    rows = figures_of(cube, Filters(), with_contracts=True).portfolio.contract_rows
    # 4 units of J1 at £100 were signed under the earlier edition, which was surer of them; J2 is as sure in both.
    assert {row.reference: row.caveats.regraded for row in rows} == {
        "C1": D("400.00"), "C2": D("0.00"), "C3": D("0.00"), "C4": D("0.00"),
    }  # fmt: skip
    signed, today = dict(rows[0].caveats.confidence), dict(rows[0].caveats.confidence_today)
    assert signed != today
    assert sum(signed.values()) == sum(today.values())
    assert sum(max(signed[level] - today.get(level, D(0)), D(0)) for level in signed) == D("400.00")
    assert [row.caveats.confidence_today == row.caveats.confidence for row in rows[1:]] == [True, True, True]
