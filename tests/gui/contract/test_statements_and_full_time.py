"""Statements under their lines, full-time years out of people and hours, and what is copied with a title."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtGui import QGuiApplication

from tests.gui.contract.conftest import line
from tomsapp.gui.contract.full_time_dialog import FullTimeDialog
from tomsapp.gui.contract.grid_model import FIRST_YEAR
from tomsapp.gui.contract.paste import read_block
from tomsapp.gui.contract.problem_rows import Verb


def test_statements_are_read_under_their_lines_and_changed_from_there(desk):
    d = desk(
        lines=(line("S08", 40, 40, 40, statement="Two schools,\nfour weeks each."), line("V01", 1, 1, 1, statement=""))
    )
    assert "Two schools, four weeks each." not in d.sentences()
    d.page.statements.trigger()
    row = next(row for row in d.model.rows if getattr(row, "sentence", "") == "Two schools, four weeks each.")
    assert d.model.rows.index(row) == d.row("S08") + 1
    assert [action.verb for action in row.actions] == [Verb.GO_TO_DETAILS]
    d.page.problems.do(row, row.actions[0])
    assert d.page.forms.details.fields.field("statement").control.toPlainText().startswith("Two schools")
    d.page.statements.trigger()
    assert "Two schools, four weeks each." not in d.sentences()


def full_time(desk):
    d = desk(lines=(line("J11", None, None, None), line("S08", 40, 40, 40)))
    d.cell("J11", 1)
    d.page.forms.show_details(d.saved("J11").key, "")
    assert not d.page.forms.details.full_time.isHidden()
    d.page.forms.details.full_time.click()
    return d, d.page.window().findChildren(FullTimeDialog)[-1]


def put(field, text):
    field.set_text(text)
    field.edited.emit()


def test_full_time_years_are_worked_out_into_the_year_of_the_cursor(desk):
    d, dialog = full_time(desk)
    put(dialog.people, "5")
    assert dialog.sum.text() == "Enter three numbers to see the sum."
    dialog._on_enter()
    assert dialog.hours.error == "Enter a number"
    put(dialog.hours, "20")
    assert dialog.sum.text() == "5 × 20 hours × 52 weeks ÷ 1,950 hours = 2.67 full-time years"
    dialog._on_enter()
    assert d.saved("J11").quantities == (None, Decimal("2.67"), None)


def test_full_time_years_can_be_entered_in_every_year(desk):
    d, dialog = full_time(desk)
    for field, text in ((dialog.people, "10"), (dialog.hours, "37.5")):
        put(field, text)
    dialog.year.set_value(-1)
    dialog._on_enter()
    assert d.saved("J11").quantities == (Decimal("10.00"),) * 3


def test_only_full_time_years_are_worked_out(desk):
    d = desk(lines=(line("S08", 40, 40, 40),))
    d.page.forms.show_details(d.saved("S08").key, "")
    assert d.page.forms.details.full_time.isHidden()


def test_a_copied_title_brings_its_code_and_its_unit_and_the_block_can_be_pasted(desk):
    d = desk(lines=(line("S08", 40, 41, 42), line("J11", 5, 5, 5)))
    d.table.selectAll()
    d.table.copy_block()
    head, *rows = [row.split("\t") for row in QGuiApplication.clipboard().text().split("\n")]
    assert head[:4] == ["Code", "Commitment", "Unit", "Unit value"]
    assert [(row[0], row[2]) for row in rows] == [("J11", "full-time year"), ("S08", "week")]
    d.table.clearSelection()
    d.cell("S08", 0)
    d.table.copy_block()
    assert QGuiApplication.clipboard().text() == "40"
    block = read_block("2026/27\t2027/28\n7\t8", d.model, d.row("J11"), FIRST_YEAR)
    assert list(block.quantities.values()) == [Decimal(7), Decimal(8)]
