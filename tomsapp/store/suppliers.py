"""Suppliers in the database."""

from sqlalchemy import func
from sqlmodel import col, select

from tomsapp.domain.history import Stored
from tomsapp.domain.supplier import Supplier
from tomsapp.store.errors import StoreError
from tomsapp.store.mapping import said, supplier_of, supplier_row
from tomsapp.store.records import Records, Scope
from tomsapp.store.tables import ChangeRow, ContractRow, SupplierRow


class SupplierRepository:
    """The suppliers, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session
        self._rows = Records(scope, SupplierRow, "Supplier")

    def _stored(self, row: SupplierRow) -> Stored[Supplier]:
        return self._scope.stored(row, supplier_of(row))

    def add(self, supplier: Supplier) -> Stored[Supplier]:
        """Save a new supplier."""
        return self._stored(self._rows.add(supplier_row(supplier)))

    def save(self, supplier_id: int, expected_version: int, supplier: Supplier) -> Stored[Supplier]:
        """Save a supplier that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(supplier_id, expected_version, self._stored)
        self._rows.write(row, said(supplier_row(supplier)))
        return self._stored(row)

    def delete(self, supplier_id: int, expected_version: int) -> Stored[Supplier]:
        """Mark a supplier as deleted.

        Raises:
            EditConflict: somebody saved it since.
            StoreError: contracts name it.
        """
        row = self._rows.claim(supplier_id, expected_version, self._stored)
        in_use = select(func.count()).where(
            col(ContractRow.supplier_id) == supplier_id, col(ContractRow.deleted).is_(False)
        )
        if contracts := self._session.exec(in_use).one():
            raise StoreError(
                f"{row.name} has {contracts} contract{'' if contracts == 1 else 's'}",
                "Delete them or give them to another supplier first",
            )
        self._rows.delete(row)
        return self._stored(row)

    def restore(self, supplier_id: int) -> Stored[Supplier]:
        """Bring a deleted supplier back."""
        row = self._rows.get(supplier_id, locked=True)
        self._rows.restore(row)
        return self._stored(row)

    def get(self, supplier_id: int) -> Stored[Supplier]:
        """The supplier with this number, deleted or not.

        Raises:
            NotFound: there is none.
        """
        return self._stored(self._rows.get(supplier_id))

    def find_by_name(self, name: str) -> Stored[Supplier] | None:
        """The supplier of this name, in capitals or not, or None."""
        query = (
            select(SupplierRow)
            .where(func.lower(SupplierRow.name) == name.lower(), col(SupplierRow.deleted).is_(False))
            .order_by(col(SupplierRow.id))
        )
        row = self._session.exec(query).first()
        return None if row is None else self._stored(row)

    def all(self) -> list[Stored[Supplier]]:
        """Every supplier that is not deleted, by name."""
        query = (
            select(SupplierRow, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(SupplierRow.change_id))
            .where(col(SupplierRow.deleted).is_(False))
            .order_by(func.lower(SupplierRow.name), col(SupplierRow.id))
        )
        return [self._stored(row) for row, _ in self._session.exec(query)]
