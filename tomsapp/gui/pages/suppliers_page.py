"""Suppliers: who they are, what they have signed, and the form that changes them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.domain.wording import format_date, format_pounds, plural
from tomsapp.gui.page import NewContract
from tomsapp.gui.records.behind_list import BehindList
from tomsapp.gui.records.list_columns import FactColumns, count_column, fact_column
from tomsapp.gui.records.list_page import ListSpec
from tomsapp.gui.records.record_page import RecordPage, list_of
from tomsapp.gui.records.record_panel import PanelLine, PanelList, RecordSpec
from tomsapp.gui.session import Session
from tomsapp.services import overview
from tomsapp.services.contracts import ContractListRow
from tomsapp.services.failures import StoreError
from tomsapp.services.suppliers import SUPPLIERS, SupplierListRow, contracts_of, list_suppliers
from tomsapp.services.workspace import Workspace

_ICON = "building-2"
_COLUMNS: FactColumns[SupplierListRow] = FactColumns(
    SUPPLIER,
    lambda row: row.supplier,
    looks={"name": {"second_line": lambda row: row.supplier.kind.words}, "kind": {"width": 220}},
)


def _contract_lines(workspace: Workspace, supplier_id: int) -> list[PanelLine]:
    name = SUPPLIERS.get(workspace, supplier_id).record.name
    new = PanelLine("New contract with this supplier", "", "contracts", NewContract(name))
    return [
        new,
        *(_contract_line(row) for row in contracts_of(workspace, supplier_id)),
    ]


def _contract_line(row: ContractListRow) -> PanelLine:
    return PanelLine(
        f"{row.reference} {row.title}".strip(),
        f"{format_pounds(row.value)} from {format_date(row.start_on)}, {row.status.value}",
        "contracts",
        row.id,
    )


RECORD = RecordSpec(
    SUPPLIERS, lambda: Supplier(""), _ICON, (PanelList("Contracts", "No contracts yet", _contract_lines),)
)


def _list_with(committed: Callable[[SupplierListRow], Decimal | None]) -> ListSpec[SupplierListRow]:
    """The list; `committed` is the social value of a supplier's contracts, once it is known."""
    return list_of(
        _COLUMNS,
        list_suppliers,
        icon=_ICON,
        empty_hint="Add the organisations that sign your contracts.",
        own=(
            count_column("contracts", "Contracts", lambda row: row.contracts, 100),
            fact_column(Fact("value", "Contract value", FactKind.POUNDS), lambda row: row.contract_value, is_own=True),
            fact_column(Fact("social_value", "Social value", FactKind.POUNDS), committed, is_own=True),
        ),
        touched_by=(CONTRACT,),
        search_hint="Search name or contact",
    )


class SuppliersPage(RecordPage[Supplier, SupplierListRow]):
    """The suppliers with the number, value and social value of their contracts."""

    def __init__(self, session: Session) -> None:
        behind: BehindList[Decimal] = BehindList(
            self,
            session,
            "suppliers-value",
            overview.committed_by_supplier,
            (CONTRACT, COMMITMENT),
            lambda: self.show_rows(self._rows),
        )
        super().__init__(session, _list_with(lambda row: behind.values.get(row.id)), RECORD)
        self.behind = behind

    def refusal(self, row: SupplierListRow) -> TomsError | None:
        """A supplier with contracts stays."""
        if not row.contracts:
            return None
        words = f"{row.supplier.name} has {plural(row.contracts, 'contract')}, so it cannot be deleted"
        return StoreError(words, "Give its contracts another supplier, or delete them first")
