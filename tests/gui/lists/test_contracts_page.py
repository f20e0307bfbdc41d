from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from tests.gui.lists.conftest import HOUSING, line
from tests.gui.lists.people import button, press, when_open
from tests.services.council import sign
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.seal import ActKind
from tomsapp.gui.contract.act_dialog import ActDialog
from tomsapp.gui.models.row_model import RowModel
from tomsapp.services import commitments, contracts
from tomsapp.services.sealed_rules import today


def references(page):
    return [row.reference for row in page.list.model.shown_rows()]


def choose(page, reference):
    page.list.table.select_place(page.list.model.place_of(lambda row: row.reference == reference))


def test_empty_database_says_what_to_do(start_program, qtbot):
    program = start_program()
    page = program.open("contracts")
    assert page.list.empty.currentIndex() == 1
    assert page.list.empty.isVisible()
    qtbot.mouseClick(page.list.new_button, Qt.MouseButton.LeftButton)
    assert page.shown.title == "New contract"


def test_search_and_filters_narrow_the_list_and_are_cleared(program, qtbot):
    page = program.open("contracts")
    assert references(page) == ["C-2026-004", "C-2026-005"]
    qtbot.keyClicks(page.list.search, "lantern meals")
    assert references(page) == ["C-2026-005"]
    assert page.list.shown.text() == "1 of 2 contracts"
    page.list.search.clear()
    page.list.chips["edition"]._on_ticked(["barnet-open 2026.2"])
    assert references(page) == ["C-2026-004"]
    page.list.chips["supplier"]._on_ticked(["Lantern Youth CIC"])
    assert references(page) == []
    assert page.list.empty.currentIndex() == 2
    qtbot.mouseClick(page.list.clear, Qt.MouseButton.LeftButton)
    assert len(references(page)) == 2


def test_enter_opens_a_contract_and_alt_left_goes_back(program, qtbot):
    page = program.open("contracts")
    choose(page, "C-2026-004")
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    assert page.shown is page.contract_page()
    assert page.title == "Housing repairs, east"
    assert program.window.stage.panel_is_shown
    qtbot.keyClick(program.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.shown is page.list
    assert not program.window.stage.panel_is_shown


def test_crumb_of_the_contract_goes_back_to_the_list(program):
    page = program.open("contracts", program.housing)
    page.contract_page().header.crumbs.chosen.emit("contracts")
    assert page.shown is page.list


def test_the_row_at_the_bottom_names_the_edition_of_the_contract_that_is_shown(program):
    def said():
        return program.window.status._menu.text()

    program.window.go_to("contracts")
    default = said()
    assert default.startswith("Menu barnet-open ")
    meals = next(row for row in contracts.list_contracts(program.workspace) if row.reference == "C-2026-005")
    program.window.go_to("contracts", meals.id)
    assert said().startswith("Shown: menu barnet-council 2023, ")
    program.window.go_to("settings")
    assert said() == default
    program.window.go_to("contracts")
    assert said().startswith("Shown: menu barnet-council 2023, ")
    program.window.page("contracts").contract_page().say_menu("Shown: today, menu barnet-council 2024")
    assert said() == "Shown: today, menu barnet-council 2024"
    program.window.page("contracts")._on_back()
    assert said() == default


def test_deleting_asks_and_undo_brings_it_back_with_its_commitments(program, qtbot):
    page = program.open("contracts")
    choose(page, "C-2026-004")
    page.list.table.setFocus()
    press("Keep contract")
    qtbot.keyClick(page.list.table, Qt.Key.Key_Delete)
    assert references(page) == ["C-2026-004", "C-2026-005"]
    press("Delete contract")
    page.list.actions_of_row.delete.trigger()
    assert references(page) == ["C-2026-005"]
    assert program.window.stage.undo_bar.isVisible()
    program.session.undo()
    assert references(page) == ["C-2026-004", "C-2026-005"]
    assert len(program.contract().commitments) == 3


def test_deleting_the_open_contract_shows_the_list(program):
    page = program.open("contracts", program.housing)
    press("Delete contract")
    page._contract_actions.delete_contract()
    assert page.shown is page.list
    assert references(page) == ["C-2026-005"]


def test_copy_takes_the_next_reference_and_is_opened(program):
    page = program.open("contracts")
    choose(page, "C-2026-004")
    page.list.actions_of_row.copy.trigger()
    assert "C-2026-006" in references(page)
    opened = page.contract_page().editor.opened
    assert opened.contract.reference == "C-2026-006"
    assert len(opened.commitments) == 3


def asked(program):
    """The form of an act that is open."""
    return next(dialog for dialog in program.window.findChildren(ActDialog) if dialog.isVisible())


def test_signing_asks_for_days_and_role_and_reopening_for_the_reason(program):
    page = program.open("contracts")
    choose(page, "C-2026-004")
    actions = page.list.actions_of_row
    offered = {kind.value: action for kind, action in actions.sealed.items()}

    def can():
        return {name for name, action in offered.items() if action.isEnabled()}

    assert can() == {"sign", "withdraw"}
    actions.sealed[ActKind.SIGN].trigger()
    form = asked(program)
    assert form.done_on.date == today()
    assert form.focusWidget() is form.role.control
    form.go_button.click()
    assert "Enter your role" in form.role.error
    form.role.set_text("Procurement lead")
    form.takes_effect_on.set_text("1 April 2031")
    form.go_button.click()
    assert "is after the contract’s end" in form.takes_effect_on.error
    QApplication.processEvents()
    assert abs(form.done_on.width() - form.takes_effect_on.width()) <= 1  # a long message takes no room from the other
    assert form.done_on.y() == form.takes_effect_on.y()
    assert "Say why in at least 20 letters" in form.reason.error
    assert program.contract().contract.status is ContractStatus.DRAFT
    form.takes_effect_on.set_text("1 December 2026")
    form.reason.set_text("Both sides signed the paper today")
    form.go_button.click()
    assert "It is short of 5% minimum" in form.shortfall.error
    assert program.contract().contract.status is ContractStatus.DRAFT
    form.shortfall.set_text("The director allowed it, as no other bid came")
    form.go_button.click()
    assert "Signed although short of 5% minimum" in program.contract().acts[0].reason
    assert program.contract().acts[0].role == "Procurement lead"
    assert can() == {"vary", "close", "withdraw", "reopen"}
    assert not actions.delete.isEnabled()

    actions.sealed[ActKind.REOPEN].trigger()
    form = asked(program)
    assert form.focusWidget() is form.reason.control
    assert not form.done_on.isVisible()
    assert not form.shortfall.isVisible()
    assert not form.go_button.isDefault()
    assert form.role.text == "Procurement lead"
    form.reason.set_text("Signed with the")
    assert form.letters.text() == "5 letters more"
    form.go_button.click()
    assert "The reason says too little" in form.reason.error
    form.reason.set_text("Signed with the wrong quantities")
    assert form.letters.text() == ""
    form.go_button.click()
    assert program.contract().contract.status is ContractStatus.DRAFT
    assert can() == {"sign", "withdraw"}


def test_undo_stops_at_a_sealed_act_and_says_so(program):
    sign(program.session.workspace, program.contract())
    page = program.open("contracts")
    choose(page, "C-2026-004")
    page.list.actions_of_row.sealed[ActKind.CLOSE].trigger()
    form = asked(program)
    form.reason.set_text("It was ended early, as agreed")
    form.go_button.click()
    assert program.contract().contract.status is ContractStatus.CLOSED
    program.wiring.undo()
    assert program.contract().contract.status is ContractStatus.CLOSED
    assert "Undo stops here." in program.window.stage.undo_bar.accessibleName()
    assert program.failures == []


def test_contract_with_errors_is_not_signed_and_says_why(program):
    commitments.add_commitments(program.workspace, program.meals, [line("J11", 1)], "Add what its menu lacks")
    page = program.open("contracts")
    choose(page, "C-2026-005")
    page.list.actions_of_row.sealed[ActKind.SIGN].trigger()
    form = asked(program)
    form.role.set_text("Buyer")
    form.reason.set_text("It began before it was entered here")
    form.go_button.click()
    assert program.contract(program.meals).contract.status is ContractStatus.DRAFT
    # What was typed stays, with what is to be put right beside it.
    assert "1 problem to put right" in form.trouble.accessibleName()
    assert (form.isVisible(), form.role.text, program.failures) == (True, "Buyer", [])
    form.reject()


def test_export_writes_what_is_shown_and_guards_formulas(program, tmp_path, monkeypatch):
    wicked = replace(HOUSING, reference="C-2026-009", title="=HYPERLINK(1)")
    contracts.add_contract(program.workspace, wicked, program.lantern)
    page = program.open("contracts")
    page.list.search.setText("lantern")
    target = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.list.export.choices.actions()[0].trigger()
    rows = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert rows[0][:4] == ["Reference", "Title", "Supplier", "Contract value"]
    assert rows[1][:4] == ["C-2026-005", "School meals", "Lantern Youth CIC", "30000.00"]
    assert rows[2][1] == "'=HYPERLINK(1)"
    page.list.export.choices.actions()[1].trigger()
    assert (tmp_path / "out.csv.xlsx").exists() or target.exists()


def test_export_to_a_place_that_cannot_be_written_says_what_to_do(program, tmp_path, monkeypatch):
    page = program.open("contracts")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "a.csv"), ""))
    page.list.export.choices.actions()[0].trigger()
    assert "cannot be written" in program.failures[0].message


def test_layout_of_the_columns_is_remembered(program, start_program):
    page = program.open("contracts")
    page.list.table.setColumnHidden(2, False)
    page.list.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    program.close()
    again = start_program().open("contracts")
    assert not again.list.table.isColumnHidden(2)
    assert references(again) == ["C-2026-004", "C-2026-005"]
    assert again.list.table.horizontalHeader().sortIndicatorSection() == 3


def test_shortcuts_are_listed_for_the_page_that_is_shown(program):
    page = program.open("contracts")
    words = {action.text() for action in page.page_actions()}
    assert {"New contract", "Back to the contracts"} <= words


@pytest.mark.parametrize("query", ["0042", "road"])
def test_ten_thousand_contracts_are_searched(qapp, program, query):
    page = program.open("contracts")
    row = page.list.model.row_object(0)
    model = RowModel([column.shown for column in page.list.spec.columns])
    model.set_rows(replace(row, id=n, reference=f"C-{n:05d}", title="Road" if n % 2 else "Park") for n in range(10_000))
    model.search(query)
    assert model.rowCount() == (5_000 if query == "road" else 11)


def test_live_total_stands_in_the_header_of_a_narrow_window_and_opens_the_panel(program, qtbot):
    window = program.window
    page = program.open("contracts", program.housing).contract_page()
    total = f"£{program.contract().checked.valuation.social_value:,.2f}"
    panel = page.forms.panel
    assert panel.isVisible()
    assert total not in [link.text() for link in page.header.facts.findChildren(QAbstractButton)]
    window.resize(1280, 680)
    qtbot.waitUntil(lambda: not panel.isVisible())
    valuation = program.contract().checked.valuation
    words = [total, f"£{valuation.real_pounds:,.2f}", "2 of 2 not enough", "Hartwell and Doyle Ltd"]

    def told():
        return [link.text() for link in page.header.facts.findChildren(QAbstractButton) if link.isVisible()]

    qtbot.waitUntil(lambda: told() == words)
    button(page.header.facts, total).click()
    assert panel.isVisible()
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: total not in [link.text() for link in page.header.facts.findChildren(QAbstractButton)])


def test_question_before_deleting_keeps_the_contract_on_enter(program, qtbot):
    page = program.open("contracts", "list").list
    page.table.select_place(0)
    seen = []

    def look(dialog):
        seen.extend((type(dialog).__name__, button(dialog, "Delete contract").isDefault()))
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    when_open(look)
    page.actions_of_row.delete_contract()
    assert seen == ["MessageDialog", False]
    assert len(contracts.list_contracts(program.workspace)) == 2


def test_the_further_facts_are_columns_filters_and_search_by_their_declaration_alone(program, tmp_path, monkeypatch):
    opened = program.contract()
    changed = replace(
        opened.contract, directorate="Place", contract_manager="P. Quill", value_with_vat=Decimal("5040000.00")
    )
    changed = replace(changed, extensions_taken=1, extensions_left=2, supplier_contact="R. Okafor")
    contracts.save_contract(program.workspace, opened.stored, opened.supplier_id, changed, opened.supplier_id)
    page = program.open("contracts")
    page.list.refresh(None)
    page.list.chips["directorate"]._on_ticked(["Place"])
    assert references(page) == ["C-2026-004"]
    page.list.clear_filters()
    page.list.search.setText("quill")
    assert references(page) == ["C-2026-004"]
    page.list.search.setText("okafor")
    assert references(page) == ["C-2026-004"]
    heads = [column.shown.title for column in page.list.spec.columns]
    assert not {"Notes", "Spend by year", "Menu"} & set(heads)
    for title in ("Directorate", "Contract manager", "Value with VAT", "Latest possible end", "Extensions left"):
        assert page.list.table.isColumnHidden(heads.index(title))
    target = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.list.export.choices.actions()[0].trigger()
    head, row = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    told = dict(zip(head, row, strict=True))
    assert (told["Extensions taken"], told["Extensions left"]) == ("1", "2")
    assert (told["Supplier’s lead contact"], told["Lead contact’s e-mail"]) == ("R. Okafor", "")
    assert (told["Directorate"], told["Value with VAT"], told["Latest possible end"]) == ("Place", "5040000.00", "")


def test_social_value_share_and_standing_are_columns_that_can_be_sorted(program):
    page = program.open("contracts").list
    heads = [column.shown.title for column in page.spec.columns]

    def shown(title):
        column = heads.index(title)
        return [page.table.model().index(row, column).data() for row in range(page.table.model().rowCount())]

    valuation = program.contract().checked.valuation
    assert dict(zip(references(program.window.page("contracts")), shown("Social value"), strict=True)) == {
        "C-2026-004": f"£{valuation.social_value:,.2f}",
        "C-2026-005": "£0.00",
    }
    assert shown("Share") == ["1.98%", "0.00%"]
    assert shown("Standing") == ["2 of 2 not enough", "Nothing asked"]
    assert not any(page.table.isColumnHidden(heads.index(title)) for title in ("Social value", "Share", "Standing"))
    for title in ("Social value", "Share", "Standing"):
        page.table.sortByColumn(heads.index(title), Qt.SortOrder.AscendingOrder)
        assert references(program.window.page("contracts")) == ["C-2026-005", "C-2026-004"], title
    more = replace(program.contract().commitments[2].record, key="")
    commitments.add_commitments(program.workspace, program.housing, [more], "Add")
    page.refresh(None)
    assert f"£{program.contract().checked.valuation.social_value:,.2f}" in shown("Social value")
    assert program.contract().checked.valuation.social_value != valuation.social_value
