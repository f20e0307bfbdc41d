"""Opening and making databases off the window's thread, with the questions that some of them ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.config import paths
from tomsapp.config.recents import RecentDatabase, is_recent, note_open, note_opened
from tomsapp.domain.errors import TomsError
from tomsapp.gui.jobs import Job
from tomsapp.gui.open_mark import OpenAlready
from tomsapp.gui.server_passwords import ServerPasswords
from tomsapp.gui.session import Session
from tomsapp.services.addresses import Target, display_name, is_server
from tomsapp.services.failures import NetworkShare, SyncedFolder, UpgradeNeeded

if TYPE_CHECKING:
    from tomsapp.services.databases import Beginning, DatabaseFacts
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

_KEY = "open-database"
_UPGRADE = (
    "An earlier version of this program made it. A copy is kept in the same folder, then it is brought up to date.",
    "Colleagues who use it need this version of the program too.",
)
_SHARE = (
    "It is on a network share. If two people have it open at once, the file can be damaged.",
    "For a team, keep the database on a PostgreSQL server. Use a file on a share only while nobody else has it open.",
)
_SYNCED = (
    "If two people have it open at once, a conflict copy is made, and what one of them saved is only there.",
    "Have it open on one computer at a time, and wait until its folder is in step before you open it on another.",
    "Or keep it in a folder of your own, and back it up into this one: File, Back up. For several people use a server.",
)
_ALREADY = (
    "That window may be behind this one, or on another desktop. Two windows on one file work too.",
    "Each shows what the other saved when you come back to it, and asks you where both changed the same.",
)
T = TypeVar("T")
Opening = Callable[["Permissions", "Progress"], "Workspace"]


class Permissions(NamedTuple):
    """What the user has agreed to for a database that asks."""

    upgrade: bool = False
    network_share: bool = False
    synced: bool = False
    open_already: bool = False


class _Wanted(NamedTuple):
    """What is to be opened or made: where it is, what the progress card says, and how it is done."""

    target: Target
    title: str
    task: Opening
    allowed: Permissions = Permissions()
    remember: bool | None = None
    """Whether the keyring is to keep the password; None where nobody was asked."""


class OpeningFailure(NamedTuple):
    """A database that did not open: what was tried, and why it did not work."""

    target: Target
    error: TomsError


class DatabaseOpener(QObject):
    """Opens, makes and closes the database of the session; one at a time."""

    opened = Signal(object)
    """The `DatabaseFacts` of a database that is open now."""
    failed = Signal(object)
    """An `OpeningFailure`; whatever was open before is still open."""
    busy_changed = Signal(bool)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._window = parent
        self.passwords = ServerPasswords(session.preferences, session.jobs, self, session.policies)
        self.passwords.refused.connect(self._on_password_refused)
        self.is_busy = False
        """Whether one is on its way to be open."""

    def open(self, target: Target, *, remember: bool | None = None) -> None:
        """Open a file, or the database at a server's address, whose password the keyring is to keep or not."""
        session, passwords = self._session, self.passwords

        def task(allowed: Permissions, _progress: Progress) -> Workspace:
            return _open(session, passwords.with_kept(target), allowed)

        self._start(_Wanted(target, f"Opening {display_name(target)}", task, remember=remember))

    def make(
        self, target: Target, council: str, beginning: Beginning | None = None, *, remember: bool | None = None
    ) -> None:
        """Make a database for a council, with the menu and area that it begins with, and open it."""
        session = self._session

        def task(allowed: Permissions, _progress: Progress) -> Workspace:
            from tomsapp.services import databases

            _check_not_synced(target, allowed)
            return databases.make_database(
                target,
                session.catalogue,
                session.who,
                council,
                beginning=beginning or databases.USUAL_BEGINNING,
                allow_network_share=allowed.network_share,
            )

        self._start(_Wanted(target, f"Making {display_name(target)}", task, remember=remember))

    def open_example(self, *, anew: bool = False) -> None:
        """Open the example council; it is made if it is not there, or if it should be made `anew`."""
        session, folder = self._session, example_folder()

        def task(allowed: Permissions, progress: Progress) -> Workspace:
            from datetime import date

            from tomsapp.services.example import DATABASE_NAME, make_example

            path = folder / DATABASE_NAME
            if anew:
                _set_aside(path)
            if not path.exists():
                # Reports load slowly and are not needed to look around.
                made = make_example(folder, session.catalogue, date.today(), progress, with_documents=False)  # noqa: DTZ011
                path = made.database
            return _open(session, path, allowed)

        opened = session.workspace.database.path if session.is_open else None
        if anew and opened is not None and opened.is_relative_to(folder.absolute()):
            session.set_workspace(None)
        self._start(_Wanted(str(folder), "Making the example council", task))

    def close(self) -> None:
        """Close the database that is open; the program begins without one next time."""
        self._session.set_workspace(None)
        note_open(self._session.preferences, None)

    def _start(self, wanted: _Wanted) -> None:
        def run(progress: Progress) -> tuple[Workspace, DatabaseFacts]:
            from tomsapp.services.databases import database_facts

            workspace = _unless_damaged(wanted.target, lambda: wanted.task(wanted.allowed, progress))
            try:
                return workspace, _unless_damaged(wanted.target, lambda: database_facts(workspace))
            except BaseException:
                workspace.close()
                raise

        def on_refused(error: TomsError) -> None:
            self._on_refused(error, wanted)

        self._set_busy(is_busy=True)
        job: Job[tuple[Workspace, DatabaseFacts]] = self._session.jobs.run(run, key=_KEY, title=wanted.title)
        job.success(partial(self._on_opened, wanted)).refused(on_refused)
        job.finished(lambda: self._set_busy(is_busy=False)).start()

    def _set_busy(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy
        self.busy_changed.emit(is_busy)

    def _on_opened(self, wanted: _Wanted, result: tuple[Workspace, DatabaseFacts]) -> None:
        from datetime import UTC, datetime

        from tomsapp.gui.file_place import note_synced

        workspace, facts = result
        now = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        entry = RecentDatabase(facts.target, facts.name, facts.council_name, facts.contracts, now)
        note_opened(self._session.preferences, entry)
        note_open(self._session.preferences, facts.target)
        if wanted.allowed.synced:
            note_synced(self._session.preferences.of_database(workspace.database.identity), facts.target)
        self._session.set_workspace(workspace)
        if workspace.database.path is not None:
            self._session.mark.set(workspace.database.path)
        if wanted.remember is not None:
            self.passwords.keep(wanted.target, remember=wanted.remember)
        self.opened.emit(facts)

    def _on_password_refused(self) -> None:
        from tomsapp.gui.dialogs.message import tell

        sentence = "The keyring of this computer did not take it, so it is asked for next time."
        tell(self._window, "The password is not kept", sentence, tone="warning")

    def _on_refused(self, error: TomsError, wanted: _Wanted) -> None:
        from tomsapp.gui.dialogs.message import ask

        name, allowed = display_name(wanted.target), wanted.allowed
        if isinstance(error, UpgradeNeeded) and not allowed.upgrade:
            agreed = wanted._replace(allowed=allowed._replace(upgrade=True))
            ask(self._window, f"Upgrade {name}?", _UPGRADE, "Back up and upgrade", partial(self._start, agreed))
        elif isinstance(error, NetworkShare) and not allowed.network_share:
            agreed = wanted._replace(allowed=allowed._replace(network_share=True))
            heading, yes = f"Use {name} on a network share?", "Use it, only I have it open"
            ask(self._window, heading, _SHARE, yes, partial(self._start, agreed))
        elif isinstance(error, SyncedFolder) and not allowed.synced:
            agreed = wanted._replace(allowed=allowed._replace(synced=True))
            ask(self._window, f"{error.message}.", _SYNCED, "Use it, only I have it open", partial(self._start, agreed))
        elif isinstance(error, OpenAlready):
            agreed = wanted._replace(allowed=allowed._replace(open_already=True))
            ask(self._window, f"{error.message}.", _ALREADY, "Open it here too", partial(self._start, agreed))
        else:
            self.failed.emit(OpeningFailure(wanted.target, error))


def _unless_damaged(target: Target, read: Callable[[], T]) -> T:
    """What is read; where that fails as nobody foresaw, and the file is damaged, that is said."""
    from tomsapp.services.databases import damage_behind
    from tomsapp.services.progress import Cancelled

    try:
        return read()
    except (TomsError, Cancelled):
        raise
    except Exception as error:
        found = damage_behind(target, error)
        if found is None:
            raise
        raise found from error


def example_folder() -> Path:
    """Where the example council is kept on this computer."""
    return paths.user_data_dir() / "example"


def _open(session: Session, target: Target, allowed: Permissions) -> Workspace:
    from tomsapp.services import databases

    is_known = is_recent(session.preferences, target)
    if not is_known:
        _check_not_synced(target, allowed)
    if not allowed.open_already and not is_server(target):
        session.mark.ask(Path(str(target)))
    return databases.open_workspace(
        target,
        session.catalogue,
        session.who,
        is_known=is_known,
        upgrade=allowed.upgrade,
        allow_network_share=allowed.network_share,
    )


def _check_not_synced(target: Target, allowed: Permissions) -> None:
    """Ask once of a file that a service copies to other computers: when it is first made or opened here."""
    from tomsapp.services.file_place import check_not_synced

    if not allowed.synced:
        check_not_synced(target)


def _set_aside(path: Path) -> None:
    """Keep a database that cannot be opened under another name: somebody may have tried things in it."""
    number, kept = 1, path.with_stem(f"{path.stem}.damaged")
    while kept.exists():
        number += 1
        kept = path.with_stem(f"{path.stem}.damaged-{number}")
    for ending in ("", "-wal", "-shm", "-journal"):
        found = path.with_name(path.name + ending)
        if found.exists():
            found.replace(kept.with_name(kept.name + ending))
