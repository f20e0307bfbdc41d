"""Under which contracts something is delivered, and what nobody else changes while it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.contract import ContractStatus
from tomsapp.store.errors import EditConflict, StoreError

if TYPE_CHECKING:
    from tomsapp.domain.contract import Contract
    from tomsapp.domain.history import Stored
    from tomsapp.store.unit_of_work import UnitOfWork

HAS_DELIVERIES = frozenset({ContractStatus.SIGNED, ContractStatus.CLOSED})
"""The statuses of a contract whose deliveries are entered and decided: the last return comes after its end."""


def hold_for_delivery(uow: UnitOfWork, contract_id: int) -> Stored[Contract]:
    """The contract, which nobody else can change before this transaction ends.

    Raises:
        EditConflict: somebody deleted it.
        StoreError: it is a draft or withdrawn, so that nothing is delivered under it.
    """
    held = uow.contracts.hold(contract_id)
    if held.is_deleted:
        raise EditConflict(held)
    if held.record.status not in HAS_DELIVERIES:
        message = f"{held.record.reference} is {held.record.status.value}, and deliveries are those of signed contracts"
        raise StoreError(message, "Nothing was saved. Sign the contract, then enter what is delivered")
    return held
