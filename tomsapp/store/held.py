"""What the database holds of many records at once, as an import looks them up among what it brings."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select
from sqlmodel import col

from tomsapp.domain.contract import CONTRACT, Contract
from tomsapp.domain.history import Stored
from tomsapp.domain.record_type import RecordType
from tomsapp.store.faults import faults_translated
from tomsapp.store.finding import FactReader
from tomsapp.store.mapping import in_order_of_years
from tomsapp.store.offers import read_spend
from tomsapp.store.tables import ContractRow, Row, SupplierRow

R = TypeVar("R")
_AT_ONCE = 5_000
"""So many numbers stand in one statement: SQLite takes some thirty thousand."""
_CONTRACT = FactReader(CONTRACT)


def read_contract_columns(connection: Connection, name: str, facts: Sequence[str]) -> list[list[Any]]:
    """Some columns of the contracts that are not deleted, by reference: a list for each."""
    table = Row.metadata.tables[CONTRACT.key]
    query = (
        select(*(table.c[fact] for fact in facts))
        .where(table.c.deleted.is_(False))
        .order_by(func.lower(table.c.reference), table.c.id)
    )
    with faults_translated(name):
        rows = connection.execute(query).all()
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in facts]


def read_records(connection: Connection, name: str, kind: RecordType[R]) -> list[Stored[R]]:
    """Every record of a kind that is not deleted, but not who saved it; of a kind whose facts all stand in its row."""
    table, reader = Row.metadata.tables[kind.key], FactReader(kind)
    query = select(*reader.columns, table.c.id, table.c.version).where(table.c.deleted.is_(False)).order_by(table.c.id)
    with faults_translated(name):
        rows = connection.execute(query).all()
    told = ((row[reader.width], row[reader.width + 1], kind.make(**reader.facts(row))) for row in rows)
    return [Stored(number, version, record) for number, version, record in told]


def read_contracts(
    connection: Connection, name: str, contract_ids: Iterable[int]
) -> dict[int, tuple[Stored[Contract], int | None]]:
    """Contracts whole, with their spend, each with the number of its supplier, but not who saved it."""
    wanted, found = sorted(contract_ids), dict[int, tuple[Stored[Contract], int | None]]()
    with faults_translated(name):
        for first in range(0, len(wanted), _AT_ONCE):
            found |= _contracts(connection, wanted[first : first + _AT_ONCE])
    return found


def _contracts(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[Stored[Contract], int | None]]:
    spend = read_spend(connection, numbers)
    query = (
        select(
            *_CONTRACT.columns,
            col(ContractRow.id),
            col(ContractRow.version),
            col(ContractRow.supplier_id),
            func.coalesce(SupplierRow.name, ""),
        )
        .select_from(ContractRow)
        .join(SupplierRow, col(SupplierRow.id) == col(ContractRow.supplier_id), isouter=True)
        .where(col(ContractRow.id).in_(numbers))
    )
    found: dict[int, tuple[Stored[Contract], int | None]] = {}
    for row in connection.execute(query):
        number, version, supplier_id, supplier = row[_CONTRACT.width :]
        record = Contract(**_CONTRACT.facts(row), supplier=supplier, spend=in_order_of_years(spend[number]))
        found[number] = Stored(number, version, record), supplier_id
    return found
