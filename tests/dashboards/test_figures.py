"""Figures under filters equal the sums of the lines that a person reaches by choosing them."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from types import SimpleNamespace

import pytest

from tomsapp.dashboards.policy_counts import PolicySummary
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.checks.declared import declared_pairs, same_pairs
from tomsapp.domain.checks.timing import late_evidence
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.forecast import without_forecast, without_years
from tomsapp.domain.jobs import JobCaveats, job_caveats_together
from tomsapp.domain.measure_words import taken_off, unrecorded_words
from tomsapp.domain.money import from_scaled, round_pounds
from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, OVERLAPPING, Group, Grouping
from tomsapp.domain.portfolio_contract import total_jobs
from tomsapp.domain.portfolio_sums import sums_that_fail
from tomsapp.domain.problems import Severity
from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.unit_words import is_added_over_contracts
from tomsapp.domain.valuation import valuation_of
from tomsapp.domain.wording import format_pounds
from tomsapp.reports.contract_spans import _line_at, _span
from tomsapp.reports.portfolio_trust import caveats_in_words
from tomsapp.services import contracts, overview

SIGNED = frozenset({ContractStatus.SIGNED})


PLAIN = set(COMMITTED_GROUPINGS) - OVERLAPPING - {Grouping.MEASURE}
"""Groupings in which a line stands in one row, told by itself."""


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


@pytest.mark.parametrize("grouping", sorted(PLAIN, key=lambda each: each.value))
@pytest.mark.parametrize("filters", [Filters(), Filters(SIGNED), Filters(keys={Grouping.THEME: frozenset({"1", "4"})})])
def test_rows_are_the_sums_of_their_lines(cube, grouping, filters):
    figures = overview.figures(cube, filters).portfolio
    lines = list(overview.lines(cube, filters))
    for row in figures.rows(grouping):
        own = [line for line in lines if key_of(line, grouping, cube) == name_or_key(row, grouping)]
        if grouping is Grouping.YEAR:
            own = [line for line in own if line.quantity]
        assert row.social_value == sum((line.social_value for line in own), Decimal(0))
        assert row.real_pounds == sum((line.real_pounds for line in own), Decimal(0))
        assert row.commitments == len({line.commitment for line in own})
    assert sum(row.social_value for row in figures.rows(grouping)) == figures.social_value


@pytest.mark.parametrize("grouping", COMMITTED_GROUPINGS)
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
    for one, other in combinations(COMMITTED_GROUPINGS, 2):
        first, second = whole.rows(one)[0].key, whole.rows(other)[-1].key
        filters = Filters(keys={one: frozenset({first}), other: frozenset({second})})
        lines = list(overview.lines(cube, filters))
        figures = overview.figures(cube, filters).portfolio
        assert figures.social_value == sum((line.social_value for line in lines), Decimal(0))
        assert figures.contracts == len({line.contract.id for line in lines})


def test_employment_outcomes_under_filters_are_those_of_the_lines_that_pass(workspace, cube):
    expected = left_out = 0
    for row in contracts.list_contracts(workspace):
        opened = contracts.open_contract(workspace, row.id)
        valuation = opened.checked.valuation
        passing = tuple(line for line in valuation.lines if line.place.theme.number == 1)
        declared, same = (told(valuation, opened.answers) for told in (declared_pairs, same_pairs))
        own = valuation_of(valuation.contract, valuation.edition, passing, declared, same)
        expected += own.employment_outcomes
        left_out += own.outcomes_left_out
    figures = overview.figures(cube, Filters(keys={Grouping.THEME: frozenset({"1"})}))
    assert (figures.portfolio.employment_outcomes, figures.portfolio.outcomes_left_out) == (expected, left_out)
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


def test_plain_counts_say_exactly_how_much_is_counted_of_shared_promises(cube):
    rows = overview.figures(cube, Filters()).portfolio.rows(Grouping.MEASURE)
    lines = list(overview.lines(cube, Filters()))
    shared = 0
    for row in rows:
        own = [line for line in lines if line.owner.measure.code == row.key and line.quantity]
        if not own or not is_added_over_contracts(own[0].owner.measure):
            continue
        promised = sum(Fraction(line.quantity) for line in own)
        counted = sum(Fraction(line.quantity) * Fraction(line.contract_share) for line in own)
        told = re.search(r"[(; ]£?([0-9,.]+)(…?) counted here", row.quantity)
        assert bool(told) == (counted != promised)
        if told:
            shared += 1
            number = Fraction(told[1].replace(",", ""))
            assert number <= counted < number + Fraction(1, 100)
            assert bool(told[2]) == (number != counted)
    assert shared > 5


def test_policy_counts_and_shortfall_are_the_contracts_own(workspace, cube, checked):
    opened = [contracts.open_contract(workspace, row.id) for row in contracts.list_contracts(workspace)]
    checks = [check for each in opened for check in each.checked.policy_checks if check.rule.share]
    results = [check.result.value for check in checks]
    policy = overview.figures(cube, Filters(), checked).policy
    assert {"short", "errors", "met"} <= set(results)
    assert policy.minimum == "5% minimum"
    assert policy.below_minimum == results.count("short")
    assert policy.errors_at_minimum == results.count("errors")
    assert policy.short_by == sum(check.shortfall for check in checks if check.result.value == "short")
    assert policy.held_against_minimum == len([each for each in results if each in {"short", "met", "errors"}])


def test_lines_with_errors_are_claimed_and_count_nowhere(workspace, cube, checked):
    opened = [contracts.open_contract(workspace, row.id).checked for row in contracts.list_contracts(workspace)]
    figures = overview.figures(cube, Filters(), checked, with_contracts=True).portfolio
    assert figures.claimed_value == sum(each.valuation.social_value for each in opened)
    assert figures.social_value == sum(each.admissible.social_value for each in opened)
    assert figures.claimed_value > figures.social_value
    assert figures.left_out == len(overview.left_out(checked)) > 0
    assert figures.employment_outcomes == sum(each.admissible.employment_outcomes for each in opened)
    for table in (table for table in figures.tables if table[0] not in OVERLAPPING):
        assert sum(row.social_value for row in table[1]) == figures.social_value
    lines = list(overview.lines(cube, Filters(), overview.left_out(checked)))
    assert sum(line.social_value for line in lines) == figures.social_value
    by_reference = {each.offer.contract.reference: each for each in opened}
    for row in figures.contract_rows:
        own = by_reference[row.reference]
        assert (row.social_value, row.claimed_value) == (own.admissible.social_value, own.valuation.social_value)
        assert row.jobs.total == own.admissible.employment_outcomes
        assert row.errors == len([each for each in own.open_problems if each.severity is Severity.ERROR])
        assert row.warnings == len(
            [each for each in own.open_problems if each.severity is Severity.WARNING and each.code != "no-commitments"]
        )


def test_drafts_stand_apart_and_the_groups_add_up(cube, checked):
    figures = overview.figures(cube, Filters(), checked, with_contracts=True).portfolio
    agreed, drafts = figures.group(Group.AGREED), figures.group(Group.DRAFT)
    assert [totals.group for totals in figures.groups] == [Group.AGREED, Group.DRAFT]
    for name in ("contracts", "commitments", "contract_value", "social_value", "claimed_value", "real_pounds",
                 "employment_outcomes", "left_out", "forecast_value"):  # fmt: skip
        assert getattr(agreed, name) + getattr(drafts, name) == getattr(figures, name)
    assert {row.status for row in figures.contracts_of(Group.DRAFT)} == {ContractStatus.DRAFT}
    for totals in figures.groups:
        rows = figures.contracts_of(totals.group)
        assert len(rows) == totals.contracts
        assert sum(row.social_value for row in rows) == totals.social_value
        assert total_jobs(rows) == totals.employment_outcomes
    only = overview.figures(cube, Filters(frozenset({ContractStatus.DRAFT})), checked).portfolio
    assert only.group(Group.AGREED) is None
    # A group that stands alone is told by the figures of all.
    assert only.group(Group.DRAFT) == replace(drafts, themes=(), plain_counts=())


@pytest.mark.parametrize("grouping", [each for each in COMMITTED_GROUPINGS if each is not Grouping.SUPPLIER])
def test_a_part_of_contracts_is_held_against_no_rule(cube, checked, grouping):
    key = overview.figures(cube, Filters(), checked).portfolio.rows(grouping)[0].key
    figures = overview.figures(cube, Filters(keys={grouping: frozenset({key})}), checked, with_contracts=True)
    assert figures.is_part
    assert figures.policy == PolicySummary()
    assert figures.policies == {}
    assert all(not totals.policy for totals in figures.portfolio.groups)
    assert all(row.minimum is None and row.employment is None for row in figures.portfolio.contract_rows)
    assert "A part is not held against a contract’s minimum" in figures.portfolio.part_notes[0]
    assert (len(figures.portfolio.part_notes) == 2) == (grouping is Grouping.YEAR)
    shortfalls = [reason for each in figures.portfolio.attention for reason in each.reasons if "short" in reason]
    assert all(reason.startswith("Whole contract: short by") for reason in shortfalls)


def test_a_supplier_is_no_part_of_contracts(cube):
    key = overview.figures(cube, Filters()).portfolio.rows(Grouping.SUPPLIER)[0].key
    figures = overview.figures(cube, Filters(keys={Grouping.SUPPLIER: frozenset({key})}))
    assert not figures.is_part
    assert figures.portfolio.groups[0].policy


def test_contract_years_are_told_from_financial_years(cube):
    note = overview.figures(cube, Filters()).portfolio.year_note
    assert "10 contracts begin on 1 April: their contract years are financial years." in note
    assert "1 contract begins on 1 January: its contract years are calendar years, as 2026 is." in note
    assert "1 contract begins on another day: its 2025/26 is the contract year that begins in 2025, not" in note


def test_attention_names_the_largest_shortfall_first_and_every_reason(workspace, cube, checked):
    attention = overview.figures(cube, Filters(), checked).portfolio.attention
    assert any(reason.startswith("Short by £") for reason in attention[0].reasons)
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


def test_how_sure_each_contract_is_is_what_its_own_paper_says(workspace, cube, checked):
    rows = overview.figures(cube, Filters(), checked, with_contracts=True).portfolio.contract_rows
    opened = [contracts.open_contract(workspace, row.id).checked for row in contracts.list_contracts(workspace)]
    by_reference = {each.offer.contract.reference: each.admissible for each in opened}
    for row in rows:
        lines = by_reference[row.reference].lines
        contract = by_reference[row.reference].contract
        past = [year.social_value for line in lines for year in line.past_value_end]
        late = [found for line in lines if (found := late_evidence(line, contract)) is not None]
        assert row.caveats.past_dates == sum(past)
        unsaid = unrecorded_words(by_reference[row.reference].edition)
        whole = sum(line.social_value for line in lines)
        assert (row.caveats.days_unrecorded or 0) == (whole if "until when" in unsaid else 0)
        assert (row.caveats.evidence_unrecorded or 0) == (whole if "evidence is due" in unsaid else 0)
        assert row.caveats.before_evidence == sum(year.social_value for each in late for year in each.whole)
        assert row.caveats.before_evidence_in_part == sum(year.social_value for each in late for year in each.in_part)
        page = SimpleNamespace(edition=by_reference[row.reference].edition)
        for end in ("low", "high"):
            assert getattr(row.caveats, end) == sum(_line_at(page, line, end) for line in lines)
        assert row.caveats.without_span == sum(
            year.social_value for line in lines for year in line.years if not _span(year.unit_value)
        )
        for level, amount in row.caveats.confidence:
            own = [line for line in lines if line.measure.proxy and line.measure.proxy.confidence == level]
            assert amount == sum(line.social_value for line in own)
        for who, amount in row.caveats.taken_off or ():
            assert amount == sum(line.social_value for line in lines if taken_off(line.measure) is who)
        assert sum(amount for _, amount in row.caveats.taken_off or ()) == row.social_value
    whole = overview.figures(cube, Filters(), checked, with_contracts=True).portfolio.caveats
    assert min(whole.past_dates, whole.before_evidence, whole.high - whole.low) > 0


def test_what_a_year_brings_that_had_ended_before_the_signing_is_told(workspace, cube, checked):
    """As the paper of a contract says it; the day of signing itself is no day after the year."""
    signed_on = {0: date(2027, 4, 1), 1: date(2027, 3, 31), 2: date(2035, 1, 1)}
    cube = replace(
        cube, contracts=[replace(each, signed_on=signed_on.get(place)) for place, each in enumerate(cube.contracts)]
    )
    rows = overview.figures(cube, Filters(), checked, with_contracts=True).portfolio.contract_rows
    opened = {
        row.reference: contracts.open_contract(workspace, row.id).checked for row in contracts.list_contracts(workspace)
    }
    signed = {each.reference: each.signed_on for each in cube.contracts}
    for row in rows:
        day = signed[row.reference]
        lines = opened[row.reference].admissible.lines
        over = [year.social_value for line in lines for year in line.years if day and year.year.ends_on < day]
        assert (row.caveats.ended_when_signed or 0) == sum(over)
    told = {row.reference: row.caveats.ended_when_signed or 0 for row in rows}
    assert told[cube.contracts[2].reference] > 0
    assert told[cube.contracts[3].reference] == 0
    whole = overview.figures(cube, Filters(), checked, with_contracts=True).portfolio
    assert f"{format_pounds(sum(told.values()))} is counted in years that had ended before" in str(
        caveats_in_words(whole)
    )


def ended_on(cube, days):
    """The portfolio with its contracts signed on these days, by their places."""
    signed = [replace(each, signed_on=days.get(place)) for place, each in enumerate(cube.contracts)]
    return replace(cube, contracts=signed)


def test_jobs_on_a_forecast_and_of_ended_years_are_those_of_each_contract_s_own_paper(workspace, cube, checked):
    """Worked out from the lines of each contract alone, the same people counted once in what is left."""
    late = {place: date(2027, 6, 1) for place in range(len(cube.contracts))}
    cube = ended_on(cube, late)
    figures = overview.figures(cube, Filters(), checked, with_contracts=True)
    rows, portfolio = figures.portfolio.contract_rows, figures.portfolio
    opened = {
        row.reference: contracts.open_contract(workspace, row.id).checked for row in contracts.list_contracts(workspace)
    }
    for row in rows:
        counted = opened[row.reference].admissible
        gone = counted.employment_outcomes - without_forecast(counted).employment_outcomes
        over = without_years(counted, lambda _, year: year.year.ends_on >= late[0]).employment_outcomes
        assert row.job_caveats == JobCaveats(gone, over), row.reference
    for part in (portfolio, *portfolio.groups):
        own = [row for row in rows if part is portfolio or Group.of(row.status) is part.group]
        assert part.job_caveats == job_caveats_together(row.job_caveats for row in own)
    assert portfolio.job_caveats.on_forecast > 0
    assert portfolio.job_caveats.ended_when_signed > 0
    assert any(row.jobs.total > row.job_caveats.ended_when_signed > 0 for row in rows)
    assert sums_that_fail(portfolio) == ()


def test_jobs_of_ended_years_follow_the_filters_and_the_day_of_signing(cube, checked):
    def ended(day, filters=None):
        signed = ended_on(cube, dict.fromkeys(range(len(cube.contracts)), day))
        return overview.figures(signed, filters or Filters(), checked).portfolio.job_caveats.ended_when_signed

    assert ended(None) == ended(date(2026, 9, 30)) == 0
    first, later = ended(date(2027, 4, 1)), ended(date(2035, 1, 1))
    whole = overview.figures(cube, Filters(), checked).portfolio.employment_outcomes
    assert 0 < first < later
    assert later == whole, "every year had ended"
    theme = Filters(keys={Grouping.THEME: frozenset({"6"})})
    assert ended(date(2035, 1, 1), theme) == overview.figures(cube, theme, checked).portfolio.employment_outcomes


def test_what_cannot_be_admitted_is_the_contracts_with_errors(cube, checked):
    broken = replace(cube.contracts[1], trouble="No menu edition is chosen")
    cube = replace(cube, contracts=[cube.contracts[0], broken, *cube.contracts[2:]])
    figures = overview.figures(cube, Filters(), checked, with_contracts=True).portfolio
    wrong = [row for row in figures.contract_rows if row.errors or row.trouble]
    assert {Group.of(row.status) for row in wrong} == set(Group)
    for totals in figures.groups:
        own = [row for row in wrong if Group.of(row.status) is totals.group]
        assert totals.not_admitted.contracts == len(own)
        assert totals.not_admitted.social_value == sum(row.social_value for row in own)
        assert totals.not_admitted.employment_outcomes == total_jobs(own)
    assert sums_that_fail(figures) == ()


def test_both_numbers_of_jobs_are_the_contracts_own(workspace, cube, checked):
    opened = [contracts.open_contract(workspace, row.id).checked for row in contracts.list_contracts(workspace)]
    figures = overview.figures(cube, Filters(), checked, with_contracts=True).portfolio
    assert figures.outcomes_left_out == sum(each.admissible.outcomes_left_out for each in opened)
    needed = {
        each.offer.contract.reference: check.needed
        for each in opened
        for check in each.policy_checks
        if check.rule.kind is EMPLOYMENT_OUTCOMES
    }
    assert {row.reference: row.employment.needed for row in figures.contract_rows if row.employment} == needed


def test_enough_only_with_the_forecast_is_told_of_the_contract_and_counted(cube):
    place = next(place for place, each in enumerate(cube.contracts) if each.reference == "C-2026-007")
    own = cube.frame[cube.frame["contract"] == place]
    pence, forecast = int(own["social_value"].sum()), int(own["social_value"][own["forecast"]].sum())
    value = from_scaled((pence - forecast // 2) * 20, 2)
    turning = replace(cube.contracts[place], value=value)
    cube = replace(cube, contracts=[*cube.contracts[:place], turning, *cube.contracts[place + 1 :]], kept_standings={})
    figures = overview.figures(cube, Filters(), with_contracts=True)
    row = next(row for row in figures.portfolio.contract_rows if row.reference == "C-2026-007")
    short = Fraction(forecast - forecast // 2, 100)
    assert row.minimum.short_without_forecast == short > 0
    assert (
        row.minimum.word == f"Enough only with the forecast: short by {format_pounds(round_pounds(short))} without it"
    )
    assert figures.policy.minimum_on_forecast == 1
    counts = [count for totals in figures.portfolio.groups for count in totals.policy]
    assert sum(count.only_with_forecast for count in counts if count.title == row.minimum.title) == 1
    reasons = next(each.reasons for each in figures.portfolio.attention if each.reference == row.reference)
    assert any(reason.startswith("Enough only with the forecast: short by £") for reason in reasons)
    assert sums_that_fail(figures.portfolio) == ()


def test_whose_rules_bind_is_told_as_on_each_contract_s_paper(workspace, cube, checked):
    """Of the council that adopted them; a part of contracts is held against none."""
    told = overview.figures(cube, Filters(), checked).portfolio.rules_origin
    opened = contracts.open_contract(workspace, cube.contracts[0].id)
    own = opened.origin.words(check.rule for check in opened.checked.policy_checks)
    assert own.startswith(
        "The rules are those of Barnet Council (Social value, 2023), in force from 18 October 2023. Larkmere"
    )
    assert told == f"{own} A signed contract keeps the rules that were sealed with it."
    drafts = Filters(frozenset({ContractStatus.DRAFT}))
    assert overview.figures(cube, drafts, checked).portfolio.rules_origin == own
    assert (
        overview.figures(cube, Filters(keys={Grouping.THEME: frozenset({"1"})}), checked).portfolio.rules_origin == ""
    )
