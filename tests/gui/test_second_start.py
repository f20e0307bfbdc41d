"""A second start hands over to the window that is open; without a console the program still says something."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from tests.services.bidding.packs import write_file
from tomsapp import __main__ as entry
from tomsapp.config.running import WINDOW, hand_over
from tomsapp.gui import documents, without_console
from tomsapp.gui.second_start import SecondStart
from tomsapp.gui.widgets.buttons import Button

ROOT = Path(__file__).parents[2]


@pytest.fixture
def window(qtbot, monkeypatch, tmp_path):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    made = QWidget()
    qtbot.addWidget(made)
    made.showMinimized()
    return made


def test_files_that_are_handed_over_open_in_a_window_that_comes_to_the_front(qtbot, window, tmp_path):
    opened: list[Path] = []
    listening = SecondStart(WINDOW, lambda: window, opened.append)
    try:
        assert hand_over(WINDOW, [tmp_path / "a.tomsdb"])
        qtbot.waitUntil(lambda: opened == [tmp_path / "a.tomsdb"])
        assert not window.windowState() & Qt.WindowState.WindowMinimized
    finally:
        listening.end()


def test_a_dialog_that_waits_is_left_alone(qtbot, window, tmp_path, monkeypatch):
    opened, beside = [], []
    monkeypatch.setattr(documents, "open_new_window", beside.append)
    dialog = QDialog(window)
    dialog.open()
    listening = SecondStart(WINDOW, lambda: window, opened.append)
    try:
        assert hand_over(WINDOW, [tmp_path / "a.tomsdb"])
        qtbot.waitUntil(lambda: beside == [tmp_path / "a.tomsdb"])
        assert opened == []
    finally:
        listening.end()
        dialog.reject()


def test_a_second_start_of_the_whole_program_ends_at_once(qtbot, tmp_path):
    """Two real programs: the first stays open, the second ends with 0 because the first took its file."""
    home, pack = tmp_path / "home", write_file(tmp_path)
    around = {**os.environ, "TOMSAPP_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    start = [sys.executable, "-m", "tomsapp"]
    with subprocess.Popen(start, cwd=ROOT, env=around, stderr=subprocess.PIPE) as first:
        try:
            qtbot.waitUntil(lambda: bool(list(home.glob("cache/running-window-*.json"))), timeout=60_000)
            for files in ([pack], []):
                told = subprocess.run([*start, *files], cwd=ROOT, env=around, timeout=60, check=False)
                assert told.returncode == 0
            assert first.poll() is None
        finally:
            first.kill()
    # What it left behind when it was killed keeps nobody from starting.
    assert list(home.glob("cache/running-window-*.json"))


@pytest.fixture
def shown(monkeypatch):
    said = []
    monkeypatch.setattr(without_console, "show_written", lambda text, status: said.append((text, status)))
    return said


def started_without_console(monkeypatch, *given: str) -> int:
    """The exit status of the program as Windows starts it where there is no console."""
    with monkeypatch.context() as around:
        for stream in ("stdout", "stderr"):
            around.setattr(sys, stream, None)
        return entry.main(list(given))


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        (["--version"], 0, "tomsapp "),
        (["vallue"], 2, "invalid choice: 'vallue'"),
        (["value", "gone.json"], 2, "There is no file gone.json"),
        (["--nonsense"], 2, "unrecognized arguments: --nonsense"),
    ],
)
def test_without_a_console_it_never_ends_without_a_sign(shown, monkeypatch, given, status, said):
    assert started_without_console(monkeypatch, *given) == status
    ((text, ended),) = shown
    assert said in text
    assert ended == status


def test_without_a_console_a_fault_is_shown(shown, monkeypatch):
    monkeypatch.setattr(entry, "_run", lambda _given: 1 // 0)
    assert started_without_console(monkeypatch) == 1
    assert "ZeroDivisionError" in shown[0][0]


def test_without_a_console_a_window_says_nothing(shown, monkeypatch):
    monkeypatch.setattr(entry, "_run", lambda _given: 0)
    assert started_without_console(monkeypatch) == 0
    assert shown == []


def test_what_a_command_says_can_be_read_and_copied(qtbot, monkeypatch):
    seen = []

    def look(dialog):
        area = dialog.findChild(QPlainTextEdit)
        seen.append((dialog.heading, area.toPlainText(), area.isReadOnly(), dialog.findChild(Button).text()))
        dialog.close()

    monkeypatch.setattr(QDialog, "exec", look)
    without_console.show_written("Social value: £1.00", 0)
    without_console.show_written("There is no file gone.json", 2)
    assert seen[0] == ("What the command says", "Social value: £1.00", True, "Close")
    assert seen[1][0] == "The command could not be carried out"
