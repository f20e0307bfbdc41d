"""What was delivered of all contracts in columns is what each commitment comes to by itself, to the penny."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.build import D, edition, measure
from tomsapp.dashboards import exact
from tomsapp.dashboards.delivered import (
    ContractSums,
    DeliveredContract,
    DeliveredSource,
    calendar_of,
    delivered_sums,
)
from tomsapp.domain.contract_dates import contract_years
from tomsapp.domain.delivery.counting import Sums, Totals, count_pence, count_units, due_by_default
from tomsapp.domain.delivery.delivery import adds_up
from tomsapp.domain.delivery.quarters import contract_quarters
from tomsapp.domain.delivery.rating import Rating, rate
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.menu import Counts
from tomsapp.domain.money import from_scaled
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.value_factor import pence_per_scaled, value_factor

DATED = {
    "unit_values": tuple(UnitValue(D(f"{200 + year}.37"), D(200 + year), "2024", 2025 + year) for year in range(9))
}
MENU = replace(
    edition(
        measure("H", "226.53", Unit.HOURS),
        measure("J", "20202.725", Unit.FTE_JOBS, counts=Counts.FIRST_12_MONTHS),
        measure("O", "94.37", Unit.PEOPLE, counts=Counts.ONCE),
        measure("P", "4075.5", Unit.PERCENT),
        measure("Y", "100", Unit.YES_NO),
        measure("C", "1", Unit.POUNDS),
        measure("R", None, Unit.PEOPLE),
        measure("D", "200", Unit.WEEKS, **DATED),
    ),
    discount_rate=D("0.035"),
)
CODES = ["H", "J", "O", "P", "Y", "C", "R", "D", "GONE"]
SPANS = [
    (date(2026, 4, 1), date(2028, 3, 31)),
    (date(2026, 4, 1), date(2027, 5, 3)),
    (date(2024, 2, 29), date(2026, 12, 24)),
    (date(2026, 8, 1), date(2026, 8, 1)),
]
UNTIL = [date(2025, 1, 1), date(2026, 6, 30), date(2026, 9, 30), date(2027, 4, 30), date(2031, 1, 1)]
RULES = DeliveryRules()

units = st.one_of(st.integers(0, 90).map(lambda number: number * 10_000), st.integers(0, 10**6), st.just(0))


@st.composite
def claims(draw):
    """Claimed, evidenced, accepted, provisional and rejected, within their bounds."""
    claimed = draw(units)
    evidenced = draw(st.integers(0, claimed))
    accepted = draw(st.sampled_from([0, evidenced]) | st.integers(0, evidenced))
    rejected = draw(st.sampled_from([0, claimed - accepted]) | st.integers(0, claimed - accepted))
    return [claimed, evidenced, accepted, draw(st.sampled_from([0, accepted]) | st.integers(0, accepted)), rejected]


@st.composite
def lines(draw):
    """A commitment: measure, share, promises by year, plan and returns by year and quarter."""
    places = st.tuples(st.integers(0, 3), st.integers(1, 4))
    promised = draw(st.dictionaries(st.integers(0, 3), units | st.sampled_from([-50_000, 30_000]), max_size=4))
    plan = draw(st.dictionaries(places, units, max_size=3))
    if draw(st.booleans()):
        # One that fits what is promised.
        plan |= {(year, 2): quantity for year, quantity in promised.items() if quantity >= 0}
    return (
        draw(st.sampled_from(CODES)),
        draw(st.sampled_from([1_000_000, 500_000, 333_333])),
        promised,
        plan,
        draw(st.dictionaries(places, claims(), max_size=6)),
    )


contracts = st.lists(st.tuples(st.sampled_from(SPANS), st.booleans(), st.lists(lines(), max_size=4)), max_size=4)


def columns_of(made):
    """The parcels of `store.delivery_columns`, a few rows each; numbers of commitments are not those of their rows."""
    heads, quantities, plans, returned = [], [], [], []
    number = 0
    for contract, (_, _, own) in enumerate(made):
        for code, share, promised, plan, claimed in own:
            number += 3
            heads.append([number, contract * 2 + 5, share, code, ""])
            quantities += [[number, year, quantity] for year, quantity in promised.items()]
            plans += [[number, *place, quantity] for place, quantity in plan.items()]
            returned += [[number, *place, *each] for place, each in claimed.items()]
    # Of a commitment that is in no portfolio.
    quantities.append([1, 0, 70_000])
    returned.append([1, 0, 1, 50_000, 50_000, 20_000, 0, 0])
    return DeliveredSource(*map(parcels, (heads, quantities, plans, returned)))


def parcels(rows, many=3):
    parts = [rows[start : start + many] for start in range(0, len(rows), many)]
    return [tuple(json.dumps(column) for column in zip(*part, strict=True)) for part in parts]


def by_itself(span, own, until):
    """The same of one contract, commitment by commitment."""
    years = contract_years(*span)
    quarters = [[each for each in contract_quarters(*span) if each.quarter.year == year.index] for year in years]
    ended = [sum(each.ends_on <= until for each in own_quarters) for own_quarters in quarters]
    last_year = max((year for year, number in enumerate(ended) if number), default=0)
    pence, ratings, waiting, returned = [0] * len(Sums._fields), [], 0, False
    for code, share, promised, plan, claimed in own:
        waiting += sum(each[0] > each[2] + each[4] for each in claimed.values())
        place = MENU.places.get(code)
        if place is None:
            continue
        what, due = place.measure, []
        for year in range(len(years)):
            quantity, entries = promised.get(year, 0), {q: plan[y, q] for y, q in plan if y == year}
            if entries and sum(entries.values()) == quantity and max(entries) <= len(quarters[year]):
                due.append(sum(each for quarter, each in entries.items() if quarter <= ended[year]))
            else:
                due.append(due_by_default(what, quantity, 4, len(quarters[year]), ended[year]))
        counted, worth = line_by_itself(what, share, years, due, totals_of(what, claimed, ended), last_year)
        pence = [one + more for one, more in zip(pence, worth, strict=True)]
        is_told = any(y < len(years) and quarter <= ended[y] for y, quarter in claimed)
        returned |= is_told
        accepted, whole = from_scaled(counted.accepted, 4), from_scaled(counted.due, 4)
        ratings.append(rate(accepted, whole, RULES, is_silent=not is_told).rating)
    return ContractSums(Sums(*pence), tuple(ratings.count(word) for word in Rating), waiting, returned)


def totals_of(what, claimed, ended):
    of_year = []
    for year in range(len(ended)):
        rows = [(0, 0, 0, 0)]
        for (of, quarter), (said, shown, accepted, for_now, rejected) in claimed.items():
            if of == year and quarter <= ended[year]:
                standing = said - rejected
                rows.append((standing, min(shown, standing), accepted, accepted - for_now))
        of_year.append(Totals(*(sum(each) if adds_up(what) else max(each) for each in zip(*rows, strict=True))))
    return of_year


def line_by_itself(what, share, years, due, of_year, last_year):
    ratios = [ratio_of(what, share, year) for year in years]
    if what.unit.form is UnitForm.PERCENT:
        each = [
            (count_units([own], totals), count_pence([own], [ratio], totals, 0))
            for own, ratio, totals in zip(due, ratios, of_year, strict=True)
        ]
        counted, worth = (Sums(*map(sum, zip(*part, strict=True))) for part in zip(*each, strict=True))
    else:
        totals = Totals(*(sum(each) for each in zip(*of_year, strict=True)))
        counted, worth = count_units(due, totals), count_pence(due, ratios, totals, last_year)
    return (counted, worth) if adds_up(what) else (counted._replace(surplus=0), worth._replace(surplus=0))


def ratio_of(what, share, year):
    value = what.unit_value_in(year.starts_on.year)
    if value is None:
        return 0, 1
    return pence_per_scaled(value_factor(what, value.value, from_scaled(share, 6), year.index, MENU.discount_rate), 4)


def is_below_nought(span, own, until):
    """Whether less than nothing is due, which is told of by itself alone."""
    ended = calendar_of(*span, until)
    return any(
        code in MENU.places and promised.get(year, 0) < 0 and ended.ended[year] == ended.quarters[year]
        for code, _, promised, _, _ in own
        for year in range(len(ended.quarters))
    )


def in_columns(made, until, source=None):
    told = [
        DeliveredContract(number * 2 + 5, span[0], calendar_of(*span, until), MENU if is_read else None)
        for number, (span, is_read, _) in enumerate(made)
    ]
    return delivered_sums(told, source or columns_of(made), RULES)


@settings(max_examples=150)
@given(contracts, st.sampled_from(UNTIL))
def test_columns_are_what_each_commitment_comes_to(made, until):
    found = in_columns(made, until)
    assert len(found) == len(made)
    for (span, is_read, own), sums in zip(made, found, strict=True):
        if is_read and is_below_nought(span, own, until):
            assert sums is None
        elif is_read:
            assert sums == by_itself(span, own, until)
        else:
            assert (sums.pence, sums.ratings) == (Sums(0, 0, 0, 0, 0, 0), (0,) * len(Rating))


@settings(max_examples=40)
@given(contracts, st.sampled_from(UNTIL))
def test_sums_that_64_bits_do_not_hold_are_the_same(made, until):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "_MOST", 10)
        for (span, is_read, own), sums in zip(made, in_columns(made, until), strict=True):
            assert not is_read or sums in {None, by_itself(span, own, until)}


def test_numbers_near_the_end_of_64_bits_are_exact():
    most = 9 * 10**17
    own = [
        ("C", 1_000_000, {0: most, 1: most}, {}, {(0, 1): [most, most, most, 0, 0], (0, 2): [most, most, 7, 0, 0]})
    ] * 9
    made = [(SPANS[0], True, own)]
    (found,) = in_columns(made, UNTIL[-1])
    assert found == by_itself(SPANS[0], own, UNTIL[-1])
    assert found.pence.due > 10**17
    assert all(type(number) is int for number in found.pence)


def test_without_contracts_there_is_nothing():
    assert delivered_sums([], columns_of([]), RULES) == []
    nothing = DeliveredSource((), (), (), ())
    assert in_columns([(SPANS[0], True, [])], UNTIL[0], nothing) == [by_itself(SPANS[0], [], UNTIL[0])]


def test_a_rating_is_by_the_exact_share():
    own = [
        ("H", 1_000_000, {0: 1_000_000}, {}, {(0, 1): [each, each, each, 0, 0]}) for each in (849_999, 850_000, 500_000)
    ]
    (found,) = in_columns([(SPANS[0], True, own)], UNTIL[-1])
    assert dict(zip(Rating, found.ratings, strict=True)) == {
        Rating.GOOD: 0,
        Rating.APPROACHING_TARGET: 1,
        Rating.REQUIRES_IMPROVEMENT: 2,
        Rating.INADEQUATE: 0,
        Rating.OTHER: 0,
    }
    assert Decimal(found.pence.accepted) == sum(by_itself(SPANS[0], [each], UNTIL[-1]).pence.accepted for each in own)
