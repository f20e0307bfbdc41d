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


def test_each_field_says_what_the_program_begins_with_and_whence():
    """A default without its source is taken for law, and one of law for a matter of taste."""
    rules = DeliveryRules()
    sources = "the program’s own default", "regulation 39(5)", "No law sets one number"
    for fact in DELIVERY_RULES.facts:
        assert any(source in fact.hint for source in sources), fact.name
        value = getattr(rules, fact.name)
        assert value is None or fact.words(value) in fact.hint, fact.name
