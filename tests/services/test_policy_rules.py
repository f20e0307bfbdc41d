"""What a policy rule means, its example, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding
from tomsapp.domain.rules.scope import SCOPE
from tomsapp.services.policy_rules import check_rule, rule_example, rule_sentence

START = date(2026, 4, 1)


def rule(kind, **facts):
    return PolicyRule("rule", kind, "A rule", START, **facts)


def test_scope_says_its_edge_to_the_penny():
    scope = rule(SCOPE, threshold=Decimal("25000.00"))
    assert rule_sentence(scope).startswith("Contracts over £25,000.00 that start on or after 1 April 2026 are held")
    assert rule_example(scope) == "Example: £25,000.01 is in scope, £25,000.00 is not."


def test_minimum_names_the_pounds_it_is_counted_in():
    minimum = rule(MINIMUM_SHARE, share=Decimal("0.05"), counted_in=CountedIn.REAL_POUNDS)
    assert rule_sentence(minimum).endswith("need at least 5% of their value in real pounds.")
    assert rule_example(minimum) == "Example: £2,500,000.00 × 5% = £125,000.00 of real pounds."
    large = rule(MINIMUM_SHARE, share=Decimal("0.05"), threshold=Decimal(3_000_000))
    assert rule_example(large) == "Example: £6,000,000.00 × 5% = £300,000.00 of social value."


@pytest.mark.parametrize(
    ("rounding", "needed"),
    [
        (Rounding.DOWN, "rounded down = 2"),
        (Rounding.NEAREST, "rounded to the nearest whole number = 3"),
        (Rounding.UP, "rounded up = 3"),
        (Rounding.EXACT, "not rounded = 2.5"),
    ],
)
def test_employment_example_shows_the_rounding(rounding, needed):
    example = rule_example(rule(EMPLOYMENT_OUTCOMES, rounding=rounding))
    assert example == f"Example: £2,500,000.00 ÷ £1,000,000.00 = 2.5, {needed} needed."


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        (EMPLOYMENT_OUTCOMES, {"per": Decimal(0)}, "per"),
        (EMPLOYMENT_OUTCOMES, {"outcomes": Decimal(0)}, "outcomes"),
        (MINIMUM_SHARE, {"share": Decimal("1.01")}, "share"),
        (SCOPE, {"threshold": Decimal(-1)}, "threshold"),
        (SCOPE, {"in_force_until": date(2026, 3, 31)}, "in_force_until"),
    ],
)
def test_wrong_rule_is_refused_at_its_field(kind, facts, field):
    assert [problem.where.field for problem in check_rule(rule(kind, **facts), ())] == [field]


def test_two_versions_do_not_start_on_the_same_day():
    scope = rule(SCOPE)
    assert [problem.where.field for problem in check_rule(scope, [scope])] == ["in_force_from"]
