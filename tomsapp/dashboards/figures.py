"""The figures of the portfolio under filters: totals, groupings, years by theme, policy, what needs attention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter

import numpy as np
import pandas as pd

from tomsapp.dashboards.attention import Checked, attention_of
from tomsapp.dashboards.contract_rows import contract_rows
from tomsapp.dashboards.counts import counts_by_measure
from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.exact import Column, sum_exact
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.dashboards.filters import counted_rows, filters_in_words, part_in_words, passing, rows_where
from tomsapp.dashboards.group_totals import group_totals, outcomes_anew
from tomsapp.dashboards.grouping_rows import grouping_rows, measure_details
from tomsapp.dashboards.job_caveats import job_caveats_of
from tomsapp.dashboards.line_sums import line_sums
from tomsapp.dashboards.looked_at import LookedAt, changed_pounds, members_of
from tomsapp.dashboards.measure_jobs import jobs_by_measure, outcomes_of_today
from tomsapp.dashboards.notes import PortfolioNote, notes_of
from tomsapp.dashboards.outcome_columns import outcome_columns
from tomsapp.dashboards.policy_counts import PolicyChecks, PolicySummary, summarise_policy
from tomsapp.dashboards.selection import Filters
from tomsapp.dashboards.standing import Standing, outcomes_of_lines, standings_of
from tomsapp.domain.jobs import job_caveats_together
from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, Group, Grouping, GroupTotals, MenuUse, PortfolioFigures
from tomsapp.domain.rules_origin import SEALED_RULES
from tomsapp.domain.value_factor import pounds_of
from tomsapp.domain.wording import plural

_ALL = slice(None)


@dataclass(frozen=True, slots=True)
class YearTheme:
    """The social value of one theme in one contract year."""

    year: str
    theme: int
    social_value: Decimal


@dataclass(frozen=True, slots=True)
class OverviewFigures:
    """All that the Overview shows.

    Attributes:
        policy: the contracts against the policy rules; empty where only a part of contracts is looked at.
        policies: the same for drafts and for agreed contracts apart.
        notes: what must be known of the figures, each with its contracts.
        all_contracts: how many contracts the database holds, whatever the filters.
    """

    portfolio: PortfolioFigures
    year_themes: tuple[YearTheme, ...]
    policy: PolicySummary
    all_contracts: int
    policies: Mapping[Group, PolicySummary] = field(default_factory=dict)
    notes: tuple[PortfolioNote, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether the filters take only some lines of contracts, so that no policy rule is held against them."""
        return self.portfolio.is_part


def figures_of(
    cube: Cube, filters: Filters, checked: Mapping[int, Checked] | None = None, *, with_contracts: bool = False
) -> OverviewFigures:
    """The figures of what passes the filters; `checked` are the Problems of the contracts checked so far.

    With `with_contracts` there is a row for each contract too, which takes a while for thousands.
    """
    at = _look_at(cube, filters, checked or {})
    standings = at.standings
    checks = _policies(at)
    policies = {group: summarise_policy(own) for group, own in checks.items()}
    today = outcomes_of_today(at)
    groups = group_totals(at, today, policies)
    if with_contracts and len(groups) > 1:
        groups = tuple(_told_apart(at, totals) for totals in groups)
    social, real, commitments, worth_today = at.sums.contract.of(_ALL)
    claimed, _, claimed_commitments, _ = at.claimed_sums.contract.of(_ALL)
    counts = counts_by_measure(cube, at.rows)
    details = measure_details(at, counts, jobs_by_measure(at, today))
    tables = tuple((grouping, grouping_rows(at, grouping, details)) for grouping in COMMITTED_GROUPINGS)
    portfolio = PortfolioFigures(
        filters=filters_in_words(cube, filters),
        contracts=len(standings),
        suppliers=len({cube.contracts[place].supplier_id for place in standings} - {None}),
        commitments=commitments,
        contract_value=pounds_of(int(cube.value_pence[cube.mask_of(standings)].sum())),
        social_value=pounds_of(social),
        real_pounds=pounds_of(real),
        employment_outcomes=at.outcomes.total(),
        tables=tables,
        claimed_value=pounds_of(claimed),
        left_out=claimed_commitments - commitments,
        forecast_value=pounds_of(int(at.sums.forecast.sum())),
        groups=groups,
        contract_rows=contract_rows(at, today) if with_contracts else (),
        plain_counts=tuple(counts[group.key] for group in cube.groups[Grouping.MEASURE].members if group.key in counts),
        attention=attention_of(cube, standings, at.checked, is_part=filters.parts_contracts),
        menus=menus_of(cube, standings),
        part_notes=part_in_words(filters),
        year_note=_year_note(cube, standings),
        selection=filters.chosen,
        outcomes_left_out=sum_exact(each.outcomes_left_out or Fraction(0) for each in groups),
        value_today=changed_pounds(social, worth_today),
        outcomes_today=outcomes_anew(at, at.standings, today),
        job_caveats=job_caveats_together(at.job_caveats.values()),
        rules_origin=_rules_origin(at),
    )
    policy = summarise_policy(PolicyChecks.together(checks.values()))
    return OverviewFigures(portfolio, _year_themes(at), policy, len(cube.contracts), policies, notes_of(at))


def _look_at(cube: Cube, filters: Filters, checked: Mapping[int, Checked]) -> LookedAt:
    left_out = frozenset[int]().union(*(state.left_out for state in checked.values()))
    passes = passing(cube, filters, left_out)
    with_places = cube.worth_today is not None
    claimed = rows_where(cube.frame, passes.claimed, with_places=with_places)
    rows = claimed if not left_out else rows_where(cube.frame, passes.rows, with_places=with_places)
    places = np.flatnonzero(passes.contracts).tolist()
    wrong = _wrong(cube, places, checked)
    standings = {place: cube.standings[place] for place in places}
    outcomes = cube.outcomes
    if wrong:
        anew = cube.lines(cube.rows_of(wrong))
        anew = replace(anew, frame=anew.frame[counted_rows(anew.frame, left_out)])
        of_wrong = outcomes_of_lines(wrong, anew, has_errors=True)
        standings |= standings_of(wrong, anew, of_wrong, has_errors=True)
        outcomes = cube.outcomes.of_contracts(~cube.mask_of(wrong)).joined(of_wrong)
    if filters.parts_contracts:
        told = {place: standing.told for place, standing in standings.items() if standing.told}
        owners = {place: cube.contracts[place] for place in places}
        outcomes = outcome_columns(owners, cube.measures, cube.shares, rows, told)
    elif not passes.contracts.all():
        outcomes = outcomes.of_contracts(passes.contracts)
    sums = line_sums(cube, rows, _today(cube, rows))
    of_claimed = sums if rows is claimed else line_sums(cube, claimed, None)
    caveats = job_caveats_of(cube, rows, standings, outcomes)
    is_part = filters.parts_contracts
    members = members_of(cube, places)
    return LookedAt(cube, rows, claimed, sums, of_claimed, outcomes, standings, checked, caveats, is_part, members)


def _told_apart(at: LookedAt, totals: GroupTotals) -> GroupTotals:
    """A group with its themes and its plain counts, what is worth most first."""
    cube = at.cube
    mask, today = cube.mask_of(at.members[totals.group])[at.rows["contract"].to_numpy()], _today(cube, at.rows)
    rows = rows_where(at.rows, mask)
    part = replace(at, rows=rows, sums=line_sums(cube, rows, None if today is None else today[mask]))
    worth = {row.key: row.social_value for row in grouping_rows(part, Grouping.MEASURE, {})}
    counts = counts_by_measure(cube, rows)
    members = [group.key for group in cube.groups[Grouping.MEASURE].members if group.key in counts]
    most_first = sorted(members, key=lambda key: worth[key], reverse=True)
    themes = grouping_rows(part, Grouping.THEME, {})
    return replace(totals, themes=themes, plain_counts=tuple(counts[key] for key in most_first))


def _today(cube: Cube, rows: pd.DataFrame) -> Column | None:
    """What each of the rows comes to where editions that replaced withdrawn ones rule; None where none did."""
    worth = cube.worth_today
    return worth if worth is None or rows is cube.frame else worth[rows.index.to_numpy()]


def _wrong(cube: Cube, places: Sequence[int], checked: Mapping[int, Checked]) -> dict[int, PortfolioContract]:
    """The contracts with errors: they stand by what is left of their lines, and never enough."""
    return (
        {}
        if not checked
        else {
            place: contract
            for place in places
            if (state := checked.get((contract := cube.contracts[place]).id)) and state.errors
        }
    )


def _policies(at: LookedAt) -> dict[Group, PolicyChecks]:
    """The checks of drafts and of agreed contracts apart; none where only a part of contracts is looked at."""
    members = {} if at.is_part else at.members
    return {group: PolicyChecks.of([at.standings[place] for place in own]) for group, own in members.items()}


def _year_themes(at: LookedAt) -> tuple[YearTheme, ...]:
    groups = at.cube.groups[Grouping.THEME]
    found = []
    for year, of_measures in zip(at.cube.groups[Grouping.YEAR].members, at.sums.years_of_measures, strict=True):
        sums = groups.summed(np.append(of_measures, 0)).tolist()
        found += [
            YearTheme(year.key, theme.theme, pounds_of(pence))
            for theme, pence in zip(groups.members, sums, strict=True)
            if pence
        ]
    return tuple(found)


def _rules_origin(at: LookedAt) -> str:
    """Whose rules the contracts are held against; a part of contracts is held against none."""
    if at.is_part:
        return ""
    rules = {id(check.rule): check.rule for standing in at.standings.values() for check in standing.checks}
    told = at.cube.origin.words(dict.fromkeys(rules.values()))
    return f"{told} {SEALED_RULES}" if told and Group.AGREED in at.members else told


def menus_of(cube: Cube, chosen: Iterable[int]) -> tuple[MenuUse, ...]:
    """The menu editions of the contracts at these places."""
    uses: dict[tuple[str, str], int] = {}
    editions = {}
    for place in chosen:
        edition = cube.contracts[place].edition
        if edition is not None:
            key = (edition.code, edition.edition)
            uses[key], editions[key] = uses.get(key, 0) + 1, edition
    return tuple(
        MenuUse(*key, editions[key].sha256, uses[key], editions[key].price_base, editions[key].withdrawn_because)
        for key in sorted(uses)
    )


def _year_note(cube: Cube, chosen: Mapping[int, Standing]) -> str:
    """Which contract years are financial years, which calendar years, and which neither."""
    by_day: dict[date, list[PortfolioContract]] = {}
    for place in chosen:
        by_day.setdefault(cube.contracts[place].start_on, []).append(cube.contracts[place])
    in_order = sorted(by_day.items(), key=itemgetter(0))
    financial = [each for day, own in in_order if (day.month, day.day) == (4, 1) for each in own]
    calendar = [each for day, own in in_order if (day.month, day.day) == (1, 1) for each in own]
    others = [each for day, own in in_order if (day.month, day.day) not in {(4, 1), (1, 1)} for each in own]
    parts = []
    if financial:
        parts.append(f"{_begin(financial)} on 1 April: {_its(financial)} contract years are financial years")
    if calendar:
        named = calendar[0].year_label(0)
        parts.append(
            f"{_begin(calendar)} on 1 January: {_its(calendar)} contract years are calendar years, as {named} is"
        )
    if others:
        named, year = others[0].year_label(0), others[0].start_on.year
        when = "another day" if len(others) == 1 else "other days"
        parts.append(
            f"{_begin(others)} on {when}: {_its(others)} {named} is the contract year that begins in {year}, not the "
            "financial year"
        )
    if not parts:
        return ""
    return f"Years are contract years, which run from the day on which a contract begins. {'. '.join(parts)}."


def _begin(contracts: Sequence[PortfolioContract]) -> str:
    return plural(len(contracts), "contract begins", "contracts begin")


def _its(contracts: Sequence[PortfolioContract]) -> str:
    return "its" if len(contracts) == 1 else "their"
