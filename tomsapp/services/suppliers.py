"""What a user does with suppliers."""

from tomsapp.domain.facts import Fault, fact_problem
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.workspace import Workspace
from tomsapp.store.readmodels import ContractFilter, ContractListRow, SupplierListRow

__all__ = ["SupplierListRow"]

_KIND = SUPPLIER


def list_suppliers(workspace: Workspace) -> list[SupplierListRow]:
    """Every supplier with its number of contracts."""
    with workspace.database.read() as reader:
        return reader.suppliers()


def get_supplier(workspace: Workspace, supplier_id: int) -> Stored[Supplier]:
    """One supplier as it stands in the database."""
    with workspace.look() as uow:
        return uow.suppliers.get(supplier_id)


def contracts_of(workspace: Workspace, supplier_id: int) -> list[ContractListRow]:
    """The contracts that a supplier has signed or is about to, by reference."""
    with workspace.database.read() as reader:
        return reader.contracts(ContractFilter(supplier_id=supplier_id))


def check_supplier(workspace: Workspace, supplier: Supplier, supplier_id: int | None = None) -> list[Problem]:
    """What must be put right before the supplier can be saved."""
    found = SUPPLIER.problems(supplier)
    with workspace.look() as uow:
        same = uow.suppliers.find_by_name(supplier.name.strip())
    if same is not None and same.id != supplier_id:
        message = f"There is already a supplier called {supplier.name.strip()}"
        fault = Fault(message, "Use that one, or give this one another name", "taken")
        found.append(fact_problem(SUPPLIER, SUPPLIER.fact("name"), fault))
    return found


def add_supplier(workspace: Workspace, supplier: Supplier) -> Done[Stored[Supplier]]:
    """Record a new supplier."""
    label = f"Add supplier {supplier.name}"
    with workspace.work(label) as uow:
        stored = uow.suppliers.add(supplier)
        uow.commit()
    return Done(stored, Edit(label, (RecordChange(_KIND, stored.id, None, supplier),)))


def save_supplier(workspace: Workspace, before: Stored[Supplier], supplier: Supplier) -> Done[Stored[Supplier]]:
    """Save a supplier over the state `before` that the user started from.

    Raises:
        EditConflict: somebody else saved it first.
    """
    if supplier == before.record:
        return Done(before)
    label = f"Change supplier {supplier.name}"
    with workspace.work(label) as uow:
        stored = uow.suppliers.save(before.id, before.version, supplier)
        uow.commit()
    return Done(stored, Edit(label, (RecordChange(_KIND, stored.id, before.record, supplier),)))


def delete_supplier(workspace: Workspace, before: Stored[Supplier]) -> Done[None]:
    """Delete a supplier that has no contracts; the history keeps it.

    Raises:
        StoreError: it still has contracts.
    """
    label = f"Delete supplier {before.record.name}"
    with workspace.work(label) as uow:
        uow.suppliers.delete(before.id, before.version)
        uow.commit()
    return Done(None, Edit(label, (RecordChange(_KIND, before.id, before.record, None),)))
