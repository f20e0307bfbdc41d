"""The tables of what was delivered: plans, claims, and the sealed acts that decide them."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.store.rows import Kept, Record, among
from tomsapp.store.types import Pounds, Quantity, Share, Words

_IS_QUARTER = "year_index >= 0 AND quarter BETWEEN 1 AND 4"
_BOUNDS = (
    "0 <= provisional AND provisional <= accepted AND accepted <= evidenced AND evidenced <= claimed "
    "AND 0 <= rejected AND accepted + rejected <= claimed"
)


class OfQuarter(Record):
    """What belongs to a commitment in one contract quarter: `year_index` 0 is the first contract year."""

    contract_id: int = Field(foreign_key="contract.id", index=True)
    commitment_id: int = Field(foreign_key="commitment.id")
    year_index: int
    quarter: int


class DeliveryRow(OfQuarter, table=True):
    """What was returned for a commitment in a quarter, and what was decided of it: units, and people by kind.

    `entered_by` is who saved what is claimed last, which no act changes.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("commitment_id", "year_index", "quarter"),
        CheckConstraint(_IS_QUARTER, name="quarter"),
        CheckConstraint(_BOUNDS, name="bounds"),
        among("state", DeliveryState),
    )

    claimed: Decimal = Field(sa_type=Quantity)
    evidenced: Decimal = Field(sa_type=Quantity)
    accepted: Decimal = Field(sa_type=Quantity)
    provisional: Decimal = Field(sa_type=Quantity)
    rejected: Decimal = Field(sa_type=Quantity)
    state: str = Field(sa_type=Words)
    note: str = Field(sa_type=Words)
    new_people: Decimal | None = Field(default=None, sa_type=Quantity)
    retained_people: Decimal | None = Field(default=None, sa_type=Quantity)
    transferred_people: Decimal | None = Field(default=None, sa_type=Quantity)
    returned_on: date
    entered_by: str = Field(sa_type=Words)


class PlanEntryRow(OfQuarter, table=True):
    """What is planned of a commitment in a quarter: as it is worked on, or as it was last accepted (`in_force`)."""

    __tablename__ = "plan_entry"
    __table_args__ = (
        UniqueConstraint("commitment_id", "year_index", "quarter", "in_force"),
        CheckConstraint(_IS_QUARTER, name="quarter"),
        CheckConstraint("quantity >= 0", name="quantity"),
    )

    in_force: bool
    quantity: Decimal = Field(sa_type=Quantity)
    action: str = Field(sa_type=Words)
    due_on: date | None = None
    person: str = Field(sa_type=Words)
    partner: str = Field(sa_type=Words)
    risk: str = Field(sa_type=Words)


class DeliveryActRow(Kept, table=True):
    """A sealed act on what was delivered, a plan or a shortfall; its document holds all that was seen then.

    `to_year` and `to_quarter` say to which quarter a shortfall is carried; `supplier_by` and `supplier_on`, who
    agreed for the supplier and when; `improve_by`, until when who was told to improve has the opportunity.
    """

    __tablename__ = "delivery_act"
    __table_args__ = (among("kind", DeliveryActKind),)

    contract_id: int = Field(foreign_key="contract.id", index=True)
    kind: str = Field(sa_type=Words)
    delivery_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id")
    year_index: int | None = None
    quarter: int | None = None
    quantity: Decimal | None = Field(default=None, sa_type=Quantity)
    amount: Decimal | None = Field(default=None, sa_type=Pounds)
    other_commitment_id: int | None = Field(default=None, foreign_key="commitment.id")
    to_year: int | None = None
    to_quarter: int | None = None
    done_on: date
    role: str = Field(sa_type=Words)
    reason: str = Field(sa_type=Words)
    supplier_by: str = Field(sa_type=Words)
    supplier_on: date | None = None
    cause: str = Field(sa_type=Words)
    reverses: int | None = Field(default=None, foreign_key="delivery_act.id")
    improve_by: date | None = None


class DeliveryRulesRow(Record, table=True):
    """What the council has set for all deliveries: one row, once it has set something."""

    __tablename__ = "delivery_rules"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    return_days: Decimal = Field(sa_type=Quantity)
    late_days: Decimal = Field(sa_type=Quantity)
    remind_days: Decimal = Field(sa_type=Quantity)
    good: Decimal = Field(sa_type=Share)
    approaching: Decimal = Field(sa_type=Share)
    improvement: Decimal = Field(sa_type=Share)
    pace: Decimal = Field(sa_type=Quantity)
    may_accept_own: bool
    keep_years: Decimal | None = Field(default=None, sa_type=Quantity)
    most_file_mb: Decimal = Field(sa_type=Quantity)
    most_files: Decimal = Field(sa_type=Quantity)
