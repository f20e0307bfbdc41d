"""Person numbers behind a claim: entered, changed, taken out, undone, and held to the supplier's other claims."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import begin, promise, sign
from tests.services.deliveries import Q1, Q2, begin_signed, claim, delivered, enter, said
from tomsapp.domain.delivery.acts import DeliveryActKind as K
from tomsapp.domain.delivery.people import DeliveryPerson, PersonKind
from tomsapp.domain.problems import Severity
from tomsapp.services import edits
from tomsapp.services.delivery_decisions import decide
from tomsapp.services.delivery_people import check_person, head_words, merged, people_of, save_people
from tomsapp.services.failures import EditConflict, StoreError

BEGAN = date(2026, 4, 20)
ONE, TWO = DeliveryPerson("P-001", BEGAN), DeliveryPerson("P-002", BEGAN)


def job_contract(ann, reference="C1", supplier=None):
    """A signed contract with a claim in two measures that ask who is who."""
    made = begin(ann, promise("J01", "2", "2"), promise("J02", "1", "1"), reference=reference)
    if supplier is not None:
        with ann.work("Give it to the same supplier") as uow:
            uow.contracts.save(made.id, made.contract.version, made.contract.record, supplier.id)
            uow.commit()
    sign(ann, made.id)
    claims = enter(ann, made, claim(made.lines[0], Q1, "2"), claim(made.lines[1], Q1, "1"))
    return made, claims


def save(ann, made, claim, *changed):
    return save_people(ann, delivered(ann, made), claim, changed)


def held(ann, made, claim):
    return [each.record for each in delivered(ann, made).people.get(claim.id, ())]


def told(ann, made, claim):
    return [[problem.code for problem in view.problems] for view in people_of(delivered(ann, made), claim)]


def test_numbers_are_entered_changed_taken_out_and_undone(ann):
    made, (job, _) = job_contract(ann)
    done = save(ann, made, job, (None, ONE), (None, TWO))
    assert held(ann, made, job) == [ONE, TWO]
    assert done.edit.label == "Add 2 person numbers of J01, Q1 (Apr to Jun 2026) for C1"
    first, second = done.result
    ended = replace(ONE, ended_on=date(2026, 6, 1), kind=PersonKind.RETAINED)
    changed = save(ann, made, job, (first, ended), (second, None))
    assert held(ann, made, job) == [ended]
    edits.undo(ann, changed.edit)
    assert held(ann, made, job) == [ONE, TWO]
    edits.undo(ann, done.edit)
    assert held(ann, made, job) == []
    edits.redo(ann, done.edit)
    assert held(ann, made, job) == [ONE, TWO]
    assert save(ann, made, job, *((each, each.record) for each in delivered(ann, made).people[job.id])).edit is None


def test_a_name_is_never_kept(ann):
    made, (job, _) = job_contract(ann)
    with pytest.raises(StoreError, match="could be a name"):
        save(ann, made, job, (None, ONE), (None, DeliveryPerson("Jane Smith")))
    assert held(ann, made, job) == []
    assert [each.code for each in check(ann, made, job, DeliveryPerson("Jane Smith"))] == ["number-name"]


def check(ann, made, claim, person, instead_of=None):
    return check_person(ann, delivered(ann, made), claim, person, instead_of)


def test_what_a_number_shows_is_told_at_both_of_its_claims(ann):
    made, (job, other) = job_contract(ann)
    (first,) = save(ann, made, job, (None, ONE)).result
    assert [each.code for each in check(ann, made, job, ONE)] == ["person-twice"]
    assert check(ann, made, job, ONE, first) == []
    (asked,) = check(ann, made, other, DeliveryPerson("p1", BEGAN))
    assert (asked.code, asked.severity) == ("person-in-two-measures", Severity.WARNING)
    save(ann, made, other, (None, DeliveryPerson("p1", BEGAN)))
    assert (told(ann, made, job), told(ann, made, other)) == ([[asked.code]], [[asked.code]])
    (view,) = people_of(delivered(ann, made), job)
    assert "J02 in Q1 (Apr to Jun 2026)" in view.problems[0].message


def test_the_first_number_of_a_contract_is_held_to_the_suppliers_others(ann):
    made, (job, _) = job_contract(ann)
    save(ann, made, job, (None, ONE))
    second, (again, _) = job_contract(ann, "C2", made.supplier)
    (asked,) = check(ann, second, again, ONE)
    assert asked.code == "person-twice-elsewhere"
    assert "of C1 too" in asked.message
    assert "say that the number is another person’s there" in asked.fix


def test_what_comes_after_the_first_twelve_months_is_told(ann):
    made, (job, _) = job_contract(ann)
    late = DeliveryPerson("P-009", date(2025, 1, 1))
    assert [each.code for each in check(ann, made, job, late)] == ["person-after-12-months"]


def test_a_return_of_nothing_shows_nothing(ann):
    made, _ = job_contract(ann)
    (nothing,) = enter(ann, made, claim(made.lines[0], Q2, "0"))
    assert check(ann, made, nothing, ONE) == []
    save(ann, made, nothing, (None, ONE))
    assert told(ann, made, nothing) == [[]]


def test_somebody_who_was_first_is_told_and_nothing_is_written_over(ann, bob):
    made, (job, _) = job_contract(ann)
    (first,) = save(ann, made, job, (None, ONE)).result
    save(bob, made, job, (first, replace(ONE, ended_on=date(2026, 6, 1))))
    with pytest.raises(EditConflict):
        save(ann, made, job, (first, None))


def test_a_claim_that_was_removed_takes_no_numbers(ann):
    made, (job, _) = job_contract(ann)
    page = delivered(ann, made)
    gone = replace(job, id=999)
    with pytest.raises(StoreError, match="not of this contract any more"):
        save_people(ann, page, gone, [(None, ONE)])
    with pytest.raises(ValueError, match="Neither there nor wanted"):
        save_people(ann, page, job, [(None, None)])


def test_more_numbers_than_people_are_told(ann):
    said = claim(begin_signed(ann, promise("J01", "2", "2")).lines[0], Q1, "2", new=2)
    assert head_words(said, [ONE, TWO]) == ""
    words = "3 person numbers for 2 people returned. Ask the supplier which is right."
    assert head_words(said, [ONE, TWO, DeliveryPerson("P-003")]) == words
    assert head_words(replace(said, new=None), [ONE]) == ""


def test_what_is_brought_in_again_is_changed_and_never_doubled(ann):
    made, (job, _) = job_contract(ann)
    (first,) = save(ann, made, job, (None, ONE)).result
    ended = replace(ONE, number="P1", ended_on=date(2026, 6, 1))
    changes = merged([first], [TWO, ONE, ended])
    assert changes == [(None, TWO), (first, ended)]
    save(ann, made, job, *changes)
    assert held(ann, made, job) == [ended, TWO]


def test_a_number_that_stands_twice_earns_one_unit(ann, bob):
    """Two officers entered it at once, or the supplier wrote it in two ways: one person stayed 12 months."""
    made, (job, _) = job_contract(ann)
    save(ann, made, job, (None, ONE))
    save(ann, made, job, (None, replace(ONE, number="p1")))
    after_the_months_of_one = date(2027, 5, 1)

    def accept(quantity):
        facts = said(K.ACCEPT, delivery=job.id, quantity=Decimal(quantity), done_on=after_the_months_of_one)
        return decide(bob, delivered(bob, made), [facts], after_the_months_of_one)

    with pytest.raises(StoreError, match="1 of it is earned"):
        accept(2)
    assert accept(1).result[0].record.accepted == 1
