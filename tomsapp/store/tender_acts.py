"""Sealed acts of tenders with the packs that they issued and the evaluations that they froze: never changed."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from tomsapp.domain.tender.acts import TenderAct, TenderActFacts, TenderActKind
from tomsapp.domain.tender.issued import IssuedVersion
from tomsapp.store.errors import NotFound
from tomsapp.store.kept import add_kept, add_with_act, sha256_of, whole
from tomsapp.store.records import Scope, number
from tomsapp.store.tables import ChangeRow
from tomsapp.store.tender_act_tables import FrozenEvaluationRow, PackVersionRow, TenderActRow

_COLUMNS = tuple(
    getattr(TenderActRow, name) for name in TenderActRow.model_fields if name not in {"content", "change_id"}
)
"""What is read of acts: all but their documents."""


class TenderActRepository:
    """The acts of tenders, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session

    def add(
        self,
        tender_id: int,
        facts: TenderActFacts,
        document: bytes,
        reverses: int | None = None,
        bid_id: int | None = None,
    ) -> int:
        """Keep an act for good; gives its number. What it changes is saved after it, under the same change.

        `reverses` is the number of the act that it takes back, `bid_id` that of the bid that it is about.
        """
        row = TenderActRow(
            change_id=self._scope.change_id(),
            content=document,
            content_sha256=sha256_of(document),
            tender_id=tender_id,
            kind=facts.kind.value,
            done_on=facts.done_on,
            role=facts.role,
            reason=facts.reason,
            pack_version=facts.version,
            receipt=facts.receipt,
            lot=facts.lot,
            supplier=facts.supplier,
            reverses=reverses,
            bid_id=bid_id,
        )
        return add_kept(self._session, row)

    def of(self, tender_id: int) -> list[TenderAct]:
        """The acts of a tender in their order."""
        query = _acts().where(col(TenderActRow.tender_id) == tender_id)
        return [_act_of(row) for row in self._session.execute(query)]

    def document(self, act_id: int) -> bytes:
        """The document of an act, as its bytes are now."""
        return self._session.get_one(TenderActRow, act_id).content

    def documents(self, tender_id: int) -> Iterator[tuple[int, bytes]]:
        """The documents of a tender's acts in their order, as their bytes are now, with the numbers of the acts."""
        query = select(TenderActRow.id, TenderActRow.content).where(col(TenderActRow.tender_id) == tender_id)
        return ((number(row_id), data) for row_id, data in self._session.exec(query.order_by(col(TenderActRow.id))))

    def last_role(self, who: str) -> str:
        """The role in which somebody did their last act of a tender; empty before the first."""
        query = (
            select(TenderActRow.role)
            .join(ChangeRow, col(ChangeRow.id) == col(TenderActRow.change_id))
            .where(col(ChangeRow.who) == who, col(TenderActRow.role) != "")
            .order_by(col(TenderActRow.id).desc())
        )
        return self._session.exec(query).first() or ""


class PackVersionRepository:
    """The versions of packs that were issued, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._session = scope.session

    def add(self, tender_id: int, version: int, content: bytes, act_id: int) -> int:
        """Keep a version for good; gives its number. The act that issues it was added before, in this transaction."""
        row = PackVersionRow(
            content=content,
            content_sha256=sha256_of(content),
            tender_id=tender_id,
            number=version,
            act_id=act_id,
        )
        return add_with_act(self._session, self._session.get_one(TenderActRow, act_id), row)

    def of(self, tender_id: int) -> list[IssuedVersion]:
        """The versions of a tender's pack in their order."""
        query = _versions().where(col(PackVersionRow.tender_id) == tender_id)
        return [IssuedVersion(*row) for row in self._session.execute(query)]

    def contents(self, tender_id: int) -> Iterator[tuple[int, int, bytes]]:
        """Number, act and bytes of each version in their order, as they are here now, whole or not."""
        row = PackVersionRow
        query = select(row.number, row.act_id, row.content).where(col(row.tender_id) == tender_id)
        yield from self._session.exec(query.order_by(col(row.number)))

    def content(self, tender_id: int, version: int) -> bytes:
        """The bytes of a version as they are here now.

        Raises:
            NotFound: there is no such version.
            StoreError: they are not those that were issued.
        """
        columns = PackVersionRow.content, PackVersionRow.content_sha256
        mine = (col(PackVersionRow.tender_id) == tender_id, col(PackVersionRow.number) == version)
        row = self._session.exec(select(*columns).where(*mine)).first()
        if row is None:
            raise NotFound(f"There is no pack version {version} of this tender", "Open the tender again")
        return whole(*row, "The pack")


class FrozenEvaluationRepository:
    """The evaluations that were frozen, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._session = scope.session

    def add(self, tender_id: int, content: bytes, act_id: int) -> int:
        """Keep one for good; gives its number. The act that freezes it was added before, in this transaction."""
        row = FrozenEvaluationRow(
            content=content,
            content_sha256=sha256_of(content),
            tender_id=tender_id,
            act_id=act_id,
        )
        return add_with_act(self._session, self._session.get_one(TenderActRow, act_id), row)

    def contents(self, tender_id: int) -> Iterator[tuple[int, bytes]]:
        """Act and bytes of each that was frozen of a tender in their order, as they are here now, whole or not."""
        row = FrozenEvaluationRow
        query = select(row.act_id, row.content).where(col(row.tender_id) == tender_id)
        yield from self._session.exec(query.order_by(col(row.id)))

    def content(self, act_id: int) -> bytes:
        """The bytes that an act froze, as they are here now.

        Raises:
            NotFound: the act froze none.
            StoreError: they are not those that were frozen.
        """
        row = self._session.exec(select(FrozenEvaluationRow).where(col(FrozenEvaluationRow.act_id) == act_id)).first()
        if row is None:
            raise NotFound("There is no frozen evaluation", "Open the tender again")
        return whole(row.content, row.content_sha256, "The frozen evaluation")


def _acts() -> Select[*tuple[Any, ...]]:
    change = col(ChangeRow.id) == col(TenderActRow.change_id)
    columns = (*_COLUMNS, col(ChangeRow.who), col(ChangeRow.at))
    return sql_select(*columns).join_from(TenderActRow, ChangeRow, change).order_by(col(TenderActRow.id))


def _act_of(row: Any) -> TenderAct:
    return TenderAct(
        TenderActKind(row.kind),
        row.done_on,
        row.role,
        row.reason,
        row.pack_version,
        row.receipt,
        row.lot,
        row.supplier,
        id=row.id,
        tender_id=row.tender_id,
        by=row.who,
        recorded_at=row.at,
        sha256=row.content_sha256,
        reverses=row.reverses,
        bid=row.bid_id,
    )


def _versions() -> Select[*tuple[Any, ...]]:
    version = PackVersionRow
    columns = (
        col(version.number),
        col(version.content_sha256),
        func.length(col(version.content)),
        col(version.act_id),
        col(TenderActRow.done_on),
        col(ChangeRow.who),
        col(ChangeRow.at),
    )
    return (
        sql_select(*columns)
        .join_from(PackVersionRow, TenderActRow, col(TenderActRow.id) == col(version.act_id))
        .join(ChangeRow, col(ChangeRow.id) == col(version.change_id))
        .order_by(col(version.number))
    )
