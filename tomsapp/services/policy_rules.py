"""What must be put right before a policy rule is saved, and the wages beside the rules."""

from collections.abc import Iterable

from tomsapp.domain.facts import Fault
from tomsapp.domain.policy_records import RULE, LivingWage
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import fact_problem
from tomsapp.domain.rules.rule import PolicyRule, rule_example, rule_sentence
from tomsapp.services.workspace import Workspace

__all__ = ["rule_example", "rule_sentence"]


def living_wages(workspace: Workspace) -> list[LivingWage]:
    """The National Living Wages that plausibility checks use, newest first."""
    policy = workspace.policy
    wages = policy.living_wages if policy else ()
    return sorted(wages, key=lambda wage: wage.in_force_from, reverse=True)


def check_rule(rule: PolicyRule, others: Iterable[PolicyRule]) -> list[Problem]:
    """What must be put right before the rule can be saved; `others` are the rules that are there already."""
    found = RULE.problems(rule)
    same_day = same_day_fault(rule, others)
    return found if same_day is None else [*found, fact_problem(RULE, RULE.fact("in_force_from"), same_day)]


def same_day_fault(rule: PolicyRule, others: Iterable[PolicyRule]) -> Fault | None:
    """What is wrong where another version of the rule starts on the same day, or None."""
    if any((other.code, other.in_force_from) == (rule.code, rule.in_force_from) for other in others):
        message = "Another version of this rule starts on the same day"
        return Fault(message, "Enter another date, or change that version", "taken")
    return None
