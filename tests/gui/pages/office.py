"""A person at the program: a real window around a real session, with jobs that run at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tomsapp.gui.application import build_window, new_session
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.main_window import MainWindow
from tomsapp.gui.session import Session


@dataclass
class Office:
    """The window and what belongs to it; `home` is the folder of the user's own files."""

    session: Session
    window: MainWindow
    home: Path

    def page(self, key):
        self.window.go_to(key)
        return self.window.page(key)

    def make(self, name="council.db", council="Larkmere Council"):
        path = self.home / name
        self.window.page("start").opener.make(str(path), council)
        return path


def fail(error):
    raise error


def open_office(qtbot, monkeypatch, home, *menus):
    monkeypatch.setenv("TOMSAPP_HOME", str(home))
    session = new_session(menus, jobs=inline_jobs())
    session.set_who("A. Okafor")
    window = build_window(session, fail)
    qtbot.addWidget(window)
    window.show()
    return Office(session, window, home)
