from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.examples import POLICY
from tomsapp.domain.rules.rule import CountedIn, Rounding, RuleSource, WithVat
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.rules_json import read_rules, rules_in, rules_values, write_rules

RULES = (
    replace(POLICY.rules[0], text="Over £25,000.", source=RuleSource("Policy", "Council", "2023", "https://e.org")),
    replace(POLICY.rules[1], counted_in=CountedIn.REAL_POUNDS, in_force_until=date(2030, 1, 1), per=Decimal("0.00")),
    replace(
        POLICY.rules[2],
        binds_signed_from=date(2026, 10, 1),
        outcomes=Decimal("1.5"),
        rounding=Rounding.NEAREST,
        threshold=Decimal("10.50"),
    ),
    replace(POLICY.rules[1], with_vat=WithVat.YES),
    replace(POLICY.rules[1], with_vat=WithVat.NO),
)


def test_rules_read_back_as_they_were():
    assert read_rules({"rules": rules_values(RULES)}) == RULES
    assert rules_in(write_rules(RULES)) == RULES
    assert rules_in(write_rules(())) == ()


def test_which_value_is_compared_is_left_out_where_the_policy_does_not_say_it():
    assert ["with_vat" in each for each in rules_values(RULES)] == [False, False, False, True, True]


def test_a_result_without_rules_has_none():
    assert read_rules({}) == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "other"),
        ("kind", None),
        ("rounding", "sideways"),
        ("counted_in", 5),
        ("threshold", "many"),
        ("threshold", None),
        ("in_force_from", "soon"),
        ("per", "0.00"),
        ("code", None),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(name, value):
    rule = {**rules_values(RULES)[2], name: value}
    with pytest.raises(OfferUnreadable, match=r"policy rules in f\.json cannot be read"):
        read_rules({"rules": [rule]}, "f.json")


@pytest.mark.parametrize("rules", ["text", ["text"], {"a": "b"}])
def test_what_is_no_list_of_rules_is_refused(rules):
    with pytest.raises(OfferUnreadable):
        read_rules({"rules": rules})
