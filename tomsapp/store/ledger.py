"""Money that was handed over, in the database."""

from collections.abc import Collection
from typing import Any

from sqlmodel import col, select

from tomsapp.domain.delivery.ledger import HANDED_OVER, HandedOver
from tomsapp.domain.history import Stored
from tomsapp.store.evidence import OfContractRepository
from tomsapp.store.record_tables import HandedOverRow
from tomsapp.store.records import Scope
from tomsapp.store.tables import ChangeRow


class LedgerRepository(OfContractRepository[HandedOver, HandedOverRow]):
    """The money of contracts, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, HANDED_OVER, HandedOverRow)

    def _apart_of(self, row: HandedOverRow) -> dict[str, Any]:
        return {"commitment": "" if row.commitment_id is None else str(row.commitment_id)}

    def _apart(self, record: HandedOver) -> dict[str, Any]:
        return {"commitment_id": int(record.commitment) if record.commitment else None}

    def of(self, contract_id: int) -> list[Stored[HandedOver]]:
        """The money of a contract that is not taken out, by the day on which it was received."""
        return sorted(super().of(contract_id), key=lambda each: (each.record.received_on, each.id))

    def by_contract(self, numbers: Collection[int] | None = None) -> dict[int, list[HandedOver]]:
        """The money of contracts with these numbers, or of all, in order of days, by the contract's number."""
        query = (
            select(HandedOverRow, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(HandedOverRow.change_id))
            .where(col(HandedOverRow.deleted).is_(False))
            .order_by(col(HandedOverRow.received_on), col(HandedOverRow.id))
        )
        if numbers is not None:
            query = query.where(col(HandedOverRow.contract_id).in_(sorted(numbers)))
        found: dict[int, list[HandedOver]] = {}
        for row, _ in self._session.exec(query):
            found.setdefault(row.contract_id, []).append(self._record(row))
        return found
