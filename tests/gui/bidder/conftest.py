"""A bidder at the window, with a pack in a folder and nothing else: no database, no council."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.audit import MOST_STEPS, control_of, says, settle
from tests.services.bidding.packs import open_pack, pack, write_file
from tomsapp.gui.bidder.window import BidderWindow
from tomsapp.gui.widgets.roles import tell_roles
from tomsapp.services.bidding.opening import begin_with

KEY, NONE, CONTROL = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NOW = datetime(2027, 1, 13, 10, 14, tzinfo=UTC)


class Bidder:
    """A person at the window who has a keyboard alone."""

    def __init__(self, qtbot, jobs, preferences, folder) -> None:
        self._qtbot, self._jobs, self._preferences = qtbot, jobs, preferences
        self.folder, self.kept = folder, folder / "kept"
        self.kept.mkdir(exist_ok=True)
        self.now = NOW

    def open(self, made=None, *, size=(1366, 768)) -> BidderWindow:
        """Open a pack as its file is opened."""
        self.path = write_file(self.folder, made or pack())
        return self.show(begin_with(open_pack(self.path), self.path, folder=self.kept), size=size)

    def show(self, begun, *, size=(1366, 768)) -> BidderWindow:
        """Show the window of an offer that was begun."""
        self.window = BidderWindow(begun, self._jobs, self._preferences, lambda: self.now)
        self._qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self._qtbot.waitExposed(self.window)
        settle()
        return self.window

    def kill(self) -> None:
        """End the program as a crash does: nothing is asked and nothing is flushed."""
        self._qtbot.waitUntil(lambda: not self.window.answering._pause.isActive())
        window = self.window
        window.answering.flush = lambda: None
        window.hide()
        window.deleteLater()
        settle()

    @property
    def work(self):
        return self.window.answering.work

    # The keyboard

    def focused(self):
        return self.window.focusWidget() if QApplication.focusWidget() is None else QApplication.focusWidget()

    def press(self, key, held=NONE) -> None:
        QTest.keyClick(self.focused(), key, held)
        settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focused(), text)
        settle()

    def is_at(self) -> str:
        return says(control_of(self.focused()))

    def tab_to(self, name: str) -> None:
        """Press Tab until what is called so has the keyboard."""
        passed = []
        for _ in range(MOST_STEPS):
            if self.is_at() == name:
                return
            passed.append(self.is_at())
            self.press(KEY.Key_Tab)
        raise AssertionError(f"Tab comes to no “{name}”, but to {passed}")

    def fill(self, name: str, text: str) -> None:
        """Go to a field and replace what stands in it."""
        self.tab_to(name)
        self.press(KEY.Key_A, CONTROL)
        self.type(text)

    def do(self, name: str) -> None:
        """Go to a button and press it."""
        self.tab_to(name)
        self.press(KEY.Key_Return)


@pytest.fixture
def bidder(qtbot, jobs, preferences, tmp_path, monkeypatch):
    monkeypatch.setenv("TOMSAPP_HOME", os.fspath(tmp_path / "home"))
    tell_roles()
    return Bidder(qtbot, jobs, preferences, tmp_path)


@pytest.fixture
def saves_to(monkeypatch):
    """Says which file is named when the window asks where to save."""

    def name(path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (os.fspath(path), ""))

    return name


@pytest.fixture
def opens(monkeypatch):
    """Says which file is chosen when the window asks what to open."""

    def name(path) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (os.fspath(path), ""))

    return name
