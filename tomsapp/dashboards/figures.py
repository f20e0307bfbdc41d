"""The figures of the portfolio under filters: totals, groupings, years by theme, policy, what needs attention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from tomsapp.dashboards.attention import Checked, attention_of
from tomsapp.dashboards.counts import counts_by_measure, first_of_commitment
from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.exact import Column, sum_exact, sums_by, total_of
from tomsapp.dashboards.filters import Passing, filters_in_words, passing
from tomsapp.dashboards.policy_counts import PolicySummary, summarise_policy
from tomsapp.dashboards.selection import Filters
from tomsapp.dashboards.standing import outcomes_by_contract
from tomsapp.domain.portfolio import Grouping, MenuUse, PortfolioFigures, PortfolioRow
from tomsapp.domain.rollup import PlainCount
from tomsapp.domain.valuation import pounds_of


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
        all_contracts: how many contracts the database holds, whatever the filters.
        is_part: whether the filters take only some lines of contracts, so that no policy rule can be held against them.
    """

    portfolio: PortfolioFigures
    year_themes: tuple[YearTheme, ...]
    policy: PolicySummary
    all_contracts: int
    is_part: bool


def figures_of(cube: Cube, filters: Filters, checked: Mapping[int, Checked] | None = None) -> OverviewFigures:
    """The figures of what passes the filters; `checked` are the Problems of the contracts checked so far."""
    passes = passing(cube, filters)
    rows = cube.frame if passes.rows.all() else cube.frame[passes.rows]
    chosen = np.flatnonzero(passes.contracts).tolist()
    contracts = [cube.contracts[place] for place in chosen]
    policy = summarise_policy([cube.standings[place] for place in chosen])
    counts = counts_by_measure(cube, rows)
    first = first_of_commitment(rows)
    tables = tuple((grouping, _rows_of(cube, rows, first, grouping, counts)) for grouping in Grouping)
    portfolio = PortfolioFigures(
        filters=filters_in_words(cube, filters),
        contracts=len(contracts),
        suppliers=len({contract.supplier_id for contract in contracts} - {None}),
        commitments=int(first.sum()),
        contract_value=pounds_of(sum(cube.value_pence[place] for place in chosen)),
        social_value=pounds_of(total_of(rows["social_value"].to_numpy())),
        real_pounds=pounds_of(total_of(rows["real_pounds"].to_numpy())),
        employment_outcomes=_outcomes(cube, rows, passes, filters),
        tables=tables,
        policy=policy.counts,
        plain_counts=tuple(
            PlainCount(row.key, row.quantity)
            for kind, found in tables
            if kind is Grouping.MEASURE
            for row in found
            if row.quantity
        ),
        attention=attention_of(cube, chosen, checked or {}),
        menus=_menus(cube, chosen),
    )
    return OverviewFigures(portfolio, _year_themes(cube, rows), policy, len(cube.contracts), filters.parts_contracts)


def _rows_of(
    cube: Cube,
    rows: pd.DataFrame,
    first: Column,
    grouping: Grouping,
    counts: Mapping[str, str],
) -> tuple[PortfolioRow, ...]:
    groups = cube.groups[grouping]
    codes, size = groups.codes(rows[groups.column].to_numpy()), len(groups.members)
    marks = np.ones(len(rows), dtype=np.int64) if grouping is Grouping.YEAR else first
    columns = (rows["social_value"].to_numpy(), rows["real_pounds"].to_numpy(), marks)
    sums = zip(groups.members, *(sums_by(codes, column, size) for column in columns), strict=True)
    made = [
        PortfolioRow(
            group.key,
            group.name,
            pounds_of(social),
            pounds_of(real),
            commitments,
            group.theme,
            counts.get(group.key, "") if grouping is Grouping.MEASURE else "",
        )
        for group, social, real, commitments in sums
        if commitments
    ]
    if grouping is Grouping.SUPPLIER:
        made.sort(key=lambda row: (-row.social_value, row.name.casefold()))
    return tuple(made)


def _outcomes(cube: Cube, rows: pd.DataFrame, passes: Passing, filters: Filters) -> Fraction:
    """The sum over the whole contracts where all their lines pass, else over the rows that pass."""
    if filters.parts_contracts:
        by_contract = outcomes_by_contract(cube.contracts, cube.measures, cube.shares, rows)
        return sum_exact(by_contract.values())
    places = np.flatnonzero(passes.contracts).tolist()
    return sum_exact([cube.standings[place].employment_outcomes for place in places])


def _year_themes(cube: Cube, rows: pd.DataFrame) -> tuple[YearTheme, ...]:
    themes, years = cube.groups[Grouping.THEME].members, cube.groups[Grouping.YEAR].members
    theme = cube.groups[Grouping.THEME].codes(rows["measure"].to_numpy())
    year = rows["year"].to_numpy()
    cells = np.where(year < 0, -1, year * len(themes) + theme)
    column = rows["social_value"].to_numpy()
    sums = sums_by(cells, column, len(years) * len(themes))
    return tuple(
        YearTheme(years[place // len(themes)].key, themes[place % len(themes)].theme, pounds_of(pence))
        for place, pence in enumerate(sums)
        if pence
    )


def _menus(cube: Cube, chosen: Sequence[int]) -> tuple[MenuUse, ...]:
    uses: dict[tuple[str, str, str], int] = {}
    for place in chosen:
        edition = cube.contracts[place].edition
        if edition is not None:
            key = (edition.code, edition.edition, edition.sha256)
            uses[key] = uses.get(key, 0) + 1
    return tuple(MenuUse(*key, contracts) for key, contracts in sorted(uses.items()))
