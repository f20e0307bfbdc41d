"""The tables, as rows that never leave the store; `mapping` turns them into the domain's records.

Nothing is ever deleted: a row has a version, a mark `deleted`, and the change that wrote it last. Triggers
(`migrations.triggers`) keep the history and refuse what would break it. Tables that have a module of their own are
imported here, so that `Row.metadata` of this module has all of them. A further one is to come beside these: project (a
commitment names its project by a code already).
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

import tomsapp.store.bid_tables
import tomsapp.store.delivery_tables
import tomsapp.store.evidence_tables
import tomsapp.store.record_tables
import tomsapp.store.tender_act_tables
import tomsapp.store.tender_tables
import tomsapp.store.variation_tables  # noqa: F401 - likewise
from tomsapp.domain.contract import ContractKind, ContractStatus
from tomsapp.domain.history import LinkMade
from tomsapp.domain.problems import AnswerChoice
from tomsapp.domain.rules.registry import RULE_KINDS
from tomsapp.domain.rules.rule import CountedIn, Rounding, WithVat
from tomsapp.domain.saved_view import OverviewView
from tomsapp.domain.seal import ActKind
from tomsapp.domain.signer import SignerKind
from tomsapp.domain.supplier import SupplierKind
from tomsapp.store.rows import ADDED_TEXT, Kept, Named, Record, among
from tomsapp.store.rows import Row as Row  # noqa: PLC0414 - whoever asks for all tables has it from here
from tomsapp.store.types import Pounds, Quantity, Share, UtcDateTime, Words


class ChangeRow(Row, table=True):
    """Who changed something, when, and what for."""

    __tablename__ = "change"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    who: str = Field(sa_type=Words)
    what: str = Field(default="", sa_type=Words)


class HistoryRow(Row, table=True):
    """One row before and after a change, as JSON; written by triggers alone."""

    __tablename__ = "history"
    __table_args__ = (Index(None, "kind", "record_id"),)

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id", index=True)
    kind: str = Field(sa_type=Words)
    record_id: int
    contract_id: int | None = Field(default=None, index=True)
    action: str = Field(sa_type=Words)
    before: str = Field(sa_type=Words)
    after: str = Field(sa_type=Words)


class LinkRow(Row, table=True):
    """The link of a change to the one before: see `store.chain`.

    `linked_at` and `linked_by` are the server's own moment and login where there is a server.
    """

    __tablename__ = "chain"
    __table_args__ = (UniqueConstraint("change_id"), among("how", LinkMade))

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    change_id: int = Field(foreign_key="change.id")
    linked_at: datetime = Field(sa_type=UtcDateTime)
    linked_by: str = Field(sa_type=Words)
    how: str = Field(sa_type=Words)
    digest: str = Field(sa_type=Words)


class SupplierRow(Named, table=True):
    """A supplier."""

    __tablename__ = "supplier"
    __table_args__ = (among("kind", SupplierKind),)

    name: str = Field(sa_type=Words, index=True)
    kind: str = Field(sa_type=Words)
    registration: str = Field(sa_type=Words)
    is_local: bool
    contact_name: str = Field(sa_type=Words)
    contact_email: str = Field(sa_type=Words)
    notes: str = Field(sa_type=Words)
    address: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)


class NeighbourhoodRow(Named, table=True):
    """A neighbourhood; `wards` holds the codes of its wards, one a line."""

    __tablename__ = "neighbourhood"

    wards: str = Field(sa_type=Words)
    notes: str = Field(sa_type=Words)


class PriorityRow(Named, table=True):
    """A priority of a plan; `measures` holds the keys of the measures that serve it, one a line."""

    __tablename__ = "priority"

    plan: str = Field(sa_type=Words)
    measures: str = Field(sa_type=Words)
    notes: str = Field(sa_type=Words)


class SavedViewRow(Named, table=True):
    """A view of the Overview that was saved; `filters` holds what passes, one a line."""

    __tablename__ = "saved_view"
    __table_args__ = (among("view", OverviewView),)

    view: str = Field(sa_type=Words)
    filters: str = Field(sa_type=Words)


class ContractRow(Record, table=True):
    """A contract; `menu` and `edition` name the edition that it is pinned to, or are empty in a draft."""

    __tablename__ = "contract"
    __table_args__ = (
        ForeignKeyConstraint(["menu", "edition"], ["edition.code", "edition.edition"]),
        CheckConstraint("(menu IS NULL) = (edition IS NULL)", name="menu_with_edition"),
        among("kind", ContractKind),
        among("status", ContractStatus),
        Index(
            "uq_contract_reference_in_use",
            "reference",
            unique=True,
            sqlite_where=text("deleted = 0"),
            postgresql_where=text("NOT deleted"),
        ),
        Index(None, "menu", "edition"),
    )

    reference: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)
    supplier_id: int | None = Field(default=None, foreign_key="supplier.id", index=True)
    value: Decimal = Field(sa_type=Pounds)
    start_on: date
    end_on: date
    menu: str | None = Field(default=None, sa_type=Words)
    edition: str | None = Field(default=None, sa_type=Words)
    kind: str = Field(sa_type=Words)
    status: str = Field(sa_type=Words)
    directorate: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)
    contract_manager: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)
    notes: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)
    value_with_vat: Decimal | None = Field(default=None, sa_type=Pounds)
    latest_end_on: date | None = None
    supplier_contact: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)
    supplier_contact_email: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)
    supplier_contact_phone: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)
    extensions_taken: int | None = None
    extensions_left: int | None = None
    ocid: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)


class ContractSpendRow(Record, table=True):
    """What is spent through a framework in one contract year, forecast or recorded."""

    __tablename__ = "contract_spend"
    __table_args__ = (UniqueConstraint("contract_id", "year_index", "is_recorded"),)

    contract_id: int = Field(foreign_key="contract.id")
    year_index: int
    is_recorded: bool
    amount: Decimal = Field(sa_type=Pounds)


class CommitmentRow(Record, table=True):
    """A promise of a contract; its quantities by year stand in `commitment_year`."""

    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint("(rate_quantity IS NULL) = (rate_per_pounds IS NULL)", name="rate_whole"),
        Index(None, "contract_id", "position"),
    )

    contract_id: int = Field(foreign_key="contract.id")
    position: int
    measure: str = Field(sa_type=Words)
    contract_share: Decimal = Field(sa_type=Share)
    place: str = Field(sa_type=Words)
    statement: str = Field(sa_type=Words)
    rate_quantity: Decimal | None = Field(default=None, sa_type=Quantity)
    rate_per_pounds: Decimal | None = Field(default=None, sa_type=Pounds)
    cost: Decimal | None = Field(default=None, sa_type=Pounds)
    project: str = Field(sa_type=Words)


class CommitmentYearRow(Record, table=True):
    """The units promised in one contract year; NULL where nothing is entered."""

    __tablename__ = "commitment_year"
    __table_args__ = (UniqueConstraint("commitment_id", "year_index"),)

    commitment_id: int = Field(foreign_key="commitment.id")
    year_index: int
    quantity: Decimal | None = Field(default=None, sa_type=Quantity)


class AnswerRow(Record, table=True):
    """What somebody answered to a warning; who and when is the row's change."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("contract_id", "problem_key"), among("choice", AnswerChoice))

    contract_id: int = Field(foreign_key="contract.id")
    problem_key: str = Field(sa_type=Words)
    answer: str = Field(sa_type=Words)
    choice: str | None = Field(default=None, sa_type=Words)
    asked: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)


class CouncilRow(Record, table=True):
    """What the council has set for the whole database: one row."""

    __tablename__ = "council"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    council_name: str = Field(default="", sa_type=Words)
    logo_id: int | None = Field(default=None, foreign_key="logo.id")
    is_example: bool = False
    default_menu: str = Field(default="", sa_type=Words)
    default_edition: str = Field(default="", sa_type=Words)
    area: str = Field(default="", sa_type=Words)
    contact: str = Field(default="", sa_type=Words, sa_column_kwargs=ADDED_TEXT)


class Sourced(Record):
    """Where a rule or a wage was published; no title, no source."""

    source_title: str | None = Field(default=None, sa_type=Words)
    source_publisher: str = Field(default="", sa_type=Words)
    source_year: str = Field(default="", sa_type=Words)
    source_address: str = Field(default="", sa_type=Words)


class PolicyRow(Record, table=True):
    """The name of the council's policy: one row."""

    __tablename__ = "policy"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    code: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)


class PolicyRuleRow(Sourced, table=True):
    """One dated rule of the policy."""

    __tablename__ = "policy_rule"
    __table_args__ = (
        among("kind", RULE_KINDS),
        among("counted_in", CountedIn),
        among("rounding", Rounding),
        among("with_vat", WithVat),
    )

    position: int
    code: str = Field(sa_type=Words)
    kind: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)
    in_force_from: date
    in_force_until: date | None = None
    threshold: Decimal = Field(sa_type=Pounds)
    share: Decimal = Field(sa_type=Share)
    counted_in: str = Field(sa_type=Words)
    per: Decimal = Field(sa_type=Pounds)
    outcomes: Decimal = Field(sa_type=Quantity)
    rounding: str = Field(sa_type=Words)
    wording: str = Field(sa_type=Words)
    binds_signed_from: date | None = None
    with_vat: str = Field(default="not_said", sa_type=Words, sa_column_kwargs={"server_default": text("'not_said'")})


class LivingWageRow(Sourced, table=True):
    """The National Living Wage from a date."""

    __tablename__ = "living_wage"

    in_force_from: date
    hourly: Decimal = Field(sa_type=Quantity)


class EditionRow(Kept, table=True):
    """The bytes of a menu edition that contracts use; `sha256` is the edition's own."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("code", "edition"),)

    code: str = Field(sa_type=Words)
    edition: str = Field(sa_type=Words)
    sha256: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)


class AreaRow(Kept, table=True):
    """The bytes of an area file; the newest of a code counts."""

    __tablename__ = "area"

    code: str = Field(sa_type=Words, index=True)


class LogoRow(Kept, table=True):
    """The council's logo as PNG or JPEG."""

    __tablename__ = "logo"


class SignerRow(Kept, table=True):
    """A key that signs published papers, as PKCS#12, with its certificate as PEM; the newest row signs.

    A key of the database is not locked; one of the council is, under a password that is never kept.
    """

    __tablename__ = "signer"
    __table_args__ = (among("kind", SignerKind),)

    kind: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    fingerprint: str = Field(sa_type=Words)
    valid_until: date
    certificate: str = Field(sa_type=Words)


class ActRow(Kept, table=True):
    """A sealed act, with its document; who did it and when is its change.

    Days and role may be missing of what an earlier version signed. `rules` holds the policy rules that were in force,
    as JSON, so that a list need not read the documents.
    """

    __tablename__ = "act"
    __table_args__ = (among("kind", ActKind), among("was", ContractStatus), among("becomes", ContractStatus))

    contract_id: int = Field(foreign_key="contract.id", index=True)
    kind: str = Field(sa_type=Words)
    was: str = Field(sa_type=Words)
    becomes: str = Field(sa_type=Words)
    done_on: date | None = None
    takes_effect_on: date | None = None
    role: str = Field(sa_type=Words)
    reason: str = Field(sa_type=Words)
    value: Decimal | None = Field(default=None, sa_type=Pounds)
    rules: str = Field(sa_type=Words)
    reverses: int | None = Field(default=None, foreign_key="act.id")


class FrozenValuationRow(Kept, table=True):
    """A valuation that an earlier version kept when a contract was signed; `act` holds it now, and this stays."""

    __tablename__ = "frozen_valuation"

    contract_id: int = Field(foreign_key="contract.id", index=True)
    kind: str = Field(sa_type=Words)
    sha256: str = Field(sa_type=Words)
    reason: str = Field(sa_type=Words)
