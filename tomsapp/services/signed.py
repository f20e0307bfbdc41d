"""What signing fixes: the facts and commitments of a contract, until somebody reopens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.answers import ANSWER
from tomsapp.domain.contract import CONTRACT, Contract, ContractStatus
from tomsapp.domain.history import Stored
from tomsapp.domain.record_type import differences
from tomsapp.domain.tender.acts import standing
from tomsapp.store.errors import EditConflict, StoreError

if TYPE_CHECKING:
    from tomsapp.domain.problems import Answer
    from tomsapp.store.unit_of_work import UnitOfWork


def hold_draft(uow: UnitOfWork, contract_id: int) -> None:
    """Make sure that the contract's commitments may be changed, and stay so until this transaction ends.

    Raises:
        EditConflict: somebody deleted the contract.
        StoreError: it is sealed: signed, closed or withdrawn.
    """
    held = uow.contracts.hold(contract_id)
    if held.is_deleted:
        raise EditConflict(held)
    if held.record.status is not ContractStatus.DRAFT:
        raise fixed(held.record)


def check_answer(uow: UnitOfWork, contract_id: int, key: str, seen: Answer | None) -> None:
    """Make sure that the answer to a warning is still the one that the user saw, or that there is still none.

    Raises:
        EditConflict: somebody else answered it, or took the answer back.
    """
    found = uow.answers.of(contract_id).get(key)
    if said_in(found) != said_in(seen):
        by, at = (found.answered_by, found.answered_at) if found else ("", None)
        raise EditConflict(Stored(contract_id, 0, found, by, at, is_deleted=found is None))


def said_in(answer: Answer | None) -> tuple[object, ...]:
    """What an answer says, without who gave it and when; nothing where there is none."""
    return () if answer is None else tuple(ANSWER.values(answer).values())


def check_facts_may_change(before: Contract, after: Contract, *, same_supplier: bool) -> None:
    """Make sure that a save keeps what signing fixed, and the status, which an act alone changes; spend may go on.

    Raises:
        StoreError: it would change a sealed contract, or seal one without its document.
    """
    if before.status is not after.status:
        message = f"{before.reference} does not become {after.status.value} by saving its facts"
        raise StoreError(message, "Choose what is to be done with it under Actions")
    if before.status is ContractStatus.DRAFT:
        return
    fixed_facts = [fact for fact in CONTRACT.facts if fact.is_fixed_by_signing and fact.name != "supplier"]
    if differences(fixed_facts, before, after) or not same_supplier:
        raise fixed(before)


def check_not_awarded(uow: UnitOfWork, held: Stored[Contract]) -> None:
    """Make sure that no award that stands made a contract, which would be without it then.

    Raises:
        StoreError: one did.
    """
    found = uow.awards.of_contract(held.id)
    if found is None:
        return
    tender_id, act_id, _ = found
    act = next((each for each in standing(uow.tender_acts.of(tender_id)) if each.id == act_id), None)
    if act is not None:
        tender = uow.tenders.get(tender_id).record.reference
        message = f"{held.record.reference} comes from the award of lot {act.lot} of {tender}"
        raise StoreError(message, "Take that award back, with the reason: the draft goes with it")


def fixed(contract: Contract) -> StoreError:
    """The refusal to change what signing fixed."""
    message = f"{contract.reference} is {contract.status.value}, so its facts and commitments are fixed"
    return StoreError(message, "Nothing was saved. Reopen the contract to change it")
