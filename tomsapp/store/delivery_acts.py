"""Sealed acts on what was delivered: each is added once, with its document, and never changed."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.store.delivery_tables import DeliveryActRow, DeliveryRow
from tomsapp.store.kept import sha256_of
from tomsapp.store.records import Scope, number
from tomsapp.store.tables import ChangeRow

_COLUMNS = tuple(
    getattr(DeliveryActRow, name) for name in DeliveryActRow.model_fields if name not in {"content", "change_id"}
)
"""What is read of acts: all but their documents."""


class DeliveryActRepository:
    """The acts on what was delivered, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session

    def add(self, contract_id: int, facts: DeliveryActFacts, document: bytes, reverses: int | None = None) -> int:
        """Keep an act for good; gives its number. What it changes is saved after it, under the same change."""
        return self.add_many(contract_id, [(facts, document)], reverses)[0]

    def add_many(
        self, contract_id: int, acts: Sequence[tuple[DeliveryActFacts, bytes]], reverses: int | None = None
    ) -> list[int]:
        """Keep several acts with their documents under one change; gives their numbers in the same order.

        No two of them decide the same delivery, for each decision of one is saved under a change of its own.
        """
        change = self._scope.change_id()
        for facts, _ in acts:
            if facts.delivery is not None:
                # What it decides is saved under its change, which cannot be the one that saved the delivery last.
                change = self._scope.change_id(self._session.get_one(DeliveryRow, facts.delivery).change_id)
        rows = [_row_of(contract_id, change, facts, document, reverses) for facts, document in acts]
        self._session.add_all(rows)
        self._session.flush()
        return [number(row.id) for row in rows]

    def of(self, contract_id: int, after: int = 0) -> list[DeliveryAct]:
        """The acts of a contract in their order, or those that were done after the one with a number."""
        wanted = _query().where(col(DeliveryActRow.contract_id) == contract_id, col(DeliveryActRow.id) > after)
        return list(self._read(wanted))

    def numbers(self, contract_id: int) -> list[int]:
        """The numbers of the acts of a contract in their order."""
        query = select(DeliveryActRow.id).where(col(DeliveryActRow.contract_id) == contract_id)
        return [number(row_id) for row_id in self._session.exec(query.order_by(col(DeliveryActRow.id)))]

    def by_contract(self, numbers: Collection[int] | None = None) -> dict[int, list[DeliveryAct]]:
        """The acts of contracts with these numbers, or of all, in their order, by the contract's number."""
        query = _query() if numbers is None else _query().where(col(DeliveryActRow.contract_id).in_(sorted(numbers)))
        found: dict[int, list[DeliveryAct]] = {}
        for act in self._read(query):
            found.setdefault(act.contract_id, []).append(act)
        return found

    def _read(self, query: Select[*tuple[Any, ...]]) -> Iterator[DeliveryAct]:
        return (_act_of(row) for row in self._session.execute(query))

    def document(self, act_id: int) -> bytes:
        """The document of an act, as its bytes are now."""
        return self._session.get_one(DeliveryActRow, act_id).content

    def substituted(self) -> set[int]:
        """The contracts in which a surplus was ever agreed as a substitute, also where that was taken back."""
        query = select(DeliveryActRow.contract_id).where(col(DeliveryActRow.kind) == DeliveryActKind.SUBSTITUTE.value)
        return set(self._session.exec(query))

    def documents(self, contract_id: int) -> Iterator[tuple[int, bytes]]:
        """The documents of a contract's acts in their order, as their bytes are now, with the numbers of the acts."""
        query = select(DeliveryActRow.id, DeliveryActRow.content).where(col(DeliveryActRow.contract_id) == contract_id)
        return ((number(row_id), data) for row_id, data in self._session.exec(query.order_by(col(DeliveryActRow.id))))

    def last_role(self, who: str) -> str:
        """The role in which somebody did their last act on what was delivered; empty before the first."""
        query = (
            select(DeliveryActRow.role)
            .join(ChangeRow, col(ChangeRow.id) == col(DeliveryActRow.change_id))
            .where(col(ChangeRow.who) == who, col(DeliveryActRow.role) != "")
            .order_by(col(DeliveryActRow.id).desc())
        )
        return self._session.exec(query).first() or ""


def _row_of(
    contract_id: int, change: int, facts: DeliveryActFacts, document: bytes, reverses: int | None
) -> DeliveryActRow:
    quarter, carried = facts.quarter, facts.carried_to
    return DeliveryActRow(
        change_id=change,
        content=document,
        content_sha256=sha256_of(document),
        contract_id=contract_id,
        kind=facts.kind.value,
        delivery_id=facts.delivery,
        commitment_id=_number_of(facts.commitment),
        year_index=quarter.year if quarter else None,
        quarter=quarter.number if quarter else None,
        quantity=facts.quantity,
        amount=facts.amount,
        other_commitment_id=_number_of(facts.other_commitment),
        to_year=carried.year if carried else None,
        to_quarter=carried.number if carried else None,
        done_on=facts.done_on,
        role=facts.role,
        reason=facts.reason,
        supplier_by=facts.supplier_by,
        supplier_on=facts.supplier_on,
        cause=facts.cause,
        improve_by=facts.improve_by,
        reverses=reverses,
    )


def _number_of(key: str) -> int | None:
    return int(key) if key else None


def _query() -> Select[*tuple[Any, ...]]:
    change = col(ChangeRow.id) == col(DeliveryActRow.change_id)
    columns = (*_COLUMNS, col(ChangeRow.who), col(ChangeRow.at))
    return sql_select(*columns).join_from(DeliveryActRow, ChangeRow, change).order_by(col(DeliveryActRow.id))


def _act_of(row: Any) -> DeliveryAct:
    return DeliveryAct(
        DeliveryActKind(row.kind),
        row.done_on,
        row.role,
        row.reason,
        row.delivery_id,
        _key_of(row.commitment_id),
        _quarter_of(row.year_index, row.quarter),
        row.quantity,
        row.amount,
        _key_of(row.other_commitment_id),
        _quarter_of(row.to_year, row.to_quarter),
        row.supplier_by,
        row.supplier_on,
        row.cause,
        row.improve_by,
        id=row.id,
        contract_id=row.contract_id,
        by=row.who,
        recorded_at=row.at,
        sha256=row.content_sha256,
        reverses=row.reverses,
    )


def _key_of(number_of: int | None) -> str:
    return "" if number_of is None else str(number_of)


def _quarter_of(year: int | None, quarter: int | None) -> Quarter | None:
    return None if year is None or quarter is None else Quarter(year, quarter)
