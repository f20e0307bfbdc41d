"""The tables of variations: their facts, and the lines of the contract as they make them."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from tomsapp.domain.variation import VariationState
from tomsapp.store.rows import Record, among
from tomsapp.store.types import Pounds, Quantity, Share, Words


class VariationRow(Record, table=True):
    """A variation of a signed contract; NULL where it leaves a fact as it is. `act_id` names the act that signed it."""

    __tablename__ = "variation"
    __table_args__ = (
        among("state", VariationState),
        Index(
            "uq_variation_contract_id_number_in_use",
            "contract_id",
            "number",
            unique=True,
            sqlite_where=text("deleted = 0"),
            postgresql_where=text("NOT deleted"),
        ),
    )

    contract_id: int = Field(foreign_key="contract.id")
    number: int
    effective_on: date | None = None
    new_end_on: date | None = None
    new_value: Decimal | None = Field(default=None, sa_type=Pounds)
    new_value_with_vat: Decimal | None = Field(default=None, sa_type=Pounds)
    new_supplier_id: int | None = Field(default=None, foreign_key="supplier.id")
    reason: str = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    act_id: int | None = Field(default=None, foreign_key="act.id")


class VariationLineRow(Record, table=True):
    """A line as a variation makes it; `line_key` is that of its commitment, or of a line that is added."""

    __tablename__ = "variation_line"
    __table_args__ = (
        UniqueConstraint("variation_id", "line_key"),
        CheckConstraint("(rate_quantity IS NULL) = (rate_per_pounds IS NULL)", name="rate_whole"),
    )

    variation_id: int = Field(foreign_key="variation.id")
    line_key: str = Field(sa_type=Words)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id")
    measure: str = Field(sa_type=Words)
    contract_share: Decimal = Field(sa_type=Share)
    place: str = Field(sa_type=Words)
    statement: str = Field(sa_type=Words)
    rate_quantity: Decimal | None = Field(default=None, sa_type=Quantity)
    rate_per_pounds: Decimal | None = Field(default=None, sa_type=Pounds)
    cost: Decimal | None = Field(default=None, sa_type=Pounds)
    project: str = Field(sa_type=Words)
    is_ended: bool = False


class VariationLineYearRow(Record, table=True):
    """The units that a line of a variation promises in one contract year; NULL where nothing is entered."""

    __tablename__ = "variation_line_year"
    __table_args__ = (UniqueConstraint("variation_line_id", "year_index"),)

    variation_line_id: int = Field(foreign_key="variation_line.id")
    year_index: int
    quantity: Decimal | None = Field(default=None, sa_type=Quantity)
