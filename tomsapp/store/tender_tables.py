"""The tables of tenders as they are set up: facts, lots with their years, measures, questions of both sides."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from tomsapp.domain.contract import ContractKind
from tomsapp.domain.tender.choices import MinimumRule, Placing, QuantityMethod, Route, ShareBase, TenderStatus
from tomsapp.domain.tender.tender_measure import MeasureUse
from tomsapp.store.rows import Record, among
from tomsapp.store.types import Pounds, Quantity, Share, Words


class TenderRow(Record, table=True):
    """A tender; `menu` and `edition` name the edition that it is pinned to, or are empty until one is chosen."""

    __tablename__ = "tender"
    __table_args__ = (
        CheckConstraint("(menu IS NULL) = (edition IS NULL)", name="menu_with_edition"),
        among("kind", ContractKind),
        among("route", Route),
        among("status", TenderStatus),
        among("base", ShareBase),
        among("placed", Placing),
        among("method", QuantityMethod),
        among("minimum", MinimumRule),
        Index(
            "uq_tender_reference_in_use",
            "reference",
            unique=True,
            sqlite_where=text("deleted = 0"),
            postgresql_where=text("NOT deleted"),
        ),
    )

    reference: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)
    directorate: str = Field(sa_type=Words)
    contract_manager: str = Field(sa_type=Words)
    menu: str | None = Field(default=None, sa_type=Words)
    edition: str | None = Field(default=None, sa_type=Words)
    kind: str = Field(sa_type=Words)
    route: str = Field(sa_type=Words)
    status: str = Field(sa_type=Words)
    base: str = Field(sa_type=Words)
    fixed_base: Decimal | None = Field(default=None, sa_type=Pounds)
    deadline_on: date | None = None
    deadline_at: str = Field(sa_type=Words)
    deadline_zone: str = Field(sa_type=Words)
    price_weight: Decimal = Field(sa_type=Quantity)
    quality_weight: Decimal = Field(sa_type=Quantity)
    social_weight: Decimal = Field(sa_type=Quantity)
    placed: str = Field(sa_type=Words)
    quantity_part: Decimal = Field(sa_type=Share)
    method: str = Field(sa_type=Words)
    method_target: Decimal | None = Field(default=None, sa_type=Pounds)
    bands: str = Field(sa_type=Words)
    minimum: str = Field(sa_type=Words)
    most_measures: int | None = None
    mandatory_themes: str = Field(sa_type=Words)
    ocid: str = Field(sa_type=Words)
    notes: str = Field(sa_type=Words)


class OfTender(Record):
    """What belongs to a tender."""

    tender_id: int = Field(foreign_key="tender.id", index=True)


class Numbered(OfTender):
    """What belongs to a tender and is known by its number there."""

    number: int


class LotRow(Numbered, table=True):
    """A lot; what is forecast to be spent in it by year stands in `lot_year`."""

    __tablename__ = "lot"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    title: str = Field(sa_type=Words)
    value: Decimal | None = Field(default=None, sa_type=Pounds)
    value_with_vat: Decimal | None = Field(default=None, sa_type=Pounds)
    start_on: date | None = None
    end_on: date | None = None
    places: str = Field(sa_type=Words)


class LotYearRow(Record, table=True):
    """What is forecast to be spent in one year of a lot."""

    __tablename__ = "lot_year"
    __table_args__ = (UniqueConstraint("lot_id", "year_index"), CheckConstraint("year_index >= 0", name="year_index"))

    lot_id: int = Field(foreign_key="lot.id")
    year_index: int
    amount: Decimal = Field(sa_type=Pounds)


class TenderMeasureRow(OfTender, table=True):
    """A measure of a tender; one that was removed stands here once more when it is added again."""

    __tablename__ = "tender_measure"
    __table_args__ = (UniqueConstraint("tender_id", "measure"), among("use", MeasureUse))

    measure: str = Field(sa_type=Words)
    target: Decimal | None = Field(default=None, sa_type=Quantity)
    relevance: str = Field(sa_type=Words)
    use: str = Field(sa_type=Words)
    exception_reason: str = Field(sa_type=Words)
    exception_name: str = Field(sa_type=Words)
    exception_role: str = Field(sa_type=Words)


class QuestionRow(Numbered, table=True):
    """A question that bidders answer in words, with what gets each mark."""

    __tablename__ = "question"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    title: str = Field(sa_type=Words)
    text: str = Field(sa_type=Words)
    weight: Decimal = Field(sa_type=Quantity)
    most_words: int | None = None
    guide_5: str = Field(sa_type=Words)
    guide_4: str = Field(sa_type=Words)
    guide_3: str = Field(sa_type=Words)
    guide_2: str = Field(sa_type=Words)
    guide_1: str = Field(sa_type=Words)
    guide_0: str = Field(sa_type=Words)


class BidderQuestionRow(OfTender, table=True):
    """A question of a bidder with the council's answer; who asked is not kept."""

    __tablename__ = "bidder_question"

    asked_on: date
    question: str = Field(sa_type=Words)
    answer: str = Field(sa_type=Words)
    answered_on: date | None = None
