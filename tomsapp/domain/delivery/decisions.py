"""What the decisions on a claim come to: the quantities of a delivery are those of its acts.

An auditor can work out each row from its acts again, and an act that is taken back leaves what the others come to.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from tomsapp.domain.delivery.acts import ACCEPTANCES, DeliveryActFacts, DeliveryActKind
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
        for name, sign in _CHANGES.get(act.kind, {}).items():
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


_CHANGES: Mapping[DeliveryActKind, Mapping[str, int]] = {
    DeliveryActKind.ACCEPT: {"accepted": 1},
    DeliveryActKind.ACCEPT_PROVISIONALLY: {"accepted": 1, "provisional": 1},
    DeliveryActKind.REJECT: {"rejected": 1},
    DeliveryActKind.CONFIRM: {"provisional": -1},
    DeliveryActKind.LAPSE: {"accepted": -1, "provisional": -1, "rejected": 1},
}
"""Which quantities of a delivery an act adds its own to (1), and from which it takes it (-1); others change none."""


def most_of(kind: DeliveryActKind, delivery: Delivery) -> Decimal | None:
    """The most units of a delivery that a decision can be about; None for an act that is about no units."""
    if kind in ACCEPTANCES:
        return delivery.open_to_accept
    if kind is DeliveryActKind.REJECT:
        return delivery.undecided
    return delivery.provisional if kind in _CHANGES else None
