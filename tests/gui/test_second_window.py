"""Two windows on one file: the second asks before it opens it, and each follows what the other saved."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.pages.office import open_office
from tests.ordinary import LINKS
from tomsapp.domain.supplier import Supplier
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.open_mark import OpenMark
from tomsapp.services import council, databases
from tomsapp.services.suppliers import SUPPLIERS

ROOT = Path(__file__).parents[2]
HOLDS = """
import sys
from pathlib import Path
from tomsapp.gui.open_mark import OpenMark
mark = OpenMark()
mark.set(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def first(qtbot, monkeypatch, tmp_path):
    made = open_office(qtbot, monkeypatch, tmp_path)
    made.make()
    yield made
    made.session.set_workspace(None)


@pytest.fixture
def second(qtbot, monkeypatch, tmp_path, first):
    made = open_office(qtbot, monkeypatch, tmp_path)
    yield made
    made.session.set_workspace(None)


def open_file(office):
    office.window.page("start").opener.open(str(office.home / "council.db"))


def asked(office):
    return [each for each in office.window.findChildren(MessageDialog) if each.isVisible()]


def program_with(path):
    return subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    )


def add(office, name):
    office.session.act(lambda workspace, _progress: SUPPLIERS.add(workspace, Supplier(name))).start()


def names(office):
    return [row.supplier.name for row in office.page("suppliers").model.shown_rows()]


def bring_to_front(office, qtbot):
    with qtbot.waitSignal(office.window.came_to_front, timeout=5000):
        office.window.activateWindow()
    QApplication.processEvents()


def test_second_window_says_that_the_file_is_open_and_opens_it_all_the_same(first, second):
    open_file(second)
    assert not second.session.is_open
    (question,) = asked(second)
    assert question.heading == "council.db is open already in another window on this computer."
    question.accept()
    assert second.session.is_open
    assert first.session.is_open


def test_file_that_the_other_window_closed_is_opened_without_a_question(first, second):
    first.session.set_workspace(None)
    open_file(second)
    assert second.session.is_open
    assert not asked(second)
    open_file(second)
    assert second.session.is_open, "its own mark is in nobody's way"
    assert not asked(second)


def test_other_file_is_opened_without_a_question(first, second):
    second.make("other.db")
    assert second.session.is_open
    assert not asked(second)


@LINKS
def test_file_reached_by_another_way_is_the_same_file(first, second, tmp_path):
    way = tmp_path / "way.db"
    way.symlink_to(tmp_path / "council.db")
    second.window.page("start").opener.open(str(way))
    assert len(asked(second)) == 1


def test_mark_of_a_program_that_was_killed_is_in_nobodys_way(first, second):
    first.session.set_workspace(None)
    with program_with(first.home / "council.db") as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        open_file(second)
        (question,) = asked(second)
        question.reject()
        assert not second.session.is_open
        program.kill()
    assert len(list((first.home / "data" / "open").iterdir())) == 1
    open_file(second)
    assert second.session.is_open
    assert not asked(second)
    second.session.set_workspace(None)
    assert list((first.home / "data" / "open").iterdir()) == []


def test_mark_that_was_never_set_is_released_without_harm():
    OpenMark().release()


def test_each_window_shows_what_the_other_saved_when_it_comes_to_the_front(first, second, qtbot):
    open_file(second)
    asked(second)[0].accept()
    assert names(first) == names(second) == []
    add(first, "Ashdown Ltd")
    assert names(second) == []
    bring_to_front(second, qtbot)
    assert names(second) == ["Ashdown Ltd"]
    add(second, "Brightwater Ltd")
    bring_to_front(first, qtbot)
    assert names(first) == ["Ashdown Ltd", "Brightwater Ltd"]
    assert first.session.undo_label.startswith("Add")


def test_only_the_pages_that_show_what_was_changed_are_read_anew(first, second, qtbot):
    open_file(second)
    asked(second)[0].accept()
    heard = []
    second.session.changed.connect(heard.append)
    bring_to_front(second, qtbot)
    assert heard == []
    stored = council.get_settings(first.session.workspace)
    council.save_settings(first.session.workspace, stored, stored.record)
    add(first, "Ashdown Ltd")
    bring_to_front(first, qtbot)
    bring_to_front(second, qtbot)
    assert [sorted(kind.key for kind in changes.kinds) for changes in heard] == [["supplier"]]


def test_what_is_typed_here_stays_when_the_other_window_has_saved(first, second, qtbot):
    add(first, "Ashdown Ltd")
    open_file(second)
    asked(second)[0].accept()
    page = second.page("suppliers")
    page.show_number(1)
    page.side.form.field("notes").set_text("Typed here")
    held = SUPPLIERS.get(first.session.workspace, 1)
    SUPPLIERS.save(first.session.workspace, held, Supplier("Ashdown Facilities Ltd"))
    bring_to_front(first, qtbot)
    bring_to_front(second, qtbot)
    assert names(second) == ["Ashdown Facilities Ltd"]
    assert page.side.form.field("name").text == "Ashdown Facilities Ltd"
    assert page.side.form.field("notes").text == "Typed here"


def test_backup_is_not_restored_over_a_file_that_the_other_window_has_open(first, second):
    folder = first.home / "OneDrive"
    folder.mkdir()
    path = first.make("OneDrive/council.db")
    asked(first)[-1].accept()
    backup = databases.back_up(first.session.workspace.database, first.home / "backup.db")
    add(first, "Ashdown Ltd")
    second.window.page("start").care.restore_to(backup, path)
    asked(second)[-1].accept()
    assert [each.heading for each in asked(second)] == ["council.db is open already in another window on this computer"]
    assert names(first) == ["Ashdown Ltd"]
    assert sorted(each.name for each in folder.iterdir()) == ["council.db"]
