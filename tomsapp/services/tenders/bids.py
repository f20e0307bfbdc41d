"""What a user enters of bids once the offers are opened: price, quality points and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.tender.bid import BID, quality_problems
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.wording import plural
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.history import Stored
    from tomsapp.domain.problems import Problem
    from tomsapp.domain.tender.bid import Bid
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


def bid_problems(tender: Tender, bid: Bid) -> list[Problem]:
    """What must be put right before a bid of a tender is saved."""
    return [*BID.problems(bid), *quality_problems(bid, tender.quality_points)]


def save_bids(
    workspace: Workspace, opened: OpenTender, pairs: Sequence[tuple[Stored[Bid], Bid]]
) -> Done[tuple[Stored[Bid], ...]]:
    """Save price, quality and notes of bids over the states that the user started from, in one edit.

    Raises:
        EditConflict: somebody else saved one of them first.
        StoreError: one of them is wrong, the offers are not opened, or the evaluation is frozen.
    """
    changed = [(before, bid) for before, bid in pairs if bid != before.record]
    if not changed:
        return Done(tuple(before for before, _ in pairs))
    called = changed[0][1].name if len(changed) == 1 else plural(len(changed), "bid")
    label = f"Change {called} of {opened.tender.reference}"
    with workspace.work(label) as uow:
        tender = hold_opened(uow, opened.id)
        saved = {before.id: _save(uow, tender, before, bid) for before, bid in changed}
        uow.commit()
    changes = (RecordChange(BID, before.id, before.record, saved[before.id].record) for before, _ in changed)
    return Done(tuple(saved.get(before.id, before) for before, _ in pairs), Edit(label, tuple(changes)))


def _save(uow: UnitOfWork, tender: Tender, before: Stored[Bid], bid: Bid) -> Stored[Bid]:
    refuse_errors(bid_problems(tender, bid))
    return uow.bids.save(before.id, before.version, bid)


def hold_opened(uow: UnitOfWork, tender_id: int) -> Tender:
    """The tender whose bids are judged, and which stays so until this transaction ends.

    Raises:
        StoreError: its offers are not opened, or its evaluation is frozen.
    """
    tender = uow.tenders.hold(tender_id).record
    if tender.status is not TenderStatus.OPENED:
        message = f"{tender.reference} is {tender.status.value}, and its bids are not changed"
        raise StoreError(message, "Bids are judged from when the offers are opened until the evaluation is frozen")
    return tender
