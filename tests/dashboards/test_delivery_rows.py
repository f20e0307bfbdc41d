"""What quarters add in columns is what `value_delivered` says of each commitment and quarter, to the penny."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dashboards.test_delivered import MENU, UNTIL, columns_of, contracts
from tomsapp.dashboards import delivery_pools
from tomsapp.dashboards.cube import LineSource, build_cube
from tomsapp.dashboards.delivered_columns import columns_of as read
from tomsapp.dashboards.delivery_build import Returned, build_rows
from tomsapp.dashboards.delivery_heads import Heads, number_of, quarter_at
from tomsapp.dashboards.delivery_rows import LAYERS, STATES, Rows, rows_of
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.contract_dates import contract_years
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.delivery import Delivery, state_of
from tomsapp.domain.delivery.figures import NOT_COUNTED, State
from tomsapp.domain.delivery.plan import PlanEntry, plan_in_force
from tomsapp.domain.delivery.quarters import FinancialQuarter, Quarter
from tomsapp.domain.money import from_scaled, to_scaled

STATES_OF = (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED, State.FINAL)


def portfolio_contract(number, span, is_read):
    years = len(contract_years(*span))
    edition = MENU if is_read else None
    return PortfolioContract(
        number,
        f"C{number}",
        "Works",
        None,
        "",
        Decimal(1000),
        *span,
        years,
        Fraction(years),
        ContractStatus.SIGNED,
        edition,
        1,
    )


def in_columns(made, until):
    source = columns_of(made)
    told = [portfolio_contract(place * 2 + 5, span, is_read) for place, (span, is_read, _) in enumerate(made)]
    lines = LineSource(commitments=source.commitments, quantities=source.quantities)
    cube = build_cube(told, lines, lambda place: place)
    returned = Returned(read(source.deliveries, 8), read(source.plans, 4))
    return cube, build_rows(Heads.of(cube), returned, until)


def by_itself(span, own, first, until):
    """Each commitment and quarter of a contract, with what it adds: units and pence of each state, and real pence."""
    contract = Contract("C", Decimal(1000), *span)
    years = len(contract.years)
    commitments, entries, deliveries = [], [], []
    for place, (code, share, promised, plan, claims) in enumerate(own, start=1):
        key = str(first + 3 * place)
        quantities = tuple(from_scaled(promised[year], 4) if year in promised else None for year in range(years))
        commitments.append(Commitment(key, code, quantities, from_scaled(share, 6)))
        entries += [PlanEntry(key, Quarter(year, number), from_scaled(q, 4)) for (year, number), q in plan.items()]
        for (year, number), scaled in claims.items():
            facts = [from_scaled(each, 4) for each in scaled]
            state = state_of(facts[0], facts[2], facts[4])
            deliveries.append(Delivery(key, Quarter(year, number), facts[0], date(2027, 1, 5), *facts[1:], state))
    plan = plan_in_force(contract, MENU, commitments, entries)
    figures = value_delivered(contract, MENU, commitments, plan, deliveries, (), until)
    found = {}
    for line in figures.lines:
        for place, each in enumerate(each for each in line.quarters if each.is_due):
            counted = [each.of(state) for state in STATES_OF]
            counted.append(line.surplus_by_quarter[place] if line.surplus_by_quarter else NOT_COUNTED)
            units, pence = [to_scaled(of.units, 4) for of in counted], [to_scaled(of.pounds, 2) for of in counted]
            for column in (units, pence):
                column[4] = column[3] - column[4]
            row = units, pence, each.delivery is not None
            if any(map(any, row[:2])) or row[2]:
                found[int(line.commitment.key), each.quarter.quarter] = row
    return figures, found


def is_below_nought(own, span):
    years = len(contract_years(*span))
    return any(
        code in MENU.places and promised.get(year, 0) < 0 for code, _, promised, _, _ in own for year in range(years)
    )


@settings(max_examples=120, deadline=None)
@given(contracts, st.sampled_from(UNTIL))
def test_what_quarters_add_is_what_each_commitment_says(made, until):
    cube, built = in_columns(made, until)
    rows = built.rows
    places = [divmod(number, 4) for number in rows.quarter.tolist()]
    units, pence = (
        list(zip(*(rows.dense(kind, name).tolist() for name in STATES), strict=True)) for kind in ("units", "pence")
    )
    found = {
        (commitment, Quarter(year, rest + 1)): (list(units[at]), list(pence[at]), returned)
        for at, (commitment, (year, rest), returned) in enumerate(
            zip(rows.commitment.tolist(), places, rows.is_returned.tolist(), strict=True)
        )
    }
    first = 0
    for place, (span, is_read, own) in enumerate(made):
        numbers = {first + 3 * each for each in range(1, len(own) + 1)}
        mine = {key: row for key, row in found.items() if key[0] in numbers}
        if not is_read:
            assert not mine
        elif is_below_nought(own, span):
            assert place in built.alone or not own
        else:
            figures, wanted = by_itself(span, own, first, until)
            assert mine == wanted
            surplus = sum(row[1][5] for row in mine.values())
            assert from_scaled(surplus, 2) == figures.pounds.surplus
        first += 3 * len(own)
    assert cube.frame["commitment"].is_monotonic_increasing


@settings(max_examples=25, deadline=None)
@given(contracts, st.sampled_from(UNTIL))
def test_numbers_too_large_for_64_bits_come_to_the_same(made, until):
    _, plain = in_columns(made, until)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery_pools, "_MOST", 1)
        patch.setattr("tomsapp.dashboards.exact._IN_32_BITS", 0)
        patch.setattr("tomsapp.dashboards.exact._MOST", 1)
        _, wide = in_columns(made, until)
    assert wide.alone == plain.alone
    assert same(wide.rows, plain.rows)


@settings(max_examples=25, deadline=None)
@given(contracts, st.sampled_from(UNTIL))
def test_parts_of_few_commitments_come_to_the_same(made, until):
    _, whole = in_columns(made, until)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tomsapp.dashboards.delivery_build._AT_ONCE", 2)
        _, parts = in_columns(made, until)
    assert same(parts.rows, whole.rows)
    evens = whole.rows.commitment % 2 == 0
    assert same(Rows.joined([whole.rows.where(evens), whole.rows.where(~evens)]), whole.rows)


@settings(max_examples=25, deadline=None)
@given(contracts, contracts, st.sampled_from(UNTIL), st.data())
def test_rows_put_in_the_place_of_others_are_what_joining_them_makes(made, other, until, data):
    old, new = in_columns(made, until)[1].rows, in_columns(other, until)[1].rows
    gone = np.array(data.draw(st.lists(st.booleans(), min_size=len(old.owners), max_size=len(old.owners))), dtype=bool)
    come = new.of_owners(~np.isin(new.owners, old.owners[~gone])) if len(new) else new
    before = copied(old)
    found = old.exchanged(gone, come)
    assert same(old, before)
    assert same(found, Rows.joined([copied(old).of_owners(~gone) if len(old) else old, copied(come)]))


@settings(max_examples=25, deadline=None)
@given(contracts, st.sampled_from(UNTIL), st.data())
def test_columns_in_which_nothing_changes_are_the_ones_of_before(made, until, data):
    rows = in_columns(made, until)[1].rows
    gone = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(rows.owners), max_size=len(rows.owners))), dtype=bool
    )
    found = rows.exchanged(gone, rows.of_owners(gone) if len(rows) else rows)
    assert all(
        mine.columns[name] is its.columns[name]
        for mine, its in zip(found.layers, rows.layers, strict=True)
        for name in its.columns
    )
    assert all(getattr(found, name) is getattr(rows, name) for name in ("owners", "many", "quarter", "ends"))
    assert all(mine.at is its.at for mine, its in zip(found.layers, rows.layers, strict=True))


def copied(rows):
    return rows.where(np.ones(len(rows), dtype=bool)) if len(rows) else rows


def same(one, other):
    columns = [(getattr(one, name), getattr(other, name)) for name in ("commitment", "quarter", "ends", "is_returned")]
    columns += [(one.dense(*name), other.dense(*name)) for names in LAYERS for name in names]
    columns += [(mine.at, its.at) for mine, its in zip(one.layers[1:], other.layers[1:], strict=True)]
    return all(mine.tolist() == its.tolist() for mine, its in columns)


def test_nothing_is_no_rows():
    assert len(rows_of(())) == len(Rows.joined([])) == 0


def test_quarters_are_numbers_and_back():
    assert number_of(FinancialQuarter("2026/27", 3)) == 2026 * 4 + 2
    assert quarter_at(1999 * 4 + 3) == FinancialQuarter("1999/00", 4)
