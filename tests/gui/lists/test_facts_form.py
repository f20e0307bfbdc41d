from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from tests.gui.lists.conftest import HOUSING
from tests.gui.lists.people import button, press
from tests.services.council import sign
from tomsapp.domain.contract import CONTRACT, ContractKind, YearSpend
from tomsapp.gui.contract.add_supplier import AddSupplierDialog
from tomsapp.gui.contract.contract_form import read_choices
from tomsapp.gui.tokens import TITLE_BAR
from tomsapp.gui.widgets.buttons import Button
from tomsapp.services import contracts, databases, suppliers


@pytest.fixture
def form(program):
    return program.open("contracts", "new").new_page().form


@pytest.fixture
def facts(program):
    """The tab with the facts of the housing contract."""
    return facts_of(program, program.housing)


def facts_of(program, number):
    page = program.open("contracts", number).contract_page()
    page.show_tab("facts")
    return page._made["facts"]


def type_into(qtbot, field, text):
    field.control.setFocus()
    field.control.selectAll() if hasattr(field.control, "selectAll") else field.control.lineEdit().selectAll()
    qtbot.keyClicks(field.control, text)


def fill_in_all(qtbot, fields):
    type_into(qtbot, fields.field("title"), "Library books")
    type_into(qtbot, fields.field("value"), "£2,500,000")
    type_into(qtbot, fields.field("start_on"), "1/4/2026")
    type_into(qtbot, fields.field("end_on"), "2 years")
    type_into(qtbot, fields.supplier, "hartwell and doyle ltd")
    fields.field("end_on").left.emit()


def test_new_contract_is_typed_checked_saved_and_opened(program, form, qtbot):
    fields = form.fields
    assert fields.field("reference").text == f"C-{date.today().year}-{6 if date.today().year == 2026 else 1:03d}"  # noqa: DTZ011
    fill_in_all(qtbot, fields)
    assert fields.field("end_on").text == "31 March 2028"
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    page = program.window.page("contracts")
    opened = page.contract_page().editor.opened
    assert page.shown is page.contract_page()
    assert opened.contract.title == "Library books"
    assert opened.contract.value == Decimal(2_500_000)
    assert (opened.contract.start_on, opened.contract.end_on) == (date(2026, 4, 1), date(2028, 3, 31))
    assert opened.supplier_id == program.hartwell
    assert (opened.contract.menu, opened.contract.edition) == ("barnet-open", "2026.2")
    assert program.session.undo_label.startswith("Add contract")
    assert QApplication.focusWidget().text() == "Add measures"


@pytest.mark.parametrize("typed", ["1 April 2026", "1/4/2026", "2026-04-01", "01.04.2026"])
def test_dates_are_read_in_the_ways_people_type_them(form, qtbot, typed):
    type_into(qtbot, form.fields.field("start_on"), typed)
    form.fields.field("start_on").left.emit()
    assert form.fields.field("start_on").date == date(2026, 4, 1)
    assert form.fields.field("start_on").error == ""


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("value", "2.5m", "£2,500,000.00"),
        ("value", "£2,500,000", "£2,500,000.00"),
        ("value", "2500000,00", ""),
        ("start_on", "1/4/26", "1 April 2026"),
        ("value_with_vat", "250k", "£250,000.00"),
    ],
)
def test_a_field_says_back_what_it_understood_as_it_is_typed(form, qtbot, name, typed, said):
    field = form.fields.field(name)
    field.control.setFocus()
    qtbot.keyClicks(field.control, typed)
    assert (field.said.text if field.said else "") == said
    assert said in field.control.accessibleDescription()


def test_a_value_with_two_readings_offers_each_and_saves_neither(form, qtbot):
    field = form.fields.field("value")
    type_into(qtbot, field, "2500000,00")
    field.left.emit()
    assert field.error == "“2500000,00” can be read in two ways. Write 2500000 or 250000000"
    assert [offer.text() for offer in field.said.offers] == ["Use 2500000", "Use 250000000"]
    assert "Use 2500000" in field.control.accessibleDescription()
    field.said.offers[0].click()
    assert (field.text, field.error, field.said.text) == ("2500000", "", "£2,500,000.00")
    form.fields.clear_errors()
    assert field.said.isHidden()


def test_an_end_on_the_anniversary_is_asked_about_with_the_day_before(form, qtbot):
    type_into(qtbot, form.fields.field("start_on"), "1 April 2026")
    end = form.fields.field("end_on")
    type_into(qtbot, end, "1 April 2028")
    words = "The last year is 1 day. Did you mean 31 March 2028?"
    assert end.said.text == f"{words} Use 31 March 2028"
    assert end.error == ""
    end.said.offers[0].click()
    assert (end.text, end.said.text) == ("31 March 2028", "")
    type_into(qtbot, end, "30 September 2028")
    assert end.said.text == "The last year is 183 days"
    assert end.said.offers == []


def test_a_length_says_back_the_last_day(form, qtbot):
    type_into(qtbot, form.fields.field("start_on"), "1 April 2026")
    end = form.fields.field("end_on")
    end.control.setFocus()
    end.control.clear()
    qtbot.keyClicks(end.control, "18 months")
    assert end.said.text == "30 September 2027: the last year is 183 days"


def test_problems_stand_under_their_fields_and_in_a_summary_that_leads_to_them(program, form, qtbot):
    fields = form.fields
    type_into(qtbot, fields.field("title"), "Library books")
    type_into(qtbot, fields.field("value"), "lots")
    type_into(qtbot, fields.field("start_on"), "1 April 2026")
    type_into(qtbot, fields.field("end_on"), "31 March 2025")
    assert fields.field("value").error == "Use numbers only, for example 4200000.00"  # said when the keyboard left it
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert (
        fields.field("end_on").error
        == "31 March 2025 is before the start date, 1 April 2026. Enter the last day of delivery"
    )
    assert fields.supplier.error == "Choose a supplier or add a new one"
    assert form.summary.accessibleName() == "There are 3 problems. Nothing has been saved yet."
    button(form.summary, "Contract value: use numbers only, for example 4200000.00").click()
    assert fields.field("value").control.hasFocus()
    assert len(contracts.list_contracts(program.workspace)) == 2


def test_taken_reference_is_said_and_nothing_is_saved(program, form, qtbot):
    fill_in_all(qtbot, form.fields)
    type_into(qtbot, form.fields.field("reference"), "C-2026-004")
    form.editor.save()
    assert "is used by “Housing repairs, east”" in form.fields.field("reference").error
    assert len(contracts.list_contracts(program.workspace)) == 2


def test_draft_is_kept_when_the_program_closes_and_gone_after_discarding(program, start_program, form, qtbot):
    type_into(qtbot, form.fields.field("title"), "Half a title")
    type_into(qtbot, form.fields.field("value"), "12")
    form.editor.flush()
    assert program.window.status._saved.text().startswith("Draft of this form kept")
    program.close()
    again = start_program()
    page = again.open("contracts", "new")
    form = page.new_page().form
    assert form.fields.field("title").text == "Half a title"
    assert form.fields.field("value").text == "12"
    assert form.draft_note.isVisible()
    qtbot.mouseClick(form.discard_button, Qt.MouseButton.LeftButton)
    assert page.shown is page.list
    again.open("contracts", "new")
    assert form.fields.field("title").text == ""


def test_draft_is_gone_after_saving(program, form, qtbot):
    fill_in_all(qtbot, form.fields)
    form.editor.flush()
    form.editor.save()
    program.open("contracts", "new")
    assert form.fields.field("title").text == ""


def test_supplier_is_added_without_leaving_the_form(program, form, qtbot):
    type_into(qtbot, form.fields.supplier, "Open Hand Trust")
    form.fields.supplier.left.emit()
    assert "There is no supplier called Open Hand Trust" in form.fields.supplier.error
    form.fields.supplier.add_link.click()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, AddSupplierDialog))
    assert dialog.form.field("name").text == "Open Hand Trust"
    next(one for one in dialog.findChildren(Button) if one.text() == "Add supplier").click()
    assert form.fields.supplier.name == "Open Hand Trust"
    assert form.fields.supplier.error == ""


def test_adding_a_supplier_fits_the_screen_with_large_text(form, theme):
    theme.set_text_size(150)
    form.fields.supplier.add_link.click()
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, AddSupplierDialog))
    dialog.activateWindow()
    QApplication.processEvents()
    assert dialog.height() <= dialog.screen().availableGeometry().height() - TITLE_BAR
    assert dialog.focusWidget() is dialog.form.field("name").control


def test_facts_are_changed_in_the_tab_and_undone(program, facts, qtbot):
    type_into(qtbot, facts.fields.field("title"), "Housing repairs, west")
    facts.editor.save()
    assert program.contract().contract.title == "Housing repairs, west"
    program.session.undo()
    assert program.contract().contract.title == "Housing repairs, east"
    assert facts.fields.field("title").text == "Housing repairs, east"


def test_second_of_two_people_is_told_and_can_save_over_the_first(program, start_program, facts, qtbot):
    other = start_program("B. Singh")
    opened = contracts.open_contract(other.workspace, program.housing)
    theirs = replace(opened.contract, value=Decimal(5_000_000))
    contracts.save_contract(other.workspace, opened.stored, opened.supplier_id, theirs, opened.supplier_id)
    type_into(qtbot, facts.fields.field("title"), "Mine")
    press("Cancel")
    facts.editor.save()
    assert facts.fields.field("title").text == "Mine"
    assert program.contract().contract.value == Decimal(5_000_000)
    press("Save mine over theirs")
    facts.editor.save()
    saved = program.contract().contract
    assert (saved.title, saved.value) == ("Mine", Decimal(5_000_000)), "what was not typed here is never put back"


def test_second_of_two_people_can_keep_what_the_first_saved(program, start_program, facts, qtbot):
    other = start_program("B. Singh")
    opened = contracts.open_contract(other.workspace, program.housing)
    theirs = replace(opened.contract, title="Theirs")
    contracts.save_contract(other.workspace, opened.stored, opened.supplier_id, theirs, opened.supplier_id)
    type_into(qtbot, facts.fields.field("title"), "Mine")
    press("Keep theirs")
    facts.editor.save()
    assert facts.fields.field("title").text == "Theirs"
    assert not facts.editor.is_changed
    assert program.contract().contract.title == "Theirs"


def test_draft_from_before_somebody_else_saved_still_meets_the_conflict(program, start_program, facts, qtbot):
    type_into(qtbot, facts.fields.field("title"), "Mine")
    facts.editor.flush()
    program.close()
    other = start_program("B. Singh")
    opened = contracts.open_contract(other.workspace, program.housing)
    theirs = replace(opened.contract, title="Theirs")
    contracts.save_contract(other.workspace, opened.stored, opened.supplier_id, theirs, opened.supplier_id)
    again = start_program()
    page = again.open("contracts", program.housing).contract_page()
    page.show_tab("facts")
    form = page._made["facts"]
    assert form.fields.field("title").text == "Mine"
    press("Keep theirs")
    form.editor.save()
    assert form.fields.field("title").text == "Theirs"


def test_other_edition_is_asked_about_and_says_what_it_lacks(program, facts):
    facts.fields.field("edition").set_value("barnet-council/2023")
    press("Keep barnet-open 2026.2")
    facts.editor.save()
    assert program.contract().contract.menu == "barnet-open"
    press("Change to barnet-council 2023")
    facts.editor.save()
    assert program.contract().contract.menu == "barnet-council"
    assert program.contract().checked.has_errors


def test_framework_asks_for_the_spend_of_each_year(program, facts, qtbot):
    assert not facts.fields.spend.isVisible()
    facts.fields.field("kind").set_value(ContractKind.FRAMEWORK.value)
    facts.fields.field("kind").edited.emit()
    lines = facts.fields.spend.lines
    assert [year for year, _recorded in lines] == [0, 0, 1, 1, 2, 2]
    lines[0, True].setText("1,250,000.50")
    lines[1, False].setText("")
    lines[1, False].setFocus()
    qtbot.keyClicks(lines[1, False], "250k")
    assert facts.fields.spend.said.text == "2027/28, forecast: £250,000.00"
    lines[1, False].setText("lots")
    facts.editor.save()
    assert facts.fields.spend.error == "2027/28: use numbers only, for example 4200000.00"
    lines[1, False].setText("900000")
    facts.editor.save()
    assert program.contract().contract.spend == (
        YearSpend(0, Decimal("1250000.50"), is_recorded=True),
        YearSpend(1, Decimal(900_000)),
    )


def test_facts_of_a_signed_contract_are_locked(program, facts):
    sign(program.workspace, program.contract(), date(2026, 5, 1))
    program.window.page("contracts").contract_page().editor.reload()
    assert not facts.fields.field("title").isEnabled()
    assert facts.locked_note.isVisible()
    assert facts.locked_note.accessibleName() == (
        "Note: This contract is signed, so its facts are fixed. "
        "Directorate, contract manager, extensions taken, extensions left, supplier’s lead contact, lead contact’s "
        "e-mail, lead contact’s telephone, open contracting id and notes can still be changed."
    )
    facts.fields.field("directorate").set_text("Housing")
    facts.editor.save()
    assert program.contract().contract.directorate == "Housing"


def test_spend_of_a_signed_framework_goes_on_being_recorded(program):
    opened = program.contract()
    framework = replace(opened.contract, kind=ContractKind.FRAMEWORK, spend=(YearSpend(0, Decimal(900_000)),))
    contracts.save_contract(program.workspace, opened.stored, opened.supplier_id, framework, opened.supplier_id)
    sign(program.workspace, program.contract(), date(2026, 5, 1))
    page = program.open("contracts", program.housing).contract_page()
    page.show_tab("facts")
    facts = page._made["facts"]
    assert not facts.fields.field("value").isEnabled()
    facts.fields.spend.lines[0, True].setText("850000")
    facts.editor.save()
    assert YearSpend(0, Decimal(850_000), is_recorded=True) in program.contract().contract.spend


def test_every_fact_that_can_be_typed_has_its_field_and_is_saved(program, facts, qtbot):
    labels = [field.label for field in facts.fields.fields]
    assert labels == [fact.label for fact in CONTRACT.facts if fact.is_typed]
    assert all(field.isVisible() for field in facts.fields.fields if field is not facts.fields.spend)
    type_into(qtbot, facts.fields.field("directorate"), "Housing and Growth")
    type_into(qtbot, facts.fields.field("contract_manager"), "J. Bloom")
    type_into(qtbot, facts.fields.field("value_with_vat"), "5,040,000")
    type_into(qtbot, facts.fields.field("latest_end_on"), "31/3/2031")
    type_into(qtbot, facts.fields.field("notes"), "Call in May")
    type_into(qtbot, facts.fields.field("extensions_taken"), "1")
    type_into(qtbot, facts.fields.field("extensions_left"), "2")
    type_into(qtbot, facts.fields.field("supplier_contact"), "R. Okafor")
    type_into(qtbot, facts.fields.field("supplier_contact_email"), "r.okafor@example.org")
    type_into(qtbot, facts.fields.field("supplier_contact_phone"), "020 7946 0000")
    facts.editor.save()
    saved = program.contract().contract
    assert (saved.extensions_taken, saved.extensions_left) == (1, 2)
    assert (saved.supplier_contact, saved.supplier_contact_email, saved.supplier_contact_phone) == (
        "R. Okafor",
        "r.okafor@example.org",
        "020 7946 0000",
    )
    assert (saved.directorate, saved.contract_manager, saved.notes) == ("Housing and Growth", "J. Bloom", "Call in May")
    assert (saved.value_with_vat, saved.latest_end_on) == (Decimal(5_040_000), date(2031, 3, 31))


def test_the_end_is_taken_as_a_length_in_months(form, qtbot):
    type_into(qtbot, form.fields.field("start_on"), "1 April 2026")
    type_into(qtbot, form.fields.field("end_on"), "18 months")
    form.fields.field("end_on").left.emit()
    assert form.fields.field("end_on").text == "30 September 2027"


def test_a_start_after_the_end_is_said_under_the_end(facts, qtbot):
    type_into(qtbot, facts.fields.field("start_on"), "1 April 2030")
    facts.fields.field("start_on").left.emit()
    assert facts.fields.field("end_on").error.startswith("31 March 2029 is before the start date, 1 April 2030")


# What others save meanwhile, and other databases


@contextmanager
def colleague(program):
    workspace = databases.open_workspace(program.path, program.workspace.catalogue, "B. Singh")
    yield workspace
    workspace.close()


def colleague_saves(program, **changed):
    """Somebody else saves facts of the housing contract, and this program hears of it."""
    with colleague(program) as workspace:
        opened = contracts.open_contract(workspace, program.housing)
        theirs = replace(opened.contract, **changed)
        contracts.save_contract(workspace, opened.stored, opened.supplier_id, theirs, opened.supplier_id)
    program.window.page("contracts").contract_page().editor.reload()


def test_a_colleagues_facts_are_shown_around_what_is_being_typed(program, facts, qtbot):
    type_into(qtbot, facts.fields.field("title"), "Mine")
    colleague_saves(program, value=Decimal(5_000_000))
    assert facts.fields.field("value").text == "5,000,000.00"
    assert facts.draft_note.accessibleName() == (
        "B. Singh changed Contract value meanwhile. It is shown, and what you typed stays."
    )
    facts.editor.save()
    saved = program.contract().contract
    assert (saved.title, saved.value) == ("Mine", Decimal(5_000_000))
    assert not facts.draft_note.isVisible()


def test_a_fact_that_both_changed_is_told_and_asked_about(program, facts, qtbot):
    type_into(qtbot, facts.fields.field("title"), "Mine")
    colleague_saves(program, title="Theirs", notes="Theirs too")
    assert facts.fields.field("title").text == "Mine"
    assert "B. Singh changed Title while you typed." in facts.draft_note.accessibleName()
    press("Save mine over theirs")
    facts.editor.save()
    saved = program.contract().contract
    assert (saved.title, saved.notes) == ("Mine", "Theirs too")


def test_two_changes_that_make_no_contract_together_are_not_saved(program, facts, qtbot):
    type_into(qtbot, facts.fields.field("end_on"), "31 March 2027")
    with colleague(program) as workspace:
        opened = contracts.open_contract(workspace, program.housing)
        theirs = replace(opened.contract, start_on=date(2028, 4, 1))
        contracts.save_contract(workspace, opened.stored, opened.supplier_id, theirs, opened.supplier_id)
    press("Save mine over theirs")
    facts.editor.save()
    assert "is before the start date" in facts.fields.field("end_on").error
    assert program.contract().contract.end_on == date(2029, 3, 31)


def test_a_contract_that_a_colleague_signed_keeps_what_was_typed_and_saves_nothing(program, facts, qtbot):
    type_into(qtbot, facts.fields.field("title"), "Mine")
    with colleague(program) as workspace:
        opened = contracts.open_contract(workspace, program.housing)
        sign(workspace, opened, date(2026, 5, 1))
    program.window.page("contracts").contract_page().editor.reload()
    assert facts.locked_note.isVisible()
    assert facts.fields.field("title").text == "Mine"
    facts.editor.save()
    assert "is signed, so its facts and commitments are fixed" in str(program.failures[-1])
    assert program.contract().contract.title == "Housing repairs, east"


def test_a_supplier_that_a_colleague_renamed_is_shown(program, facts, qtbot):
    type_into(qtbot, facts.fields.field("title"), "Mine")
    with colleague(program) as workspace:
        stored = suppliers.get_supplier(workspace, program.hartwell)
        suppliers.save_supplier(workspace, stored, replace(stored.record, name="Hartwell Ltd"))
    program.window.page("contracts").contract_page().editor.reload()
    assert facts.fields.supplier.text == "Hartwell Ltd"
    facts.editor.save()
    saved = program.contract()
    assert (saved.contract.title, saved.contract.supplier, saved.supplier_id) == (
        "Mine",
        "Hartwell Ltd",
        program.hartwell,
    )


def test_typing_of_one_database_never_appears_in_another_of_the_same_file_name(program, facts, qtbot, tmp_path):
    type_into(qtbot, facts.fields.field("title"), "Of the north")
    path = tmp_path / "south" / program.path.name
    path.parent.mkdir()
    databases.make_database(path, program.workspace.catalogue, "A. Okafor", "Southmere Council").close()
    south = databases.open_workspace(path, program.workspace.catalogue, "A. Okafor")
    number = contracts.add_contract(south, replace(HOUSING, title="Of the south"), None).result.id
    assert number == program.housing, "it is the number that both have"
    program.session.set_workspace(south)
    shown = facts_of(program, number)
    assert shown.fields.field("title").text == "Of the south"
    shown.editor.save()
    assert contracts.open_contract(south, number).contract.title == "Of the south"
    program.session.set_workspace(databases.open_workspace(program.path, south.catalogue, "A. Okafor"))
    assert facts_of(program, number).fields.field("title").text == "Of the north"


def test_a_saved_end_on_the_anniversary_is_asked_about_again_when_the_facts_are_opened(program):
    opened = program.contract()
    start = opened.contract.start_on
    changed = replace(opened.contract, end_on=start.replace(year=start.year + 2))
    contracts.save_contract(program.workspace, opened.stored, opened.supplier_id, changed, opened.supplier_id)
    page = program.open("contracts", program.housing).shown
    page.show_tab("facts")
    end = page._made["facts"].fields.field("end_on")
    assert [offer.text() for offer in end.said.offers] == [f"Use 31 March {start.year + 2}"]


def test_a_day_that_stands_there_written_out_is_not_said_a_second_time(form, qtbot):
    field = form.fields.field("start_on")
    qtbot.keyClicks(field.line, "1/7/26")
    assert field.said.text == "1 July 2026"
    QApplication.sendEvent(field.line, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert (field.text, field.said.text) == ("1 July 2026", "")


def test_what_is_typed_before_the_form_is_ready_stays(program, form, qtbot, monkeypatch):
    """The reference, suppliers and editions are read meanwhile, on a server for as long as it takes."""
    kept = form.fields.field("contract_manager")
    type_into(qtbot, kept, "J. Patel")
    form.editor.flush()
    monkeypatch.setattr(form, "_load", lambda: None)
    form.show_new()
    assert (kept.text, form.fields.field("reference").text) == ("", "")
    type_into(qtbot, form.fields.field("title"), "Road repairs")
    type_into(qtbot, form.fields.field("value"), "1.2m")
    form._on_choices(read_choices(program.workspace))
    shown = {name: form.fields.field(name).text for name in ("title", "value", "reference", "contract_manager")}
    assert shown == {
        "title": "Road repairs",
        "value": "1.2m",
        "reference": "C-2026-006",
        "contract_manager": "J. Patel",
    }
    assert form.fields.field("value").said.text == "£1,200,000.00"
    form.editor.flush()
    monkeypatch.undo()
    form.show_new()
    assert form.fields.field("title").text == "Road repairs"
