"""What a policy rule means in plain words, an example of its sum, and what must be put right before it is saved."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.money import round_pounds
from tomsapp.domain.policy import CountedIn, LivingWage, PolicyRule, Rounding, RuleKind, round_outcomes
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import format_date, format_exact, format_percent, format_pounds, format_quantity
from tomsapp.services.workspace import Workspace

_EXAMPLE_VALUE = Decimal("2500000.00")
_POUNDS_OF = {CountedIn.SOCIAL_VALUE: "social value", CountedIn.REAL_POUNDS: "real pounds"}
_ROUNDED = {
    Rounding.DOWN: "rounded down",
    Rounding.NEAREST: "rounded to the nearest whole number",
    Rounding.UP: "rounded up",
    Rounding.EXACT: "not rounded",
}


def living_wages(workspace: Workspace) -> list[LivingWage]:
    """The National Living Wages that plausibility checks use, newest first."""
    policy = workspace.policy
    wages = policy.living_wages if policy else ()
    return sorted(wages, key=lambda wage: wage.in_force_from, reverse=True)


def check_rule(rule: PolicyRule, others: Iterable[PolicyRule]) -> list[Problem]:
    """What must be put right before the rule can be saved; `others` are the rules that are there already."""
    found: list[Problem] = []
    if not rule.title.strip():
        found.append(_problem("title", "The rule has no title", "Enter what people call it, for example 5% minimum"))
    if rule.in_force_until is not None and rule.in_force_until < rule.in_force_from:
        start = format_date(rule.in_force_from)
        found.append(_problem("in_force_until", f"The last day is before the first, {start}", "Enter a later date"))
    if any(other.code == rule.code and other.in_force_from == rule.in_force_from for other in others):
        message = "Another version of this rule starts on the same day"
        found.append(_problem("in_force_from", message, "Enter another date, or change that version"))
    if rule.threshold < 0:
        found.append(_problem("threshold", "The contract value is below zero", "Enter 0.00 or more"))
    if rule.kind is RuleKind.MINIMUM_SHARE and not 0 < rule.share <= 1:
        found.append(_problem("share", "The share is not over 0% and up to 100%", "Enter a number, for example 5"))
    if rule.kind is RuleKind.EMPLOYMENT_OUTCOMES:
        if rule.per <= 0:
            found.append(_problem("per", "The amount is not over zero", "Enter pounds, for example 1000000.00"))
        if rule.outcomes <= 0:
            found.append(_problem("outcomes", "The number is not over zero", "Enter a number, for example 1"))
    return found


def _problem(field: str, message: str, fix: str) -> Problem:
    return Problem(f"rule-{field.replace('_', '-')}", Severity.ERROR, message, fix, Where(field=field))


def rule_sentence(rule: PolicyRule) -> str:
    """What the rule asks, and of which contracts, in one sentence."""
    over = f"over {format_pounds(rule.threshold)}" if rule.threshold else "of any value"
    begun = f"that start on or after {format_date(rule.in_force_from)}"
    ended = f" and not after {format_date(rule.in_force_until)}" if rule.in_force_until else ""
    if rule.kind is RuleKind.SCOPE:
        return f"Contracts {over} {begun}{ended} are held against the other rules."
    if rule.kind is RuleKind.MINIMUM_SHARE:
        needed = f"at least {format_percent(rule.share)} of their value in {_POUNDS_OF[rule.counted_in]}"
        return f"Contracts {over} {begun}{ended} need {needed}."
    outcomes = "1 employment outcome" if rule.outcomes == 1 else f"{format_quantity(rule.outcomes)} employment outcomes"
    return f"Contracts {over} {begun}{ended} need {outcomes} for each {format_pounds(rule.per)} of their value."


def rule_example(rule: PolicyRule) -> str:
    """The sum of the rule for an example contract; the rule must be free of Problems."""
    if rule.kind is RuleKind.SCOPE:
        edge, penny = format_pounds(rule.threshold), format_pounds(rule.threshold + Decimal("0.01"))
        return f"Example: {penny} is in scope, {edge} is not."
    value = _EXAMPLE_VALUE if rule.threshold < _EXAMPLE_VALUE else rule.threshold * 2
    if rule.kind is RuleKind.MINIMUM_SHARE:
        needed = round_pounds(Fraction(value) * Fraction(rule.share))
        result = f"{format_pounds(needed)} of {_POUNDS_OF[rule.counted_in]}"
        return f"Example: {format_pounds(value)} × {format_percent(rule.share)} = {result}."
    exact = Fraction(value) / Fraction(rule.per) * Fraction(rule.outcomes)
    times = "" if rule.outcomes == 1 else f" × {format_quantity(rule.outcomes)}"
    needed_outcomes = format_exact(round_outcomes(exact, rule.rounding))
    total = f"{format_pounds(value)} ÷ {format_pounds(rule.per)}{times} = {format_exact(exact)}"
    return f"Example: {total}, {_ROUNDED[rule.rounding]} = {needed_outcomes} needed."
