"""Suppliers in the database."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from tomsapp.domain.history import Stored
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.store.errors import StoreError
from tomsapp.store.records import RecordRepository, Scope
from tomsapp.store.tables import ContractRow, SupplierRow


class SupplierRepository(RecordRepository[Supplier, SupplierRow]):
    """The suppliers, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, SUPPLIER, SupplierRow)

    def _order(self) -> tuple[Any, ...]:
        return (func.lower(SupplierRow.name),)

    def _check_unneeded(self, row: SupplierRow) -> None:
        in_use = select(func.count()).where(col(ContractRow.supplier_id) == row.id, col(ContractRow.deleted).is_(False))
        if contracts := self._session.exec(in_use).one():
            raise StoreError(
                f"{row.name} has {contracts} contract{'' if contracts == 1 else 's'}",
                "Delete them or give them to another supplier first",
            )

    def find_by_name(self, name: str) -> Stored[Supplier] | None:
        """The supplier of this name, in capitals or not, or None."""
        query = (
            select(SupplierRow)
            .where(func.lower(SupplierRow.name) == name.lower(), col(SupplierRow.deleted).is_(False))
            .order_by(col(SupplierRow.id))
        )
        row = self._session.exec(query).first()
        return None if row is None else self._stored(row)
