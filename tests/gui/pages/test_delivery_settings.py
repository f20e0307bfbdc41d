"""Settings of delivery: set as a form, undone, and found by the search and from the history."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.pages.office import open_office
from tomsapp.domain.delivery.rules import DELIVERY_RULES, DeliveryRules
from tomsapp.gui.pages.settings_page import SettingsPage
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY, rules_now

_ORDER = "The share of Approaching target is not below 100%. Each word begins below the one before"


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    office = open_office(qtbot, monkeypatch, tmp_path)
    office.make()
    return office


@pytest.fixture
def tab(office):
    office.window.go_to("settings", "delivery")
    return office.window.page("settings").delivery


def held(office):
    return rules_now(office.session.workspace)


def type_over(tab, name, text):
    control = tab.form.field(name).control
    control.setFocus()
    QTest.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(control, text)
    return control


def test_what_the_program_begins_with_is_shown_with_its_source(tab):
    assert tab.whose.text().startswith("Your council has set nothing here yet")
    shown = {name: made.field.text for name, made in tab.form.facts.items() if name != "may_accept_own"}
    assert (shown["return_days"], shown["approaching"], shown["keep_years"]) == ("30", "85%", "")
    described = tab.form.field("good").control.accessibleDescription()
    assert "regulation 39(5), Procurement Regulations 2024" in described
    tick = tab.form.field("may_accept_own").control
    assert "as auditors ask for two persons" in tick.accessibleDescription()


def test_rules_are_typed_saved_with_enter_and_undone(office, tab):
    type_over(tab, "approaching", "90%")
    control = type_over(tab, "keep_years", "6")
    QTest.keyClick(control, Qt.Key.Key_Return)
    assert (held(office).record.approaching, held(office).record.keep_years) == (Decimal("0.9"), Decimal(6))
    assert tab.whose.text().startswith("They hold from when they are saved")
    office.session.undo()
    assert held(office).record == DeliveryRules()
    assert tab.form.field("approaching").text == "85%"


def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(office, tab):
    type_over(tab, "approaching", "100")
    type_over(tab, "return_days", "1.5")
    tab.save_button.click()
    assert tab.form.field("return_days").error.startswith("It is not a whole number that can be entered")
    type_over(tab, "return_days", "28")
    tab.save_button.click()
    assert tab.form.field("approaching").error == _ORDER
    assert tab.summary.isVisible()
    assert held(office).version == 0
    tab.discard_button.click()
    assert tab.form.field("approaching").text == "85%"


def test_what_a_colleague_sets_is_shown(office, tab):
    now = held(office)
    RULES_OF_DELIVERY.save(office.session.workspace, now, replace(now.record, late_days=Decimal(21)))
    office.window.page("settings").refresh(None)
    assert tab.form.field("late_days").text == "21"


def test_the_history_of_the_rules_and_the_way_back(office, tab):
    type_over(tab, "most_files", "5")
    tab.save_button.click()
    page = office.window.page("settings")
    page.history_button.click()
    history = office.window.page("history")
    assert history.isVisible()
    line = next(row for row in history.model.shown_rows() if row.kind is DELIVERY_RULES)
    history.panel().show_line(line)
    office.window.go_to("settings", "computer")
    history.panel().open_record()
    assert (page.tabs.current, page.delivery.isVisible()) == ("delivery", True)


def found_at_once(office, query):
    return [each for provider in office.window.providers if not provider.asks_database for each in provider.find(query)]


@pytest.mark.parametrize("query", ["delivery rules", "ratings", "evidence"])
def test_the_search_leads_there(office, query):
    (found,) = [result for result in found_at_once(office, query) if result.title.startswith("Delivery rules")]
    found.open()
    page = office.window.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.tabs.current == "delivery"
    office.session.set_workspace(None)
    assert found.title not in {result.title for result in found_at_once(office, query)}
