"""Contracts in the database, with what is spent through them."""

from typing import Any

from sqlmodel import col, select

from tomsapp.domain.contract import CONTRACT, Contract
from tomsapp.domain.history import Stored
from tomsapp.domain.lookalikes import drawn
from tomsapp.store.errors import StoreError
from tomsapp.store.mapping import spend_of, spend_rows
from tomsapp.store.records import Records, Repository, Scope, number
from tomsapp.store.tables import ContractRow, ContractSpendRow, EditionRow, SupplierRow


class ContractRepository(Repository[Contract, ContractRow]):
    """The contracts, within one transaction. A record's `supplier` is read from the supplier, not saved.

    Deleting a contract deletes its commitments with it.
    """

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, CONTRACT, ContractRow)
        self._spend = Records(scope, ContractSpendRow, "Spend")

    def _apart_of(self, row: ContractRow) -> dict[str, Any]:
        supplier = None if row.supplier_id is None else self._session.get_one(SupplierRow, row.supplier_id)
        spend = (each for each in self._spend_of(number(row.id)).values() if not each.deleted)
        return {"supplier": supplier.name if supplier else "", "spend": spend_of(spend)}

    def _spend_of(self, contract_id: int) -> dict[tuple[int, bool], ContractSpendRow]:
        query = select(ContractSpendRow).where(col(ContractSpendRow.contract_id) == contract_id)
        return {(row.year_index, row.is_recorded): row for row in self._session.exec(query)}

    def add(self, contract: Contract, supplier_id: int | None) -> Stored[Contract]:
        """Save a new contract.

        Raises:
            StoreError: the reference is in use, or the edition is not in the database.
        """
        columns = self._columns(contract)
        self._check(contract, None)
        row = self._rows.add(ContractRow(**columns, supplier_id=supplier_id))
        self._spend.align({}, spend_rows(contract, number(row.id)))
        return self._stored(row)

    def save(
        self, contract_id: int, expected_version: int, contract: Contract, supplier_id: int | None
    ) -> Stored[Contract]:
        """Save a contract that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
            StoreError: the reference is in use, or the edition is not in the database.
        """
        row = self._rows.claim(contract_id, expected_version, self._stored)
        columns = {**self._columns(contract, row), "supplier_id": supplier_id}
        self._check(contract, contract_id)
        spend_changed = self._spend.align(self._spend_of(contract_id), spend_rows(contract, contract_id))
        self._rows.write(row, columns, even_if_same=spend_changed)
        return self._stored(row)

    def _check(self, contract: Contract, contract_id: int | None) -> None:
        same = self._row_by_reference(contract.reference)
        if same is not None and same.id != contract_id:
            raise StoreError(
                f"There is already a contract with the reference “{contract.reference}”",
                "Give this one another reference",
            )
        if not contract.menu and not contract.edition:
            return
        query = select(EditionRow.id).where(
            col(EditionRow.code) == contract.menu, col(EditionRow.edition) == contract.edition
        )
        if self._session.exec(query).first() is None:
            raise StoreError(
                f"The menu {contract.menu} {contract.edition} is not in this database", "Choose one that is installed"
            )

    def restore(self, record_id: int) -> Stored[Contract]:
        """Bring a deleted contract back.

        Raises:
            StoreError: its reference is in use by now.
        """
        row = self._rows.get(record_id, locked=True)
        self._check(self._record(row), record_id)
        self._rows.restore(row)
        return self._stored(row)

    def hold(self, contract_id: int) -> Stored[Contract]:
        """The contract with this number, which nobody else can save before this transaction ends.

        Raises:
            NotFound: there is none.
        """
        return self._stored(self._rows.get(contract_id, locked=True))

    def supplier_id_of(self, contract_id: int) -> int | None:
        """The number of the contract's supplier, or None while it has none."""
        return self._rows.get(contract_id).supplier_id

    def find_by_reference(self, reference: str) -> Stored[Contract] | None:
        """The contract with this reference that is not deleted, or None."""
        row = self._row_by_reference(reference)
        return None if row is None else self._stored(row)

    def references_like(self, reference: str) -> dict[int, str]:
        """The references of contracts that people would take for this one, by the contracts' numbers."""
        query = (
            select(col(ContractRow.id), col(ContractRow.reference))
            .where(col(ContractRow.deleted).is_(False))
            .order_by(col(ContractRow.id))
        )
        wanted, found = drawn(reference), self._session.exec(query)
        return {number: each for number, each in found if number is not None and drawn(each) == wanted}

    def _row_by_reference(self, reference: str) -> ContractRow | None:
        query = select(ContractRow).where(col(ContractRow.reference) == reference, col(ContractRow.deleted).is_(False))
        return self._session.exec(query).first()
