"""Keep the keys that sign published papers, with their certificates."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0007", "0006", None, None

STEPS = (
    steps.add_kept_table(
        "signer",
        steps.text("kind", among=("database", "council")),
        steps.text("name"),
        steps.text("fingerprint"),
        steps.day("valid_until"),
        steps.text("certificate"),
    ),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
