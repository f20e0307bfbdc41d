"""What evaluators do: confirm that there is no conflict of interest, give marks with reasons, send; and moderation.

Each does it for themselves. Until all have sent, marks that were sent can be taken back; afterwards they are seen, and
one mark with its reason is agreed for each answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.marking import (
    EVALUATOR,
    MARK,
    MODERATED_MARK,
    Evaluator,
    Mark,
    ModeratedMark,
    have_all_sent,
    not_marked,
    outside_words,
)
from tomsapp.domain.wording import plural
from tomsapp.exchange.tenders.pack_json import read_pack
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.sealed_rules import today
from tomsapp.services.tenders.evaluators import hold_evaluators
from tomsapp.services.tenders.marks_held import bids_to_mark, evaluator_called, questions_to_mark
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

MARKS_SEEN = "All evaluators have sent their marks. Undo stops here"
_NOT_MARKED = "The answer is not marked any more"
_OPEN_AGAIN = "Nothing was saved. Open the tender again"
_INSTEAD = "Say in the reason of the moderated mark what is to be said"


def give_mark(
    workspace: Workspace, tender_id: int, mark: Mark, before: Stored[Mark] | None = None
) -> Done[Stored[Mark]]:
    """Give a mark with its reason, over the one that was given before.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: it is wrong, who works here is not this evaluator or may not mark, or nothing is marked now.
    """
    refuse_errors(MARK.problems(mark))
    with workspace.work(f"Give a mark for question {mark.question}") as uow:
        tender = hold_marks(uow, tender_id)
        label = _label_of(uow, tender, mark)
        check_marks(uow, tender_id, workspace.who, [mark])
        stored = uow.marks.add(mark) if before is None else uow.marks.save(before.id, before.version, mark)
        uow.commit()
    if before is not None and before.record == mark:
        return Done(stored)
    change = RecordChange(MARK, stored.id, before.record if before else None, stored.record)
    return Done(stored, Edit(label, (change,)))


def _label_of(uow: UnitOfWork, tender: Tender, mark: Mark) -> str:
    bid = uow.bids.get(mark.bid).record
    return f"Give a mark for question {mark.question} of {bid.name} in {tender.reference}"


def hold_marks(uow: UnitOfWork, tender_id: int) -> Tender:
    """The tender, whose answers are marked, and which stays so until this transaction ends.

    Raises:
        EditConflict: somebody deleted it.
        StoreError: its offers are not opened, or its evaluation is frozen.
    """
    tender = hold_evaluators(uow, tender_id).record
    if tender.status is not TenderStatus.OPENED:
        raise StoreError(f"The offers of {tender.reference} are not opened", "Answers are marked once they are")
    return tender


def check_marks(uow: UnitOfWork, tender_id: int, who: str, marks: Sequence[Mark]) -> None:
    """Make sure that an evaluator may give these marks; an empty `who` is whoever brings in what they sent.

    Raises:
        StoreError: one is of another evaluator, of an answer that is not marked, or they sent theirs already.
    """
    evaluators = {each.id: each for each in uow.evaluators.of(tender_id)}
    bids = {bid.id for bid in bids_to_mark(uow, tender_id)}
    questions = questions_asked(uow, tender_id)
    for mark in marks:
        evaluator = evaluators.get(mark.evaluator)
        if evaluator is None:
            raise StoreError("The evaluator was taken out of the tender", _OPEN_AGAIN)
        check_may_mark(evaluator.record)
        if who and evaluator_called([evaluator], who) is None:
            message = f"These are the marks of {evaluator.record.name}, and you are {who}"
            raise StoreError(message, "Nothing was saved. Each gives their own marks")
        if mark.bid not in bids or mark.question not in questions:
            raise StoreError(_NOT_MARKED, _OPEN_AGAIN)


def check_may_mark(evaluator: Evaluator) -> None:
    """Make sure that an evaluator may give or change marks.

    Raises:
        StoreError: they have a conflict or have not said so, or they sent their marks.
    """
    if evaluator.sent_on is not None:
        raise StoreError(
            f"{evaluator.name} has sent these marks, so they stay", "Take them back first, or moderate them"
        )
    if not evaluator.may_mark:
        message = f"{evaluator.name} has not confirmed that there is no conflict of interest"
        raise StoreError(message, "Confirm it first, or let somebody else mark")


def questions_asked(uow: UnitOfWork, tender_id: int) -> tuple[int, ...]:
    """The numbers of the questions that are marked, by the newest pack."""
    versions = uow.pack_versions.of(tender_id)
    if not versions:
        return ()
    return questions_to_mark(read_pack(uow.pack_versions.content(tender_id, versions[-1].version), "the pack").pack)


def send_marks(workspace: Workspace, tender_id: int, mine: Stored[Evaluator]) -> Done[Stored[Evaluator]]:
    """Send all marks of an evaluator, who changes them no more; Undo takes it back until all have sent.

    Raises:
        EditConflict: somebody else saved who evaluates meanwhile.
        StoreError: an answer has no mark yet, or who works here is not this evaluator.
    """
    with workspace.work(f"Send the marks of {mine.record.name}") as uow:
        tender = hold_marks(uow, tender_id)
        if evaluator_called([mine], workspace.who) is None:
            raise StoreError(f"These are the marks of {mine.record.name}", "Each sends their own marks")
        stored = send_at(uow, tender_id, mine)
        stop = _stop(uow, tender_id)
        uow.commit()
    label = f"Send the marks of {mine.record.name} for {tender.reference}"
    change = RecordChange(EVALUATOR, stored.id, mine.record, stored.record)
    return Done(stored, Edit(label, (change,), stop, _INSTEAD if stop else ""))


def send_at(uow: UnitOfWork, tender_id: int, mine: Stored[Evaluator]) -> Stored[Evaluator]:
    """Send the marks of an evaluator within a transaction that holds the tender.

    Raises:
        EditConflict: somebody else saved who evaluates meanwhile.
        StoreError: an answer has no mark yet, or they may not mark.
    """
    check_may_mark(mine.record)
    check_all_given(uow, tender_id, mine)
    after = replace(mine.record, sent_on=today())
    refuse_errors(EVALUATOR.problems(after))
    return uow.evaluators.save(mine.id, mine.version, after)


def check_all_given(uow: UnitOfWork, tender_id: int, mine: Stored[Evaluator]) -> None:
    """Make sure that an evaluator has marked every answer.

    Raises:
        StoreError: one has no mark yet.
    """
    bids, questions = [bid.id for bid in bids_to_mark(uow, tender_id)], questions_asked(uow, tender_id)
    left = not_marked(mine.id, (each.record for each in uow.marks.of_tender(tender_id)), bids, questions)
    if left:
        have = plural(len(left), "answer has", "answers have")
        raise StoreError(f"{have} no mark of {mine.record.name} yet", "Give a mark to each first")


def _stop(uow: UnitOfWork, tender_id: int) -> str:
    return MARKS_SEEN if have_all_sent([each.record for each in uow.evaluators.of(tender_id)]) else ""


def take_marks_back(workspace: Workspace, tender_id: int, mine: Stored[Evaluator]) -> Done[Stored[Evaluator]]:
    """Take marks back that were sent, to change them, as long as not all evaluators have sent.

    Raises:
        EditConflict: somebody else saved who evaluates meanwhile.
        StoreError: all have sent, they are not sent, or who works here is not this evaluator.
    """
    with workspace.work(f"Take the marks of {mine.record.name} back") as uow:
        tender = hold_marks(uow, tender_id)
        if evaluator_called([mine], workspace.who) is None:
            raise StoreError(f"These are the marks of {mine.record.name}", "Each takes their own marks back")
        if _stop(uow, tender_id):
            raise StoreError(
                "All evaluators have sent, and their marks can be seen by now", "Moderate the marks instead"
            )
        stored = uow.evaluators.save(mine.id, mine.version, replace(mine.record, sent_on=None))
        uow.commit()
    label = f"Take the marks of {mine.record.name} for {tender.reference} back"
    return Done(stored, Edit(label, (RecordChange(EVALUATOR, stored.id, mine.record, stored.record),)))


def confirm_no_conflict(workspace: Workspace, tender_id: int, mine: Stored[Evaluator]) -> Done[Stored[Evaluator]]:
    """Confirm for oneself, today, that there is no conflict of interest with any bidder.

    Raises:
        EditConflict: somebody else saved who evaluates meanwhile.
        StoreError: the offers are not opened, or who works here is not this evaluator.
    """
    after = replace(mine.record, has_no_conflict=True, confirmed_on=today())
    with workspace.work(f"Confirm that {mine.record.name} has no conflict of interest") as uow:
        tender = hold_marks(uow, tender_id)
        if evaluator_called([mine], workspace.who) is None:
            raise StoreError(f"This is for {mine.record.name} to confirm", "Each confirms it for themselves")
        stored = uow.evaluators.save(mine.id, mine.version, after)
        uow.commit()
    label = f"Confirm that {mine.record.name} has no conflict of interest in {tender.reference}"
    return Done(stored, Edit(label, (RecordChange(EVALUATOR, stored.id, mine.record, stored.record),)))


def moderate(
    workspace: Workspace, tender_id: int, mark: ModeratedMark, before: Stored[ModeratedMark] | None = None
) -> Done[Stored[ModeratedMark]]:
    """Save the mark that counts of an answer, with its reason, once all evaluators have sent; who does it is kept.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: it is wrong, not all have sent, or the answer is not marked.
    """
    if before is not None and (mark.mark, mark.reason) == (before.record.mark, before.record.reason):
        return Done(before)
    mark = replace(mark, by=workspace.who)
    refuse_errors(MODERATED_MARK.problems(mark))
    with workspace.work(f"Moderate the mark of question {mark.question}") as uow:
        tender = hold_moderation(uow, tender_id)
        bids = {bid.id: bid.record for bid in bids_to_mark(uow, tender_id)}
        if mark.bid not in bids or mark.question not in questions_asked(uow, tender_id):
            raise StoreError(_NOT_MARKED, _OPEN_AGAIN)
        label = f"Moderate the mark of question {mark.question} of {bids[mark.bid].name} in {tender.reference}"
        stored = uow.moderated.add(mark) if before is None else uow.moderated.save(before.id, before.version, mark)
        uow.commit()
    change = RecordChange(MODERATED_MARK, stored.id, before.record if before else None, stored.record)
    return Done(stored, Edit(label, (change,)))


def check_moderated(
    workspace: Workspace, tender_id: int, mark: ModeratedMark, number: int | None = None
) -> list[Problem]:
    """What must be put right before a mark is agreed; a warning is a question, of one that lies outside all given.

    It is not asked again where the mark of the record `number` stays and its reason alone is another.
    """
    problems = MODERATED_MARK.problems(mark)
    if problems:
        return problems
    with workspace.look() as uow:
        if number is not None and uow.moderated.get(number).record.mark == mark.mark:
            return []
        marking = {each.id for each in uow.evaluators.of(tender_id)}
        marks = [each.record for each in uow.marks.of_tender(tender_id) if each.record.evaluator in marking]
    outside = outside_words(mark.mark, [each.mark for each in marks if _is_same(each, mark)])
    fix = "Agree on another mark, or save it and say in the reason why"
    return [Problem("mark-outside", Severity.WARNING, outside, fix, Where(field="mark"))] if outside else []


def _is_same(given: Mark, agreed: ModeratedMark) -> bool:
    return (given.bid, given.question) == (agreed.bid, agreed.question)


def hold_moderation(uow: UnitOfWork, tender_id: int) -> Tender:
    """The tender, whose marks are moderated, and which stays so until this transaction ends.

    Raises:
        EditConflict: somebody deleted it.
        StoreError: not all evaluators have sent, its offers are not opened, or its evaluation is frozen.
    """
    tender = hold_marks(uow, tender_id)
    if not have_all_sent([each.record for each in uow.evaluators.of(tender_id)]):
        raise StoreError(
            "Not all evaluators have sent their marks", "Nothing was saved. Marks are moderated once all have"
        )
    return tender
