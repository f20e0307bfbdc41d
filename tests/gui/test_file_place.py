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


def test_folder_kept_in_step_is_told_once_with_what_can_be_done(office):
    folder = office.home / "OneDrive - Larkmere Council"
    folder.mkdir()
    office.make("OneDrive - Larkmere Council/council.db")
    said = "\n".join(label.text() for label in office.window.findChild(MessageDialog).findChildren(QLabel))
    for words in (
        "OneDrive keeps its folder in step with other computers.",
        "If two people have council.db open at once, it makes a conflict copy",
        "Have it open on one computer at a time",
        "use a server",
        "back it up into this one: File, Back up",
    ):
        assert words in said
    assert "Conflict copies" not in said
    assert open_file(office, folder / "council.db") == ""


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
    moved = path.rename(office.home / "moved.db")
    copy.unlink()
    assert open_file(office, moved) == ""


def test_other_database_of_the_same_name_is_no_copy(office):
    office.make()
    (office.home / "south").mkdir()
    office.make("south/council.db", "Southmere Council")
    assert not [each for each in office.window.findChildren(MessageDialog) if each.isVisible()]
