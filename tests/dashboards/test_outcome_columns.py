"""The employment outcomes of many contracts in columns are those of each contract by itself."""

from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.build import D, edition, measure
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.outcome_columns import outcome_columns
from tomsapp.dashboards.outcomes import Told, job_sum
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup
from tomsapp.domain.people import count_people_once, more_than_once
from tomsapp.domain.units import Unit

CODES = "ABCDEFGH"
OUTCOMES = {"A": "1", "B": "1", "C": "0.5", "D": "1", "E": "0.25", "F": "1", "G": "1", "H": "0.3"}
YEARS = {"B", "F"}
ONCE = {"A", "D", "F", "G"}
GROUPS = (
    # A, B and C are each a rival of each other, D and E are linked to F alone; G and H have none.
    ExclusionGroup("all", Clash.DECLARE, "person", tuple("ABC"), "One job"),
    ExclusionGroup("some", Clash.DECLARE, "person", ("F",), "One job", tuple("DE")),
)
MENU = edition(
    *(
        measure(
            code,
            None,
            Unit.FTE_YEARS if code in YEARS else Unit.PEOPLE,
            employment_outcome=D(OUTCOMES[code]),
            counts=Counts.ONCE if code in ONCE else Counts.EACH_YEAR,
        )
        for code in CODES
    ),
    measure("W", None, Unit.WEEKS),
    groups=GROUPS,
)
MEASURES = [PortfolioMeasure(MENU, MENU.places[code]) for code in (*CODES, "W")]
SHARES = [1_000_000, 250_000, 333_333, 0]
LENGTHS = [Fraction(1), Fraction(3, 2), Fraction(547, 365)]
PAIRS = st.sets(st.sampled_from([*map(frozenset, ("AB", "DF", "BC", "A", "D", "F", "G"))]), max_size=3).map(frozenset)
TOLD = st.builds(Told, PAIRS, PAIRS) | st.just(Told())
SIZES = st.sampled_from([1, 10_000, 10**14, 10**17])

rows = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, len(MEASURES) - 1),
        st.integers(0, len(SHARES) - 1),
        st.integers(-1, 9),
        st.integers(-1, 2),
    ),
    max_size=30,
)


def contracts(lengths):
    day = date(2026, 4, 1)
    return {
        place: PortfolioContract(
            place, f"C{place}", "", None, "", D(0), day, day, 1, length, ContractStatus.DRAFT, MENU, 1
        )
        for place, length in enumerate(lengths)
    }


def by_itself(lines, size, length, told):
    """The outcomes of one contract by the domain's own rule, and by measure; each line is one of the contract."""
    outcomes, parts = {}, {}
    for number, share, quantity, _ in sorted(lines, key=lambda line: line[:2]):
        code = (*CODES, "W")[number]
        if code in OUTCOMES:
            part = Fraction(quantity * size, 10_000) * Fraction(SHARES[share], 1_000_000) * Fraction(OUTCOMES[code])
            parts.setdefault(code, []).append(part / length if code in YEARS else part)
            outcomes[code] = sum(parts[code], Fraction(0))
    again = {code: more_than_once(own) for code, own in parts.items() if code in ONCE}
    repeated = {code: number for code, number in again.items() if number}
    people = count_people_once(MENU, outcomes, told.declared, told.same, repeated)
    left_out = {code for overlap in people.overlaps for code in overlap.not_counted}
    counted = {code: number - people.repeated.get(code, 0) for code, number in outcomes.items() if code not in left_out}
    return people, counted


def added(parts):
    found = {}
    for each in parts:
        for code, number in each.items():
            found[code] = found.get(code, Fraction(0)) + number
    return {CODES.index(code): number for code, number in found.items() if number}


@settings(max_examples=150)
@given(rows, SIZES, st.lists(st.sampled_from(LENGTHS), min_size=4, max_size=4), st.lists(TOLD, min_size=4, max_size=4))
def test_columns_are_each_contract_by_itself(lines, size, lengths, told):
    frame = pd.DataFrame(
        {
            name: np.array([line[at] for line in lines], dtype=np.int64)
            for at, name in enumerate(("contract", "measure", "share"))
        }
    )
    frame["commitment"], frame["year"] = range(len(lines)), [line[4] for line in lines]
    quantities = [line[3] * size for line in lines]
    frame["quantity"] = np.array(quantities, dtype=np.int64 if size < 10**17 else object)
    columns = outcome_columns(contracts(lengths), MEASURES, SHARES, frame, dict(enumerate(told)))
    alone = [
        by_itself([line[1:] for line in lines if line[0] == place], size, lengths[place], told[place])
        for place in range(4)
    ]
    totals, parts = columns.by_contract(), columns.parts_of(range(4))
    for place, (people, _) in enumerate(alone):
        if place in totals:
            assert (totals[place].total, totals[place].left_out) == (people.outcomes, people.left_out)
        assert parts[place].total(lengths[place]) == people.outcomes
        terms = job_sum(MENU, parts[place], lengths[place])
        assert (terms.total, terms.left_out) == (people.outcomes, people.left_out)
    expected = added(counted for _, counted in alone)
    assert {place: number for place, number in columns.by_measure().items() if number} == expected
    assert (columns.total(), columns.left_out()) == (
        sum(people.outcomes for people, _ in alone),
        sum(people.left_out for people, _ in alone),
    )
    if not any(each.same for each in told):
        assert sum(columns.left_out_by_measure().values()) == columns.left_out()
    if len(columns.weighed):
        # 64 bits where they suffice, Python's numbers where not: both come to the same.
        assert (columns.weighed.dtype == object) is (size > 10_000)


@settings(max_examples=60)
@given(rows, SIZES, st.lists(st.sampled_from(LENGTHS), min_size=4, max_size=4))
def test_some_moved_and_joined_with_others_are_as_if_all_were_read_at_once(lines, size, lengths):
    """With another share and more measures, so that they are weighed anew."""

    def columns(chosen, measures, shares, moved=0):
        own = [line for line in lines if line[0] in chosen]
        frame = pd.DataFrame(
            {
                "contract": np.array([line[0] + moved for line in own], dtype=np.int64),
                "measure": np.array([line[1] for line in own], dtype=np.int64),
                "share": np.array([line[2] for line in own], dtype=np.int64),
                "quantity": np.array([line[3] * size for line in own], dtype=object),
                "commitment": np.array([lines.index(line) for line in own], dtype=np.int64),
                "year": np.array([line[4] for line in own], dtype=np.int64),
            }
        )
        owners = {place + moved: contract for place, contract in contracts(lengths).items() if place in chosen}
        return outcome_columns(owners, measures, shares, frame, {})

    more = [*SHARES, 1]
    first = columns({0, 1, 2}, MEASURES, SHARES).moved(np.array([5, -1, 7]), MEASURES, more)
    joined = first.joined(columns({3}, MEASURES, more, 5))
    whole = columns({0, 2, 3}, MEASURES, more, 5)
    assert joined.by_contract() == whole.by_contract()
    assert joined.by_measure() == whole.by_measure()
    assert joined.of_contracts(np.arange(9) == 8).total() == whole.of_contracts(np.arange(9) == 8).total()
