"""Keep what was delivered: plans, claims and what was decided of them."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0009", "0008", None, None

STEPS = ()

upgrade, downgrade = steps.both_ways(revision, STEPS)
