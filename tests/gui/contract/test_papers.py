"""The tab Papers of a contract: files added, dropped, looked at, opened, saved, changed and taken out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.services.council import begin
from tests.services.test_previews import pdf
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.wording import format_date
from tomsapp.gui.contract.history_tab import HistoryTab
from tomsapp.gui.contract.papers_tab import PapersTab
from tomsapp.gui.dialogs import kept_preview
from tomsapp.gui.pages.contract_page import ContractPage
from tomsapp.gui.session import Session
from tomsapp.services import databases
from tomsapp.services.attachments import open_attachments
from tomsapp.services.failures import StoreError


class Desk:
    """A contract in a real database, and its page on the tab Papers."""

    def __init__(self, qtbot, folder, jobs, preferences):
        self.workspace = databases.make_database(folder / "c.db", menu_catalogue(), "A. Okafor", "Larkmere Council")
        self.made = begin(self.workspace)
        self.session = Session(jobs, self.workspace.catalogue, preferences, "A. Okafor")
        self.session.set_workspace(self.workspace)
        self.page = ContractPage(self.session)
        self.page.set_tab_widget("papers", lambda: PapersTab(self.session))
        self.session.changed.connect(self.page.refresh)
        self.toasts, self.failures, self.places = [], [], []
        self.page.wants_toast.connect(self.toasts.append)
        self.page.wants_page.connect(lambda *place: self.places.append(place))
        jobs.failed.connect(self.failures.append)
        qtbot.addWidget(self.page)
        self.page.resize(930, 700)
        self.page.show()
        self.page.show_target(self.made.id)
        self.page.show_tab("papers")
        self.folder = folder

    @property
    def tab(self):
        return self.page._made["papers"]

    @property
    def names(self):
        return [row.name.text() for row in self.tab.rows]

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def add(self, name="signed.pdf", content=None):
        self.tab.add_paths([self.file(name, content or pdf("first", "second"))])
        return self.tab.rows[-1]


@pytest.fixture
def desk(qtbot, tmp_path, jobs, preferences):
    made = Desk(qtbot, tmp_path, jobs, preferences)
    yield made
    assert made.failures == []
    made.workspace.close()


def test_files_are_chosen_added_and_undone(desk, monkeypatch):
    assert desk.tab.accessibleName() == "Files of the contract: 0"
    assert desk.tab.limits.text().startswith("Up to 20 files of 20 MB each.")
    paths = [str(desk.file("signed.pdf", pdf("one"))), str(desk.file("letter.txt", b"Dear council"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: (paths, ""))
    desk.tab.add_button.setFocus()
    QTest.keyClick(desk.tab.add_button, Qt.Key.Key_Space)
    assert desk.names == ["signed.pdf", "letter.txt"]
    row = desk.tab.rows[0]
    digest = open_attachments(desk.workspace, desk.made.id).papers[0].stored.sha256
    on = format_date(open_attachments(desk.workspace, desk.made.id).papers[0].told.added_on)
    known = f"SHA-256 {digest[:8]} … {digest[-4:]}, 2 KB. PDF, added on {on} by A. Okafor"
    assert row.known.text() == known
    assert row.accessibleName().startswith("signed.pdf, still as it was attached, SHA-256 ")
    desk.session.undo()
    assert desk.names == []


def test_the_list_of_files_is_exported_and_copied(desk, monkeypatch):
    assert desk.tab.export.isHidden()
    desk.add("signed.pdf")
    desk.add("letter.txt", b"Dear council")
    assert not desk.tab.export.isHidden()
    target = desk.folder / "files.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    desk.tab.export.choices.actions()[0].trigger()
    first, *rows = target.read_text(encoding="utf-8-sig").splitlines()
    assert first == "Name,What it is,Size in bytes,SHA-256,Added by,Added on"
    assert [row.split(",")[:2] for row in rows] == [["signed.pdf", "PDF"], ["letter.txt", "Plain text"]]
    desk.tab.export.choices.actions()[-1].trigger()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].split("\t") == first.split(",")
    assert copied[2].startswith("letter.txt\tPlain text\t12\t")


def test_the_history_of_a_contract_is_filtered_by_its_files_and_what_else_is_in_it(desk):
    desk.add("signed.pdf")
    desk.page.set_tab_widget("history", lambda: HistoryTab(desk.session))
    desk.page.show_tab("history")
    tab = desk.page._made["history"]
    offered = [key for key, _ in tab.parts._options]
    assert offered == ["Contract facts", "Commitments", "Attachments"]
    tab.parts.set_values(["Attachments"])
    tab.parts.values_changed.emit(tab.parts.values)
    assert [line.what for line in tab.model.shown_rows()] == ["Add signed.pdf to C1"]
    desk.add("letter.txt", b"Dear council")
    desk.page.show_tab("history")
    tab.show_contract(tab._opened)
    assert tab.model.rowCount() == 2, "the filter stays when it is read again"


def test_files_are_dropped_and_what_may_not_be_kept_says_why(desk):
    mime = QMimeData()
    files = desk.file("plan.txt", b"The plan"), desk.file("run.exe", b"MZ"), desk.file("macro.xlsm", b"PK")
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(desk.tab.rect().center(), copy, mime, left, none)
    desk.tab.dragEnterEvent(enter)
    assert enter.isAccepted()
    desk.tab.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))
    assert desk.names == ["plan.txt"]
    said = desk.tab.notice.text.text()
    assert "run.exe is a program or can carry one" in said
    assert "macro.xlsm is a program or can carry one" in said
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/a.pdf")])
    other = QDragEnterEvent(desk.tab.rect().center(), copy, web, left, none)
    other.ignore()
    desk.tab.dragEnterEvent(other)
    assert not other.isAccepted()


def test_a_file_that_is_there_already_says_under_which_name(desk):
    desk.add("letter.txt", b"Dear council")
    desk.tab.add_paths([desk.file("again.txt", b"Dear council")])
    assert desk.names == ["letter.txt"]
    assert desk.tab.notice.text.text() == "again.txt is here already as letter.txt."


def test_a_pdf_is_looked_at_page_by_page(desk):
    row = desk.add()
    row.name.click()
    shown = desk.tab.preview
    assert shown.picture.accessibleName() == "Page 1 of 2 of signed.pdf"
    assert not shown.picture.pixmap().isNull()
    assert (shown.back.isEnabled(), shown.forth.isEnabled()) == (False, True)
    shown.forth.click()
    assert shown.place.text() == "Page 2 of 2"
    shown.back.click()
    assert shown.place.text() == "Page 1 of 2"
    assert "Nothing in the file is run" in shown.says.text()
    shown.reject()


def test_a_text_is_shown_as_words(desk):
    desk.add("letter.txt", b"Dear council\n\x1b[2J").name.click()
    shown = desk.tab.preview
    assert shown.text.toPlainText().startswith("Dear council\n")
    assert "\x1b" not in shown.text.toPlainText()
    assert shown._pager.isHidden()
    shown.reject()


def test_what_has_no_preview_is_opened_with_its_own_program_and_a_warning(desk, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr("tomsapp.gui.kept_copies.copies_folder", lambda: desk.folder / "copies")
    row = desk.add("old.xls", b"\xd0\xcf\x11\xe0 an old workbook")
    row.name.click()
    shown = desk.tab.preview
    assert shown.nothing.isVisible()
    assert shown.nothing.accessibleName().startswith("No preview of this kind of file. Open it with its own program")
    assert shown.says.isHidden()
    shown.open_button.click()
    (copy,) = (desk.folder / "copies").rglob("old.xls")
    assert opened == [QUrl.fromLocalFile(str(copy))]
    row.links["Open elsewhere"].click()
    assert len(opened) == 2
    shown.reject()


def test_what_cannot_be_drawn_says_why_and_warns(desk):
    desk.add("broken.pdf", b"%PDF-1.7 nothing").name.click()
    shown = desk.tab.preview
    assert shown.nothing.accessibleName().startswith("It is damaged or locked, and cannot be shown")
    assert shown.warning.isVisible()
    shown.reject()


def test_a_preview_that_was_closed_shows_nothing_any_more(desk):
    desk.add("letter.txt", b"Dear council").name.click()
    shown = desk.tab.preview
    shown.reject()
    shown._on_content(b"other")
    shown._on_refused(StoreError("Late", "Never mind"))
    assert shown._data == b"Dear council"


def test_a_copy_is_saved(desk, monkeypatch):
    row = desk.add("letter.txt", b"Dear council")
    target = desk.folder / "saved.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    row.links["Save a copy…"].click()
    assert target.read_bytes() == b"Dear council"
    assert desk.toasts[-1].text == f"A copy is saved in {target}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: ("", ""))
    row.links["Save a copy…"].click()
    assert len(desk.toasts) == 1


def test_a_paper_is_called_otherwise_and_taken_out(desk):
    row = desk.add("letter.txt", b"Dear council")
    row.links["Change…"].click()
    dialog = desk.tab.dialog
    name = dialog.form.field("name").control
    QTest.keyClick(name, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(name, Qt.Key.Key_Delete)
    dialog.go_button.click()
    assert dialog.form.field("name").error
    QTest.keyClicks(name, "Letter of March")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert desk.names == ["Letter of March"]
    desk.tab.rows[0].links["Take out"].click()
    assert desk.names == []
    desk.session.undo()
    assert desk.names == ["Letter of March"]


def test_a_file_that_was_changed_behind_the_program_says_so(desk, monkeypatch):
    desk.add("letter.txt", b"Dear council")

    def changed(_workspace, _digest):
        raise StoreError("The file was changed behind the program", "Restore the database from a backup")

    monkeypatch.setattr("tomsapp.services.kept_files.file_content", changed)
    monkeypatch.setattr(kept_preview, "file_content", changed)
    desk.tab._read()
    row = desk.tab.rows[0]
    assert row.known.text().startswith("Changed since it was attached. SHA-256 ")
    row.name.click()
    assert desk.tab.preview.nothing.accessibleName().startswith("The file was changed behind the program")
    desk.tab.preview.reject()


def test_the_limits_lead_to_where_they_are_set(desk):
    desk.tab.rules_link.click()
    assert desk.places == [("settings", "delivery")]


def test_what_cannot_be_saved_is_said_and_read_anew(desk, monkeypatch):
    def refuse(*_given):
        raise StoreError("Somebody was first", "Look again")

    monkeypatch.setattr("tomsapp.gui.contract.papers_tab.add_files", refuse)
    desk.tab.add_paths([desk.file("a.txt", b"Dear")])
    assert [failure.message for failure in desk.failures] == ["Somebody was first"]
    desk.failures.clear()
    desk.tab.add_paths([])
    assert desk.names == []
