"""What the decisions on a claim come to, and what is left when one is taken back."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.delivery.build import act, returned
from tomsapp.domain.delivery.acts import DECISIONS, DeliveryActKind, standing
from tomsapp.domain.delivery.decisions import decided, most_of
from tomsapp.domain.delivery.delivery import DELIVERY, DeliveryState

D = Decimal
KIND = DeliveryActKind
CLAIM = returned("M1", "1.1", "30", evidenced="25")


def acts(*said: str):
    """Decisions in a row: "accept 20"."""
    made = []
    for number, text in enumerate(said, start=1):
        kind, _, quantity = text.partition(" ")
        made.append(act(KIND(kind), number, delivery=1, **({"quantity": quantity} if quantity else {})))
    return made


@pytest.mark.parametrize(
    ("said", "accepted", "provisional", "rejected", "state"),
    [
        ([], 0, 0, 0, "claimed"),
        (["accept 20"], 20, 0, 0, "claimed"),
        (["accept 20", "reject 10"], 20, 0, 10, "decided"),
        (["reject 30"], 0, 0, 30, "decided"),
        (["accept_provisionally 20", "reject 10"], 20, 20, 10, "decided"),
        (["accept_provisionally 20", "confirm 15"], 20, 5, 0, "claimed"),
        (["accept_provisionally 20", "confirm 15", "lapse 5", "reject 10"], 15, 0, 15, "decided"),
        (["reject 10", "withdraw"], 0, 0, 10, "withdrawn"),
        (["accept 20", "publish", "carry 4"], 20, 0, 0, "claimed"),
    ],
)
def test_what_decisions_come_to(said, accepted, provisional, rejected, state):
    after = decided(replace(CLAIM, accepted=D(7)), acts(*said))
    assert (after.accepted, after.provisional, after.rejected) == (accepted, provisional, rejected)
    assert after.state.value == state
    assert DELIVERY.problems(after) == []


def test_what_an_act_rests_on_cannot_be_taken_back_from_under_it():
    first, second = acts("accept_provisionally 20", "confirm 15")
    back = act(KIND.TAKE_BACK, 3, reverses=1)
    after = decided(CLAIM, standing([first, second, back]))
    assert [problem.code for problem in DELIVERY.problems(after)] == ["provisional-negative"]
    allowed = decided(CLAIM, standing([first, second, act(KIND.TAKE_BACK, 3, reverses=2)]))
    assert (allowed.provisional, DELIVERY.problems(allowed)) == (20, [])


def test_the_most_that_can_be_decided():
    half = decided(CLAIM, acts("accept_provisionally 10", "reject 5"))
    assert {kind: most_of(kind, half) for kind in DECISIONS} == {
        KIND.ACCEPT: 15,
        KIND.ACCEPT_PROVISIONALLY: 15,
        KIND.REJECT: 15,
        KIND.CONFIRM: 10,
        KIND.LAPSE: 10,
        KIND.WITHDRAW: None,
    }
    assert most_of(KIND.CARRY, half) is None


@given(
    st.lists(st.tuples(st.sampled_from(sorted(DECISIONS - {KIND.WITHDRAW}, key=str)), st.integers(1, 30)), max_size=8)
)
def test_what_can_be_decided_always_fits(tried):
    done, now = [], CLAIM
    for number, (kind, wanted) in enumerate(tried, start=1):
        quantity = min(D(wanted), most_of(kind, now) or D(0))
        if quantity:
            done.append(act(kind, number, delivery=1, quantity=str(quantity)))
            now = decided(now, done)
            assert DELIVERY.problems(now) == []
            assert now.accepted + now.rejected + now.undecided == now.claimed
    assert now.state is not DeliveryState.WITHDRAWN
