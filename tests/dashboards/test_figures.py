"""Figures under filters equal the sums of the lines that a person reaches by choosing them."""

from decimal import Decimal
from itertools import combinations

import pytest

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.problems import Severity
from tomsapp.services import contracts, overview

SIGNED = frozenset({ContractStatus.SIGNED})


def key_of(line, grouping, cube):
    return {
        Grouping.THEME: str(line.owner.place.theme.number),
        Grouping.OUTCOME: line.owner.place.outcome.code,
        Grouping.SUPPLIER: str(line.contract.supplier_id),
        Grouping.WARD: line.ward,
        Grouping.YEAR: line.year,
    }[grouping]


def name_or_key(row, grouping):
    return row.name if grouping is Grouping.WARD else row.key


@pytest.mark.parametrize("grouping", [each for each in Grouping if each is not Grouping.MEASURE])
@pytest.mark.parametrize("filters", [Filters(), Filters(SIGNED), Filters(keys={Grouping.THEME: frozenset({"1", "4"})})])
def test_rows_are_the_sums_of_their_lines(cube, grouping, filters):
    figures = overview.figures(cube, filters).portfolio
    lines = list(overview.lines(cube, filters))
    for row in figures.rows(grouping):
        own = [line for line in lines if key_of(line, grouping, cube) == name_or_key(row, grouping)]
        assert row.social_value == sum((line.social_value for line in own), Decimal(0))
        assert row.real_pounds == sum((line.real_pounds for line in own), Decimal(0))
        assert row.commitments == len({line.commitment for line in own})
    assert sum(row.social_value for row in figures.rows(grouping)) == figures.social_value


@pytest.mark.parametrize("grouping", list(Grouping))
def test_choosing_a_row_gives_the_lines_of_its_figures(cube, grouping):
    figures = overview.figures(cube, Filters(SIGNED)).portfolio
    assert len(figures.rows(grouping)) > 1
    for row in figures.rows(grouping):
        _, lines = overview.lines_behind(cube, Filters(SIGNED).choosing(grouping, [row.key]), "social_value")
        assert sum(line.social_value for line in lines) == row.social_value
        assert len({line.commitment for line in lines}) == row.commitments
        _, real = overview.lines_behind(cube, Filters(SIGNED).choosing(grouping, [row.key]), "real_pounds")
        assert sum(line.real_pounds for line in real) == row.real_pounds
        assert all(line.real_pence for line in real)


def test_values_of_one_filter_widen_and_different_filters_narrow(cube):
    one = overview.figures(cube, Filters(keys={Grouping.THEME: frozenset({"1"})})).portfolio
    other = overview.figures(cube, Filters(keys={Grouping.THEME: frozenset({"3"})})).portfolio
    both = overview.figures(cube, Filters(keys={Grouping.THEME: frozenset({"1", "3"})})).portfolio
    assert both.social_value == one.social_value + other.social_value
    narrow = Filters(SIGNED, {Grouping.THEME: frozenset({"1"}), Grouping.YEAR: frozenset({"2026/27"})})
    lines = list(overview.lines(cube, narrow))
    assert lines
    assert {(line.contract.status, line.owner.place.theme.number, line.year) for line in lines} == {
        (ContractStatus.SIGNED, 1, "2026/27")
    }


def test_every_pair_of_filters_is_exact(cube):
    whole = overview.figures(cube, Filters()).portfolio
    for one, other in combinations(Grouping, 2):
        first, second = whole.rows(one)[0].key, whole.rows(other)[-1].key
        filters = Filters(keys={one: frozenset({first}), other: frozenset({second})})
        lines = list(overview.lines(cube, filters))
        figures = overview.figures(cube, filters).portfolio
        assert figures.social_value == sum((line.social_value for line in lines), Decimal(0))
        assert figures.contracts == len({line.contract.id for line in lines})


def test_employment_outcomes_under_filters_are_those_of_the_lines_that_pass(workspace, cube):
    expected = 0
    for row in contracts.list_contracts(workspace):
        for line in contracts.open_contract(workspace, row.id).checked.valuation.lines:
            if line.place.theme.number == 1:
                expected += line.employment_outcomes
    figures = overview.figures(cube, Filters(keys={Grouping.THEME: frozenset({"1"})}))
    assert figures.portfolio.employment_outcomes == expected
    assert figures.is_part


def test_filters_are_said_in_words(cube):
    filters = Filters(SIGNED, {Grouping.THEME: frozenset({"1", "3"}), Grouping.YEAR: frozenset({"2026/27"})})
    assert overview.figures(cube, filters).portfolio.filters == (
        "Contracts that are signed",
        "Theme 1, Fair work and poverty or 3, Living well",
        "Year 2026/27",
    )


def test_years_by_theme_add_up_to_years_and_themes(cube):
    figures = overview.figures(cube, Filters())
    for row in figures.portfolio.rows(Grouping.YEAR):
        assert sum(part.social_value for part in figures.year_themes if part.year == row.key) == row.social_value
    for row in figures.portfolio.rows(Grouping.THEME):
        assert sum(part.social_value for part in figures.year_themes if part.theme == row.theme) == row.social_value


def test_plain_counts_say_how_much_is_counted_of_shared_promises(cube):
    rows = overview.figures(cube, Filters()).portfolio.rows(Grouping.MEASURE)
    lines = list(overview.lines(cube, Filters()))
    work = next(row for row in rows if row.key == "S08")
    own = [line for line in lines if line.owner.measure.code == "S08"]
    promised = sum(line.quantity for line in own)
    counted = sum(line.quantity * line.contract_share for line in own)
    assert work.quantity.startswith(f"{promised.normalize():,f} weeks of work experience")
    assert ("counted here" in work.quantity) == (counted != promised)


def test_policy_counts_and_shortfall_are_the_contracts_own(workspace, cube):
    opened = [contracts.open_contract(workspace, row.id) for row in contracts.list_contracts(workspace)]
    checks = [check for each in opened for check in each.checked.policy_checks if check.rule.share]
    short = [check for check in checks if check.result.value == "short"]
    policy = overview.figures(cube, Filters()).policy
    assert short
    assert policy.minimum == "5% minimum"
    assert policy.below_minimum == len(short)
    assert policy.short_by == sum(check.shortfall for check in short)
    assert policy.held_against_minimum == len([check for check in checks if check.result.value in {"short", "met"}])


def test_attention_names_the_largest_shortfall_first_and_every_reason(workspace, cube):
    ids = [contract.id for contract in cube.contracts]
    checked = overview.check_contracts(workspace, cube, ids)
    attention = overview.figures(cube, Filters(), checked).portfolio.attention
    assert attention[0].reasons[0].startswith("Short by £")
    assert attention[0].severity is Severity.WARNING
    assert {each.severity for each in attention if "no statement" in each.reasons[0]} <= {Severity.NOTE}
    by_reference = {each.reference: each.reasons for each in attention}
    assert "Nothing is committed" in by_reference["C-2026-012"]
    for row in contracts.list_contracts(workspace):
        open_problems = contracts.open_contract(workspace, row.id).checked.open_problems
        missing = len([each for each in open_problems if each.code == "statement-missing"])
        words = [each for each in by_reference.get(row.reference, ()) if "no statement" in each]
        assert bool(words) == bool(missing)
        assert not words or words[0].startswith(f"{missing} ")


def test_nothing_passes_gives_zeros(cube):
    figures = overview.figures(cube, Filters(frozenset({ContractStatus.CLOSED}))).portfolio
    assert (figures.contracts, figures.social_value, figures.rows(Grouping.THEME)) == (0, Decimal("0.00"), ())
