"""Make the tables: the statements stand word for word in the four files beside this one."""

from pathlib import Path

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0001", None, None, None

TABLES = (
    steps.table("living_wage", "source_title source_publisher source_year source_address in_force_from hourly:4"),
    steps.table("policy", "code title"),
    steps.table(
        "policy_rule",
        "source_title source_publisher source_year source_address position code kind title in_force_from"
        " in_force_until threshold:2 share:6 counted_in per:2 outcomes:4 rounding wording",
    ),
    steps.table("supplier", "name kind registration is_local:flag contact_name contact_email notes"),
    steps.table(
        "contract", "reference title supplier_id value:2 start_on end_on menu edition kind status", contract="NEW.id"
    ),
    steps.table("council", "council_name logo_id is_example:flag default_menu default_edition area"),
    steps.table("answer", "contract_id problem_key answer", contract="NEW.contract_id"),
    steps.table(
        "commitment",
        "contract_id position measure contract_share:6 place statement rate_quantity:4 rate_per_pounds:2 cost:2 project",
        contract="NEW.contract_id",
    ),
    steps.table("contract_spend", "contract_id year_index is_recorded:flag amount:2", contract="NEW.contract_id"),
    steps.table(
        "commitment_year",
        "commitment_id year_index quantity:4",
        contract="(SELECT contract_id FROM commitment WHERE id = NEW.commitment_id)",
    ),
    steps.table("area", "code", is_kept=True),
    steps.table("edition", "code edition sha256 title", is_kept=True),
    steps.table("logo", "", is_kept=True),
    steps.table("frozen_valuation", "contract_id kind sha256 reason", contract="NEW.contract_id", is_kept=True),
)
STEPS = (steps.written(Path(__file__).parent, "0001", makes=TABLES),)

upgrade, downgrade = steps.both_ways(revision, STEPS)
