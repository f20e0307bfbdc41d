"""What can go wrong where a file lies is told when it is opened, once for each file."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QLabel

from tests.gui.pages.office import open_office
from tests.services.council import bridge_works, open_as
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.services.suppliers import add_supplier


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    return open_office(qtbot, monkeypatch, tmp_path)


def open_file(office, path):
    """What is told when a file is opened."""
    for dialog in office.window.findChildren(MessageDialog):
        dialog.close()
        dialog.deleteLater()
        dialog.setParent(None)
    office.window.page("start").opener.open(str(path))
    shown = [dialog for dialog in office.window.findChildren(MessageDialog) if dialog.isVisible()]
    return "\n".join(label.text() for dialog in shown for label in dialog.findChildren(QLabel))


def asked(office):
    """The question that is open, and its words."""
    dialog = [dialog for dialog in office.window.findChildren(MessageDialog) if dialog.isVisible()][-1]
    return dialog, "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_folder_kept_in_step_is_asked_about_once_as_a_share_is(office):
    folder = office.home / "OneDrive - Larkmere Council"
    folder.mkdir()
    office.make("OneDrive - Larkmere Council/council.db")
    dialog, said = asked(office)
    for words in (
        "OneDrive keeps the folder of council.db in step with other computers.",
        "If two people have it open at once, a conflict copy is made",
        "Have it open on one computer at a time",
        "use a server",
        "back it up into this one: File, Back up",
    ):
        assert words in said
    dialog.reject()
    assert not office.session.is_open
    assert list(folder.iterdir()) == []
    office.make("OneDrive - Larkmere Council/council.db")
    dialog, _ = asked(office)
    dialog.accept()
    assert office.session.workspace.database.path == folder / "council.db"
    with office.session.workspace.database._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
    assert open_file(office, folder / "council.db") == ""


def test_file_of_a_folder_kept_in_step_that_is_first_opened_here_is_asked_about(office):
    made = office.make()
    office.session.set_workspace(None)
    folder = office.home / "Dropbox"
    folder.mkdir()
    moved = made.rename(folder / "council.db")
    assert "Dropbox keeps the folder of council.db in step with other computers." in open_file(office, moved)
    assert not office.session.is_open
    dialog, _ = asked(office)
    dialog.accept()
    assert office.session.workspace.database.path == moved
    assert open_file(office, moved) == ""


def test_folder_that_came_to_be_kept_in_step_is_told_once(office):
    path = office.make()
    (path.parent / ".dropbox").touch()
    said = open_file(office, path)
    assert "Dropbox keeps its folder in step with other computers." in said
    assert "If two people have council.db open at once, it makes a conflict copy" in said
    assert open_file(office, path) == ""


def test_usual_folder_is_not_spoken_of(office):
    path = office.make()
    assert open_file(office, path) == ""


def test_conflict_copies_are_listed_with_what_each_holds_until_they_were_told(office):
    path = office.make()
    theirs = office.home / "council (A. Okafor's conflicted copy 2026-05-01).db"
    shutil.copyfile(path, theirs)
    workspace = open_as(theirs, "B. Singh")
    add_supplier(workspace, bridge_works())
    workspace.close()
    said = open_file(office, path)
    assert "Nothing of them is read by itself" in said
    assert f"{theirs.name}: 0 contracts, last changed " in said
    assert "by B. Singh." in said
    assert "Bridge Works" not in str(list(office.page("suppliers").model.shown_rows()))
    assert open_file(office, path) == ""
    (office.home / "council.sync-conflict-20260501-101530-ABC.db").write_bytes(b"half")
    said = open_file(office, path)
    assert "council.sync-conflict-20260501-101530-ABC.db: cannot be read." in said
    assert theirs.name in said


def test_copy_of_a_database_is_told_once_while_both_are_there(office):
    path = office.make()
    copy = office.home / "copy.db"
    shutil.copyfile(path, copy)
    said = open_file(office, copy)
    assert f"{copy} is a copy of {path}, or the other way round" in said
    assert "What is saved in one is not in the other" in said
    assert open_file(office, copy) == ""
    assert open_file(office, path) == ""
    office.session.set_workspace(None)
    moved = path.rename(office.home / "moved.db")
    copy.unlink()
    assert open_file(office, moved) == ""


def test_other_database_of_the_same_name_is_no_copy(office):
    office.make()
    (office.home / "south").mkdir()
    office.make("south/council.db", "Southmere Council")
    assert not [each for each in office.window.findChildren(MessageDialog) if each.isVisible()]
