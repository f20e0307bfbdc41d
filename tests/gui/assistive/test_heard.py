"""What assistive technology puts in or chooses is heard as typing and clicks are; asked of Qt itself, without a bus."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QButtonGroup, QMenu, QPushButton, QWidget

import tomsapp.gui
from tests.gui import audit
from tests.gui.contract.conftest import desk  # noqa: F401 - a fixture
from tests.gui.contract.test_picker import open_picker
from tests.gui.test_row_model import COLUMNS, ROWS
from tomsapp.domain.contract import CONTRACT
from tomsapp.gui.contract.grid_model import FIRST_YEAR
from tomsapp.gui.contract.spend_field import SpendField
from tomsapp.gui.history.history_filters import DayLine
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.palette import CommandPalette
from tomsapp.gui.palette_results import PaletteResult
from tomsapp.gui.widgets.buttons import Button, SegmentedButton, TabStrip
from tomsapp.gui.widgets.chips import ChipMenu, FilterChip
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.fields import ChoiceField, DateField, LineField, TickField
from tomsapp.gui.widgets.line import Line
from tomsapp.gui.widgets.radio_field import RadioField
from tomsapp.gui.widgets.roles import tell_roles
from tomsapp.gui.widgets.tick_list import TickList

VALUE, NAME = QAccessible.Text.Value, QAccessible.Text.Name
ROLE = QAccessible.Role


pytestmark = pytest.mark.usefixtures("listened_to")


def interface(widget):
    return QAccessible.queryAccessibleInterface(widget)


def children(widget):
    top = interface(widget)
    return [top.child(number) for number in range(top.childCount())]


def part(widget, *words):
    """The one row or cell whose name holds all these words."""
    (found,) = [child for child in children(widget) if all(word in child.text(NAME) for word in words)]
    return found


def toggle(thing):
    assert thing.actionInterface().actionNames() == ["Toggle"]
    thing.actionInterface().doAction("Toggle")
    QApplication.processEvents()


def put(line, text):
    """Put a whole text into a line, as assistive technology does."""
    interface(line).setText(VALUE, text)


def told_by(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


# Lines


def test_only_the_line_itself_asks_qt_what_was_typed():
    files = Path(tomsapp.gui.__file__).parent.rglob("*.py")
    assert [file.name for file in files if "textEdited" in file.read_text(encoding="utf-8")] == ["line.py"]


def test_a_line_tells_a_text_that_is_put_in_and_a_text_that_is_typed_but_not_its_own(qtbot):
    line = Line()
    qtbot.addWidget(line)
    edited, given = told_by(line.edited), told_by(line.given)
    line.set_text("before")
    assert (len(edited), len(given)) == (0, 0)
    put(line, "put in")
    assert (line.text(), len(edited), len(given)) == ("put in", 1, 1)
    QTest.keyClicks(line, "ab")
    assert (line.text(), len(edited), len(given)) == ("put inab", 3, 1)
    put(line, "again")
    assert (len(edited), len(given)) == (4, 2)


def test_the_clear_button_is_told_once(qtbot):
    line = Line()
    line.setClearButtonEnabled(True)
    qtbot.addWidget(line)
    line.show()
    line.set_text("before")
    edited = told_by(line.edited)
    line.findChild(QWidget).click()
    assert (line.text(), len(edited)) == ("", 1)
    put(line, "after")
    QTest.keyClicks(line, "!")
    assert len(edited) == 3


def test_a_field_hears_what_is_put_in_and_checks_it_at_once(qtbot):
    for field in (LineField("Title"), DateField("Start date")):
        qtbot.addWidget(field)
        edited, left = told_by(field.edited), told_by(field.left)
        put(field.line, "1/4/2026")
        assert (len(edited), len(left)) == (1, 1)
    assert field.line.text() == "1 April 2026"


def test_an_amount_of_spend_is_heard(qtbot):
    field = SpendField(CONTRACT.fact("spend"))
    qtbot.addWidget(field)
    field.set_years(["2026/27"])
    edited, left = told_by(field.edited), told_by(field.left)
    put(field.lines[0, False], "1,500")
    assert (len(edited), len(left)) == (1, 1)
    assert field.texts == {"0 forecast": "1,500"}


def test_a_day_that_is_put_in_filters_and_emptying_it_by_the_program_tells_nothing(qtbot):
    line = DayLine("From")
    qtbot.addWidget(line)
    changed = told_by(line.day_changed)
    put(line, "1/4/2026")
    assert (line.text(), len(changed)) == ("1 April 2026", 1)
    line.empty()
    assert len(changed) == 1
    put(line, "1/4/2026")
    assert len(changed) == 2


# Boxes and buttons


def test_a_box_and_a_choice_are_heard_when_they_are_toggled_but_not_when_the_program_sets_them(qtbot):
    tick, radio = TickField("Weekly", "It is done weekly"), RadioField("Why")
    radio.set_options([("a", "One"), ("b", "Two")])
    for field, button in ((tick, tick.box), (radio, radio.buttons[1])):
        qtbot.addWidget(field)
        edited = told_by(field.edited)
        interface(button).actionInterface().doAction("Toggle")
        assert (len(edited), button.isChecked()) == (1, True)
    told = told_by(tick.edited)
    tick.set_ticked(is_ticked=False)
    assert told == []


def test_one_of_several_is_heard_when_it_is_toggled_but_not_when_the_program_sets_it(qtbot):
    segments = SegmentedButton("Place", [("a", "Here"), ("b", "There")])
    qtbot.addWidget(segments)
    chosen = told_by(segments.chosen)
    interface(segments.findChildren(QPushButton)[1]).actionInterface().doAction("Toggle")
    assert (chosen, segments.current) == ([("b",)], "b")
    segments.set_current("a")
    assert len(chosen) == 1


# Lists


@pytest.mark.parametrize("number", [0, 1])
def test_a_box_in_a_list_is_ticked_and_unticked_on_the_current_row_too(qtbot, number):
    ticks = TickList("Wards")
    qtbot.addWidget(ticks)
    ticks.set_options([("n", "North"), ("s", "South")], ())
    ticks.show()
    ticked = told_by(ticks.ticked)
    row = children(ticks.list)[number]
    toggle(row)
    assert ticks.chosen == [["n", "s"][number]]
    assert row.state().checked
    toggle(row)
    assert ticks.chosen == []
    assert len(ticked) == 2


def test_a_measure_is_ticked_and_unticked_in_the_picker_on_the_current_row_too(desk):  # noqa: F811
    picker = open_picker(desk())
    put(picker.field, "S08")
    row = part(picker.list, "S08  ·")
    toggle(row)
    assert picker.model.ticked == ["S08"]
    toggle(row)
    assert picker.model.ticked == []
    picker.reject()


def test_a_choice_in_an_opened_list_is_told(qtbot):
    field = ChoiceField("Theme", [("light", "Light"), ("dark", "Dark")])
    qtbot.addWidget(field)
    field.show()
    chosen = told_by(field.chosen)
    field.combo.showPopup()
    toggle(part(field.combo.view(), "Dark"))
    assert (field.value, chosen) == ("dark", [("dark",)])
    assert not field.combo.view().isVisible()


def test_a_result_of_the_search_is_opened_the_first_one_too(qtbot, jobs):
    opened = []

    class Provider:
        asks_database = False

        def find(self, query):
            return [PaletteResult("Go to", words, lambda words=words: opened.append(words)) for words in "AB"]

    window = QWidget()
    qtbot.addWidget(window)
    palette = CommandPalette(window, jobs, [Provider()])
    window.show()
    for words in "AB":
        palette.open()
        toggle(part(palette._list, f"{words}, Go to"))
    assert opened == ["A", "B"]


@pytest.fixture
def table(qtbot):
    model = RowModel(COLUMNS)
    model.set_rows(ROWS)
    made = DataTable(model, "Contracts")
    qtbot.addWidget(made)
    made.show()
    made.select_place(0)
    return made


def test_a_row_is_gone_to_when_it_is_chosen_and_opened_when_it_is_chosen_again(table):
    opened = told_by(table.row_opened)
    row = part(table, ROWS[2].title)
    toggle(row)
    assert (table.selected_rows(), opened) == ([ROWS[2]], [])
    toggle(row)
    assert (table.selected_rows(), opened) == ([ROWS[2]], [(ROWS[2],)])


def test_a_figure_is_explained_when_it_is_chosen(table):
    opened, explained = told_by(table.row_opened), told_by(table.figure_chosen)
    figure = interface(table).child((len(COLUMNS) + 1) + 2)
    toggle(figure)
    assert (opened, explained) == ([], [(ROWS[0], COLUMNS[1].key)])


def test_a_key_that_selects_is_not_taken_for_assistive_technology(table, qtbot):
    opened = told_by(table.row_opened)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(table, key)
    assert (table.selected_rows(), opened) == ([ROWS[1]], [])


# The commitments grid


def test_a_group_is_read_once_and_its_subtotal_apart(desk):  # noqa: F811
    table = desk().table
    names = [child.text(NAME) for child in children(table)]
    assert len([name for name in names if name.startswith("Skills and apprenticeships, ")]) == 1
    subtotal = part(table, "Subtotal, Skills and apprenticeships")
    figures = told_by(table.figure_chosen)
    toggle(subtotal)
    assert len(figures) == 1


def test_cells_under_a_group_say_nothing_and_cannot_be_chosen(desk):  # noqa: F811
    d = desk()
    place = next(row for row in range(d.model.rowCount()) if d.model.line_at(row) is None)
    under = d.model.index(place, FIRST_YEAR)
    assert under.flags() == Qt.ItemFlag.NoItemFlags
    before = d.table.currentIndex()
    toggle(interface(d.table).child((place + 1) * (d.model.columnCount() + 1) + FIRST_YEAR + 1))
    assert d.table.currentIndex() == before


@pytest.mark.parametrize("year", [0, 1])
def test_a_quantity_opens_its_field_the_current_one_too_and_what_is_put_in_is_saved(desk, year):  # noqa: F811
    d = desk()
    d.cell("J11", 0)
    title = d.shown("J11", 0)
    toggle(part(d.table, ("2026/27", "2027/28")[year], title))
    (editor,) = d.table.viewport().findChildren(Line)
    assert audit.says(editor).startswith(f"{('2026/27', '2027/28')[year]}, {title}")
    parents = [interface(editor).parent(), interface(editor).parent().parent()]
    assert parents[1].object() is d.table
    put(editor, "7.5")
    assert d.saved("J11").quantities[year] == Decimal("7.5")
    put(editor, "8")
    assert d.saved("J11").quantities[year] == 8


def test_a_value_that_is_put_into_the_cell_itself_is_saved_as_windows_may_do(desk):  # noqa: F811
    d = desk()
    part(d.table, "2026/27", d.shown("J11", 0)).setText(VALUE, "7.5")
    assert d.saved("J11").quantities[0] == Decimal("7.5")


def test_share_title_and_group_do_what_enter_does(desk):  # noqa: F811
    d = desk()
    wanted = told_by(d.table.details_wanted)
    toggle(part(d.table, "Share", d.shown("S08", 0)))
    assert wanted[0][1] == "contract_share"
    rows = d.model.rowCount()
    toggle(part(d.table, "Skills and apprenticeships, ", "expanded"))
    assert d.model.rowCount() < rows


def test_every_action_of_a_problem_can_be_done(desk):  # noqa: F811
    d = desk()
    d.table.action_chosen.disconnect()
    done = told_by(d.table.action_chosen)
    place, row = next((n, r) for n, r in enumerate(d.model.rows) if len(getattr(r, "actions", ())) > 1)
    first = (place + 1) * (d.model.columnCount() + 1) + 1
    cells = [interface(d.table).child(first + column) for column in range(d.model.columnCount())]
    for action in row.actions:
        toggle(next(cell for cell in cells if cell.text(NAME) == action.words))
    assert done == [(row, action) for action in row.actions]


# What opens


def test_the_first_item_of_a_menu_that_opens_is_marked_and_so_told(qtbot):
    more, menu = Button("More", opens_menu=True), QMenu()
    qtbot.addWidget(more)
    menu.addAction("Copy").setEnabled(False)
    menu.addAction("Delete")
    more.set_menu(menu)
    more.show()
    more.click()
    assert (menu.activeAction().text(), audit.says(menu)) == ("Delete", "More")
    menu.close()


def test_the_values_of_a_filter_can_be_hidden_where_they_were_opened(qtbot):
    chip = FilterChip("Status", [("d", "Draft")])
    qtbot.addWidget(chip)
    chip.show()
    for is_shown in (True, False, True, False):
        chip.click()
        assert any(menu.isVisible() for menu in chip.findChildren(ChipMenu)) is is_shown


# Roles


def test_buttons_of_which_one_is_on_are_no_check_boxes(qtbot):
    tell_roles()
    segments = SegmentedButton("Place", [("a", "Here"), ("b", "There")])
    tabs = TabStrip("Parts", [("a", "First"), ("b", "Second")])
    for row, roles in ((segments, (ROLE.Client, ROLE.RadioButton)), (tabs, (ROLE.PageTabList, ROLE.PageTab))):
        qtbot.addWidget(row)
        row.show()
        buttons = row.findChildren(QPushButton)
        assert (audit.role_of(row), *{audit.role_of(button) for button in buttons}) == roles
        chosen = told_by(row.chosen)
        interface(buttons[1]).actionInterface().doAction("Press")
        qtbot.waitUntil(lambda chosen=chosen: chosen == [("b",)])
        assert row.current == "b"
    assert [interface(button).state().selected for button in buttons] == [0, 1]
    assert [audit.says(button) for button in buttons] == ["First", "Second"]


def test_the_audit_notices_a_check_box_that_is_one_of_several(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    group = QButtonGroup(holder)
    for words in ("Here", "There"):
        button = QPushButton(words, holder)
        button.setCheckable(True)
        group.addButton(button)
    holder.show()
    assert len(audit.misfits(holder)) == 2
