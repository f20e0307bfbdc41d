"""What a council sets for what is delivered."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tomsapp.domain.delivery.rules import DELIVERY_RULES, DeliveryRules

D = Decimal


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"keep_years": D(6), "return_days": D(0)}, []),
        ({"return_days": D("1.5")}, ["return-days-outside"]),
        ({"late_days": D(367)}, ["late-days-outside"]),
        ({"remind_days": None}, ["remind-days-missing"]),
        ({"most_files": D(0)}, ["most-files-outside"]),
        ({"pace": D("0.9")}, ["pace-outside"]),
        ({"approaching": D(1)}, ["approaching-order"]),
        ({"improvement": D("0.9")}, ["improvement-order"]),
        ({"good": D(0)}, ["good-missing", "approaching-order"]),
    ],
)
def test_what_can_be_set(changes, codes):
    found = DELIVERY_RULES.problems(replace(DeliveryRules(), **changes))
    assert [problem.code for problem in found] == codes


def test_the_bounds_of_the_brief_are_the_default():
    rules = DeliveryRules()
    assert (rules.good, rules.approaching, rules.improvement) == (D(1), D("0.85"), D("0.5"))
    assert (rules.late_days, rules.pace, rules.may_accept_own, rules.keep_years) == (D(14), D("1.5"), False, None)
    assert DELIVERY_RULES.name_of(rules) == "rules of delivery"
