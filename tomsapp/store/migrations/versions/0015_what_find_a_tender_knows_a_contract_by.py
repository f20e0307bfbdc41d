"""Say what Find a Tender knows a contract by: the open contracting ID of its notice."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0015", "0014", None, None

STEPS = (steps.add_column("contract", steps.text("ocid")),)

upgrade, downgrade = steps.both_ways(revision, STEPS)
