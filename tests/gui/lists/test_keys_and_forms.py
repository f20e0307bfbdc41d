"""Where the keyboard is when a form opens, which keys save it, and the keys and commands that work all over a page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit

from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import RAIL_ITEM_LEAST
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.services.contracts import list_contracts
from tomsapp.services.suppliers import list_suppliers

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def at(program):
    """The program with its window in front."""
    in_front(program.window)
    return program


def in_front(window):
    window.activateWindow()
    QTest.qWaitForWindowActive(window)


def keyboard():
    """What takes the keys: a list that popped up, or the control that has the keyboard."""
    popup = QApplication.activePopupWidget()
    return (popup.focusWidget() or popup) if popup else QApplication.focusWidget()


def press(key, held=NO_KEY):
    """Press a key where the keyboard is."""
    QTest.keyClick(keyboard(), key, held)
    QApplication.processEvents()


def write(text):
    for sign in text:
        QTest.keyClick(keyboard(), sign)


def here():
    return QApplication.focusWidget().accessibleName()


def test_a_panel_that_scrolls_begins_in_its_first_field(at):
    at.window.resize(960, 540)
    number = list_suppliers(at.workspace)[0].id
    page = at.open("suppliers", number)
    assert page.side.findChild(ScrollArea).verticalScrollBar().maximum() > 0
    at.window.stage.open_panel()
    assert here() == "Name"


@pytest.mark.parametrize("width", [1366, 1280, 960])
@pytest.mark.parametrize(
    ("page", "first"),
    [("suppliers", "Name"), ("neighbourhoods", "Name"), ("priorities", "Name"), ("contracts", "Title")],
)
def test_typing_begins_in_the_first_field_of_a_new_form(at, page, first, width):
    at.window.resize(width, 640)
    at.window.go_to("settings")
    at.window.go_to(page, "new")
    assert here() == first
    assert QApplication.focusWidget().isVisible()
    at.window.go_to("settings")
    at.window.go_to("contracts", "list")
    at.window.go_to(page)
    assert here(), "the page has the keyboard again"


def test_a_record_that_was_asked_for_lies_over_a_narrow_page_with_the_keyboard_in_it(at):
    at.window.resize(1280, 680)
    at.window.go_to("settings")
    page = at.open("suppliers", at.lantern)
    assert at.window.stage.panel_is_shown
    assert page.side.record_id == at.lantern
    assert at.window.stage.panel.isAncestorOf(QApplication.focusWidget())
    press(Qt.Key.Key_Escape)
    assert not at.window.stage.panel_is_shown
    at.window.go_to("settings")
    at.window.go_to("suppliers")
    assert not at.window.stage.panel_is_shown, "nothing was asked for"


def test_enter_saves_a_form_and_so_does_ctrl_s_wherever_the_keyboard_is(at):
    page = at.open("suppliers", "new")
    write("Ashdown Facilities Ltd")
    press(Qt.Key.Key_Return)
    page.start_new()
    write("Brightwater CIC")
    press(Qt.Key.Key_S, CONTROL)
    page.start_new()
    write("Calder Clean")
    page.table.setFocus()
    press(Qt.Key.Key_S, CONTROL)
    names = {row.supplier.name for row in list_suppliers(at.workspace)}
    assert {"Ashdown Facilities Ltd", "Brightwater CIC", "Calder Clean"} <= names


def test_ctrl_s_saves_a_new_contract_and_says_so_where_nothing_is_left_to_save(at):
    at.open("contracts", "new")
    for text in ("Cleaning of schools", "", "2500000", "1 April 2026", "2 years", "hartw"):
        write(text)
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_S, CONTROL)
    assert "Cleaning of schools" in {row.title for row in list_contracts(at.workspace)}
    press(Qt.Key.Key_S, CONTROL)
    assert "Nothing is left to save" in at.window.stage.undo_bar.accessibleName()


def test_ctrl_s_takes_a_field_that_is_saved_when_it_is_left(at):
    before, name = at.session.who, at.open("settings", "computer").computer.name
    for typed, who in (("", before), ("Rosa Castell", "Rosa Castell"), (before, before)):
        name.line.setFocus()
        name.line.selectAll()
        press(Qt.Key.Key_Delete)
        write(typed)
        press(Qt.Key.Key_S, CONTROL)
        assert at.session.who == who
        assert bool(name.error) is (not typed)


def test_details_of_a_line_and_an_answer_are_saved_with_the_same_keys(at):
    page = at.open("contracts", at.housing).shown
    line = page.editor.commitments[1]
    page.forms.show_details(line.key, "statement")
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    write("Weekly.")
    press(Qt.Key.Key_S, CONTROL)
    assert page.editor.commitment(line.key).statement.startswith("Weekly.")


def test_one_supplier_that_matches_is_taken_by_enter_and_by_tab(at):
    field = at.open("contracts", "new").shown.form.fields.supplier
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
        field.set_text("")
        field.combo.setFocus()
        write("lantern y")
        press(key)
        assert field.name == "Lantern Youth CIC"
    field.set_text("")
    field.combo.setFocus()
    write("o")  # both have it
    press(Qt.Key.Key_Tab)
    assert (field.text, field.name) == ("o", "")


@pytest.mark.parametrize("size", [(1366, 688), (1280, 680), (960, 500)])
def test_the_whole_window_can_be_as_small_and_the_rail_keeps_its_words(program, size):
    window = program.window
    program.open("contracts", program.housing)
    window.resize(*size)
    assert window.size() == QSize(*size)
    items = window.rail._items.values()
    assert all(item.height() >= current_theme().px(RAIL_ITEM_LEAST) for item in items)
    assert max(item.geometry().bottom() for item in items) <= window.rail.height()


@pytest.mark.parametrize("place", ["panel", "rail", "heading", "search"])
def test_the_keys_of_a_contract_work_wherever_the_keyboard_is(at, place):
    page = at.open("contracts", at.housing).shown
    controls = {
        "panel": page.forms.panel._total,
        "rail": at.window.rail.findChildren(QAbstractButton)[0],
        "heading": page.header.heading,
        "search": at.window.top_bar.search,
    }
    for key, held, is_done in (
        (Qt.Key.Key_Tab, CONTROL, lambda: page.tabs.current == "delivery"),
        (Qt.Key.Key_F8, NO_KEY, lambda: page.tabs.current == "commitments"),
        (Qt.Key.Key_A, CONTROL | SHIFT, lambda: page.picker is not None),
    ):
        controls[place].setFocus()
        assert not is_done()
        press(key, held)
        assert is_done(), (place, key)
    page.picker.reject()
    in_front(at.window)
    controls[place].setFocus()
    press(Qt.Key.Key_D, CONTROL | SHIFT)
    assert len(list_contracts(at.workspace)) == 3, "copied"


def found(window, query):
    return {result.title: result for provider in window.providers for result in provider.find(query)}


def test_every_command_is_found_by_the_search_over_the_window(at):
    page = at.open("contracts", at.housing).shown
    for query, words in (
        ("dark", "Theme: Dark"),
        ("save", "Save"),
        ("paste", "Paste"),
        ("sign con", "Sign contract"),
        ("import", "Import commitments"),
        ("copy contract", "Copy contract"),
        ("next problem", "Next problem"),
        ("add supplier", "New supplier"),
        ("new contract", "New contract"),
        ("neighbourhood", "New neighbourhood"),
        ("shortcuts", "Keyboard shortcuts"),
    ):
        assert words in found(at.window, query), query
    found(at.window, "add measures")["Add measures"].open()
    assert page.picker is not None
    page.picker.reject()
    found(at.window, "new supplier")["New supplier"].open()
    assert here() == "Name"
    titles = [title for title in found(at.window, "supplier") if title in {"New supplier", "Add supplier"}]
    assert titles == ["Add supplier"], "the page's own command is not said twice"


def edit(at, words):
    return next(action for action in at.window.menu("edit").actions() if action.text() == words)


def test_edit_copies_pastes_and_finds_where_the_keyboard_is(at):
    page = at.open("suppliers", "new")
    write("Ashdown")
    QApplication.focusWidget().selectAll()
    edit(at, "Copy").trigger()
    assert QGuiApplication.clipboard().text() == "Ashdown"
    edit(at, "Paste").trigger()
    edit(at, "Paste").trigger()
    assert page.side.form.field("name").text == "AshdownAshdown"
    page.table.setFocus()
    page.table.select_place(0)
    edit(at, "Copy").trigger()
    assert "Hartwell and Doyle Ltd" in QGuiApplication.clipboard().text()
    edit(at, "Find").trigger()
    assert QApplication.focusWidget() is page.search
    at.open("contracts", at.housing)
    press(Qt.Key.Key_F, CONTROL)
    assert at.window.palette_box.isVisible(), "a page without a search of its own has the one over the window"
