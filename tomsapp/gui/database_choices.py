"""The dialogs in which a database is chosen or named, before it is opened or made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tomsapp.config.passwords import keyring_name
from tomsapp.config.policies import KEEP_NO_PASSWORDS, SERVER_ADDRESS
from tomsapp.config.recents import recent_databases
from tomsapp.gui.database_opener import DatabaseOpener
from tomsapp.gui.file_dialogs import DATABASE_FILES, FileDialogs, FileUse, documents
from tomsapp.gui.policy_words import SET_BY_ORGANISATION
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.services.addresses import Target, is_server
from tomsapp.services.databases import beginnings

if TYPE_CHECKING:
    from tomsapp.gui.dialogs.make_database import MakeDatabaseDialog
    from tomsapp.gui.dialogs.server_fields import ServerFields


class DatabaseChoices(QObject):
    """Asks which database, then hands it to the opener."""

    def __init__(self, session: Session, opener: DatabaseOpener, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._opener, self._window = session, opener, window
        self._making: MakeDatabaseDialog | None = None
        self._made: Target | None = None
        opener.opened.connect(self._forget)

    def is_making(self, target: Target) -> bool:
        """Whether `target` is what the user asked to be made, and it is not made yet."""
        return self._making is not None and self._made == target

    def make(self) -> None:
        """Ask for the council's name and a place; what was typed is still there if the making failed."""
        from tomsapp.gui.dialogs.make_database import MakeDatabaseDialog

        if self._making is None:
            session = self._session
            name = None if session.has_name else session.who
            self._making = MakeDatabaseDialog(self._window, FileDialogs(session.preferences, session.policies), name)
            self._making.server.address.set_text(session.policies.text(SERVER_ADDRESS))
            self._making.accepted.connect(self._on_make)
            self._making.rejected.connect(self._forget)
            self._session.jobs.run(lambda _progress: beginnings(self._session.catalogue), database=False).success(
                self._making.show_beginnings
            ).start()
            self._look_for_keyring(self._making.server)
        self._making.open()

    def open_file(self) -> None:
        """Ask for a database file."""
        files = FileDialogs(self._session.preferences, self._session.policies)
        chosen = files.open(self._window, FileUse.DATABASE, "Open a database", DATABASE_FILES, self._folder())
        if chosen is not None:
            self._opener.open(str(chosen))

    def open_server(self, address: str = "") -> None:
        """Ask for the address of a server database; its password is asked for unless the keyring keeps it."""
        from tomsapp.gui.dialogs.server_fields import ServerDialog

        is_remembered = self._opener.passwords.is_kept(address)
        address = address or self._session.policies.text(SERVER_ADDRESS)
        dialog = ServerDialog(self._window, address, is_remembered=is_remembered)
        dialog.accepted.connect(lambda: self._opener.open(dialog.fields.target, remember=dialog.fields.remembers))
        self._look_for_keyring(dialog.fields)
        open_once(dialog)

    def _look_for_keyring(self, fields: ServerFields) -> None:
        """Say in a form where a password would be kept: to find out loads what asks the system."""
        if self._session.policies.is_on(KEEP_NO_PASSWORDS):
            fields.keep_none(SET_BY_ORGANISATION)
            return
        job = self._session.jobs.run(lambda _progress: keyring_name(), database=False)
        job.success(fields.show_keyring).start()

    def _folder(self) -> Path:
        """The folder of the file that was opened last."""
        files = [entry.target for entry in recent_databases(self._session.preferences) if not is_server(entry.target)]
        return Path(files[0]).parent if files else documents()

    def _on_make(self) -> None:
        making = self._making
        if making is not None:
            if making.user_name:
                self._session.set_who(making.user_name)
            self._made = making.target
            self._opener.make(self._made, making.council_name, making.beginning, remember=making.remembers)

    def _forget(self) -> None:
        if self._making is not None:
            self._making.deleteLater()
            self._making = None
