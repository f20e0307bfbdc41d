"""Line details: place, share, statement, cost and the promise per pound; drafts are kept."""

from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.contract.conftest import a_contract, line
from tomsapp.domain.commitment import OUTSIDE_AREA, Rate
from tomsapp.domain.contract import ContractKind
from tomsapp.gui.contract.line_conflict import line_fields
from tomsapp.services import commitments, contracts, databases


def open_details(desk, measure):
    desk.cell(measure, 0)
    QTest.keyClick(desk.table, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    return desk.page.forms.details


def test_forms_of_the_panel_are_made_when_they_are_first_opened(desk):
    d = desk()
    d.page.editor.reload()
    assert {"details", "answers"}.isdisjoint(vars(d.page.forms))
    form = open_details(d, "S08")
    assert d.page.forms.panel._stack.currentWidget() is form
    assert "answers" not in vars(d.page.forms)


def test_all_details_are_saved_and_shown(desk):
    d = desk()
    form = open_details(d, "S08")
    ward = d.page.editor.opened.area.wards[3]
    form.fields.place.set_value(ward.code)
    form.fields.field("contract_share").set_text("33.3333%")
    form.fields.field("statement").set_text("With two schools")
    form.fields.field("cost").set_text("£1,200.50")
    form.save()
    saved = d.saved("S08")
    assert (saved.place, saved.contract_share) == (ward.code, Decimal("0.333333"))
    assert (saved.statement, saved.cost) == ("With two schools", Decimal("1200.50"))
    assert ward.name in d.model.index(d.row("S08"), 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert d.shown("S08", d.model.share_column) == "33.3333%"


def test_what_cannot_be_is_said_and_nothing_saved(desk):
    d = desk()
    form = open_details(d, "S08")
    form.fields.field("contract_share").set_text("120%")
    form.fields.field("cost").set_text("lots")
    form.save()
    assert form.fields.field("contract_share").error == "The share is not between 0% and 100%. Enter for example 50%"
    assert form.fields.field("cost").error.startswith("Use numbers only")
    assert d.saved("S08").contract_share == Decimal("0.25")


def test_a_share_says_back_what_it_is_and_a_part_of_one_is_asked_about(desk):
    d = desk()
    field = open_details(d, "S08").fields.field("contract_share")
    field.line.setFocus()
    field.line.clear()
    QTest.keyClicks(field.line, "25")
    assert field.said.text == "25% of it is this contract’s"
    field.line.clear()
    QTest.keyClicks(field.line, "0.25")
    field.left.emit()
    assert field.error == "“0.25” can be read in two ways. Write 25% or 0.25%"
    assert [offer.text() for offer in field.said.offers] == ["Use 25%", "Use 0.25%"]


def test_typing_is_kept_as_a_draft_until_it_is_discarded(desk):
    d = desk()
    form = open_details(d, "S08")
    QTest.keyClicks(form.fields.field("statement").box, "Draft words ")
    QTest.keyClick(form.fields.field("statement").box, Qt.Key.Key_Escape)
    open_details(d, "J11")
    assert "Draft words" not in form.fields.field("statement").text
    open_details(d, "S08")
    assert form.fields.field("statement").text.startswith("Draft words")
    form.discard()
    open_details(d, "S08")
    assert form.fields.field("statement").text == "Weekly, with the college."


def test_a_framework_contract_takes_a_promise_per_pound(desk):
    d = desk(lines=(line("S08", None, None, None),), contract=a_contract(kind=ContractKind.FRAMEWORK))
    form = open_details(d, "S08")
    form.fields.field("rate_quantity").set_text("2")
    form.save()
    assert form.fields.field("rate_per_pounds").error
    form.fields.field("rate_per_pounds").set_text("1,000,000")
    form.save()
    assert d.saved("S08").rate == Rate(Decimal(2), Decimal(1_000_000))


def test_delivery_outside_the_area_is_a_problem_that_leads_back(desk):
    d = desk()
    form = open_details(d, "J01")
    form.fields.place.set_value(OUTSIDE_AREA)
    form.save()
    assert any("counts only what happens in the council" in sentence for sentence in d.sentences())
    assert d.page.open_problems.text().startswith("1 error")


# What others save meanwhile, and other databases


def colleague_saves(desk, measure, **facts):
    """Somebody else saves a line, in a program of their own."""
    with colleague(desk) as workspace:
        opened = contracts.open_contract(workspace, desk.contract_id)
        line = next(line for line in opened.commitments if line.record.measure == measure)
        pairs = [(line, replace(line.record, **facts))]
        commitments.save_commitments(workspace, desk.contract_id, pairs, "Change")


@contextmanager
def colleague(desk):
    workspace = databases.open_workspace(desk.path, desk.workspace.catalogue, "B. Singh")
    yield workspace
    workspace.close()


def type_into(form, name, text):
    form.fields.field(name).set_text(text)
    form.fields.field(name).edited.emit()


def test_a_kept_draft_never_puts_back_a_colleagues_share(desk):
    d = desk()
    form = open_details(d, "J11")
    type_into(form, "statement", "With two schools")
    QTest.keyClick(form.fields.field("statement").control, Qt.Key.Key_Escape)
    colleague_saves(d, "J11", contract_share=Decimal("0.25"))
    d.page.editor.reload()
    form = open_details(d, "J11")
    assert (form.fields.field("contract_share").text, form.fields.field("statement").text) == (
        "25%",
        "With two schools",
    )
    assert "B. Singh has saved other facts since" in form.note.accessibleName()
    form.save()
    saved = d.saved("J11")
    assert (saved.contract_share, saved.statement) == (Decimal("0.25"), "With two schools")


def test_a_colleagues_share_appears_while_the_statement_is_typed(desk):
    d = desk()
    form = open_details(d, "J11")
    type_into(form, "statement", "With two schools")
    colleague_saves(d, "J11", contract_share=Decimal("0.25"))
    d.page.editor.reload()
    assert form.fields.field("contract_share").text == "25%"
    assert form.note.accessibleName().startswith("B. Singh changed Share meanwhile.")
    form.save()
    assert (d.saved("J11").contract_share, d.saved("J11").statement) == (Decimal("0.25"), "With two schools")


def test_a_share_that_nobody_told_of_is_not_put_back_by_saving_over_it(desk):
    d = desk()
    d.page.conflict_found.connect(lambda conflict: conflict.save_mine())
    form = open_details(d, "J11")
    type_into(form, "statement", "With two schools")
    colleague_saves(d, "J11", contract_share=Decimal("0.25"))
    form.save()
    assert (d.saved("J11").contract_share, d.saved("J11").statement) == (Decimal("0.25"), "With two schools")
    assert d.shown("J11", d.model.share_column) == "25%"


@pytest.mark.parametrize(("choice", "kept"), [("save_mine", "0.5"), ("keep_theirs", "0.25"), (None, "0.25")])
def test_a_share_that_both_changed_is_asked_about(desk, choice, kept):
    d = desk()
    conflicts = []
    d.page.conflict_found.connect(conflicts.append)
    form = open_details(d, "J11")
    type_into(form, "contract_share", "50%")
    colleague_saves(d, "J11", contract_share=Decimal("0.25"))
    d.page.editor.reload()
    assert form.note.accessibleName().startswith("B. Singh changed Share while you typed.")
    form.save()
    (conflict,) = conflicts
    assert (conflict.mine.contract_share, conflict.theirs.record.contract_share) == (Decimal("0.5"), Decimal("0.25"))
    if choice:
        getattr(conflict, choice)()
    assert d.saved("J11").contract_share == Decimal(kept)
    assert form.isHidden() == (choice is not None)
    form = open_details(d, "J11")
    assert form.fields.field("contract_share").text == ("50%" if choice != "keep_theirs" else "25%")


def test_both_versions_of_a_line_are_said_in_the_words_of_its_facts(desk):
    opened = desk().page.editor.opened
    one = line("S08", 40, None, cost=Decimal("1200.5"), rate=Rate(Decimal(2), Decimal(1_000_000)), place=OUTSIDE_AREA)
    told = {field.caption: field.text(one) for field in line_fields(opened.contract, opened.area)}
    assert told == {
        "Measure": "S08",
        "Quantity 2026/27": "40",
        "Quantity 2027/28": "",
        "Quantity 2028/29": "",
        "Place": "outside the borough",
        "Share": "100%",
        "Statement": "Weekly, with the college.",
        "Cost to the supplier": "£1,200.50",
        "Promise per pound": "2 for every £1,000,000.00",
    }


def test_a_quantity_that_is_typed_beside_the_details_is_kept(desk):
    d = desk()
    form = open_details(d, "J11")
    type_into(form, "statement", "With two schools")
    d.page.editor.type_quantity(d.saved("J11").key, 0, "7")
    form.save()
    assert (d.saved("J11").quantities[0], d.saved("J11").statement) == (Decimal(7), "With two schools")


def test_a_line_that_was_removed_meanwhile_can_be_copied_from_but_not_saved(desk):
    d = desk()
    form = open_details(d, "J11")
    type_into(form, "statement", "With two schools")
    with colleague(d) as workspace:
        opened = contracts.open_contract(workspace, d.contract_id)
        line = next(line for line in opened.commitments if line.record.measure == "J11")
        commitments.remove_commitments(workspace, d.contract_id, opened.edition, [line])
    d.page.editor.reload()
    assert form.note.accessibleName().startswith("Somebody removed this commitment.")
    assert not form.save_button.isEnabled()
    assert form.fields.field("statement").text == "With two schools"
    assert open_details(d, "S08").save_button.isEnabled()


def test_details_of_one_database_never_appear_in_another_of_the_same_file_name(desk, tmp_path, preferences):
    north = desk()
    form = open_details(north, "J11")
    type_into(form, "statement", "Of the north")
    QTest.keyClick(form.fields.field("statement").control, Qt.Key.Key_Escape)
    south = desk(folder=tmp_path / "south")
    assert (south.path.name, south.saved("J11").key) == (north.path.name, north.saved("J11").key)
    form = open_details(south, "J11")
    assert form.fields.field("statement").text == "Weekly, with the college."
    form = open_details(north, "J11")
    assert form.fields.field("statement").text == "Of the north"


@pytest.mark.parametrize(("typed", "left"), [("0", "rate_per_pounds"), ("2", "rate_per_pounds"), ("", "")])
def test_a_promise_per_pound_has_both_its_numbers_or_none(desk, typed, left):
    d = desk(lines=(line("S08", None, None, None),), contract=a_contract(kind=ContractKind.FRAMEWORK))
    form = open_details(d, "S08")
    type_into(form, "rate_quantity", typed)
    form.save()
    assert bool(form.fields.field("rate_per_pounds").error) == bool(left)
    assert d.saved("S08").rate is None
