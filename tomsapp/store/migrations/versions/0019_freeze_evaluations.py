"""Keep evaluations as they were frozen, and say which bid an act is about."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0019", "0018", None, None

STEPS = (
    steps.add_column("tender_act", steps.names("bid_id", "bid", is_optional=True)),
    steps.add_kept_table(
        "frozen_evaluation",
        steps.names("tender_id", "tender"),
        steps.names("act_id", "tender_act"),
        indexes=(steps.index("tender_id"),),
        unique=(("act_id",),),
    ),
    steps.guard_freezing(),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
