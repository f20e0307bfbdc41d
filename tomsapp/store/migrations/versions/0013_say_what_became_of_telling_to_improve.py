"""Say until when a supplier who was told to improve has the opportunity, and whether it improved."""

from tomsapp.store.migrations import steps

revision, down_revision, branch_labels, depends_on = "0013", "0012", None, None

EARLIER = (
    "'accept', 'accept_provisionally', 'reject', 'confirm', 'lapse', 'withdraw', 'take_back', 'propose_plan', "
    "'return_plan', 'accept_plan', 'substitute', 'carry', 'money', 'leave_open', 'tell_to_improve', 'publish'"
)

STEPS = (
    steps.change_check(
        "delivery_act", "kind", was=f"kind IN ({EARLIER})", now=f"kind IN ({EARLIER}, 'improved', 'not_improved')"
    ),
    steps.add_column("delivery_act", steps.day("improve_by", is_optional=True)),
)

upgrade, downgrade = steps.both_ways(revision, STEPS)
