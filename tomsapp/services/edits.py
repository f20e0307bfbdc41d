"""Undo and redo: each record of an edit goes back to how it was before (or after), in one transaction."""

from collections.abc import Callable
from typing import Any

from tomsapp.domain.contract import Contract
from tomsapp.domain.problems import Answer
from tomsapp.services.changes import Changes, Edit, RecordChange, RecordKind
from tomsapp.services.workspace import Workspace
from tomsapp.store.unit_of_work import UnitOfWork

_Write = Callable[[Workspace, UnitOfWork, RecordChange, Any, Any], None]


def undo(workspace: Workspace, edit: Edit) -> Changes:
    """Put every record of `edit` back to how it was before it.

    Raises:
        EditConflict: somebody else has saved one of the records since; nothing is changed.
    """
    with workspace.work(f"Undo: {edit.label}") as uow:
        for record in reversed(edit.records):
            _WRITERS[record.kind](workspace, uow, record, record.after, record.before)
        uow.commit()
    workspace.forget()
    return edit.changes


def redo(workspace: Workspace, edit: Edit) -> Changes:
    """Put every record of `edit` back to how it was after it.

    Raises:
        EditConflict: somebody else has saved one of the records since; nothing is changed.
    """
    with workspace.work(f"Redo: {edit.label}") as uow:
        for record in edit.records:
            _WRITERS[record.kind](workspace, uow, record, record.before, record.after)
        uow.commit()
    workspace.forget()
    return edit.changes


def _write_versioned(workspace: Workspace, repository: Any, record: RecordChange, now: Any, then: Any) -> None:
    """Delete, restore or save a record that has a version."""
    kind, key = record.kind, record.key
    if then is None:
        workspace.seen(kind, key, repository.delete(key, workspace.expected(kind, key)).version)
        return
    if now is None:
        workspace.seen(kind, key, repository.restore(key).version)
    else:
        workspace.seen(kind, key, repository.save(key, workspace.expected(kind, key), then).version)


def _write_supplier(workspace: Workspace, uow: UnitOfWork, record: RecordChange, now: Any, then: Any) -> None:
    _write_versioned(workspace, uow.suppliers, record, now, then)


def _write_commitment(workspace: Workspace, uow: UnitOfWork, record: RecordChange, now: Any, then: Any) -> None:
    _write_versioned(workspace, uow.commitments, record, now, then)


def _write_contract(workspace: Workspace, uow: UnitOfWork, record: RecordChange, now: Any, then: Any) -> None:
    kind, key = record.kind, int(record.key)
    if then is None:
        workspace.seen(kind, key, uow.contracts.delete(key, workspace.expected(kind, key)).version)
    elif now is None:
        workspace.seen(kind, key, uow.contracts.restore(key).version)
    else:
        contract, supplier_id = _contract_state(then)
        saved = uow.contracts.save(key, workspace.expected(kind, key), contract, supplier_id)
        workspace.seen(kind, key, saved.version)


def _contract_state(state: tuple[Contract, int | None]) -> tuple[Contract, int | None]:
    return state


def _write_answer(workspace: Workspace, uow: UnitOfWork, record: RecordChange, now: Any, then: Any) -> None:
    del workspace, now
    contract_id = record.contract_id or 0
    if isinstance(then, Answer):
        uow.answers.give(contract_id, str(record.key), then.text)
    else:
        uow.answers.withdraw(contract_id, str(record.key))


def _write_council(workspace: Workspace, uow: UnitOfWork, record: RecordChange, now: Any, then: Any) -> None:
    del now
    saved = uow.settings.save(workspace.expected(record.kind, record.key), then)
    workspace.seen(record.kind, record.key, saved.version)


def _write_rule(workspace: Workspace, uow: UnitOfWork, record: RecordChange, now: Any, then: Any) -> None:
    kind, key = record.kind, int(record.key)
    if then is None:
        workspace.seen(kind, key, uow.policies.delete_rule(key, workspace.expected(kind, key)).version)
    elif now is None:
        workspace.seen(kind, key, uow.policies.restore_rule(key).version)
    else:
        workspace.seen(kind, key, uow.policies.save_rule(key, workspace.expected(kind, key), then).version)


_WRITERS: dict[RecordKind, _Write] = {
    RecordKind.SUPPLIER: _write_supplier,
    RecordKind.CONTRACT: _write_contract,
    RecordKind.COMMITMENT: _write_commitment,
    RecordKind.ANSWER: _write_answer,
    RecordKind.COUNCIL: _write_council,
    RecordKind.POLICY_RULE: _write_rule,
}
