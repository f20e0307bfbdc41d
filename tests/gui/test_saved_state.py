"""The status bar says that the file is safe to copy only while it is, and otherwise what to do."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.pages.office import open_office
from tomsapp.domain.supplier import Supplier
from tomsapp.gui.saved_state import SavedState
from tomsapp.services import databases
from tomsapp.services.suppliers import SUPPLIERS
from tomsapp.store.database import Database, open_database
from tomsapp.store.errors import DiskFull

SAFE = "All saved in council.db. Safe to copy."
READ = "Another program reads council.db. File, Back up makes a whole copy."


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    made = open_office(qtbot, monkeypatch, tmp_path)
    made.make()
    return made


def add(office, name):
    office.session.act(lambda workspace, _progress: SUPPLIERS.add(workspace, Supplier(name))).start()


def look(office):
    office.window.findChild(SavedState).look()


def suppliers_of_a_copy(office):
    copied = office.home / "copied" / "copy.db"
    copied.parent.mkdir(exist_ok=True)
    shutil.copyfile(office.home / "council.db", copied)
    with open_database(copied) as copy, copy.look() as held:
        return [each.record.name for each in held.suppliers.all()]


def test_after_each_save_the_file_alone_holds_everything_and_the_bar_says_so(office):
    assert office.window.status.saved == ""
    for number in (1, 2):
        add(office, f"S{number}")
        assert office.window.status.saved == SAFE
        assert suppliers_of_a_copy(office) == [f"S{made}" for made in range(1, number + 1)]
    office.session.undo()
    assert office.window.status.saved == SAFE
    assert suppliers_of_a_copy(office) == ["S1"]


def test_reader_in_the_way_is_said_with_what_to_do_until_it_has_gone(office, qtbot):
    with open_database(office.home / "council.db") as other:
        with other.read() as reader:
            reader.contracts()
            add(office, "S1")
            assert office.window.status.saved == READ
            assert suppliers_of_a_copy(office) == []
            backup = databases.back_up(office.session.workspace.database, office.home / "backup.db")
            with open_database(backup) as copy, copy.look() as held:
                assert [each.record.name for each in held.suppliers.all()] == ["S1"]
        qtbot.waitUntil(lambda: office.window.status.saved == SAFE)
        assert suppliers_of_a_copy(office) == ["S1"]


def test_what_another_window_left_beside_the_file_is_brought_in_or_said(office):
    add(office, "S1")
    with open_database(office.home / "council.db") as other:
        with other.read() as reader:
            reader.contracts()
            with other.work("Bob") as work:
                work.suppliers.add(Supplier("S2"))
                work.commit()
            look(office)
            assert office.window.status.saved == READ
        look(office)
        assert office.window.status.saved == SAFE


def test_file_that_cannot_be_written_is_said_with_the_reason(office, monkeypatch):
    def full(_database):
        raise DiskFull("There is no room left where council.db is kept", "Free some space")

    monkeypatch.setattr(Database, "settle", full)
    add(office, "S1")
    said = "There is no room left where council.db is kept. File, Back up makes a whole copy."
    assert office.window.status.saved == said


def test_what_was_said_of_one_database_is_not_said_of_the_next(office):
    add(office, "S1")
    office.make("other.db")
    assert office.window.status.saved == ""
    office.session.set_workspace(None)
    assert office.window.status.saved == "No database is open"
    look(office)


def test_words_that_have_no_room_are_cut_and_widen_nothing(office, qtbot):
    office.window.resize(960, 600)
    office.window.status.set_saved(READ * 5)
    QApplication.processEvents()
    assert office.window.width() == 960
    assert office.window.status.saved == READ * 5
