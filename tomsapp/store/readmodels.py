"""Lists for the window and the dashboards, read with plain cursors from one moment of the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Select, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from tomsapp.domain.contract import ContractKind, ContractStatus
from tomsapp.domain.history import HistoryEntry
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.store.engine import reading
from tomsapp.store.faults import faults_translated
from tomsapp.store.lines import read_empty_lines, read_lines, read_rate_lines
from tomsapp.store.past import read_history
from tomsapp.store.tables import AnswerRow, ChangeRow, CommitmentRow, ContractRow, SupplierRow


@dataclass(frozen=True, slots=True)
class ContractFilter:
    """Which contracts to list; everything that is set must hold.

    Attributes:
        text: stands in the reference, the title or the supplier's name, in capitals or not.
        starts_from, starts_until: the first day of the contract lies between, both included.
        is_deleted: list the deleted ones in place of the others.
    """

    text: str = ""
    supplier_id: int | None = None
    status: ContractStatus | None = None
    kind: ContractKind | None = None
    menu: str = ""
    edition: str = ""
    starts_from: date | None = None
    starts_until: date | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class ContractListRow:
    """A contract in a list; `commitments` counts those that are not deleted."""

    id: int
    reference: str
    title: str
    supplier_id: int | None
    supplier: str
    value: Decimal
    start_on: date
    end_on: date
    status: ContractStatus
    kind: ContractKind
    menu: str
    edition: str
    commitments: int
    version: int


@dataclass(frozen=True, slots=True)
class SupplierListRow:
    """A supplier in a list, with the number and value of its contracts."""

    id: int
    version: int
    supplier: Supplier
    contracts: int
    contract_value: Decimal


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something that a search found: `kind` is contract or supplier."""

    kind: str
    id: int
    title: str
    detail: str


class Lists:
    """What can be listed and added up within one transaction, all of it from the same moment."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    def contracts(self, wanted: ContractFilter | None = None) -> list[ContractListRow]:
        """The contracts by reference."""
        with faults_translated(self._name):
            rows = self._connection.execute(_contracts_query(wanted or ContractFilter()))
            return [_contract_row(row) for row in rows]

    def suppliers(self) -> list[SupplierListRow]:
        """The suppliers by name."""
        with faults_translated(self._name):
            rows = self._connection.execute(_suppliers_query())
            return [_supplier_row(row) for row in rows]

    def measures_used(self, menu: str, edition: str) -> list[tuple[str, int]]:
        """The measures that contracts of a menu edition promise: (measure, contract) pairs, by measure."""
        with faults_translated(self._name):
            rows = self._connection.execute(_measures_query(menu, edition))
            return [(row[0], row[1]) for row in rows]

    def lines(self, contract_ids: Sequence[int] | None = None) -> Iterator[tuple[Any, ...]]:
        """One tuple for each year of each commitment with a quantity; see `lines.LINE_FIELDS`."""
        return read_lines(self._connection, self._name, contract_ids)

    def rate_lines(self, contract_ids: Sequence[int] | None = None) -> Iterator[tuple[Any, ...]]:
        """One tuple for each year of spend of each commitment per pound; see `lines.RATE_FIELDS`."""
        return read_rate_lines(self._connection, self._name, contract_ids)

    def empty_lines(self) -> Iterator[tuple[Any, ...]]:
        """One tuple, of year −1 and quantity 0, for each commitment in which nothing is promised yet."""
        return read_empty_lines(self._connection, self._name)

    def answered(self, begins: str) -> list[tuple[int, str]]:
        """The Problems whose keys begin so and whose answer says something: (contract, key) pairs."""
        with faults_translated(self._name):
            rows = self._connection.execute(_answered_query(begins))
            return [(row[0], row[1]) for row in rows if row[2].strip()]

    def identity(self) -> str:
        """What tells this database from every other, whatever its file or server is called: its first change."""
        with faults_translated(self._name):
            query = select(col(ChangeRow.at), col(ChangeRow.who)).order_by(col(ChangeRow.id)).limit(1)
            first = self._connection.execute(query).one_or_none()
        return sha256(f"{first.at.isoformat()} {first.who}".encode()).hexdigest()[:32] if first else ""

    def change_number(self) -> int:
        """The number of the last change: while it is the same, nothing in the database is another."""
        with faults_translated(self._name):
            return self._connection.execute(select(func.max(col(ChangeRow.id)))).scalar() or 0

    def history(
        self,
        contract_id: int | None = None,
        kind: str | None = None,
        record_id: int | None = None,
        limit: int = 500,
    ) -> list[HistoryEntry]:
        """What was changed, newest first: everything, of one contract, of one kind, or of one record."""
        with faults_translated(self._name):
            return read_history(self._connection, contract_id, kind, record_id, limit)

    def search(self, text: str, limit: int = 20) -> list[SearchHit]:
        """Contracts and suppliers in which `text` stands, in capitals or not."""
        if not text.strip():
            return []
        with faults_translated(self._name):
            return [*_found_contracts(self._connection, text, limit), *_found_suppliers(self._connection, text, limit)][
                :limit
            ]


class Reader(Lists):
    """A snapshot: all that is read through it is from the same moment."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def __enter__(self) -> Self:
        with faults_translated(self._name):
            self._connection = reading(self._engine)
            self._connection.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._connection.close()


def _contract_row(row: Any) -> ContractListRow:
    fields: list[Any] = [*row]
    fields[8:10] = ContractStatus(row[8]), ContractKind(row[9])
    return ContractListRow(*fields)


def _supplier_row(row: Any) -> SupplierListRow:
    supplier = Supplier(row[2], SupplierKind(row[3]), *row[4:9])
    return SupplierListRow(row[0], row[1], supplier, row[9], row[10] or Decimal("0.00"))


def _contains(text: str, *columns: Any) -> ColumnElement[bool]:
    wanted = text.strip().lower()
    return or_(*[func.lower(column).contains(wanted, autoescape=True) for column in columns])


def _contracts_query(wanted: ContractFilter) -> Select[*tuple[Any, ...]]:
    commitments = (
        select(col(CommitmentRow.contract_id).label("contract_id"), func.count().label("number"))
        .where(col(CommitmentRow.deleted).is_(False))
        .group_by(col(CommitmentRow.contract_id))
        .subquery()
    )
    query = (
        select(
            col(ContractRow.id),
            col(ContractRow.reference),
            col(ContractRow.title),
            col(ContractRow.supplier_id),
            func.coalesce(SupplierRow.name, ""),
            col(ContractRow.value),
            col(ContractRow.start_on),
            col(ContractRow.end_on),
            col(ContractRow.status),
            col(ContractRow.kind),
            func.coalesce(ContractRow.menu, ""),
            func.coalesce(ContractRow.edition, ""),
            func.coalesce(commitments.c.number, 0),
            col(ContractRow.version),
        )
        .join(SupplierRow, col(SupplierRow.id) == col(ContractRow.supplier_id), isouter=True)
        .join(commitments, commitments.c.contract_id == col(ContractRow.id), isouter=True)
        .order_by(func.lower(ContractRow.reference), col(ContractRow.id))
    )
    return query.where(*_conditions(wanted))


def _conditions(wanted: ContractFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [col(ContractRow.deleted).is_(wanted.is_deleted)]
    if wanted.text.strip():
        conditions.append(_contains(wanted.text, ContractRow.reference, ContractRow.title, SupplierRow.name))
    equal = (
        (ContractRow.supplier_id, wanted.supplier_id),
        (ContractRow.status, wanted.status and wanted.status.value),
        (ContractRow.kind, wanted.kind and wanted.kind.value),
        (ContractRow.menu, wanted.menu or None),
        (ContractRow.edition, wanted.edition or None),
    )
    conditions.extend(col(column) == value for column, value in equal if value is not None)
    if wanted.starts_from is not None:
        conditions.append(col(ContractRow.start_on) >= wanted.starts_from)
    if wanted.starts_until is not None:
        conditions.append(col(ContractRow.start_on) <= wanted.starts_until)
    return conditions


def _measures_query(menu: str, edition: str) -> Select[*tuple[Any, ...]]:
    measure, contract_id = col(CommitmentRow.measure), col(ContractRow.id)
    return (
        select(measure, contract_id)
        .distinct()
        .join(ContractRow, contract_id == col(CommitmentRow.contract_id))
        .where(col(CommitmentRow.deleted).is_(False), col(ContractRow.deleted).is_(False))
        .where(col(ContractRow.menu) == menu, col(ContractRow.edition) == edition)
        .order_by(measure, contract_id)
    )


def _answered_query(begins: str) -> Select[*tuple[Any, ...]]:
    contract_id, key = col(AnswerRow.contract_id), col(AnswerRow.problem_key)
    return (
        select(contract_id, key, col(AnswerRow.answer))
        .join(ContractRow, col(ContractRow.id) == contract_id)
        .where(col(AnswerRow.deleted).is_(False), col(ContractRow.deleted).is_(False))
        .where(key.startswith(begins, autoescape=True))
        .order_by(contract_id, key)
    )


def _suppliers_query() -> Select[*tuple[Any, ...]]:
    theirs = and_(col(ContractRow.supplier_id) == col(SupplierRow.id), col(ContractRow.deleted).is_(False))
    columns = (
        col(SupplierRow.id),
        col(SupplierRow.version),
        col(SupplierRow.name),
        col(SupplierRow.kind),
        col(SupplierRow.registration),
        col(SupplierRow.is_local),
        col(SupplierRow.contact_name),
        col(SupplierRow.contact_email),
        col(SupplierRow.notes),
    )
    return (
        select(*columns, func.count(col(ContractRow.id)), func.sum(ContractRow.value))
        .select_from(SupplierRow)
        .join(ContractRow, theirs, isouter=True)
        .where(col(SupplierRow.deleted).is_(False))
        .group_by(*columns)
        .order_by(func.lower(SupplierRow.name), col(SupplierRow.id))
    )


def _found_contracts(connection: Connection, text: str, limit: int) -> list[SearchHit]:
    query = _contracts_query(ContractFilter(text=text)).limit(limit)
    return [
        SearchHit("contract", row[0], row[2] or row[1], ", ".join(filter(None, (row[1], row[4]))))
        for row in connection.execute(query)
    ]


def _found_suppliers(connection: Connection, text: str, limit: int) -> list[SearchHit]:
    query = (
        select(col(SupplierRow.id), col(SupplierRow.name), col(SupplierRow.registration))
        .where(col(SupplierRow.deleted).is_(False), _contains(text, SupplierRow.name, SupplierRow.registration))
        .order_by(func.lower(SupplierRow.name))
        .limit(limit)
    )
    return [SearchHit("supplier", row[0] or 0, row[1], row[2]) for row in connection.execute(query)]
