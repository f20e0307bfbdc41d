"""What may still be changed of what is set up of a tender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.tender.choices import SET_UP, TenderStatus
from tomsapp.store.errors import EditConflict, StoreError

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.store.unit_of_work import UnitOfWork


def hold_set_up(uow: UnitOfWork, tender_id: int) -> Stored[Tender]:
    """The tender, whose set-up may be changed, and stays so until this transaction ends.

    Raises:
        EditConflict: somebody deleted it.
        StoreError: its offers were opened, or it was withdrawn.
    """
    held = uow.tenders.hold(tender_id)
    if held.is_deleted:
        raise EditConflict(held)
    check_set_up(held.record)
    return held


def check_set_up(tender: Tender) -> None:
    """Make sure that what is set up of a tender may be changed.

    Raises:
        StoreError: it may not any more.
    """
    if tender.status not in SET_UP:
        message = f"{tender.reference} is {tender.status.value}, so what was set up is fixed"
        raise StoreError(message, "Nothing was saved. Copy it into a new tender to change it")


def check_number_stays(tender: Tender, noun: str, before: int, after: int) -> None:
    """Make sure that the number of a lot or a question stays once bidders know it.

    Raises:
        StoreError: it would not.
    """
    if tender.status is not TenderStatus.DRAFT and before != after:
        message = f"{tender.reference} is issued, so {noun} {before} keeps its number"
        raise StoreError(message, "Bidders name it by its number: add another one instead")
