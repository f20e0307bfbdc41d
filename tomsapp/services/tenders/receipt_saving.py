"""Saves what a person says of received files: whose each is, for which lot, and when the portal had it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.receipt import RECEIPT, Receipt
from tomsapp.domain.wording import plural
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.tenders.in_force import tender_in_force
from tomsapp.services.tenders.opening import add_bids
from tomsapp.services.tenders.receipts import check_lot, check_portal_time, hold_receiving
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.history import Stored
    from tomsapp.domain.problems import Problem
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

_TYPED = ("supplier", "lot", "portal_on", "portal_time")
"""What the file itself says is not typed over."""


def check_receipt(before: Stored[Receipt], receipt: Receipt) -> list[Problem]:
    """What must be put right before it can be saved, as far as the receipt alone can tell."""
    return RECEIPT.problems(_typed_over(before.record, receipt))


def save_receipt(
    workspace: Workspace, tender_id: int, before: Stored[Receipt], receipt: Receipt
) -> Done[tuple[Stored[Receipt], ...]]:
    """Save what a person says of one file.

    Raises:
        EditConflict, StoreError: as `save_receipts`.
    """
    return save_receipts(workspace, tender_id, [(before, receipt)])


def save_receipts(
    workspace: Workspace, tender_id: int, said: Sequence[tuple[Stored[Receipt], Receipt]]
) -> Done[tuple[Stored[Receipt], ...]]:
    """Save what a person says of files, each over the state that they started from; all or none.

    Once the offers are opened, what counts then becomes a bid. Gives the receipts that changed.

    Raises:
        EditConflict: somebody else saved one of them first.
        StoreError: what is said is wrong, there is no such supplier, or the evaluation is fixed.
    """
    wanted = [(before, _typed_over(before.record, receipt)) for before, receipt in said]
    changed = [(before, receipt) for before, receipt in wanted if receipt != before.record]
    if not changed:
        return Done(())
    for _, receipt in changed:
        refuse_errors(RECEIPT.problems(receipt))
    label = f"Save what is said of {plural(len(changed), 'received file')}"
    with workspace.work(label) as uow:
        tender = hold_receiving(uow, tender_id)
        saved = [_save(uow, tender_id, before, receipt) for before, receipt in changed]
        bids = [*add_bids(uow, tender_id)] if tender.status is TenderStatus.OPENED else []
        uow.commit()
    pairs = zip(changed, saved, strict=True)
    records = [RecordChange(RECEIPT, after.id, before.record, after.record) for (before, _), after in pairs]
    stop = "What is said of received files was saved. Undo stops here"
    return Done(tuple(saved), Edit(label, (*records, *bids), stop, "Save it again"))


def _typed_over(before: Receipt, receipt: Receipt) -> Receipt:
    return replace(before, **{name: getattr(receipt, name) for name in _TYPED})


def _save(uow: UnitOfWork, tender_id: int, before: Stored[Receipt], receipt: Receipt) -> Stored[Receipt]:
    check_portal_time(tender_in_force(uow, tender_id), receipt)
    check_lot(uow, tender_id, receipt)
    saved = before
    if receipt.supplier != before.record.supplier:
        saved = uow.receipts.assign(before.id, before.version, _supplier(uow, receipt.supplier))
    if replace(saved.record, supplier=receipt.supplier) == receipt:
        return saved
    return uow.receipts.save(before.id, saved.version, receipt)


def _supplier(uow: UnitOfWork, name: str) -> int | None:
    """The number of the supplier with a name; None of nobody."""
    if not name:
        return None
    found = next((each.id for each in uow.suppliers.all() if each.record.name == name), None)
    if found is None:
        raise StoreError(f"There is no supplier called {name}", "Choose one, or add it under Suppliers")
    return found
