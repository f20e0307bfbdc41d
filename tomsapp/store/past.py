"""The history of the database, as people read it."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from tomsapp.domain.history import HistoryEntry
from tomsapp.store.mapping import BOOKKEEPING
from tomsapp.store.tables import ChangeRow, CommitmentYearRow, ContractSpendRow, HistoryRow, Row
from tomsapp.store.types import ExactDecimal

_EXACT = {
    table.name: frozenset(column.name for column in table.columns if isinstance(column.type, ExactDecimal))
    for table in Row.metadata.sorted_tables
}
_PARTS = {
    "commitment": ("commitment_year", CommitmentYearRow.id, CommitmentYearRow.commitment_id),
    "contract": ("contract_spend", ContractSpendRow.id, ContractSpendRow.contract_id),
}
"""Records whose parts have rows of their own: what the part is, and which record it belongs to."""


def read_history(
    connection: Connection, contract_id: int | None, kind: str | None, record_id: int | None, limit: int
) -> list[HistoryEntry]:
    """The changes that match, newest first."""
    query = (
        select(
            col(HistoryRow.id),
            col(ChangeRow.at),
            col(ChangeRow.who),
            col(ChangeRow.what),
            col(HistoryRow.kind),
            col(HistoryRow.record_id),
            col(HistoryRow.contract_id),
            col(HistoryRow.action),
            col(HistoryRow.before),
            col(HistoryRow.after),
        )
        .join(ChangeRow, col(ChangeRow.id) == col(HistoryRow.change_id))
        .order_by(col(HistoryRow.id).desc())
        .limit(limit)
    )
    if contract_id is not None:
        query = query.where(col(HistoryRow.contract_id) == contract_id)
    if kind is not None:
        query = query.where(_is_about(kind, record_id))
    return [_entry(row) for row in connection.execute(query)]


def _entry(row: Any) -> HistoryEntry:
    fields: list[Any] = [*row[:8], _read(row[4], row[8]), _read(row[4], row[9])]
    return HistoryEntry(*fields)


def _is_about(kind: str, record_id: int | None) -> ColumnElement[bool]:
    itself = col(HistoryRow.kind) == kind
    if record_id is not None:
        itself = and_(itself, col(HistoryRow.record_id) == record_id)
    if kind not in _PARTS:
        return itself
    part, part_id, owner_id = _PARTS[kind]
    parts: ColumnElement[bool] = col(HistoryRow.kind) == part
    if record_id is not None:
        owned: Any = select(col(part_id)).where(col(owner_id) == record_id)
        parts = and_(parts, col(HistoryRow.record_id).in_(owned))
    return or_(itself, parts)


def _read(kind: str, text: str) -> Mapping[str, object]:
    exact = _EXACT.get(kind, frozenset())
    return {
        name: Decimal(value) if name in exact and isinstance(value, str) else value
        for name, value in json.loads(text).items()
        if name not in BOOKKEEPING
    }
