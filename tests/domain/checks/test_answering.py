"""An answer is a choice that was given to figures: it holds for those, lapses with them, and is shown again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.domain.build import D, answer_to, commit, contract, edition, framework, measure, rate
from tomsapp.domain.checks.answering import choices_of
from tomsapp.domain.checks.asked import PromisedLine, claims_of
from tomsapp.domain.checks.clashes import single_pairs
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract, ContractStatus, YearSpend
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup, MenuEdition
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, value_offer
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity
from tomsapp.domain.units import Unit

ONE = ExclusionGroup("one", Clash.DECLARE, "person", ("A", "B", "C"), "One person.")
TWO_YEARS = contract(years=2)
SAME = AnswerChoice.SAME


def jobs(*groups: ExclusionGroup, **others: Any) -> MenuEdition:
    facts: dict[str, Any] = {"unit": Unit.PEOPLE, "employment_outcome": D(1)} | others
    return edition(*(measure(code, **facts) for code in "ABCD"), groups=groups or (ONE,))


def check(
    *lines: Commitment, answers: dict[str, Answer] | None = None, menu: MenuEdition | None = None, **others: Any
) -> CheckedOffer:
    what: Contract = others.pop("what", TWO_YEARS)
    return value_offer(Offer(what, lines, answers or {}), menu or jobs(), Surroundings(**others))


def question(checked: CheckedOffer, code: str = "declare-different") -> Problem:
    asked = [problem for problem in checked.problems if problem.code == code]
    (problem,) = asked if len(asked) == 1 else [one for one in asked if one.is_open]
    return problem


def answered(checked: CheckedOffer, code: str = "declare-different") -> dict[str, Answer]:
    asked = question(checked, code)
    return {asked.key: answer_to(asked)}


LINES = (commit("A", "2", "1"), commit("B", "3", "0"))


def test_what_is_asked_says_lines_shares_and_dates() -> None:
    lines = (LINES[0], commit("B", "3", "0", contract_share="0.5"))
    assert question(check(*lines)).asked == "A 2, 1; B 3, of which 50%; 1 April 2026 to 31 March 2028"


def test_a_promise_per_pound_is_asked_about_as_it_is_promised() -> None:
    """What is spent meanwhile changes the quantities, and not what was promised."""
    lines = (LINES[0], commit("B", rate=rate("2", "1000000")))
    for spent in ("1000000", "2000000"):
        what = framework(YearSpend(0, D(spent), is_recorded=True), years=2)
        asked = question(check(*lines, what=what)).asked
        assert asked == "A 2, 1; B 2 for each £1,000,000.00 of spend; 1 April 2026 to 31 March 2028"


def test_what_is_asked_is_worded_as_it_is_kept() -> None:
    """Answers in databases hold as long as these words come out again: they are not to be worded anew."""
    assert PromisedLine("G01", (D(0), D("1234.500"), D(0)), D("0.125")).words == "G01 0, 1,234.5, of which 12.5%"


CHANGED = {
    "a quantity": (commit("A", "2", "1"), commit("B", "4", "0")),
    "another year": (commit("A", "1", "2"), commit("B", "3", "0")),
    "a share": (commit("A", "2", "1"), commit("B", "3", "0", contract_share="0.9")),
    "a second line": (*LINES, commit("B", "1", "0", key="9", place="w")),
    "another measure": (*LINES, commit("C", "1", "0")),
}


@pytest.mark.parametrize("lines", CHANGED.values(), ids=CHANGED)
def test_a_change_reopens_the_question_and_shows_the_answer(lines: tuple[Commitment, ...]) -> None:
    before = check(*LINES)
    answers = answered(before)
    held = check(*LINES, answers=answers)
    assert (question(held).is_open, held.valuation.outcomes_left_out) == (False, 0)
    again = question(check(*lines, answers=answers))
    assert (again.is_open, again.before) == (True, next(iter(answers.values())))


def test_another_date_reopens_it_too() -> None:
    answers = answered(check(*LINES))
    assert question(check(*LINES, answers=answers, what=replace(TWO_YEARS, end_on=date(2028, 3, 30)))).is_open


SIGNED = replace(TWO_YEARS, status=ContractStatus.SIGNED)
EXTENDED = replace(SIGNED, end_on=date(2029, 3, 31))


def test_what_was_declared_at_signing_stands_when_the_contract_is_extended() -> None:
    answers = answered(check(*LINES))
    held = check(*LINES, answers=answers, what=EXTENDED)
    assert (question(held).is_open, held.valuation.outcomes_left_out) == (False, 0)
    # A year in which nothing is promised is no other promise, and one in which something is asks again.
    longer = (commit("A", "2", "1", "0"), commit("B", "3", "0", "0"))
    assert not question(check(*longer, answers=answers, what=EXTENDED)).is_open
    more = (commit("A", "2", "1", "1"), commit("B", "3", "0", "0"))
    assert question(check(*more, answers=answers, what=EXTENDED)).is_open
    assert question(check(*LINES, answers=answers, what=replace(EXTENDED, start_on=date(2026, 4, 2)))).is_open


@pytest.mark.parametrize(
    ("choice", "holds"), [(SAME, True), (AnswerChoice.DIFFERENT, True), (AnswerChoice.RIGHT, False), (None, True)]
)
def test_what_is_right_as_it_stands_is_asked_again_when_the_contract_is_extended(choice, holds) -> None:
    claims = claims_of(check(*LINES, what=EXTENDED).valuation)
    answer = Answer("The register shows it", choice=choice, asked="A 2; 1 April 2026 to 31 March 2028")
    assert claims.holds(answer, "A 2; 1 April 2026 to 31 March 2029") is holds


def test_what_has_nothing_to_do_with_it_reopens_nothing() -> None:
    answers = answered(check(*LINES))
    lines = (*reversed(LINES), commit("D", "5", "0"))
    assert not question(check(*lines, answers=answers)).is_open


def test_pairs_that_were_declared_count_while_another_measure_is_asked_about() -> None:
    answers = answered(check(*LINES))
    more = check(*LINES, commit("C", "1", "0"), answers=answers)
    open_one, answered_one = question(more), next(one for one in more.problems if not one.is_open)
    assert (answered_one.key, answered_one.answer) == (question(check(*LINES)).key, *answers.values())
    assert open_one.key == "declare-different:one:A/C+B/C"
    assert open_one.message == "A Measure A and B Measure B may not count the same person as C Measure C"
    assert "A 2, 1; B 3; C 1; " in open_one.asked
    assert (question(more).is_open, more.valuation.employment_outcomes, more.valuation.outcomes_left_out) == (
        True,
        6,
        1,
    )
    assert more.valuation.jobs_words == "7 if all are different people, as few as 6 if not"


def test_an_answer_from_before_choices_stands_where_it_was_signed_and_is_asked_again_in_a_draft() -> None:
    old = {"declare-different:one:A+B": Answer("They are different people", "Ann")}
    draft = check(*LINES, answers=old)
    assert (question(draft).before, draft.valuation.employment_outcomes) == (old["declare-different:one:A+B"], 3)
    signed = check(*LINES, answers=old, what=replace(TWO_YEARS, status=ContractStatus.SIGNED))
    assert (question(signed).answer, signed.valuation.employment_outcomes) == (old["declare-different:one:A+B"], 6)


def test_the_same_people_are_not_declared_to_be_others() -> None:
    asked = question(check(*LINES))
    same = check(*LINES, answers={asked.key: answer_to(asked, SAME)}, menu=jobs(ONE, unit=Unit.PEOPLE))
    assert (same.valuation.employment_outcomes, same.valuation.outcomes_left_out) == (3, 0)


def test_of_two_claims_for_the_same_the_lesser_does_not_count_until_it_is_put_right() -> None:
    lines = (commit("A", "2", "0"), commit("B", "3", "0"))
    asked = question(check(*lines))
    answer = answer_to(asked, SAME)
    same = check(*lines, answers={asked.key: answer})
    wrong = question(same, "claimed-twice")
    assert (wrong.severity, wrong.answer, wrong.where.commitment) == (Severity.ERROR, answer, "A")
    assert (same.inadmissible, same.admissible.social_value) == ({"A"}, D("300.00"))
    assert "count once" in wrong.message


@pytest.mark.parametrize(
    "lines",
    [
        (commit("A", "2", "0"), commit("B", "3", "0"), commit("C", "1", "0")),
        (commit("A", "1", "0"), commit("A", "1", "0", key="2"), commit("B", "3", "0")),
    ],
)
def test_of_more_lines_the_program_cannot_tell_which_are_the_same(lines: tuple[Commitment, ...]) -> None:
    asked = question(check(*lines))
    same = check(*lines, answers={asked.key: answer_to(asked, SAME)})
    assert (question(same, "claimed-twice").where.commitment, same.inadmissible) == ("", frozenset())
    assert same.has_errors


def test_the_same_under_a_measure_without_a_value_is_no_second_claim_in_pounds() -> None:
    menu = edition(
        measure("A", None, unit=Unit.PEOPLE, employment_outcome=D(1)),
        measure("B", unit=Unit.PEOPLE, employment_outcome=D(1)),
        groups=(ONE,),
    )
    asked = question(check(*LINES, menu=menu))
    same = check(*LINES, answers={asked.key: answer_to(asked, SAME)}, menu=menu)
    assert (question(same).is_open, same.has_errors, same.valuation.employment_outcomes) == (False, False, 3)


def test_the_same_people_in_two_years_are_claimed_twice() -> None:
    menu = jobs(ONE, counts=Counts.FIRST_12_MONTHS)
    lines = (commit("A", "2", "1"),)
    asked = question(check(*lines, menu=menu), "repeated-people")
    same = check(*lines, answers={asked.key: answer_to(asked, SAME)}, menu=menu)
    assert question(same, "claimed-twice").where.commitment == "A"


def test_the_same_household_under_two_measures_is_a_second_claim_without_pounds_too() -> None:
    """No count takes out what is in both, as that of jobs does, so one quantity is to be put right."""
    menu = edition(*(measure(code, None, unit=Unit.HOUSEHOLDS) for code in "AB"), groups=(ONE,))
    asked = question(check(*LINES, menu=menu))
    same = check(*LINES, answers={asked.key: answer_to(asked, SAME)}, menu=menu)
    assert question(same, "claimed-twice").answer is not None


# The same people in several years or lines

ONCE = jobs(ONE, counts=Counts.ONCE)


@pytest.mark.parametrize(
    ("lines", "fewest", "most"),
    [
        ((commit("A", "2", "3"),), 3, 5),
        ((commit("A", "2", "0"), commit("A", "1", "0", key="2")), 2, 3),
        ((commit("A", "2", "3"), commit("A", "0", "4", key="2", contract_share="0.5")), 3, 7),
        ((commit("A", "2", "2"), commit("B", "3", "0")), 3, 7),
        ((commit("A", "2", "2"), commit("D", "1", "1")), 3, 6),
        ((commit("A", "2", "0"),), 2, 2),
    ],
)
def test_people_of_several_years_or_lines_count_once_until_they_are_said_to_be_others(
    lines: tuple[Commitment, ...], fewest: int, most: int
) -> None:
    found = check(*lines, menu=ONCE)
    assert found.valuation.employment_outcomes == fewest
    assert found.valuation.employment_outcomes + found.valuation.outcomes_left_out == most
    asked = [problem for problem in found.problems if problem.is_open]
    others = check(*lines, answers={one.key: answer_to(one) for one in asked}, menu=ONCE)
    assert (others.valuation.employment_outcomes, others.valuation.outcomes_left_out) == (most, 0)
    assert (dict(others.valuation.outcomes_repeated), others.open_problems) == ({}, ())


def test_what_counts_each_year_is_not_the_same_people_again() -> None:
    found = check(commit("A", "2", "3"), menu=jobs(ONE, unit=Unit.COMPLETIONS))
    assert (found.valuation.employment_outcomes, found.valuation.outcomes_left_out) == (5, 0)


def test_people_of_several_lines_who_are_the_same_are_never_added() -> None:
    lines = (commit("A", "2", "0"), commit("A", "1", "0", key="2"), commit("A", "1", "0", key="3"))
    asked = question(check(*lines, menu=ONCE), "counted-again")
    same = check(*lines, answers={asked.key: answer_to(asked, SAME)}, menu=ONCE)
    assert (same.valuation.employment_outcomes, same.valuation.outcomes_left_out) == (2, 0)
    assert same.valuation.same_people == {frozenset("A")}
    assert (same.inadmissible, same.admissible.employment_outcomes) == ({"2"}, 2)
    assert same.admissible.outcomes_left_out == 0


def test_an_answer_about_years_lapses_with_their_figures_and_their_places() -> None:
    lines = (commit("A", "2", "0"), commit("A", "0", "1", key="2"))
    answers = answered(check(*lines, menu=ONCE), "counted-again")
    for other in ((lines[0], commit("A", "0", "2", key="2")), lines[::-1]):
        again = check(*other, answers=answers, menu=ONCE)
        assert question(again, "counted-again").is_open
        assert again.valuation.outcomes_left_out > 0
    right = {key: replace(answer, choice=AnswerChoice.RIGHT) for key, answer in answers.items()}
    assert check(*lines, answers=right, menu=ONCE).valuation.outcomes_left_out == 1


def test_a_repeat_in_another_year_shows_what_was_answered_for_the_first() -> None:
    menu = jobs(ONE, counts=Counts.FIRST_12_MONTHS)
    three = contract(years=3)
    answers = answered(check(commit("A", "2", "1"), menu=menu, what=three), "repeated-people")
    again = question(check(commit("A", "2", "1", "1"), menu=menu, what=three, answers=answers), "repeated-people")
    assert (again.is_open, again.before) == (True, *answers.values())


def test_what_is_right_is_asked_again_when_its_line_changes() -> None:
    menu = edition(measure("A", asks_statement=True), measure("B"))
    answers = answered(check(commit("A", "1", "0"), menu=menu), "statement-missing")
    assert not question(check(commit("A", "1", "0"), menu=menu, answers=answers), "statement-missing").is_open
    assert question(check(commit("A", "1250", "0"), menu=menu, answers=answers), "statement-missing").is_open


def test_a_question_about_nothing_else_shows_no_other_answer() -> None:
    menu = edition(measure("A", asks_statement=True))
    answers = {"statement-missing:A:2": Answer("In the plan", choice=AnswerChoice.RIGHT)}
    assert question(check(commit("A", "1", "0"), menu=menu, answers=answers), "statement-missing").before is None


# Each pair is asked about once

TURNED = ExclusionGroup("turned", Clash.DECLARE, "person", ("B",), "One person.", against=("A", "D"))
BLOCKED = ExclusionGroup("blocked", Clash.BLOCK, "person", ("A", "B"), "One person.")


def test_a_pair_of_two_groups_is_asked_about_once_whichever_way_round() -> None:
    keys = [problem.key for problem in check(*LINES, menu=jobs(ONE, TURNED)).problems]
    assert keys == ["declare-different:one:A+B"]
    keys = [problem.key for problem in check(*LINES, commit("D", "1", "0"), menu=jobs(ONE, TURNED)).problems]
    assert keys == ["declare-different:one:A+B", "declare-different:turned:B+D"]


@pytest.mark.parametrize("groups", [(ONE, BLOCKED), (BLOCKED, ONE)])
def test_what_is_blocked_is_not_asked_about(groups: tuple[ExclusionGroup, ...]) -> None:
    (problem,) = check(*LINES, menu=jobs(*groups)).problems
    assert (problem.code, problem.key) == ("never-add-together", "declare-different:blocked:A+B")


def test_declarations_of_other_groups_answer_a_question_whose_every_pair_they_hold() -> None:
    signed = replace(TWO_YEARS, status=ContractStatus.SIGNED)
    lines = (*LINES, commit("D", "1", "0"))
    old = {"declare-different:turned:A+B+D": Answer("All others"), "declare-different:gone:A+B": Answer("No group")}
    checked = check(*lines, answers=old, menu=jobs(ONE, TURNED), what=signed)
    assert [problem.is_open for problem in checked.problems] == [False, False]
    assert checked.valuation.outcomes_left_out == 0


THREE = (commit("A", "2", "1"), commit("B", "3", "0"), commit("C", "1", "0"))


def parts(checked: CheckedOffer) -> dict[str, str]:
    """What stands of the clashes, by key: the choice that was answered, or "open"."""
    asked = [problem for problem in checked.problems if problem.key.startswith("declare-different")]
    chosen = {one.key: one.answer.choice.value if one.answer and one.answer.choice else "open" for one in asked}
    return {key.removeprefix("declare-different:"): choice for key, choice in chosen.items()}


def test_pairs_that_are_unlike_are_answered_by_themselves() -> None:
    """Who began may be who completes, and not who was taken on as well: one answer for both would be untrue."""
    whole = question(check(*THREE))
    alone = {one.key: one for one in single_pairs(whole, check(*THREE).valuation)}
    assert list(alone) == ["declare-different:one:A+B", "declare-different:one:A+C", "declare-different:one:B+C"]
    assert alone["declare-different:one:A+C"].asked == "A 2, 1; C 1; 1 April 2026 to 31 March 2028"
    ab, ac, bc = alone.values()
    answers = {ab.key: answer_to(ab)}
    first = check(*THREE, answers=answers)
    assert parts(first) == {"one:A+B": "different", "one:A/C+B/C": "open"}
    assert first.valuation.employment_outcomes == 6
    answers |= {ac.key: answer_to(ac, SAME), bc.key: answer_to(bc)}
    said = check(*THREE, answers=answers)
    assert parts(said) == {"one:A+B": "different", "one:A+C": "same", "one:B+C": "different"}
    assert (said.valuation.employment_outcomes, said.valuation.outcomes_left_out) == (6, 0)
    assert said.valuation.same_people == {frozenset("AC")}
    assert said.valuation.jobs_words == "6"
    assert question(said, "claimed-twice").where.commitment == "C"


def test_an_answer_to_one_pair_stands_before_an_answer_to_many() -> None:
    whole = question(check(*THREE))
    ab = single_pairs(whole, check(*THREE).valuation)[0]
    answers = {ab.key: answer_to(ab, SAME), whole.key: answer_to(whole)}
    assert parts(check(*THREE, answers=answers)) == {"one:A+B": "same", "one:A/C+B/C": "different"}
    assert parts(check(*THREE, answers=dict(reversed(answers.items())))) == {
        "one:A/C+B/C": "different",
        "one:A+B": "same",
    }


def test_an_answer_to_some_pairs_is_about_no_other_and_lapses_with_their_figures() -> None:
    answers = answered(check(*LINES))
    rest = question(check(*THREE, answers=answers))
    answers[rest.key] = answer_to(rest, SAME)
    assert parts(check(*THREE, answers=answers)) == {"one:A+B": "different", "one:A/C+B/C": "same"}
    more = (*THREE[:2], commit("C", "2", "0"))
    assert parts(check(*more, answers=answers)) == {"one:A+B": "different", "one:A/C+B/C": "open"}
    assert question(check(*more, answers=answers)).before == answers[rest.key]


def test_a_pair_of_which_another_kind_of_thing_may_be_the_same_is_asked_about_that_too() -> None:
    weeks = ExclusionGroup("weeks", Clash.DECLARE, "week", ("A", "B"), "One week.")
    menu = jobs(ONE, weeks)
    asked = [problem.key for problem in check(*LINES, menu=menu).problems]
    assert asked == ["declare-different:one:A+B", "declare-different:weeks:A+B"]
    answers = {asked[0]: answer_to(check(*LINES, menu=menu).problems[0])}
    half = check(*LINES, menu=menu, answers=answers)
    assert (parts(half), half.valuation.declared) == ({"weeks:A+B": "open", "one:A+B": "different"}, frozenset())
    answers[asked[1]] = answer_to(question(half))
    both = check(*LINES, menu=menu, answers=answers)
    assert both.valuation.declared == {frozenset("AB")}


def test_what_is_no_clash_of_several_pairs_has_no_pairs_to_answer() -> None:
    checked = check(*LINES)
    assert single_pairs(question(checked), checked.valuation) == ()
    assert single_pairs(replace(question(checked), key="line-over-half:A"), checked.valuation) == ()
    assert single_pairs(replace(question(checked), key="declare-different:gone:A+B"), checked.valuation) == ()


@pytest.mark.parametrize("choice", list(AnswerChoice))
def test_every_choice_has_words(choice: AnswerChoice) -> None:
    assert Answer("each has a contract", choice=choice).words == f"{choice.words}, because: each has a contract"
    assert Answer(" old ").words == "old"


def test_what_can_be_chosen() -> None:
    assert choices_of("counted-again") == (AnswerChoice.DIFFERENT, AnswerChoice.SAME)
    assert choices_of("line-over-half") == (AnswerChoice.RIGHT,)
