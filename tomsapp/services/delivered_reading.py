"""All that a delivered valuation is made of, read at one moment: the contract, and what was delivered under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.services.contracts import ReadContract, read_contract
from tomsapp.services.delivery import ReadDelivery

if TYPE_CHECKING:
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """What the database holds for the papers of a contract, with those published; equal ones make the same paper."""

    contract: ReadContract
    delivery: ReadDelivery


def read_for_paper(workspace: Workspace, contract_id: int) -> ReadPaper:
    """Read all that a paper of a contract is made of.

    Raises:
        NotFound: there is no such contract.
    """
    with workspace.look() as uow:
        return read_paper(workspace, uow, contract_id)


def read_paper(workspace: Workspace, uow: UnitOfWork, contract_id: int) -> ReadPaper:
    """Read it at the moment of a transaction.

    Raises:
        NotFound: there is no such contract.
    """
    return ReadPaper(
        read_contract(workspace, uow, contract_id),
        ReadDelivery.of(uow, contract_id),
    )
