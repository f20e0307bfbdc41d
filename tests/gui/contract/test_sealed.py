"""The page of a signed contract: the seal, the switch between the values, and the document."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.council import reopen, sign
from tomsapp.domain.wording import format_date
from tomsapp.gui.contract.sealed_document import DocumentDialog
from tomsapp.services import contracts


def signed(desk):
    d = desk()
    sign(d.workspace, contracts.open_contract(d.workspace, d.contract_id), date(2026, 3, 1))
    d.page.refresh(None)
    return d


def test_a_draft_shows_no_seal(desk):
    d = desk()
    assert not d.page.sealed.banner.isVisible()
    assert not d.page.sealed.switch.isVisible()


def test_a_signed_contract_shows_its_seal_and_both_values(desk):
    d = signed(desk)
    banner, switch = d.page.sealed.banner, d.page.sealed.switch
    act = contracts.open_contract(d.workspace, d.contract_id).acts[0]
    total = act.value
    assert act.entered_on is not None
    assert banner.accessibleName() == (
        "Sealed: Signed on 1 March 2026, Signed by A. Okafor, Procurement lead, "
        f"Entered here {format_date(act.entered_on)}, Takes effect 1 March 2026, Sealed value £{total:,.2f}"
    )
    assert banner.whole.text().endswith(", still whole")
    assert d.page.header.badge.accessibleName() == "Signed"
    assert switch.accessibleName() == "Values shown"
    assert d.table.isVisible()
    QTest.mouseClick(switch._group.button(1), Qt.MouseButton.LeftButton)
    assert (switch.current, d.page.sealed.today.isVisible()) == ("today", True)
    assert not d.table.isVisible()
    assert f"£{total:,.2f} as signed with barnet-open 2026.2" in d.page.sealed.today.total.text()
    d.page.refresh(None)
    assert d.page.sealed.today.isVisible(), "the switch is remembered"
    reopen(d.workspace, d.contract_id)
    d.page.refresh(None)
    assert d.page.header.badge.accessibleName() == "Reopened on 2 March 2026"
    assert not d.page.sealed.banner.isVisible()
    assert d.table.isVisible()


def test_what_is_not_whole_says_so_and_is_compared_with_nothing(desk, monkeypatch):
    monkeypatch.setattr("tomsapp.services.sealed_view.is_whole", lambda _act, _data: False)
    d = signed(desk)
    assert d.page.sealed.banner.whole.text() == "Changed since it was signed"
    assert not d.page.sealed.switch.isVisible()
    assert d.table.isVisible()


@pytest.mark.parametrize("save", [True, False])
def test_the_document_is_read_and_saved_byte_for_byte(desk, tmp_path, monkeypatch, save):
    d = signed(desk)
    path = tmp_path / "sealed.json"
    monkeypatch.setattr(
        "tomsapp.gui.contract.sealed_handling.choose_file_to_save", lambda *_given: path if save else None
    )
    d.page.sealed.banner.open_link.click()
    dialog = next(one for one in d.page.window().findChildren(DocumentDialog) if one.isVisible())
    with d.workspace.look() as uow:
        (kept,) = uow.acts.of(d.contract_id)
        document = uow.acts.document(kept.act.id)
    assert dialog.text.toPlainText().encode() == document
    dialog.save_wanted.emit()
    assert path.exists() == save
    if save:
        assert path.read_bytes() == document
        assert d.toasts[-1].text == "Saved as sealed.json"
    dialog.reject()


def test_lines_and_rules_that_differ_say_why(desk, monkeypatch):
    from tomsapp.services import sealed_view

    d = signed(desk)
    opened = contracts.open_contract(d.workspace, d.contract_id)
    view = sealed_view.sealed_view(d.workspace, opened, date(2026, 12, 1))
    first, *others = view.lines
    other = replace(first, today=first.as_sealed + 5, reason="barnet-open 2026.3: unit value £1.00 → £2.00")
    rule = replace(view.rules[0], reason="Edition 2026.3", without="without 2026.3: Enough")
    shown = replace(view, lines=(*others, other), rules=(rule,), today=view.today + 5)
    today = d.page.sealed.today
    today.show_view(shown)
    assert today.model.shown_rows()[0] == other
    assert "+£5.00" in today.total.text()
    assert today.model.index(0, 0).data() == other.title
    names = [item.widget().accessibleName() for item in map(today._grid.itemAt, range(today._grid.count()))]
    told = f"{rule.title}, as sealed: {rule.word}; today: {rule.today_word}"
    assert f"{told}; reason: Edition 2026.3\nwithout 2026.3: Enough" in names
