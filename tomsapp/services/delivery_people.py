"""What a user does with the person numbers behind a claim: enter, paste, change, take out, and see what they show.

What they show never keeps them from being saved: they are what the supplier returned, and the claim is then put right
with the supplier or rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.people import (
    DELIVERY_PERSON,
    DeliveryPerson,
    PersonClaim,
    PersonFinding,
    people_findings,
    same_number,
)
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import plural
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.delivery import find_quarter
from tomsapp.services.delivery_held import hold_for_delivery
from tomsapp.services.delivery_problems import known_claims
from tomsapp.services.refusing import refuse_errors
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from tomsapp.domain.delivery.delivery import Delivery
    from tomsapp.domain.history import Stored
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.person_claims import KeptPersonClaim
    from tomsapp.store.unit_of_work import UnitOfWork

PersonChange = tuple["Stored[DeliveryPerson] | None", DeliveryPerson | None]
"""A person number as it was seen, None where it is new, and as it shall be, None where it is taken out."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person number behind a claim, with what it shows together with the supplier's others."""

    stored: Stored[DeliveryPerson]
    problems: tuple[Problem, ...] = ()


def people_of(opened: OpenDelivery, claim: Stored[Delivery]) -> tuple[PersonView, ...]:
    """The person numbers behind a claim, each with what is wrong with it and what to do."""
    held = opened.people.get(claim.id, ())
    found = _found(opened, claim, (each.record for each in held), opened.person_claims)
    return tuple(PersonView(each, _of(found, opened, claim, each.record)) for each in held)


def check_person(
    workspace: Workspace,
    opened: OpenDelivery,
    claim: Stored[Delivery],
    person: DeliveryPerson,
    instead_of: Stored[DeliveryPerson] | None = None,
) -> list[Problem]:
    """What must be put right before a person number is saved, and as warnings what it shows with the others."""
    found = DELIVERY_PERSON.problems(person)
    if any(problem.severity is Severity.ERROR for problem in found):
        return found
    with workspace.look() as uow:
        claims = uow.people.claims(opened.stored.id)
    others = [each.record for each in opened.people.get(claim.id, ()) if not instead_of or each.id != instead_of.id]
    findings = _found(opened, claim, [*others, person], claims)
    return [*found, *_of(findings, opened, claim, person)]


def _found(
    opened: OpenDelivery,
    claim: Stored[Delivery],
    people: Iterable[DeliveryPerson],
    kept: Iterable[KeptPersonClaim],
) -> list[PersonFinding]:
    """What these people behind a claim show together with those behind all other claims of the supplier."""
    place = (claim.record.commitment, claim.record.quarter)
    others = known_claims(each for each in kept if (each.commitment, each.quarter) != place)
    mine = [made for person in people if (made := _claimed(opened, claim, person)) is not None]
    return people_findings([*others, *mine], opened.edition)


def _claimed(opened: OpenDelivery, claim: Stored[Delivery], person: DeliveryPerson) -> PersonClaim | None:
    """A person of a claim that stands; None where nothing of it counts, or its quarter is there no more."""
    quarter = find_quarter(opened, claim.record.quarter)
    lines = {line.record.key: line.record.measure for line in opened.commitments}
    if quarter is None or not claim.record.standing:
        return None
    contract, commitment = opened.contract, claim.record.commitment
    return PersonClaim(person, contract.reference, contract.menu, commitment, lines[commitment], quarter)


def _of(
    findings: Sequence[PersonFinding], opened: OpenDelivery, claim: Stored[Delivery], person: DeliveryPerson
) -> tuple[Problem, ...]:
    mine = _claimed(opened, claim, person)
    if mine is None:
        return ()
    return tuple(problem for finding in findings if (problem := finding.at(mine)) is not None)


def head_words(claim: Delivery, people: Iterable[DeliveryPerson]) -> str:
    """Where there are more or fewer person numbers than people were returned: how many of each; else nothing."""
    said = [number for number in (claim.new, claim.retained, claim.transferred) if number is not None]
    numbers = len({same_number(person.number) for person in people})
    heads = sum(said)
    if not said or not numbers or numbers == heads:
        return ""
    given = plural(numbers, "person number", "person numbers")
    return f"{given} for {plural(int(heads), 'person', 'people')} returned. Ask the supplier which is right."


# Saving


def save_people(
    workspace: Workspace, opened: OpenDelivery, claim: Stored[Delivery], changed: Sequence[PersonChange]
) -> Done[tuple[Stored[DeliveryPerson], ...]]:
    """Save, add and take out person numbers of one claim in one transaction. Gives those that are there now.

    Raises:
        EditConflict: somebody else saved one of them first.
        StoreError: one could be a name or is wrong otherwise, or the claim is not of this contract any more.
    """
    wanted = [(before, after) for before, after in changed if before is None or after != before.record]
    for _, after in wanted:
        _refuse_wrong(after)
    if not wanted:
        return Done(())
    label = _label(opened, claim, wanted)
    with workspace.work(label) as uow:
        hold_for_delivery(uow, opened.stored.id)
        if all(each.id != claim.id for each in uow.deliveries.of(opened.stored.id)):
            raise StoreError("The claim is not of this contract any more", "Open the contract again")
        saved = [write_person(uow, opened.stored.id, claim.id, change) for change in wanted]
        uow.commit()
    records = tuple(record for _, record in saved)
    return Done(tuple(stored for stored, _ in saved if stored is not None), Edit(label, records))


def _refuse_wrong(person: DeliveryPerson | None) -> None:
    refuse_errors(DELIVERY_PERSON.problems(person) if person is not None else ())


def write_person(
    uow: UnitOfWork, contract_id: int, delivery_id: int, change: PersonChange
) -> tuple[Stored[DeliveryPerson] | None, RecordChange]:
    """Save one person number within a transaction that holds the contract: it as it is now, and what changed.

    Raises:
        EditConflict: somebody else saved it first.
    """
    before, after = change
    if before is None:
        if after is None:
            raise ValueError("Neither there nor wanted")
        added = uow.people.add(contract_id, delivery_id, after)
        return added, RecordChange(DELIVERY_PERSON, added.id, None, after, contract_id)
    record = RecordChange(DELIVERY_PERSON, before.id, before.record, after, contract_id)
    if after is None:
        uow.people.delete(before.id, before.version)
        return None, record
    return uow.people.save(before.id, before.version, after), record


def merged(held: Iterable[Stored[DeliveryPerson]], given: Iterable[DeliveryPerson]) -> list[PersonChange]:
    """The changes that bring person numbers into a claim: one that is there already is changed, never doubled."""
    known = {same_number(each.record.number): each for each in held}
    latest = {same_number(person.number): person for person in given}
    return [(known.get(number), person) for number, person in latest.items()]


def _label(opened: OpenDelivery, claim: Stored[Delivery], changed: Sequence[PersonChange]) -> str:
    lines = {line.record.key: line.record.measure for line in opened.commitments}
    quarter = find_quarter(opened, claim.record.quarter)
    of = f"{lines.get(claim.record.commitment, '')}, {quarter.label if quarter else claim.record.quarter.words}"
    before, after = changed[0]
    verb = "Take out" if after is None else "Add" if before is None else "Change"
    person = after or (before.record if before else None)
    what = person.number if len(changed) == 1 and person else plural(len(changed), "person number", "person numbers")
    return f"{verb} {what} of {of} for {opened.contract.reference}"
