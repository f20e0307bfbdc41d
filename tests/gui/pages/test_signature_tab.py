"""Settings, Signature: which certificate signs, how it is handed out and replaced, and what the preview says."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from tests.gui.pages.office import open_office
from tests.keys import PASSWORD, key_file
from tests.services.council import begin, sign
from tomsapp.domain.signer import SignerKind
from tomsapp.gui.dialogs.key_password import KeyPasswordDialog
from tomsapp.gui.dialogs.made_report import show_report
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.dialogs.pdf_preview import PdfPreview
from tomsapp.gui.settings.signature_tab import _told
from tomsapp.services import signers
from tomsapp.services.reporting import contract_report
from tomsapp.services.tenders import pack_keys
from tomsapp.signing.keys import certificate_in
from tomsapp.signing.pack_keys import key_in_pem
from tomsapp.signing.read import read_signature


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    office = open_office(qtbot, monkeypatch, tmp_path)
    office.make()
    return office


@pytest.fixture
def tab(office):
    page = office.page("settings")
    page.show_target("signature")
    return page.signature


def told(tab) -> list[str]:
    """What is said of the certificate, without the names of its facts."""
    return [words for _, words in _told(tab._now.signer)]


def now(office):
    return signers.signer_now(office.session.workspace)


def dialogs(office, kind):
    return [one for one in office.window.findChildren(kind) if one.isVisible()]


def press(office, words):
    (dialog,) = dialogs(office, MessageDialog)
    (button,) = (one for one in dialog.buttons.buttons() if one.text() == words)
    button.click()


def give_password(dialog, password):
    dialog.password.line.setText(password)
    dialog._on_go()


def key_path(tmp_path, name="Larkmere Council"):
    path = tmp_path / "council.p12"
    path.write_bytes(key_file(name))
    return path


def test_before_the_first_signature_it_says_that_a_key_will_be_made(office, tab):
    assert told(tab) == []
    assert not tab.use_own.isVisible()
    assert tab.make_new.text() == "Make a key now"
    tab.make_new.click()
    assert now(office).signer.name == "Larkmere Council (self-made)"
    assert told(tab)[:2] == ["Larkmere Council (self-made)", "Self-made key of this database"]
    assert tab.make_new.text() == "Make a new key…"


def test_certificate_is_exported_without_its_key(office, tab, monkeypatch, tmp_path):
    path = tmp_path / "out.pem"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    tab.export.click()
    assert certificate_in(path.read_bytes())[0] == now(office).signer.certificate
    (dialog,) = dialogs(office, MessageDialog)
    assert dialog.sentences[1].startswith("It holds no key.")


def test_new_key_is_made_only_after_it_was_asked(office, tab):
    tab.make_new.click()
    first = now(office).signer
    for dialog in dialogs(office, MessageDialog):
        dialog.reject()
    tab.make_new.click()
    assert now(office).signer == first
    press(office, "Make a new key")
    assert now(office).signer != first
    assert told(tab)[-1] == now(office).signer.certificate.fingerprint_words


def test_certificate_of_the_council_asks_for_its_password(office, tab, monkeypatch, tmp_path):
    path = key_path(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    tab.use_council.click()
    (dialog,) = dialogs(office, KeyPasswordDialog)
    assert dialog.password.line.echoMode() is QLineEdit.EchoMode.Password
    give_password(dialog, "")
    assert dialog.password.error == "Enter the password of the key"
    give_password(dialog, "wrong")
    assert dialog.password.error.startswith("The password does not open the file with the key.")
    assert dialog.isVisible()
    assert now(office).signer is None
    give_password(dialog, PASSWORD)
    assert not dialog.isVisible()
    assert now(office).signer.kind is SignerKind.COUNCIL
    assert tab.use_own.isVisible()
    assert not tab.make_new.isVisible()
    for one in dialogs(office, MessageDialog):
        one.reject()
    tab.use_own.click()
    press(office, "Use the own key")
    assert now(office).signer.kind is SignerKind.DATABASE


def test_password_stands_in_no_file_of_the_program(office, tab, tmp_path):
    give_password(tab.use_file(key_path(tmp_path)), PASSWORD)
    assert now(office).is_unlocked
    office.session.set_workspace(None)
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".p12"]
    assert kept
    assert [path for path in kept if PASSWORD.strip().encode() in path.read_bytes()] == []


def made(office, *, sealed=True):
    workspace = office.session.workspace
    begun = begin(workspace)
    if sealed:
        sign(workspace, begun.id)
    return contract_report(workspace, begun.id, date(2026, 11, 22))


def preview_of(office, paper):
    show_report(office.session, office.window, paper)
    (preview,) = dialogs(office, PdfPreview)
    return preview


def test_preview_says_by_what_a_pdf_is_signed(office):
    preview = preview_of(office, made(office))
    assert preview.signature_text.text() == (
        "Signed by Larkmere Council (self-made): self-made, nobody else vouches for it."
    )
    assert not preview.sign_button.isVisible()
    preview.close()


def test_preview_of_a_draft_says_that_it_is_not_signed(office):
    preview = preview_of(office, made(office, sealed=False))
    assert preview.signature_text.text() == "Not signed: a draft is never signed."
    preview.close()


def test_preview_signs_with_a_key_that_asks_for_its_password(office, tmp_path):
    workspace = office.session.workspace
    signers.use_certificate(workspace, key_path(tmp_path), PASSWORD)
    workspace.unlocked.clear()
    paper = made(office)
    preview = preview_of(office, paper)
    assert preview.signature_text.text().startswith("Not signed: the key of the council’s certificate")
    preview.sign_button.click()
    (dialog,) = [one for one in preview.findChildren(KeyPasswordDialog) if one.isVisible()]
    give_password(dialog, "wrong")
    assert dialog.isVisible()
    give_password(dialog, PASSWORD)
    assert preview.signature_text.text().startswith("Signed by Larkmere Council, O")
    assert not preview.sign_button.isVisible()
    path = tmp_path / "signed.pdf"
    preview.save_to(path)
    assert path.read_bytes().startswith(paper.data)
    assert read_signature(path.read_bytes()).is_intact
    preview.close()


def test_history_of_the_keys_is_one_button_away(office, tab):
    tab.make_new.click()
    page = office.page("settings")
    page.show_target("signature")
    assert page.history_button.isVisible()
    page.history_button.click()
    assert office.window.current_key == "history"


def test_the_key_of_packs_is_published_and_replaced(office, tab, tmp_path, monkeypatch):
    card, workspace = tab.packs, office.session.workspace
    assert card.fingerprint.text().startswith("No pack was signed yet, and none needs to be.")
    assert not card.make_new.isVisible()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: ("", ""))
    card.save.click()
    assert pack_keys.pack_key_now(workspace) is None, "nothing was chosen"
    path = tmp_path / "packs.pem"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(path), ""))
    card.save.click()
    first = pack_keys.pack_key_now(workspace)
    assert key_in_pem(path.read_bytes()) == first
    press(office, "Close")
    assert card.fingerprint.text() == f"Fingerprint (SHA-256): {first.words}"
    card.make_new.click()
    press(office, "Make a new key")
    second = pack_keys.pack_key_now(workspace)
    assert second != first
    assert card.fingerprint.text() == f"Fingerprint (SHA-256): {second.words}"
    assert now(office).signer is None, "what signs PDFs is another key"
