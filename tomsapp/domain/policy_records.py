"""What is kept of a policy rule and of the National Living Wage: their facts, as people type and read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tomsapp.domain.facts import Fact, FactKind, Fault
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.rules.registry import RULE_KINDS
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding, RuleSource
from tomsapp.domain.wording import format_date


@dataclass(frozen=True, slots=True)
class LivingWage:
    """The National Living Wage from a date, in pounds an hour."""

    in_force_from: date
    hourly: Decimal
    source: RuleSource | None = None


_SOURCE = (
    Fact("source_title", "Source", keeps_null=True),
    Fact("source_publisher", "Publisher"),
    Fact("source_year", "Published"),
    Fact("source_address", "Address", most=2000),
)


def _rule_problems(rule: PolicyRule) -> Iterable[Problem]:
    """What is wrong with its dates, and with the facts that its kind has of its own."""
    if rule.in_force_until is not None and rule.in_force_until < rule.in_force_from:
        start = format_date(rule.in_force_from)
        fault = Fault(f"It is before the first day, {start}", "Enter a later date", "before-start")
        yield fact_problem(RULE, RULE.fact("in_force_until"), fault)
    if rule.binds_signed_from is not None and not rule.is_in_force(rule.binds_signed_from):
        fault = Fault("It is a day on which the rule is not in force", "Enter a day within its dates", "outside")
        yield fact_problem(RULE, RULE.fact("binds_signed_from"), fault)
    for name, own in rule.kind.faults(rule):
        yield fact_problem(RULE, RULE.fact(name), own)


RULE = RecordType(
    "policy_rule",
    "policy rule",
    "policy rules",
    PolicyRule,
    (
        Fact("code", "Code", is_typed=False),
        Fact("kind", "Kind of rule", FactKind.CHOICE, choices=RULE_KINDS),
        Fact(
            "title",
            "Title",
            hint="What people call it, for example 5% minimum",
            most=120,
            needed="Enter what people call it, for example 5% minimum",
            is_name=True,
        ),
        Fact(
            "in_force_from",
            "In force from",
            FactKind.DAY,
            "It holds for contracts that start on this day or later",
            needed="Enter a date, for example 1 April 2026",
        ),
        Fact("in_force_until", "In force until", FactKind.DAY, "Leave it empty if no end is known", said="last day"),
        Fact(
            "threshold",
            "For contracts over",
            FactKind.POUNDS,
            "Pounds, for example 25000.00",
            said="contract value",
            needed="Enter pounds, or 0.00 for all contracts",
        ),
        Fact(
            "share",
            "Share of the contract value",
            FactKind.SHARE,
            "In per cent, for example 5",
            said="share",
            needed="Enter a number, for example 5",
        ),
        Fact("counted_in", "Counted in", FactKind.CHOICE, choices=CountedIn),
        Fact(
            "outcomes",
            "Employment outcomes",
            FactKind.QUANTITY,
            "How many, for example 1",
            said="number",
            needed="Enter a number, for example 1",
        ),
        Fact(
            "per",
            "For each",
            FactKind.POUNDS,
            "Pounds of contract value, for example 1000000.00",
            said="amount",
            needed="Enter pounds, for example 1000000.00",
        ),
        Fact("rounding", "How a part of an outcome is rounded", FactKind.CHOICE, choices=Rounding),
        Fact(
            "binds_signed_from",
            "Binds signed contracts from",
            FactKind.DAY,
            "Leave it empty, and contracts that were signed without the rule are never held against it",
            said="day from which it binds signed contracts",
            revision="0004",
        ),
        Fact("text", "The rule in the council’s words", FactKind.LONG, column="wording"),
        Fact("source", "Source", FactKind.OWN, is_typed=False),
    ),
    name_of=lambda rule: rule.title,
    checks=(_rule_problems,),
    beside=_SOURCE,
)
"""What the council's policy says of one rule."""

LIVING_WAGE = RecordType(
    "living_wage",
    "living wage",
    "living wages",
    LivingWage,
    (
        Fact("in_force_from", "In force from", FactKind.DAY),
        Fact("hourly", "Pounds an hour", FactKind.POUNDS),
        Fact("source", "Source", FactKind.OWN, is_typed=False),
    ),
    name_of=lambda wage: format_date(wage.in_force_from),
    beside=_SOURCE,
)
"""The National Living Wage from one day."""
