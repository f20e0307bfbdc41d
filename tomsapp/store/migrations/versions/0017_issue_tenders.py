"""Keep what is done for good with tenders, and the versions of the pack that were issued."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0017", "0016", None, None

KINDS = (
    "issue",
    "amend",
    "open",
    "open_early",
    "admit_late",
    "exclude",
    "freeze",
    "award",
    "withdraw",
    "take_back",
)

STEPS = (
    steps.add_kept_table(
        "tender_act",
        steps.names("tender_id", "tender"),
        steps.text("kind", among=KINDS),
        steps.day("done_on"),
        steps.text("role"),
        steps.text("reason"),
        steps.whole("pack_version", is_optional=True),
        steps.whole("receipt", is_optional=True),
        steps.whole("lot", is_optional=True),
        steps.text("supplier"),
        steps.names("reverses", "tender_act", is_optional=True),
        indexes=(steps.index("tender_id"),),
    ),
    steps.add_kept_table(
        "pack_version",
        steps.names("tender_id", "tender"),
        steps.whole("number"),
        steps.names("act_id", "tender_act"),
        indexes=(steps.index("tender_id"),),
        unique=(("tender_id", "number"),),
    ),
    steps.guard_tenders(),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
