"""The History page as a person uses it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from tests.gui.lists.conftest import HARTWELL
from tests.gui.lists.people import button
from tests.services.tenders.build import begin_tender
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.policy_records import RULE
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.wording import format_moment
from tomsapp.gui.history.history_columns import LOGIN, TAKEN_IN
from tomsapp.gui.history.history_panel import HistoryPanel
from tomsapp.services import contracts, council, suppliers
from tomsapp.services.history_lines import HistoryLine


def told(page):
    return [(line.part, line.record, line.text) for line in page.model.shown_rows()]


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


@pytest.fixture
def renamed(program):
    """Hartwell has another contact since, by another officer."""
    program.session.set_who("B. Singh")
    stored = suppliers.get_supplier(program.workspace, program.hartwell)
    suppliers.save_supplier(program.workspace, stored, replace(stored.record, contact_name="J. Doyle"))
    program.session.set_who("A. Okafor")
    return program


def test_the_newest_change_stands_first_and_is_told_in_full(renamed):
    page = renamed.open("history")
    assert told(page)[0] == ("Suppliers", HARTWELL.name, "Contact name: none → J. Doyle")
    side = words(page.side)
    assert HARTWELL.name in side
    assert "B. Singh" in side
    assert "→ J. Doyle" in side


def test_every_change_says_of_which_record_it_is(program):
    page = program.open("history")
    of_contracts = [line for line in page.model.shown_rows() if line.contract_id == program.housing]
    assert {line.record for line in of_contracts} == {"C-2026-004"}
    added = next(line for line in of_contracts if line.about.startswith("J11 "))
    assert "quantity 2026/27 5" in added.text
    assert all(line.part and line.text for line in page.model.shown_rows())


def test_kind_person_and_search_narrow_it_and_are_cleared(renamed, qtbot):
    page = renamed.open("history")
    everything = len(told(page))
    page.filters.who._on_ticked(["B. Singh"])
    assert len(told(page)) == 1
    page.filters.who._on_ticked([])
    page.filters.kind._on_ticked([CONTRACT])
    assert {part for part, _, _ in told(page)} == {CONTRACT.title}
    page.filters.kind._on_ticked([SUPPLIER, CONTRACT])
    qtbot.keyClicks(page.search, "contact name")
    assert {part for part, _, _ in told(page)} == {"Suppliers"}
    qtbot.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    assert len(told(page)) == everything


def test_days_are_asked_of_the_database_and_a_wrong_one_is_said(program, qtbot):
    page = program.open("history")
    everything = len(told(page))
    qtbot.keyClicks(page.filters.since, "1/1/2019")
    assert page.shown.text().endswith(", from 1 January 2019"), "it is said back while it is typed"
    qtbot.keyClick(page.filters.since, Qt.Key.Key_Return)
    assert len(told(page)) == everything
    qtbot.keyClicks(page.filters.until, "31 12 2019")
    qtbot.keyClick(page.filters.until, Qt.Key.Key_Return)
    assert page.filters.until.text() == "31 December 2019"
    assert page.shown.text().endswith(", from 1 January 2019 until 31 December 2019")
    assert told(page) == []
    assert page.empty.isVisible()
    button(page.empty, "Clear filters").click()
    assert len(told(page)) == everything
    qtbot.keyClicks(page.filters.since, "soon")
    qtbot.keyClick(page.filters.since, Qt.Key.Key_Return)
    assert page.notice.text.text() == "“soon” is not a day. Enter it as 1 April 2026"
    assert len(told(page)) == everything


def test_enter_goes_to_the_record(renamed, qtbot):
    page = renamed.open("history")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert renamed.window.current_key == "suppliers"
    assert renamed.window.page("suppliers").side.record_id == renamed.hartwell
    page = renamed.open("history")
    page.table.select_place(page.model.place_of(lambda line: line.contract_id == renamed.meals))
    button(page.side, "Open the contract").click()
    assert renamed.window.current_key == "contracts"
    assert renamed.window.page("contracts").title == "School meals"


def test_a_supplier_s_panel_leads_to_its_whole_history(renamed):
    page = renamed.open("suppliers", renamed.hartwell)
    QApplication.processEvents()
    assert "Contact name: none → J. Doyle" in words(page.side)
    button(page.side, "Open the whole history").click()
    history = renamed.window.page("history")
    assert [text for _, _, text in told(history)] == [
        "Contact name: none → J. Doyle",
        (
            "Added: name Hartwell and Doyle Ltd; kind Small or medium business; registration number 01234567; "
            "based in the area Yes"
        ),
    ]
    assert history.filters.record.text() == f"Record: supplier {HARTWELL.name}"
    history.filters.record.clear()
    assert len(told(history)) > 2


def test_settings_lead_to_the_history_of_a_rule_and_of_the_council(program):
    rule = council.list_rules(program.workspace)[0]
    council.save_rule(program.workspace, rule, replace(rule.record, title="Another title"))
    settings = council.get_settings(program.workspace)
    council.save_settings(program.workspace, settings, replace(settings.record, contact="social@larkmere.example"))
    page = program.open("settings", "policy")
    page.refresh(None)
    page.history_button.click()
    history = program.window.page("history")
    newest = history.model.row_object(0)
    assert newest.kind is RULE
    assert newest.text == f"Title: {rule.record.title} → Another title"
    button(history.side, "Open Settings").click()
    assert program.window.current_key == "settings"
    assert page.tabs.current == "policy"
    program.open("settings", "council").history_button.click()
    assert history.model.row_object(0).text == "Who to ask: none → social@larkmere.example"
    program.open("settings", "about")
    assert not page.history_button.isVisible()


def test_it_follows_what_is_changed_while_another_page_is_shown(program):
    page = program.open("history")
    before = len(told(page))
    program.open("suppliers")
    program.session.act(lambda workspace, _: suppliers.add_supplier(workspace, replace(HARTWELL, name="New"))).start()
    assert len(told(page)) == before
    program.open("history")
    assert len(told(page)) == before + 1


def test_a_deleted_contract_is_told_by_its_reference(program):
    contracts.delete_contract(program.workspace, program.contract(program.meals))
    page = program.open("history")
    page.show_target(HistoryWanted((CONTRACT,)))
    assert (CONTRACT.title, "C-2026-005", "Removed") in told(page)


def test_export_has_every_column_of_what_is_shown(renamed, tmp_path, monkeypatch):
    page = renamed.open("history")
    page.show_target(HistoryWanted((SUPPLIER,), renamed.hartwell))
    target = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.export.choices.actions()[0].trigger()
    rows = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["When", "Who", "Kind", "Record", "About", "Login", "Server’s clock", "What", "Change"]
    assert rows[1][1:] == [
        "B. Singh",
        "Suppliers",
        HARTWELL.name,
        "",
        "",
        "",
        f"Change supplier {HARTWELL.name}",
        "Contact name: none → J. Doyle",
    ]
    assert len(rows) == 3


def test_what_the_server_recorded_is_told_beside_what_the_change_says(qtbot):
    at, taken_in = datetime(2026, 11, 29, 9, 30, tzinfo=UTC), datetime(2026, 11, 29, 11, 45, tzinfo=UTC)
    line = HistoryLine(at, "Ann", "Add C1", "Contracts", "", "added", (), login="a.okafor", taken_in=taken_in)
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.show_line(line)
    told = [each.text() for each in panel.findChildren(QLabel)]
    assert f"{format_moment(at)}, Ann" in told
    assert f"By the server’s clock {format_moment(taken_in)}, login a.okafor" in told
    assert (LOGIN.cell(line), TAKEN_IN.cell(line)) == ("a.okafor", format_moment(taken_in))
    assert TAKEN_IN.cell(replace(line, taken_in=None)) == ""


def test_a_page_that_is_not_in_the_rail_leaves_none_marked_there(program):
    program.open("suppliers")
    marked = [item.spec.key for item in program.window.rail._items.values() if item.isChecked()]
    assert marked == ["suppliers"]
    program.open("history")
    assert not any(item.isChecked() for item in program.window.rail._items.values())
    program.window.rail.focus_current()
    assert program.window.rail._items["start"].hasFocus()
    program.open("suppliers")
    assert program.window.rail._items["suppliers"].isChecked()


def test_the_whole_history_of_a_tender_is_named_by_the_tender(program):
    page = begin_tender(program.workspace)
    history = program.open("history")
    history.show_target(HistoryWanted(tender_id=page.id))
    assert history.filters.record.text() == "Record: tender T-2026-003"
    assert {line.part for line in history.model.shown_rows()} >= {"Tender facts", "Lots", "Questions of bidders"}
    history.filters.record.clear()
    assert "Suppliers" in {line.part for line in history.model.shown_rows()}
