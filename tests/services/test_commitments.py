"""What a user does with commitments and warnings."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.services.council import begin, opened, promise, quantities, roads, what_happened
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity
from tomsapp.services import commitments, edits
from tomsapp.services.failures import EditConflict, NotFound

INTO_WORK = ("J01", "J02")
"""Two measures of barnet-open that may not count the same person without a declaration."""


def declaration(workspace, contract_id):
    problems = opened(workspace, contract_id).checked.problems
    return next(problem for problem in problems if problem.code == "declare-different")


def test_measures_are_added_empty_for_each_year(ann):
    made = begin(ann)
    page = opened(ann, made.id)
    one = commitments.add_measures(ann, made.id, page.contract, page.edition, ["S08"])
    assert one.edit.label.startswith("Add S08 ")
    several = commitments.add_measures(ann, made.id, page.contract, page.edition, ["G01", "J11"])
    assert several.edit.label == "Add 2 measures"
    lines = opened(ann, made.id).commitments
    assert [line.record.measure for line in lines] == ["V01", "S08", "G01", "J11"]
    edits.undo(ann, several.edit)
    assert len(opened(ann, made.id).commitments) == 2


def test_empty_years_stay_empty(ann):
    made = begin(ann)
    line = replace(made.lines[0].record, quantities=(None, Decimal(5)))
    commitments.save_commitment(ann, made.id, made.lines[0], line, "Clear year 1")
    assert quantities(ann, made.id) == [(None, 5)]


def test_nothing_is_saved_when_nothing_differs(ann):
    made = begin(ann)
    history = what_happened(ann, made.id)
    line = made.lines[0]
    assert commitments.save_commitment(ann, made.id, line, line.record, "Same").edit is None
    assert commitments.save_commitments(ann, made.id, [(line, line.record)], "Same").edit is None
    assert what_happened(ann, made.id) == history


def test_block_is_saved_whole_or_not_at_all(ann, bob):
    made = begin(ann, promise("V01"), promise("S08", "40", "40"))
    theirs = opened(bob, made.id).commitments[1]
    commitments.save_commitment(bob, made.id, theirs, replace(theirs.record, statement="Bob's"), "Change")
    pairs = [(line, replace(line.record, quantities=(Decimal(7), Decimal(7)))) for line in made.lines]
    with pytest.raises(EditConflict, match="Bob saved") as told:
        commitments.save_commitments(ann, made.id, pairs, "Paste 2 rows")
    assert told.value.theirs.record.statement == "Bob's"
    assert quantities(ann, made.id)[0] == (10000, 10000)


@pytest.mark.parametrize("quantity", ["1e30", "1.00001"])
def test_quantity_that_cannot_be_kept_is_told_and_nothing_saved(ann, quantity):
    made = begin(ann)
    line = replace(made.lines[0].record, quantities=(Decimal(quantity), Decimal(1)))
    with pytest.raises(TomsError) as told:
        commitments.save_commitment(ann, made.id, made.lines[0], line, "Change")
    assert told.value.fix
    assert quantities(ann, made.id) == [(10000, 10000)]


@pytest.mark.parametrize(
    ("measure", "quantity", "code"),
    [
        ("V01", "-1", "quantity-negative"),
        ("V01", "0.001", "quantity-too-precise"),
        ("V01", "2000000000", "quantity-too-large"),
        ("S08", "1.55", "quantity-too-precise"),
    ],
)
def test_wrong_quantity_is_kept_as_typed_and_marked_as_an_error(ann, measure, quantity, code):
    made = begin(ann, promise(measure, quantity, "1"))
    page = opened(ann, made.id)
    (problem,) = [each for each in page.checked.problems if each.severity is Severity.ERROR]
    assert (problem.code, problem.where.year) == (code, 0)
    assert problem.fix
    assert page.commitments[0].record.quantities[0] == Decimal(quantity)


def test_promise_per_pound_takes_the_spend(ann):
    spend = (
        YearSpend(0, Decimal("600000.00")),
        YearSpend(0, Decimal("1400000.00"), True),
        YearSpend(1, Decimal(999999)),
    )
    line = replace(promise("S08"), quantities=(), rate=Rate(Decimal(2), Decimal(1_000_000)))
    made = begin(ann, line, kind=ContractKind.FRAMEWORK, spend=spend)
    years = opened(ann, made.id).checked.valuation.lines[0].years
    assert [(year.quantity, year.basis.value) for year in years] == [
        (Decimal("2.8"), "recorded"),
        (Decimal("1.9"), "forecast"),
    ]


def others(problem: Problem) -> Answer:
    return Answer("They are different people", choice=AnswerChoice.DIFFERENT, asked=problem.asked)


def test_declaration_names_the_measures_and_another_that_is_added_is_asked_about(ann):
    made = begin(ann, *(promise(code, "2", "2") for code in INTO_WORK))
    problem = declaration(ann, made.id)
    assert problem.key.endswith(":J01+J02")
    assert all(code in problem.message for code in INTO_WORK)
    commitments.answer_problem(ann, made.id, problem.key, others(problem))
    answered = declaration(ann, made.id)
    assert (answered.answer.text, answered.answer.answered_by, answered.is_open) == (
        "They are different people",
        "Ann",
        False,
    )
    commitments.add_commitments(ann, made.id, [promise("J03", "1", "1")], "Add J03")
    stale = next(one for one in opened(ann, made.id).checked.problems if one.key.endswith(":J01/J03+J02/J03"))
    assert (stale.is_open, stale.before) == (True, answered.answer)
    assert not declaration(ann, made.id).is_open, "what was answered of J01 and J02 stands"
    third = opened(ann, made.id).commitments[2]
    commitments.remove_commitments(ann, made.id, opened(ann, made.id).edition, [third])
    assert not declaration(ann, made.id).is_open


def test_answer_survives_other_edits_and_is_in_the_history(ann):
    made = begin(ann, *(promise(code, "2", "2") for code in INTO_WORK))
    key = declaration(ann, made.id).key
    commitments.answer_problem(ann, made.id, key, others(declaration(ann, made.id)))
    line = made.lines[0]
    commitments.save_commitment(ann, made.id, line, replace(line.record, statement="Other words"), "Change")
    assert not declaration(ann, made.id).is_open
    assert ("Ann", "Answer a warning", "answer", "added") in what_happened(ann, made.id)
    answer = opened(ann, made.id).answers[key]
    reopened = commitments.reopen_problem(ann, made.id, key, answer)
    assert declaration(ann, made.id).is_open
    with pytest.raises(NotFound):
        commitments.reopen_problem(ann, made.id, key, answer)
    edits.undo(ann, reopened.edit)
    assert not declaration(ann, made.id).is_open


def test_a_changed_quantity_reopens_the_question_and_shows_what_was_answered(ann):
    made = begin(ann, *(promise(code, "2", "2") for code in INTO_WORK))
    asked = declaration(ann, made.id)
    commitments.answer_problem(ann, made.id, asked.key, others(asked))
    line = opened(ann, made.id).commitments[0]
    commitments.save_commitment(
        ann, made.id, line, replace(line.record, quantities=(Decimal(1250), Decimal(2))), "Change"
    )
    again = declaration(ann, made.id)
    assert (again.is_open, again.before.answered_by, again.before.asked) == (True, "Ann", asked.asked)
    assert opened(ann, made.id).checked.valuation.outcomes_left_out > 0


def test_blank_answer_is_no_answer(ann):
    made = begin(ann, *(promise(code, "2", "2") for code in INTO_WORK))
    commitments.answer_problem(ann, made.id, declaration(ann, made.id).key, Answer("  "))
    assert declaration(ann, made.id).is_open


def test_label_of_an_unknown_measure_is_its_code(ann):
    made = begin(ann, promise("X99", "1", "1"))
    page = opened(ann, made.id)
    assert [problem.code for problem in page.checked.problems if problem.severity is Severity.ERROR] == [
        "unknown-measure"
    ]
    done = commitments.remove_commitments(ann, made.id, page.edition, page.commitments)
    assert done.edit.label == "Remove X99"
    assert roads().reference == "C1"
