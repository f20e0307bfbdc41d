"""The history of the database, as people read it."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from tomsapp.domain.history import HistoryEntry, HistoryWanted, LinkMade
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.tender.tender import TENDER
from tomsapp.store.counted import NOT_COUNTED
from tomsapp.store.mapping import BOOKKEEPING
from tomsapp.store.migrations.chaining import STOOD
from tomsapp.store.tables import ChangeRow, HistoryRow, LinkRow, Row
from tomsapp.store.types import ExactDecimal

_EXACT = {
    table.name: frozenset(column.name for column in table.columns if isinstance(column.type, ExactDecimal))
    for table in Row.metadata.sorted_tables
}

# A server told who it was when the change was saved; what was linked later was told by whoever did that.
_IS_TAKEN_IN = (col(LinkRow.how) == LinkMade.SAVED.value, col(LinkRow.linked_by) != "")


def read_history(connection: Connection, wanted: HistoryWanted, limit: int) -> list[HistoryEntry]:
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
            col(LinkRow.linked_by),
            col(LinkRow.linked_at),
        )
        .join(ChangeRow, col(ChangeRow.id) == col(HistoryRow.change_id))
        .join(LinkRow, and_(col(LinkRow.change_id) == col(HistoryRow.change_id), *_IS_TAKEN_IN), isouter=True)
        .order_by(col(HistoryRow.id).desc())
        .limit(limit)
    )
    return [_entry(row) for row in connection.execute(query.where(*_conditions(wanted)))]


def read_contracts_changed(connection: Connection, since: int) -> frozenset[int] | None:
    """The contracts of which anything changed after the change `since`; None where anything else did that may count.

    A supplier, a policy rule or a menu edition may be behind the figures of any contract, and so may a change of
    which no history tells. What only changed tables on which no figure hangs is passed over.
    """
    changes = connection.execute(select(func.count()).where(col(ChangeRow.id) > since)).scalar()
    columns = col(HistoryRow.change_id), col(HistoryRow.contract_id), col(HistoryRow.kind)
    rows = connection.execute(select(*columns).where(col(HistoryRow.change_id) > since).distinct()).all()
    counted = {contract for _, contract, kind in rows if kind not in NOT_COUNTED}
    if None in counted or len({change for change, _, _ in rows}) != changes:
        return None
    return frozenset(contract for contract in counted if contract is not None)


class Changed(NamedTuple):
    """A kind of row that was changed, and the contract that it belongs to; "" where no history tells what it was."""

    table: str
    contract_id: int | None


def read_changed(connection: Connection, since: int, own: frozenset[int]) -> tuple[Changed, ...] | None:
    """What was changed after the change `since`, other than by `own`; None where nothing was."""
    query = (
        select(col(ChangeRow.id), col(HistoryRow.kind), col(HistoryRow.contract_id))
        .join(HistoryRow, col(HistoryRow.change_id) == col(ChangeRow.id), isouter=True)
        .where(col(ChangeRow.id) > since)
        .distinct()
    )
    found = {Changed(kind or "", contract) for change, kind, contract in connection.execute(query) if change not in own}
    return tuple(sorted(found, key=str)) or None


def read_people(connection: Connection) -> list[str]:
    """Everybody who has changed something, by name."""
    query = select(col(ChangeRow.who)).distinct().order_by(col(ChangeRow.who))
    return [row[0] for row in connection.execute(query)]


def _conditions(wanted: HistoryWanted) -> list[ColumnElement[bool]]:
    # What a row said when the chain began, of which nothing was told before: no change of anybody.
    conditions: list[ColumnElement[bool]] = [col(HistoryRow.action) != STOOD]
    if wanted.contract_id is not None:
        conditions.append(col(HistoryRow.contract_id) == wanted.contract_id)
    if wanted.tender_id is not None:
        conditions.append(or_(*_of_owner(TENDER.key, wanted.tender_id)))
    if wanted.kinds:
        conditions.append(or_(*(_is_about(kind, wanted.record_id) for kind in wanted.kinds)))
    if wanted.who:
        conditions.append(col(ChangeRow.who).in_(sorted(wanted.who)))
    if wanted.since is not None:
        conditions.append(col(ChangeRow.at) >= wanted.since)
    if wanted.until is not None:
        conditions.append(col(ChangeRow.at) < wanted.until)
    return conditions


def _entry(row: Any) -> HistoryEntry:
    fields: list[Any] = [*row[:8], _read(row[4], row[8]), _read(row[4], row[9]), row[10] or "", row[11]]
    return HistoryEntry(*fields)


def _is_about(kind: RecordType[Any], record_id: int | None) -> ColumnElement[bool]:
    """Changes of a kind of record, or of one of them, and of its parts, whose rows are others."""
    about = [_is_of(kind.key, None if record_id is None else [record_id])]
    for part in kind.parts:
        rows = Row.metadata.tables[part.table]
        owned: Any = None if record_id is None else select(rows.c.id).where(rows.c[part.owner] == record_id)
        about.append(_is_of(part.table, owned))
    return or_(*about)


def _is_of(table: str, numbers: Any) -> ColumnElement[bool]:
    itself = col(HistoryRow.kind) == table
    return itself if numbers is None else and_(itself, col(HistoryRow.record_id).in_(numbers))


def _of_owner(table: str, record_id: int) -> Iterator[ColumnElement[bool]]:
    """Changes of a row and of all that belongs to it, as lots and their years do to a tender: rows never leave it."""
    yield _is_of(table, [record_id])
    own: dict[str, Any] = {table: [record_id]}
    for each in Row.metadata.sorted_tables:
        owners = [(key.parent, key.column.table.name) for key in each.foreign_keys if not key.parent.nullable]
        column, owner = next((pair for pair in owners if pair[1] in own), (None, ""))
        if column is not None and each.name not in own:
            own[each.name] = select(each.c.id).where(column.in_(own[owner]))
            yield _is_of(each.name, own[each.name])


def _read(kind: str, text: str) -> Mapping[str, object]:
    exact = _EXACT.get(kind, frozenset())
    return {
        name: Decimal(value) if name in exact and isinstance(value, str) else value
        for name, value in json.loads(text).items()
        if name not in BOOKKEEPING
    }
