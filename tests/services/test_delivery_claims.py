"""What was returned is entered, changed and removed, and nothing that was decided is touched."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services import varied
from tests.services.council import ActKind, begin, opened, promise, seal, sign, what_happened
from tests.services.deliveries import Q1, Q2, UNTIL, begin_signed, claim, delivered, enter
from tomsapp.domain.delivery.at_risk import Sign
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rules import DELIVERY_RULES
from tomsapp.services import delivery_claims, edits
from tomsapp.services.delivery_claims import save_claim, save_claims
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
from tomsapp.services.failures import EditConflict, NotFound, StoreError

LATER = date(2026, 12, 1)


@pytest.fixture
def made(ann):
    return begin_signed(ann)


def test_nothing_is_delivered_at_first_and_the_plan_is_by_default(ann, made):
    page = delivered(ann, made)
    assert (page.deliveries, page.acts, page.plan_version) == ((), (), 0)
    cash, hours = page.delivered.lines
    assert (cash.units.due, hours.units.due) == (Decimal(50), Decimal(20))
    assert page.until == UNTIL
    assert page.is_open


def test_claims_are_saved_together_and_read_with_their_figures(ann, bob, made):
    cash, hours = made.lines
    saved = enter(ann, made, claim(cash), claim(hours, Q2, "10", evidenced=Decimal(4)))
    page = delivered(bob, made)
    assert page.deliveries == saved
    assert page.entered_by == {each.id: "Ann" for each in saved}
    assert page.find(hours.record.key, Q2) == saved[1]
    assert page.find(hours.record.key, Q1) is None
    line = page.delivered.lines[1]
    assert (line.units.claimed, line.units.evidenced, line.units.accepted) == (10, 4, 0)
    assert ("Ann", "Enter the return of 2 quarters for C1", "delivery", "added") in what_happened(ann, made.id)


def test_undo_takes_a_claim_away_and_redo_brings_it_back(ann, made):
    page = delivered(ann, made)
    done = save_claim(ann, page, None, claim(made.lines[0]))
    assert done.edit.label == "Enter the return of Q1 (Apr to Jun 2026) of V01 for C1"
    changes = edits.undo(ann, done.edit)
    assert changes.contracts == {made.id}
    assert delivered(ann, made).deliveries == ()
    edits.redo(ann, done.edit)
    (stored,) = delivered(ann, made).deliveries
    assert stored.record == done.result.record
    changed = save_claim(ann, delivered(ann, made), stored, replace(stored.record, claimed=Decimal(30)))
    edits.undo(ann, changed.edit)
    assert delivered(ann, made).deliveries[0].record == stored.record


def test_nothing_changed_saves_nothing(ann, made):
    (held,) = enter(ann, made, claim(made.lines[0]))
    done = save_claims(ann, delivered(ann, made), [(held, held.record)])
    assert (done.result, done.edit) == ((held,), None)
    other = claim(made.lines[1])
    both = save_claims(ann, delivered(ann, made), [(held, held.record), (None, other)])
    assert both.result[0] == held
    assert len(both.edit.records) == 1


def test_second_return_of_a_quarter_replaces_and_never_doubles(ann, bob, made):
    page = delivered(bob, made)
    (held,) = enter(ann, made, claim(made.lines[0]))
    with pytest.raises(EditConflict) as conflict:
        save_claim(bob, page, None, claim(made.lines[0], claimed="99"))
    assert conflict.value.theirs == held
    save_claim(bob, delivered(bob, made), held, replace(held.record, claimed=Decimal(30)))
    with pytest.raises(EditConflict):
        save_claim(ann, page, held, replace(held.record, claimed=Decimal(31)))
    (now,) = delivered(ann, made).deliveries
    assert (now.record.claimed, delivered(ann, made).entered_by) == (Decimal(30), {now.id: "Bob"})


def test_all_of_a_return_is_saved_or_nothing(ann, made):
    cash, hours = made.lines
    enter(ann, made, claim(cash))
    with pytest.raises(EditConflict):
        enter(ann, made, claim(hours), claim(cash))
    assert len(delivered(ann, made).deliveries) == 1


def test_removed_claim_is_brought_back_by_undo(ann, made):
    (held,) = enter(ann, made, claim(made.lines[0]))
    done = delivery_claims.remove_claims(ann, delivered(ann, made), [held])
    assert done.edit.label == "Remove the return of Q1 (Apr to Jun 2026) of V01 for C1"
    assert delivered(ann, made).deliveries == ()
    edits.undo(ann, done.edit)
    assert [each.record for each in delivered(ann, made).deliveries] == [held.record]


WRONG = [
    ({"claimed": Decimal(3), "evidenced": Decimal(4)}, "More is evidenced than was claimed"),
    ({"claimed": Decimal("1.005"), "evidenced": Decimal(1)}, "too many decimals"),
    ({"claimed": Decimal(0), "evidenced": Decimal(0), "note": "none"}, "no sentence says why"),
    ({"commitment": "999"}, "no such commitment"),
    ({"quarter": Quarter(2, 1)}, "The contract has no Q1 of year 3"),
    ({"accepted": Decimal(1)}, "nothing of a new one is"),
    ({"state": DeliveryState.WITHDRAWN}, "nothing of a new one is"),
]


@pytest.mark.parametrize(("changes", "message"), WRONG)
def test_claim_with_an_error_is_not_saved(ann, made, changes, message):
    wrong = replace(claim(made.lines[0]), **changes)
    with pytest.raises(StoreError, match=message):
        save_claim(ann, delivered(ann, made), None, wrong)
    assert delivered(ann, made).deliveries == ()


def test_problem_of_a_claim_names_its_commitment_and_year(ann, made):
    wrong = claim(made.lines[1], Quarter(1, 1), "2", evidenced=Decimal(3))
    (problem,) = delivery_claims.check_claim(delivered(ann, made), wrong)
    assert (problem.where.commitment, problem.where.year, problem.where.field) == (
        made.lines[1].record.key,
        1,
        "evidenced",
    )


def test_acts_alone_change_what_was_decided(ann, made):
    (held,) = enter(ann, made, claim(made.lines[0]))
    for changes in ({"accepted": Decimal(1)}, {"state": DeliveryState.WITHDRAWN}):
        with pytest.raises(StoreError, match="so it is not changed"):
            save_claim(ann, delivered(ann, made), held, replace(held.record, **changes))
    with pytest.raises(StoreError, match="stays with its commitment and quarter"):
        save_claim(ann, delivered(ann, made), held, replace(held.record, quarter=Q2))


def test_only_signed_and_closed_contracts_have_deliveries(ann):
    made = begin(ann, promise("V01", "100", "100"))
    page = delivered(ann, made)
    assert not page.is_open
    with pytest.raises(StoreError, match="C1 is draft, and deliveries are those of signed contracts"):
        save_claim(ann, page, None, claim(made.lines[0]))
    sign(ann, made.id)
    seal(ann, opened(ann, made.id), ActKind.CLOSE, date(2028, 4, 2))
    page = delivered(ann, made)
    assert page.is_open
    done = save_claim(ann, page, None, claim(made.lines[0]))
    seal(ann, opened(ann, made.id), ActKind.REOPEN, date(2028, 4, 3))
    edits.undo(ann, done.edit)
    seal(ann, opened(ann, made.id), ActKind.WITHDRAW, date(2028, 4, 3))
    with pytest.raises(StoreError, match="C1 is withdrawn"):
        edits.redo(ann, done.edit)


def test_return_that_does_not_come_is_a_sign_of_risk(ann, made):
    enter(ann, made, claim(made.lines[0], Q1, "25"), claim(made.lines[0], Q2, "25"))
    page = delivered(ann, made)
    late = [[risk.commitment for risk in page.risks(day) if risk.sign is Sign.LATE_RETURN] for day in (UNTIL, LATER)]
    assert late[0] == [made.lines[1].record.key]
    assert late[1] == [made.lines[1].record.key] * 2


def test_there_is_no_delivery_of_a_contract_that_is_not_there(ann):
    with pytest.raises(NotFound):
        delivered(ann, 999)


def test_rules_of_delivery_are_set_and_taken_back(ann, made):
    before = RULES_OF_DELIVERY.get(ann, 1)
    assert RULES_OF_DELIVERY.check(ann, before.record, 1) == []
    done = RULES_OF_DELIVERY.save(ann, before, replace(before.record, approaching=Decimal("0.9")))
    assert delivered(ann, made).rules.record.approaching == Decimal("0.9")
    edits.undo(ann, done.edit)
    assert delivered(ann, made).rules.record == before.record
    assert done.edit.changes.kinds == {DELIVERY_RULES}


def test_what_was_due_before_a_variation_stays_due(ann):
    """10,000 in the second year become 14,000 from its third quarter on: 4,000 more fall on the two that are left."""
    made = varied.signed(ann)
    (line, _) = opened(ann, made.id).commitments
    page = varied.drafted(ann, made.id)
    draft = replace(page.stored.record, reason=varied.REASON, effective_on=date(2027, 10, 1))
    draft = draft.with_line(varied.with_quantity(line.record, 1, "14000", 2)).with_line(
        varied.add_line("V02", "0", "8")
    )
    varied.save_draft(ann, page.stored, draft, made.id)
    before = delivered(ann, made, date(2027, 9, 30)).delivered.lines[0].units.due
    varied.sign_variation(ann, made.id)
    after = delivered(ann, made, date(2027, 9, 30))
    assert (before, after.delivered.lines[0].units.due) == (15000, 15000)
    plans = [[plan.quantities[Quarter(1, number)] for number in (1, 2, 3, 4)] for plan in after.plan.values()]
    assert plans[0] == [2500, 2500, 4500, 4500]
    assert plans[2] == [0, 0, 4, 4], "a line that was added is due from then on"
    enter(ann, made, claim(line, Quarter(1, 3), "4500"))
    assert delivered(ann, made, date(2027, 12, 31)).delivered.lines[0].units.claimed == 4500
