"""An evaluation is frozen, its file saved, the freezing taken back, and a bid excluded, from the tab Evaluation."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.services.tenders.build import opened
from tests.services.tenders.many_bids import PICTURED
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.services.tenders.freezing import frozen_bytes

TWO = PICTURED[:2]
CALDER, MERIDIAN = (bid.name for bid in TWO)
REASON = "The price of a bidder was entered wrongly"


def status(d):
    return opened(d.workspace, d.page.id).tender.status


def say(d, reason="", role="Procurement lead"):
    """Fill in the dialog that is open, and do the act."""
    dialog = d.tab.acts.dialog
    dialog.form.field("role").set_text(role)
    if reason:
        dialog.form.field("reason").set_text(reason)
    QTest.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    return dialog


def freeze(d):
    QTest.mouseClick(d.tab.acts.freeze_button, Qt.MouseButton.LeftButton)
    return say(d)


def test_an_evaluation_is_frozen_and_nothing_can_be_typed_any_more(evaluation_desk):
    d = evaluation_desk(TWO)
    before = d.rows()
    assert not freeze(d).isVisible()
    assert status(d) is TenderStatus.FROZEN
    act = opened(d.workspace, d.page.id).acts[-1]
    assert (act.kind, act.by, act.role) == (TenderActKind.FREEZE, "A. Okafor", "Procurement lead")
    assert d.rows() == before
    assert not d.model.is_typed(0, d.model.column_of("price"))
    assert d.tab.head_buttons == (d.tab.report_button, d.tab.acts.save_button)
    assert d.session.undo_stop


def test_who_froze_it_must_be_said(evaluation_desk):
    d = evaluation_desk(TWO)
    QTest.mouseClick(d.tab.acts.freeze_button, Qt.MouseButton.LeftButton)
    dialog = say(d, role="")
    assert dialog.isVisible()
    assert "role" in dialog.form.field("role").error
    dialog.reject()
    assert status(d) is TenderStatus.OPENED


def test_freezing_goes_to_what_is_left_to_be_done(evaluation_desk):
    d = evaluation_desk(TWO, is_entered=False)
    QTest.mouseClick(d.tab.acts.freeze_button, Qt.MouseButton.LeftButton)
    assert d.tab.acts.dialog is None
    assert d.toasts[-1].text.startswith("Before it can be frozen: ")
    assert d.wanted == [("check", None)]


def test_the_frozen_file_is_saved_byte_for_byte(evaluation_desk, tmp_path, monkeypatch):
    d = evaluation_desk(TWO)
    freeze(d)
    target = tmp_path / "kept.tomseval"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    QTest.mouseClick(d.tab.acts.save_button, Qt.MouseButton.LeftButton)
    assert target.read_bytes() == frozen_bytes(d.workspace, d.page.id)
    assert d.toasts[-1].text == f"Saved as {target}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: ("", ""))
    QTest.mouseClick(d.tab.acts.save_button, Qt.MouseButton.LeftButton)
    assert len(d.toasts) == 1


def test_a_freezing_is_taken_back_with_a_reason(evaluation_desk):
    d = evaluation_desk(TWO)
    assert not d.tab.acts.take_back_action.isEnabled()
    freeze(d)
    d.tab.acts.take_back_action.trigger()
    assert say(d, "no").isVisible(), "the reason says too little"
    say(d, REASON)
    assert status(d) is TenderStatus.OPENED
    assert d.model.is_typed(0, d.model.column_of("price"))
    assert d.tab.head_buttons == (d.tab.report_button, d.tab.acts.freeze_button)


def test_a_bid_is_excluded_with_the_reason_that_the_bidder_reads(evaluation_desk):
    d = evaluation_desk(TWO)
    d.table.setCurrentIndex(d.model.index(-1, -1))
    d.tab.acts.exclude_action.trigger()
    assert d.toasts[-1].text == "Choose a bid in the table first"
    d.go_to(MERIDIAN, "price")
    d.tab.acts.exclude_action.trigger()
    assert d.tab.acts.dialog.windowTitle() == f"Exclude {MERIDIAN} from lot 1"
    say(d, "It gave false information about its accounts")
    row = d.row_of(MERIDIAN)
    assert d.model.rows[row].is_out
    assert "false information" in d.model.rows[row].why


def test_somebody_who_was_first_stops_the_freezing_and_it_is_read_again(evaluation_desk):
    d = evaluation_desk(TWO)
    QTest.mouseClick(d.tab.acts.freeze_button, Qt.MouseButton.LeftButton)
    with d.workspace.work("Meanwhile") as uow:
        stored = uow.bids.of(d.page.id)[0]
        from dataclasses import replace

        uow.bids.save(stored.id, stored.version, replace(stored.record, notes="Somebody was here"))
        uow.commit()
    dialog = say(d)
    assert dialog.isVisible()
    assert "meanwhile" in dialog.trouble.accessibleName()
    assert status(d) is TenderStatus.OPENED
    QTest.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    assert status(d) is TenderStatus.FROZEN, "it was read again behind the dialog"
