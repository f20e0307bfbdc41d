"""What can go wrong with a database, worded for the person who meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tomsapp.domain.errors import TomsError

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored


class StoreError(TomsError):
    """The database did not do what was asked."""


class EditConflict(StoreError):
    """Somebody else saved the record first; `theirs` is what the database holds now."""

    def __init__(self, theirs: Stored[Any]) -> None:
        who = theirs.saved_by or "Somebody else"
        done = "deleted" if theirs.is_deleted else "saved"
        super().__init__(
            f"{who} {done} this record after you opened it", "Compare both versions and choose what to keep"
        )
        self.theirs = theirs


class NotFound(StoreError):
    """The record is not in the database."""


class NotADatabase(StoreError):
    """The file or server holds no database of this program, or a damaged one."""


class Damaged(NotADatabase):
    """The database is there, and something in it cannot be made sense of."""


class Altered(NotADatabase):
    """A file of unknown origin whose tables or triggers are not as this program makes them."""


class NewerDatabase(StoreError):
    """A later version of the program made the database."""


class UpgradeNeeded(StoreError):
    """An earlier version of the program made the database, and it must be upgraded before use."""


class UpgradeFailed(StoreError):
    """The upgrade did not work, and the database is as it was before."""


class DatabaseReadOnly(StoreError):
    """The database can be read and not changed."""


class DatabaseLocked(StoreError):
    """Somebody else is writing to the database, and waiting did not help."""


class Overtaken(DatabaseLocked):
    """Somebody else saved at the same moment what this was about to save, and was first."""


class DiskFull(StoreError):
    """There is no room to save."""


class NetworkShare(StoreError):
    """The file lies on a network share, where two people at once can damage it."""


class SyncedFolder(StoreError):
    """A service keeps the folder of the file in step with other computers: two people at once lose what they save."""


class Unreachable(StoreError):
    """The server or the file cannot be reached."""


class NotSecure(Unreachable):
    """The server can be reached, and not in the way that its address asks for: encrypted and verified."""


class ConnectionLost(Unreachable):
    """The connection to the server, or the drive of a file, was lost while something was being saved."""
