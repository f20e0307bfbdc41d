"""What a user does with suppliers."""

from tomsapp.domain.facts import Fault
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.services.records import RecordActions
from tomsapp.services.workspace import Workspace
from tomsapp.store.readmodels import ContractFilter, ContractListRow, SupplierListRow
from tomsapp.store.unit_of_work import UnitOfWork

__all__ = ["SUPPLIERS", "SupplierListRow"]


def _same_name(uow: UnitOfWork, supplier: Supplier, number: int | None) -> tuple[str, Fault] | None:
    name = supplier.name.strip()
    same = uow.suppliers.find_by_name(name)
    if same is None or same.id == number:
        return None
    message = f"There is already a supplier called {name}"
    return "name", Fault(message, "Use that one, or give this one another name", "taken")


SUPPLIERS = RecordActions(SUPPLIER, lambda uow: uow.suppliers, _same_name)
"""Opens, checks, adds, saves and deletes suppliers; one that has contracts is not deleted."""

get_supplier, check_supplier = SUPPLIERS.get, SUPPLIERS.check
add_supplier, save_supplier, delete_supplier = SUPPLIERS.add, SUPPLIERS.save, SUPPLIERS.delete


def list_suppliers(workspace: Workspace) -> list[SupplierListRow]:
    """Every supplier with its number of contracts."""
    with workspace.database.read() as reader:
        return reader.suppliers()


def contracts_of(workspace: Workspace, supplier_id: int) -> list[ContractListRow]:
    """The contracts that a supplier has signed or is about to, by reference."""
    with workspace.database.read() as reader:
        return reader.contracts(ContractFilter(supplier_id=supplier_id))
