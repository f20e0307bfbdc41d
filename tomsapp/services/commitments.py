"""What a user does with the commitments of a contract: add measures, change, remove, import, answer warnings.

Each of these is refused with a StoreError when somebody has signed the contract, which fixes its commitments.
"""

from collections.abc import Sequence
from dataclasses import replace

from tomsapp.domain.answers import ANSWER
from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Answer
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.signed import check_answer, hold_draft
from tomsapp.services.workspace import Workspace

_KIND = COMMITMENT


def add_commitments(
    workspace: Workspace, contract_id: int, commitments: Sequence[Commitment], label: str
) -> Done[tuple[Stored[Commitment], ...]]:
    """Add commitments to a contract in one transaction: measures picked by hand, or the rows of a spreadsheet."""
    with workspace.work(label) as uow:
        hold_draft(uow, contract_id)
        added = tuple(uow.commitments.add(contract_id, commitment) for commitment in commitments)
        uow.commit()
    return Done(added, Edit(label, tuple(_change(contract_id, None, line) for line in added)))


def new_commitment(measure: str, contract: Contract) -> Commitment:
    """An empty commitment of `measure` with a blank quantity for each contract year."""
    return Commitment(key="", measure=measure, quantities=(None,) * len(contract.years))


def add_measures(
    workspace: Workspace, contract_id: int, contract: Contract, edition: MenuEdition, codes: Sequence[str]
) -> Done[tuple[Stored[Commitment], ...]]:
    """Add an empty commitment for each measure, ready for its quantities."""
    label = f"Add {edition.name_of(codes[0])}" if len(codes) == 1 else f"Add {len(codes)} measures"
    empty = [new_commitment(code, contract) for code in codes]
    return add_commitments(workspace, contract_id, empty, label)


def save_commitment(
    workspace: Workspace, contract_id: int, before: Stored[Commitment], after: Commitment, label: str
) -> Done[Stored[Commitment]]:
    """Save one commitment over the state that the user started from.

    Raises:
        EditConflict: somebody else saved it first.
    """
    if after == before.record:
        return Done(before)
    with workspace.work(label) as uow:
        hold_draft(uow, contract_id)
        stored = uow.commitments.save(before.id, before.version, replace(after, key=before.record.key))
        uow.commit()
    return Done(stored, Edit(label, (_change(contract_id, before.record, stored),)))


def save_commitments(
    workspace: Workspace, contract_id: int, changed: Sequence[tuple[Stored[Commitment], Commitment]], label: str
) -> Done[tuple[Stored[Commitment], ...]]:
    """Save several commitments in one transaction: a pasted block, or a year copied to the right."""
    pairs = [(before, after) for before, after in changed if after != before.record]
    if not pairs:
        return Done(())
    with workspace.work(label) as uow:
        hold_draft(uow, contract_id)
        saved = [(before, uow.commitments.save(before.id, before.version, after)) for before, after in pairs]
        uow.commit()
    records = tuple(_change(contract_id, before.record, stored) for before, stored in saved)
    return Done(tuple(stored for _, stored in saved), Edit(label, records))


def remove_commitments(
    workspace: Workspace, contract_id: int, edition: MenuEdition, lines: Sequence[Stored[Commitment]]
) -> Done[None]:
    """Remove commitments; undo brings them back and the history keeps them."""
    if len(lines) == 1:
        label = f"Remove {edition.name_of(lines[0].record.measure)}"
    else:
        label = f"Remove {len(lines)} commitments"
    with workspace.work(label) as uow:
        hold_draft(uow, contract_id)
        for line in lines:
            uow.commitments.delete(line.id, line.version)
        uow.commit()
    return Done(
        None, Edit(label, tuple(RecordChange(_KIND, line.id, line.record, None, contract_id) for line in lines))
    )


def answer_problem(
    workspace: Workspace, contract_id: int, key: str, answer: Answer, before: Answer | None = None
) -> Done[None]:
    """Answer a warning with a choice and its reason; it counts as answered while what it asks about stays the same.

    `before` is the answer that the user saw.

    Raises:
        EditConflict: somebody else answered it first.
    """
    label = "Answer a warning"
    with workspace.work(label) as uow:
        hold_draft(uow, contract_id)
        check_answer(uow, contract_id, key, before)
        uow.answers.give(contract_id, key, answer)
        uow.commit()
    change = RecordChange(ANSWER, key, before, replace(answer, answered_by=workspace.who), contract_id)
    return Done(None, Edit(label, (change,)))


def reopen_problem(workspace: Workspace, contract_id: int, key: str, before: Answer) -> Done[None]:
    """Take an answer back, so that its warning is open again. `before` is the answer that the user saw.

    Raises:
        EditConflict: somebody else answered it anew.
        NotFound: it was taken back already.
    """
    label = "Reopen a warning"
    with workspace.work(label) as uow:
        hold_draft(uow, contract_id)
        if key in uow.answers.of(contract_id):
            check_answer(uow, contract_id, key, before)
        uow.answers.withdraw(contract_id, key)
        uow.commit()
    return Done(None, Edit(label, (RecordChange(ANSWER, key, before, None, contract_id),)))


def _change(contract_id: int, before: Commitment | None, stored: Stored[Commitment]) -> RecordChange:
    return RecordChange(_KIND, stored.id, before, stored.record, contract_id)
