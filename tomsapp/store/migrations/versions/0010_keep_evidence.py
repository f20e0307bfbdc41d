"""Keep evidence, the files that it stands in, and person numbers."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0010", "0009", None, None

STEPS = ()

upgrade, downgrade = steps.both_ways(revision, STEPS)
