"""A new kind of policy rule is one file and one line: everything else takes it from there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.domain.build import policy_standings
from tests.reports.valuations import POLICY as SHIPPED
from tests.reports.valuations import built, text_of, valued
from tomsapp.dashboards.outcomes import Outcomes
from tomsapp.dashboards.policy_counts import PolicyChecks, summarise_policy
from tomsapp.dashboards.standing import Standing
from tomsapp.domain.facts import Fault
from tomsapp.domain.policy import Policy, PolicyResult, check_policy
from tomsapp.domain.policy_records import RULE
from tomsapp.domain.rules.registry import RULE_KINDS
from tomsapp.domain.rules.rule import Amounts, Demand, PolicyRule, Promise, RuleUnit, Working, pence_of
from tomsapp.domain.wording import format_pounds
from tomsapp.exchange.result_json import result_of
from tomsapp.exchange.rules_json import read_rules, rules_values
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.policies import read_policy
from tomsapp.services.policy_rules import check_rule, rule_example, rule_sentence


class CashFloor(Demand):
    """At least so many real pounds."""

    value = "cash_floor"
    words = "Cash floor"
    own_facts = ("per",)
    unit = RuleUnit.POUNDS
    nothing_asked = "No cash is asked of this contract"

    def faults(self, rule):
        if rule.per <= 0:
            yield "per", Fault("It is no sum of cash", "Enter pounds", "no-cash")

    def amounts(self, rule: PolicyRule) -> Callable[[Promise], Amounts]:
        return lambda promise: Amounts(Fraction(pence_of(rule.per), 100), Fraction(promise.real_pounds, 100))

    def working(self, rule, promise, amounts):
        asked = f"{format_pounds(rule.per)} asked in cash"
        return Working((asked, f"{self.unit.words(amounts.committed)} given in cash"), asked)

    def asked(self, rule):
        return f"hand over {format_pounds(rule.per)} in cash"

    def example(self, rule):
        return f"{format_pounds(rule.per)} of cash is enough."

    def in_brief(self, rule):
        return f"{format_pounds(rule.per)} in cash"

    def printed(self, rule):
        return f"Cash of at least {format_pounds(rule.per)}"

    def missing(self, rule, shortfall):
        return f"{self.unit.words(shortfall)} of cash"

    def not_enough(self, rule):
        return "Cash gifts are"


CASH_FLOOR = CashFloor()
FLOOR = PolicyRule("cash", CASH_FLOOR, "Cash for the area", date(2020, 1, 1), per=Decimal("20000.00"))
FILE = """
code = "aford"
title = "Aford"
[[rule]]
code = "cash"
kind = "cash_floor"
title = "Cash for the area"
in_force_from = 2020-01-01
threshold = 0.00
per = 20_000.00
source = { title = "Policy", publisher = "Aford", address = "https://example.org" }
"""


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULE_KINDS.by_value, CASH_FLOOR.value, CASH_FLOOR)


def test_what_it_means_and_what_is_wrong_with_it():
    assert rule_sentence(FLOOR) == (
        "Contracts of any value that start on or after 1 January 2020 hand over £20,000.00 in cash."
    )
    assert rule_example(FLOOR) == "Example: £20,000.00 of cash is enough."
    assert FLOOR.kind.in_brief(FLOOR) == "£20,000.00 in cash"
    (problem,) = check_rule(replace(FLOOR, per=Decimal(0)), ())
    assert (problem.where.field, problem.message, problem.fix) == (
        "per", "The amount is no sum of cash", "Enter pounds",
    )  # fmt: skip


def test_the_form_the_history_and_the_row_know_its_name():
    fact = RULE.fact("kind")
    assert [kind.words for kind in fact.offered][-1] == "Cash floor"
    assert (fact.kept(CASH_FLOOR), fact.of_kept("cash_floor"), fact.words(CASH_FLOOR)) == (
        "cash_floor", CASH_FLOOR, "Cash floor",
    )  # fmt: skip


def test_it_is_held_against_an_offer_and_written_to_a_result():
    checked = valued()
    policy = Policy("p", "P", (FLOOR,))
    (check,) = check_policy(checked.admissible, policy)
    assert (check.result, check.word) == (PolicyResult.SHORT, "Not enough: short by £5,000.00")
    assert check.sums == ("£20,000.00 asked in cash", "£15,000.00 given in cash")
    assert [each.result for each in policy_standings(checked.admissible, policy)] == [PolicyResult.SHORT]
    (stated,) = result_of(replace(checked, policy_checks=(check,)))["policy"]
    assert (stated["code"], stated["needed"], stated["shortfall"]) == ("cash", "20000.00", "5000.00")


def test_the_pdf_prints_its_own_row_and_not_that_of_another_kind():
    checked = valued()
    policy = replace(SHIPPED, rules=(*SHIPPED.rules, FLOOR))
    text = text_of(built(replace(checked, policy_checks=check_policy(checked.admissible, policy))))
    row = text[text.index("Cash of at least £20,000.00") :][:250]
    assert "£20,000.00 asked in cash £15,000.00 given in cash Not enough: short by £5,000.00" in row
    assert "Cash gifts are not enough: £15,000.00 of the £20,000.00 that the council asks for." in text
    of_jobs = "employment outcome for each"
    assert text.count(of_jobs) == text_of(built(checked)).count(of_jobs)


def test_the_overview_counts_it():
    checked = valued()
    standings = policy_standings(checked.admissible, Policy("p", "P", (FLOOR,)))
    (count,) = summarise_policy(PolicyChecks.of([Standing(0, 0, Outcomes(), standings)])).counts
    assert (count.title, count.short) == ("Cash for the area", 1)


def test_a_policy_file_and_a_result_hold_it():
    (rule,) = read_policy(FILE.encode(), "aford.toml").rules
    assert (rule.kind, rule.per, rule.share) == (CASH_FLOOR, Decimal(20000), 0)
    assert read_rules({"rules": rules_values([FLOOR])}) == (FLOOR,)
    with pytest.raises(MenuFileError, match="per"):
        read_policy(FILE.replace("per = 20_000.00\n", "").encode(), "x")
    with pytest.raises(MenuFileError, match="share"):
        read_policy(FILE.replace("per =", "share = 0.05\nper =").encode(), "x")
