"""Keep why bids have their scores, as bidders are told after the award, and the postal address of a supplier."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0021", "0020", None, None

STEPS = (
    steps.add_column("supplier", steps.text("address")),
    steps.add_record_table(
        "score_explanation",
        steps.names("bid_id", "bid"),
        steps.text("criterion"),
        steps.text("score"),
        steps.text("text"),
        steps.text("written_by"),
        unique=(("bid_id", "criterion"),),
    ),
    steps.guard_explaining(),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
