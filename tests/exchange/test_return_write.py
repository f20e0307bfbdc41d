"""The workbook of a return: what stands in it, what may be typed, and that text of users is never a formula."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.exchange.examples import CONTRACT, promise
from tests.exchange.returns import LINES, PROPERTIES, Q1, Q2, claim, form_of
from tomsapp.domain.commitment import WHOLE_AREA
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.domain.delivery.people import DeliveryPerson, PersonKind
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.exchange.return_form import called
from tomsapp.exchange.return_layout import Head
from tomsapp.exchange.return_write import write_return


def written(form, properties=PROPERTIES):
    return openpyxl.load_workbook(io.BytesIO(write_return(form, properties)))


def texts(sheet):
    return " ".join(str(cell.value) for row in sheet for cell in row if cell.value is not None)


def heads(form):
    return [column.title for column in form.columns]


def test_lines_of_one_measure_are_told_apart():
    assert called(["J01", "S08", "S08"]) == ["J01", "S08 (1)", "S08 (2)"]
    form = form_of()
    sheet = written(form)["Return"]
    assert [sheet.cell(row + 1, 1).value for row in form.rows] == ["J01", "J11", "S08 (1)", "S08 (2)", "S30", "V01"]


def test_it_is_filled_in_with_plan_and_what_was_returned_before():
    form = form_of(claim("3", Q1, "9"), claim("3", Q2, "4.5", "3", note="Two schools"), quarter=Q2)
    sheet = written(form)["Return"]
    row = form.rows[2]

    def shown(role):
        return sheet[form.cell(role, row)].value

    assert (shown(Head.PLANNED), shown(Head.BEFORE_YEAR)) == (10, 9)
    assert (shown(Head.CLAIMED), shown(Head.EVIDENCED), shown(Head.NOTE)) == (4.5, 3, "Two schools")
    assert shown(Head.SO_FAR) == "4.5 returned on 5 October 2026"
    assert (shown(Head.LINE), shown(Head.SEEN)) == ("9/3.1", "71.3")
    assert shown(Head.UNIT) == "weeks"
    assert sheet[form.cell(Head.SEEN, form.rows[0])].value in {None, ""}
    assert not sheet[form.cell(Head.CLAIMED, row)].protection.locked
    assert sheet[form.cell(Head.VALUE_CLAIMED, row)].protection.locked
    assert sheet.column_dimensions[form.cell(Head.LINE, 0)[:-1]].hidden


def test_columns_come_where_something_stands_in_them():
    plain = (promise("1", "S08", "40", "40"),)
    first = heads(form_of(lines=plain, quarter=Q1))
    assert [word for word in first if word.startswith(("Where", "This quarter", "Contract share"))] == []
    assert not [word for word in first if "people" in word]
    assert "Returned before, all years" not in first
    later = heads(form_of(claim("1", Quarter(1, 1), "1"), lines=plain, quarter=Quarter(1, 1)))
    assert {"Returned before, all years", "This quarter so far", "Planned, Q1 Apr to Jun"} <= {*later}
    assert {"Where", "Contract share", "Fill in: people transferred (TUPE)"} <= {*heads(form_of())}
    outside = replace(form_of(), area=None)
    assert outside.place_name(outside.lines[1]) == "E05000001"
    assert outside.place_name(outside.lines[0]) == WHOLE_AREA


def test_what_was_decided_is_locked_and_said():
    form = form_of(
        claim("1", Q2, "2", "2", accepted=Decimal(1), rejected=Decimal(1)),
        claim("3", Q2, "9", state=DeliveryState.WITHDRAWN),
        claim("4", Q2, "9", accepted=Decimal(4)),
    )
    sheet = written(form)["Return"]
    said = [sheet[form.cell(Head.SO_FAR, form.rows[place])].value for place in (0, 2, 3, 4)]
    assert said == [
        "1 accepted, 1 rejected. It stays so",
        "Withdrawn. It stays so",
        "9 returned on 5 October 2026, 4 accepted",
        "",
    ]
    assert not sheet[form.cell(Head.CLAIMED, form.rows[3])].protection.locked
    for role in (Head.CLAIMED, Head.NOTE, Head.NEW):
        assert sheet[form.cell(role, form.rows[0])].protection.locked


def test_measures_without_a_value_say_so():
    form = form_of(lines=(promise("1", "S30", "1", "1"), promise("2", "G01", "5", "5")))
    sheet = written(form)["Return"]
    assert sheet[form.cell(Head.UNIT_VALUE, form.rows[0])].value == "Counted, not valued"
    assert sheet[form.cell(Head.UNIT, form.rows[0])].value == "1 for yes, 0 for no"
    assert sheet[form.cell(Head.VALUE_CLAIMED, form.rows[0])].value is None
    late = replace(CONTRACT, start_on=date(2035, 4, 1), end_on=date(2037, 3, 31))
    form = form_of(lines=(promise("2", "G01", "5", "5"),), contract=late)
    assert written(form)["Return"][form.cell(Head.UNIT_VALUE, form.rows[0])].value == "No value in this year"


def test_people_are_asked_for_by_number_and_never_by_name():
    person = DeliveryPerson("P-001", date(2026, 7, 1), None, PersonKind.TRANSFERRED)
    ended = DeliveryPerson("P-002", None, date(2026, 9, 1))
    form = form_of(claim("1", Q2, "2", new=Decimal(1)), people={"1": (person, ended)})
    book = written(form)
    sheet = book["People"]
    assert "Never enter a name here" in texts(sheet)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8, max_row=9)]
    assert [row[:3] for row in rows] == [["J01", "P-001", "Transferred (TUPE)"], ["J01", "P-002", "New"]]
    assert (rows[0][3].date(), rows[0][4], rows[1][4].date()) == (date(2026, 7, 1), None, date(2026, 9, 1))
    assert "Never enter a name" in texts(book["Read me"])
    without = written(form_of(lines=(promise("1", "S08", "40", "40"),)))
    assert "People" not in without.sheetnames
    assert "name" not in texts(without["Read me"]).replace("names", "")


def test_hidden_sheet_says_what_it_is_of():
    form = form_of(plan_version=2, variations=1)
    sheet = written(form)["tomsapp"]
    assert sheet.sheet_state == "veryHidden"
    told = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2) if row[0].value}
    assert told == {
        "format": "tomsapp-return-1", "database": "ab" * 32, "contract": CONTRACT.reference, "contract_id": "9",
        "year": "1", "quarter": "2", "start": "2026-04-01", "end": CONTRACT.end_on.isoformat(), "menu": "example",
        "edition": "2026.1", "sha256": "ab" * 32, "plan": "2", "variations": "1", "made": "2026-10-01",
        "people": "yes",
    }  # fmt: skip
    assert [cell.value for cell in sheet[2][3:7]] == ["9/1.1", "J01", "fte_jobs", "J01"]
    assert "by version 2 of the delivery plan and after variation 1" in texts(written(form)["Read me"])


def test_the_day_of_an_earlier_return_is_filled_in():
    assert written(form_of())["Confirm"]["B5"].value is None
    assert written(form_of(claim("1", Q2, "2")))["Confirm"]["B5"].value.date() == date(2026, 10, 5)


@pytest.mark.parametrize("text", ["=1+1", "+HYPERLINK(1)", "@SUM(1)", "-2", "\t=1"])
def test_text_of_users_is_never_a_formula(text):
    contract = replace(CONTRACT, title=text, reference=text, supplier=text)
    form = form_of(claim("3", Q2, "4", note=text), contract=contract, references={"3": (text,)})
    book = written(form)
    row = form.rows[2]
    for cell in (book["Return"][form.cell(Head.NOTE, row)], book["Return"][form.cell(Head.EVIDENCE, row)]):
        assert (cell.data_type, cell.value) == ("s", text)
    formulas = [cell.value for sheet in book for cells in sheet for cell in cells if cell.data_type == "f"]
    assert formulas
    assert not [formula for formula in formulas if text[1:] and formula == text]


def test_an_example_says_so_on_each_sheet_that_is_seen():
    book = written(form_of(), replace(PROPERTIES, is_example=True))
    for name in ("Read me", "Return", "People", "Confirm", "Guidance"):
        assert "An example council. It is not real." in texts(book[name]), name
    assert book.active.title == "Read me"


def test_a_supplier_without_a_name_is_left_out():
    assert "Supplier:" not in texts(written(form_of(contract=replace(CONTRACT, supplier="")))["Read me"])
    named = replace(CONTRACT, supplier="Bridge Works")
    assert "Supplier: Bridge Works" in texts(written(form_of(contract=named))["Read me"])
    assert len(LINES) == len(form_of().lines)


def test_real_pounds_are_told_apart():
    assert "real pounds" in texts(written(form_of())["Read me"])
    assert "real pounds" not in texts(written(form_of(lines=LINES[:4]))["Read me"])
