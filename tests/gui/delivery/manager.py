"""A contract manager at the window: works by keyboard, lives from day to day, and sends and gets returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton

from tests.gui.audit import MOST_STEPS
from tests.gui.test_by_keyboard import ALT, CONTROL, KEY, NONE, Typist
from tests.services.returns import fill_in

SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEEP_TAB = ("Commitments of", "Plan of")
"""How the names of grids begin in which Tab goes to the next quantity."""


class Manager(Typist):
    """Knows the parts of a contract and the ways between them by their keys."""

    def __init__(self, qtbot, window, jobs, clock, monkeypatch, folder: Path) -> None:
        super().__init__(qtbot, window, jobs)
        self.clock, self.folder, self._monkeypatch = clock, folder, monkeypatch

    # Where the manager looks

    @property
    def contract(self):
        return self.window.page("contracts").shown

    @property
    def delivery(self):
        return self.contract._made["delivery"]

    @property
    def part(self):
        """The part of the tab Delivery that is shown."""
        return self.delivery.current

    def begins(self, words: str) -> str | None:
        """The words of the first button that begins so, in view or where Tab scrolls to it."""
        shown = (each.text() for each in self.place.findChildren(QPushButton) if each.isVisible())
        return next((each for each in shown if each.startswith(words)), None)

    # What the manager does

    def tab_to(self, name: str) -> None:
        passed = []
        for _ in range(MOST_STEPS):
            here = self.is_at()
            if here == name:
                return
            passed.append(here)
            self.press(KEY.Key_Tab, CONTROL if here.startswith(_KEEP_TAB) else NONE)
        raise AssertionError(f"Tab comes to no “{name}”, but to {list(dict.fromkeys(passed))}")

    def replace(self, label: str, text: str) -> None:
        """Go to a field in which something stands, and type something else."""
        self.tab_to(label)
        self.press(KEY.Key_A, CONTROL)
        self.type(text)

    def choose_from_menu(self, button: str, words: str) -> None:
        """Open the menu of a button and go down to a line of it."""
        self.tab_to(button)
        self.press(KEY.Key_Space)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in range(MOST_STEPS):
            if menu.activeAction() is not None and menu.activeAction().text().replace("&", "") == words:
                break
            QTest.keyClick(menu, KEY.Key_Down)
        QTest.keyClick(menu, KEY.Key_Return)
        self.settle()

    def live_until(self, day: date) -> None:
        """Leave the program open, and come back to it on another day."""
        self.clock.day = day
        self.press(KEY.Key_1, ALT)

    def open_delivery(self, reference: str, part: str = "quarters") -> None:
        """Find a contract by its reference, and go to a part of what was delivered of it."""
        self.press(KEY.Key_K, CONTROL)
        self.type(reference)
        self.press(KEY.Key_Return)
        while self.contract.tabs.current != "delivery":
            self.press(KEY.Key_Tab, CONTROL)
        while self.delivery.parts.current != part:
            self.press(KEY.Key_PageDown, CONTROL)

    def go_to_cell(self, measure: str, number: int) -> None:
        """Go by arrow keys to a quarter of a commitment."""
        table = self.part.table
        while self.focused() is not table:
            self.press(KEY.Key_Backtab)
        lines = [line.measure.code for line in self.delivery.opened.delivered.lines]
        for _ in lines:
            here, there = lines.index(table.current_line().measure.code), lines.index(measure)
            if here != there:
                self.press(KEY.Key_Down if here < there else KEY.Key_Up)
        self.press(KEY.Key_Home)
        while table.current_quarter() is None or table.current_quarter().quarter.quarter.number != number:
            self.press(KEY.Key_Right)

    def the_system_gives(self, path: Path) -> None:
        """Answer the next question for a file or folder with a path: that dialog is Qt's own."""
        answer = str(path)
        self._monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: ([answer], ""))
        self._monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (answer, ""))
        self._monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: answer)

    # Returns

    def make_returns(self, day: date, name: str) -> list[Path]:
        """The workbooks of all contracts whose return is due, in a folder of their own."""
        self.live_until(day)
        self.open_delivery("C-2026-001", "returns")
        folder = self.folder / name
        folder.mkdir()
        self.the_system_gives(folder)
        self.do("Make all that are due…")
        return sorted(folder.iterdir())

    def read_returns(self, day: date, path: Path):
        """Read a file or a folder that came back; gives the window with what was read."""
        self.live_until(day)
        self.open_delivery("C-2026-001", "returns")
        self.do("Read returns…")
        self.the_system_gives(path)
        self.do("Choose a folder…" if path.is_dir() else "Choose files…")
        return self.part.window_read


def claimed(quantity: object, evidence: str = "", **more: object) -> dict[str, object]:
    """What a supplier fills into a line: a count that its evidence shows."""
    said = {"claimed": quantity, "evidenced": quantity, **more}
    return {**said, "evidence": evidence} if evidence else said


def filled(
    made: Path,
    to: Path,
    sent_on: date,
    lines: Mapping[str, Mapping[str, object]],
    people: Sequence[Sequence[object]] = (),
    *,
    is_confirmed: bool = True,
) -> Path:
    """What a supplier does with a workbook: fills it in and saves it."""
    book = openpyxl.load_workbook(made)
    fill_in(book, lines, people, is_confirmed=is_confirmed)
    book["Confirm"]["B5"].value = sent_on
    to.parent.mkdir(exist_ok=True)
    book.save(to)
    return to
