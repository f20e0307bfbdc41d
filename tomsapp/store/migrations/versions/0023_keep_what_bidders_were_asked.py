"""Keep what a bidder was asked apart from the reason of what is decided then."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0023", "0022", None, None

STEPS = (
    steps.add_column("bid_decision", steps.text("question")),
    steps.part_questions(),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
