"""Contracts over the threshold without commitments are found by the rules of the day on which they begin."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.council import begin, roads
from tomsapp.domain.rules.scope import SCOPE
from tomsapp.services import contracts
from tomsapp.services.without_commitments import contracts_without_commitments
from tomsapp.services.workspace import Workspace

pytestmark = pytest.mark.parametrize("server", ["sqlite"])
TODAY = date(2026, 6, 1)


def rule_by(monkeypatch, workspace, policy):
    """Let other policy rules be in force, or none."""
    with workspace.look() as uow:
        now = workspace.surroundings(uow)
    monkeypatch.setattr(Workspace, "surroundings", lambda *_given: replace(now, policy=policy))


def told(workspace):
    return {one.contract.reference: one for one in contracts_without_commitments(workspace, TODAY)}


def test_contracts_over_the_threshold_that_promise_nothing_are_told_with_the_rule(ann):
    begun = begin(ann, reference="A-5", value=Decimal(9_000_000))
    facts = {"A-1": 8_000_000, "A-2": 9_000_000, "A-3": 1}
    for reference, value in facts.items():
        contracts.add_contract(ann, roads(reference=reference, value=Decimal(value)), begun.supplier.id)
    ended = {"start_on": date(2024, 4, 1), "end_on": date(2026, 5, 31)}
    contracts.add_contract(ann, roads(reference="A-4", value=Decimal(9_000_000), **ended), begun.supplier.id)
    found = told(ann)
    assert list(found) == ["A-2", "A-1"]
    first = found["A-2"]
    assert (first.value, first.contract.commitments) == (Decimal(9_000_000), 0)
    assert all(rule.threshold <= first.value and rule.words for rule in first.rules)
    assert any(rule.needed and rule.needed_words for rule in first.rules)
    assert first.words.startswith(("over £", "a rule for all"))


def test_where_rules_say_only_what_is_in_scope_that_is_told(ann, monkeypatch):
    begun = begin(ann, reference="A-5")
    contracts.add_contract(ann, roads(reference="A-1", value=Decimal(9_000_000)), begun.supplier.id)
    limits = tuple(rule for rule in ann.policy.rules if rule.kind is SCOPE)
    rule_by(monkeypatch, ann, replace(ann.policy, rules=limits))
    (rule,) = told(ann)["A-1"].rules
    assert (rule.rule, rule.needed, rule.needed_words) == (limits[0], 0, "")


def test_without_rules_there_is_no_threshold(ann, monkeypatch):
    begun = begin(ann, reference="A-5")
    contracts.add_contract(ann, roads(reference="A-1", value=Decimal(9_000_000)), begun.supplier.id)
    rule_by(monkeypatch, ann, None)
    assert told(ann) == {}
