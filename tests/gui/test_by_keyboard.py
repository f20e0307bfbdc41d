"""The program's main job by keyboard alone: from no database to the PDF of a contract, and not one click."""

from __future__ import annotations

import pypdfium2
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tests.gui.audit import MOST_STEPS, control_of, says
from tests.gui.person import Person
from tests.gui.test_done_when import CONTROL, PROMISES, SHARE, newcomer  # noqa: F401 - the last is a fixture
from tomsapp.gui.contract.grid_model import FIRST_YEAR

ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
KEY = Qt.Key


class Typist(Person):
    """A person without a mouse: goes by Tab to what has the right name, and types."""

    def click_at(self, *_args, **_more) -> None:
        raise AssertionError("There is no mouse")

    def is_at(self) -> str:
        """The name of what has the keyboard."""
        return says(control_of(self.focused()))

    def tab_to(self, name: str) -> None:
        """Press Tab until what is called so has the keyboard; a grid that keeps Tab is left with Ctrl+Tab."""
        passed = []
        for _ in range(MOST_STEPS):
            if self.is_at() == name:
                return
            passed.append(self.is_at())
            self.press(KEY.Key_Tab, CONTROL if passed[-1].startswith("Commitments of") else NONE)
        raise AssertionError(f"Tab comes to no “{name}”, but to {passed}")

    def do(self, name: str) -> None:
        """Go to a button and press it."""
        self.tab_to(name)
        self.press(KEY.Key_Return)

    def fill(self, label: str, text: str) -> None:
        """Go to a field and replace what stands in it."""
        self.tab_to(label)
        self.press(KEY.Key_A, CONTROL)
        self.type(text)

    def go_on_to(self, words: str) -> None:
        """Press Down until the cell that the cursor is in says these words."""
        table = self.focused()
        for _ in range(MOST_STEPS):
            if words in table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole):
                return
            self.press(KEY.Key_Down)
        raise AssertionError(words)

    def type_the_file(self, path: str) -> None:
        """In the next file dialog, type a path and press Enter until it is taken; say so before what opens it."""

        def type_path() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QFileDialog):
                QTimer.singleShot(50, type_path)
                return
            line = QApplication.focusWidget()
            assert isinstance(line, QLineEdit), "the keyboard does not begin in the name of the file"
            QTest.keyClick(line, KEY.Key_A, CONTROL)
            QTest.keyClicks(line, path)
            enter()

        def enter() -> None:
            # The list of names that match what was typed takes the first Enter where it is still open.
            if isinstance(QApplication.activeModalWidget(), QFileDialog):
                QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), KEY.Key_Return)
                QTimer.singleShot(50, enter)

        QTimer.singleShot(200, type_path)


def make_database(person):
    person.do("Make a database")
    assert person.is_at() == "Name of the council"
    person.type("Newtown Council")
    person.fill("Your name", "Ngozi Bell")
    person.do("Make the database")
    assert "Signed in as Ngozi Bell" in person.words()


def add_supplier(person):
    person.do("Step 1: Add a supplier")
    person.fill("Name", "Ashdown Facilities Ltd")
    person.do("Save supplier")
    assert "1 supplier" in person.words()


def add_contract(person):
    person.press(KEY.Key_4, ALT)
    person.press(KEY.Key_N, CONTROL)
    person.fill("Title", "Cleaning of schools and libraries")
    person.fill("Contract value", "2500000")
    person.fill("Start date", "1 April 2026")
    person.fill("End date", "2 years")
    person.fill("Supplier", "Ashdown Facilities Ltd")
    person.do("Save contract")
    assert "2 years from 1 April 2026" in person.words()


def choose_measures(person):
    person.do("Add measures")
    for code in PROMISES:
        person.press(KEY.Key_A, CONTROL)
        person.type(code)
        person.press(KEY.Key_Return)
    person.press(KEY.Key_Return, CONTROL)
    assert "Commitments (4)" in person.words()


def enter_quantities(person):
    table = person.window.page("contracts").shown.lines.table
    assert person.focused() is table, "the keyboard does not begin in the grid"
    assert table.currentIndex().column() == FIRST_YEAR
    for quantity in PROMISES.values():
        for _ in range(2):
            person.type(quantity)
            person.press(KEY.Key_Tab)
    assert "£141,704.80" in person.words()


def change_share(person):
    table = person.window.page("contracts").shown.lines.table
    while person.focused() is not table:
        person.press(KEY.Key_Backtab)
    person.press(KEY.Key_Home, CONTROL)
    person.go_on_to("S08")
    for _ in range(SHARE):
        person.press(KEY.Key_Right)
    person.press(KEY.Key_Return)
    assert person.is_at() == "Share"
    person.fill("Share", "25%")
    person.do("Save details")
    assert "£127,304.80" in person.words()


def save_pdf(person, path):
    person.do("Preview PDF")
    person.type_the_file(str(path))
    person.do("Save as…")
    assert f"Saved as {path}" in person.words()
    person.press(KEY.Key_Escape)


def test_what_is_proposed_under_a_field_is_reached_by_tab_and_taken_by_enter(newcomer):  # noqa: F811
    person = Typist(newcomer._qtbot, newcomer.window, newcomer._jobs)
    make_database(person)
    person.press(KEY.Key_4, ALT)
    person.press(KEY.Key_N, CONTROL)
    person.fill("Start date", "1/7/26")
    person.fill("End date", "1 July 2029")
    person.press(KEY.Key_Tab)
    assert person.is_at() == "Use 30 June 2029"
    person.press(KEY.Key_Return)
    assert person.is_at() == "End date"
    assert person.find_field("End date").text() == "30 June 2029"
    person.press(KEY.Key_Tab)
    assert person.is_at() == "Supplier"


def test_the_whole_job_can_be_done_with_keys_alone(newcomer, tmp_path):  # noqa: F811
    person = Typist(newcomer._qtbot, newcomer.window, newcomer._jobs)
    make_database(person)
    add_supplier(person)
    add_contract(person)
    choose_measures(person)
    enter_quantities(person)
    change_share(person)
    path = tmp_path / "valuation.pdf"
    save_pdf(person, path)
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    assert "Cleaning of schools and libraries" in text
    assert "£127,304.80" in text
