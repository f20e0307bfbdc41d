"""Short ways to make the records that the domain tests value and check."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tomsapp.domain.checks.answering import choices_of
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, YearSpend
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.menu import Counts, EditionStatus, ExclusionGroup, Measure, MenuEdition, Outcome, Theme
from tomsapp.domain.policy import Policy, RulesOfDay, RuleStanding, promise_of
from tomsapp.domain.policy_records import LivingWage
from tomsapp.domain.problems import Answer, AnswerChoice, Problem
from tomsapp.domain.proxy import DatedValue, ProxyValue, Source, UnitValue
from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import PolicyRule, Rounding, RuleKind
from tomsapp.domain.rules.scope import SCOPE
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import Valuation, value_contract

D = Decimal
START = date(2026, 4, 1)
SOURCE = Source("made-up", "Made-up values", "Nobody", "2024", "none needed", "https://example.org/")


def proxy(value: str, price_base: str = "2024", **others: Any) -> ProxyValue:
    return ProxyValue((DatedValue(D(value), **others),), price_base, SOURCE)


def measure(code: str = "M1", value: str | None = "100", unit: Unit = Unit.HOURS, **others: Any) -> Measure:
    """A measure whose unit value is `value`; None makes it record-only."""
    facts: dict[str, Any] = {"title": f"Measure {code}", "counts": Counts.EACH_YEAR, "asks_statement": False} | others
    if value is not None:
        facts.setdefault("proxy", proxy(value))
        facts.setdefault("unit_values", (UnitValue(D(value), D(value), "2024"),))
    return Measure(code=code, unit=unit, **facts)


def edition(*measures: Measure, groups: tuple[ExclusionGroup, ...] = (), **others: Any) -> MenuEdition:
    """An edition with all the measures under one theme; a second theme is empty."""
    themes = (
        Theme(1, "Fair work", (Outcome("1a", "Good jobs", measures),)),
        Theme(2, "Clean air", (Outcome("2a", "Less carbon", ()),)),
    )
    facts: dict[str, Any] = {"themes": themes, "exclusion_groups": groups} | others
    return MenuEdition(
        code="made-up", edition="2026.1", title="Menu", status=EditionStatus.PUBLISHED, price_base="2024", **facts
    )


def contract(value: str = "1000000.00", years: int = 1, start: date = START, **others: Any) -> Contract:
    facts: dict[str, Any] = {"end_on": end_after(start, years)} | others
    return Contract("C1", D(value), start, **facts)


def framework(*spend: YearSpend, years: int = 1, value: str = "1000000.00") -> Contract:
    return contract(value, years, kind=ContractKind.FRAMEWORK, spend=spend)


def commit(code: str = "M1", *quantities: str | None, **others: Any) -> Commitment:
    """A commitment of the measure; a quantity None is a year without an entry."""
    given = tuple(None if quantity is None else D(quantity) for quantity in quantities)
    facts: dict[str, Any] = {"key": code, "quantities": given} | others
    if isinstance(facts.get("contract_share"), str):
        facts["contract_share"] = D(facts["contract_share"])
    return Commitment(measure=code, **facts)


def rate(quantity: str, per_pounds: str) -> Rate:
    return Rate(D(quantity), D(per_pounds))


def answer_to(problem: Problem, choice: AnswerChoice | None = None, text: str = "The register shows it") -> Answer:
    """An answer to what is asked now: the first that can be chosen, unless another is given."""
    return Answer(text, "A. Okafor", choice=choice or choices_of(problem.code)[0], asked=problem.asked)


def valued(what: Contract, menu: MenuEdition, *commitments: Commitment) -> Valuation:
    return value_contract(what, menu, commitments)


def worth(value: str, social_value: str, **others: Any) -> Valuation:
    """A contract of `value` with commitments worth `social_value`, for the policy and plausibility checks."""
    begun = valued(contract(value), edition(measure("M1", "0.01", Unit.POUNDS)))
    return replace(begun, social_value=D(social_value), **others)


def rule(code: str = "minimum", kind: RuleKind = MINIMUM_SHARE, **others: Any) -> PolicyRule:
    facts: dict[str, Any] = {"title": code.title(), "in_force_from": date(2023, 10, 18)} | others
    return PolicyRule(code, kind, **facts)


def barnet(rounding: Rounding = Rounding.DOWN) -> Policy:
    """The council's published rules of October 2023 and a wage of April 2026."""
    return Policy(
        "barnet",
        "Barnet",
        (
            rule("scope", SCOPE, threshold=D(25000)),
            rule("minimum", threshold=D(214904), share=D("0.05")),
            rule("employment", EMPLOYMENT_OUTCOMES, rounding=rounding),
        ),
        (LivingWage(date(2025, 4, 1), D("12.21")), LivingWage(date(2026, 4, 1), D("12.71"))),
    )


def policy_standings(valuation: Valuation, policy: Policy, *, has_errors: bool = False) -> tuple[RuleStanding, ...]:
    """How a valuation stands against a policy, as it is worked out for thousands of contracts."""
    return RulesOfDay(policy, valuation.contract.start_on).standings(promise_of(valuation), has_errors=has_errors)
