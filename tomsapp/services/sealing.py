"""Sealed acts on contracts: sign, close and withdraw, and the reverse act that alone opens them again.

A variation is signed, and taken back, in `varying`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tomsapp.domain.contract import CONTRACT, Contract, ContractStatus
from tomsapp.domain.history import Stored
from tomsapp.domain.seal import ACT, Act, ActFacts, ActKind, standing_act, status_after
from tomsapp.exchange.act_json import ActDocument, read_act
from tomsapp.services.act_making import (
    check,
    check_may,
    check_no_draft,
    label_of,
    new_act,
    proposed,
    short_of,
    stop_words,
)
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.contracts import OpenContract
from tomsapp.services.signed import hold_draft, said_in
from tomsapp.services.varying import take_back
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import StoreError
from tomsapp.store.kept import sha256_of
from tomsapp.store.unit_of_work import UnitOfWork

__all__ = ["check", "document_bytes", "is_whole", "proposed", "read_document", "seal", "short_of"]


def seal(workspace: Workspace, opened: OpenContract, facts: ActFacts, on: date | None = None) -> Done[Stored[Contract]]:
    """Do an act, today or on the day that is named: the contract has another status, and its document is kept for good.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: it cannot be done with this contract, by this person, or as it was said.
    """
    check_may(workspace, opened, facts, on)
    contract = opened.contract
    becomes = status_after(facts.kind, contract.status, opened.acts)
    reversed_act = standing_act(contract.status, opened.acts) if facts.kind is ActKind.REOPEN else None
    if reversed_act is not None and reversed_act.kind is ActKind.VARY:
        return take_back(workspace, opened, facts, reversed_act)
    label = label_of(facts, contract.reference)
    new = new_act(workspace, opened, facts, reversed_act)
    with workspace.work(label) as uow:
        _check_as_opened(uow, opened)
        if reversed_act is not None and reversed_act.kind is ActKind.SIGN:
            check_no_draft(uow, opened)
        if contract.status is ContractStatus.SIGNED and becomes in _UNSIGNED:
            _check_nothing_delivered(uow, opened)
        after = replace(contract, status=becomes)
        # The database lets a status change by an act alone, which it looks for.
        number = uow.acts.add(new)
        stored = uow.contracts.save(opened.stored.id, opened.stored.version, after, opened.supplier_id)
        uow.commit()
    changes = (
        RecordChange(
            CONTRACT, stored.id, (contract, opened.supplier_id), (stored.record, opened.supplier_id), stored.id
        ),
        RecordChange(ACT, number, None, facts, stored.id),
    )
    return Done(stored, Edit(label, changes, stop_words(facts.kind.done, facts)))


_UNSIGNED = frozenset({ContractStatus.DRAFT, ContractStatus.WITHDRAWN})
"""The statuses of a contract under which nothing is delivered."""


def _check_nothing_delivered(uow: UnitOfWork, opened: OpenContract) -> None:
    """Make sure that no claim would be left without the promise that it answers."""
    if uow.deliveries.of(opened.stored.id):
        message = f"Something was delivered under {opened.contract.reference}, so what was signed stays"
        raise StoreError(message, "Vary the contract: a variation changes its lines or ends it early")


def _check_as_opened(uow: UnitOfWork, opened: OpenContract) -> None:
    """Make sure that what is sealed is what the user was shown; a saved contract is found by its version.

    Nobody but who varies a signed contract changes its commitments.
    """
    if opened.is_locked:
        uow.contracts.hold(opened.stored.id)
    else:
        hold_draft(uow, opened.stored.id)
    lines = [(line.id, line.version) for line in uow.commitments.of(opened.stored.id)]
    answers = {key: said_in(answer) for key, answer in uow.answers.of(opened.stored.id).items()}
    shown = [(line.id, line.version) for line in opened.commitments]
    if lines != shown or answers != {key: said_in(answer) for key, answer in opened.answers.items()}:
        message = f"Somebody changed the commitments of {opened.contract.reference} after you opened it"
        raise StoreError(message, "Nothing was sealed. Look at them again, then do it")


# The documents


def read_document(workspace: Workspace, act: Act) -> ActDocument:
    """The document of an act.

    Raises:
        OfferUnreadable: it cannot be read.
    """
    with workspace.look() as uow:
        return read_act(uow.acts.document(act.id))


def document_bytes(workspace: Workspace, act: Act) -> bytes:
    """The document of an act as it is kept, to be saved as a file."""
    with workspace.look() as uow:
        return uow.acts.document(act.id)


def is_whole(act: Act, data: bytes) -> bool:
    """Whether the document of an act is the one that was sealed, and the act says what its document says."""
    return not any(_differences(act, data))


def _differences(act: Act, data: bytes) -> Iterator[bool]:
    yield sha256_of(data) != act.sha256
    document = read_act(data)
    yield document.result.social_value != act.value
    stated = document.act
    if stated is not None:
        said = ActFacts(act.kind, act.done_on, act.takes_effect_on, act.role, act.reason)
        yield (stated.facts, stated.by, stated.was, stated.becomes) != (said, act.by, act.was, act.becomes)
