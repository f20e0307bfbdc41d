"""Signing a pack as an officer does it: offered last, never needed, and said plainly."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.tenders.received import TabDesk
from tests.services.tenders.build import NOW
from tests.services.tenders.offers import DAY, ISSUE
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.tenders.pack_tab import PackTab
from tomsapp.services.progress import Cancelled
from tomsapp.services.tenders import pack_keys
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.issuing import issue
from tomsapp.store.errors import StoreError

SIGNATURE = "T-2026-003 pack version 1 signature.tomssig"
SIGNED = "Signed on 21 January 2027, 16:05 by A. Okafor"


@pytest.fixture
def d(qtbot, tmp_path, jobs, preferences):
    made = TabDesk(qtbot, tmp_path, jobs, preferences, PackTab)
    yield made
    assert made.failures == []
    made.workspace.close()


def dialogs(d):
    QApplication.processEvents()
    return [each for each in d.tab.window().findChildren(MessageDialog) if each.isVisible()]


def said(dialog):
    return " ".join((dialog.heading, *dialog.sentences))


def press(d, words):
    (dialog,) = dialogs(d)
    (button,) = (each for each in dialog.buttons.buttons() if each.text() == words)
    button.click()


def sign(d):
    d.tab.signature.sign_link.click()
    press(d, "Sign the pack")


def test_a_pack_is_whole_without_a_signature_and_signing_is_offered_last(d):
    row = d.tab.signature
    assert row.words.text() == "Not signed. That is enough for bidders: a signature is optional."
    assert row.sign_link.isVisible()
    assert not row.fingerprint.isVisible()
    assert not any(link.isVisible() for link in (row.copy_link, row.save_link))
    assert [action.text() for action in d.tab.commands()][-1] == "Sign the pack (optional)…"
    written, signs = (each.mapToGlobal(each.rect().center()) for each in (d.tab.identity.write_button, row.sign_link))
    assert signs.y() > written.y()


def test_signing_says_that_a_key_is_made_and_what_to_publish(d, tmp_path, monkeypatch):
    d.tab.signature.sign_link.click()
    (dialog,) = dialogs(d)
    assert "This database has no key for packs yet. One is made now" in said(dialog)
    press(d, "Sign the pack")
    key = pack_keys.pack_key_now(d.workspace)
    (dialog,) = dialogs(d)
    assert key.words in said(dialog)
    assert "Publish it where bidders can compare it" in said(dialog)
    press(d, "Close")
    row = d.tab.signature
    assert row.words.text() == SIGNED
    assert row.fingerprint.text() == f"Fingerprint of the key: {key.words}"
    assert row.accessibleName() == f"Signature. {SIGNED}. {row.fingerprint.text()}"
    row.copy_link.click()
    assert QGuiApplication.clipboard().text() == key.words
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: os.fspath(tmp_path))
    d.tab.write_folder()
    assert (tmp_path / "T-2026-003 pack version 1" / SIGNATURE).exists()


def test_signing_again_does_nothing_until_there_is_another_key(d):
    sign(d)
    press(d, "Close")
    d.tab.signature.sign_link.click()
    (dialog,) = dialogs(d)
    assert pack_keys.pack_key_now(d.workspace).words in said(dialog)
    press(d, "Sign the pack")
    (dialog,) = dialogs(d)
    assert "Nothing was changed." in said(dialog)
    press(d, "Close")
    new = pack_keys.make_new_key(d.workspace)
    sign(d)
    press(d, "Close")
    assert new.words in d.tab.signature.fingerprint.text()


def test_the_signature_is_saved_by_itself_for_a_pack_that_is_out(d, tmp_path, monkeypatch):
    proposed = []

    def where(_parent, _title, path, *_more):
        proposed.append(Path(path).name)
        return os.fspath(tmp_path / "s.tomssig"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    sign(d)
    press(d, "Close")
    d.tab.signature.save_link.click()
    assert proposed == [SIGNATURE]
    assert b"tomsapp-pack-signature-1" in (tmp_path / "s.tomssig").read_bytes()
    assert d.toasts == [f"Saved as {tmp_path / 's.tomssig'}"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: ("", ""))
    d.tab.signature.save_link.click()
    assert len(d.toasts) == 1


def test_another_version_is_not_signed_by_the_signature_of_the_last(d):
    sign(d)
    press(d, "Close")
    page = d.read()
    TENDER_FACTS.save(d.workspace, page.stored, replace(page.tender, deadline_on=DAY.replace(day=29)))
    issue(d.workspace, d.read(), replace(ISSUE, kind=TenderActKind.AMEND, version=2), NOW)
    d.show()
    assert d.tab.signature.words.text().startswith("Not signed.")
    assert not d.tab.signature.save_link.isVisible()


@pytest.mark.parametrize(
    ("error", "toast", "notice"),
    [
        (StoreError("The disk is full", "Make room"), [], "Nothing was signed. The disk is full. Make room."),
        (Cancelled(), ["Stopped: nothing was signed"], ""),
    ],
)
def test_what_goes_wrong_is_said_on_the_page(d, monkeypatch, error, toast, notice):
    def fails(*_arguments):
        raise error

    monkeypatch.setattr("tomsapp.gui.tenders.pack_signature.sign_pack", fails)
    sign(d)
    assert (d.toasts, d.tab.notice.text.text()) == (toast, notice)
    assert d.tab.signature.words.text().startswith("Not signed.")
