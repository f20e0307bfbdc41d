"""Checks and saves the facts of contracts as their form has them: the supplier by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.contract import CONTRACT, Contract
from tomsapp.domain.facts import Fault
from tomsapp.domain.record_type import fact_problem
from tomsapp.services.contracts import add_contract, check_contract, save_contract

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.domain.problems import Problem
    from tomsapp.services.changes import Done
    from tomsapp.services.workspace import Workspace


class ContractFactActions:
    """The `Actions` of a contract's facts. The names of suppliers that are not deleted are unique."""

    def check(self, workspace: Workspace, record: Contract, number: int | None = None) -> list[Problem]:
        """What must be put right before the facts can be saved as those of the contract with this number."""
        found = check_contract(workspace, record, number)
        if _supplier_id(workspace, record.supplier) is None:
            supplier, name = CONTRACT.fact("supplier"), record.supplier.strip()
            message = f"There is no supplier called {name}" if name else ""
            fix = "Choose one or add it" if name else supplier.needed
            found.append(fact_problem(CONTRACT, supplier, Fault(message, fix, "missing")))
        return found

    def add(self, workspace: Workspace, record: Contract) -> Done[Stored[Contract]]:
        """Record a new contract."""
        return add_contract(workspace, record, _supplier_id(workspace, record.supplier))

    def save(self, workspace: Workspace, before: Stored[Contract], record: Contract) -> Done[Stored[Contract]]:
        """Save the facts over the state that the user started from.

        Raises:
            EditConflict: somebody else saved it first.
            StoreError: it is signed, which fixed its facts.
        """
        with workspace.look() as uow:
            supplier_before = uow.contracts.supplier_id_of(before.id)
        is_same = record.supplier == before.record.supplier
        supplier = supplier_before if is_same else _supplier_id(workspace, record.supplier)
        return save_contract(workspace, before, supplier_before, record, supplier)


def _supplier_id(workspace: Workspace, name: str) -> int | None:
    if not name.strip():
        return None
    with workspace.look() as uow:
        found = uow.suppliers.find_by_name(name.strip())
    return found.id if found else None


CONTRACT_FACTS = ContractFactActions()
