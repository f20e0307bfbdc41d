"""Keep variations of signed contracts."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0011", "0010", None, None

STEPS = ()

upgrade, downgrade = steps.both_ways(revision, STEPS)
