"""Each kind of file dialog begins where the last of its kind ended."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from tomsapp.config import paths
from tomsapp.gui.file_dialogs import FileDialogs, FileUse, documents


class Asked:
    """Where each dialog began; each is answered with the next of `answers`."""

    def __init__(self) -> None:
        self.begun, self.answers = [], []

    def folder(self, _parent, _title, start):
        self.begun.append(start)
        return self.answers.pop(0)

    def file(self, parent, title, start, *_more):
        return self.folder(parent, title, start), ""


@pytest.fixture
def asked(monkeypatch):
    asked = Asked()
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, asked.file)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", asked.folder)
    return asked


def test_each_kind_begins_in_its_own_last_folder(qtbot, tmp_path, preferences, asked):
    window = QWidget()
    qtbot.addWidget(window)
    papers, tables, gone = (tmp_path / name for name in ("papers", "tables", "gone"))
    for folder in (papers, tables, gone):
        folder.mkdir()
    files = FileDialogs(preferences)
    asked.answers = [str(papers / "a.pdf"), str(tables / "b.csv"), "", str(papers / "c.pdf"), ""]
    assert files.save(window, FileUse.PDF, "Save", tmp_path / "a.pdf", "PDF (*.pdf)") == papers / "a.pdf"
    assert files.save(window, FileUse.TABLE, "Save", tables / "b.csv", "CSV (*.csv)") == tables / "b.csv"
    assert files.save(window, FileUse.PDF, "Save", tmp_path / "c.pdf", "PDF (*.pdf)") is None
    again = FileDialogs(preferences)  # the program was closed meanwhile
    assert again.open(window, FileUse.PDF, "Check", "PDF (*.pdf)") == papers / "c.pdf"
    assert again.name(window, FileUse.TABLE, "Save", tmp_path / "d.csv", "CSV (*.csv)") is None
    starts = [tmp_path / "a.pdf", tables / "b.csv", papers / "c.pdf", papers, tables / "d.csv"]
    assert asked.begun == [str(start) for start in starts]


def test_a_folder_that_is_gone_is_not_proposed(qtbot, tmp_path, preferences, asked):
    window = QWidget()
    qtbot.addWidget(window)
    menus = tmp_path / "menus"
    (menus / "barnet-open").mkdir(parents=True)
    files = FileDialogs(preferences)
    asked.answers = [str(menus / "barnet-open"), ""]
    assert files.open_folder(window, FileUse.MENU, "Add") == menus / "barnet-open"
    assert files.folder(FileUse.MENU) == menus
    (menus / "barnet-open").rmdir()
    menus.rmdir()
    assert files.open(window, FileUse.MENU, "Add", "JSON (*.json)", tmp_path) is None
    assert asked.begun[-1] == str(tmp_path)


@pytest.fixture
def system(monkeypatch, tmp_path):
    """A system with a profile, which says where documents are; `documents` is its answer."""
    monkeypatch.delenv("TOMSAPP_HOME", raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "profile")
    monkeypatch.setattr(paths, "user_data_dir", lambda: tmp_path / "own")
    (tmp_path / "profile").mkdir()

    def say(folder):
        monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: str(folder))

    return say


@pytest.mark.parametrize("where", ["profile/Documents", "profile/OneDrive - Larkmere Council/Documents", "D/Documents"])
def test_documents_are_where_the_system_says(system, tmp_path, preferences, where):
    (tmp_path / where).mkdir(parents=True)
    system(tmp_path / where)
    assert documents() == tmp_path / where
    assert FileDialogs(preferences).folder(FileUse.EVIDENCE) == tmp_path / where


@pytest.mark.parametrize("where", ["profile", "none", ""])
def test_files_never_go_into_the_root_of_a_profile(system, tmp_path, where):
    system(tmp_path / where if where else "")
    assert documents() == tmp_path / "own"


def test_documents_stay_where_all_of_a_user_has_a_folder_of_its_own(system, tmp_path, monkeypatch):
    (tmp_path / "profile/Documents").mkdir()
    system(tmp_path / "profile/Documents")
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path))
    assert documents() == tmp_path / "own"


@pytest.mark.parametrize("use", FileUse)
def test_no_kind_of_file_begins_in_the_root_of_the_profile(system, tmp_path, preferences, qtbot, asked, use):
    (tmp_path / "profile/Documents").mkdir()
    system(tmp_path / "profile/Documents")
    window = QWidget()
    qtbot.addWidget(window)
    asked.answers = ["", "", ""]
    files = FileDialogs(preferences)
    files.save(window, use, "Save", Path("a"), "All (*)")
    files.open(window, use, "Open", "All (*)")
    files.open_folder(window, use, "Open")
    assert {Path(each).relative_to(tmp_path / "profile").parts[0] for each in asked.begun} == {"Documents"}
