"""What the decisions on a claim come to: the quantities of a delivery are those of its acts.

An auditor can work out each row from its acts again, and an act that is taken back leaves what the others come to.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.delivery import NONE, Delivery, DeliveryState, state_of
from tomsapp.domain.money import EXACT


def decided(delivery: Delivery, acts: Iterable[DeliveryActFacts]) -> Delivery:
    """A delivery with what its decisions come to, one after the other, whatever it held before.

    Where they cannot have been done like this, as what an act rests on was taken back, the delivery has Problems: less
    than nothing is provisional, or more is decided than was claimed.

    Args:
        delivery: what was claimed and what the evidence shows; no decision changes these.
        acts: the acts that stand, in their order; those that are no decision are passed over.
    """
    sums = {"accepted": NONE, "provisional": NONE, "rejected": NONE}
    is_withdrawn = False
    for act in acts:
        is_withdrawn = is_withdrawn or act.kind is DeliveryActKind.WITHDRAW
        for name, sign in _changes(act.kind):
            change = act.quantity or NONE
            sums[name] = EXACT.add(sums[name], change if sign > 0 else change.copy_negate())
    state = state_of(delivery.claimed, sums["accepted"], sums["rejected"])
    return replace(
        delivery,
        accepted=sums["accepted"],
        provisional=sums["provisional"],
        rejected=sums["rejected"],
        state=DeliveryState.WITHDRAWN if is_withdrawn else state,
    )


def _changes(kind: DeliveryActKind) -> tuple[tuple[str, int], ...]:
    """Which quantities a decision adds its own to, and from which it takes it."""
    match kind:
        case DeliveryActKind.ACCEPT:
            return (("accepted", 1),)
        case DeliveryActKind.ACCEPT_PROVISIONALLY:
            return (("accepted", 1), ("provisional", 1))
        case DeliveryActKind.REJECT:
            return (("rejected", 1),)
        case DeliveryActKind.CONFIRM:
            return (("provisional", -1),)
        case DeliveryActKind.LAPSE:
            return (("accepted", -1), ("provisional", -1), ("rejected", 1))
        case (
            DeliveryActKind.WITHDRAW
            | DeliveryActKind.TAKE_BACK
            | DeliveryActKind.PROPOSE_PLAN
            | DeliveryActKind.RETURN_PLAN
            | DeliveryActKind.ACCEPT_PLAN
            | DeliveryActKind.SUBSTITUTE
            | DeliveryActKind.CARRY
            | DeliveryActKind.MONEY
            | DeliveryActKind.LEAVE_OPEN
            | DeliveryActKind.TELL_TO_IMPROVE
            | DeliveryActKind.PUBLISH
        ):
            return ()
        case _:
            assert_never(kind)


def most_of(kind: DeliveryActKind, delivery: Delivery) -> Decimal | None:
    """The most units of a delivery that a decision can be about; None for an act that is about no units."""
    match kind:
        case DeliveryActKind.ACCEPT | DeliveryActKind.ACCEPT_PROVISIONALLY:
            return delivery.open_to_accept
        case DeliveryActKind.REJECT:
            return delivery.undecided
        case DeliveryActKind.CONFIRM | DeliveryActKind.LAPSE:
            return delivery.provisional
        case (
            DeliveryActKind.WITHDRAW
            | DeliveryActKind.TAKE_BACK
            | DeliveryActKind.PROPOSE_PLAN
            | DeliveryActKind.RETURN_PLAN
            | DeliveryActKind.ACCEPT_PLAN
            | DeliveryActKind.SUBSTITUTE
            | DeliveryActKind.CARRY
            | DeliveryActKind.MONEY
            | DeliveryActKind.LEAVE_OPEN
            | DeliveryActKind.TELL_TO_IMPROVE
            | DeliveryActKind.PUBLISH
        ):
            return None
        case _:
            assert_never(kind)
