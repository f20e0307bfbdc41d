"""The cube values every line to the penny as `value_contract` does."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tomsapp.dashboards.exact import (
    added,
    narrowed,
    products,
    rounded_products,
    summable,
    sums_of_runs,
    whole_numbers,
)
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.bulk import value_pence
from tomsapp.domain.money import divide_half_away
from tomsapp.domain.policy import check_policy
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.valuation import value_contract
from tomsapp.services import contracts, overview


@pytest.fixture(scope="module")
def opened(workspace):
    return [contracts.open_contract(workspace, row.id) for row in contracts.list_contracts(workspace)]


def test_every_line_is_the_contract_pages_line(workspace, cube, opened):
    expected = {}
    for contract in opened:
        valuation = value_contract(contract.contract, contract.edition, [line.record for line in contract.commitments])
        for line in valuation.lines:
            for year in line.years:
                key = (contract.stored.id, int(line.commitment.key), year.year.label)
                expected[key] = (year.quantity, year.social_value, year.real_pounds)
    found = {
        (line.contract.id, line.commitment, line.year): (line.quantity, line.social_value, line.real_pounds)
        for line in overview.lines(cube, Filters())
        if line.year
    }
    assert len(found) > 150
    assert found.items() <= expected.items()
    left_out = [expected[key] for key in expected.keys() - found.keys()]
    assert all(not any(figures) for figures in left_out)


def test_totals_are_the_sums_of_the_contracts(cube, opened):
    figures = overview.figures(cube, Filters()).portfolio
    valuations = [each.checked.valuation for each in opened]
    assert figures.social_value == sum(each.social_value for each in valuations)
    assert figures.real_pounds == sum(each.real_pounds for each in valuations)
    assert figures.employment_outcomes == sum(each.employment_outcomes for each in valuations)
    assert figures.contract_value == sum(each.contract.value for each in opened)
    assert figures.commitments == sum(len(each.commitments) for each in opened)
    assert figures.contracts == len(opened)


def test_policy_of_each_contract_is_that_of_its_page(workspace, cube, opened):
    for each in opened:
        standing = cube.standings[cube.position_of(each.stored.id)]
        expected = check_policy(each.checked.valuation, workspace.policy)
        figures = [(check.result, check.needed, check.committed, check.shortfall) for check in expected]
        assert [(c.result, c.needed, c.committed, c.shortfall) for c in standing.checks] == figures
        assert standing.outcomes.total == each.checked.valuation.employment_outcomes


def test_commitment_without_quantity_is_counted_and_has_no_year(cube):
    empty = [line for line in overview.lines(cube, Filters()) if not line.year]
    assert [line.owner.measure.code for line in empty if line.contract.reference == "C-2026-002"] == ["J11"]
    assert all(line.social_value == 0 and line.quantity_text == "" for line in empty)
    years = overview.figures(cube, Filters()).portfolio.rows(Grouping.YEAR)
    assert "" not in {row.key for row in years}


def test_calendar_years_and_financial_years_stand_apart(cube):
    labels = list(cube.years)
    assert labels[:4] == ["2025/26", "2026", "2026/27", "2027"]


def test_promise_per_pound_takes_the_years_spend(cube):
    lines = [
        line
        for line in overview.lines(cube, Filters(keys={Grouping.MEASURE: frozenset({"S08"})}))
        if line.contract.reference == "C-2026-007" and line.quantity == 7
    ]
    assert lines
    assert {line.quantity for line in lines} == {Decimal(7)}


def test_cube_is_read_again_only_after_a_change(workspace, cube):
    assert overview.load_cube(workspace, last=cube) is cube
    stale = type(cube)(**{**{name: getattr(cube, name) for name in cube.__dataclass_fields__}, "change": -1})
    assert overview.load_cube(workspace, last=stale) is not stale


def test_columns_of_32_bits_are_added_up_in_64():
    column = narrowed(np.array([2**31 - 1] * 3, dtype=np.int64))
    assert column.dtype == np.int32
    assert sums_of_runs(column, np.array([0, 2])).tolist() == [2 * (2**31 - 1), 2**31 - 1]
    assert added(np.array([0, 0, 0]), column, 1).tolist() == [3 * (2**31 - 1)]
    assert rounded_products(column, [(1000, 1)], np.zeros(3, dtype=np.int64)).tolist() == [1000 * (2**31 - 1)] * 3
    assert narrowed(np.array([2**31], dtype=np.int64)).dtype == np.int64


@pytest.mark.parametrize("filters", [Filters(), Filters(keys={Grouping.THEME: frozenset({"1", "4"})})])
def test_figures_of_columns_of_32_bits_are_those_of_wider_ones(cube, filters):
    """Each row is near the most that 32 bits hold, so that whatever adds two of them in 32 bits is found."""
    frame, figures = cube.frame.copy(), []
    for name in ("quantity", "social_value", "real_pounds"):
        # What is nought stays nought: a commitment without a quantity has no year.
        frame[name] = np.where(frame[name] != 0, 2**31 - 1 - frame.index.to_numpy(), 0)
    for kind in (np.int32, np.int64, object):
        wide = replace(
            cube,
            frame=frame.astype(dict.fromkeys(("quantity", "social_value", "real_pounds"), kind)),
            kept_standings={},
            kept_outcomes=None,
            _positions={},
        )
        figures.append((overview.figures(wide, filters).portfolio, list(overview.lines(wide, filters))))
    assert figures[0][0].social_value > Decimal(2**31) / 100  # of pence
    assert figures[0] == figures[1] == figures[2]


def test_numbers_too_large_for_64_bits_stay_exact():
    assert whole_numbers([2**70, 1]).sum() == 2**70 + 1
    near = summable(np.array([2**62, 2**62, 2**62], dtype=np.int64))
    assert near.sum() == 3 * 2**62
    assert summable(np.array([5, 6], dtype=np.int64)).dtype == np.int64


@given(st.lists(st.tuples(st.integers(-(2**65), 2**65), st.integers(0, 10**6)), max_size=8))
@example([(2**63, 0)])
def test_products_and_their_sum_are_exact_at_any_size(pairs):
    numbers, factors = ([pair[side] for pair in pairs] for side in (0, 1))
    found = products(whole_numbers(numbers), whole_numbers(factors))
    assert found.tolist() == [number * factor for number, factor in pairs]
    assert int(pd.Series(found).sum()) == sum(number * factor for number, factor in pairs)


RATIOS = st.tuples(st.integers(-(10**9), 10**12), st.integers(1, 10**12))


@given(
    st.lists(st.tuples(st.integers(-(10**9), 10**9) | st.integers(-(2**66), 2**66), st.integers(0, 2)), max_size=6),
    st.lists(RATIOS, min_size=3, max_size=3),
)
def test_rounded_products_are_those_of_one_line_at_any_size(numbers, ratios):
    column, which = (
        whole_numbers([number for number, _ in numbers]),
        np.array([at for _, at in numbers], dtype=np.int64),
    )
    found = rounded_products(column, ratios, which).tolist()
    assert found == [divide_half_away(number * ratios[at][0], ratios[at][1]) for number, at in numbers]
    assert found == list(value_pence(((at, number) for number, at in numbers), ratios.__getitem__))


def test_half_a_penny_is_rounded_away_from_zero_in_64_bits():
    column = whole_numbers([1, -1, 3, -3, 2, 0])
    found = rounded_products(column, [(1, 2)], np.zeros(6, dtype=np.int64))
    assert (found.dtype, found.tolist()) == (np.int64, [1, -1, 2, -2, 1, 0])


@pytest.mark.parametrize(("number", "kind"), [(10**6, np.int64), (10**18, object)])
def test_products_take_64_bits_where_they_suffice(number, kind):
    assert products(whole_numbers([number]), whole_numbers([1000])).dtype == kind
