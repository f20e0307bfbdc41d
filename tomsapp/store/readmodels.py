"""Lists for the window and the dashboards, read with plain cursors from one moment of the database."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, Select, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from tomsapp.domain.alike import alike
from tomsapp.domain.answers import ANSWER
from tomsapp.domain.contract import CONTRACT, Contract, ContractKind, ContractStatus
from tomsapp.domain.facts import Fact
from tomsapp.domain.history import HistoryEntry, HistoryHead, HistoryWanted, Stored
from tomsapp.domain.offer import Offer
from tomsapp.domain.problems import Answer
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.store.alike import Alike
from tomsapp.store.chain import has_link, read_first, read_head
from tomsapp.store.delivery_columns import (
    read_delivered_contract_columns,
    read_delivery_columns,
    read_plan_columns,
)
from tomsapp.store.engine import reading
from tomsapp.store.faults import faults_translated
from tomsapp.store.finding import FactReader, SearchHit, find_records
from tomsapp.store.held import read_contract_columns, read_contracts, read_records
from tomsapp.store.line_columns import read_commitment_columns, read_quantity_columns
from tomsapp.store.lines import read_empty_rate_lines, read_rate_lines
from tomsapp.store.offers import read_offers
from tomsapp.store.past import Changed, read_changed, read_contracts_changed, read_history, read_people
from tomsapp.store.tables import AnswerRow, ChangeRow, CommitmentRow, ContractRow, Row, SupplierRow

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class ContractFilter:
    """Which contracts to list; everything that is set must hold.

    Attributes:
        text: stands in the reference, the title or the supplier's name, in capitals or not.
        starts_from, starts_until: the first day of the contract lies between, both included.
        is_deleted: list the deleted ones in place of the others.
        numbers: contracts with these numbers; a few thousand at most.
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
    numbers: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class ContractListRow(Contract):
    """A contract in a list with all its facts but the spend; `commitments` counts those that are not deleted.

    Attributes:
        sealed_value: the social value that was sealed when it was signed, in pounds; None where it is not.
        badge: how it stands: "Signed", "Reopened on 3 May 2026".
        supplier_kind: the value of the supplier's kind; empty where there is no supplier yet.
    """

    id: int = 0
    version: int = 0
    supplier_id: int | None = None
    commitments: int = 0
    sealed_value: Decimal | None = None
    badge: str = ""
    supplier_kind: str = ""


@dataclass(frozen=True, slots=True)
class SupplierListRow:
    """A supplier in a list, with the number and value of its contracts."""

    id: int
    version: int
    supplier: Supplier
    contracts: int
    contract_value: Decimal


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

    def contract_columns(self, *columns: str) -> list[list[Any]]:
        """Some columns of the contracts that are not deleted, by reference: a list for each."""
        return read_contract_columns(self._connection, self._name, columns)

    def contracts_whole(self, contract_ids: Collection[int]) -> dict[int, tuple[Stored[Contract], int | None]]:
        """These contracts with their spend, each with the number of its supplier, but not who saved it."""
        return read_contracts(self._connection, self._name, contract_ids)

    def records(self, kind: RecordType[R]) -> list[Stored[R]]:
        """Every record of a kind that is not deleted, but not who saved it; see `held.read_records`."""
        return read_records(self._connection, self._name, kind)

    def names(self, kind: RecordType[Any], fact: Fact) -> list[tuple[int, str]]:
        """A fact of every record of a kind that is not deleted and says something, with the record's number."""
        table = Row.metadata.tables[kind.key]
        column = table.c[fact.column_name]
        query = select(table.c.id, column).where(table.c.deleted.is_(False), column != "").order_by(table.c.id)
        with faults_translated(self._name):
            return [(number, text) for number, text in self._connection.execute(query)]

    def measures_used(self, menu: str, edition: str) -> list[tuple[str, int]]:
        """The measures that contracts of a menu edition promise: (measure, contract) pairs, by measure."""
        with faults_translated(self._name):
            rows = self._connection.execute(_measures_query(menu, edition))
            return [(row[0], row[1]) for row in rows]

    def commitment_columns(self, contract_ids: Collection[int] | None = None) -> Iterator[tuple[str, ...]]:
        """The commitments that are not per pound, as columns: number, contract, share, measure, place.

        Of all contracts, or of a few. Each item holds a few thousand, in a JSON array for each column.
        """
        return read_commitment_columns(self._connection, self._name, contract_ids)

    def quantity_columns(self, contract_ids: Collection[int] | None = None) -> Iterator[tuple[str, ...]]:
        """What they promise in each year: commitment, year and quantity, as `commitment_columns`.

        Those of commitments that `commitment_columns` does not have are to be left out.
        """
        return read_quantity_columns(self._connection, self._name, contract_ids)

    def delivered_contract_columns(self, contract_ids: Collection[int] | None = None) -> Iterator[tuple[str, ...]]:
        """The contracts that are not withdrawn, as `commitment_columns`: see `delivery_columns.CONTRACT_FIELDS`."""
        return read_delivered_contract_columns(self._connection, self._name, contract_ids)

    def delivery_columns(self, contract_ids: Collection[int] | None = None) -> Iterator[tuple[str, ...]]:
        """Everything that was delivered, as `commitment_columns`: see `delivery_columns`."""
        return read_delivery_columns(self._connection, self._name, contract_ids)

    def plan_columns(self, contract_ids: Collection[int] | None = None) -> Iterator[tuple[str, ...]]:
        """The plans in force, as `commitment_columns`: see `delivery_columns`."""
        return read_plan_columns(self._connection, self._name, contract_ids)

    def projects(self, contract_ids: Sequence[int] | None = None) -> list[tuple[int, int, str]]:
        """The commitments that are part of a community project: commitment, contract, and the project."""
        query = _projects_query()
        if contract_ids is not None:
            query = query.where(col(CommitmentRow.contract_id).in_(contract_ids))
        with faults_translated(self._name):
            return [(row[0], row[1], row[2]) for row in self._connection.execute(query)]

    def rate_lines(self, contract_ids: Sequence[int] | None = None) -> Iterator[tuple[Any, ...]]:
        """One tuple for each year of spend of each commitment per pound; see `lines.RATE_FIELDS`."""
        return read_rate_lines(self._connection, self._name, contract_ids)

    def empty_rate_lines(self, contract_ids: Sequence[int] | None = None) -> Iterator[tuple[Any, ...]]:
        """One tuple, of year −1 and quantity 0, for each commitment per pound without spend.

        The others in which nothing is promised yet are the commitments of which no quantity is read.
        """
        return read_empty_rate_lines(self._connection, self._name, contract_ids)

    def offers(self, contract_ids: Sequence[int]) -> dict[int, Offer]:
        """What these contracts promise, with the answers given, by their numbers; a few hundred at once."""
        return read_offers(self._connection, self._name, contract_ids)

    def answered(self, begins: str, contract_ids: Sequence[int] | None = None) -> list[tuple[int, str, Answer]]:
        """What was answered to the Problems whose keys begin so: contract, key and answer, but not by whom."""
        query = _answered_query(begins)
        if contract_ids is not None:
            query = query.where(col(AnswerRow.contract_id).in_(contract_ids))
        with faults_translated(self._name):
            rows = self._connection.execute(query).all()
        return [(*row[_ANSWER.width :], Answer(**_ANSWER.facts(row))) for row in rows]

    def identity(self) -> str:
        """What tells this database from every other, whatever its file or server is called: its first change."""
        with faults_translated(self._name):
            query = select(col(ChangeRow.at), col(ChangeRow.who)).order_by(col(ChangeRow.id)).limit(1)
            first = self._connection.execute(query).one_or_none()
        return sha256(f"{first.at.isoformat()} {first.who}".encode()).hexdigest()[:32] if first else ""

    def history_head(self) -> HistoryHead | None:
        """The last link of the history's chain."""
        with faults_translated(self._name):
            return read_head(self._connection)

    def has_link(self, head: HistoryHead) -> bool:
        """Whether the history's chain has this link: what states it came from this database, or from a copy of it."""
        with faults_translated(self._name):
            return has_link(self._connection, head)

    def history_first(self) -> str:
        """The first link of the history's chain, which no other database has."""
        with faults_translated(self._name):
            return read_first(self._connection)

    def change_number(self) -> int:
        """The number of the last change: while it is the same, nothing in the database is another."""
        with faults_translated(self._name):
            return self._connection.execute(select(func.max(col(ChangeRow.id)))).scalar() or 0

    def contracts_changed(self, since: int) -> frozenset[int] | None:
        """The contracts of which anything changed after a change; None where a rule, a menu or the like did."""
        with faults_translated(self._name):
            return read_contracts_changed(self._connection, since)

    def changed_since(self, since: int, own: frozenset[int]) -> tuple[Changed, ...] | None:
        """What was changed after a change, by other changes than `own`; None where there is no other."""
        with faults_translated(self._name):
            return read_changed(self._connection, since, own)

    def history(self, wanted: HistoryWanted | None = None, limit: int = 500) -> list[HistoryEntry]:
        """What was changed, newest first: everything, or what is wanted."""
        with faults_translated(self._name):
            return read_history(self._connection, wanted or HistoryWanted(), limit)

    def people(self) -> list[str]:
        """Everybody who has changed something, by name."""
        with faults_translated(self._name):
            return read_people(self._connection)

    def search(self, kind: RecordType[R], text: str, limit: int = 20) -> list[SearchHit[R]]:
        """The records of a kind in whose facts every word of `text` stands, in capitals or not."""
        with faults_translated(self._name):
            return find_records(self._connection, kind, text, limit)


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
    return ContractListRow(**_CONTRACT.facts(row), **dict(zip(_OF_CONTRACT, row[_CONTRACT.width :], strict=True)))


def _supplier_row(row: Any) -> SupplierListRow:
    more = row[_SUPPLIER.width :]
    return SupplierListRow(more[0], more[1], Supplier(**_SUPPLIER.facts(row)), more[2], more[3] or Decimal("0.00"))


_CONTRACT, _SUPPLIER, _ANSWER = FactReader(CONTRACT), FactReader(SUPPLIER), FactReader(ANSWER)
_OF_CONTRACT = ("id", "version", "supplier_id", "supplier", "commitments", "supplier_kind")


def _contains(text: str, *columns: Any) -> ColumnElement[bool]:
    wanted = alike(text)
    return or_(*[Alike(column).contains(wanted, autoescape=True) for column in columns])


def _contracts_query(wanted: ContractFilter) -> Select[*tuple[Any, ...]]:
    counted: Select[*tuple[Any, ...]] = (
        select(col(CommitmentRow.contract_id).label("contract_id"), func.count().label("number"))
        .where(col(CommitmentRow.deleted).is_(False))
        .group_by(col(CommitmentRow.contract_id))
    )
    if wanted.numbers is not None:
        counted = counted.where(col(CommitmentRow.contract_id).in_(sorted(wanted.numbers)))
    commitments = counted.subquery()
    query = (
        select(
            *_CONTRACT.columns,
            col(ContractRow.id),
            col(ContractRow.version),
            col(ContractRow.supplier_id),
            func.coalesce(SupplierRow.name, ""),
            func.coalesce(commitments.c.number, 0),
            func.coalesce(SupplierRow.kind, ""),
        )
        .select_from(ContractRow)
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
    if wanted.numbers is not None:
        conditions.append(col(ContractRow.id).in_(sorted(wanted.numbers)))
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


def _projects_query() -> Select[*tuple[Any, ...]]:
    number, project = col(CommitmentRow.id), col(CommitmentRow.project)
    return (
        select(number, col(CommitmentRow.contract_id), project)
        .where(col(CommitmentRow.deleted).is_(False), project != "")
        .order_by(number)
    )


def _answered_query(begins: str) -> Select[*tuple[Any, ...]]:
    contract_id, key = col(AnswerRow.contract_id), col(AnswerRow.problem_key)
    return (
        select(*_ANSWER.columns, contract_id, key)
        .join(ContractRow, col(ContractRow.id) == contract_id)
        .where(col(AnswerRow.deleted).is_(False), col(ContractRow.deleted).is_(False))
        .where(key.startswith(begins, autoescape=True))
        .order_by(contract_id, key)
    )


def _suppliers_query() -> Select[*tuple[Any, ...]]:
    counted = and_(col(ContractRow.deleted).is_(False), col(ContractRow.status) != ContractStatus.WITHDRAWN.value)
    theirs = and_(col(ContractRow.supplier_id) == col(SupplierRow.id), counted)
    columns = (*_SUPPLIER.columns, col(SupplierRow.id), col(SupplierRow.version))
    return (
        select(*columns, func.count(col(ContractRow.id)), func.sum(ContractRow.value))
        .select_from(SupplierRow)
        .join(ContractRow, theirs, isouter=True)
        .where(col(SupplierRow.deleted).is_(False))
        .group_by(*columns)
        .order_by(func.lower(SupplierRow.name), col(SupplierRow.id))
    )
