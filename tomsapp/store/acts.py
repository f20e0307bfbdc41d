"""Sealed acts in the database: each is added once, with its document, and never changed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from tomsapp.domain.contract import CONTRACT, ContractStatus
from tomsapp.domain.seal import Act, ActFacts, ActKind
from tomsapp.store.kept import add_kept, sha256_of
from tomsapp.store.records import Scope
from tomsapp.store.tables import ActRow, ChangeRow, HistoryRow


@dataclass(frozen=True, slots=True)
class NewAct:
    """An act that is to be kept.

    Attributes:
        rules: the policy rules that were in force, as JSON.
        value: the social value in its document, in pounds.
        reverses: the number of the act that it takes back.
    """

    contract_id: int
    facts: ActFacts
    was: ContractStatus
    becomes: ContractStatus
    document: bytes
    rules: str
    value: Decimal
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class KeptAct:
    """An act with the policy rules that were in force when it was done, as JSON."""

    act: Act
    rules: str


_COLUMNS = (
    col(ActRow.id),
    col(ActRow.contract_id),
    col(ActRow.kind),
    col(ActRow.done_on),
    col(ActRow.takes_effect_on),
    col(ActRow.role),
    col(ActRow.reason),
    col(ChangeRow.who),
    col(ChangeRow.at),
    col(ActRow.was),
    col(ActRow.becomes),
    col(ActRow.content_sha256),
    col(ActRow.value),
    col(ActRow.reverses),
    col(ActRow.rules),
)
"""What is read of acts: all but their documents."""


class ActRepository:
    """The acts, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session

    def add(self, new: NewAct) -> int:
        """Keep an act for good; gives its number."""
        row = ActRow(
            change_id=self._scope.change_id(),
            content=new.document,
            content_sha256=sha256_of(new.document),
            contract_id=new.contract_id,
            kind=new.facts.kind.value,
            was=new.was.value,
            becomes=new.becomes.value,
            done_on=new.facts.done_on,
            takes_effect_on=new.facts.takes_effect_on,
            role=new.facts.role,
            reason=new.facts.reason,
            value=new.value,
            rules=new.rules,
            reverses=new.reverses,
        )
        return add_kept(self._session, row)

    def of(self, contract_id: int) -> list[KeptAct]:
        """The acts of a contract in their order."""
        return list(self._read(_query().where(col(ActRow.contract_id) == contract_id)))

    def by_contract(self, numbers: Collection[int] | None = None) -> dict[int, list[KeptAct]]:
        """The acts of contracts with these numbers, or of all, in their order, by the contract's number."""
        query = _query() if numbers is None else _query().where(col(ActRow.contract_id).in_(sorted(numbers)))
        found: dict[int, list[KeptAct]] = {}
        for kept in self._read(query):
            found.setdefault(kept.act.contract_id, []).append(kept)
        return found

    def ever_varied(self) -> set[int]:
        """The contracts of which a variation was ever signed, also where that was taken back."""
        return set(self._session.exec(select(ActRow.contract_id).where(col(ActRow.kind) == ActKind.VARY.value)))

    def _read(self, query: Select[*tuple[Any, ...]]) -> Iterator[KeptAct]:
        return (_act_of(row) for row in self._session.execute(query))

    def document(self, act_id: int) -> bytes:
        """The document of an act, as its bytes are now."""
        return self._session.get_one(ActRow, act_id).content

    def signed_on(self, contract_id: int | None = None) -> dict[int, date]:
        """The day of the last signing of a contract, or of every one that was ever signed, by its number.

        It holds for contracts that are signed or closed; of others it was taken back.
        """
        query = (
            sql_select(col(ActRow.contract_id), col(ActRow.done_on), col(ChangeRow.at))
            .join_from(ActRow, ChangeRow, col(ChangeRow.id) == col(ActRow.change_id))
            .where(col(ActRow.kind) == ActKind.SIGN.value)
            .order_by(col(ActRow.id))
        )
        if contract_id is not None:
            query = query.where(col(ActRow.contract_id) == contract_id)
        return {row.contract_id: _day_of(row) for row in self._session.execute(query)}

    def last_role(self, who: str) -> str:
        """The role in which somebody did their last act; empty before the first."""
        query = (
            select(ActRow.role)
            .join(ChangeRow, col(ChangeRow.id) == col(ActRow.change_id))
            .where(col(ChangeRow.who) == who, col(ActRow.role) != "")
            .order_by(col(ActRow.id).desc())
        )
        return self._session.exec(query).first() or ""

    def first_recorded(self, contract_id: int) -> date:
        """The day on which a contract was first recorded in this database, as its clock told it."""
        query = (
            select(ChangeRow.at)
            .join(HistoryRow, col(HistoryRow.change_id) == col(ChangeRow.id))
            .where(col(HistoryRow.kind) == CONTRACT.key, col(HistoryRow.record_id) == contract_id)
            .order_by(col(HistoryRow.id))
        )
        return self._session.exec(query.limit(1)).one().astimezone().date()


def _query() -> Select[*tuple[Any, ...]]:
    change = col(ChangeRow.id) == col(ActRow.change_id)
    return sql_select(*_COLUMNS).join_from(ActRow, ChangeRow, change).order_by(col(ActRow.id))


def _day_of(row: Any) -> date:
    """The day of an act. An earlier version did not always say on which day it was signed."""
    day: date = row.done_on or row.at.astimezone().date()
    return day


def _act_of(row: Any) -> KeptAct:
    act = Act(
        ActKind(row.kind),
        _day_of(row),
        row.takes_effect_on,
        row.role,
        row.reason,
        id=row.id,
        contract_id=row.contract_id,
        by=row.who,
        recorded_at=row.at,
        was=ContractStatus(row.was),
        becomes=ContractStatus(row.becomes),
        sha256=row.content_sha256,
        value=row.value,
        reverses=row.reverses,
    )
    return KeptAct(act, row.rules)
