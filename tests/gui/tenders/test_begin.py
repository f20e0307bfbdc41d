"""A tender is begun from an earlier one, or from a notice of Find a Tender."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QFileDialog

from tests.exchange.notices.made import package, release
from tests.exchange.notices.test_tender_notice import NORTH, SOUTH
from tomsapp.services.tenders.reading import list_tenders, open_tender


def new_page(program):
    program.open("tenders", "new")
    return program.window.page("tenders").shown


def notices(folder, *tenders):
    path = folder / "notice.json"
    releases = [
        release(number, awards=[], contracts=[], tag=["tender"], tender=tender) for number, tender in enumerate(tenders)
    ]
    path.write_bytes(package(*releases))
    return path


def test_an_earlier_tender_is_copied_and_opened(desk):
    page = new_page(desk.program)
    page.beginnings.copy_button.click()
    (one,) = page.beginnings.menu.actions()
    assert one.text() == "T-2026-003 Cleaning"
    one.trigger()
    shown = desk.window.page("tenders").shown
    assert shown.tender_id != desk.number
    assert len(desk.read(shown.tender_id).lots) == 2
    desk.session.undo()
    assert len(list_tenders(desk.workspace)) == 1


def test_without_a_tender_there_is_nothing_to_copy(program):
    page = new_page(program)
    page.beginnings.copy_button.click()
    (one,) = page.beginnings.menu.actions()
    assert (one.text(), one.isEnabled()) == ("There is no tender yet", False)


def test_a_tender_is_begun_from_a_notice_file(program, tmp_path, monkeypatch):
    path = notices(tmp_path, {"lots": [NORTH, SOUTH], "tenderPeriod": {"endDate": "2030-01-22T12:00:00Z"}})
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    new_page(program).beginnings.notice_button.click()
    shown = program.window.page("tenders").shown
    opened = open_tender(program.workspace, shown.tender_id)
    assert (shown.title, len(opened.lots)) == ("Made up work 0", 2)
    assert opened.tender.deadline_words == "12 noon, Tuesday 22 January 2030, UK time"
    assert (opened.tender.menu, opened.tender.ocid) == ("barnet-open", "ocds-h6vhtk-0f0000")


def test_of_several_notices_one_is_chosen(program, tmp_path):
    page = new_page(program)
    page.beginnings.read_notice(notices(tmp_path, {"lots": [NORTH]}, {"lots": [SOUTH]}))
    first, second = page.beginnings.menu.actions()
    assert first.text().startswith("Made up work 0")
    second.trigger()
    assert program.window.page("tenders").shown.title == "Made up work 1"


def test_what_is_left_out_of_a_notice_is_said(program, tmp_path):
    lot = {**NORTH, "value": {"amount": 0}}
    new_page(program).beginnings.read_notice(notices(tmp_path, {"lots": [lot, SOUTH]}))
    dialog = QApplication.activeModalWidget() or QApplication.activeWindow()
    assert dialog.heading == "Not all of the notice was taken over"
    assert all(sentence.startswith("Lot 1: ") for sentence in dialog.sentences)
    dialog.reject()


def test_a_notice_is_begun_once_and_what_is_no_notice_is_refused(program, tmp_path):
    page = new_page(program)
    path = notices(tmp_path, {"lots": [NORTH]})
    page.beginnings.read_notice(path)
    page.beginnings.read_notice(path)
    assert "was begun from the same notice" in program.failures[-1].message
    other = tmp_path / "list.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    page.beginnings.read_notice(other)
    assert len(program.failures) == 2
    assert len(list_tenders(program.workspace)) == 1
