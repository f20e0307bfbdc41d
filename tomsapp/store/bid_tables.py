"""The tables of what comes in for a tender: received files, bids, what is decided and told of them, and marks."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tomsapp.domain.tender.bid import DecisionKind
from tomsapp.store.rows import ADDED_TEXT, Kept, Record, among
from tomsapp.store.tender_tables import OfTender
from tomsapp.store.types import Pounds, Quantity, Words


class ReceivedFileRow(Kept, table=True):
    """A file as it was received, byte for byte."""

    __tablename__ = "received_file"
    __table_args__ = (UniqueConstraint("tender_id", "number"),)

    tender_id: int = Field(foreign_key="tender.id", index=True)
    number: int
    name: str = Field(sa_type=Words)


class ReceiptRow(Record, table=True):
    """What is said of a received file: one row for each."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("received_file_id"),)

    received_file_id: int = Field(foreign_key="received_file.id")
    supplier_id: int | None = Field(default=None, foreign_key="supplier.id")
    lot: int | None = None
    portal_on: date | None = None
    portal_time: str = Field(sa_type=Words)
    pack_version: int | None = None
    unfinished: str = Field(sa_type=Words)
    refused: str = Field(sa_type=Words)
    ask_for: str = Field(sa_type=Words)


class BidRow(OfTender, table=True):
    """A bidder in a lot, with the price and the quality points as soon as they are known."""

    __tablename__ = "bid"
    __table_args__ = (
        UniqueConstraint("tender_id", "lot", "supplier_id"),
        CheckConstraint("lot > 0 AND (price IS NULL OR price > 0) AND (quality IS NULL OR quality >= 0)", name="bid"),
    )

    lot: int
    supplier_id: int = Field(foreign_key="supplier.id")
    price: Decimal | None = Field(default=None, sa_type=Pounds)
    quality: Decimal | None = Field(default=None, sa_type=Quantity)
    notes: str = Field(sa_type=Words)


class OfBid(Record):
    """What belongs to a bid."""

    bid_id: int = Field(foreign_key="bid.id")


class BidDecisionRow(OfBid, table=True):
    """What was decided of one problem of one offer file of a bid."""

    __tablename__ = "bid_decision"
    __table_args__ = (UniqueConstraint("bid_id", "sha256", "problem"), among("kind", DecisionKind))

    problem: str = Field(sa_type=Words)
    sha256: str = Field(sa_type=Words)
    kind: str = Field(sa_type=Words)
    reason: str = Field(sa_type=Words)
    line: str = Field(sa_type=Words)
    asked_on: date | None = None
    due_on: date | None = None
    answer: str = Field(sa_type=Words)
    answered_on: date | None = None
    decided_by: str = Field(sa_type=Words)
    question: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)


class EvaluatorRow(OfTender, table=True):
    """Somebody who marks the answers of a tender."""

    __tablename__ = "evaluator"

    name: str = Field(sa_type=Words)
    role: str = Field(sa_type=Words)
    has_no_conflict: bool
    confirmed_on: date | None = None
    sent_on: date | None = None


class MarkRow(OfBid, table=True):
    """What one evaluator gives to one answer; `question` is the number of the question."""

    __tablename__ = "mark"
    __table_args__ = (
        UniqueConstraint("bid_id", "question", "evaluator_id"),
        CheckConstraint("mark BETWEEN 0 AND 5", name="mark"),
    )

    evaluator_id: int = Field(foreign_key="evaluator.id")
    question: int
    mark: int
    reason: str = Field(sa_type=Words)


class ModeratedMarkRow(OfBid, table=True):
    """The mark that counts of one answer."""

    __tablename__ = "moderated_mark"
    __table_args__ = (
        UniqueConstraint("bid_id", "question"),
        CheckConstraint("mark BETWEEN 0 AND 5", name="mark"),
    )

    question: int
    mark: int
    reason: str = Field(sa_type=Words)
    moderated_by: str = Field(sa_type=Words)


class ScoreExplanationRow(OfBid, table=True):
    """Why a bid has its score for one criterion; `score` is the one that is explained, as it is shown."""

    __tablename__ = "score_explanation"
    __table_args__ = (UniqueConstraint("bid_id", "criterion"),)

    criterion: str = Field(sa_type=Words)
    score: str = Field(sa_type=Words)
    text: str = Field(sa_type=Words)
    written_by: str = Field(sa_type=Words)
