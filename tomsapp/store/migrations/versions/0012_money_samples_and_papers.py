"""Keep the money that was handed over, audit samples and published valuations of what was delivered."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0012", "0011", None, None

STEPS = ()

upgrade, downgrade = steps.both_ways(revision, STEPS)
