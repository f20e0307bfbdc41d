"""Keep what was chosen in an answer, and the figures that it was given to."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None

STEPS = (
    steps.add_column("answer", steps.text("choice", is_optional=True, among=("different", "same", "right"))),
    steps.add_column("answer", steps.text("asked")),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
