"""Passwords of servers that the user wants this computer to remember: its keyring keeps them, and nothing else does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tomsapp.config.policies import KEEP_NO_PASSWORDS, NO_POLICIES, Policies
from tomsapp.config.preferences import Preferences
from tomsapp.gui.jobs import Jobs
from tomsapp.services.addresses import ServerAddress, Target, is_server, read_address

_KEY = "remembered_servers"


class ServerPasswords(QObject):
    """Takes a password out of the keyring before a server is opened, and puts it there once it has let us in.

    The preferences say of which addresses a password is kept, so that the keyring is asked for no other.
    """

    refused = Signal()
    """The keyring did not keep what it was given."""

    def __init__(self, preferences: Preferences, jobs: Jobs, parent: QObject, policies: Policies = NO_POLICIES) -> None:
        super().__init__(parent)
        self._preferences, self._jobs = preferences, jobs
        self._keeps_none = policies.is_on(KEEP_NO_PASSWORDS)

    def is_kept(self, address: str) -> bool:
        """Whether the keyring keeps the password of an address that is shown, and may be asked for it."""
        return not self._keeps_none and address in self._kept()

    def with_kept(self, target: Target) -> Target:
        """What opens a database, with its password where the keyring keeps it; never in the window's thread."""
        if not is_server(target):
            return target
        address = read_address(target)
        if address.has_password or not self.is_kept(address.shown):
            return target
        from tomsapp.config.passwords import kept_password

        password = kept_password(address.shown)
        return address.with_password(password) if password else address

    def keep(self, target: Target, *, remember: bool) -> None:
        """Do as the user said with the password of a server that was opened."""
        if not is_server(target):
            return
        address = read_address(target)
        if remember and address.has_password and not self._keeps_none:
            self._keep(address)
        elif not remember and self.is_kept(address.shown):
            self._note(address.shown, is_kept=False)
            from tomsapp.config.passwords import forget_password

            self._jobs.run(lambda _progress: forget_password(address.shown), database=False).start()

    def _keep(self, address: ServerAddress) -> None:
        from tomsapp.config.passwords import keep_password

        def on_kept(is_kept: object) -> None:
            self._note(address.shown, is_kept=bool(is_kept))
            if not is_kept:
                self.refused.emit()

        job = self._jobs.run(lambda _progress: keep_password(address.shown, address.password), database=False)
        job.success(on_kept).start()

    def _kept(self) -> list[str]:
        kept = self._preferences.get(_KEY, [])
        return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []

    def _note(self, address: str, *, is_kept: bool) -> None:
        others = [each for each in self._kept() if each != address]
        self._preferences.set(_KEY, [*others, address] if is_kept else others)
