"""Saves what marking files say: confirmation, marks and sending of each evaluator, all in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.marking import EVALUATOR, MARK, have_all_sent
from tomsapp.domain.wording import listed
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.tenders.markings_read import FileState
from tomsapp.services.tenders.marks_given import MARKS_SEEN, check_marks, hold_marks, send_at
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tomsapp.services.tenders.markings_read import ReadMarking
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

_INSTEAD = "Say in the reason of the moderated mark what is to be said"


def take_markings(workspace: Workspace, tender_id: int, files: Sequence[ReadMarking]) -> Done[int]:
    """Save what marking files say; gives how many marks were saved. What is the same already is not saved again.

    Raises:
        EditConflict: somebody else saved a mark or who evaluates since it was looked at; nothing was saved.
        StoreError: a file has errors or something changed since; nothing was saved.
    """
    chosen = [each for each in files if each.state is not FileState.NOTHING_NEW]
    _check(chosen)
    if not chosen:
        return Done(0)
    names = listed([each.evaluator.record.name for each in chosen if each.evaluator is not None])
    receipts = "".join(f" [{each.receipt.words}]" for each in chosen if each.receipt is not None)
    with workspace.work(f"Take over the marks of {names}{receipts}") as uow:
        tender = hold_marks(uow, tender_id)
        changes = [change for each in chosen for change in _write(uow, tender_id, each)]
        are_seen = have_all_sent([each.record for each in uow.evaluators.of(tender_id)])
        uow.commit()
    label = f"Take over the marks of {names} for {tender.reference}"
    stop = MARKS_SEEN if are_seen else ""
    saved = sum(change.kind is MARK for change in changes)
    return Done(saved, Edit(label, tuple(changes), stop, _INSTEAD if stop else ""))


def _check(files: Sequence[ReadMarking]) -> None:
    for each in files:
        for problem in each.problems:
            if problem.severity is Severity.ERROR:
                raise StoreError(
                    f"{each.name} cannot be taken over: {problem.message}", f"{problem.fix}. Nothing was saved"
                )


def _write(uow: UnitOfWork, tender_id: int, each: ReadMarking) -> Iterator[RecordChange]:
    stored = each.evaluator
    if stored is None or each.becomes is None:
        raise StoreError(f"{each.name} cannot be taken over", "Leave it out")
    if each.becomes != stored.record:
        refuse_errors(EVALUATOR.problems(each.becomes))
        before, stored = stored, uow.evaluators.save(stored.id, stored.version, each.becomes)
        yield RecordChange(EVALUATOR, stored.id, before.record, stored.record)
    marks = [mark for _, mark in each.changes]
    check_marks(uow, tender_id, "", marks)
    for held, mark in each.changes:
        refuse_errors(MARK.problems(mark))
        saved = uow.marks.add(mark) if held is None else uow.marks.save(held.id, held.version, mark)
        yield RecordChange(MARK, saved.id, held.record if held else None, saved.record)
    if each.sends:
        before, stored = stored, send_at(uow, tender_id, stored)
        yield RecordChange(EVALUATOR, stored.id, before.record, stored.record)
