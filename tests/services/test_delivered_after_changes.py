"""What was delivered, read again after a change, is what everything read anew would be; filters, money and signals."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import begin, opened, promise, roads
from tests.services.deliveries import DECIDED_ON, Q1, Q2, begin_signed, claim, delivered, enter
from tests.services.test_delivery_totals_after_changes import CHANGES
from tomsapp.dashboards.delivery_rows import LAYERS
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.delivered_portfolio import HandedMoney, Signal
from tomsapp.domain.delivery.ledger import HandedOver
from tomsapp.domain.money import total
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.supplier import SupplierKind
from tomsapp.services import commitments, delivered_cube, overview, suppliers
from tomsapp.services.contract_facts import CONTRACT_FACTS
from tomsapp.services.contracts import add_contract
from tomsapp.services.delivered_beside import UNCHANGED, signed_beside_today
from tomsapp.services.delivered_signals import delivered_signals
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
from tomsapp.services.money import add_money
from tomsapp.services.overview_delivered import (
    day_at_first,
    delivered_figures,
    delivered_lines,
    lines_behind,
    load_delivered,
)
from tomsapp.services.suppliers import SUPPLIERS

UNTIL = date(2026, 12, 31)


@pytest.fixture
def server() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def _one_person_does_all(ann):
    before = RULES_OF_DELIVERY.get(ann, 1)
    RULES_OF_DELIVERY.save(ann, before, replace(before.record, may_accept_own=True))


def large(ann, made):
    supplier = suppliers.get_supplier(ann, made.supplier.id)
    SUPPLIERS.save(ann, supplier, replace(supplier.record, kind=SupplierKind.LARGE))


def part_of_a_project(ann, made):
    line = opened(ann, made.id).commitments[0]
    commitments.save_commitment(ann, made.id, line, replace(line.record, project="Lake path"), "Name the project")


MORE = {
    "supplier": lambda ann, made, _draft: large(ann, made),
    "manager": lambda ann, made, _draft: manage(ann, made),
    "money": lambda ann, made, _draft: hand_over(ann, made),
    "rules": lambda ann, _made, _draft: rule(ann),
    "project": lambda ann, _made, draft: part_of_a_project(ann, draft),
}


def manage(ann, made):
    page = opened(ann, made.id)
    CONTRACT_FACTS.save(ann, page.stored, replace(page.stored.record, contract_manager="Mo Ali"))


def hand_over(ann, made):
    page = delivered(ann, made)
    entry = HandedOver(date(2026, 7, 10), "Bridge Works", Decimal("250.00"), commitment=page.commitments[0].record.key)
    add_money(ann, page, entry, DECIDED_ON)


def rule(ann):
    before = RULES_OF_DELIVERY.get(ann, 1)
    RULES_OF_DELIVERY.save(ann, before, replace(before.record, good=Decimal("0.4"), approaching=Decimal("0.3")))


def told(loaded):
    """All that is read and all that is shown of it."""
    rows = loaded.rows
    columns = [rows.commitment, rows.quarter, rows.ends, rows.is_returned, *(layer.at for layer in rows.layers[1:])]
    columns += [rows.dense(*name) for names in LAYERS for name in names]
    lines = [replace(line, commitment="") for line in delivered_lines(loaded, Filters())]
    return [column.tolist() for column in columns], delivered_figures(loaded, Filters()), lines, loaded.people


def shown(loaded):
    """What is shown of quarters and years."""
    chosen = [(Grouping.QUARTER, "2026/27 Q1"), (Grouping.QUARTER, "2026/27 Q2"), (Grouping.YEAR, "2026/27")]
    return [delivered_figures(loaded, Filters().choosing(grouping, (key,))) for grouping, key in chosen]


@pytest.mark.parametrize("change", [*CHANGES, *MORE])
def test_after_a_change_it_is_what_reading_anew_gives(ann, change):
    made, other = begin_signed(ann, reference="One"), begin_signed(ann, reference="Other")
    for each in (made, other):
        enter(ann, each, claim(each.lines[0], Q1, "30"))
    draft = begin(ann, promise("V01", "7", "8"), reference="Draft")
    cube = overview.load_cube(ann)
    last = load_delivered(ann, UNTIL, cube)
    assert load_delivered(ann, UNTIL, cube, last=last) is last
    # What was shown before is worked out already, and taken over where it holds.
    before, shown_before = told(last), shown(last)
    (CHANGES | MORE)[change](ann, made, draft)
    after, anew = load_delivered(ann, UNTIL, cube, last=last), load_delivered(ann, UNTIL)
    assert told(after) == told(anew)
    assert shown(after) == shown(anew)
    assert (told(last), shown(last)) == (before, shown_before)
    assert after.change > last.change


def test_what_a_change_leaves_as_it_was_takes_no_new_memory(ann):
    made, other = begin_signed(ann, reference="One"), begin_signed(ann, reference="Other")
    for each in (made, other):
        enter(ann, each, claim(each.lines[0], Q1, "30"))
    last = load_delivered(ann, UNTIL)
    told(last), shown(last)
    enter(ann, made, claim(made.lines[0], Q2, "3"))
    after = load_delivered(ann, UNTIL, last.cube, last=last)
    assert after.cube.frame is last.cube.frame
    assert after.heads.are_as(last.heads)
    assert after.line is last.line
    assert after.year_labels is last.year_labels
    assert after.rows.dense("units", "due") is last.rows.dense("units", "due")
    assert after.rows.dense("units", "claimed").sum() > last.rows.dense("units", "claimed").sum()
    assert after.whole.column("pence", "due") is last.whole.column("pence", "due")
    assert after.whole.column("pence", "claimed") is not last.whole.column("pence", "claimed")
    assert after.units_of_years("due").units is last.units_of_years("due").units


def test_a_few_contracts_that_changed_are_read_and_no_others(ann, monkeypatch):
    made, other = begin_signed(ann, reference="One"), begin_signed(ann, reference="Other")
    last = load_delivered(ann, UNTIL)
    asked = []
    read = delivered_cube._Reading._rows
    monkeypatch.setattr(
        delivered_cube._Reading, "_rows", lambda self, numbers: [asked.append(numbers), read(self, numbers)][1]
    )
    enter(ann, made, claim(made.lines[0], Q1, "30"))
    load_delivered(ann, UNTIL, last.cube, last=last)
    assert asked == [frozenset({made.id})]
    assert other.id not in asked[0]
    monkeypatch.setattr(delivered_cube, "_MOST_ANEW", 0)
    enter(ann, made, claim(made.lines[0], Q2, "3"))
    load_delivered(ann, UNTIL, last.cube, last=last)
    assert asked[1:] == [None]


def test_filters_periods_and_lines_agree(ann):
    made = begin_signed(ann, promise("V01", "100", "100"), promise("V04", "40", "40", place="E05013632"), reference="A")
    enter(ann, made, claim(made.lines[0], Q1, "25"), claim(made.lines[1], Q2, "9"))
    loaded = load_delivered(ann, UNTIL)
    whole = delivered_figures(loaded, Filters())
    quarters = [
        delivered_figures(loaded, Filters().choosing(Grouping.QUARTER, (row.key,)))
        for row in whole.rows(Grouping.QUARTER)
    ]
    assert total(each.pounds.due for each in quarters) == whole.pounds.due
    assert [each.pounds.due for each in quarters] == [row.pounds.due for row in whole.rows(Grouping.QUARTER)]
    assert [each.before.due for each in quarters] == [row.before.due for row in whole.rows(Grouping.QUARTER)]
    ward = Filters().choosing(Grouping.WARD, ("E05013632",))
    part = delivered_figures(loaded, ward)
    assert (part.commitments, part.is_part, part.contracts) == (1, True, 1)
    assert part.pounds == next(row.pounds for row in whole.rows(Grouping.WARD) if row.key == "E05013632")
    assert total(line.pounds.due for line in delivered_lines(loaded, ward)) == part.pounds.due
    year = Filters().choosing(Grouping.YEAR, ("2027/28",))
    assert delivered_figures(loaded, year).pounds.due == 0
    assert delivered_figures(loaded, year).pounds.committed == whole.pounds.committed / 2
    assert delivered_figures(loaded, Filters(contracts=frozenset({99}))).pounds.is_nothing
    words, lines = lines_behind(loaded, ward, "claimed")
    assert words.startswith("Until 31 December 2026; Ward ")
    assert [line.units.claimed for line in lines] == [9]
    assert lines_behind(loaded, Filters(), "real claimed")[1][0].real.claimed == 25


def test_money_stands_apart_and_in_its_period(ann):
    made = begin_signed(ann, reference="A")
    hand_over(ann, made)
    page = delivered(ann, made)
    entry = HandedOver(date(2026, 10, 3), "Bridge Works", Decimal("50.00"), "Food bank", date(2026, 11, 3), "R1")
    add_money(ann, page, entry, DECIDED_ON if date(2026, 11, 3) < DECIDED_ON else date(2026, 12, 1))
    loaded = load_delivered(ann, UNTIL)
    figures = delivered_figures(loaded, Filters())
    assert figures.money == HandedMoney(Decimal("300.00"), Decimal("50.00"), Decimal("250.00"), 2)
    third = delivered_figures(loaded, Filters().choosing(Grouping.QUARTER, ("2026/27 Q3",)))
    assert third.money == HandedMoney(Decimal("50.00"), Decimal("50.00"), Decimal("250.00"), 1)
    part = delivered_figures(loaded, Filters().choosing(Grouping.THEME, tuple("123456")))
    assert part.money.received == 250


def test_signals_tell_what_is_late_lacks_evidence_or_was_never_chosen(ann):
    made = begin_signed(ann, reference="A")
    enter(ann, made, claim(made.lines[0], Q1, "1", evidenced=Decimal(0)))
    loaded = load_delivered(ann, UNTIL)
    found = {each.signal: each for each in delivered_signals(ann, loaded, Filters(), date(2027, 3, 1))}
    assert found[Signal.OVERDUE].number == 2
    assert found[Signal.OVERDUE].words == "2 returns are late"
    assert found[Signal.OVERDUE].detail.startswith("Oldest: ")
    assert found[Signal.AT_RISK].number == 1
    assert found[Signal.BELOW].words == "1 contract under 85%"
    assert found[Signal.WITHOUT_EVIDENCE].words == "1 claim lacks evidence"
    assert {key for key, _ in found[Signal.NEVER_DELIVERED].measures} == {line.record.measure for line in made.lines}
    chosen = {each.key for each in signed_beside_today(loaded, Filters())}
    assert chosen.isdisjoint(key for key, _ in found[Signal.NEVER_CHOSEN].measures)
    assert {each.why for each in signed_beside_today(loaded, Filters())} == {UNCHANGED}
    add_contract(ann, roads("BIG", value=Decimal("9000000.00")), made.supplier.id)
    again = delivered_signals(ann, load_delivered(ann, UNTIL), Filters(), date(2026, 12, 1))
    assert again[-1].signal is Signal.WITHOUT_COMMITMENTS
    assert again[-1].words == "1 contract over the threshold without commitments"
    assert again[-1].detail == "Largest: £9,000,000.00"


def test_nothing_is_told_of_an_empty_database(ann):
    loaded = load_delivered(ann, UNTIL)
    figures = delivered_figures(loaded, Filters())
    assert figures.pounds.is_nothing
    assert figures.contracts == figures.commitments == 0
    assert list(delivered_lines(loaded, Filters().choosing(Grouping.THEME, ("1",)))) == []
    assert [each.signal for each in delivered_signals(ann, loaded, Filters(), UNTIL)] in ([], [Signal.NEVER_CHOSEN])
    assert signed_beside_today(loaded, Filters()) == ()
    assert day_at_first(date(2026, 11, 30)) == date(2026, 9, 30)
