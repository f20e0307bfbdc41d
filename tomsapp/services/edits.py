"""Undo and redo: each record of an edit goes back to how it was before (or after), in one transaction.

What is put back is held against what the edit left, not against a version number: a page that was read again after
somebody else's save knows their version, and must still not write over it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tomsapp.domain.answers import ANSWER
from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT, Contract
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.delivery.delivery import DELIVERY
from tomsapp.domain.delivery.evidence import EVIDENCE
from tomsapp.domain.delivery.ledger import HANDED_OVER
from tomsapp.domain.delivery.people import DELIVERY_PERSON
from tomsapp.domain.delivery.plan import PLAN_ENTRY
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Answer
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.tender.asked import BIDDER_QUESTION
from tomsapp.domain.tender.bid import BID, BID_DECISION
from tomsapp.domain.tender.explaining import SCORE_EXPLANATION
from tomsapp.domain.tender.lot import LOT
from tomsapp.domain.tender.marking import EVALUATOR, MARK, MODERATED_MARK
from tomsapp.domain.tender.question import QUESTION
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE
from tomsapp.services.changes import Changes, Edit, RecordChange
from tomsapp.services.delivery_held import hold_for_delivery
from tomsapp.services.record_types import REPOSITORIES
from tomsapp.services.signed import check_answer, hold_draft
from tomsapp.services.tenders.bids import hold_opened
from tomsapp.services.tenders.decisions import hold_deciding
from tomsapp.services.tenders.evaluators import check_evaluator, check_names, hold_evaluators
from tomsapp.services.tenders.explaining import hold_explaining
from tomsapp.services.tenders.held import check_number_stays, hold_set_up
from tomsapp.services.tenders.marks_given import check_all_given, check_may_mark, hold_marks, hold_moderation
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import EditConflict, StoreError

if TYPE_CHECKING:
    from tomsapp.store.tenders import NumberedRepository, OfTenderRepository
    from tomsapp.store.unit_of_work import UnitOfWork


def undo(workspace: Workspace, edit: Edit) -> Changes:
    """Put every record of `edit` back to how it was before it.

    Raises:
        EditConflict: somebody else has saved one of the records since; nothing is changed.
        StoreError: it is a sealed act, or the contract has been sealed since; nothing is changed.
    """
    if edit.stop:
        raise StoreError(edit.stop, edit.instead)
    steps = [_Step(record, record.after, record.before) for record in reversed(edit.records)]
    return _apply(workspace, f"Undo: {edit.label}", steps, edit.changes)


def redo(workspace: Workspace, edit: Edit) -> Changes:
    """Put every record of `edit` back to how it was after it.

    Raises:
        EditConflict: somebody else has saved one of the records since; nothing is changed.
        StoreError: the contract has been sealed since; nothing is changed.
    """
    steps = [_Step(record, record.before, record.after) for record in edit.records]
    return _apply(workspace, f"Redo: {edit.label}", steps, edit.changes)


@dataclass(frozen=True, slots=True)
class _Step:
    """A record as the edit left it (`now`) and as it shall be (`then`); None where it is not there."""

    record: RecordChange
    now: Any
    then: Any


def _apply(workspace: Workspace, label: str, steps: Sequence[_Step], changes: Changes) -> Changes:
    with workspace.work(label) as uow:
        for step in steps:
            _WRITERS.get(step.record.kind, _write_record)(uow, step)
        _check_numbers(uow, steps)
        uow.commit()
    workspace.forget()
    return changes


def _write_record(uow: UnitOfWork, step: _Step) -> None:
    """Delete, restore or save a record that is as the edit left it."""
    repository, key = REPOSITORIES[step.record.kind](uow), int(step.record.key)
    stored = repository.get(key)
    _check_is_as_left(stored, stored.record, step.now)
    if step.then is None:
        repository.delete(key, stored.version)
    elif step.now is None:
        repository.restore(key)
    else:
        repository.save(key, stored.version, step.then)


def _check_is_as_left(stored: Stored[Any], found: Any, now: Any) -> None:
    is_as_left = stored.is_deleted if now is None else not stored.is_deleted and found == now
    if not is_as_left:
        raise EditConflict(stored)


def _write_commitment(uow: UnitOfWork, step: _Step) -> None:
    hold_draft(uow, step.record.contract_id or 0)
    _write_record(uow, step)


def _write_delivery(uow: UnitOfWork, step: _Step) -> None:
    hold_for_delivery(uow, step.record.contract_id or 0)
    _write_record(uow, step)


def _write_of_tender(uow: UnitOfWork, step: _Step) -> None:
    repository, kind = _OF_TENDER[step.record.kind](uow), step.record.kind
    held = hold_set_up(uow, repository.tender_of(int(step.record.key)))
    if kind in _NUMBERED and step.now is not None and step.then is not None:
        check_number_stays(held.record, kind.noun, step.now.number, step.then.number)
    _write_record(uow, step)


def _write_bid(uow: UnitOfWork, step: _Step) -> None:
    hold_opened(uow, uow.bids.tender_of(int(step.record.key)))
    _write_record(uow, step)


def _write_evaluator(uow: UnitOfWork, step: _Step) -> None:
    tender_id = uow.evaluators.tender_of(int(step.record.key))
    tender = hold_evaluators(uow, tender_id).record
    check_evaluator(tender, [each.record for each in uow.evaluators.of(tender_id)], step.now, step.then)
    if step.then is not None and step.then.sent_on is not None and step.now is not None and step.now.sent_on is None:
        check_all_given(uow, tender_id, uow.evaluators.get(int(step.record.key)))
    _write_record(uow, step)
    check_names(uow, tender_id)


def _write_mark(uow: UnitOfWork, step: _Step) -> None:
    mark = step.now or step.then
    hold_marks(uow, uow.bids.tender_of(mark.bid))
    check_may_mark(uow.evaluators.get(mark.evaluator).record)
    _write_record(uow, step)


def _write_moderated(uow: UnitOfWork, step: _Step) -> None:
    hold_moderation(uow, uow.bids.tender_of((step.now or step.then).bid))
    _write_record(uow, step)


def _write_explanation(uow: UnitOfWork, step: _Step) -> None:
    hold_explaining(uow, uow.bids.tender_of((step.now or step.then).bid))
    _write_record(uow, step)


def _check_numbers(uow: UnitOfWork, steps: Sequence[_Step]) -> None:
    """Make sure that lots and questions still have one number each: a colleague may have added one meanwhile."""
    for kind, repository in _NUMBERED.items():
        numbered = repository(uow)
        for tender in {numbered.tender_of(int(step.record.key)) for step in steps if step.record.kind is kind}:
            numbered.check_numbers(tender)


def _write_contract(uow: UnitOfWork, step: _Step) -> None:
    key = int(step.record.key)
    stored = uow.contracts.hold(key)
    now = None if step.now is None else _without_name(*step.now)
    _check_is_as_left(stored, _without_name(stored.record, uow.contracts.supplier_id_of(key)), now)
    if step.then is None:
        uow.contracts.delete(key, stored.version)
        return
    if step.now is None:
        uow.contracts.restore(key)
        return
    contract, supplier_id = step.then
    uow.contracts.save(key, stored.version, contract, supplier_id)


def _without_name(contract: Contract, supplier_id: int | None) -> tuple[Contract, int | None]:
    """A contract and its supplier, whose name may have been changed meanwhile: that is another record's change."""
    return replace(contract, supplier=""), supplier_id


def _write_answer(uow: UnitOfWork, step: _Step) -> None:
    contract_id, key = step.record.contract_id or 0, str(step.record.key)
    hold_draft(uow, contract_id)
    check_answer(uow, contract_id, key, step.now)
    if isinstance(step.then, Answer):
        uow.answers.give(contract_id, key, step.then)
    else:
        uow.answers.withdraw(contract_id, key)


def _write_council(uow: UnitOfWork, step: _Step) -> None:
    stored = uow.settings.now()
    _check_is_as_left(stored, stored.record, step.now)
    uow.settings.save(stored.version, step.then)


def _write_decision(uow: UnitOfWork, step: _Step) -> None:
    """A decision on a bid holds for the file that it was made of, while the evaluation is not fixed."""
    hold_deciding(uow, step.now or step.then)
    _write_record(uow, step)


_NUMBERED: dict[RecordType[Any], Callable[[UnitOfWork], NumberedRepository[Any, Any]]] = {
    LOT: lambda uow: uow.lots,
    QUESTION: lambda uow: uow.questions,
}
_OF_TENDER: dict[RecordType[Any], Callable[[UnitOfWork], OfTenderRepository[Any, Any]]] = {
    **_NUMBERED,
    TENDER_MEASURE: lambda uow: uow.tender_measures,
    BIDDER_QUESTION: lambda uow: uow.bidder_questions,
}
_WRITERS: dict[RecordType[Any], Callable[[UnitOfWork, _Step], None]] = {
    CONTRACT: _write_contract,
    COMMITMENT: _write_commitment,
    ANSWER: _write_answer,
    COUNCIL: _write_council,
    DELIVERY: _write_delivery,
    PLAN_ENTRY: _write_delivery,
    DELIVERY_PERSON: _write_delivery,
    EVIDENCE: _write_delivery,
    HANDED_OVER: _write_delivery,
    BID: _write_bid,
    BID_DECISION: _write_decision,
    **dict.fromkeys(_OF_TENDER, _write_of_tender),
    EVALUATOR: _write_evaluator,
    MARK: _write_mark,
    MODERATED_MARK: _write_moderated,
    SCORE_EXPLANATION: _write_explanation,
}
"""Records that are guarded by another or saved in their own way; all others are put back by their number."""
