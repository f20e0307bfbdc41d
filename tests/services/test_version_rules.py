"""What earlier versions counted otherwise."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.reports.valuations import CONTRACT, MENUS, POLICY, commitment, valued
from tomsapp import __version__
from tomsapp.domain.checks.findings import FINDINGS
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity, Where
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


# 0.2.0


def counted_by_pairs(lines: tuple[Commitment, ...] = LINES, **choices: AnswerChoice) -> CheckedOffer:
    """The offer by the rules of 0.2.0, with answers to its clashes by the name of their group."""
    contract = replace(CONTRACT, edition="2026.2")
    asked = {problem.key: problem.asked for problem in valued(lines, contract, EDITION).problems}
    answers = {
        key: Answer("As the plan says.", choice=choice, asked=asked[key])
        for group, choice in choices.items()
        for key in asked
        if key.startswith(f"declare-different:{group.replace('_', '-')}:")
    }
    assert len(answers) >= len(choices)
    then = VERSION_RULES["0.2.0"].counted(valued(lines, contract, EDITION, answers), POLICY)
    assert then is not None
    assert not then.valuation.outcomes_repeated
    assert then.policy_checks[-1].committed == then.admissible.employment_outcomes
    return then


def test_0_2_0_counted_measures_once_and_added_their_years_and_lines():
    then = counted_by_pairs().valuation
    assert (then.employment_outcomes, then.outcomes_left_out) == (Fraction(4), Fraction(5)), "S02 2 and 2"
    assert [one.not_counted for one in then.outcome_overlaps] == [("J01",), ("S11",)]
    both_lines = (*LINES, commitment("4", "S02", None, 1, None))
    assert counted_by_pairs(both_lines).valuation.employment_outcomes == Fraction(5)


def test_0_2_0_told_people_apart_by_what_was_answered_of_them():
    different, same = AnswerChoice.DIFFERENT, AnswerChoice.SAME
    then = counted_by_pairs(begun_and_completed=different, one_person_into_work=different).valuation
    assert (then.employment_outcomes, then.outcomes_left_out) == (Fraction(7), Fraction(2)), "S02 4 + S11 3"
    then = counted_by_pairs(begun_and_completed=same).valuation
    assert (then.employment_outcomes, then.outcomes_left_out) == (Fraction(4), Fraction(2))
    assert then.jobs_words == "6 if all are different people, as few as 4 if not"


def test_0_2_0_chose_between_measures_that_come_to_as_much_by_the_order_of_the_lines():
    two = (commitment("1", "S11", 2, None, None), commitment("2", "J01", 2, None, None))
    for lines, left_out in ((two, "J01"), (two[::-1], "S11")):
        (overlap,) = counted_by_pairs(lines).valuation.outcome_overlaps
        assert overlap.not_counted == (left_out,)


def found_of(key: str, year: int | None = None) -> Problem:
    return Problem(key.partition(":")[0], Severity.WARNING, "Words", "Remedy", Where(year=year), key=key)


BEGUN, TOGETHER = BEGUN_AND_COMPLETED, "declare-different:apprenticeship-begun-and-job:J01+S11"


@pytest.mark.parametrize(
    ("today", "stated", "excused"),
    [
        (found_of("end-on-anniversary"), (), True),
        (found_of("line-over-half:J01"), (), False),
        (found_of(BEGUN), (found_of(BEGUN.replace("begun-and-completed", "no-such-group")),), False),
        (found_of(BEGUN), (found_of(BEGUN),), True),
        (found_of(BEGUN), (found_of(TOGETHER),), False),
        (found_of("counted-again:J01:1.1+2.1"), (found_of("counted-again:J01:1.1+3.1"),), True),
        (found_of("counted-again:J01:1.1+2.1"), (found_of("counted-again:J011:1.1+3.1"),), False),
        (found_of("more-people-than-money:3", 2), (found_of("more-people-than-money:2", 1),), True),
        (found_of("more-people-than-money:2", 1), (found_of("more-people-than-money:3", 2),), False),
        (found_of("more-people-than-money"), (found_of("more-people-than-money:3", 2),), False),
        (found_of("more-people-than-money:3", 2), (), False),
        (found_of("costs-more-than-money:3", 2), (), True),
        (found_of("costs-more-than-money"), (), False),
        (found_of("costs-more-than-money"), (found_of("more-people-than-money:3", 2),), True),
    ],
)
def test_a_question_of_today_is_excused_where_0_2_0_asked_another_in_its_place(today, stated, excused):
    checked = replace(counted_by_pairs(), problems=stated)
    assert VERSION_RULES["0.2.0"].excuses(today, checked) is excused


def test_what_is_claimed_twice_without_pounds_is_excused_where_its_question_is_stated():
    into_work = "declare-different:one-person-into-work:J01+S02"
    checked = counted_by_pairs()
    for key, stated, excused in (
        (BEGUN, (found_of(BEGUN),), True),
        (BEGUN, (found_of(into_work),), False),
        (into_work, (found_of(into_work),), False),
        ("counted-again:J01:1.1+2.1", (found_of("counted-again:J01:1.1+2.1"),), False),
    ):
        claimed = replace(found_of(key), code="claimed-twice", severity=Severity.ERROR)
        assert VERSION_RULES["0.2.0"].excuses(claimed, replace(checked, problems=stated)) is excused


def test_a_note_that_goes_on_today_is_that_of_a_version_which_broke_it_off():
    rules = VERSION_RULES["0.2.0"]
    assert rules.breaks_off("policy[2].note", "No minimum", "No minimum. The words name £5.00 too")
    assert not rules.breaks_off("policy[2].note", "No maximum", "No minimum. The words name £5.00 too")
    assert not rules.breaks_off("policy[2].word", "Enough", "Enough: more words")
    assert not VersionRules().breaks_off("policy[2].note", "No minimum", "No minimum. The words name £5.00 too")


def test_a_version_without_rules_of_its_own_counts_as_today():
    assert VersionRules().counted(valued(), POLICY) is None


@pytest.mark.parametrize("version", VERSION_RULES)
def test_rules_are_kept_of_other_versions_and_of_findings_that_there_are(version: str):
    assert version != __version__
    assert VERSION_RULES[version].asked_otherwise.keys() <= FINDINGS.keys()
