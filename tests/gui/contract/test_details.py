"""Line details: place, share, statement, cost and the promise per pound; drafts are kept."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.contract.conftest import a_contract, line
from tomsapp.domain.commitment import OUTSIDE_AREA, Rate
from tomsapp.domain.contract import ContractKind


def open_details(desk, measure):
    desk.cell(measure, 0)
    QTest.keyClick(desk.table, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    return desk.page.forms.details


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
