"""Rules that compare the value with VAT, without it, or do not say which: the bounds to the penny."""

from dataclasses import replace

import pytest

from tests.domain.build import D, barnet, worth
from tomsapp.domain.policy import Policy, PolicyCheck, PolicyResult, check_policy
from tomsapp.domain.rules.rule import PolicyRule, WithVat
from tomsapp.domain.sealed_policy import for_signed, rules_since

NOT_SAID = "The rule does not say whether its value is with VAT"


def checks_of(value: str, with_vat: str = "", basis: WithVat = WithVat.NOT_SAID) -> dict[str, PolicyCheck]:
    rules = tuple(replace(rule, with_vat=basis) for rule in barnet().rules)
    valuation = worth(value, "0.00")
    recorded = D(with_vat) if with_vat else None
    valuation = replace(valuation, contract=replace(valuation.contract, value_with_vat=recorded))
    return {check.rule.code: check for check in check_policy(valuation, Policy("p", "P", rules))}


@pytest.mark.parametrize(
    ("value", "with_vat", "noted"),
    [
        ("179086.66", "", False),
        ("179086.67", "", True),
        ("214904.00", "", True),
        ("214904.01", "", False),
        ("200000.00", "214904.00", False),
        ("200000.00", "214904.01", True),
        ("200000.00", "200000.00", False),
    ],
)
def test_a_contract_over_the_threshold_with_vat_only_gets_a_note_where_the_policy_does_not_say_which(
    value: str, with_vat: str, noted: bool
) -> None:
    check = checks_of(value, with_vat)["minimum"]
    assert (NOT_SAID in check.note) is noted
    assert (check.result is PolicyResult.SHORT) is (value == "214904.01")


@pytest.mark.parametrize("value", ["179086.67", "214904.00"])
def test_a_policy_that_says_which_leaves_nothing_to_be_noted(value: str) -> None:
    without, with_it = (checks_of(value, basis=basis)["minimum"] for basis in (WithVat.NO, WithVat.YES))
    assert (without.result, without.note) == (PolicyResult.NOTHING_ASKED, "This contract has no minimum")
    assert (with_it.result, NOT_SAID in with_it.note) == (PolicyResult.SHORT, False)


def test_a_scope_that_compares_with_vat_brings_the_others_in() -> None:
    rules = {rule.code: rule for rule in barnet().rules}
    jobs = replace(rules["employment"], per=D("20000.00"))
    asked = (replace(rules["scope"], with_vat=WithVat.YES), jobs)
    found = check_policy(worth("21000.00", "0.00"), Policy("p", "P", asked))
    assert [check.result for check in found] == [PolicyResult.YES, PolicyResult.SHORT]
    found = check_policy(worth("20833.33", "0.00"), Policy("p", "P", asked))
    assert [check.result for check in found] == [PolicyResult.NO, PolicyResult.NOTHING_ASKED]
    assert found[0].sums == ("£20,833.33 + 20% = £24,999.996 with VAT is not over £25,000.00",)


def test_a_lower_limit_of_the_rule_s_own_words_is_held_to_the_value_that_it_compares() -> None:
    words = "Contracts over £214,904. A news item says £100,000."
    [minimum] = [rule for rule in barnet().rules if rule.code == "minimum"]

    def note(value: str, basis: WithVat) -> str:
        rule: PolicyRule = replace(minimum, text=words, with_vat=basis)
        return check_policy(worth(value, "0.00"), Policy("p", "P", (rule,)))[0].note

    assert "name £100,000.00 too" in note("90000.00", WithVat.YES)
    assert "£100,000.00" not in note("90000.00", WithVat.NO)
    assert "name £100,000.00 too" in note("100000.01", WithVat.NO)


def test_a_signed_contract_keeps_the_value_that_its_rule_compared() -> None:
    sealed = barnet().rules
    now = Policy("p", "P", tuple(replace(rule, with_vat=WithVat.YES) for rule in sealed))
    valuation = worth("180000.00", "0.00")
    held = check_policy(valuation, for_signed(now, sealed, valuation.contract.start_on))
    assert {check.rule.with_vat for check in held} == {WithVat.NOT_SAID}
    assert [check.result for check in held][1] is PolicyResult.NOTHING_ASKED
    since = rules_since(now, sealed, valuation.contract.start_on)
    assert len(since) == len(sealed)
    assert all("the change does not bind what was signed" in words for words in since)


def test_the_ways_to_compare_are_said() -> None:
    assert [(way.words, way.meaning, way.beside) for way in WithVat] == [
        ("Not said in the policy", "taken without VAT, with a note where VAT decides", ""),
        ("Without VAT", "", " without VAT"),
        ("With VAT", "", " with VAT"),
    ]
