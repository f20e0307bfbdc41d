"""What a user does with money that was handed over: enter it, change it, take out what was entered by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.delivery.ledger import HANDED_OVER, HandedOver, ledger_problems
from tomsapp.domain.wording import format_pounds
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.delivery_held import hold_for_delivery
from tomsapp.services.refusing import refuse_errors

if TYPE_CHECKING:
    from datetime import date

    from tomsapp.domain.history import Stored
    from tomsapp.domain.problems import Problem
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace


def check_money(opened: OpenDelivery, entry: HandedOver, today: date) -> list[Problem]:
    """What must be put right before money is saved; `today` is the day on which it is entered."""
    return ledger_problems(entry, {line.record.key for line in opened.commitments}, today)


def add_money(workspace: Workspace, opened: OpenDelivery, entry: HandedOver, today: date) -> Done[Stored[HandedOver]]:
    """Enter money that was handed over.

    Raises:
        StoreError: something must be put right first, or the contract is not signed any more.
    """
    return _save(workspace, opened, None, entry, today)


def change_money(
    workspace: Workspace, opened: OpenDelivery, before: Stored[HandedOver], after: HandedOver, today: date
) -> Done[Stored[HandedOver]]:
    """Save money over the state `before` that the user started from.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: as for `add_money`.
    """
    return Done(before) if after == before.record else _save(workspace, opened, before, after, today)


def _save(
    workspace: Workspace, opened: OpenDelivery, before: Stored[HandedOver] | None, after: HandedOver, today: date
) -> Done[Stored[HandedOver]]:
    refuse_errors(check_money(opened, after, today))
    label = _label("Enter" if before is None else "Change", opened, after)
    with workspace.work(label) as uow:
        hold_for_delivery(uow, opened.stored.id)
        if before is None:
            stored = uow.ledger.add(opened.stored.id, after)
        else:
            stored = uow.ledger.save(before.id, before.version, after)
        uow.commit()
    then = None if before is None else before.record
    return Done(stored, Edit(label, (RecordChange(HANDED_OVER, stored.id, then, stored.record, opened.stored.id),)))


def take_out_money(workspace: Workspace, opened: OpenDelivery, entry: Stored[HandedOver]) -> Done[None]:
    """Take out money that was entered by mistake; Undo brings it back, and the history keeps it.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: the contract is not signed any more.
    """
    label = _label("Take out", opened, entry.record)
    with workspace.work(label) as uow:
        hold_for_delivery(uow, opened.stored.id)
        uow.ledger.delete(entry.id, entry.version)
        uow.commit()
    change = RecordChange(HANDED_OVER, entry.id, entry.record, None, opened.stored.id)
    return Done(None, Edit(label, (change,)))


def _label(verb: str, opened: OpenDelivery, entry: HandedOver) -> str:
    return f"{verb} {format_pounds(entry.amount)} handed over for {opened.contract.reference}"
