"""The page of a signed contract: the seal, the switch between the values, and the document."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.council import reopen, sign
from tomsapp.domain.seal import ActFacts, ActKind
from tomsapp.domain.wording import format_date
from tomsapp.gui.contract.history_tab import HistoryTab
from tomsapp.gui.contract.sealed_document import DocumentDialog
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.layouts import laid_out
from tomsapp.services import contracts, sealing


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
    assert d.page.menu_words == "Shown: as signed, menu barnet-open 2026.2, 2024 prices"
    QTest.mouseClick(switch._group.button(1), Qt.MouseButton.LeftButton)
    assert (switch.current, d.page.sealed.today.isVisible()) == ("today", True)
    assert not d.table.isVisible()
    assert f"£{total:,.2f} as signed with barnet-open 2026.2" in d.page.sealed.today.total.text()
    assert d.page.menu_words == "Shown: today, menu barnet-open 2026.2, 2024 prices"
    d.page.refresh(None)
    assert d.page.sealed.today.isVisible(), "the switch is remembered"
    reopen(d.workspace, d.contract_id)
    d.page.refresh(None)
    assert d.page.header.badge.accessibleName() == "Reopened on 2 March 2026"
    assert not d.page.sealed.banner.isVisible()
    assert d.table.isVisible()
    assert d.page.menu_words == "Shown: menu barnet-open 2026.2, 2024 prices"


def test_what_is_not_whole_says_so_and_is_compared_with_nothing(desk, monkeypatch):
    monkeypatch.setattr("tomsapp.services.sealed_stages.is_whole", lambda _act, _data: False)
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
    names = [one.accessibleName() for one in laid_out(today._grid)]
    told = f"{rule.title}, as sealed: {rule.word}; today: {rule.today_word}"
    assert f"{told}; reason: Edition 2026.3\nwithout 2026.3: Enough" in names


# The timeline


def entries(d):
    """What stands in the timeline, in order: each entry by its name, a link by its words."""
    found = laid_out(d.page.forms.panel.acts._entries)
    return [(one, one.text() or one.accessibleName()) for one in found]


def test_a_draft_has_no_timeline(desk):
    d = desk()
    assert d.page.forms.panel.acts.isHidden()
    assert entries(d) == []


def test_the_timeline_says_each_act_and_the_end_and_opens_their_documents(desk):
    d = signed(desk)
    reopen(d.workspace, d.contract_id)
    d.page.refresh(None)
    acts = contracts.open_contract(d.workspace, d.contract_id).acts
    entered = f"Entered here on {format_date(acts[0].entered_on)}"
    timeline = d.page.forms.panel.acts
    assert not timeline.isHidden()
    assert timeline.accessibleName() == "Sealed acts, 2 entries"
    (first, told), (second, told_second), (end, told_end) = entries(d)
    assert told == (
        f"1 March 2026. £{acts[0].value:,.2f}. Signed by A. Okafor, Procurement lead, from 1 March 2026. {entered}. "
        f"{acts[0].reason}"
    )
    assert told_second.startswith(
        "2 March 2026. Reopened by A. Okafor, Procurement lead, from 2 March 2026: draft again"
    )
    assert told_second.endswith(acts[1].reason)
    assert (told_end, end.isEnabled()) == ("30 November 2029. Its last day", False)
    assert [one.line.isVisibleTo(one) for one in (first, second, end)] == [True, True, False]
    QTest.keyClick(second, Qt.Key.Key_Return)
    dialog = next(one for one in d.page.window().findChildren(DocumentDialog) if one.isVisible())
    with d.workspace.look() as uow:
        assert dialog.text.toPlainText().encode() == uow.acts.document(acts[1].id)
    dialog.reject()


def test_the_timeline_makes_room_for_an_explanation_and_leads_to_the_history(desk):
    d = signed(desk)
    panel = d.page.forms.panel
    panel._total.click()
    assert panel.acts.isHidden()
    panel.explanation.close_explanation()
    assert not panel.acts.isHidden()
    d.page.set_tab_widget("history", lambda: HistoryTab(d.session))
    panel.acts.findChild(LinkButton).click()
    assert d.page.tabs.current == "history"


def test_a_long_timeline_folds_its_middle(desk):
    d = signed(desk)
    opened = contracts.open_contract(d.workspace, d.contract_id)
    acts = tuple(replace(opened.acts[0], id=number, by=f"Nr {number}") for number in range(1, 8))
    timeline = d.page.forms.panel.acts
    later = replace(opened.contract, latest_end_on=date(2031, 11, 30))
    timeline.show_contract(replace(opened, acts=acts, stored=replace(opened.stored, record=later)))

    def shown():
        return [told.split("Signed by ")[-1].split(",")[0] for _, told in entries(d)]

    end = "30 November 2029. Its last day. With every extension it ends on 30 November 2031"
    assert shown() == ["Nr 1", "Show 3 more", "Nr 5", "Nr 6", "Nr 7", end.split(",", maxsplit=1)[0]]
    assert entries(d)[-1][1] == end
    entries(d)[1][0].click()
    assert shown()[:-1] == [act.by for act in acts]


@pytest.mark.parametrize("kind", [ActKind.CLOSE, ActKind.WITHDRAW])
def test_what_is_over_has_no_last_day_to_come(desk, kind):
    d = signed(desk)
    opened = contracts.open_contract(d.workspace, d.contract_id)
    done = date(2029, 11, 30)
    said = ActFacts(kind, done, done, "Contract manager", "It is over and done with, as both say")
    sealing.seal(d.workspace, opened, said, done)
    d.page.refresh(None)
    assert [told.split(". ")[0] for _, told in entries(d)] == ["1 March 2026", "30 November 2029"]


def test_details_of_a_signed_line_are_read_and_copied_and_not_typed_into(desk):
    d = signed(desk)
    d.table.setCurrentIndex(d.model.index(d.row("S08"), 0))
    QTest.keyClick(d.table, Qt.Key.Key_Return)
    details = d.page.forms.details
    statement = details.fields.field("statement").control
    assert details.locked.text().startswith("It is signed as it stands here.")
    assert not details.locked.isHidden()
    assert statement.isReadOnly()
    assert statement.isEnabled(), "it can be copied"
    QTest.keyClicks(statement, "more")
    assert "more" not in statement.toPlainText()
    assert not details.fields.field("place").isEnabled()
    assert details.save_button.isHidden()
    assert details.full_time.isHidden()
    details.save()
    details.close_button.click()
    assert d.saved("S08").statement == details.keeper.form.typed().get("statement", "")
