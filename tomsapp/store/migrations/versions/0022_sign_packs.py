"""Keep the keys that sign packs of tenders, and the signatures that were made with them."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0022", "0021", None, None

STEPS = (
    steps.add_kept_table("pack_key", steps.text("fingerprint"), steps.text("public_key")),
    steps.add_kept_table(
        "pack_signature",
        steps.names("tender_id", "tender"),
        steps.whole("number"),
        steps.text("fingerprint"),
        indexes=(steps.index("tender_id"),),
    ),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
