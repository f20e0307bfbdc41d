"""Bids in the database, with what is decided of them, who marks them, their marks, and why they have their scores."""

from typing import Any, ClassVar, Generic, TypeVar

from sqlmodel import col, select

from tomsapp.domain.history import Stored
from tomsapp.domain.tender.bid import BID, BID_DECISION, Bid, BidDecision
from tomsapp.domain.tender.explaining import SCORE_EXPLANATION, ScoreExplanation
from tomsapp.domain.tender.marking import EVALUATOR, MARK, MODERATED_MARK, Evaluator, Mark, ModeratedMark
from tomsapp.store.bid_tables import (
    BidDecisionRow,
    BidRow,
    EvaluatorRow,
    MarkRow,
    ModeratedMarkRow,
    OfBid,
    ScoreExplanationRow,
)
from tomsapp.store.errors import EditConflict
from tomsapp.store.received import supplier_name
from tomsapp.store.records import Repository, Scope
from tomsapp.store.tables import ChangeRow, SupplierRow
from tomsapp.store.tenders import OfTenderRepository

R = TypeVar("R")
RowT = TypeVar("RowT", bound=OfBid)


class BidRepository(Repository[Bid, BidRow]):
    """The bids, within one transaction: one for each bidder and lot of a tender."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, BID, BidRow)

    def _apart_of(self, row: BidRow) -> dict[str, Any]:
        return {"supplier": supplier_name(self._scope, row.supplier_id)}

    def of(self, tender_id: int) -> list[Stored[Bid]]:
        """The bids of a tender by lots, and in each in the order in which they came."""
        mine = (col(BidRow.tender_id) == tender_id, col(BidRow.deleted).is_(False))
        query = (
            select(BidRow, ChangeRow, SupplierRow)
            .join(ChangeRow, col(ChangeRow.id) == col(BidRow.change_id))
            .join(SupplierRow, col(SupplierRow.id) == col(BidRow.supplier_id))
            .where(*mine)
            .order_by(col(BidRow.lot), col(BidRow.id))
        )
        return [self._stored(row) for row, *_ in self._session.exec(query)]

    def tender_of(self, record_id: int) -> int:
        """The number of the tender that a bid belongs to.

        Raises:
            NotFound: there is no such bid.
        """
        return self._rows.get(record_id).tender_id

    def supplier_of(self, record_id: int) -> int:
        """The number of the supplier who bids.

        Raises:
            NotFound: there is no such bid.
        """
        return self._rows.get(record_id).supplier_id

    def add(self, tender_id: int, bid: Bid, supplier_id: int) -> Stored[Bid]:
        """Save a bid; where the same bidder's was removed before, in the place of that.

        Raises:
            EditConflict: the bidder has one in the lot already.
        """
        same = (BidRow.tender_id, tender_id), (BidRow.lot, bid.lot), (BidRow.supplier_id, supplier_id)
        held = self._session.exec(select(BidRow).where(*(col(column) == value for column, value in same))).first()
        if held is None:
            row = BidRow(**self._columns(bid), tender_id=tender_id, supplier_id=supplier_id)
            return self._stored(self._rows.add(row))
        if not held.deleted:
            raise EditConflict(self._stored(held))
        self._rows.write(held, self._columns(bid))
        return self._stored(held)

    def save(self, record_id: int, expected_version: int, bid: Bid) -> Stored[Bid]:
        """Save a bid that was read at `expected_version`; lot and bidder stay.

        Raises:
            EditConflict: somebody saved it since.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        self._rows.write(row, {**self._columns(bid, row), "lot": row.lot})
        return self._stored(row)


class OfBidRepository(Repository[R, RowT], Generic[R, RowT]):
    """Records of one kind that belong to bids, within one transaction.

    `_known_by` are the columns that say what a record is about; there is one of each.
    """

    _known_by: ClassVar[tuple[str, ...]] = ("bid_id", "question")

    def of_tender(self, tender_id: int) -> list[Stored[R]]:
        """Those of all bids of a tender, by bids."""
        row = self._row_type
        query = (
            select(row)
            .join(BidRow, col(BidRow.id) == col(row.bid_id))
            .where(col(BidRow.tender_id) == tender_id, col(row.deleted).is_(False))
            .order_by(col(row.bid_id), *self._order(), col(row.id))
        )
        return [self._stored(each) for each in self._session.exec(query)]

    def add(self, record: R) -> Stored[R]:
        """Save a new record; where one of the same was removed before, in the place of that.

        Raises:
            EditConflict: there is one of the same already.
        """
        columns, row_type = self._columns(record), self._row_type
        same = (col(getattr(row_type, name)) == columns[name] for name in self._known_by)
        held = self._session.exec(select(row_type).where(*same).with_for_update()).first()
        if held is None:
            return self._stored(self._rows.add(row_type(**columns)))
        if not held.deleted:
            raise EditConflict(self._stored(held))
        self._rows.write(held, columns)
        return self._stored(held)

    def save(self, record_id: int, expected_version: int, record: R) -> Stored[R]:
        """Save a record that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        self._rows.write(row, self._columns(record, row))
        return self._stored(row)


class BidDecisionRepository(OfBidRepository[BidDecision, BidDecisionRow]):
    """What is decided of the problems of bids, within one transaction."""

    _known_by = ("bid_id", "sha256", "problem")

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, BID_DECISION, BidDecisionRow)

    def _apart_of(self, row: BidDecisionRow) -> dict[str, Any]:
        return {"bid": row.bid_id}

    def _apart(self, record: BidDecision) -> dict[str, Any]:
        return {"bid_id": record.bid}


class EvaluatorRepository(OfTenderRepository[Evaluator, EvaluatorRow]):
    """The evaluators of tenders, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, EVALUATOR, EvaluatorRow)


class MarkRepository(OfBidRepository[Mark, MarkRow]):
    """The marks of evaluators, within one transaction."""

    _known_by = ("bid_id", "question", "evaluator_id")

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, MARK, MarkRow)

    def _order(self) -> tuple[Any, ...]:
        return (col(MarkRow.question), col(MarkRow.evaluator_id))

    def _apart_of(self, row: MarkRow) -> dict[str, Any]:
        return {"bid": row.bid_id, "evaluator": row.evaluator_id}

    def _apart(self, record: Mark) -> dict[str, Any]:
        return {"bid_id": record.bid, "evaluator_id": record.evaluator}


class ModeratedMarkRepository(OfBidRepository[ModeratedMark, ModeratedMarkRow]):
    """The marks that count, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, MODERATED_MARK, ModeratedMarkRow)

    def _order(self) -> tuple[Any, ...]:
        return (col(ModeratedMarkRow.question),)

    def _apart_of(self, row: ModeratedMarkRow) -> dict[str, Any]:
        return {"bid": row.bid_id}

    def _apart(self, record: ModeratedMark) -> dict[str, Any]:
        return {"bid_id": record.bid}


class ScoreExplanationRepository(OfBidRepository[ScoreExplanation, ScoreExplanationRow]):
    """Why bids have their scores, within one transaction."""

    _known_by = ("bid_id", "criterion")

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, SCORE_EXPLANATION, ScoreExplanationRow)

    def _apart_of(self, row: ScoreExplanationRow) -> dict[str, Any]:
        return {"bid": row.bid_id}

    def _apart(self, record: ScoreExplanation) -> dict[str, Any]:
        return {"bid_id": record.bid}
