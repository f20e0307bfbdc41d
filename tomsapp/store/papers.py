"""Delivered valuations that were published: each is added once, with its bytes, and never changed."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from tomsapp.domain.delivery.published import DeliveredPaperKept, PaperFacts
from tomsapp.store.delivery_tables import DeliveryActRow
from tomsapp.store.errors import NotFound
from tomsapp.store.kept import add_with_act, sha256_of, whole
from tomsapp.store.record_tables import DeliveredPaperRow
from tomsapp.store.records import Scope
from tomsapp.store.tables import ChangeRow


class PaperRepository:
    """The published papers, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._session = scope.session

    def add(self, contract_id: int, facts: PaperFacts, content: bytes, act_id: int) -> int:
        """Keep a paper for good; gives its number. The act that publishes it was added before, in this transaction."""
        row = DeliveredPaperRow(
            content=content,
            content_sha256=sha256_of(content),
            contract_id=contract_id,
            until=facts.until,
            number=facts.number,
            replaces=facts.replaces,
            reason=facts.reason,
            act_id=act_id,
        )
        return add_with_act(self._session, self._session.get_one(DeliveryActRow, act_id), row)

    def of(self, contract_id: int) -> list[DeliveredPaperKept]:
        """The papers of a contract in the order in which they were published."""
        return list(self._read(_query().where(col(DeliveredPaperRow.contract_id) == contract_id)))

    def by_contract(self, numbers: Collection[int] | None = None) -> dict[int, list[DeliveredPaperKept]]:
        """The papers of contracts with these numbers, or of all, in their order, by the contract's number."""
        row = DeliveredPaperRow
        query = _query() if numbers is None else _query().where(col(row.contract_id).in_(sorted(numbers)))
        found: dict[int, list[DeliveredPaperKept]] = {}
        for paper in self._read(query):
            found.setdefault(paper.contract_id, []).append(paper)
        return found

    def _read(self, query: Select[*tuple[Any, ...]]) -> Iterator[DeliveredPaperKept]:
        return (_paper_of(row) for row in self._session.execute(query))

    def content(self, paper_id: int) -> bytes:
        """The bytes of a paper as they are here now.

        Raises:
            NotFound: there is none with this number.
            StoreError: they are not those that were published.
        """
        columns = DeliveredPaperRow.content, DeliveredPaperRow.content_sha256
        row = self._session.exec(select(*columns).where(col(DeliveredPaperRow.id) == paper_id)).first()
        if row is None:
            raise NotFound(f"There is no published valuation {paper_id}", "Open the contract again")
        return whole(*row, "The paper")


def _query() -> Select[*tuple[Any, ...]]:
    paper = DeliveredPaperRow
    columns = (
        col(paper.id),
        col(paper.contract_id),
        col(paper.until),
        col(paper.number),
        col(paper.replaces),
        col(paper.reason),
        col(paper.act_id),
        col(paper.content_sha256),
        func.length(col(paper.content)).label("size"),
        col(DeliveryActRow.done_on),
        col(ChangeRow.who),
        col(ChangeRow.at),
    )
    return (
        sql_select(*columns)
        .join_from(DeliveredPaperRow, DeliveryActRow, col(DeliveryActRow.id) == col(paper.act_id))
        .join(ChangeRow, col(ChangeRow.id) == col(paper.change_id))
        .order_by(col(paper.id))
    )


def _paper_of(row: Any) -> DeliveredPaperKept:
    return DeliveredPaperKept(
        row.until,
        row.number,
        row.replaces,
        row.reason,
        id=row.id,
        contract_id=row.contract_id,
        act=row.act_id,
        published_on=row.done_on,
        by=row.who,
        recorded_at=row.at,
        sha256=row.content_sha256,
        size=row.size,
    )
