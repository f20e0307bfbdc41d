"""Suppliers in the database."""

from sqlalchemy import func
from sqlmodel import col, select

from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.store.bid_tables import BidRow, ReceiptRow
from tomsapp.store.errors import StoreError
from tomsapp.store.named import NamedRepository
from tomsapp.store.records import Scope
from tomsapp.store.tables import ContractRow, SupplierRow


class SupplierRepository(NamedRepository[Supplier, SupplierRow]):
    """The suppliers, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, SUPPLIER, SupplierRow)

    def _check_unneeded(self, row: SupplierRow) -> None:
        in_use = select(func.count()).where(col(ContractRow.supplier_id) == row.id, col(ContractRow.deleted).is_(False))
        if contracts := self._session.exec(in_use).one():
            raise StoreError(
                f"{row.name} has {contracts} contract{'' if contracts == 1 else 's'}",
                "Delete them or give them to another supplier first",
            )
        offers = select(func.count()).where(col(ReceiptRow.supplier_id) == row.id)
        bids = select(func.count()).where(col(BidRow.supplier_id) == row.id, col(BidRow.deleted).is_(False))
        if self._session.exec(offers).one() or self._session.exec(bids).one():
            raise StoreError(f"{row.name} has sent offers for tenders", "A bidder stays, as the receipts name it")
