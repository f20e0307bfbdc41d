"""The part Published of the tab Delivery: from the button to the file on disk, and what was decided since beside it."""

from datetime import date
from hashlib import sha256

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.keys import PASSWORD
from tests.services.deliveries import Q1, accept
from tests.services.test_signers import key_path
from tomsapp.gui.contract.act_timeline import ActTimeline
from tomsapp.gui.delivery.published_now_dialog import PublishedNowDialog
from tomsapp.gui.dialogs.key_password import KeyPasswordDialog
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.dialogs.pdf_preview import PdfPreview
from tomsapp.gui.widgets.card_button import CardButton
from tomsapp.gui.widgets.text import Text
from tomsapp.reports.render import printed_text
from tomsapp.services import publishing
from tomsapp.services.progress import Cancelled
from tomsapp.services.publishing import list_papers, paper_bytes
from tomsapp.services.signers import use_certificate

TODAY = date(2026, 10, 20)
WHY = "A claim of Q1 was accepted after it"
CHOOSE = "tomsapp.gui.delivery.{}.choose_pdf"


@pytest.fixture(autouse=True)
def day(monkeypatch):
    for module in ("delivery_acts", "publishing"):
        monkeypatch.setattr(f"tomsapp.services.{module}.today", lambda: TODAY)
    monkeypatch.setattr("tomsapp.gui.delivery.published_section.today", lambda: TODAY)


@pytest.fixture
def part(desk, qtbot):
    """20 of 60 hours are claimed; nothing was published."""
    d = desk(until=TODAY)
    d.workspace.who = "P. Officer"
    d.claims = d.enter(d.claim("V04", Q1, "20"))
    d.workspace.who = "A. Okafor"
    d.open()
    d.delivery.show_section("published")
    d.part = d.delivery.current
    qtbot.waitUntil(d.part.publish_button.isEnabled)
    return d


def dialog_of(qtbot, kind: type[QDialog]):
    found = []

    def there() -> bool:
        found[:] = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
        return bool(found)

    qtbot.waitUntil(there, timeout=20_000)
    return found[-1]


def publish(d, qtbot, reason: str = "", role: str = "Contract manager"):
    """Ask, fill in and publish, by keyboard; gives the papers that are listed then."""
    before = len(d.part.papers)
    d.part.publish_button.setFocus()
    QTest.keyClick(d.part.publish_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: d.part.dialog is not None and d.part.dialog.isVisible())
    dialog = d.part.dialog
    dialog.role.set_text("")
    QTest.keyClicks(dialog.role.control, role)
    if reason:
        QTest.keyClicks(dialog.reason.control, reason)
    with qtbot.waitSignal(d.session.edited, timeout=30_000):
        QTest.keyClick(dialog.go_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(d.part.papers) == before + 1)
    d.part.dialog = None
    return d.part.papers


def test_it_is_published_from_the_button_to_the_file_on_disk_and_is_there_when_reopened(
    part, qtbot, tmp_path, monkeypatch
):
    d = part
    assert d.part.empty.accessibleName().startswith("Nothing was published yet. Publish what was delivered")
    assert d.part.empty.isVisible()
    (paper,) = publish(d, qtbot)
    assert (paper.until, paper.number, paper.by) == (date(2026, 9, 30), 1, "A. Okafor")
    (row,) = d.part.rows
    assert row.words == "To 30 September 2026, end of Q2 of 2026/27. Published on 20 October 2026 by A. Okafor"
    assert d.session.undo_stop.startswith("Published on 20 October 2026. Undo stops here")
    assert d.toasts[-1].text == "Published to 30 September 2026"
    target = tmp_path / "copy.pdf"
    monkeypatch.setattr(CHOOSE.format("published_papers"), lambda *_given: target)
    row.links["Save a copy…"].click()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: d.toasts[-1].text == f"Saved as {target}")
    assert sha256(target.read_bytes()).hexdigest() == paper.sha256
    assert "Frozen on 20 October 2026 by A. Okafor. Version 1." in printed_text(target.read_bytes())
    # Another page of the contract finds it again.
    d.page.show_target(d.made.id)
    d.page.refresh(None)
    qtbot.waitUntil(lambda: len(d.part.rows) == 1)
    assert paper_bytes(d.workspace, paper.id) == target.read_bytes()


def test_it_is_opened_verified_and_compared(part, qtbot):
    d = part
    publish(d, qtbot)
    d.part.rows[0].links["Open"].click()
    preview = dialog_of(qtbot, PdfPreview)
    assert "as they are kept" in preview.signature_text.text()
    preview.close()
    d.part.rows[0].links["Verify"].click()
    told = dialog_of(qtbot, MessageDialog)
    said = " ".join(label.text() for label in told.findChildren(Text))
    assert "C1 delivered to 30 September 2026.pdf holds" in said
    assert "It is the paper that this database published, byte for byte" in said
    told.close()
    (held,) = d.claims
    accept(d.workspace, d.made, held)
    d.part.rows[0].links["As published and now"].click()
    beside = dialog_of(qtbot, PublishedNowDialog)
    assert beside.model.rowCount() == 1
    assert beside.model.index(0, 0).data() == "Employee volunteering"
    assert [beside.model.index(0, column).data() for column in (1, 2)] == ["0 accepted", "20 accepted"]
    assert "Accepted on" in beside.since.text()
    beside.close()


def test_it_stands_among_the_sealed_acts_and_enter_opens_it(part, qtbot):
    d = part
    publish(d, qtbot)
    timeline = d.page.panel().findChild(ActTimeline)
    told = "20 October 2026. Delivered valuation to 30 September 2026 published by A. Okafor"
    qtbot.waitUntil(lambda: told in [each.accessibleName() for each in timeline.findChildren(CardButton)])
    assert timeline.accessibleName() == "Sealed acts, 2 entries"
    entry = next(each for each in timeline.findChildren(CardButton) if each.accessibleName() == told)
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_Return)
    dialog_of(qtbot, PdfPreview).close()


def test_a_replacement_says_why_and_the_first_one_stays_beside_it(part, qtbot):
    d = part
    (first,) = publish(d, qtbot)
    d.part.ask()
    qtbot.waitUntil(lambda: d.part.dialog is not None and d.part.dialog.isVisible())
    dialog = d.part.dialog
    assert "It replaces the one to 30 September 2026, published on 20 October 2026 by A. Okafor." in (
        dialog.replaces.text()
    )
    dialog.go_button.click()
    assert dialog.reason.error.startswith("The reason says too little")
    assert dialog.isVisible()
    dialog.reject()
    d.part.dialog = None
    publish(d, qtbot, WHY)
    newer, older = d.part.rows
    assert f"Replaces number 1: {WHY}" in newer.words
    assert "Replaced by number 2" in older.words
    assert older.paper == first


def test_a_draft_is_saved_and_none_is_published(part, qtbot, tmp_path, monkeypatch):
    d = part
    target = tmp_path / "draft.pdf"
    monkeypatch.setattr(CHOOSE.format("published_section"), lambda *_given: target)
    d.part.save_button.click()
    qtbot.waitUntil(target.exists, timeout=20_000)
    text = printed_text(target.read_bytes())
    assert "Draft, not frozen" in text
    assert list_papers(d.workspace, d.made.id) == []
    # Nobody chose a file: nothing is made.
    monkeypatch.setattr(CHOOSE.format("published_section"), lambda *_given: None)
    d.part.save_draft()


def test_who_stops_it_reads_that_nothing_was_published(part, qtbot, monkeypatch):
    d = part

    def stopped(*_given, **_more):
        raise Cancelled

    monkeypatch.setattr(publishing, "unsigned_report", stopped)
    d.part.ask()
    qtbot.waitUntil(lambda: d.part.dialog is not None and d.part.dialog.isVisible())
    d.part.dialog.role.set_text("Chief contract manager")
    d.part.dialog.go_button.click()
    qtbot.waitUntil(lambda: bool(d.toasts))
    assert d.toasts[-1].text == "Stopped: nothing was published"
    assert list_papers(d.workspace, d.made.id) == []
    # What was said is there again: nobody types it twice.
    d.part.dialog = None
    d.part.ask()
    qtbot.waitUntil(lambda: d.part.dialog is not None and d.part.dialog.isVisible())
    assert d.part.dialog.role.text == "Chief contract manager"
    d.part.dialog.reject()


def test_the_password_of_the_councils_key_is_asked_for_before_it_is_published(part, qtbot, tmp_path):
    d = part
    use_certificate(d.workspace, key_path(tmp_path), PASSWORD)
    d.workspace.unlocked.clear()
    d.part.ask()
    qtbot.waitUntil(lambda: d.part.dialog is not None and d.part.dialog.isVisible())
    d.part.dialog.role.set_text("Contract manager")
    d.part.dialog.go_button.click()
    asked = dialog_of(qtbot, KeyPasswordDialog)
    asked.password.line.setText(PASSWORD)
    with qtbot.waitSignal(d.session.edited, timeout=30_000):
        QTest.keyClick(asked.password.control, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(d.part.papers) == 1)


def test_the_dialog_says_what_is_final_and_what_is_missing(part, qtbot):
    d = part
    d.part.ask()
    qtbot.waitUntil(lambda: d.part.dialog is not None and d.part.dialog.isVisible())
    dialog = d.part.dialog
    texts = [label.text() for label in dialog.findChildren(Text)]
    assert any("never changed, worked out again or taken back" in text for text in texts)
    assert dialog.until.combo.count() == 2
    assert dialog.until.combo.currentText() == "30 September 2026, end of Q2 of 2026/27"
    assert dialog.figures.text().startswith("Due £1,435.40, accepted £0.00")
    assert not dialog.reason.isVisible()
    dialog.role.set_text("")
    dialog.done_on.set_date(None)
    dialog.go_button.click()
    assert dialog.role.error
    assert dialog.done_on.error
    dialog.reject()


def test_before_a_quarter_has_ended_nothing_can_be_published(desk, qtbot):
    d = desk(until=date(2026, 5, 1)).open()
    d.delivery.show_section("published")
    part = d.delivery.current
    qtbot.waitUntil(lambda: "30 June 2026" in part.empty.accessibleName())
    assert not part.publish_button.isEnabled()
    assert part.save_button.isEnabled()
    part.show_delivery(None)
    assert not part.save_button.isEnabled()
    assert part.empty.accessibleName().startswith("Nothing was published yet. ")
