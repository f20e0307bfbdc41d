"""Chain the history, and let the database itself refuse to change what is sealed."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0006", "0005", None, None

STEPS = (
    steps.chain_history(),
    steps.guard_sealed(
        "reference",
        "title",
        "supplier_id",
        "value",
        "start_on",
        "end_on",
        "menu",
        "edition",
        "kind",
        "value_with_vat",
        "latest_end_on",
    ),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
