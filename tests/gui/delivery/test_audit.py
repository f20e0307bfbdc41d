"""The part Audit: a sample is drawn, its claims are concluded, and it says what that means for all claims."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.delivery.test_money import fill, told
from tests.services.deliveries import Q1, Q2, accept
from tomsapp.domain.delivery.sample import Conclusion
from tomsapp.gui.delivery import audit_section


@pytest.fixture
def audit(desk):
    """Three claims that a colleague entered and that are accepted."""
    d = desk()
    d.workspace.who = "P. Officer"
    held = d.enter(d.claim("V04", Q1, "20"), d.claim("V04", Q2, "10"), d.claim("V01", Q1, "250"))
    d.workspace.who = "A. Okafor"
    accept(d.workspace, d.made, *held)
    d.open()
    d.delivery.show_section("audit")
    d.audit = d.delivery.current
    return d


def draw(d, seed="plan 7", size="2"):
    QTest.keyClick(d.audit.draw_button, Qt.Key.Key_Space)
    dialog = d.audit.dialog
    fill(dialog.form, seed=seed, size=size)
    QTest.keyClick(dialog.form.field("size").control, Qt.Key.Key_Return)


def conclude(d, row=0):
    section = d.audit
    section.table.setFocus()
    section.table.setCurrentIndex(section.table.model().index(row, 0))
    QTest.keyClick(section.table, Qt.Key.Key_Return)
    return section.dialog


def test_without_accepted_claims_it_says_what_to_do_first(desk):
    d = desk().open()
    d.delivery.show_section("audit")
    section = d.delivery.current
    assert "Accept some under Quarters first" in section.empty.accessibleName()
    assert not section.draw_button.isEnabled()
    assert not section.samples.isVisible()


def test_sample_is_drawn_by_keyboard_and_undone(audit):
    section = audit.audit
    assert "Draw some of the accepted claims" in section.empty.accessibleName()
    section.take_keyboard()
    assert audit.page.focusWidget() is section.draw_button
    draw(audit)
    (view,) = audit.opened.samples
    assert (view.sample.record.seed, len(view.drawn)) == ("plan 7", 2)
    assert section.samples.currentText() == "Sample 1: “plan 7”, 2 claims to 30 September 2026"
    assert [row[0] for row in told(section)] == ["1", "2"]
    assert section.said.text() == "None of the 2 claims drawn has been checked yet."
    section.take_keyboard()
    assert audit.page.focusWidget() is section.table
    audit.session.undo()
    assert audit.opened.samples == ()
    assert told(section) == []


def test_the_last_sample_is_shown_first_and_the_chosen_one_stays(audit):
    draw(audit)
    draw(audit, "plan 8", "1")
    section = audit.audit
    assert section.samples.currentIndex() == 1
    section.samples.setCurrentIndex(0)
    section.samples.activated.emit(0)
    assert len(told(section)) == 2
    audit.page.refresh(None)
    assert section.samples.currentIndex() == 0


def test_claims_are_concluded_by_keyboard(audit):
    draw(audit)
    dialog = conclude(audit)
    assert dialog.windowTitle().startswith("Claim 1: ")
    dialog.whole.click()
    dialog.go_button.click()
    dialog = conclude(audit, 1)
    fill(dialog.form, found="0")
    dialog.go_button.click()
    assert "nothing says why" in dialog.form.field("notes").error
    fill(dialog.form, notes="The sheets are blank")
    dialog.go_button.click()
    (view,) = audit.opened.samples
    items = [each.item.record for each in view.drawn]
    assert [item.conclusion for item in items] == [Conclusion.SHOWN, Conclusion.NOT_SHOWN]
    assert (items[0].found, items[1].found) == (items[0].units, Decimal(0))
    section = audit.audit
    assert section.said.text().startswith("1 of 2 claims checked is not shown or in part only: 50.0%.")
    assert "Not shown" in told(section)[1]
    assert not section.out_button.isEnabled(), "a sample of which a claim was checked stays"


def test_sample_is_taken_out_before_anything_is_checked(audit):
    draw(audit)
    assert audit.audit.out_button.isEnabled()
    audit.audit.out_button.click()
    assert audit.opened.samples == ()


def test_seed_that_was_used_is_asked_about(audit, monkeypatch):
    draw(audit)
    asked = []
    monkeypatch.setattr(
        "tomsapp.gui.records.record_dialog.ask_first", lambda *said, **_more: asked.append(said[2]) or False
    )
    draw(audit)
    assert "A sample was drawn with this seed" in asked[0][0]
    assert len(audit.opened.samples) == 1
    audit.audit.dialog.reject()


@pytest.mark.parametrize(("name", "start"), [("sheet.pdf", b"%PDF-"), ("sheet.xlsx", b"PK")])
def test_worksheet_is_saved(audit, tmp_path, monkeypatch, name, start):
    draw(audit)
    path = Path(tmp_path) / name
    monkeypatch.setattr(audit_section, "choose_file_to_save", lambda *_asked: path)
    audit.audit.sheet_button.click()
    assert path.read_bytes().startswith(start)
    assert audit.toasts[-1].text == f"Saved as {path}"


def test_keys_go_from_one_claim_that_is_not_checked_to_the_next(audit):
    draw(audit, size="3")
    section = audit.audit
    assert section.table.currentIndex().row() == 0
    conclude(audit, 1).whole.click()
    section.dialog.go_button.click()
    assert section.table.currentIndex().row() == 1, "the cursor stays where it was"
    assert audit.delivery.step(1)
    assert section.table.currentIndex().row() == 2
    audit.delivery.step(1)
    assert section.table.currentIndex().row() == 0, "from the last on to the first"
    audit.delivery.step(-1)
    assert section.table.currentIndex().row() == 2
    assert audit.page.focusWidget() is section.table
    for row in (0, 2):
        conclude(audit, row).whole.click()
        section.dialog.go_button.click()
    assert audit.delivery.step(1), "nothing is left, which is said"
