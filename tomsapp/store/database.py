"""A database: a file of the council's, or one on its PostgreSQL server."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, inspect

from tomsapp.config.places import check_place
from tomsapp.config.whole_files import make_new
from tomsapp.domain.council import CouncilSettings
from tomsapp.reading.held import hold, let_go
from tomsapp.store.address import ServerAddress, Target, display_name, is_server, read_address
from tomsapp.store.alone import wait_for_others
from tomsapp.store.engine import open_engine, reading
from tomsapp.store.errors import DatabaseReadOnly, NetworkShare, NewerDatabase, StoreError, Unreachable, UpgradeNeeded
from tomsapp.store.faults import faults_translated, told_as_in_use
from tomsapp.store.files import check_file, companions, file_at, is_on_network_share
from tomsapp.store.foreign import check_open, look_at_stranger
from tomsapp.store.guards import guard_warning
from tomsapp.store.migrate import MIGRATIONS, current_version, head_version, upgrade_tables
from tomsapp.store.past import Changed
from tomsapp.store.protected import Protection, check_log, write_protection
from tomsapp.store.readmodels import Reader
from tomsapp.store.security import caution, what_to_know
from tomsapp.store.settling import is_settled, settle
from tomsapp.store.synced import synced_by
from tomsapp.store.unit_of_work import UnitOfWork
from tomsapp.store.upgrade import upgrade_database
from tomsapp.store.version import VERSION_TABLE, number_of

_SHARE_WARNING = "This database is on a network share. Only one person should have it open at a time."
_READ_ONLY_WARNING = "This database can be read but not changed, because {}. {}."
_MEND_FIRST = (
    "What keeps its history is not as this program made it. Put it right on Start or in Settings, then save again"
)


class Database:
    """An open database.

    Attributes:
        name: what people call it: the file's name, or server/database.
        path: the file, or None on a server.
        target: the file or the address of the server, with what it takes to open it once more.
        warnings: what the person should know while it is open.
        protected: the one of them that says why it can only be read where it lies; else nothing.
        guards: the one of them that says which triggers are not as they were made; else nothing.
        needs_mending: whether it can only be read until those are put back (`store.mending`).
        caution: what of the way to a server is less than verified, or of a file less than usual, in a few words.
    """

    def __init__(
        self,
        target: Target,
        engine: Engine,
        *,
        warnings: tuple[str, ...] = (),
        protected: str = "",
        guards: str = "",
    ) -> None:
        self.name = display_name(target)
        self.target: Path | ServerAddress
        if is_server(target):
            self.path, self.target = None, read_address(target)
        else:
            self.path = self.target = file_at(target)
        self.guards = guards
        self.needs_mending = bool(guards) and self.path is not None
        self.is_read_only = bool(protected) or self.needs_mending
        self.protected = protected
        self.warnings = tuple(filter(None, (*warnings, protected, guards)))
        self.caution = "can only be read" if protected else ""
        if isinstance(self.target, ServerAddress):
            self.caution = caution(self.target)
        self._engine = engine
        self._held = hold(self.path) if self.path else None
        self._own_changes: set[int] = set()
        self._seen: int | None = None

    def work(self, who: str, what: str = "") -> UnitOfWork:
        """A transaction in which `who` changes something; see `UnitOfWork`.

        Raises:
            DatabaseReadOnly: what keeps its history is not in place.
        """
        if self.needs_mending:
            raise DatabaseReadOnly(f"{self.name} can be read but not changed", _MEND_FIRST)
        return UnitOfWork(self._engine, self.name, who, what, then=None if self.is_read_only else self._on_saved)

    def look(self) -> UnitOfWork:
        """The records as they are, to be read only: it keeps nobody from writing."""
        return UnitOfWork(self._engine, self.name, "")

    def read(self) -> Reader:
        """Lists and sums from one moment, which later writes do not change."""
        return Reader(self._engine, self.name)

    @cached_property
    def identity(self) -> str:
        """What tells this database from every other: it stands inside, so a renamed or moved file keeps it."""
        with self.read() as reader:
            return reader.identity()

    def _on_saved(self, changes: list[int]) -> None:
        self._own_changes.update(changes)
        self.try_to_settle()

    def news(self) -> tuple[Changed, ...] | None:
        """What others changed since this was last asked, or since the database was opened; None where nothing."""
        with self.read() as reader:
            number = reader.change_number()
            since, own = self._seen, frozenset(self._own_changes)
            self._seen = number
            self._own_changes -= own
            return None if since is None or since == number else reader.changed_since(since, own)

    @property
    def is_settled(self) -> bool:
        """Whether the file alone holds everything that was saved; a server has no such file."""
        return self.path is None or is_settled(self.path)

    def settle(self) -> bool:
        """Bring all that was saved into the one file, unless somebody is in the way; whether it holds everything now.

        Raises:
            StoreError: the file cannot be written.
        """
        return self.path is None or (is_settled(self.path) if self.is_read_only else settle(self.path, self._engine))

    def close(self) -> None:
        """Let go of the file or server."""
        self.try_to_settle()
        self._engine.dispose()
        if self._held is not None:
            let_go(self._held)
            self._held = None

    def try_to_settle(self) -> None:
        """Do as `settle`, and say nothing: what was saved is safe in the log too."""
        with suppress(StoreError):
            self.settle()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def create_database(
    target: Target, *, who: str, allow_network_share: bool = False, migrations: Path = MIGRATIONS
) -> Database:
    """Make a new file, or the tables in an empty server database, and open it.

    Raises:
        StoreError: there is something already, or it cannot be made.
    """
    with faults_translated(display_name(target)):
        if is_server(target):
            _make_tables(target, "", migrations)
        else:
            check_place(Path(str(target)))
            _make_file(file_at(target), allow_network_share, migrations)
    database = open_database(target, allow_network_share=allow_network_share)
    with database.work(who, "Made the database") as work:
        work.settings.begin(CouncilSettings())
        work.commit()
    return database


def _make_file(path: Path, allow_network_share: bool, migrations: Path) -> None:
    on_share = _check_share(path, allow_network_share)
    try:
        make_new(path)
    except FileExistsError as error:
        raise StoreError(f"There is already a file {path.name}", "Choose another name, or open that file") from error
    except OSError as error:
        raise Unreachable(
            f"{path.name} cannot be made in {path.parent}", "Choose a folder that is there and that you may write to"
        ) from error
    try:
        _make_tables(path, _journal(path, on_share=on_share), migrations)
    except BaseException:
        for left in (path, *companions(path)):
            left.unlink(missing_ok=True)
        raise


def _make_tables(target: Target, journal: str, migrations: Path) -> None:
    engine = open_engine(target, checks_keys=False, journal=journal)
    with engine.connect() as connection:
        if inspect(connection).has_table(VERSION_TABLE):
            raise StoreError(f"{display_name(target)} already holds a database of this program", "Open it instead")
    upgrade_tables(engine, migrations)


def _journal(path: Path, *, on_share: bool) -> str:
    """A log only where it stays on this computer: a service that copies it apart from its file can damage both."""
    return "DELETE" if on_share or synced_by(path) else "WAL"


def _check_share(path: Path, allowed: bool) -> bool:
    on_share = is_on_network_share(path)
    if on_share and not allowed:
        raise NetworkShare(
            f"{path.name} is on a network share, where two people at once can damage it",
            "Keep it on this computer or use a PostgreSQL server, or open it knowing that you are the only one",
        )
    return on_share


def open_database(
    target: Target,
    *,
    upgrade: bool = False,
    allow_network_share: bool = False,
    migrations: Path = MIGRATIONS,
    is_known: bool = True,
) -> Database:
    """Open a database that is there; with `upgrade`, one of an earlier version is upgraded first.

    A file that is not known is looked at in the locked room before this process opens it, and refused where its
    triggers are not this program's. One that is known opens so to be read, with a warning.

    Raises:
        Unreachable: there is no such file or server.
        NotADatabase: it is something else, damaged, or holds what this program did not make.
        RoomError: looking at it took too much memory or time, or ended what reads it.
        NewerDatabase: a later version of the program made it.
        UpgradeNeeded: an earlier one did, and `upgrade` was not asked for.
        NetworkShare: the file lies on one, and that was not allowed.
    """
    name = display_name(target)
    warnings: list[str] = []
    protection, journal = None, ""
    if is_server(target):
        target = read_address(target)
        warnings += filter(None, [what_to_know(target)])
    else:
        path = file_at(target)
        wait_for_others(path)
        check_file(path)
        if not is_known:
            look_at_stranger(path)
        on_share = _check_share(path, allow_network_share)
        if on_share:
            warnings.append(_SHARE_WARNING)
        protection = write_protection(path)
        if protection is None:
            journal = _journal(path, on_share=on_share)
        else:
            check_log(path)
    guards = ""
    with faults_translated(name):
        if not is_server(target) and migrations == MIGRATIONS:
            with told_as_in_use(name):
                check_open(file_at(target), is_known=is_known)
        _check_version(target, name, protection, upgrade, migrations)
        engine = open_engine(target, read_only=protection is not None, journal=journal, pooled=True)
        with _disposed_if_it_fails(engine):
            if migrations == MIGRATIONS:
                with reading(engine) as connection:
                    guards = guard_warning(connection)
    protected = _READ_ONLY_WARNING.format(protection.why, protection.way_out) if protection else ""
    return _begun(Database(target, engine, warnings=tuple(warnings), protected=protected, guards=guards))


@contextmanager
def _disposed_if_it_fails(engine: Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _begun(database: Database) -> Database:
    """A database that was just opened, closed again where that fails: a file that stays open could not be restored."""
    try:
        # Whatever was saved until now is no news.
        database.news()
        # What a program that was ended in the middle left beside the file.
        database.try_to_settle()
    except BaseException:
        database.close()
        raise
    return database


def _check_version(target: Target, name: str, protection: Protection | None, upgrade: bool, migrations: Path) -> None:
    with told_as_in_use(name):
        current = number_of(current_version(target), name)
    head = int(head_version(migrations))
    if current > head:
        raise NewerDatabase(
            f"{name} was made by a later version of this program", "Install the latest version and open it again"
        )
    if current < head:
        if protection is not None:
            said = f"{name} was made by an earlier version of this program and cannot be upgraded"
            raise DatabaseReadOnly(f"{said}, because {protection.why}", protection.way_out)
        if not upgrade:
            raise UpgradeNeeded(
                f"{name} was made by an earlier version of this program", "Upgrade it; a backup is made first"
            )
        upgrade_database(target, migrations)
