"""Whose rules a valuation is held against, in which document they stand, and why they bind the contract."""

from dataclasses import replace

import pytest

from tests.reports.test_contract_report import after
from tests.reports.valuations import CONTEXT, CONTRACT, POLICY, built, text_of, valued
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import RulesFrom, check_policy
from tomsapp.reports.context import ReportContext
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.rules_origin import rules_origin

BARNET = "those of Barnet Council (Social value, 2023), in force from 18 October 2023."


def said(checked: CheckedOffer, rules_from: RulesFrom, council: str = "Larkmere Council") -> str:
    return rules_origin(PrintedValuation(checked, None, council, rules_from))


@pytest.mark.parametrize(
    ("rules_from", "council", "told"),
    [
        (
            RulesFrom.MENU,
            "Larkmere Council",
            (
                f"The rules are {BARNET} Larkmere Council took them over with its menu, so they bind the contracts of "
                "Larkmere Council that begin while they are in force."
            ),
        ),
        (
            RulesFrom.MENU,
            "Barnet Council",
            (
                f"The rules are the council’s own: {BARNET} They bind the contracts of Barnet Council that begin while "
                "they are in force."
            ),
        ),
        (
            RulesFrom.COUNCIL,
            "",
            (
                f"The rules are {BARNET} The council has set them in its policy rules, so they bind the contracts of "
                "the council that begin while they are in force."
            ),
        ),
        (
            RulesFrom.OFFER,
            "",
            (
                f"The rules are {BARNET} They come with the menu barnet-open 2026.1; this offer is in no council’s "
                "records yet."
            ),
        ),
        (RulesFrom.UNKNOWN, "Larkmere Council", ""),
    ],
)
def test_it_is_said_whose_rules_they_are_and_why_they_bind(rules_from, council, told):
    assert said(valued(), rules_from, council) == told


def test_nothing_is_said_where_no_rule_is_held_against_it():
    assert said(replace(valued(), policy_checks=()), RulesFrom.MENU) == ""


def test_a_rule_without_a_source_is_told_by_its_title():
    rules = tuple(replace(rule, source=None) if rule.code == "minimum" else rule for rule in POLICY.rules)
    checked = valued()
    checks = check_policy(checked.admissible, replace(POLICY, rules=rules))
    told = said(replace(checked, policy_checks=checks), RulesFrom.COUNCIL)
    assert "18 October 2023 and “5% minimum” without a published source, in force from 18 October 2023." in told


def test_a_signed_contract_keeps_the_rules_that_were_sealed():
    signed = valued(contract=replace(CONTRACT, status=ContractStatus.SIGNED))
    assert said(signed, RulesFrom.MENU).endswith("A signed contract keeps the rules that were sealed with it.")


def test_it_stands_under_the_policy_checks():
    context: ReportContext = replace(CONTEXT, rules_from=RulesFrom.MENU)
    told = after(text_of(built(valued(), context)), "Policy checks", "Every sum")
    assert f"The rules are {BARNET} Larkmere Council took them over" in told
