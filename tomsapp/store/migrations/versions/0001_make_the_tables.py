"""Make the tables."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from tomsapp.store import triggers, types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _columns(listed: str) -> list[tuple[str, str]]:
    """Columns as `triggers` takes them, from "name name:how"."""
    pairs = (entry.partition(":") for entry in listed.split())
    return [(name, how or "plain") for name, _, how in pairs]


RECORDS = {
    "living_wage": _columns(
        "id version deleted:flag source_title source_publisher source_year source_address in_force_from hourly:4"
    ),
    "policy": _columns("id version deleted:flag code title"),
    "policy_rule": _columns(
        "id version deleted:flag source_title source_publisher source_year source_address position code kind title in_force_from in_force_until threshold:2 share:6 counted_in per:2 outcomes:4 rounding wording"
    ),
    "supplier": _columns(
        "id version deleted:flag name kind registration is_local:flag contact_name contact_email notes"
    ),
    "contract": _columns(
        "id version deleted:flag reference title supplier_id value:2 start_on end_on menu edition kind status"
    ),
    "council": _columns(
        "id version deleted:flag council_name logo_id is_example:flag default_menu default_edition area"
    ),
    "answer": _columns("id version deleted:flag contract_id problem_key answer"),
    "commitment": _columns(
        "id version deleted:flag contract_id position measure contract_share:6 place statement rate_quantity:4 rate_per_pounds:2 cost:2 project"
    ),
    "contract_spend": _columns("id version deleted:flag contract_id year_index is_recorded:flag amount:2"),
    "commitment_year": _columns("id version deleted:flag commitment_id year_index quantity:4"),
}
KEPT = {
    "area": _columns("id content_sha256 code"),
    "edition": _columns("id content_sha256 code edition sha256 title"),
    "logo": _columns("id content_sha256"),
    "frozen_valuation": _columns("id content_sha256 contract_id kind sha256 reason"),
}
CONTRACT = {
    "contract": "NEW.id",
    "contract_spend": "NEW.contract_id",
    "commitment": "NEW.contract_id",
    "answer": "NEW.contract_id",
    "frozen_valuation": "NEW.contract_id",
    "commitment_year": "(SELECT contract_id FROM commitment WHERE id = NEW.commitment_id)",
}


def _triggers(server: str) -> Iterator[str]:
    record, kept = triggers.sqlite_record, triggers.sqlite_kept
    if server == "postgresql":
        record, kept = triggers.postgres_record, triggers.postgres_kept
        yield triggers.postgres_shared()
    for table, columns in RECORDS.items():
        yield from record(table, columns, CONTRACT.get(table, "NULL"))
    for table, columns in KEPT.items():
        yield from kept(table, columns, CONTRACT.get(table, "NULL"))
    for table in ("change", "history"):
        yield from kept(table, (), "NULL")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("who", types.Words(), nullable=False),
        sa.Column("what", types.Words(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_sha256", types.Words(), nullable=False),
        sa.Column("code", types.Words(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_area_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
    )
    op.create_index(op.f("ix_area_code"), "area", ["code"], unique=False)

    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_sha256", types.Words(), nullable=False),
        sa.Column("code", types.Words(), nullable=False),
        sa.Column("edition", types.Words(), nullable=False),
        sa.Column("sha256", types.Words(), nullable=False),
        sa.Column("title", types.Words(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_edition_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("code", "edition", name=op.f("uq_edition_code_edition")),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("kind", types.Words(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("action", types.Words(), nullable=False),
        sa.Column("before", types.Words(), nullable=False),
        sa.Column("after", types.Words(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_history_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_change_id"), "history", ["change_id"], unique=False)
    op.create_index(op.f("ix_history_contract_id"), "history", ["contract_id"], unique=False)
    op.create_index(op.f("ix_history_kind_record_id"), "history", ["kind", "record_id"], unique=False)

    op.create_table(
        "living_wage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("source_title", types.Words(), nullable=True),
        sa.Column("source_publisher", types.Words(), nullable=False),
        sa.Column("source_year", types.Words(), nullable=False),
        sa.Column("source_address", types.Words(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("hourly", types.Quantity(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_living_wage_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living_wage")),
    )
    op.create_table(
        "logo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_sha256", types.Words(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_logo_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logo")),
    )
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("code", types.Words(), nullable=False),
        sa.Column("title", types.Words(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_policy_one_row")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_policy_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
    )
    op.create_table(
        "policy_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("source_title", types.Words(), nullable=True),
        sa.Column("source_publisher", types.Words(), nullable=False),
        sa.Column("source_year", types.Words(), nullable=False),
        sa.Column("source_address", types.Words(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", types.Words(), nullable=False),
        sa.Column("kind", types.Words(), nullable=False),
        sa.Column("title", types.Words(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("threshold", types.Pounds(), nullable=False),
        sa.Column("share", types.Share(), nullable=False),
        sa.Column("counted_in", types.Words(), nullable=False),
        sa.Column("per", types.Pounds(), nullable=False),
        sa.Column("outcomes", types.Quantity(), nullable=False),
        sa.Column("rounding", types.Words(), nullable=False),
        sa.Column("wording", types.Words(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_policy_rule_change_id")),
        sa.CheckConstraint("kind IN ('scope', 'minimum_share', 'employment_outcomes')", name=op.f("ck_policy_rule_kind")),
        sa.CheckConstraint("counted_in IN ('social_value', 'real_pounds')", name=op.f("ck_policy_rule_counted_in")),
        sa.CheckConstraint("rounding IN ('down', 'nearest', 'up', 'exact')", name=op.f("ck_policy_rule_rounding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_rule")),
    )
    op.create_table(
        "supplier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("name", types.Words(), nullable=False),
        sa.Column("kind", types.Words(), nullable=False),
        sa.Column("registration", types.Words(), nullable=False),
        sa.Column("is_local", sa.Boolean(), nullable=False),
        sa.Column("contact_name", types.Words(), nullable=False),
        sa.Column("contact_email", types.Words(), nullable=False),
        sa.Column("notes", types.Words(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_supplier_change_id")),
        sa.CheckConstraint("kind IN ('large', 'sme', 'vcfse')", name=op.f("ck_supplier_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier")),
    )
    op.create_index(op.f("ix_supplier_name"), "supplier", ["name"], unique=False)

    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("reference", types.Words(), nullable=False),
        sa.Column("title", types.Words(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("value", types.Pounds(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("menu", types.Words(), nullable=True),
        sa.Column("edition", types.Words(), nullable=True),
        sa.Column("kind", types.Words(), nullable=False),
        sa.Column("status", types.Words(), nullable=False),
        sa.CheckConstraint("(menu IS NULL) = (edition IS NULL)", name=op.f("ck_contract_menu_with_edition")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_contract_change_id")),
        sa.ForeignKeyConstraint(
            ["menu", "edition"], ["edition.code", "edition.edition"], name=op.f("fk_contract_menu_edition")
        ),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_contract_supplier_id")),
        sa.CheckConstraint("kind IN ('standard', 'framework')", name=op.f("ck_contract_kind")),
        sa.CheckConstraint("status IN ('draft', 'signed', 'closed')", name=op.f("ck_contract_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
    )
    op.create_index(op.f("ix_contract_menu_edition"), "contract", ["menu", "edition"], unique=False)
    op.create_index(op.f("ix_contract_supplier_id"), "contract", ["supplier_id"], unique=False)
    op.create_index(
        "uq_contract_reference_in_use",
        "contract",
        ["reference"],
        unique=True,
        sqlite_where=sa.text("deleted = 0"),
        postgresql_where=sa.text("NOT deleted"),
    )

    op.create_table(
        "council",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("council_name", types.Words(), nullable=False),
        sa.Column("logo_id", sa.Integer(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("default_menu", types.Words(), nullable=False),
        sa.Column("default_edition", types.Words(), nullable=False),
        sa.Column("area", types.Words(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_council_one_row")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_council_change_id")),
        sa.ForeignKeyConstraint(["logo_id"], ["logo.id"], name=op.f("fk_council_logo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("problem_key", types.Words(), nullable=False),
        sa.Column("answer", types.Words(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_answer_change_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_answer_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("contract_id", "problem_key", name=op.f("uq_answer_contract_id_problem_key")),
    )
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("measure", types.Words(), nullable=False),
        sa.Column("contract_share", types.Share(), nullable=False),
        sa.Column("place", types.Words(), nullable=False),
        sa.Column("statement", types.Words(), nullable=False),
        sa.Column("rate_quantity", types.Quantity(), nullable=True),
        sa.Column("rate_per_pounds", types.Pounds(), nullable=True),
        sa.Column("cost", types.Pounds(), nullable=True),
        sa.Column("project", types.Words(), nullable=False),
        sa.CheckConstraint(
            "(rate_quantity IS NULL) = (rate_per_pounds IS NULL)", name=op.f("ck_commitment_rate_whole")
        ),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_commitment_change_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_commitment_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_contract_id_position"), "commitment", ["contract_id", "position"], unique=False)

    op.create_table(
        "contract_spend",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("year_index", sa.Integer(), nullable=False),
        sa.Column("is_recorded", sa.Boolean(), nullable=False),
        sa.Column("amount", types.Pounds(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_contract_spend_change_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_spend_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_spend")),
        sa.UniqueConstraint(
            "contract_id",
            "year_index",
            "is_recorded",
            name=op.f("uq_contract_spend_contract_id_year_index_is_recorded"),
        ),
    )
    op.create_table(
        "frozen_valuation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_sha256", types.Words(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kind", types.Words(), nullable=False),
        sa.Column("sha256", types.Words(), nullable=False),
        sa.Column("reason", types.Words(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_frozen_valuation_change_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_frozen_valuation_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_valuation")),
    )
    op.create_index(op.f("ix_frozen_valuation_contract_id"), "frozen_valuation", ["contract_id"], unique=False)

    op.create_table(
        "commitment_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("year_index", sa.Integer(), nullable=False),
        sa.Column("quantity", types.Quantity(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_commitment_year_change_id")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_year_commitment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_year")),
        sa.UniqueConstraint("commitment_id", "year_index", name=op.f("uq_commitment_year_commitment_id_year_index")),
    )
    for trigger in _triggers(op.get_bind().dialect.name):
        op.execute(trigger)


def downgrade() -> None:
    """Take the step back."""
    for table in (
        "commitment_year",
        "frozen_valuation",
        "contract_spend",
        "commitment",
        "answer",
        "council",
        "contract",
        "supplier",
        "policy_rule",
        "policy",
        "logo",
        "living_wage",
        "history",
        "edition",
        "area",
        "change",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in (*RECORDS, *KEPT):
            op.execute(triggers.postgres_history_gone(table))
        op.execute(triggers.postgres_shared_gone())
