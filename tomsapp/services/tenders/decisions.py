"""What people decide of the problems of bids: ask the bidder, accept, leave a line out; and to take that back.

A decision holds for the offer file in which the problem was found, and for no other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tomsapp.domain.facts import Fault
from tomsapp.domain.record_type import fact_problem
from tomsapp.domain.tender.bid import BID_DECISION, BidDecision, DecisionKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.tenders.marks_held import check_sees_figures
from tomsapp.services.tenders.receipts import receipts_at
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from datetime import date

    from tomsapp.domain.history import Stored
    from tomsapp.domain.problems import Problem
    from tomsapp.domain.tender.deciding import BidProblem
    from tomsapp.services.tenders.deciding import BidUnderCheck, OpenCheck
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

DAYS_TO_ANSWER = 7
"""Proposed for a question; the officer sets the day."""


def proposed_decision(bid: BidUnderCheck, found: BidProblem, today: date) -> BidDecision:
    """What a decision on something that is found begins with: nothing is chosen for whoever decides."""
    due = today + timedelta(DAYS_TO_ANSWER)
    return BidDecision(bid.id, found.key, bid.sha256, DecisionKind.ASK, asked_on=today, due_on=due)


def check_decision(found: BidProblem, decision: BidDecision) -> list[Problem]:
    """What must be put right before something is decided: what the record needs, and what a rule does not allow."""
    problems = BID_DECISION.problems(decision)
    why = found.why_not(decision.kind)
    if why:
        fault = Fault(why.removeprefix("Not possible: ").capitalize(), "Choose another decision", "not-possible")
        problems.insert(0, fact_problem(BID_DECISION, BID_DECISION.fact("kind"), fault))
    elif decision.kind is DecisionKind.LEAVE_OUT and decision.line not in {each.key for each in found.lines}:
        fault = Fault("It is not about that line", "Choose one of the lines that it is about", "other-line")
        problems.append(fact_problem(BID_DECISION, BID_DECISION.fact("line"), fault))
    return problems


def decide(
    workspace: Workspace,
    check: OpenCheck,
    found: BidProblem,
    before: Stored[BidDecision] | None,
    decision: BidDecision,
) -> Done[Stored[BidDecision]]:
    """Save what is decided of something that is found, over the state that the user started from.

    Raises:
        EditConflict: somebody else decided it first.
        StoreError: it cannot be decided so, another file counts by now, or the evaluation is fixed.
    """
    decision = tidied(decision, None if before is None else before.record)
    if before is not None and replace(decision, by=before.record.by) == before.record.parted:
        return Done(before)
    decision = replace(decision, by=workspace.who)
    refuse_errors(check_decision(found, decision))
    label = f"{decision.kind.words}: {_about(check, decision)}"
    with workspace.work(label) as uow:
        hold_deciding(uow, decision)
        if before is None:
            saved = uow.bid_decisions.add(decision)
        else:
            saved = uow.bid_decisions.save(before.id, before.version, decision)
        uow.commit()
    was = None if before is None else before.record
    return Done(saved, Edit(label, (RecordChange(BID_DECISION, saved.id, was, saved.record),)))


def take_back(workspace: Workspace, check: OpenCheck, before: Stored[BidDecision]) -> Done[None]:
    """Take a decision back, so that it is to be decided anew.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: another file counts by now, or the evaluation is fixed.
    """
    label = f"Take a decision back: {_about(check, before.record)}"
    with workspace.work(label) as uow:
        hold_deciding(uow, before.record)
        uow.bid_decisions.delete(before.id, before.version)
        uow.commit()
    return Done(None, Edit(label, (RecordChange(BID_DECISION, before.id, before.record, None),)))


def tidied(decision: BidDecision, before: BidDecision | None) -> BidDecision:
    """The decision without what belongs to another choice: a question that nobody asked, a line that stays.

    What was asked stays with its days as it was saved in `before`, whatever is decided then; where that held it as its
    reason, it is no reason of what is decided now.
    """
    if before is not None and before.is_open and before.reason and decision.reason == before.reason:
        decision = replace(decision, question=decision.question or before.parted.question, reason="")
    if decision.kind is not DecisionKind.LEAVE_OUT:
        decision = replace(decision, line="")
    if decision.kind is DecisionKind.ASK:
        return replace(decision, reason="")
    decision = replace(decision, question="" if before is None else before.parted.question)
    if not decision.question and not decision.answer.strip():
        decision = replace(decision, asked_on=None, due_on=None, answered_on=None)
    return decision


def _about(check: OpenCheck, decision: BidDecision) -> str:
    """Of which bid of which tender: "Lamp Ltd, lot 1, T-2026-003"."""
    bid = check.bid(decision.bid)
    name = "" if bid is None else f"{bid.opened.stored.record.name}, "
    return f"{name}{check.read.tender.record.reference}"


def hold_deciding(uow: UnitOfWork, decision: BidDecision) -> None:
    """Make sure that it may still be decided, and stays so until this transaction ends.

    Raises:
        StoreError: the offers are not opened or the evaluation is fixed, another file counts of the bid, or whoever
            decides marks answers of the tender and not all evaluators have sent.
    """
    tender_id = uow.bids.tender_of(decision.bid)
    check_sees_figures(uow, uow.who, tender_id)
    held = uow.tenders.hold(tender_id)
    if held.is_deleted or held.record.status is not TenderStatus.OPENED:
        message = f"{held.record.reference} is {held.record.status.value}, and nothing is decided of its bids"
        raise StoreError(message, "Problems are decided from the opening until the evaluation is frozen")
    bid = uow.bids.get(decision.bid).record
    files = (each.judged.file for each in receipts_at(uow, tender_id) if each.counts)
    if decision.sha256 not in {file.sha256 for file in files if (file.supplier, file.lot) == (bid.supplier, bid.lot)}:
        message = f"Another file counts of {bid.supplier} by now"
        raise StoreError(message, "Nothing was saved. Look at what is found in that one")
