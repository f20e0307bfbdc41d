"""What follows the first paint comes in small parts, and the window lives between them."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from tomsapp.gui import after_paint, application
from tomsapp.gui.after_paint import in_turns, load_all_parts, tender_modules
from tomsapp.gui.tenders.steps import STEPS
from tomsapp.gui.tenders.tabs import TABS
from tomsapp.gui.theme import current_theme


def parts(done, many=3):
    for number in range(many):
        done.append(number)
        yield


def test_the_window_lives_between_two_parts(qtbot):
    owner, told = QObject(), []
    in_turns(owner, parts(told))
    assert told == [0]
    for _ in range(3):
        QTimer.singleShot(0, owner, lambda: told.append("lived"))
    qtbot.waitUntil(lambda: told.count("lived") == 3 and 2 in told)
    assert told.index(1) < told.index(2)
    assert "lived" in told[: told.index(2)]


def test_no_part_is_done_once_its_owner_is_gone(qtbot):
    owner, told = QObject(), []
    in_turns(owner, parts(told))
    delete(owner)
    after = []
    QTimer.singleShot(20, lambda: after.append(True))
    qtbot.waitUntil(lambda: bool(after))
    assert told == [0]


def test_all_that_follows_the_first_paint_is_done_in_many_parts(qtbot, jobs, monkeypatch):
    taken, begun = [], []
    monkeypatch.setattr(application, "in_turns", lambda _owner, waiting: taken.append(waiting))
    monkeypatch.setattr(application, "load_all_parts", lambda _jobs: taken.append("loads"))
    for what in ("sys.setswitchinterval", "tomsapp.gui.focus_ring.install_focus_ring"):
        monkeypatch.setattr(what, lambda _with: None)
    monkeypatch.setattr(application, "collect_garbage", lambda: None)
    session = application.new_session(jobs=jobs)
    window = application.start_window(QApplication.instance(), session, print, begun.append)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: bool(taken))
    assert begun == []
    assert len(list(taken[0])) >= 8
    assert len(begun) == 1
    assert taken[1:] == ["loads"]


def test_what_the_tabs_of_a_tender_need_is_loaded_before_they_are_opened(jobs, qtbot, monkeypatch):
    """Else the window would stand still for up to half a second at the first visit of a tab."""
    loaded = []
    monkeypatch.setattr(after_paint, "PARTS", ("a_page",))
    monkeypatch.setattr(after_paint, "load_module", loaded.append)
    load_all_parts(jobs)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert loaded == ["a_page", *tender_modules()]
    assert {entry.module for entry in (*TABS, *STEPS)} < set(loaded)


def test_the_style_of_the_house_comes_in_a_part_of_its_own(qapp, monkeypatch):
    theme = current_theme()
    style = theme._style
    monkeypatch.setattr(theme, "_style", None)
    seen = []
    monkeypatch.setattr(theme._app, "setStyle", lambda _style: seen.append("style"), raising=False)
    monkeypatch.setattr(theme, "lay_sheet", lambda: seen.append("sheet"))
    seen.extend("lived" for _ in theme.finishing())
    theme._style = style
    assert seen == ["lived", "style", "lived", "sheet", "lived"]
