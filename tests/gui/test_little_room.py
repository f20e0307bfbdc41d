"""Words with more to say than there is room for: they wrap, break or end in …, and nothing beside them is cut."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget

from tests.gui import audit
from tests.gui.test_row_model import COLUMNS, ROWS
from tomsapp.domain.history import Stored
from tomsapp.domain.supplier import Supplier
from tomsapp.gui.dialogs.about import AboutDialog
from tomsapp.gui.dialogs.edit_conflict import ConflictField, EditConflictDialog
from tomsapp.gui.dialogs.guide import GuideDialog
from tomsapp.gui.dialogs.make_database import MakeDatabaseDialog
from tomsapp.gui.dialogs.message import tell
from tomsapp.gui.dialogs.server_fields import ServerDialog
from tomsapp.gui.file_dialogs import FileDialogs
from tomsapp.gui.importing.start_card import StartCard
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.overview.tables_view import TablesView
from tomsapp.gui.tokens import LIGHT, TITLE_BAR
from tomsapp.gui.widgets.buttons import ElidedButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.facts_flow import FactsFlow
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.page_header import Fact, FactsStrip, PageHeader
from tomsapp.gui.widgets.painted_buttons import OpenProblemsButton
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import ElidedText, Text
from tomsapp.services.failures import EditConflict

SHA = "cda0d527c29dcf5062e00ba2abcb4518798f36456395026a81cda0d527c29dcf"
TITLE = "Reactive and planned maintenance of schools, libraries and leisure centres, north and west"


@pytest.fixture
def show(qtbot):
    def shown(widget, width=0, height=0):
        qtbot.addWidget(widget)
        if width:
            widget.resize(width, height)
        widget.show()
        QApplication.processEvents()
        return widget

    return shown


# Words that no line has room for


def test_a_hash_breaks_so_that_nothing_in_its_panel_is_cut(show):
    words = Text(SHA, "note", wrap=True, selectable=True)
    panel = show(ScrollArea("The chosen change", holding(in_column(words, STRETCH)), only_down=True), 300, 200)
    assert audit.cut(panel) == []
    assert words.width() <= panel.viewport().width()
    assert words.height() > words.fontMetrics().lineSpacing() * 1.5


def test_what_breaks_is_read_out_and_copied_as_it_was_given(show, qtbot):
    words = show(Text(SHA, wrap=True, selectable=True), 300, 100)
    assert words.text() == words.accessibleName() == SHA
    words.setSelection(0, 2 * len(SHA) - 1)
    assert words.selectedText() == SHA
    qtbot.keyClick(words, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == SHA
    QGuiApplication.clipboard().clear()
    QApplication.sendEvent(words, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5)))
    (copy,) = words.findChild(QMenu).actions()
    copy.trigger()
    assert QGuiApplication.clipboard().text() == SHA


def test_a_text_after_one_that_breaks_has_its_own_name(show):
    words = show(Text(SHA, wrap=True))
    words.setText("Closed")
    assert (words.text(), words.accessibleName()) == ("Closed", "")


# Links and facts


def test_a_link_ends_in_dots_where_it_has_no_room_and_gives_way_to_its_panel(show):
    link = ElidedButton(TITLE, role="note")
    panel = show(ScrollArea("Supplier", holding(in_column(link, STRETCH)), only_down=True), 300, 100)
    assert audit.cut(panel) == []
    assert link.text() == link.toolTip() == TITLE
    assert link.shown_words.endswith("…")
    panel.resize(900, 100)
    QApplication.processEvents()
    assert (link.shown_words, link.toolTip()) == (TITLE, "")


def test_a_long_name_in_the_facts_has_the_room_there_is_and_no_more(show):
    strip = FactsStrip()
    strip.set_facts([Fact("Supplier", TITLE, "s"), Fact("Signed by", TITLE), Fact("Contract value", "£4,200,000.00")])
    holder = QWidget()
    in_column(strip, inside=holder)
    show(holder, 2000, 60)
    link = strip.findChild(ElidedButton)
    assert link.shown_words == TITLE
    holder.resize(420, 60)
    QApplication.processEvents()
    assert holder.width() == 420
    assert link.shown_words.endswith("…")
    value = next(each for each in strip.findChildren(Text) if each.text() == "£4,200,000.00")
    assert value.width() >= value.sizeHint().width()


def test_a_fact_that_is_told_elsewhere_too_gives_way_before_another_is_cut(show):
    deadline = Fact("Deadline", "12 noon, Wednesday 23 September 2026, UK time")
    edition = Fact("Menu edition", "barnet-open 2026.2", "menu", gives_way=True)
    strip = FactsStrip()
    strip.set_facts([deadline, Fact("Pack", "version 2, amended 30 October 2026"), edition])
    holder = QWidget()
    in_column(strip, inside=holder)
    show(holder, 1200, 60)
    values, link = strip.findChildren(ElidedText), strip.findChild(QPushButton)
    assert link.isVisible()
    holder.resize(640, 60)
    QApplication.processEvents()
    assert not link.isVisible()
    assert [each.text() for each in values] == [each.whole for each in values]
    holder.resize(400, 60)
    QApplication.processEvents()
    assert values[0].text().endswith("…")
    assert values[0].toolTip() == deadline.value


def test_a_name_with_its_role_is_never_clipped_however_short_it_is(show):
    strip = FactsStrip()
    strip.set_facts([Fact("Signed by", "A. Okafor, Procurement lead"), Fact("Sealed value", "£4,200,000.00")])
    holder = QWidget()
    in_column(strip, inside=holder)
    show(holder, 280, 60)
    name = strip.findChild(ElidedText)
    assert name.text().endswith("…")
    assert name.toolTip() == "A. Okafor, Procurement lead"


def test_the_facts_of_a_card_go_on_below_and_are_whole(show):
    facts = FactsFlow()
    role = "Procurement lead for adult social care and public health"
    days = [Fact(f"{word} on", "12 September 2026") for word in ("Signed", "Entered here", "Takes effect")]
    facts.set_facts([*days[:1], Fact("Signed by", f"A. Okafor, {role}"), *days[1:], Fact("As varied", "£226,437.78")])
    holder = QWidget()
    in_column(facts, STRETCH, inside=holder)
    show(holder, 620, 200)
    assert audit.cut(holder) == []
    values = facts.findChildren(ElidedText)
    assert [each.text() for each in values] == [each.whole for each in values]
    tops = [each.parentWidget().y() for each in values]
    assert tops[0] < tops[-1]
    holder.resize(300, 300)
    QApplication.processEvents()
    assert values[1].text().endswith("…")
    assert values[1].toolTip() == f"A. Okafor, {role}"


# Rows


def test_long_words_of_a_cell_go_on_in_a_second_line(show):
    """What is drawn in the lower half of a row, and nothing where the words are short."""

    def drawn_below(words):
        columns = (*COLUMNS[:1], Column("change", "Change", lambda _row: words, width=150))
        model = RowModel(columns)
        model.set_rows(ROWS[:1])
        table = show(DataTable(model, "History"), 600, 200)
        rect = table.visualRect(model.index(0, 1))
        lower = rect.adjusted(12, rect.height() // 2 + 8, -12, -4)
        image = table.viewport().grab(lower).toImage()
        return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}

    assert len(drawn_below("Share 50%")) == 1
    assert len(drawn_below("Added: quantity 2027/28 25; quantity 2028/29 25")) > 1


# Dialogs


def test_a_dialog_is_as_high_as_its_words_at_its_width(show):
    for dialog in (
        tell(None, "No problems found in council.db", "Its file, its tables, its menus and its history are whole."),
        ServerDialog(None),
    ):
        show(dialog)
        column = dialog.layout()
        assert dialog.height() <= column.totalHeightForWidth(dialog.width()) + 2
        dialog.close()


def conflict_dialog():
    error = EditConflict(Stored(1, 3, Supplier("Theirs"), "B. Singh", datetime(2026, 5, 18, 14, 30, tzinfo=UTC)))
    return EditConflictDialog(error, Supplier("Mine"), [ConflictField("Name", lambda each: each.name)])


@pytest.mark.parametrize("make", [lambda: GuideDialog(None), lambda: AboutDialog([], None), conflict_dialog])
def test_a_dialog_is_no_larger_than_the_screen_with_large_text(show, theme, make):
    theme.set_text_size(150)
    dialog = show(make())
    screen = dialog.screen().availableGeometry()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height() - TITLE_BAR


def test_a_new_database_begins_in_its_first_field_where_the_form_scrolls(show, theme, preferences):
    theme.set_text_size(150)
    dialog = show(MakeDatabaseDialog(None, FileDialogs(preferences), "Ann"))
    dialog.activateWindow()
    QApplication.processEvents()
    assert dialog.findChild(ScrollArea).verticalScrollBar().maximum() > 0
    assert dialog.focusWidget() is dialog.council.control


# Forms


def test_what_to_do_first_scrolls_where_it_has_no_room(show):
    start, first = StartCard(), Card("Make the spreadsheet to be filled in")
    field = ChoiceField("Measures in the spreadsheet")
    first.body.addWidget(field)
    first.body.addWidget(ElidedButton("Make the spreadsheet…"))
    start.put_first(first)
    show(start, 900, 200)
    start.activateWindow()
    QApplication.processEvents()
    assert field.height() >= field.minimumSizeHint().height()
    assert QApplication.focusWidget() is start.choose_button
    assert not start.choose_button.visibleRegion().isEmpty()
    assert audit.cut(start) == []


def test_what_is_open_is_never_cut(show):
    problems = OpenProblemsButton()
    problems.set_count(1, 1, 6)
    holder = show(holding(in_row(problems, STRETCH)), 600, 40)
    assert problems.shown_words == problems.accessibleName() == "1 error and 1 warning to put right, 6 still to enter"
    holder.resize(300, 40)
    QApplication.processEvents()
    assert problems.shown_words == "1 error and 1 warning, 6 to enter"
    assert problems.minimumSizeHint().width() <= problems.width() < problems.sizeHint().width()


def test_a_short_heading_is_whole_however_much_stands_beside_it(show):
    header = PageHeader("Menu")
    for words in ("barnet-open 2026.2, published", "Browse", "Compare editions", "Export", "Preview menu book"):
        header.add_action(ElidedButton(words))
    show(header, 420, 60)
    assert header.heading.text() == "Menu"


def test_the_field_with_the_keyboard_stays_in_view_when_its_area_gets_less_room(show):
    lines = [QLineEdit() for _ in range(6)]
    area = ScrollArea("Details", holding(in_column(*lines, gap=40)), only_down=True)
    holder = show(holding(in_column(area)), 300, 500)
    holder.activateWindow()
    lines[4].setFocus()
    holder.resize(300, 160)
    QApplication.processEvents()
    assert lines[4].visibleRegion().boundingRect().height() == lines[4].height()


def test_the_choice_of_a_table_is_never_squeezed(show):
    view = show(TablesView(), 780, 400)
    buttons = view.switch.findChildren(QPushButton)
    assert all(each.width() >= each.sizeHint().width() for each in buttons)
    assert view.copy.geometry().top() > view.switch.geometry().bottom()


def test_the_guide_takes_the_look_that_is_chosen_beside_it(show, theme):
    theme.set_theme("dark")
    guide = show(GuideDialog(None))
    theme.set_theme("light")
    palette = guide.browser.palette()
    shown = [palette.color(role).name().upper() for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Text)]
    assert shown == [LIGHT.surface, LIGHT.text]
