"""Problems beside what causes them: stepping, answering in writing, going to the field."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.contract.conftest import a_contract, line
from tomsapp.domain.checks.clashes import single_pairs
from tomsapp.domain.checks.findings import FINDINGS, found
from tomsapp.domain.problems import Answer, AnswerChoice, Severity, Where
from tomsapp.gui.contract.editor import read_worded
from tomsapp.gui.contract.grid_model import FIRST_YEAR, TITLE
from tomsapp.gui.contract.problem_rows import ProblemRow, Verb, problem_rows
from tomsapp.gui.contract.row_layout import lay_out, lay_out_line
from tomsapp.services import contracts

REPEATING = (line("J01", 1, 1, 0), line("G01", 40, 40, 40), line("V01", 5000, 5000, 5000))
REPEATED = "J01 is promised in 2 years. It counts each person once, in the year they start."


def different(asked, choice=AnswerChoice.DIFFERENT):
    return Answer("Two cohorts, by name", choice=choice, asked=asked.asked)


def problem_place(desk, start):
    for place, row in enumerate(desk.model.rows):
        if isinstance(row, ProblemRow) and row.sentence.startswith(start):
            return place
    raise AssertionError(desk.sentences())


def click_link(desk, place, number):
    """Click a link of a problem row with the mouse."""
    row = desk.model.rows[place]
    desk.table.scrollTo(desk.model.index(place, 0))
    link = lay_out(row, desk.table.viewport().width()).links[number]
    at = QPoint(round(link.center().x()), desk.table.rowViewportPosition(place) + round(link.center().y()))
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=at)


@pytest.mark.parametrize("code", [code for code, told in FINDINGS.items() if told.severity is Severity.WARNING])
def test_a_question_about_a_year_of_all_lines_empties_none_of_them(code):
    asked = found(code, "In 2027/28 it is too much", "Say why", Where(year=1), key=f"{code}:2")
    rows = problem_rows([asked], a_contract().years, [1], is_locked=False)
    assert Verb.CLEAR not in [action.verb for row in rows for action in row.actions]


ENTERED = {"statement-missing", "spend-missing", "no-commitments"}
FIELDS = ("", "end_on", "spend", "quantity", "statement", "place", "contract_share", "rate", "edition", "measure")


@pytest.mark.parametrize("code", FINDINGS)
def test_every_question_can_be_answered_where_it_is_asked(code):
    is_question = FINDINGS[code].severity is Severity.WARNING and code not in ENTERED
    for field in FIELDS:
        asked = found(code, "It is much", "Say why", Where(commitment="a", measure="J01", year=1, field=field))
        rows = problem_rows([asked], a_contract().years, [0, 1], is_locked=False)
        answers = [action.verb is Verb.ANSWER for row in rows for action in row.actions]
        assert answers.count(True) == is_question, field
        assert answers[:1] == [True] or not is_question, field  # Enter on a row does its first action


def test_f8_steps_to_the_problem_and_enter_asks_for_a_declaration(desk):
    d = desk(lines=REPEATING)
    assert d.page.open_problems.text() == "1 warning to answer"
    d.page.problems.step(1)
    place = problem_place(d, REPEATED)
    assert d.table.currentIndex().row() == place
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    form = d.page.forms.answers
    assert (form.choice.value, form.before.isHidden()) == (None, True)
    form.save()
    assert form.choice.error == "Choose one of them"
    assert form.reason.error.startswith("Write a sentence of at least 20 characters")
    different, same = form.choice.buttons
    assert (different.text(), same.text()) == (
        "They are &different: all of them count",
        "They are the &same: they count once",
    )
    different.click()
    form.reason.set_text("Two cohorts, by name")
    form.save()
    (answer,) = contracts.open_contract(d.workspace, d.contract_id).answers.values()
    assert (answer.text, answer.choice) == ("Two cohorts, by name", AnswerChoice.DIFFERENT)
    assert answer.asked == "J01 1, 1; 1 December 2026 to 30 November 2029"
    assert d.page.open_problems.isHidden()
    assert any("Answered by A. Okafor" in sentence and "Two cohorts" in sentence for sentence in d.sentences())


def test_an_answered_problem_can_be_reopened(desk):
    d = desk(lines=REPEATING)
    asked = d.model.rows[problem_place(d, REPEATED)].problem
    d.page.actions_on_lines.answer(asked.key, different(asked))
    click_link(d, problem_place(d, "Answered by"), 0)
    assert d.page.open_problems.text() == "1 warning to answer"
    assert contracts.open_contract(d.workspace, d.contract_id).answers == {}


def test_a_changed_quantity_shows_what_was_answered_and_offers_its_reason_again(desk):
    d = desk(lines=REPEATING)
    asked = d.model.rows[problem_place(d, REPEATED)].problem
    d.page.actions_on_lines.answer(asked.key, different(asked))
    d.page.editor.set_quantities({(d.saved("J01").key, 1): Decimal(1250)})
    row = d.model.rows[problem_place(d, REPEATED)]
    assert (row.is_answered, row.level) == (False, "warning")
    told = "for J01 1, 1, 0; 1 December 2026 to 30 November 2029: They are different, because: Two cohorts, by name."
    assert told in row.sentence
    click_link(d, problem_place(d, REPEATED), 0)
    form = d.page.forms.answers
    assert (form.choice.value, form.reason.text, form.before.isHidden()) == (None, "Two cohorts, by name", False)
    assert told in form.before.text()


def test_the_same_people_are_an_error_that_can_be_answered_again(desk):
    d = desk(lines=REPEATING)
    asked = d.model.rows[problem_place(d, REPEATED)].problem
    d.page.actions_on_lines.answer(asked.key, different(asked, AnswerChoice.SAME))
    row = d.model.rows[problem_place(d, REPEATED)]
    assert (row.level, row.is_answered) == ("error", False)
    assert "They are the same, because: Two cohorts, by name." in row.sentence
    assert [action.words for action in row.actions] == ["Answer again", "Take this line out"]
    click_link(d, problem_place(d, REPEATED), 0)
    assert d.page.open_problems.text() == "1 warning to answer"


def test_clearing_the_second_year_takes_the_warning_away(desk):
    d = desk(lines=REPEATING)
    click_link(d, problem_place(d, REPEATED), 1)
    assert d.saved("J01").quantities == (Decimal(1), None, Decimal(0))
    assert not any(sentence.startswith("J01 is promised") for sentence in d.sentences())


def test_tab_reaches_each_action_of_a_problem(desk):
    d = desk(lines=REPEATING)
    d.page.problems.step(1)
    QTest.keyClick(d.table, Qt.Key.Key_Tab)
    assert d.table.action == 1
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    assert d.saved("J01").quantities[1] is None


def test_every_question_of_the_checks_can_be_answered_in_writing(desk):
    lines = (line("A02", 1, 1, 0), line("J01", 0, 0, 1), line("V01", 30000, 30000, 30000))
    d = desk(lines=lines, contract=a_contract(start_on=date(2026, 3, 31), end_on=date(2029, 3, 30)))
    for start, text in (
        ("A02 is promised in 2 years", "Other households each year"),
        ("Its evidence exists 12 months after", "The last payroll record is shown"),
        ("barnet-open 2026.2 comes into force on", "It was agreed with the supplier"),
    ):
        place = problem_place(d, start)
        assert d.model.rows[place].actions[0].words == "Answer"
        click_link(d, place, 0)
        d.page.forms.answers.choice.buttons[0].click()
        d.page.forms.answers.reason.set_text(text)
        d.page.forms.answers.save()
    answers = contracts.open_contract(d.workspace, d.contract_id).answers
    assert {key.split(":")[0]: answer.text for key, answer in answers.items()} == {
        "counted-again": "Other households each year",
        "evidence-after-end": "The last payroll record is shown",
        "edition-not-in-force": "It was agreed with the supplier",
    }


def test_both_cells_that_repeat_people_are_marked(desk):
    d = desk(lines=REPEATING)
    row = d.model.line_at(d.row("J01"))
    assert dict(row.marks) == {0: "warning", 1: "warning"}


def test_a_warning_is_confirmed_as_right(desk):
    d = desk(lines=(line("J11", 500, 500, 500), line("V01", 10, 10, 10)))
    place = problem_place(d, "J11 is over half of what is claimed")
    click_link(d, place, 0)
    form = d.page.forms.answers
    assert [button.text() for button in form.choice.buttons] == ["It is &right as it stands"]
    form.choice.buttons[0].click()
    form.reason.set_text("Too short a reason")
    form.save()
    assert form.reason.error
    form.reason.set_text("The payroll shows every raise")
    form.save()
    answers = contracts.open_contract(d.workspace, d.contract_id).answers
    assert answers["line-over-half:J11"].choice is AnswerChoice.RIGHT


def click_hint(desk, measure):
    """Click what the line itself says is still missing."""
    place = desk.row(measure)
    hint = lay_out_line(desk.model.line_at(place), desk.table.columnWidth(TITLE)).hint
    at = QPoint(round(hint.center().x()), desk.table.rowViewportPosition(place) + round(hint.center().y()))
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_what_is_unfinished_takes_no_row_and_leads_to_the_field(desk):
    d = desk(lines=(line("J11", None, None, None, statement=""),))
    assert d.sentences() == []
    assert d.page.open_problems.text() == "2 still to enter"
    assert d.model.line_at(d.row("J11")).hint == "No quantity or statement yet"
    click_hint(d, "J11")
    assert d.page.forms.panel._stack.currentWidget() is d.page.forms.details


def test_a_missing_statement_is_reached_by_f8_and_enter_and_read_out(desk):
    d = desk(lines=(line("J11", 5, 5, 5, statement=""), line("V01", 5000, 5000, 5000)))
    d.table.go_to(0, TITLE)
    d.page.problems.step(1)
    index = d.table.currentIndex()
    assert (index.row(), index.column()) == (d.row("J11"), TITLE)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", No statement yet")
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Enter goes to the statement"
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    assert d.page.forms.panel._stack.currentWidget() is d.page.forms.details
    assert d.model.line_at(d.row("V01")).hint == ""


def test_a_missing_quantity_leads_to_the_first_year(desk):
    d = desk(lines=(line("J11", None, None, None),))
    assert d.model.line_at(d.row("J11")).hint == "No quantity yet"
    click_hint(d, "J11")
    assert d.table.currentIndex().column() == FIRST_YEAR


def test_links_stand_at_the_end_of_the_sentence_while_they_fit(desk):
    d = desk(lines=REPEATING)
    row = d.model.rows[problem_place(d, REPEATED)]
    wide, middle = lay_out(row, 1200), lay_out(row, 560)
    assert len(wide.lines) == 1
    assert {link.top() for link in wide.links} == {wide.text.top()}
    assert len(middle.lines) == 2
    assert middle.links[0].top() > middle.text.top()
    assert " ".join(middle.lines) == row.sentence
    assert not any(link.intersects(other) for link in middle.links for other in middle.links if link is not other)


def test_measures_that_clash_are_told_under_the_second_line_and_can_be_taken_out(desk):
    d = desk(lines=(line("J01", 1, 0, 0), line("J10", 1, 0, 0)))
    place = problem_place(d, "J01 Unemployed resident into sustained work and J10")
    click_link(d, place, 1)
    assert [row.commitment.measure for row in d.model.lines()] == ["J01"]


def test_a_line_whose_measure_the_menu_lacks_is_still_shown(desk):
    d = desk(lines=(line("J11", 1, 1, 1), line("X99", 1, 1, 1)))
    texts = [d.model.text(row, 0) for row in d.model.rows]
    assert "Not in barnet-open 2026.2" in texts
    assert d.shown("X99", d.model.value_column) == "Unknown measure"
    assert any("has no measure “X99”" in sentence for sentence in d.sentences())


def clash_rows(d):
    """Where the rows of clashes stand, each with its question."""
    rows = ((place, getattr(row, "problem", None)) for place, row in enumerate(d.model.rows))
    return [(place, problem) for place, problem in rows if problem and problem.key.startswith("declare-different")]


def test_each_pair_of_a_question_can_be_answered_by_itself_and_reopened(desk):
    d = desk((line("J01", 2, 0, 0), line("J07", 1, 0, 0), line("J10", 1, 0, 0)))
    ((place, whole),) = clash_rows(d)
    click_link(d, place, 0)
    form = d.page.forms.answers
    offered = [form.about.combo.itemText(number) for number in range(form.about.combo.count())]
    assert (offered, form.about.isHidden()) == (
        ["All 3 pairs", "J01 and J07", "J01 and J10", "J07 and J10"],
        False,
    )
    assert form.about.value == whole.key
    form.about.combo.setCurrentIndex(1)
    form.about.combo.activated.emit(1)
    form.choice.buttons[0].click()
    form.reason.set_text("The register names other people")
    form.save()
    (key,) = contracts.open_contract(d.workspace, d.contract_id).answers
    assert key == "declare-different:one-person-into-work:J01+J07"
    told = {one.key.rpartition(":")[2]: (place, one.is_open) for place, one in clash_rows(d)}
    assert {pairs: is_open for pairs, (_, is_open) in told.items()} == {"J01+J07": False, "J01/J10+J07/J10": True}
    click_link(d, told["J01+J07"][0], 0)
    assert contracts.open_contract(d.workspace, d.contract_id).answers == {}
    assert [one.key for _, one in clash_rows(d)] == [whole.key]


def test_an_answer_to_all_pairs_is_taken_back_from_the_row_of_some(desk):
    d = desk((line("J01", 2, 0, 0), line("J07", 1, 0, 0), line("J10", 1, 0, 0)))
    ((_, whole),) = clash_rows(d)
    pair = single_pairs(whole, d.page.editor.checked.valuation)[0]
    for one in (whole, pair):
        d.page.actions_on_lines.answer(one.key, different(one))
    assert [one.is_open for _, one in clash_rows(d)] == [False, False]
    (rest,) = (place for place, one in clash_rows(d) if "J10" in one.key)
    click_link(d, rest, 0)
    assert list(contracts.open_contract(d.workspace, d.contract_id).answers) == [pair.key]


def test_a_text_that_is_no_quantity_is_one_error_and_no_quantity_is_asked_for_beside_it(desk):
    d = desk(lines=(line("J11", None, None, None, statement=""), line("V01", 1, 1, 1)))
    key = d.saved("J11").key
    d.page.editor.type_quantity(key, 0, "twelve")
    assert d.page.open_problems.text() == "1 error to put right, 1 still to enter"
    assert d.model.line_at(d.row("J11")).hint == "No statement yet"
    d.page.editor.type_quantity(key, 0, "12")
    assert "error" not in d.page.open_problems.text()
    assert d.page.open_problems.text().endswith("1 still to enter")


def test_lines_that_were_just_added_are_no_errors(desk):
    d = desk(lines=())
    d.page.actions_on_lines.add_measures(["J11", "S08"])
    assert d.page.open_problems.text() == "4 still to enter"
    assert d.toasts[-1].text == "2 measures added to C-2026-004"
    assert d.sentences() == []
    assert d.page.forms.panel._admitted.isHidden()
    d.page.editor.set_quantities({(d.page.editor.commitments[0].key, 0): Decimal("1.5")})
    assert d.page.forms.panel._admitted.isHidden()


def test_problems_are_in_words_before_the_window_has_them(desk):
    opened = read_worded(desk(REPEATING).workspace, 1)

    def too_late():
        raise AssertionError("put into words where the window waits for it")

    for problem in opened.checked.problems:
        object.__setattr__(problem, "_work_out", too_late)
    assert any(problem.message.startswith("J01 is promised") for problem in opened.checked.problems)
