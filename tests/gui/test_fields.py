from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLabel, QWidget

from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.elided_line import ElidedLine
from tomsapp.gui.widgets.fields import ChoiceField, DateField, LineField, TextField
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.problems import ErrorSummary, ProblemRow


def test_field_names_its_control_and_tells_hint_and_error(qtbot):
    field = LineField("Contract value", "In pounds, without VAT")
    qtbot.addWidget(field)
    assert field.control.accessibleName() == "Contract value"
    assert field.control.accessibleDescription() == "In pounds, without VAT"
    field.set_error("Use numbers only, for example 4200000.00")
    assert field.control.accessibleDescription().startswith("Error: Use numbers only")
    assert field.control.property("bad") == "true"
    field.set_error(None)
    assert field.error == ""
    assert field.control.property("bad") == "false"


def test_words_of_a_choice_end_in_an_ellipsis_where_they_have_no_room(qtbot):
    words = "barnet-open 2026.2, published"
    combo = ComboBox()
    qtbot.addWidget(combo)
    combo.addItem(words)
    combo.setCurrentIndex(0)
    combo.show()
    combo.resize(600, combo.height())
    assert combo.shown_words(words) == words
    combo.resize(combo.sizeHint().width(), combo.height())
    assert combo.shown_words(words) == words
    combo.resize(160, combo.height())
    assert combo.shown_words(words).endswith("…")


def test_combo_has_a_buddy_label(qtbot):
    field = ChoiceField("Supplier", [(1, "Ashdown Ltd"), (2, "Northcote plc")])
    qtbot.addWidget(field)
    buddies = [label.buddy() for label in field.findChildren(QLabel)]
    assert field.combo in buddies


def test_field_tells_when_the_keyboard_leaves_it(qtbot):
    field = LineField("Title")
    qtbot.addWidget(field)
    told = []
    field.left.connect(lambda: told.append(True))
    for reason in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.TabFocusReason):
        QApplication.sendEvent(field.line, QFocusEvent(QEvent.Type.FocusOut, reason))
    assert told == [True]


def test_choice_keeps_its_key_when_offered_anew(qtbot):
    field = ChoiceField("Supplier", [(1, "Ashdown Ltd"), (2, "Northcote plc")], placeholder="Choose a supplier")
    qtbot.addWidget(field)
    assert field.value is None
    field.set_value(2)
    field.set_options([(2, "Northcote plc"), (3, "Brightwater")])
    assert field.value == 2
    field.set_options([(3, "Brightwater")])
    assert field.value is None


def test_choice_tells_what_the_user_chose(qtbot):
    field = ChoiceField("Supplier", [(1, "Ashdown Ltd"), (2, "Northcote plc")])
    qtbot.addWidget(field)
    field.show()
    field.set_value(1)
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(field.combo, Qt.Key.Key_Down)
    assert told.args == [2]


def test_date_is_read_and_tidied(qtbot):
    field = DateField("Start date")
    qtbot.addWidget(field)
    qtbot.keyClicks(field.line, "1/4/2026")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.date == dt.date(2026, 4, 1)
    assert field.text == "1 April 2026"
    field.line.setText("soon")
    assert field.date is None
    assert field.text == "soon"


def test_tab_leaves_a_text_of_several_lines(qtbot):
    field = TextField("Method statement")
    qtbot.addWidget(field)
    qtbot.keyClicks(field.box, " Two words ")
    assert field.text == "Two words"
    assert field.box.tabChangesFocus()


def test_summary_counts_problems_and_leads_to_the_field(qtbot):
    value, title = LineField("Contract value"), LineField("Title")
    summary = ErrorSummary()
    for widget in (value, title, summary):
        qtbot.addWidget(widget)
        widget.show()
    value.set_error("Use numbers only")
    summary.show_problems([title, value])
    assert summary.accessibleName() == "There is 1 problem. Nothing has been saved yet."
    link = summary._links[0]
    assert link.text() == "Contract value: use numbers only"
    value.activateWindow()
    link.click()
    qtbot.waitUntil(value.line.hasFocus)
    title.set_error("Enter what is bought")
    summary.show_problems([title, value])
    qtbot.keyClicks(value.line, "2500000")
    assert (value.error, summary.accessibleName()) == ("", "There is 1 problem. Nothing has been saved yet.")
    qtbot.keyClicks(title.line, "Cleaning")
    assert summary.isHidden()
    value.set_error("Not followed any more")
    summary.show_problems([title])
    value.set_error("Nor now")
    assert summary.isHidden()


def test_an_error_goes_as_soon_as_what_it_was_said_of_is_changed(qtbot):
    fields = LineField("Title"), TextField("Notes"), DateField("Start date")
    for field in fields:
        qtbot.addWidget(field)
        field.set_error("It is missing")
        qtbot.keyClicks(field.control, "1")
        assert (field.error, field.control.property("bad")) == ("", "false")


def test_tab_goes_from_a_date_to_the_next_field_and_alt_down_opens_the_calendar(qtbot):
    start, end = DateField("Start date"), DateField("End date")
    both = QWidget()
    in_column(start, end, inside=both)
    qtbot.addWidget(both)
    both.show()
    both.activateWindow()
    qtbot.waitUntil(both.isActiveWindow)
    start.line.setFocus()
    qtbot.keyClicks(start.line, "1 April 2026")
    qtbot.keyClick(start.line, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is end.line
    qtbot.keyClicks(end.line, "2 years")
    assert (start.text, end.text) == ("1 April 2026", "2 years")
    qtbot.keyClick(start.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = start.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate().toPython() == dt.date(2026, 4, 1)
    qtbot.keyClick(calendar.window(), Qt.Key.Key_Escape)
    assert start.text == "1 April 2026"


def test_problem_row_gives_its_actions(qtbot):
    row = ProblemRow("warning", "1 person is entered in 2 years.", [("different", "They are different people")])
    qtbot.addWidget(row)
    row.show()
    assert row.accessibleName() == "Warning: 1 person is entered in 2 years."
    with qtbot.waitSignal(row.action_chosen) as told:
        qtbot.keyClick(row.findChild(LinkButton), Qt.Key.Key_Return)
    assert told.args == ["different"]


def test_a_line_that_is_too_long_ends_in_an_ellipsis_until_it_is_typed_in(qtbot):
    line = ElidedLine()
    qtbot.addWidget(line)
    line.setText("Northmarrow Civil Engineering and Highways Maintenance Ltd")
    line.resize(200, 30)
    line.show()
    line.grab()
    assert line.shown_words.endswith("…")
    assert line.toolTip() == line.text()
    line.activateWindow()
    qtbot.waitUntil(line.isActiveWindow)
    line.setFocus()
    assert line.shown_words == line.text()
    line.clearFocus()
    line.resize(600, 30)
    line.grab()
    assert (line.shown_words, line.toolTip()) == (line.text(), "")
