"""The tab Offers as an officer uses it: files come in, receipts are looked at and printed, the offers are opened."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.gui.audit import settle
from tests.gui.tenders.received import AFTER, BEFORE, TabDesk, mime_of
from tests.services.tenders.build import opened
from tests.services.tenders.offers import CALDER, DAY, ISSUE, LAMP, NOW, filled_book, saved, zipped
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.receipt import Standing
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.tenders import file_receiver
from tomsapp.gui.tenders.file_receiver import received_words
from tomsapp.gui.tenders.offers_tab import OffersTab
from tomsapp.gui.widgets.text import Text
from tomsapp.services.failures import StoreError
from tomsapp.services.progress import Cancelled
from tomsapp.services.suppliers import add_supplier
from tomsapp.services.tenders.acts import do
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.issuing import issue
from tomsapp.services.tenders.opening import read_bids
from tomsapp.services.tenders.portal_times import PortalUse
from tomsapp.services.tenders.receipt_saving import save_receipt
from tomsapp.services.tenders.receipts import list_receipts
from tomsapp.services.tenders.receipts_shown import received_bytes
from tomsapp.services.tenders.receiving import Received, receive


@pytest.fixture
def desk(qtbot, tmp_path, jobs, preferences):
    made = []

    def make(**how):
        made.append(TabDesk(qtbot, tmp_path, jobs, preferences, OffersTab, **how))
        return made[-1]

    yield make
    for one in made:
        assert one.failures == []
        one.workspace.close()


def offer(d, bidder=CALDER, **changes):
    return saved(d.workspace, opened(d.workspace, d.number), bidder, **changes)


def cells(d, place=0):
    model = d.tab.table.receipts
    return [model.index(place, column).data() for column in range(model.columnCount())]


def becomes(d):
    model = d.tab.table.receipts
    return [model.row_object(place).words for place in range(model.rowCount())]


def received(d):
    return [each.judged.file for each in list_receipts(d.workspace, d.number)]


def late(d, time="13:00", bidder=LAMP):
    page = opened(d.workspace, d.number)
    receive(d.workspace, page, [FoundFile("late.tomsoffer", offer(d, bidder), "", DAY, time)])
    d.show()


def test_before_the_deadline_it_says_until_when_the_offers_are_sealed(desk):
    d = desk()
    assert d.tab.sealed.heading.text() == "Sealed until 12 noon, Friday 22 January 2027, UK time (19 h 55 min left)"
    assert d.tab.sealed.early_button.isVisible()
    assert d.tab.head_buttons == (d.tab.print_button,)
    assert (d.tab.count, d.tab.empty.isVisible()) == (None, True)


def test_a_low_window_leaves_its_room_to_the_receipts(desk):
    d = desk()
    d.drop(d.write("a.tomsoffer", offer(d)), d.write("prices.pdf", b"%PDF-1.7"))
    for height, whole in ((556, True), (290, False), (556, True)):
        d.tab.resize(800, height)
        settle()
        assert d.tab.sealed.sentence.isVisible() is whole
        said = {each.text() for each in d.tab.findChildren(Text) if each.isVisible()}
        assert ("Drop files or a folder here" in said) is whole
    d.tab.resize(800, 290)
    settle()
    seen = d.tab.table.viewport().rect()
    assert seen.intersects(d.tab.table.visualRect(d.tab.table.receipts.index(1, 0))), "more than one row"
    assert d.tab.sealed.sentence.text() in d.tab.sealed.toolTip()


def test_dropped_files_have_receipts_and_the_list_says_what_becomes_of_them(desk):
    d = desk()
    paths = [d.write("a.tomsoffer", offer(d)), d.write("prices.pdf", b"%PDF-1.7")]
    d.drop(*paths)
    assert d.toasts == ["2 files received: receipts 1 and 2"]
    assert becomes(d) == ["Refused: it is a PDF", "Counts"]
    assert cells(d, 1)[1:4] == ["a.tomsoffer", CALDER.name, "1"]
    assert d.tab.count == 1
    told = [each.text() for each in d.tab.findChildren(Text) if not each.isHidden()]
    assert {"2 files", "received", "1 offer", "counts so far", "refused"} <= set(told)
    d.drop(paths[0])
    assert d.toasts[-1] == "1 was here already: receipt 1"


def test_a_portals_zip_with_folders_and_a_hostile_file_among_them(desk):
    d = desk()
    book = filled_book(d.workspace, opened(d.workspace, d.number), LAMP)
    inside = {"T/Lamp/offer.xlsx": book, "T/Moor/bomb.zip": zipped(x=b"0" * 100_000), "T/Moor/empty.xlsx": b""}
    d.drop(d.write("portal.zip", zipped(**inside)))
    assert {each.name: each.refused for each in received(d)} == {
        "T/Lamp/offer.xlsx": "",
        "T/Moor/bomb.zip": "it is a zip folder with files in it",
        "T/Moor/empty.xlsx": "it is empty",
    }
    assert d.tab.notice.isHidden()


def test_files_come_from_the_dialog_a_folder_and_the_clipboard(desk, monkeypatch):
    d = desk()
    path = d.write("in/a.tomsoffer", offer(d))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(path)], ""))
    d.tab.add_button.click()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(path.parent))
    d.write("in/b.tomsoffer", offer(d, LAMP))
    d.tab.folder_button.click()
    assert [each.name for each in received(d)] == ["a.tomsoffer", "in/b.tomsoffer"]
    paste = next(each for each in d.tab.actions() if each.shortcut().toString() == "Ctrl+V")
    QGuiApplication.clipboard().setText("no file")
    paste.trigger()
    assert d.toasts[-1].startswith("There are no files in the clipboard")
    QGuiApplication.clipboard().setMimeData(mime_of(d.write("c.pdf", b"%PDF-")))
    paste.trigger()
    assert d.toasts[-1] == "1 file received: receipt 3"


def test_nothing_is_received_of_what_is_not_there(desk):
    d = desk()
    d.drop(d.folder / "gone.xlsx")
    assert d.tab.notice.text.text().startswith("Nothing was received. There is no file")
    empty = d.folder / "none"
    empty.mkdir()
    d.drop(empty)
    assert d.tab.notice.text.text() == "There are no files in it. Nothing was received."
    d.drop(d.write("a.pdf", b"%PDF-"))
    assert d.tab.notice.isHidden()


def test_a_receiving_that_is_stopped_keeps_nothing(desk, monkeypatch):
    d = desk()

    def stopped(*_args):
        raise Cancelled

    monkeypatch.setattr("tomsapp.gui.tenders.file_receiver.find_files", stopped)
    path = d.write("a.tomsoffer", offer(d))
    d.drop(path)
    assert (d.toasts, received(d)) == (["Stopped: nothing was received"], [])
    monkeypatch.undo()
    d.drop(path)
    assert len(received(d)) == 1, "the next one is not held up"


def test_del_removes_nothing_and_copying_takes_the_whole_sha256(desk):
    d = desk()
    d.drop(d.write("a.tomsoffer", offer(d)))
    d.tab.take_keyboard()
    QTest.keyClick(d.tab.table, Qt.Key.Key_Delete)
    assert len(received(d)) == 1
    next(each for each in d.tab.table.actions() if each.shortcut().toString() == "Ctrl+C").trigger()
    copied = QGuiApplication.clipboard().text()
    assert received(d)[0].sha256 in copied
    assert copied.startswith("Receipt\tFile\tSHA-256")


def test_enter_opens_a_receipt_in_which_the_portals_time_is_typed(desk):
    d = desk()
    d.drop(d.write("a.tomsoffer", offer(d)))
    d.tab.take_keyboard()
    QTest.keyClick(d.tab.table, Qt.Key.Key_Return)
    dialog = d.tab.dialog
    assert dialog.windowTitle() == "Receipt 1"
    assert dialog.save_button.isHidden(), "nobody looks into a file that is sealed"
    with pytest.raises(StoreError, match="are sealed"):
        received_bytes(d.workspace, d.tab.current.listed)
    dialog.form.field("portal_on").set_text("22 January 2027")
    dialog.go_button.click()
    assert dialog.isVisible()
    assert "Enter the portal’s time" in dialog.form.field("portal_time").error
    dialog.form.field("portal_time").set_text("13:01:09")
    dialog.go_button.click()
    assert not dialog.isVisible()
    assert becomes(d) == ["Late by 1 h 1 min 9 s. Does not count"]
    assert cells(d)[0] == "22 Jan  13:01:09"


def test_whose_a_file_is_can_be_said(desk):
    d = desk()
    plc = add_supplier(d.workspace, Supplier("Lamp plc")).result
    d.drop(d.write("a.tomsoffer", offer(d, replace(LAMP, registration=""))))
    assert becomes(d) == ["Not finished: it does not say whose offer it is"]
    d.tab.table.figure_chosen.emit(d.tab.current, "receipt")
    dialog = d.tab.dialog
    dialog.form.field("supplier").set_text(plc.record.name)
    dialog.go_button.click()
    assert becomes(d) == ["Counts"]


def test_a_late_file_is_admitted_with_a_reason(desk):
    d = desk().at(AFTER)
    late(d)
    d.tab.open_receipt(d.tab.current)
    assert not d.tab.dialog.admit_button.isHidden()
    d.tab.dialog.admit_button.click()
    ask = d.tab.acts.dialog
    ask.form.field("role").set_text("Procurement lead")
    ask.form.field("reason").set_text("Too short")
    ask.go_button.click()
    assert "at least 20 letters" in ask.form.field("reason").error
    ask.form.field("reason").set_text("The portal was down for an hour that day.")
    ask.go_button.click()
    assert d.toasts == ["Receipt 1 is admitted"]
    assert becomes(d) == ["Late by 1 h. Counts"]
    assert d.tab.table.receipts.row_object(0).standing is Standing.ADMITTED_LATE


def test_after_the_deadline_the_offers_are_opened_and_become_bids(desk, monkeypatch):
    d = desk()
    d.drop(d.write("a.tomsoffer", offer(d)), d.write("b.tomsoffer", offer(d, LAMP, statements={})))
    d.at(AFTER)
    assert d.tab.sealed.heading.text().startswith("Still sealed: nobody has looked into the 2 offers here")
    assert d.tab.head_buttons == (d.tab.print_button, d.tab.open_button)
    assert d.tab.open_button.text() == "Open 2 offers…"
    d.tab.open_button.click()
    ask = d.tab.acts.dialog
    assert "reason" not in ask.form.facts
    assert ask.form.typed()["role"] == "Procurement lead", "as in the act before"
    ask.form.field("role").set_text("")
    ask.go_button.click()
    assert ask.form.field("role").error
    ask.form.field("role").set_text("Procurement lead")
    ask.go_button.click()
    assert d.toasts[-1] == "The offers are open"
    assert [bid.stored.record.supplier for bid in read_bids(d.workspace, d.number)] == [CALDER.name]
    assert becomes(d) == ["Not finished: 1 question has no answer", "Counts"]
    assert d.tab.sealed.heading.text() == "Opened on 22 January 2027 by A. Okafor, Procurement lead"
    assert d.tab.head_buttons == (d.tab.print_button,)
    d.tab.open_receipt(d.tab.table.receipts.row_object(1))
    copy = d.folder / "copy.tomsoffer"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(copy), ""))
    d.tab.dialog.save_button.click()
    assert copy.read_bytes() == (d.folder / "a.tomsoffer").read_bytes()
    d.tab.dialog.reject()
    d.drop(d.write("c.tomsoffer", offer(d, statements={})))
    assert len(received(d)) == 3


def test_opening_early_needs_a_reason_that_every_report_tells(desk):
    d = desk()
    d.tab.sealed.early_button.click()
    ask = d.tab.acts.dialog
    ask.form.field("role").set_text("Procurement lead")
    ask.form.field("reason").set_text("All five who were asked have answered.")
    ask.go_button.click()
    assert d.tab.sealed.heading.text().startswith("Opened early on 21 January 2027 by A. Okafor")
    assert "All five who were asked have answered" in d.tab.sealed.heading.text()


def test_what_was_said_of_an_act_is_there_again_where_it_was_refused(desk):
    d = desk()
    d.tab.sealed.early_button.click()
    ask = d.tab.acts.dialog
    ask.form.field("role").set_text("Procurement lead")
    ask.form.field("reason").set_text("All five who were asked have answered.")
    # A colleague amends meanwhile.
    page = d.read()
    TENDER_FACTS.save(d.workspace, page.stored, replace(page.tender, title="Cleaning of libraries"))
    ask.go_button.click()
    assert [each.message for each in d.failures] == ["Somebody changed T-2026-003 meanwhile"]
    d.failures.clear()
    d.tab.sealed.early_button.click()
    assert d.tab.acts.dialog.form.typed()["reason"] == "All five who were asked have answered."
    d.tab.acts.dialog.reject()


def test_a_deadline_that_is_typed_and_not_issued_is_told_and_does_not_hold(desk):
    d = desk()
    page = d.read()
    later = replace(page.tender, deadline_on=DAY + timedelta(days=7))
    TENDER_FACTS.save(d.workspace, page.stored, later)
    d.at(AFTER)
    assert d.tab.sealed.typed.text().startswith("The set-up says 12 noon, Friday 29 January 2027, UK time.")
    assert d.tab.sealed.is_closed
    issue(d.workspace, d.read(), replace(ISSUE, kind=TenderActKind.AMEND, version=2), NOW)
    d.at(AFTER)
    assert d.tab.sealed.typed.isHidden()
    assert not d.tab.sealed.is_closed


def test_the_clock_goes_on_while_it_is_looked_at(desk):
    d = desk()
    changed = []
    d.tab.panel_changed.connect(lambda: changed.append(True))
    d.clock = AFTER
    d.tab._timer.timeout.emit()
    assert changed, "the page shows the button that opens the offers"
    assert d.tab.sealed.is_closed


def test_a_receipt_and_the_list_are_shown_as_papers_and_saved(desk, monkeypatch, tmp_path):
    d = desk()
    d.drop(d.write("a.tomsoffer", offer(d)))
    d.tab.open_receipt(d.tab.current)
    d.tab.dialog.print_button.click()
    assert d.tab.papers.preview.windowTitle() == "Preview: Receipt 1, T-2026-003 Cleaning.pdf"
    d.tab.dialog.reject()
    word = tmp_path / "receipt.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(word), ""))
    d.tab.papers.word_button.click()
    assert word.read_bytes().startswith(b"PK")
    d.tab.papers.preview.reject()
    d.tab.print_button.click()
    assert d.tab.papers.preview.windowTitle().startswith("Preview: Receipts, T-2026-003")
    d.tab.papers.preview.reject()


def test_a_draft_says_that_nothing_is_received_yet(desk):
    d = desk(is_issued=False)
    assert not d.tab.sealed.isVisible()
    assert not d.tab.add_button.isVisible()
    d.drop(d.write("a.pdf", b"%PDF-"))
    assert d.tab.table.receipts.rowCount() == 0
    assert d.tab.head_buttons == ()
    d.tab.show_tender(None)
    d.tab.print_list()
    assert d.tab.papers.preview is None


def test_of_a_tender_that_is_withdrawn_receipts_are_looked_at_and_nothing_is_said(desk):
    d = desk()
    d.drop(d.write("a.tomsoffer", offer(d)))
    page = d.read()
    facts = replace(
        ISSUE,
        kind=TenderActKind.WITHDRAW,
        version=None,
        done_on=BEFORE.date(),
        reason="The budget is gone for this year",
    )
    do(d.workspace, page, facts, BEFORE)
    d.show()
    assert d.read().tender.status is TenderStatus.WITHDRAWN
    assert not d.tab.add_button.isVisible()
    d.tab.open_receipt(d.tab.current)
    assert not d.tab.dialog.go_button.isVisible()
    assert not d.tab.dialog.form.isEnabled()
    d.tab.dialog.reject()


def test_another_page_leads_to_a_receipt(desk):
    d = desk()
    d.drop(d.write("a.tomsoffer", offer(d)), d.write("b.tomsoffer", offer(d, LAMP)))
    d.tab.go_to(1)
    assert d.tab.current.file.number == 1


@pytest.mark.parametrize(
    ("came", "words"),
    [
        (Received((1, 2, 3, 4, 5), (), ()), "5 files received: receipts 1 to 5"),
        (
            Received((3,), (2,), (3,)),
            "1 file received: receipt 3. 1 was here already: receipt 2. Receipt 3 came before, and after another again",
        ),
    ],
)
def test_what_came_of_a_receiving_is_told(came, words):
    assert received_words(came) == words


def test_days_of_another_year_are_the_portals(desk):
    d = desk()
    page = opened(d.workspace, d.number)
    receive(d.workspace, page, [FoundFile("x/a.tomsoffer", offer(d), "x", date(2027, 1, 3), "09:00")])
    d.show()
    assert cells(d)[0] == "3 Jan  09:00:00"


def test_the_portals_times_are_read_from_its_export(desk, monkeypatch, tmp_path):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    d = desk()
    assert not d.tab.portal_button.isVisible()
    d.drop(d.write("a.tomsoffer", offer(d)), d.write("b.tomsoffer", offer(d, LAMP)))
    text = (
        "Datei,Wer,Wann,Received\na.tomsoffer,x,22/01/2027,13:00\nb.tomsoffer,y,21/01/2027,9:30\nc,z,21/01/2027,9:30\n"
    )
    path = d.write("portal.csv", text.encode())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    d.tab.portal_button.click()
    dialog = d.tab.portal.dialog
    assert not dialog.take_button.isEnabled()
    assert dialog.empty.isVisible()
    for use, column in ((PortalUse.FILE, 0), (PortalUse.WHEN, 2), (PortalUse.TIME, 3)):
        dialog.fields[use].set_value(column)
        dialog.fields[use].edited.emit()
    assert [dialog.model.row_object(place).words for place in range(3)] == [
        "Receipt 1 gets this time",
        "Receipt 2 gets this time",
        "No receipt fits",
    ]
    assert dialog.summary.text() == "3 rows. Nothing can be taken from row 4"
    assert dialog.take_button.text() == "Take 2 times over"
    dialog.take_button.click()
    assert d.toasts[-1] == "2 times taken over"
    assert becomes(d) == ["Late by 1 h. Does not count", "Counts"]
    d.tab.choose_export()
    again = d.tab.portal.dialog
    assert again.columns == {PortalUse.FILE: 0, PortalUse.WHEN: 2, PortalUse.TIME: 3}, "as it was said before"
    assert again.lead.text().startswith("The columns are as they were said before.")
    again.take()
    assert again.isVisible(), "there is nothing to take over"
    again.reject()


def test_an_export_that_is_no_table_is_refused_with_the_reason(desk, monkeypatch):
    d = desk()
    d.drop(d.write("a.tomsoffer", offer(d)))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(d.write("x.pdf", b"%PDF-1.7")), ""))
    d.tab.choose_export()
    assert "PDF" in d.tab.notice.text.text()
    assert d.tab.portal.dialog is None


def test_times_that_a_colleague_typed_first_are_not_saved_over(desk, monkeypatch, tmp_path):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    d = desk()
    d.drop(d.write("a.tomsoffer", offer(d)))
    path = d.write("portal.csv", b"File,Received\na.tomsoffer,21/01/2027 09:00\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    d.tab.choose_export()
    (one,) = list_receipts(d.workspace, d.number)
    save_receipt(d.workspace, d.number, one.stored, replace(one.stored.record, portal_on=DAY, portal_time="11:00"))
    dialog = d.tab.portal.dialog
    assert dialog.told.text().endswith("a time without one is read in UK time.")
    dialog.take_button.click()
    assert dialog.isVisible()
    assert "Nothing was saved" in dialog.note.text.text()
    assert received(d)[0].portal_at.hour == 11
    assert dialog.model.row_object(0).told == "Receipt 1. It was 22 January 2027, 11:00:00", "it is read again"
    dialog.take_button.click()
    assert received(d)[0].portal_at.hour == 9
    assert not dialog.isVisible()


def test_others_go_on_with_the_database_while_files_are_looked_at(qtbot, tmp_path, preferences, monkeypatch):
    threads, gate = Jobs(), threading.Event()
    d = TabDesk(qtbot, tmp_path, threads, preferences, OffersTab)
    qtbot.waitUntil(lambda: not threads.is_busy)
    path, real, read = d.write("a.tomsoffer", offer(d)), file_receiver.look_at, []

    def slow(files, packs, progress):
        gate.wait(20)
        return real(files, packs, progress)

    monkeypatch.setattr(file_receiver, "look_at", slow)
    d.drop(path)
    d.drop(path)
    assert d.toasts == ["Files are being received: wait until they are kept, then add these"]
    d.session.read(lambda workspace: list_receipts(workspace, d.number)).success(read.append).start()
    qtbot.waitUntil(lambda: read == [()])
    gate.set()
    qtbot.waitUntil(lambda: d.tab.table.receipts.rowCount() == 1 and not threads.is_busy)
    assert d.failures == []
    d.workspace.close()


def test_a_receiving_is_stopped_by_its_card(qtbot, tmp_path, preferences, monkeypatch):
    threads, gate, jobs_ = Jobs(), threading.Event(), []
    d = TabDesk(qtbot, tmp_path, threads, preferences, OffersTab)
    qtbot.waitUntil(lambda: not threads.is_busy)
    threads.started.connect(jobs_.append)

    def slow(_paths, progress):
        gate.wait(20)
        progress.report(1, 2)

    monkeypatch.setattr(file_receiver, "find_files", slow)
    d.drop(d.write("a.tomsoffer", offer(d)))
    qtbot.waitUntil(lambda: any(job.title == "Receiving a.tomsoffer" for job in jobs_))
    next(job for job in jobs_ if job.title).cancel()
    gate.set()
    qtbot.waitUntil(lambda: d.toasts == ["Stopped: nothing was received"])
    assert received(d) == []
    d.workspace.close()
