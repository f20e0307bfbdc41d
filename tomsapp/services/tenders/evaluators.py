"""What a user does with the evaluators of a tender: add, change, take out; first of all there is no conflict.

Who evaluates is decided before marks are seen: once all have sent, nobody comes to them who could have seen theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.alike import alike
from tomsapp.domain.facts import Fault
from tomsapp.domain.record_type import fact_problem
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.marking import EVALUATOR, Evaluator, have_all_sent
from tomsapp.services.tenders.marks_held import BEFORE_FREEZING
from tomsapp.services.tenders.parts import PartActions
from tomsapp.store.errors import EditConflict, StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.history import Stored
    from tomsapp.domain.problems import Problem
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.store.unit_of_work import UnitOfWork

_SEEN = "All evaluators have sent, and their marks can be seen by now"
_SENT = "marks were sent"


@dataclass(frozen=True)
class EvaluatorActions(PartActions[Evaluator]):
    """The actions of the evaluators of a tender, until the evaluation is frozen."""

    def _clashes(self, record: Evaluator, others: Sequence[Evaluator]) -> list[Problem]:
        if all(alike(other.name) != alike(record.name) for other in others):
            return []
        fault = Fault("There is an evaluator of this name already", "Write the name in full", "taken")
        return [fact_problem(EVALUATOR, EVALUATOR.fact("name"), fault)]

    def _hold(self, uow: UnitOfWork, tender_id: int) -> Stored[Tender]:
        return hold_evaluators(uow, tender_id)

    def _add(self, uow: UnitOfWork, tender_id: int, records: Sequence[Evaluator]) -> tuple[Stored[Evaluator], ...]:
        held = [each.record for each in uow.evaluators.of(tender_id)]
        tender = uow.tenders.get(tender_id).record
        for record in records:
            check_evaluator(tender, held, None, record)
        return super()._add(uow, tender_id, records)

    def _save(self, uow: UnitOfWork, tender: Tender, before: Stored[Evaluator], record: Evaluator) -> Stored[Evaluator]:
        if before.record.sent_on != record.sent_on:
            raise StoreError("Marks are not sent by saving who evaluates", "Choose Send my marks")
        held = [each.record for each in uow.evaluators.of(uow.evaluators.tender_of(before.id))]
        check_evaluator(tender, held, before.record, record)
        return super()._save(uow, tender, before, record)

    def _check_together(self, uow: UnitOfWork, tender_id: int) -> None:
        check_names(uow, tender_id)


EVALUATORS = EvaluatorActions(EVALUATOR, lambda uow: uow.evaluators)


def check_names(uow: UnitOfWork, tender_id: int) -> None:
    """Make sure that no two evaluators of a tender have one name: by it each is known.

    Raises:
        StoreError: two have.
    """
    names = [alike(each.record.name) for each in uow.evaluators.of(tender_id)]
    if len(names) != len(set(names)):
        raise StoreError("There are two evaluators of one name", "Write the names in full")


def hold_evaluators(uow: UnitOfWork, tender_id: int) -> Stored[Tender]:
    """The tender, whose evaluators may be changed, and stays so until this transaction ends.

    Raises:
        EditConflict: somebody deleted it.
        StoreError: its evaluation is frozen, or it was withdrawn.
    """
    held = uow.tenders.hold(tender_id)
    if held.is_deleted:
        raise EditConflict(held)
    if held.record.status not in BEFORE_FREEZING:
        message = f"{held.record.reference} is {held.record.status.value}, so its evaluators and marks are fixed"
        raise StoreError(message, "Nothing was saved")
    return held


def check_evaluator(
    tender: Tender, held: Sequence[Evaluator], before: Evaluator | None, after: Evaluator | None
) -> None:
    """Make sure that an evaluator may be changed; `before` is None of a new one, `after` of one that is taken out.

    Raises:
        StoreError: it may not; it says why.
    """
    if after is not None and after.confirmed_on is not None and tender.status is not TenderStatus.OPENED:
        message = "Who bids is not known before the offers are opened, so nobody can say that there is no conflict"
        raise StoreError(message, "Confirm it once the offers are opened")
    if after is not None and after.sent_on is None and have_all_sent(held):
        raise StoreError(_SEEN, "Let the moderator know, and say it in the reason of the moderated marks")
    if before is not None and after is not None and before.sent_on is not None and _said(before) != _said(after):
        raise StoreError(f"The {_SENT} by {before.name}, so what was confirmed stays", "Nothing was saved")


def _said(evaluator: Evaluator) -> tuple[object, ...]:
    """What stays once marks were sent: by whom, and what they confirmed."""
    return (evaluator.name, evaluator.has_no_conflict, evaluator.confirmed_on)
