"""Evidence in the panel of a claim: files and references attached, checked, opened, offered twice, and taken away."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.services.council import promise
from tests.services.deliveries import Q1, Q2, accept, begin_signed, claim, delivered, enter
from tomsapp.domain.delivery.evidence import Evidence, EvidenceKind
from tomsapp.gui.delivery import evidence_dialog
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY, rules_now
from tomsapp.services.evidence import OfferedFile
from tomsapp.services.evidence import attach as attach_evidence
from tomsapp.services.failures import StoreError

LOG = b"%PDF-1.7 the log of the schools"


@pytest.fixture
def claimed(desk):
    """A claim of the first quarter, open in the panel."""

    def make(measure="V04", lines=None):
        d = desk(lines) if lines else desk()
        d.enter(d.claim(measure, Q1, "1", new=Decimal(1)) if measure == "J01" else d.claim(measure, Q1, "24"))
        d.open()
        d.cell(measure, 1)
        QTest.keyClick(d.table, Qt.Key.Key_Return)
        return d

    return make


@pytest.fixture
def choose(monkeypatch, tmp_path):
    """Chooses files in the file dialog, by name and content."""

    def make(**files):
        paths = []
        for name, content in files.items():
            path = tmp_path / f"{name}.pdf"
            path.write_bytes(content)
            paths.append(str(path))
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: (paths, ""))

    return make


def attach(d, until="31 March 2034"):
    """Press Attach files, and say until when they are kept."""
    evidence = d.tab.side.evidence
    evidence.attach_button.click()
    control = evidence.dialog.form.field("keep_until").control
    control.setFocus()
    QTest.keyClicks(control, until)
    evidence.dialog.go_button.click()
    return evidence.dialog


def names(d):
    return [row.name.text() for row in d.tab.side.evidence.rows]


def test_files_are_attached_and_held_to_their_content(claimed, choose):
    d = claimed()
    choose(log=LOG, letters=b"%PDF-1.7 letters")
    dialog = attach(d)
    assert not dialog.isVisible()
    assert names(d) == ["log.pdf", "letters.pdf"]
    row = d.tab.side.evidence.rows[0]
    (first, _) = d.opened.evidence
    digest = first.evidence.record.sha256
    assert row.known.text() == f"SHA-256 {digest[:8]} … {digest[-4:]}, 1 KB"
    assert row.known.toolTip() == digest
    assert row.accessibleName().startswith("log.pdf, still as it was attached, SHA-256 ")
    assert first.evidence.record.keep_until == date(2034, 3, 31)
    assert d.tab.side.evidence.accessibleName() == "Evidence, 2 pieces"
    assert d.session.undo_label.startswith("Attach 2 files for ")
    d.session.undo()
    assert names(d) == []


def test_until_when_a_file_is_kept_must_be_said(claimed, choose):
    d = claimed()
    choose(log=LOG)
    dialog = attach(d, until="")
    assert dialog.isVisible()
    assert dialog.form.field("keep_until").error.endswith("Enter the day until which the file is kept")
    assert d.opened.evidence == ()
    dialog.reject()


def test_that_the_council_has_not_set_it_leads_to_where_it_is_set(claimed, choose):
    d = claimed()
    choose(log=LOG)
    asked = []
    d.page.wants_page.connect(lambda *place: asked.append(place))
    evidence = d.tab.side.evidence
    evidence.attach_button.click()
    assert evidence.dialog.not_set.isVisible()
    evidence.dialog.findChild(LinkButton, options=Qt.FindChildOption.FindChildrenRecursively).click()
    assert asked == [("settings", "delivery")]
    assert not evidence.dialog.isVisible()
    now = rules_now(d.workspace)
    RULES_OF_DELIVERY.save(d.workspace, now, replace(now.record, keep_years=Decimal(6)))
    d.page.refresh(None)
    evidence.attach_button.click()
    assert not evidence.dialog.not_set.isVisible()
    assert evidence.dialog.form.field("keep_until").text == "31 March 2034"
    evidence.dialog.reject()


def test_a_file_that_is_not_kept_says_why_and_the_others_are(claimed, choose):
    d = claimed()
    choose(log=LOG, empty=b"")
    attach(d)
    assert names(d) == ["log.pdf"]
    assert d.tab.side.evidence.notice.text.text() == "empty.pdf is empty. Choose the file that holds the evidence."


def test_nothing_is_asked_where_no_file_is_chosen(claimed, choose):
    d = claimed()
    choose()
    d.tab.side.evidence.attach_button.click()
    assert d.tab.side.evidence.dialog is None


def test_a_reference_says_where_the_evidence_is_kept(claimed):
    d = claimed()
    evidence = d.tab.side.evidence
    evidence.reference_button.click()
    form = evidence.dialog.form
    evidence.dialog.go_button.click()
    assert form.field("name").error
    for name, text in (("name", "Volunteer log"), ("reference", "Folder 12 of the school")):
        form.field(name).control.setFocus()
        QTest.keyClicks(form.field(name).control, text)
    evidence.dialog.go_button.click()
    assert names(d) == ["Volunteer log"]
    assert evidence.rows[0].known.text() == "Folder 12 of the school"
    assert not evidence.rows[0].name.isEnabled(), "there is no file to open"
    (piece,) = d.opened.evidence
    assert piece.evidence.record.kind is EvidenceKind.REFERENCE


def test_the_same_file_for_another_claim_is_told_in_both_places(claimed, choose):
    d = claimed()
    d.enter(d.claim("V04", Q2, "6"))
    d.page.refresh(None)
    choose(log=LOG)
    attach(d)
    d.cell("V04", 2)
    choose(copy=LOG)
    attach(d)

    def warnings():
        return [row.text.text() for each in d.tab.side.evidence.rows for row in each.findChildren(ProblemRow)]

    check = "Check that it does not show the same."
    assert warnings() == [f"copy.pdf is also offered for V04, Q1 (Apr to Jun 2026). {check}"]
    d.cell("V04", 1)
    assert warnings() == [f"log.pdf is also offered for V04, Q2 (Jul to Sep 2026). {check}"]


def test_one_file_that_shows_two_claims_is_told_in_both_places(claimed):
    d = claimed()
    (later,) = d.enter(d.claim("V04", Q2, "6"))
    numbers = frozenset(str(each.id) for each in (later, *d.opened.deliveries))
    for name, piece in (("log.pdf", OfferedFile("log.pdf", LOG, "application/pdf")), ("Letters", None)):
        kept = {"keep_until": date(2036, 3, 31)} if piece else {"kind": EvidenceKind.REFERENCE, "reference": "Folder 1"}
        attach_evidence(d.workspace, d.opened, Evidence(name, deliveries=numbers, **kept), piece)
    d.page.refresh(None)
    for number, other in ((1, "Q2 (Jul to Sep 2026)"), (2, "Q1 (Apr to Jun 2026)")):
        d.cell("V04", number)
        told = [row.text.text() for each in d.tab.side.evidence.rows for row in each.findChildren(ProblemRow)]
        assert told == [
            f"log.pdf is also offered for V04, {other}. Check that it does not show the same.",
            f"“Folder 1” is also given for V04, {other}. Check that it does not show the same.",
        ]
        levels = [row.property("level") for e in d.tab.side.evidence.rows for row in e.findChildren(ProblemRow)]
        assert levels == ["warning", "info"], "a folder may show both"


def test_the_same_file_for_a_claim_of_another_contract_is_told_in_both_contracts(claimed, choose):
    d = claimed()
    other = begin_signed(d.workspace, reference="C9")
    (held,) = enter(d.workspace, other, claim(other.lines[0], Q1))
    page = delivered(d.workspace, other)
    said = Evidence("theirs.pdf", keep_until=date(2036, 3, 31), deliveries=frozenset({str(held.id)}))
    attach_evidence(d.workspace, page, said, OfferedFile("theirs.pdf", LOG, "application/pdf"))
    choose(log=LOG)
    attach(d)
    told = [row.text.text() for each in d.tab.side.evidence.rows for row in each.findChildren(ProblemRow)]
    assert told == ["log.pdf is also offered for 1 claim of C9. Check that it does not show the same."]
    (view,) = delivered(d.workspace, other).evidence
    assert view.contracts == (d.made.contract.record.reference,)


def test_a_file_that_was_changed_is_neither_opened_nor_shown(claimed, choose, monkeypatch, tmp_path):
    """It is held to its SHA-256 each time that it is opened, whatever was said of it when the cell was shown."""
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr("tomsapp.gui.kept_copies.copies_folder", lambda: tmp_path / "copies")
    d = claimed()
    choose(log=LOG)
    attach(d)

    def changed(_workspace, _digest):
        raise StoreError("The file was changed behind the program", "Restore the database from a backup")

    monkeypatch.setattr("tomsapp.services.kept_files.file_content", changed)
    monkeypatch.setattr("tomsapp.gui.dialogs.kept_preview.file_content", changed)
    row = d.tab.side.evidence.rows[0]
    row.open.click()
    assert [failure.message for failure in d.failures] == ["The file was changed behind the program"]
    d.failures.clear()
    assert opened == []
    row.name.click()
    shown = d.tab.side.evidence.preview
    assert shown.nothing.accessibleName().startswith("The file was changed behind the program")
    shown.reject()


def test_a_long_name_of_evidence_leaves_the_panel_as_wide_as_it_is(claimed):
    d = claimed()
    numbers = frozenset(str(each.id) for each in d.opened.deliveries)
    piece = Evidence("Counts of the practices, " * 8, EvidenceKind.REFERENCE, "Letters", deliveries=numbers)
    attach_evidence(d.workspace, d.opened, piece)
    d.page.refresh(None)
    (row,) = d.tab.side.evidence.rows
    assert row.minimumSizeHint().width() < 250
    assert row.name.toolTip() == piece.name


def test_a_file_that_was_changed_behind_the_program_says_so(claimed, choose, monkeypatch):
    d = claimed()
    choose(log=LOG)
    attach(d)

    def changed(_workspace, _digest):
        raise StoreError("Its bytes are others", "Attach it again")

    monkeypatch.setattr("tomsapp.services.kept_files.file_content", changed)
    d.page.refresh(None)
    row = d.tab.side.evidence.rows[0]
    assert row.known.text().startswith("Changed since it was attached. SHA-256 ")
    assert "Changed since it was attached" in row.accessibleName()


def test_a_copy_is_opened_in_another_program(claimed, choose, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr("tomsapp.gui.kept_copies.copies_folder", lambda: tmp_path / "copies")
    d = claimed()
    choose(log=LOG)
    attach(d)
    d.tab.side.evidence.rows[0].open.click()
    (url,) = opened
    assert isinstance(url, QUrl)
    copy = tmp_path / "copies"
    (found,) = copy.rglob("log.pdf")
    assert (url.toLocalFile(), found.read_bytes()) == (str(found), LOG)


def test_evidence_is_taken_away_but_never_the_last_of_what_is_accepted(claimed, choose):
    d = claimed()
    choose(log=LOG)
    attach(d)
    d.tab.side.evidence.rows[0].away.click()
    assert names(d) == []
    d.session.undo()
    assert names(d) == ["log.pdf"]
    (claim,) = d.opened.deliveries
    d.workspace.who = "P. Officer"
    accept(d.workspace, d.made, claim)
    d.workspace.who = "A. Okafor"
    d.page.refresh(None)
    d.tab.side.evidence.rows[0].away.click()
    (failure,) = d.failures
    assert failure.message == "Something of the claim is accepted, and this is its only evidence"
    d.failures.clear()
    assert names(d) == ["log.pdf"]


def test_what_is_about_people_is_given_by_reference(claimed):
    d = claimed("J01", (promise("J01", "1", "1"),))
    evidence = d.tab.side.evidence
    assert evidence.people.isVisible() == evidence.attach_button.isHidden()
    assert evidence.people.isVisible()


@pytest.mark.parametrize("is_name", [True, False])
def test_a_name_in_a_reference_about_people_is_asked_about(claimed, monkeypatch, is_name):
    d = claimed("J01", (promise("J01", "1", "1"),))
    asked = []
    monkeypatch.setattr(
        evidence_dialog, "ask_first", lambda _on, _q, said, *_b, **_m: (asked.append(said), not is_name)[1]
    )
    evidence = d.tab.side.evidence
    evidence.reference_button.click()
    dialog = evidence.dialog
    for name, text in (("name", "Contract of Jane Smith"), ("reference", "Folder 12")):
        QTest.keyClicks(dialog.form.field(name).control, text)
    dialog.go_button.click()
    assert asked == [["“Jane Smith” could be somebody’s name. Write the person number in its place."]]
    assert dialog.isVisible() is is_name
    assert names(d) == ([] if is_name else ["Contract of Jane Smith"])
    dialog.reject()


def test_a_quarter_without_a_claim_has_no_evidence(claimed):
    d = claimed()
    d.cell("V04", 2)
    assert d.tab.side.evidence.isHidden()


def test_a_reference_that_names_itself_is_not_said_twice(claimed):
    d = claimed()
    own = frozenset({str(d.opened.deliveries[0].id)})
    piece = Evidence("Log of the schools", EvidenceKind.REFERENCE, "Log of the schools", deliveries=own)
    attach_evidence(d.workspace, d.opened, piece, None)
    d.page.refresh(None)
    assert [row.known.text() for row in d.tab.side.evidence.rows] == ["By reference, kept elsewhere"]


def test_what_is_said_to_be_shown_without_any_evidence_is_told(claimed):
    d = claimed()
    evidence = d.tab.side.evidence
    assert evidence.missing.isVisible()
    piece = Evidence("Log", EvidenceKind.REFERENCE, "Folder 1", deliveries=frozenset({str(d.opened.deliveries[0].id)}))
    attach_evidence(d.workspace, d.opened, piece, None)
    d.page.refresh(None)
    assert evidence.missing.isHidden()
