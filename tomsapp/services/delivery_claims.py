"""What a user does with what was returned: enter it by hand or from a workbook, change it, remove it.

A claim is what a supplier returned for one commitment in one contract quarter. What an act decided of it is no part of
what is entered: see `delivery_acts`.
"""

from collections.abc import Iterable, Sequence

from tomsapp.domain.delivery.delivery import DELIVERY, Delivery, DeliveryState, measure_problems
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.delivery import OpenDelivery, find_quarter
from tomsapp.services.delivery_held import hold_for_delivery
from tomsapp.services.delivery_problems import placed
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import StoreError
from tomsapp.store.unit_of_work import UnitOfWork

Claim = tuple[Stored[Delivery] | None, Delivery]
"""A claim as it was seen, None where there was none of its quarter, and as it shall be."""

_OF_ACTS = ("accepted", "provisional", "rejected", "state")


def check_claim(opened: OpenDelivery, claim: Delivery) -> list[Problem]:
    """What must be put right before a claim is saved, and what is asked about it: a warning."""
    line = next((each.record for each in opened.commitments if each.record.key == claim.commitment), None)
    if line is None:
        message, fix = "The contract has no such commitment", "Enter it for a commitment of this contract"
        return [Problem("delivery-unknown", Severity.ERROR, message, fix, Where(commitment=claim.commitment))]
    if find_quarter(opened, claim.quarter) is None:
        message, fix = f"The contract has no {claim.quarter.words}", "Enter it for a quarter of the contract"
        return [placed(Problem("delivery-quarter", Severity.ERROR, message, fix), claim)]
    found = DELIVERY.problems(claim)
    place = opened.edition.places.get(line.measure)
    if place is not None:
        others = [each.record for each in opened.deliveries if each.record.commitment == claim.commitment]
        found += measure_problems(claim, place.measure, others)
    return [placed(problem, claim) for problem in found]


def save_claim(
    workspace: Workspace, opened: OpenDelivery, before: Stored[Delivery] | None, after: Delivery, label: str = ""
) -> Done[Stored[Delivery]]:
    """Save one claim over the state that the user started from: see `save_claims`."""
    done = save_claims(workspace, opened, [(before, after)], label)
    return Done(done.result[0], done.edit)


def save_claims(
    workspace: Workspace, opened: OpenDelivery, changed: Sequence[Claim], label: str = ""
) -> Done[tuple[Stored[Delivery], ...]]:
    """Save several claims of a contract in one transaction: a quarter entered by hand, or a return from a workbook.

    Gives all of them as they are now, also those that were not changed.

    Raises:
        EditConflict: somebody else saved one of them first, or there is one of the quarter already.
        StoreError: one has an error, is decided, or is of no commitment or quarter of this contract.
    """
    if not _wanted(changed):
        return Done(tuple(before for before, _ in changed if before is not None))
    check_saveable(opened, changed)
    label = label or _label(opened, [after for _, after in _wanted(changed)])
    with workspace.work(label) as uow:
        saved, records = write_claims(uow, opened, changed)
        uow.commit()
    return Done(saved, Edit(label, records))


def _wanted(changed: Sequence[Claim]) -> list[Claim]:
    return [(before, after) for before, after in changed if before is None or after != before.record]


def check_saveable(opened: OpenDelivery, changed: Sequence[Claim]) -> None:
    """Make sure that claims can be saved.

    Raises:
        StoreError: one has an error, is decided, or is of no commitment or quarter of this contract.
    """
    for before, after in _wanted(changed):
        _check_saveable(opened, before, after)


def write_claims(
    uow: UnitOfWork, opened: OpenDelivery, changed: Sequence[Claim]
) -> tuple[tuple[Stored[Delivery], ...], tuple[RecordChange, ...]]:
    """Save claims that were checked within a transaction: all of them as they are now, and what changed.

    Raises:
        EditConflict, StoreError: as `save_claims`.
    """
    _hold_as_opened(uow, opened)
    saved: list[Stored[Delivery]] = []
    records: list[RecordChange] = []
    for before, after in changed:
        if before is not None and after == before.record:
            saved.append(before)
            continue
        stored = _save(uow, opened.stored.id, before, after)
        saved.append(stored)
        then = None if before is None else before.record
        records.append(RecordChange(DELIVERY, stored.id, then, stored.record, opened.stored.id))
    return tuple(saved), tuple(records)


def _save(uow: UnitOfWork, contract_id: int, before: Stored[Delivery] | None, after: Delivery) -> Stored[Delivery]:
    if before is None:
        return uow.deliveries.add(contract_id, after)
    return uow.deliveries.save(before.id, before.version, after)


def remove_claims(workspace: Workspace, opened: OpenDelivery, claims: Sequence[Stored[Delivery]]) -> Done[None]:
    """Remove claims that were entered by mistake; undo brings them back and the history keeps them.

    Raises:
        EditConflict: somebody else saved one of them first.
        StoreError: something of one was decided: what the supplier takes back is withdrawn, with its reason.
    """
    for claim in claims:
        if claim.record.state is not DeliveryState.CLAIMED or claim.record.accepted or claim.record.rejected:
            raise _decided("so it is not removed")
    label = _label(opened, [claim.record for claim in claims], "Remove the return of")
    with workspace.work(label) as uow:
        _hold_as_opened(uow, opened)
        for claim in claims:
            uow.deliveries.delete(claim.id, claim.version)
        uow.commit()
    records = (RecordChange(DELIVERY, claim.id, claim.record, None, opened.stored.id) for claim in claims)
    return Done(None, Edit(label, tuple(records)))


def _check_saveable(opened: OpenDelivery, before: Stored[Delivery] | None, after: Delivery) -> None:
    if before is None:
        if any(getattr(after, name) for name in _OF_ACTS[:-1]) or after.state is not DeliveryState.CLAIMED:
            raise _decided("and nothing of a new one is")
    else:
        then = before.record
        if (then.commitment, then.quarter) != (after.commitment, after.quarter):
            raise StoreError("A claim stays with its commitment and quarter", "Enter the other one by itself")
        if then.state is not DeliveryState.CLAIMED or any(getattr(then, n) != getattr(after, n) for n in _OF_ACTS):
            raise _decided("so it is not changed")
        if after.claimed and after.claimed == after.accepted + after.rejected:
            message = "What is left of the claim was decided already, so nothing of it would wait for a decision"
            raise StoreError(message, "Reject what is not claimed any more, with the reason")
    refuse_errors(check_claim(opened, after))


def _decided(so: str) -> StoreError:
    return StoreError(f"Something of this claim is accepted, rejected or withdrawn, {so}", "Take that back first")


def _hold_as_opened(uow: UnitOfWork, opened: OpenDelivery) -> None:
    """Make sure that the contract still has the days and commitments for which something is saved."""
    held = hold_for_delivery(uow, opened.stored.id).record
    if (held.start_on, held.end_on) != (opened.contract.start_on, opened.contract.end_on):
        message = f"The days of {held.reference} were changed after you opened it"
        raise StoreError(message, "Nothing was saved. Open it again, then enter it")


def _label(opened: OpenDelivery, claims: Iterable[Delivery], verb: str = "Enter the return of") -> str:
    """What is done, in the history: "Enter the return of Q2 (Jul to Sep 2026) of J11 for C-2026-004"."""
    known = list(claims)
    quarters = list(dict.fromkeys(claim.quarter for claim in known))
    of = f"{len(quarters)} quarters"
    if len(quarters) == 1:
        found = find_quarter(opened, quarters[0])
        of = found.label if found else quarters[0].words
    measures = {line.record.key: line.record.measure for line in opened.commitments}
    line = f" of {measures.get(known[0].commitment, '')}" if len(known) == 1 else ""
    return f"{verb} {of}{line} for {opened.contract.reference}"
