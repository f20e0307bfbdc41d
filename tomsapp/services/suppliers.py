"""What a user does with suppliers."""

from tomsapp.domain.supplier import SUPPLIER
from tomsapp.services.records import RecordActions, name_taken
from tomsapp.services.workspace import Workspace
from tomsapp.store.readmodels import ContractFilter, ContractListRow, SupplierListRow

__all__ = ["SUPPLIERS", "SupplierListRow"]


SUPPLIERS = RecordActions(SUPPLIER, lambda uow: uow.suppliers, name_taken(SUPPLIER.noun, lambda uow: uow.suppliers))
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
