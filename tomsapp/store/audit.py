"""Audit samples in the database: what was drawn stays, and what is concluded of each claim is saved as it is found."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from tomsapp.domain.delivery.audit import AUDIT_ITEM, AUDIT_SAMPLE, AuditItem, AuditSample
from tomsapp.domain.history import Stored
from tomsapp.store.errors import StoreError
from tomsapp.store.record_tables import AuditItemRow, AuditSampleRow
from tomsapp.store.records import Repository, Scope, number
from tomsapp.store.tables import ChangeRow


class AuditSampleRepository(Repository[AuditSample, AuditSampleRow]):
    """The samples, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, AUDIT_SAMPLE, AuditSampleRow)

    def of(self, contract_id: int | None) -> list[Stored[AuditSample]]:
        """The samples of a contract, or those drawn from all contracts, in the order in which they were drawn."""
        row = AuditSampleRow
        is_mine = col(row.contract_id).is_(None) if contract_id is None else col(row.contract_id) == contract_id
        query = (
            select(AuditSampleRow, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(AuditSampleRow.change_id))
            .where(is_mine, col(AuditSampleRow.deleted).is_(False))
            .order_by(col(AuditSampleRow.id))
        )
        return [self._stored(row) for row, _ in self._session.exec(query)]

    def contract_of(self, sample_id: int) -> int | None:
        """The number of the contract that a sample was drawn from; None where it was drawn from all.

        Raises:
            NotFound: there is no such sample.
        """
        return self._rows.get(sample_id).contract_id

    def add(self, contract_id: int | None, sample: AuditSample) -> Stored[AuditSample]:
        """Save a sample that was drawn; its claims are added after it."""
        return self._stored(self._rows.add(AuditSampleRow(**self._columns(sample), contract_id=contract_id)))

    def save(self, record_id: int, expected_version: int, sample: AuditSample) -> Stored[AuditSample]:
        """Save the notes of a sample that was read at `expected_version`; what was drawn stays.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        self._rows.write(row, self._columns(sample, row))
        return self._stored(row)

    def _check_unneeded(self, row: AuditSampleRow) -> None:
        checked = select(AuditItemRow.id).where(
            col(AuditItemRow.sample_id) == number(row.id), col(AuditItemRow.conclusion).is_not(None)
        )
        if self._session.exec(checked).first() is not None:
            raise StoreError(
                "A sample of which a claim was checked is not taken out",
                "It stays, so that nobody draws until a sample pleases; draw another one beside it",
            )


class AuditItemRepository(Repository[AuditItem, AuditItemRow]):
    """The claims that were drawn, within one transaction: each belongs to a sample and names a delivery."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, AUDIT_ITEM, AuditItemRow)

    def of(self, samples: Sequence[int]) -> dict[int, list[tuple[int, Stored[AuditItem]]]]:
        """The claims of samples in the order in which they were drawn, each with the number of its delivery."""
        query = (
            select(AuditItemRow, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(AuditItemRow.change_id))
            .where(col(AuditItemRow.sample_id).in_(sorted(samples)), col(AuditItemRow.deleted).is_(False))
            .order_by(col(AuditItemRow.sample_id), col(AuditItemRow.position))
        )
        found: dict[int, list[tuple[int, Stored[AuditItem]]]] = {sample: [] for sample in samples}
        for row, _ in self._session.exec(query):
            found[row.sample_id].append((row.delivery_id, self._stored(row)))
        return found

    def place_of(self, item_id: int) -> tuple[int, int]:
        """The numbers of the sample and of the delivery of a claim that was drawn.

        Raises:
            NotFound: there is no such claim.
        """
        row = self._rows.get(item_id)
        return row.sample_id, row.delivery_id

    def add_many(self, sample_id: int, drawn: Sequence[tuple[int, AuditItem]]) -> None:
        """Save the claims that were drawn, each with the number of its delivery."""
        for delivery_id, item in drawn:
            columns: dict[str, Any] = {**self._columns(item), "sample_id": sample_id, "delivery_id": delivery_id}
            self._rows.add(AuditItemRow(**columns))

    def save(self, record_id: int, expected_version: int, item: AuditItem) -> Stored[AuditItem]:
        """Save what was concluded of a claim that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        self._rows.write(row, self._columns(item, row))
        return self._stored(row)
