"""The last thing about a pack, and one that nobody needs: whether it is signed, and what can be done with that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.pack_signature import PACK_KEY, PACK_SIGNATURE, PackStatement
from tomsapp.gui.dialogs.message import ask, tell
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.edges import MIDDLE
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.gui.widgets.layouts import in_column, in_row
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.changes import Changes
from tomsapp.services.tenders.pack_signing import PackSigned, save_signature, sign_pack

if TYPE_CHECKING:
    from tomsapp.domain.errors import TomsError
    from tomsapp.domain.tender.pack_signature import PackKey
    from tomsapp.services.tenders.pack_shown import PackShown

_SIGNATURES = "Signature of a pack (*.tomssig)"
_OPTIONAL = "Not signed. That is enough for bidders: a signature is optional."
_PROVES = (
    "A signature is optional. With it bidders can check that the files of the pack are the ones that you made. It "
    "changes none of them, nor the SHA-256 in the notice."
)
_FIRST_KEY = (
    "This database has no key for packs yet. One is made now and kept in the database: whoever has the database, or a "
    "backup of it, can sign with it."
)
_PUBLISH = "Publish it where bidders can compare it, such as on your website: anybody can make a key with any name."
_WRITE = (
    "The signature goes out with the pack from now on: write folder and ZIP. Where the pack is out already, put the "
    "signature file beside it."
)


class PackSignatureRow(QWidget):
    """Whether the newest version is signed; `now` gives the moment of signing."""

    refused = Signal(object)
    wants_toast = Signal(object)

    def __init__(self, session: Session, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._session, self._now = session, now
        self._tender, self._version, self._name = 0, 0, ""
        self._key: PackKey | None = None
        self._statement: PackStatement | None = None
        self.words = Text("", "note", "text_muted", wrap=True)
        self.fingerprint = Text("", "note", "text_muted", wrap=True, selectable=True)
        self.copy_link = LinkButton("Copy the fingerprint", role="note", does=self.copy)
        self.save_link = LinkButton("Save the signature file…", role="note", does=self.save)
        self.sign_link = LinkButton("", role="note", does=self.sign)
        told = in_column(self.words, self.fingerprint, gap=2)
        links = in_row(self.copy_link, self.save_link, self.sign_link, gap=14)
        in_row((IconLabel("shield-check", "text_muted", 18), MIDDLE), (told, 1), (links, MIDDLE), inside=self, gap=12)

    def show_pack(self, tender_id: int, shown: PackShown, name: str) -> None:
        """Show what stands of the newest version; `name` is what its signature file is called."""
        self._tender, self._name = tender_id, name
        self._version = shown.versions[0].issued.version if shown.versions else 0
        self._key, self._statement = shown.key, shown.signed
        statement = shown.signed
        signed = "" if statement is None else statement.signed_words
        self.words.setText(f"{signed[:1].upper()}{signed[1:]}" if signed else _OPTIONAL)
        self.fingerprint.setText("" if statement is None else f"Fingerprint of the key: {statement.key.words}")
        self.fingerprint.setVisible(statement is not None)
        self.sign_link.setText("Sign the pack…" if statement is None else "Sign again…")
        for link in (self.copy_link, self.save_link):
            link.setVisible(statement is not None)
        self.setAccessibleName(". ".join(filter(None, ("Signature", self.words.text(), self.fingerprint.text()))))

    def sign(self) -> None:
        """Say what signing is and is not, then do it where it is wanted."""
        with_key = _FIRST_KEY if self._key is None else f"The key of this database signs: {self._key.words}"
        ask(self.window(), "Sign the pack?", (_PROVES, with_key), "Sign the pack", self._do_sign)

    def _do_sign(self) -> None:
        workspace, number, now = self._session.workspace, self._tender, self._now()
        job = self._session.jobs.run(
            lambda progress: sign_pack(workspace, number, now, progress), title="Signing the pack"
        )
        job.success(self._on_signed).refused(self._on_refused)
        job.cancelled(lambda: self.wants_toast.emit(Toast("Stopped: nothing was signed", icon="info"))).start()

    def _on_refused(self, error: TomsError) -> None:
        self.refused.emit(error)

    def _on_signed(self, signed: PackSigned) -> None:
        key = f"The fingerprint of the key: {signed.statement.key.words}"
        if not signed.is_new:
            heading = "The pack is signed already, with this key and of these files"
            tell(self.window(), heading, "Nothing was changed.", key)
            return
        self._session.changed.emit(Changes(frozenset({PACK_SIGNATURE, PACK_KEY})))
        tell(self.window(), "The pack is signed", _WRITE, key, _PUBLISH, tone="success")

    def copy(self) -> None:
        """Copy the fingerprint, to be published."""
        if self._statement is not None:
            QGuiApplication.clipboard().setText(self._statement.key.words)
            announce(self, "Copied")

    def save(self) -> None:
        """Ask where to save the signature by itself, for a pack that is out already."""
        dialogs, kinds = FileDialogs(self._session.own), _SIGNATURES
        path = dialogs.save(self, FileUse.PACK, "Save the signature file", Path(self._name), kinds)
        if path is None:
            return
        task = partial(save_signature, tender_id=self._tender, version=self._version, path=path)
        job = self._session.read(task)
        job.success(lambda saved: self.wants_toast.emit(Toast(f"Saved as {saved}", icon="download"))).start()
