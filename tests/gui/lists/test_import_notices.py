"""Notices come in through the window of the import: several files at once, a folder, or dropped; asked by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.exchange.notices.made import package, party, release
from tomsapp.gui.importing.import_window import ImportWindow
from tomsapp.services.contracts import list_contracts
from tomsapp.services.table_import import LeftOutKind

BUYER = "Larkmere Council"


@pytest.fixture
def window(program):
    page = program.open("contracts", "list")
    page.list.import_button.click()
    return next(one for one in program.window.findChildren(ImportWindow) if one.isVisible())


@pytest.fixture
def notices(tmp_path):
    """A folder with two notices, of which one names a supplier that is spelt like one of the example."""
    folder = tmp_path / "notices"
    folder.mkdir()
    spelt = party("", "Hartwel and Doyle Ltd")
    (folder / "1.json").write_bytes(package(release(1, buyer=BUYER, supplier=spelt)))
    (folder / "2.json").write_bytes(package(release(2, buyer=BUYER)))
    return folder


def test_several_notices_are_one_table(program, window, notices, monkeypatch, qtbot):
    files = [str(path) for path in sorted(notices.glob("*.json"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: (files, ""))
    window.choose_file()
    assert window.head._file.toolTip().startswith("1.json and 1 further file: notices of contracts (OCDS JSON)")
    window.next_to_decide()
    (asked,) = [one for one in window.table_step.left_out.things if one.kind is LeftOutKind.SUPPLIER]
    assert asked.title == "Is Hartwel and Doyle Ltd the same as Hartwell and Doyle Ltd?"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.head.title.text() == "Compare 2 lines"
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    added = {row.reference: row for row in list_contracts(program.workspace)}
    assert added["EX-1"].supplier == "Hartwell and Doyle Ltd"
    assert added["EX-2"].ocid == "ocds-h6vhtk-0f0002/1"


def test_a_folder_of_notices_is_one_table(window, notices, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(notices))
    window.start.folder_button.click()
    assert window.foot.next_button.text() == "Next: compare 2 lines"
