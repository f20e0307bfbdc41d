"""What a signed contract is held against, day by day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.build import D, barnet, rule, worth
from tomsapp.domain.policy import check_policy
from tomsapp.domain.policy_records import RULE
from tomsapp.domain.sealed_policy import became_of, for_signed, later_rules, rules_since

SEALED = barnet().rules
DAY = date(2026, 10, 1)


def words(policy, value="1000000.00"):
    return {check.rule.code: check.word for check in check_policy(worth(value, "50000"), policy)}


def test_later_rules_and_versions_do_not_bind_what_was_signed():
    harder = replace(SEALED[1], share=D("0.5"))
    now = replace(barnet(), rules=(SEALED[0], harder, rule("green", share=D("0.9"))))
    held = for_signed(now, SEALED, DAY)
    assert (held.rules, held.bound, held.living_wages) == (SEALED, frozenset(), now.living_wages)
    assert words(held) == words(barnet())
    assert for_signed(None, SEALED, DAY).rules == SEALED


@pytest.mark.parametrize(("on", "binds"), [(date(2026, 9, 30), False), (DAY, True)])
def test_a_rule_binds_what_was_signed_from_its_day_on(on, binds):
    """Also one that is in force only after the contract has begun, whose day alone would not ask anything of it."""
    green = rule("green", share=D("0.9"), in_force_from=DAY, binds_signed_from=DAY)
    harder = replace(SEALED[1], share=D("0.5"), binds_signed_from=DAY)
    held = for_signed(replace(barnet(), rules=(*SEALED, harder, green)), SEALED, on)
    found = words(held)
    assert ("green" in found) == binds
    assert found["minimum"] == ("Not enough: short by £450,000.00" if binds else "Enough")
    if binds:
        assert found["green"] == "Not enough: short by £850,000.00"


@pytest.mark.parametrize(
    ("binds", "is_wrong"),
    [
        (None, False),
        (date(2026, 10, 1), False),
        (date(2026, 9, 30), True),
        (date(2027, 3, 31), False),
        (date(2027, 4, 1), True),
    ],
)
def test_the_day_from_which_a_rule_binds_lies_within_its_own(binds, is_wrong):
    dated = rule("green", share=D("0.9"), in_force_from=DAY, in_force_until=date(2027, 3, 31), binds_signed_from=binds)
    assert [problem.where.field for problem in RULE.problems(dated)] == ["binds_signed_from"] * is_wrong
    endless = replace(dated, in_force_until=None)
    assert bool(RULE.problems(endless)) == (is_wrong and binds < DAY)


# Why a contract is held against something else than the rules of today


def test_each_rule_that_is_another_one_since_says_what_became_of_it():
    scope, minimum, jobs = SEALED
    harder = replace(minimum, share=D("0.5"))
    binding = replace(scope, title="New scope", binds_signed_from=DAY)
    green = rule("green", in_force_from=DAY)
    blue = (rule("blue", binds_signed_from=DAY), rule("blue", in_force_from=DAY, binds_signed_from=date(2027, 1, 1)))
    future = rule("future", in_force_from=date(2026, 10, 2))
    now = replace(barnet(), rules=(binding, harder, green, *blue, future))
    assert rules_since(now, SEALED, DAY) == (
        "Scope: a later version, which binds signed contracts from 1 October 2026",
        "Minimum: the rule has been changed since, and the change does not bind what was signed",
        "Employment: the rule has been deleted since, and holds for what was signed",
        "Green: a later rule, which never changes what was sealed",
        "Blue: a later rule, which binds signed contracts from 1 October 2026",
    )
    assert [found.code for found, _ in later_rules(SEALED, now.rules, DAY)] == ["green", "blue"]
    assert became_of(jobs, jobs, SEALED) == ""


def test_the_same_rules_have_become_nothing_else():
    assert rules_since(barnet(), SEALED, DAY) == ()
    assert len(rules_since(None, SEALED, DAY)) == len(SEALED)
