"""${message}."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = ${repr(up_revision)}, ${repr(down_revision)}, None, None

STEPS = ()

upgrade, downgrade = steps.both_ways(revision, STEPS)
