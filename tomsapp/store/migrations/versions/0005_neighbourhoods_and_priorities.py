"""Keep the council's neighbourhoods, and the priorities of its plan."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None

STEPS = (
    steps.add_record_table("neighbourhood", steps.text("name"), steps.text("wards"), steps.text("notes")),
    steps.add_record_table(
        "priority", steps.text("name"), steps.text("plan"), steps.text("measures"), steps.text("notes")
    ),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
