"""What is read again after a change, and put in the place of what it was, is what everything read anew would be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services import varied
from tests.services.council import begin, opened, promise, sign
from tests.services.deliveries import DECIDED_ON, Q1, Q2, accepting, begin_signed, claim, delivered, enter, said
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import ContractKind
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rating import Rating
from tomsapp.services import contracts, delivery_totals
from tomsapp.services.delivery_decisions import decide
from tomsapp.services.delivery_plan_acts import seal_plan
from tomsapp.services.delivery_plans import save_plan
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
from tomsapp.services.delivery_totals import delivered_totals
from tomsapp.store.line_columns import parcels

K = DeliveryActKind
UNTIL = date(2026, 12, 31)


@pytest.fixture
def rows_read(monkeypatch):
    """What is read as columns, parcel by parcel: of which contracts."""
    asked = []

    def watched(connection, name, columns, rows, contract_ids=None):
        asked.append(contract_ids)
        return parcels(connection, name, columns, rows, contract_ids)

    for module in ("line_columns", "delivery_columns"):
        monkeypatch.setattr(f"tomsapp.store.{module}.parcels", watched)
    return asked


@pytest.fixture(autouse=True)
def _one_person_does_all(ann):
    before = RULES_OF_DELIVERY.get(ann, 1)
    RULES_OF_DELIVERY.save(ann, before, replace(before.record, may_accept_own=True))


def reject_all(ann, made):
    (held, *_) = delivered(ann, made).deliveries
    decide(ann, delivered(ann, made), [said(K.REJECT, delivery=held.id, quantity=held.record.claimed)], DECIDED_ON)


def accept_all(ann, made):
    (held, *_) = delivered(ann, made).deliveries
    decide(ann, delivered(ann, made), [accepting(held)], DECIDED_ON)


def plan_it(ann, made):
    page = delivered(ann, made)
    key = page.commitments[1].record.key
    entries = [(None, PlanEntry(key, Quarter(0, n), Decimal(q))) for n, q in enumerate((0, 40, 0, 0), 1)]
    save_plan(ann, page, entries)
    for kind in (K.PROPOSE_PLAN, K.ACCEPT_PLAN):
        seal_plan(ann, delivered(ann, made), said(kind), DECIDED_ON)


def vary(ann, made):
    page = varied.drafted(ann, made.id)
    line = varied.with_quantity(page.opened.commitments[0].record, 1, "160", 2)
    draft = replace(page.stored.record, reason=varied.REASON, effective_on=date(2026, 10, 1)).with_line(line)
    varied.save_draft(ann, page.stored, draft, made.id)
    varied.sign_variation(ann, made.id)


CHANGES = {
    "claim": lambda ann, made, _draft: enter(ann, made, claim(made.lines[1], Q2, "7")),
    "accept": lambda ann, made, _draft: accept_all(ann, made),
    "reject": lambda ann, made, _draft: reject_all(ann, made),
    "plan": lambda ann, made, _draft: plan_it(ann, made),
    "vary": lambda ann, made, _draft: vary(ann, made),
    "sign": lambda ann, _made, draft: sign(ann, draft.id),
    "delete": lambda ann, _made, draft: contracts.delete_contract(ann, opened(ann, draft.id)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_only_what_changed_is_read(ann, rows_read, change):
    made, other = begin_signed(ann, reference="One"), begin_signed(ann, reference="Other")
    for each in (made, other):
        enter(ann, each, claim(each.lines[0], Q1, "30"))
    draft = begin(ann, promise("V01", "7", "8"), reference="Draft")
    last = delivered_totals(ann, UNTIL)
    assert set(last) == {made.id, other.id}
    CHANGES[change](ann, made, draft)
    rows_read.clear()
    after = delivered_totals(ann, UNTIL, last)
    assert rows_read
    assert None not in rows_read
    assert all(other.id not in asked for asked in rows_read)
    assert after == delivered_totals(ann, UNTIL)
    assert (after == last) is (change in {"delete", "vary"}), "It varies the second year"
    assert after[other.id] is last[other.id]
    assert (after.until, after.change > last.change) == (UNTIL, True)


def test_without_a_change_nothing_is_read(ann, rows_read):
    begin_signed(ann)
    last = delivered_totals(ann, UNTIL)
    rows_read.clear()
    assert delivered_totals(ann, UNTIL, last) == last
    assert rows_read == []


def test_another_day_other_rules_and_very_many_changes_are_read_anew(ann, rows_read, monkeypatch):
    made = begin_signed(ann)
    enter(ann, made, claim(made.lines[0], Q1, "30"))
    accept_all(ann, made)
    last = delivered_totals(ann, UNTIL)
    rows_read.clear()
    assert delivered_totals(ann, date(2026, 6, 30), last)[made.id].pounds.due < last[made.id].pounds.due
    assert set(rows_read) == {None}
    before = RULES_OF_DELIVERY.get(ann, 1)
    RULES_OF_DELIVERY.save(
        ann, before, replace(before.record, good=Decimal("0.4"), approaching=Decimal("0.3"), improvement=Decimal("0.2"))
    )
    rows_read.clear()
    after = delivered_totals(ann, UNTIL, last)
    assert set(rows_read) == {None}
    assert (last[made.id].ratings[Rating.GOOD], after[made.id].ratings[Rating.GOOD]) == (0, 1)
    monkeypatch.setattr(delivery_totals, "_MOST_ANEW", 0)
    enter(ann, made, claim(made.lines[1], Q1, "3"))
    rows_read.clear()
    assert delivered_totals(ann, UNTIL, after)[made.id].waiting == 1
    assert set(rows_read) == {None}


def test_a_promise_per_pound_counts_before_anything_is_spent(ann):
    per_pound = Commitment("", "S08", statement="We do", rate=Rate(Decimal(2), Decimal(1_000_000)))
    made = begin_signed(ann, per_pound, promise("V01", "5", "5"), reference="Rate", kind=ContractKind.FRAMEWORK)
    assert made.contract.record.spend == ()
    enter(ann, made, claim(delivered(ann, made).commitments[0], Q1, "9"))
    found, page = delivered_totals(ann, UNTIL)[made.id], delivered(ann, made, UNTIL)
    assert (found.ratings, found.waiting) == (page.delivered.ratings, 1)
    assert sum(found.ratings.values()) == 2


def test_contracts_that_cannot_be_read_are_left_out(ann, monkeypatch):
    made, other = begin_signed(ann, reference="One"), begin_signed(ann, reference="Other")
    assert set(delivered_totals(ann, UNTIL)) == {made.id, other.id}
    read = ann.edition
    monkeypatch.setattr(type(ann), "edition", lambda _self, menu, _edition: read(menu, "none such"))
    assert delivered_totals(ann, UNTIL) == {}
