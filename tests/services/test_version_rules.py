"""What earlier versions counted otherwise."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.reports.valuations import CONTRACT, MENUS, POLICY, commitment, valued
from tomsapp import __version__
from tomsapp.domain.checks.findings import FINDINGS
from tomsapp.domain.problems import Answer
from tomsapp.services.version_rules import VERSION_RULES, VersionRules

EDITION = MENUS.load("barnet-open", "2026.2")
BEGUN_AND_COMPLETED = "declare-different:begun-and-completed:S02+S11"
LINES = (
    commitment("1", "J01", 2, None, None),
    commitment("2", "S02", None, 2, 2),
    commitment("3", "S11", 3, None, None),
)


def counted(answers: dict[str, object] | None = None) -> tuple[Fraction, list[tuple[str, ...]]]:
    """The jobs by the rules of 0.1.0, and what is left out of them."""
    checked = valued(LINES, replace(CONTRACT, edition="2026.2"), EDITION, answers)
    then = VERSION_RULES["0.1.0"].counted(checked, POLICY)
    assert then is not None
    assert then.valuation.outcomes_left_out == 0
    assert then.policy_checks[-1].committed == then.valuation.employment_outcomes
    overlaps = then.valuation.outcome_overlaps
    return then.valuation.employment_outcomes, [(one.group.code, *one.not_counted) for one in overlaps]


def test_0_1_0_counted_the_people_of_marked_groups_once_and_added_the_others():
    jobs, left_out = counted()
    assert jobs == Fraction(6), "J01 2 + S02 4, and S11 3 may be either"
    assert left_out == [("apprenticeship-begun-and-job", "S11"), ("begun-and-completed", "S11")]


def test_0_1_0_took_any_answer_for_a_declaration_of_the_whole_group():
    jobs, left_out = counted({BEGUN_AND_COMPLETED: Answer("They begin and complete apart.")})
    assert (jobs, left_out) == (Fraction(7), [("apprenticeship-begun-and-job", "J01")])
    assert counted({BEGUN_AND_COMPLETED: Answer("  ")})[0] == Fraction(6)


def test_a_version_without_rules_of_its_own_counts_as_today():
    assert VersionRules().counted(valued(), POLICY) is None


@pytest.mark.parametrize("version", VERSION_RULES)
def test_rules_are_kept_of_other_versions_and_of_findings_that_there_are(version: str):
    assert version != __version__
    assert VERSION_RULES[version].asked_otherwise.keys() <= FINDINGS.keys()
