"""Keep the views of the Overview that were saved under a name."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0014", "0013", None, None

STEPS = (
    steps.add_record_table(
        "saved_view",
        steps.text("name"),
        steps.text("view", among=("delivery", "commitments")),
        steps.text("filters"),
    ),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
