"""The hand-over sheet and the calendar of a signed contract, from its page."""

from datetime import date

from PySide6.QtWidgets import QFileDialog

from tests.services.council import sign
from tomsapp.gui.contract.contract_actions import ChosenContract, ContractActions
from tomsapp.gui.dialogs.pdf_preview import PdfPreview
from tomsapp.services import contracts


def actions_of(d):
    def chosen():
        opened = contracts.open_contract(d.workspace, d.contract_id)
        contract = opened.contract
        return ChosenContract(opened.stored.id, contract.reference, contract.status, len(opened.commitments))

    actions = ContractActions(d.session, chosen, d.page)
    actions.toast.connect(d.toasts.append)
    return actions


def test_a_draft_offers_neither_and_a_signed_contract_both(desk, qtbot):
    d = desk()
    actions = actions_of(d)
    assert not d.page.hand_over_button.isVisible()
    assert [action.isEnabled() for action in actions.papers] == [False, False]
    actions.show_hand_over()
    actions.save_calendar()
    sign(d.workspace, contracts.open_contract(d.workspace, d.contract_id), date(2026, 3, 1))
    d.page.refresh(None)
    actions.update_state()
    assert [action.isEnabled() for action in actions.papers] == [True, True]
    qtbot.waitUntil(d.page.hand_over_button.isVisible, timeout=5000)
    assert {action.text() for action in actions.papers} <= {
        action.text() for action in actions.menu(with_open=False).actions()
    }


def test_the_sheet_is_shown_in_the_preview(desk, qtbot):
    d = desk()
    sign(d.workspace, contracts.open_contract(d.workspace, d.contract_id), date(2026, 3, 1))
    d.page.refresh(None)
    actions = actions_of(d)
    d.page.hand_over_wanted.connect(actions.show_hand_over)
    d.page.hand_over_button.click()
    preview = next(one for one in d.page.window().findChildren(PdfPreview) if one.isVisible())
    assert "hand-over sheet" in preview.windowTitle() or "hand-over" in preview.accessibleName()
    preview.reject()


def test_the_calendar_is_saved_where_it_was_asked_for(desk, tmp_path, monkeypatch):
    d = desk()
    sign(d.workspace, contracts.open_contract(d.workspace, d.contract_id), date(2026, 3, 1))
    target = tmp_path / "due.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    actions = actions_of(d)
    actions.save_calendar()
    assert d.toasts == []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    actions.save_calendar()
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert d.toasts[-1].text == f"Saved as {target}"
