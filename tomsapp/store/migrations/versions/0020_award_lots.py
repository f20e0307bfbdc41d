"""Keep which contract each award made, and where its commitments came from."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0020", "0019", None, None

STEPS = (
    steps.add_kept_table(
        "award",
        steps.names("tender_id", "tender"),
        steps.names("act_id", "tender_act"),
        steps.names("contract_id", "contract"),
        indexes=(steps.index("tender_id"),),
        unique=(("act_id",), ("contract_id",)),
    ),
    steps.guard_awarding(),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
