"""What a user does with suppliers."""

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.supplier import Supplier
from tomsapp.services.changes import Done, Edit, RecordChange, RecordKind
from tomsapp.services.workspace import Workspace
from tomsapp.store.readmodels import ContractFilter, ContractListRow, SupplierListRow

__all__ = ["SupplierListRow"]

_KIND = RecordKind.SUPPLIER


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
    found: list[Problem] = []
    if not supplier.name.strip():
        found.append(_problem("name-missing", "The supplier has no name", "Enter the organisation’s name", "name"))
    with workspace.look() as uow:
        same = uow.suppliers.find_by_name(supplier.name.strip())
    if same is not None and same.id != supplier_id:
        message = f"There is already a supplier called {supplier.name.strip()}"
        found.append(_problem("name-taken", message, "Use that one, or give this one another name", "name"))
    if supplier.contact_email and "@" not in supplier.contact_email:
        message, fix = "The e-mail address has no @", "Enter it as name@example.org"
        found.append(_problem("email-wrong", message, fix, "contact_email"))
    return found


def _problem(code: str, message: str, fix: str, field: str) -> Problem:
    return Problem(code, Severity.ERROR, message, fix, Where(field=field))


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
