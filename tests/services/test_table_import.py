"""Somebody's table comes into a contract: it is shown beside what is held, replaces it line by line, and is undone."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.exchange.books import book_of
from tests.exchange.tables.calculators import county_calculator
from tests.exchange.tables.offers import book_of_sheets
from tests.services.council import begin, figures, opened, promise, quantities, sign
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import AnswerChoice, has_errors
from tomsapp.services import commitments, databases, edits, history, table_import, template
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.progress import NoProgress
from tomsapp.services.table_import import LineGroup

MADE = datetime(2026, 4, 1, tzinfo=UTC)
HEAD = ["Ref", "Measure", "Year 1", "Year 2", "Statement"]


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    """What is remembered of senders stands in a folder of the test."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))


@pytest.fixture
def show(ann, tmp_path):
    """The state and the view of a workbook for a contract."""

    def shown(contract_id, *rows, head=HEAD, **facts):
        path = tmp_path / "offer.xlsx"
        path.write_bytes(book_of(*rows, head=head))
        target = table_import.commitments_target(ann, contract_id)
        state = replace(table_import.begin(ann, target, table_import.open_table_file(path)), **facts)
        return target, state

    return shown


def view_of(workspace, target, state, **choices):
    return table_import.look(workspace, target, replace(state, choices={**state.choices, **choices}))


def test_a_file_stands_beside_what_is_held_and_replaces_it(ann, show):
    begun = begin(ann, promise("V01", "500", "500"), promise("S08", "40", "40"), promise("V04", "10", "10"))
    target, state = show(
        begun.id, ["V01", "Cash", 500, 500, "We give it in May"], ["S08", "Weeks", 40, 50, "We give it in May"],
        ["J11", "Living wage", 2, 2, "Cleaners"],
    )  # fmt: skip
    view = table_import.look(ann, target, state)
    assert [(line.code, line.group) for line in view.lines] == [
        ("V01", LineGroup.SAME), ("S08", LineGroup.CHANGED), ("J11", LineGroup.NEW), ("V04", LineGroup.NO_LONGER)
    ]  # fmt: skip
    assert view.to_decide == ()
    changed = view.lines[1]
    assert [(cell.label, cell.was, cell.offered, cell.is_other) for cell in changed.cells] == [
        ("2026/27", "40", "40", False), ("2027/28", "40", "50", True)
    ]  # fmt: skip
    assert changed.row == "row 3"
    assert [row.label for row in view.figures.rows] == [
        "Same as now, 1", "Changed, 1", "New, 1", "No longer offered, 1", "Together, 4"
    ]  # fmt: skip
    done = table_import.bring_in(ann, target, state, NoProgress())
    assert done.result == 2
    kept = {line.record.measure: line.record.quantities for line in opened(ann, begun.id).commitments}
    assert kept["S08"] == (Decimal(40), Decimal(50))
    assert set(kept) == {"V01", "S08", "V04", "J11"}
    assert view.figures.headline == f"£{figures(ann, begun.id)[0]:,.2f}"
    edits.undo(ann, done.edit)
    assert quantities(ann, begun.id) == [line.record.quantities for line in begun.lines]


def test_rows_for_each_year_replace_the_line_that_is_held(ann, show):
    begun = begin(ann, promise("S08", "40", "40"))
    rows = [["S08", "Year 1", 40, "We give it in May"], ["S08", "Year 2", 50, ""]]
    target, state = show(begun.id, *rows, head=["Code", "Year", "Quantity", "Statement"])
    view = table_import.look(ann, target, state)
    assert [(line.code, line.group, line.row) for line in view.lines] == [("S08", LineGroup.CHANGED, "row 2 and row 3")]
    assert view.to_decide == ()
    table_import.bring_in(ann, target, state, NoProgress())
    assert quantities(ann, begun.id) == [(Decimal(40), Decimal(50))]


def test_two_tables_of_a_sheet_stand_in_two_tabs_and_come_in_together(ann, show):
    begun = begin(ann, promise("S08", "40", "40"))
    target, state = show(
        begun.id, ["S08", 40, 50, "", "V01", 5, 6], head=["Code", "Year 1", "Year 2", "", "Code", "Year 1", "Year 2"]
    )
    view = table_import.look(ann, target, state)
    assert [sheet.name for sheet in view.state.labels] == ["Sheet1", "Sheet1, columns E to G"]
    assert [line.row for line in view.lines] == ["Sheet1, row 2", "Sheet1, columns E to G, row 2"]
    again = table_import.guess_again(target, view.state.table)
    assert [sheet.name for sheet in again.labels] == ["Sheet1", "Sheet1, columns E to G"]
    table_import.bring_in(ann, target, state, NoProgress())
    assert {line.record.measure for line in opened(ann, begun.id).commitments} == {"S08", "V01"}


def test_a_number_with_words_beside_it_comes_in_only_with_an_answer(ann, show):
    begun = begin(ann)
    target, state = show(begun.id, ["S08", "Weeks", "12 (est.)", 40, "We give it in May"])
    view = table_import.look(ann, target, state)
    assert [(one.words, one.row) for one in view.to_decide] == [("S08: “12 (est.)” is read as 12", 2)]
    with pytest.raises(TomsError):
        table_import.bring_in(ann, target, state, NoProgress())
    answered = replace(state, choices={view.to_decide[0].key: "They confirmed it by e-mail"})
    table_import.bring_in(ann, target, answered, NoProgress())
    kept = {line.record.measure: line.record.quantities for line in opened(ann, begun.id).commitments}
    assert kept["S08"] == (Decimal(12), Decimal(40))


def test_rows_of_noughts_bring_nothing_unless_the_contract_holds_them(ann, show):
    begun = begin(ann, promise("V01", "500", "500"))
    rows = [["S08", "", 0, 0, ""], ["J11", "", 2, 2, "Cleaners"], ["V01", "", 0, 0, ""], ["V02", "", 0, "", "We may"],
            *[["S09", "", 0, 0, ""]] * 3]  # fmt: skip
    target, state = show(begun.id, *rows)
    view = table_import.look(ann, target, state)
    assert [(line.code, line.group) for line in view.lines] == [
        ("J11", LineGroup.NEW), ("V01", LineGroup.CHANGED), ("V02", LineGroup.NEW)
    ]  # fmt: skip
    said = "row 2 of Sheet1, row 6 of Sheet1, row 7 of Sheet1 and 1 more"
    assert [one.message for one in view.problems] == [f"Nothing is promised where 0 stands in every year: {said}"]
    table_import.bring_in(ann, target, state, NoProgress())
    kept = {line.record.measure: line.record.quantities for line in opened(ann, begun.id).commitments}
    assert kept == {
        "V01": (Decimal(0), Decimal(0)), "J11": (Decimal(2), Decimal(2)), "V02": (Decimal(0), None)
    }  # fmt: skip


def test_the_same_file_twice_changes_nothing(ann, show):
    begun = begin(ann, promise("V01", "500", "500"))
    rows = ["J11", "Living wage", 2, 2, "Cleaners"], ["V01", "", 500, 500, "We give it in May"]
    target, state = show(begun.id, *rows)
    table_import.bring_in(ann, target, state, NoProgress())
    target, state = show(begun.id, *rows)
    done = table_import.bring_in(ann, target, state, NoProgress())
    assert (done.result, done.edit) == (0, None)
    assert len(opened(ann, begun.id).commitments) == 2


def test_a_line_is_kept_left_out_or_ended_as_it_was_chosen(ann, show):
    begun = begin(ann, promise("V01", "500", "500"), promise("V04", "10", "10"))
    target, state = show(begun.id, ["V01", "", 600, 600, "We give it in May"], ["J11", "", 2, 2, "Cleaners"])
    ended = f"held:{begun.lines[1].id}"
    state = replace(state, choices={"Sheet1!2": "keep", "Sheet1!3": "leave", ended: "end"})
    view = table_import.look(ann, target, state)
    assert view.lines[0].after_value == view.lines[0].was_value
    assert (view.figures.headline, view.figures.headline_words) == ("£1,000.00", "Social value with your choices")
    done = table_import.bring_in(ann, target, state, NoProgress())
    assert [line.record.measure for line in opened(ann, begun.id).commitments] == ["V01"]
    assert quantities(ann, begun.id) == [(Decimal(500), Decimal(500))]
    edits.undo(ann, done.edit)
    assert len(opened(ann, begun.id).commitments) == 2


def test_what_the_file_has_no_column_for_stays_as_it_was(ann, show):
    line = promise("S08", "40", "40", contract_share=Decimal("0.25"), place="outside", cost=Decimal(5))
    begun = begin(ann, line)
    target, state = show(begun.id, ["S08", 40, 50], head=["Code", "FY26/27", "FY27/28"])
    table_import.bring_in(ann, target, state, NoProgress())
    kept = opened(ann, begun.id).commitments[0].record
    assert replace(kept, key="", quantities=line.quantities) == line
    assert kept.quantities == (Decimal(40), Decimal(50))


def test_lines_come_in_beside_only_when_somebody_says_so(ann, show):
    begun = begin(ann, promise("V01", "500", "500"))
    target, state = show(begun.id, ["V01", "", 500, 500, "Again"], is_beside=True)
    view = table_import.look(ann, target, state)
    assert view.figures.headline == "£2,000.00"
    assert [row.label for row in view.figures.rows] == ["New, 1", "Stays beside, 1", "Together, 1"]
    table_import.bring_in(ann, target, state, NoProgress())
    assert len(opened(ann, begun.id).commitments) == 2


def test_a_line_that_comes_in_beside_itself_has_a_warning(ann, show, tmp_path):
    begun = begin(ann, promise("V01", "500", "500"), promise("S08", "40", "40"))
    rows = ["V01", "", 500, 500, "We give it in May"], ["V01", "", 500, 500, "Another gift"], ["J11", "", 1, 1, "All"]

    def told(target, state):
        return [
            (line.code, line.row)
            for line in table_import.look(ann, target, state).lines
            for problem in line.problems
            if problem.code == "line-held-already"
        ]

    target, state = show(begun.id, *rows, is_beside=True)
    assert told(target, state) == [("V01", "row 2")]
    assert told(target, replace(state, is_beside=False)) == []
    path = template.make_template(ann, begun.id, ["J11"], tmp_path / "own", MADE, with_commitments=True)
    book = load_workbook(path)
    book["Commitments"]["E8"] = 41
    book.save(path)
    state = table_import.begin(ann, target, table_import.open_table_file(path))
    assert told(target, replace(state, is_beside=True)) == [("S08", "row 8"), ("V01", "row 9")]


def test_an_error_keeps_a_line_out_and_says_what_to_do(ann, show):
    begun = begin(ann, promise("V01", "500", "500"))
    target, state = show(begun.id, ["V01", "", "lots", 500, "We give it in May"], ["X99", "", 2, 2, "?"])
    view = table_import.look(ann, target, state)
    assert [line.options[0].key for line in view.lines] == ["keep", "leave"]
    assert view.lines[0].problems[0].message == "“lots”: Use numbers only, for example 4200000.00"
    assert [cell.offered for cell in view.lines[0].cells[:2]] == ["not read", "£500.00"]
    assert view.figures.to_change == 0
    assert table_import.bring_in(ann, target, state, NoProgress()).result == 0


def test_what_an_error_keeps_out_counts_in_no_figure_of_what_is_offered(ann, show):
    begun = begin(ann, promise("V01", "500", "500"), promise("S08", "40", "40"))
    bad = ["V01", "Cash", "20 or more, or 30", 700, "We give it in May"], ["J11", "Living wage", -4, 2, "Cleaners"]
    target, state = show(begun.id, *bad, ["S08", "Weeks", 40, 50, "We give it in May"])
    found = table_import.look(ann, target, state).figures
    rows = {row.label: (row.was, row.offered) for row in found.rows}
    assert list(rows) == ["Changed, 1", "Kept out by an error, 2", "Together, 3"]
    assert rows["Kept out by an error, 2"] == ("£1,000.00", "£1,000.00")
    assert rows["Together, 3"] == (found.now, found.headline)


def test_one_unread_number_for_the_whole_contract_is_shown_as_nought_in_no_year(ann, show):
    begun = begin(ann, promise("V01", "500", "500"))
    rows = ["J11", "5 or 6", "Cleaners"], ["V01", 4, "Cash"], ["V04", 3, "Hours"]
    target, state = show(begun.id, *rows, head=["Code", "Quantity", "Statement"])
    view = view_of(ann, target, state, whole_contract="evenly")
    assert [[cell.offered for cell in line.cells[:2]] for line in view.lines[:1]] == [["not read", "not read"]]


def test_the_column_that_was_chosen_for_a_year_is_the_one_that_comes_in(ann, show):
    begun = begin(ann, promise("V01", "500", "500"))
    head = ["Code", "Year 1", "Year 2", "Year 1 (revised)", "Statement"]
    target, state = show(begun.id, ["V01", 500, 500, 700, "We give it in May"], head=head)
    (asked,) = table_import.look(ann, target, state).to_decide
    assert asked.words == "2026/27 stands in columns B and D"
    chosen = replace(state, choices={asked.key: "D"})
    view = table_import.look(ann, target, chosen)
    assert view.state.labels.sheet("Sheet1").columns[3] == "year-0"
    assert table_import.look(ann, target, replace(view.state, choices={asked.key: "B"})).figures.to_change == 0
    assert table_import.bring_in(ann, target, chosen, NoProgress()).result == 1
    assert quantities(ann, begun.id) == [(700, 500)]


def test_what_is_to_decide_stops_the_import_and_is_kept_in_the_history(ann, show):
    begun = begin(ann, promise("V01", "500", "500"))
    target, state = show(begun.id, ["J11", 5, "Cleaners"], head=["Code", "Quantity", "Statement"])
    view = table_import.look(ann, target, state)
    assert [one.words for one in view.to_decide] == ["Column B has one number for the whole contract"]
    with pytest.raises(TomsError, match="one number"):
        table_import.bring_in(ann, target, state, NoProgress())
    state = replace(state, choices={view.left_out[0].key: "evenly"})
    table_import.bring_in(ann, target, state, NoProgress())
    assert quantities(ann, begun.id)[1] == (Decimal("2.5"), Decimal("2.5"))
    assert "Evenly" in history.contract_history(ann, begun.id)[0].what


def test_people_that_may_be_the_same_are_asked_about_and_the_answer_goes_to_the_contract(ann, show):
    begun = begin(ann, promise("V01", "500", "500"))
    target, state = show(begun.id, ["J01", "", 1, 1, "Through the job centre"])
    view = table_import.look(ann, target, state)
    question = view.to_decide[0]
    assert (question.step, question.line) == (2, "Sheet1!2")
    state = replace(state, choices={question.key: "different: each of them has a contract of their own"})
    done = table_import.bring_in(ann, target, state, NoProgress())
    assert {answer.text for answer in opened(ann, begun.id).answers.values()} == {
        "each of them has a contract of their own"
    }
    edits.undo(ann, done.edit)
    assert opened(ann, begun.id).answers == {}


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("They are different people, with contracts of their own", AnswerChoice.DIFFERENT),
        ("different", AnswerChoice.DIFFERENT),
        ("The same: one post for two years", AnswerChoice.RIGHT),
        ("Same people in both years", AnswerChoice.SAME),
    ],
)
def test_an_answer_in_words_is_a_choice(ann, show, text, choice):
    begun = begin(ann, promise("V01", "500", "500"))
    target, state = show(begun.id, ["J01", "", 1, 1, "Through the job centre"])
    key = table_import.look(ann, target, state).to_decide[0].key
    table_import.bring_in(ann, target, replace(state, choices={key: text}), NoProgress())
    (answer,) = opened(ann, begun.id).answers.values()
    assert answer.choice is choice
    assert answer.text


def test_somebody_else_changed_a_line_meanwhile(ann, bob, show):
    begun = begin(ann, promise("V01", "500", "500"))
    target, state = show(begun.id, ["V01", "", 600, 600, "We give it in May"])
    table_import.look(ann, target, state)
    other, theirs = show(begun.id, ["V01", "", 700, 700, "We give it in May"])
    table_import.bring_in(bob, other, theirs, NoProgress())
    with pytest.raises(EditConflict):
        table_import.bring_in(ann, target, state, NoProgress())
    assert table_import.look(ann, target, state).lines[0].cells[0].was == "£700.00"


def test_a_signed_contract_takes_no_file(ann, show):
    begun = begin(ann, promise("V01", "200000", "200000"))
    sign(ann, begun.id)
    target, state = show(begun.id, ["V01", "", 600, 600, "We give it in May"])
    view = table_import.look(ann, target, state)
    assert "is signed" in view.problems[0].message
    with pytest.raises(StoreError, match="is signed"):
        table_import.bring_in(ann, target, state, NoProgress())


def test_labels_are_remembered_for_the_sender_and_the_head(ann, show):
    begun = begin(ann, promise("V01", "500", "500"))
    head = ["Ref", "Pounds early", "Pounds late"]
    target, state = show(begun.id, ["V01", 600, 700], head=head)
    assert state.labels_from == table_import.A_GUESS
    uses = {use.key: use for use in target.uses}
    labels = state.labels.with_column("Sheet1", 1, uses["year-0"]).with_column("Sheet1", 2, uses["year-1"])
    table_import.bring_in(ann, target, replace(state, labels=labels), NoProgress())
    assert quantities(ann, begun.id) == [(Decimal(600), Decimal(700))]
    again, state = show(begun.id, ["V04", 1, 2], ["V01", 600, 800], head=head)
    assert state.labels_from.startswith("Labels as in their file of ")
    view = table_import.look(ann, again, state)
    assert [line.code for line in view.lines] == ["V04", "V01"]
    assert table_import.guess_again(again, state.table).labels.sheet("Sheet1").columns == {0: "code"}


def test_the_programs_own_workbook_comes_back_as_the_same_lines(ann, tmp_path):
    begun = begin(
        ann, promise("V01", "500", "500"), promise("S08", "40", "40", contract_share=Decimal("0.25")),
        promise("S08", "5", "5", place="outside", cost=Decimal(7)),
    )  # fmt: skip
    path = template.make_template(ann, begun.id, ["J11"], tmp_path / "own", MADE, with_commitments=True)
    target = table_import.commitments_target(ann, begun.id)
    state = table_import.begin(ann, target, table_import.open_table_file(path))
    view = table_import.look(ann, target, state)
    assert [line.group for line in view.lines] == [LineGroup.SAME] * 3
    assert (view.to_decide, view.problems) == ((), ())
    assert [sheet.name for sheet in view.state.labels if sheet.is_read] == ["Commitments"]
    assert table_import.bring_in(ann, target, state, NoProgress()).edit is None


def test_a_table_can_be_pasted(ann):
    begun = begin(ann, promise("V01", "500", "500"))
    target = table_import.commitments_target(ann, begun.id)
    pasted = table_import.open_pasted("Code\tYear 1\tYear 2\r\nV01\t600\t700\r\n")
    state = table_import.begin(ann, target, pasted)
    assert table_import.bring_in(ann, target, state, NoProgress()).result == 1
    assert quantities(ann, begun.id) == [(Decimal(600), Decimal(700))]


def test_a_calculator_of_a_county_comes_in_as_it_is(ann, tmp_path):
    begun = begin(ann, promise("V01", "500", "500"))
    path = tmp_path / "calculator.xlsx"
    path.write_bytes(county_calculator())
    target = table_import.commitments_target(ann, begun.id)
    state = table_import.begin(ann, target, table_import.open_table_file(path))
    view = table_import.look(ann, target, state)
    assert [(line.code, line.row) for line in view.lines] == [
        ("J01", "Jobs, row 5"), ("J11", "Jobs, row 6"), ("V01", "Growth, row 5"), ("V06", "Growth, row 6"),
        ("S08", "Social, row 5"), ("S09", "Social, row 6"),
    ]  # fmt: skip
    choices = {one.key: "evenly" for one in view.left_out if not one.guess}
    choices |= {one.key: "different: each has a contract of their own" for one in view.to_decide if one.step == 2}
    done = table_import.bring_in(ann, target, replace(state, choices=choices), NoProgress())
    assert done.result == 5
    assert quantities(ann, begun.id)[0] == (Decimal(7500), Decimal(7500))
    assert [row.label for row in view.figures.own_total] == [
        "It shows, in cells G7 of Jobs, G7 of Growth and G7 of Social", "Read here", "Difference"
    ]  # fmt: skip
    assert [row.label for row in view.figures.own_parts] == [
        "J11: its unit value is £5,050.50, and the menu’s is £4,075.50"
    ]


def test_a_struck_out_row_says_where_the_line_went_that_is_no_longer_offered(ann, tmp_path):
    begun = begin(ann, promise("V01", "5", "5"), promise("V04", "10", "10"))
    path = tmp_path / "offer.xlsx"

    def struck(book, made):
        made["Offer"].write_row(2, 0, ["V04", 10, 10], book.add_format({"font_strikeout": True}))

    path.write_bytes(book_of_sheets({"Offer": [["Code", "Year 1", "Year 2"], ["V01", 5, 5], ["V04", 10, 10]]}, struck))
    target = table_import.commitments_target(ann, begun.id)
    view = table_import.look(ann, target, table_import.begin(ann, target, table_import.open_table_file(path)))
    gone = view.lines[1]
    assert (gone.group, gone.row, gone.guess) == (LineGroup.NO_LONGER, "row 3, struck out", "")
    assert gone.after_value == gone.was_value
    assert view.figures.headline_words == "Social value with your choices"
    assert view.figures.accepted == "£10.00"


def test_labels_of_one_database_are_not_shown_in_another_of_the_same_council(ann, show, tmp_path):
    begun = begin(ann, promise("V01", "500", "500"))
    head = ["Ref", "Pounds early", "Pounds late"]
    target, state = show(begun.id, ["V01", 600, 700], head=head)
    uses = {use.key: use for use in target.uses}
    labels = state.labels.with_column("Sheet1", 1, uses["year-0"]).with_column("Sheet1", 2, uses["year-1"])
    table_import.bring_in(ann, target, replace(state, labels=labels), NoProgress())
    other = databases.make_database(tmp_path / "other.db", ann.catalogue, "Ann", ann.settings.council_name)
    same = begin(other, promise("V01", "500", "500"))
    target = table_import.commitments_target(other, same.id)
    state = table_import.begin(other, target, table_import.open_table_file(tmp_path / "offer.xlsx"))
    assert state.labels_from == table_import.A_GUESS
    other.close()


def test_the_programs_own_workbook_comes_back_to_the_lines_that_it_names(ann, tmp_path):
    """Two lines of one measure swap their wards, and a third promise of it stands in a row at the end."""
    begun = begin(
        ann, promise("V01", "500", "500"), promise("V01", "40", "40", place="E05013636"), promise("S08", "40", "40")
    )
    path = template.make_template(ann, begun.id, ["V04"], tmp_path / "made.xlsx", MADE, with_commitments=True)
    book = load_workbook(path)
    sheet = book["Commitments"]
    column = {cell.value: cell.column for cell in sheet[6]}
    rows = {row: sheet.cell(row, 1).value for row in range(7, sheet.max_row + 1)}
    first, second = (row for row, code in rows.items() if code == "V01")
    total = next(row for row in rows if sheet.cell(row, 2).value == "All commitments")
    ward, quantity = column["Fill in: ward"], column["Fill in: quantity 2026/27"]
    one, other = sheet.cell(first, ward).value, sheet.cell(second, ward).value
    sheet.cell(first, ward).value, sheet.cell(second, ward).value = other, one
    sheet.cell(total - 1, 1).value, sheet.cell(total - 1, quantity).value = "V01", 7
    book.save(path)

    target = table_import.commitments_target(ann, begun.id)
    state = table_import.begin(ann, target, table_import.open_table_file(path))
    view = table_import.look(ann, target, state)
    assert [(line.code, line.group) for line in view.lines] == [
        ("S08", LineGroup.SAME), ("V01", LineGroup.CHANGED), ("V01", LineGroup.CHANGED), ("V01", LineGroup.NEW),
    ]  # fmt: skip
    assert [item.title for item in view.left_out] == []
    table_import.bring_in(ann, target, state, NoProgress())
    kept = {line.id: (line.record.place, line.record.quantities[0]) for line in opened(ann, begun.id).commitments}
    assert [kept[line.id] for line in begun.lines[:2]] == [("E05013636", Decimal(500)), ("", Decimal(40))]
    assert len(kept) == 4


def test_a_workbook_of_another_contract_is_matched_by_its_codes(ann, tmp_path):
    begun = begin(ann, promise("V01", "500", "500"))
    other = begin(ann, promise("V01", "40", "40", place="E05013636"), reference="C2")
    path = template.make_template(ann, other.id, [], tmp_path / "made.xlsx", MADE, with_commitments=True)
    target = table_import.commitments_target(ann, begun.id)
    view = table_import.look(ann, target, table_import.begin(ann, target, table_import.open_table_file(path)))
    assert [(line.code, line.group) for line in view.lines] == [("V01", LineGroup.CHANGED)]


def test_a_year_that_the_file_has_no_column_for_is_blank_and_said(ann, show):
    """The contract ends on the anniversary, so that it has a third year of one day, and the offer is for two."""
    begun = begin(ann, promise("V01", "1", "1", "0"), end_on=date(2028, 4, 1))
    target, state = show(begun.id, ["S08", "Weeks", 40, 40, "With the college"])
    view = table_import.look(ann, target, state)
    told = "There is no column for 2028/29: nothing is promised in it"
    assert told in [problem.message for problem in view.problems]
    assert not has_errors(problem for line in view.lines for problem in line.problems)
    table_import.bring_in(ann, target, state, NoProgress())
    kept = {line.record.measure: line.record.quantities for line in opened(ann, begun.id).commitments}
    assert kept["S08"] == (Decimal(40), Decimal(40), None)


def test_a_line_that_was_changed_since_the_workbook_was_made_is_said(ann, tmp_path):
    begun = begin(ann, promise("V01", "500", "500"), promise("S08", "40", "40"))
    path = template.make_template(ann, begun.id, [], tmp_path / "made.xlsx", MADE, with_commitments=True)
    target = table_import.commitments_target(ann, begun.id)
    opened_table = table_import.open_table_file(path)

    def said():
        view = table_import.look(ann, target, table_import.begin(ann, target, opened_table))
        return [(line.code, problem.code) for line in view.lines for problem in line.problems]

    assert said() == []
    line = begun.lines[0]
    commitments.save_commitment(
        ann, begun.id, line, replace(line.record, quantities=(Decimal(600), Decimal(500))), "Change V01"
    )
    assert said() == [("V01", "line-changed-since")]
    line = opened(ann, begun.id).commitments[0]
    commitments.save_commitment(
        ann, begun.id, line, replace(line.record, quantities=(Decimal(500), Decimal(500))), "Change V01"
    )
    assert said() == []
