"""What a user does with suppliers."""

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.supplier import SUPPLIER, Supplier, same_supplier
from tomsapp.services.records import RecordActions, name_taken
from tomsapp.services.workspace import Workspace
from tomsapp.store.readmodels import ContractFilter, ContractListRow, SupplierListRow
from tomsapp.store.unit_of_work import UnitOfWork

__all__ = ["SUPPLIERS", "SupplierListRow"]


def _same(uow: UnitOfWork, supplier: Supplier, number: int | None) -> list[Problem]:
    """Whether it is one that there is; it is not asked again where name and registration number stay as they were."""
    others = uow.suppliers.all()
    before = next((other.record for other in others if other.id == number), None)
    if before is not None and (before.name, before.registration) == (supplier.name, supplier.registration):
        return []
    alike = [words for other in others if other.id != number and (words := same_supplier(supplier, other.record))]
    question = "Is this the same supplier? Use that one, or save this one all the same"
    return [Problem("supplier-twice", Severity.WARNING, words, question, Where(field="name")) for words in alike[:1]]


SUPPLIERS = RecordActions(
    SUPPLIER, lambda uow: uow.suppliers, name_taken(SUPPLIER.noun, lambda uow: uow.suppliers), _same
)
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
