"""Every kind of policy rule against its worked cases, and what all kinds have in common."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.domain.build import D, worth
from tests.domain.rules.cases import CASES, Case
from tomsapp.domain.policy import Policy, check_policy
from tomsapp.domain.policy_records import RULE
from tomsapp.domain.rules.registry import RULE_KINDS
from tomsapp.domain.rules.rule import (
    CountedIn,
    Demand,
    PolicyRule,
    Promise,
    Rounding,
    RuleKind,
    RuleUnit,
    pence_of,
    rule_example,
    rule_sentence,
)

ALL = [case for cases in CASES.values() for case in cases]


def test_every_kind_has_worked_cases() -> None:
    assert list(CASES) == list(RULE_KINDS)
    assert all(len(cases) > 1 for cases in CASES.values())


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.rule.kind.value}-{case.value}")
def test_worked_case(case: Case) -> None:
    others = {"real_pounds": D(case.real_pounds), "employment_outcomes": case.outcomes}
    valuation = worth(case.value, case.social_value, **others)
    recorded = D(case.value_with_vat) if case.value_with_vat else None
    valuation = replace(valuation, contract=replace(valuation.contract, value_with_vat=recorded))
    (check,) = check_policy(valuation, Policy("p", "P", (case.rule,)))
    assert (check.result, check.word, check.sums) == (case.result, case.word, case.sums)
    brief = case.brief if isinstance(case.brief, str) else case.sums[case.brief]
    assert (check.note, check.needed, check.brief) == (case.note, case.needed, brief)
    assert (rule_sentence(case.rule), rule_example(case.rule)) == (case.sentence, case.example)
    kind = case.rule.kind
    assert (kind.in_brief(case.rule), kind.printed(case.rule)) == (case.in_brief, case.printed)
    assert RULE.problems(case.rule) == []


@pytest.mark.parametrize("kind", list(RULE_KINDS), ids=lambda kind: kind.value)
def test_a_kind_is_found_by_its_value_and_uses_facts_of_a_rule(kind: RuleKind) -> None:
    assert RULE_KINDS(kind.value) is kind
    assert RULE.fact("kind").of_kept(RULE.fact("kind").kept(kind)) is kind
    assert RULE.fact("kind").read(kind.words) is kind
    assert all(RULE.fact(name).is_typed for name in kind.own_facts)
    assert repr(kind) == f"<{kind.value}>"
    with pytest.raises(ValueError, match="no kind of policy rule"):
        RULE_KINDS("other")


@pytest.mark.parametrize("kind", [kind for kind in RULE_KINDS if isinstance(kind, Demand)], ids=repr)
def test_a_demand_says_what_is_missing(kind: Demand) -> None:
    rule = CASES[kind][0].rule
    amounts = kind.amounts(rule)(Promise(100_000_000, 0, 0, Fraction(0)))
    assert amounts.shortfall == amounts.needed > 0
    assert kind.unit.words(amounts.shortfall) in kind.missing(rule, amounts.shortfall)
    assert kind.not_enough(rule).endswith(("is", "are"))


def test_words_of_what_is_missing() -> None:
    by_value = {kind.value: kind for kind in RULE_KINDS if isinstance(kind, Demand)}
    minimum, jobs = by_value["minimum_share"], by_value["employment_outcomes"]
    rule = CASES[minimum][0].rule
    in_real = replace(rule, counted_in=CountedIn.REAL_POUNDS)
    assert minimum.missing(rule, Fraction(1, 100)) == "£0.01 of the 5% minimum"
    assert (minimum.not_enough(rule), minimum.not_enough(in_real)) == ("Social value is", "Real pounds are")
    assert jobs.missing(CASES[jobs][0].rule, Fraction(1)) == "1 employment outcome"
    assert jobs.missing(CASES[jobs][0].rule, Fraction(1, 2)) == "0.5 employment outcomes"


def test_a_kind_that_leaves_something_out_cannot_be_made() -> None:
    class Half(Demand):
        value, words, own_facts, unit, nothing_asked = "half", "Half", (), RuleUnit.POUNDS, "Nothing"

    with pytest.raises(TypeError, match="abstract"):
        Half()  # type: ignore[abstract]


@pytest.mark.parametrize(
    ("facts", "field", "message"),
    [
        ({"title": " "}, "title", "The policy rule has no title"),
        ({"threshold": D(-1)}, "threshold", "The contract value is below zero"),
        ({"share": D(0)}, "share", "The share is not over 0% and up to 100%"),
        ({"share": D("1.01")}, "share", "The share is not over 0% and up to 100%"),
    ],
)
def test_what_is_wrong_with_a_minimum(facts: dict[str, object], field: str, message: str) -> None:
    (found,) = RULE.problems(replace(CASES[RULE_KINDS("minimum_share")][0].rule, **facts))  # type: ignore[arg-type]
    assert (found.where.field, found.message) == (field, message)


def test_dates_and_amounts_of_a_rule() -> None:
    jobs: PolicyRule = CASES[RULE_KINDS("employment_outcomes")][0].rule
    ended = replace(jobs, in_force_until=jobs.in_force_from.replace(year=2020))
    assert [each.message for each in RULE.problems(ended)] == ["The last day is before the first day, 1 April 2026"]
    nothing = replace(jobs, per=D(0), outcomes=D(0))
    assert [each.where.field for each in RULE.problems(nothing)] == ["per", "outcomes"]


def test_pounds_are_held_in_pence() -> None:
    assert (pence_of(D("12.50")), pence_of(D("0.005"))) == (1250, Fraction(1, 2))
    part = Promise(pence_of(D("0.005")), 1, 2, Fraction(0))
    assert (part.pounds, part.counted_in(CountedIn.SOCIAL_VALUE), part.counted_in(CountedIn.REAL_POUNDS)) == (
        Fraction(1, 200), 1, 2,
    )  # fmt: skip
    assert [way.other for way in CountedIn] == [CountedIn.REAL_POUNDS, CountedIn.SOCIAL_VALUE]


def test_the_roundings_are_said() -> None:
    assert [way.done for way in Rounding] == [
        "rounded down", "rounded to the nearest whole number", "rounded up", "not rounded",
    ]  # fmt: skip
    assert (RuleUnit.POUNDS.words(Fraction(1, 3)), RuleUnit.OUTCOMES.words(Fraction(1, 3))) == ("£0.33", "0.33…")
