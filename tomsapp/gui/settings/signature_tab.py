"""What signs the papers that the council publishes: which certificate, and how to hand it out or replace it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tomsapp.domain.signer import SIGNER, Signer, SignerKind
from tomsapp.gui.dialogs.key_password import KeyPasswordDialog
from tomsapp.gui.dialogs.message import ask, tell
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.settings.pack_key_card import PackKeyCard
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, in_column, in_grid, in_row
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.text import Text
from tomsapp.services import signers
from tomsapp.services.changes import Changes
from tomsapp.services.signers import SignerNow
from tomsapp.services.workspace import Workspace

_KEYS = "Certificates with their key (*.p12 *.pfx)"
_CERTIFICATES = "Certificates (*.pem)"

_NONE_YET = (
    "Nothing has been signed yet. When the first PDF of a sealed contract is made, the program makes a key for this "
    "database and signs with it."
)
_PROVES = (
    "Every PDF of a sealed contract is signed. Any PDF reader shows by whom, and whether the file was changed since. "
    "Drafts, offers, portfolios and menu books are not signed."
)
_DATABASE_PROVES = (
    "A key of the database is self-made: nobody vouches for its name, and whoever has the database or a backup of it "
    "can sign with it. Publish its certificate, or its SHA-256, so that others can compare."
)
_COUNCIL_PROVES = (
    "The file with the key is kept in the database, locked with its own password. The password is asked for when the "
    "first PDF is signed after the database was opened, and is written down nowhere."
)


class SignatureTab(FormColumn):
    """The certificate that signs, what it proves, and the ways to export it and to choose another."""

    def __init__(self, session: Session) -> None:
        super().__init__("Signature")
        self._session = session
        self._now = SignerNow(None)
        card = Card("What signs published PDFs")
        self._grid = in_grid(gaps=(24, 6), shares=(0, 1))
        self._warnings = in_column()
        self.export = Button("Export the certificate…", does=self._on_export)
        self.use_council = Button("Use a certificate of the council…", does=self._on_use_council)
        self.use_own = Button("Use the database’s own key", does=self._on_use_own)
        self.make_new = Button("Make a new key…", does=self._on_make_new)
        others = in_row(self.use_council, self.use_own, self.make_new, STRETCH, gap=8)
        for layout in (self._grid, self._warnings, in_row(self.export, STRETCH), others):
            card.body.addLayout(layout)
        self._about = Text("", "body", "text_muted", wrap=True)
        self.packs = PackKeyCard(session)
        self.fill(card, self._about, Text(_PROVES, "body", "text_muted", wrap=True), self.packs)

    def load(self) -> None:
        """Read what signs now."""
        self._session.read(signers.signer_now, key="settings-signature").success(self._show).start()
        self.packs.load()

    def _show(self, now: SignerNow) -> None:
        self._now = now
        empty_layout(self._grid)
        for row, (caption, words) in enumerate(_told(now.signer)):
            self._grid.addWidget(Text(caption, "body", "text_muted"), row, 0)
            self._grid.addWidget(Text(words, wrap=True, selectable=True), row, 1)
        if now.signer is None:
            self._grid.addWidget(Text(_NONE_YET, wrap=True), 0, 0, 1, 2)
        empty_layout(self._warnings)
        if now.is_expired:
            self._warnings.addWidget(ProblemRow("warning", "The certificate is not valid today: nothing is signed."))
        is_council = now.signer is not None and now.signer.kind is SignerKind.COUNCIL
        self.use_own.setVisible(is_council)
        self.make_new.setVisible(not is_council)
        self.make_new.setText("Make a new key…" if now.signer else "Make a key now")
        self.use_council.setText("Use another certificate…" if is_council else "Use a certificate of the council…")
        self._about.setText(_COUNCIL_PROVES if is_council else _DATABASE_PROVES)

    # What can be done

    def _on_export(self) -> None:
        proposed = Path(signers.certificate_name(self._now.signer) if self._now.signer else "certificate.pem")
        chosen = self._files.save(self, FileUse.CERTIFICATE, "Export the certificate", proposed, _CERTIFICATES)
        if chosen is not None:
            self.export_to(chosen)

    def export_to(self, path: Path) -> None:
        """Write the certificate that signs; where there is none yet, its key is made."""
        job = self._session.read(lambda workspace: signers.export_certificate(workspace, path))
        job.success(self._on_exported).start()

    def _on_exported(self, path: Path) -> None:
        self._tell_changed()
        sentence = "It holds no key. Publish it where people find it, so that they can check your papers with it."
        tell(self.window(), "The certificate is exported", f"It is in {path}.", sentence, tone="success")

    def _on_use_council(self) -> None:
        chosen = self._files.open(self, FileUse.CERTIFICATE, "Choose the file with certificate and key", _KEYS)
        if chosen is not None:
            self.use_file(chosen)

    def use_file(self, path: Path) -> KeyPasswordDialog[Signer]:
        """Ask for the password of a file with a certificate and its key, then let it sign."""

        def task(workspace: Workspace, password: str) -> Signer:
            return signers.use_certificate(workspace, path, password)

        title = f"Sign with {path.name}"
        dialog = KeyPasswordDialog(self._session, title, "Use this certificate", task, self._on_chosen, self.window())
        return open_once(dialog)

    def _on_use_own(self) -> None:
        sentence = "Papers that were signed with the council’s certificate stay as they are."
        self._ask("Sign with the database’s own key?", sentence, "Use the own key", signers.use_own_key)

    def _on_make_new(self) -> None:
        if self._now.signer is None:
            self._choose(signers.use_own_key)
            return
        sentence = (
            "Papers that were signed so far stay as they are, and the database goes on knowing their certificate. "
            "Others must be given the new one."
        )
        replace = partial(signers.use_own_key, make_new=True)
        self._ask("Replace the key?", sentence, "Make a new key", replace)

    def _ask(self, question: str, sentence: str, go: str, task: Callable[[Workspace], Signer]) -> None:
        ask(self.window(), question, (sentence,), go, lambda: self._choose(task))

    def _choose(self, task: Callable[[Workspace], Signer]) -> None:
        self._session.read(task).success(self._on_chosen).start()

    def _on_chosen(self, signer: Signer) -> None:
        self._tell_changed()
        sentence = f"SHA-256 of its certificate: {signer.certificate.fingerprint_words}"
        tell(self.window(), f"{signer.name} signs from now on", sentence, tone="success")

    def _tell_changed(self) -> None:
        self._session.changed.emit(Changes(frozenset({SIGNER})))

    @property
    def _files(self) -> FileDialogs:
        return FileDialogs(self._session.kept)


def _told(signer: Signer | None) -> tuple[tuple[str, str], ...]:
    """What is shown of the certificate that signs, each with its name."""
    if signer is None:
        return ()
    certificate = signer.certificate
    return (
        ("Signs as", certificate.name),
        ("Whose key", signer.kind.words),
        ("Behind the name", certificate.issued_words[:1].upper() + certificate.issued_words[1:]),
        ("Valid", certificate.validity.removeprefix("valid ")),
        ("SHA-256", certificate.fingerprint_words),
    )
