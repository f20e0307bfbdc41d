"""What was delivered of all contracts at once is what each says when it is opened, quarter by quarter."""

import gc
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from weakref import ref

import pytest

from tests.services import varied
from tests.services.council import begin, promise
from tests.services.deliveries import Q1, begin_signed, claim, delivered, enter
from tests.services.test_delivery_totals import LINES, deliver, plan_it, substitute
from tomsapp.dashboards.delivery_figures import LookedAt
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.delivered_portfolio import STATE_NAMES, StatePounds
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.money import total
from tomsapp.domain.portfolio import BY_TIME, OVERLAPPING, Grouping
from tomsapp.services import overview, overview_delivered
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
from tomsapp.services.overview_delivered import delivered_figures, delivered_lines, load_delivered

UNTIL = (date(2026, 4, 2), date(2026, 6, 30), date(2026, 12, 31), date(2027, 9, 30), date(2030, 1, 1))


@pytest.fixture
def server() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def _one_person_does_all(ann):
    before = RULES_OF_DELIVERY.get(ann, 1)
    RULES_OF_DELIVERY.save(ann, before, replace(before.record, may_accept_own=True))


def contracts_of_every_sort(ann):
    """Contracts with claims at random: decided or not, planned, short, per pound, varied, and with a substitute."""
    dice = random.Random(9)
    made = [begin_signed(ann, *LINES, reference=f"R{number}") for number in range(3)]
    made.append(begin_signed(ann, *LINES, reference="Short", end_on=date(2027, 5, 3)))
    for each in made:
        deliver(ann, each, dice)
    plan_it(ann, made[0])
    spend = (YearSpend(0, Decimal(9_000_000)), YearSpend(1, Decimal(4_000_000)))
    per_pound = Commitment("", "S08", statement="We do", rate=Rate(Decimal(2), Decimal(1_000_000)))
    made.append(begin_signed(ann, per_pound, reference="Rate", kind=ContractKind.FRAMEWORK, spend=spend))
    enter(ann, made[-1], claim(made[-1].lines[0], Q1, "9"))
    made.append(varied.extended(ann))
    made.append(substitute(ann))
    begin(ann, promise("V01", "1", "1"), reference="Draft")
    return made


def states(amounts, committed):
    """The figures of a contract by itself, as totals have them."""
    names = [name for name in STATE_NAMES if name != "committed"]
    return StatePounds(committed, *(getattr(amounts, name) for name in names))


def by_quarter(page):
    """What each quarter of a contract by itself adds, by commitment and quarter: units and pounds of each state."""
    found = {}
    for line in page.delivered.lines:
        for each in line.quarters:
            counted = [each.of(state) for state in (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED)]
            if any(of.units or of.pounds for of in counted):
                found[line.commitment.key, each.quarter.quarter] = [(of.units, of.pounds) for of in counted]
    return found


def test_totals_and_lines_are_those_of_each_contract(ann):
    made = contracts_of_every_sort(ann)
    cube = overview.load_cube(ann)
    for until in UNTIL:
        loaded = load_delivered(ann, until, cube)
        for each in made:
            page = delivered(ann, each, until)
            figures = delivered_figures(loaded, Filters(contracts=frozenset({each.id})))
            told = page.delivered
            assert figures.pounds == states(told.pounds, told.promised_pounds), (page.contract.reference, until)
            assert figures.ratings == told.ratings
            assert figures.real.due == told.real_due
            assert figures.real.accepted == told.real_accepted
            assert figures.real.committed == told.real_promised
            lines = list(delivered_lines(loaded, Filters(contracts=frozenset({each.id}))))
            found = {
                (line.commitment, line.quarter): [
                    (getattr(line.units, name), getattr(line.pounds, name))
                    for name in ("due", "claimed", "evidenced", "accepted")
                ]
                for line in lines
            }
            wanted = by_quarter(page)
            assert {key: row for key, row in found.items() if any(map(any, row))} == wanted
    assert any(line.pounds.provisional for line in delivered_lines(loaded, Filters()))
    assert any(line.pounds.surplus for line in delivered_lines(loaded, Filters()))


YEAR = Filters(keys={Grouping.YEAR: frozenset({"2026/27"})})


@pytest.mark.parametrize("filters", [Filters(), YEAR, Filters(keys={Grouping.QUARTER: frozenset({"2026/27 Q3"})})])
def test_what_nobody_looks_at_any_more_is_gone_at_once(ann, filters):
    """Garbage is looked for seldom, and millions of rows would stay in memory until then."""
    contracts_of_every_sort(ann)
    cube = overview.load_cube(ann)
    loaded = load_delivered(ann, UNTIL[3], cube)
    gc.collect()
    gc.disable()
    try:
        at = LookedAt(loaded, filters)
        assert dict(at.columns())
        delivered_figures(loaded, filters)
        watched = ref(at), ref(loaded)
        del at, loaded
        assert [each() for each in watched] == [None, None]
    finally:
        gc.enable()


def test_sums_of_what_is_gone_say_so(ann):
    contracts_of_every_sort(ann)
    sums = load_delivered(ann, UNTIL[3], overview.load_cube(ann)).whole
    with pytest.raises(ReferenceError):
        sums.column("pence", "surplus")


def test_every_grouping_and_the_lines_come_to_the_total(ann):
    contracts_of_every_sort(ann)
    loaded = load_delivered(ann, date(2027, 9, 30))
    figures = delivered_figures(loaded, Filters())
    lines = list(delivered_lines(loaded, Filters()))
    for name in STATE_NAMES:
        whole, real = getattr(figures.pounds, name), getattr(figures.real, name)
        for grouping, rows in figures.tables:
            if grouping in OVERLAPPING or (grouping in BY_TIME and name == "committed"):
                continue
            assert total(getattr(row.pounds, name) for row in rows) == whole, (grouping, name)
            assert total(getattr(row.real, name) for row in rows) == real, (grouping, name)
        if name != "committed":
            assert total(getattr(line.pounds, name) for line in lines) == whole
            assert total(getattr(line.real, name) for line in lines) == real
    assert overview_delivered.choices(loaded).keys() >= {grouping for grouping, _ in figures.tables}
