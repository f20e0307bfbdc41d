"""The key that signs packs of tenders: its fingerprint, and how it is published and replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.domain.tender.pack_signature import PACK_KEY
from tomsapp.gui.dialogs.message import ask, tell
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import Changes
from tomsapp.services.tenders.pack_keys import make_new_key, pack_key_now, save_public_key

if TYPE_CHECKING:
    from tomsapp.domain.tender.pack_signature import PackKey

_FILES = "Public keys (*.pem)"
_PROPOSED = "key for packs.pem"
_NONE_YET = "No pack was signed yet, and none needs to be. A key is made when the first one is."
_ABOUT = (
    "The key stands in the database: whoever has the database or a backup of it can sign with it. Publish its public "
    "half, or the fingerprint, so that bidders can compare. The certificate above is for PDFs alone."
)
_KEPT = "Packs that were signed so far stay signed, with the key of then. Bidders must be told of the new fingerprint."


class PackKeyCard(Card):
    """The key that signs packs, and the ways to publish it and to make another."""

    def __init__(self, session: Session) -> None:
        super().__init__("What signs packs of tenders")
        self._session = session
        self.fingerprint = Text(_NONE_YET, wrap=True, selectable=True)
        self.save = Button("Save the public key…", does=self._on_save)
        self.make_new = Button("Make a new key for packs…", does=self._on_make_new)
        self.body.addWidget(self.fingerprint)
        self.body.addLayout(in_row(self.save, self.make_new, STRETCH, gap=8))
        self.body.addWidget(Text(_ABOUT, "body", "text_muted", wrap=True))

    def load(self) -> None:
        """Read which key signs now."""
        self._session.read(pack_key_now, key="settings-pack-key").success(self._show).start()

    def _show(self, key: PackKey | None) -> None:
        self.fingerprint.setText(_NONE_YET if key is None else f"Fingerprint (SHA-256): {key.words}")
        self.make_new.setVisible(key is not None)

    def _on_save(self) -> None:
        dialogs = FileDialogs(self._session.kept)
        path = dialogs.save(self, FileUse.CERTIFICATE, "Save the public key", Path(_PROPOSED), _FILES)
        if path is not None:
            job = self._session.read(lambda workspace: save_public_key(workspace, path))
            job.success(self._on_saved).start()

    def _on_saved(self, path: Path) -> None:
        self._tell_changed()
        sentence = "It cannot sign. Publish it where bidders find it, so that they can check your packs with it."
        tell(self.window(), "The public key is saved", f"It is in {path}.", sentence, tone="success")

    def _on_make_new(self) -> None:
        ask(self.window(), "Replace the key for packs?", (_KEPT,), "Make a new key", self._make_new)

    def _make_new(self) -> None:
        self._session.read(make_new_key).success(self._on_made).start()

    def _on_made(self, key: PackKey) -> None:
        self._tell_changed()
        tell(self.window(), "The new key signs packs from now on", f"Fingerprint: {key.words}", tone="success")

    def _tell_changed(self) -> None:
        self._session.changed.emit(Changes(frozenset({PACK_KEY})))
