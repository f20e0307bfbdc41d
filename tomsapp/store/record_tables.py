"""The tables of money that was handed over, of audit samples, and of published papers."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tomsapp.domain.delivery.sample import Conclusion
from tomsapp.store.evidence_tables import OfContract
from tomsapp.store.rows import Kept, Record, among
from tomsapp.store.types import Pounds, Quantity, Words

_FOUND = (
    "(conclusion IS NULL) = (found IS NULL) AND (found IS NULL) = (found_pounds IS NULL) "
    "AND (found IS NULL OR (0 <= found AND found <= units AND 0 <= found_pounds))"
)


class HandedOverRow(OfContract, table=True):
    """Money that was handed over. `commitment_id` is NULL where it is for the contract as a whole."""

    __tablename__ = "handed_over"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("passed_on IS NULL OR passed_on >= received_on", name="passed"),
    )

    commitment_id: int | None = Field(default=None, foreign_key="commitment.id")
    received_on: date
    received_from: str = Field(sa_type=Words)
    amount: Decimal = Field(sa_type=Pounds)
    passed_to: str = Field(sa_type=Words)
    passed_on: date | None = None
    receipt: str = Field(sa_type=Words)
    notes: str = Field(sa_type=Words)


class AuditSampleRow(Record, table=True):
    """A sample of accepted claims as it was drawn. `contract_id` is NULL where it was drawn from all contracts."""

    __tablename__ = "audit_sample"
    __table_args__ = (CheckConstraint("size > 0 AND claims > 0 AND pounds >= 0", name="drawn"),)

    contract_id: int | None = Field(default=None, foreign_key="contract.id", index=True)
    seed: str = Field(sa_type=Words)
    until: date
    size: int
    drawn_on: date
    claims: int
    pounds: Decimal = Field(sa_type=Pounds)
    notes: str = Field(sa_type=Words)


class AuditItemRow(Record, table=True):
    """A claim that was drawn, and what was concluded of it: NULL while nobody has checked it."""

    __tablename__ = "audit_item"
    __table_args__ = (
        UniqueConstraint("sample_id", "delivery_id"),
        CheckConstraint("position > 0 AND units > 0 AND pounds >= 0", name="drawn"),
        CheckConstraint(_FOUND, name="found"),
        among("conclusion", Conclusion),
    )

    sample_id: int = Field(foreign_key="audit_sample.id")
    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    position: int
    units: Decimal = Field(sa_type=Quantity)
    pounds: Decimal = Field(sa_type=Pounds)
    conclusion: str | None = Field(default=None, sa_type=Words)
    found: Decimal | None = Field(default=None, sa_type=Quantity)
    found_pounds: Decimal | None = Field(default=None, sa_type=Pounds)
    notes: str = Field(sa_type=Words)


class DeliveredPaperRow(Kept, table=True):
    """A delivered valuation that was published, with its bytes; `act_id` names the act that published it."""

    __tablename__ = "delivered_paper"
    __table_args__ = (UniqueConstraint("contract_id", "until", "number"),)

    contract_id: int = Field(foreign_key="contract.id", index=True)
    until: date
    number: int
    replaces: int | None = Field(default=None, foreign_key="delivered_paper.id")
    reason: str = Field(sa_type=Words)
    act_id: int = Field(foreign_key="delivery_act.id")
