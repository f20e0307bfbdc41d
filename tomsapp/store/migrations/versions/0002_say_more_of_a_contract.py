"""Say more of a contract, and whom to ask about social value."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

STEPS = (
    steps.add_column("contract", steps.text("directorate")),
    steps.add_column("contract", steps.text("contract_manager")),
    steps.add_column("contract", steps.text("notes")),
    steps.add_column("contract", steps.pounds("value_with_vat", is_optional=True)),
    steps.add_column("contract", steps.day("latest_end_on", is_optional=True)),
    steps.add_column("council", steps.text("contact")),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
