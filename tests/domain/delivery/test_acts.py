"""Acts of delivery: what each is called, which need a reason, and which still stand."""

from tests.domain.delivery.build import act
from tomsapp.domain.delivery.acts import AGREEMENTS, DECISIONS, DELIVERY_ACT, PLANS, DeliveryActKind, standing

KIND = DeliveryActKind


def test_each_act_has_its_words():
    assert KIND.ACCEPT_PROVISIONALLY.words == "Accept provisionally"
    assert [kind.done for kind in KIND] == [
        "Accepted",
        "Accepted provisionally",
        "Rejected",
        "Confirmed",
        "Lapsed",
        "Withdrawn",
        "Taken back",
        "Plan proposed",
        "Plan returned",
        "Plan accepted",
        "Substitute agreed",
        "Carried forward",
        "Money agreed",
        "Left open",
        "Told to improve",
        "Published",
        "Improved",
        "Not improved",
    ]


def test_an_act_is_of_one_sort():
    assert not DECISIONS & AGREEMENTS
    assert not (DECISIONS | AGREEMENTS) & PLANS
    assert [kind for kind in KIND if kind.is_decision] == [
        KIND.ACCEPT,
        KIND.ACCEPT_PROVISIONALLY,
        KIND.REJECT,
        KIND.CONFIRM,
        KIND.LAPSE,
        KIND.WITHDRAW,
    ]
    assert [kind for kind in KIND if kind.is_agreement] == [KIND.SUBSTITUTE, KIND.CARRY, KIND.MONEY, KIND.LEAVE_OPEN]
    assert [kind.always_needs_reason for kind in (KIND.REJECT, KIND.ACCEPT)] == [True, False]


def test_an_act_is_told_in_a_sentence():
    assert act(KIND.REJECT).words == "Rejected on 12 October 2026 by A. Okafor, Contract manager"
    assert act(KIND.PUBLISH, role="").words == "Published on 12 October 2026 by A. Okafor"
    assert DELIVERY_ACT.name_of(act(KIND.CONFIRM)) == act(KIND.CONFIRM).words


def test_what_was_taken_back_stands_no_more():
    first, second, third = act(KIND.ACCEPT, 1), act(KIND.REJECT, 2), act(KIND.TAKE_BACK, 3, reverses=1)
    assert standing([third, second, first]) == (second,)
    assert standing([second, first]) == (first, second)
