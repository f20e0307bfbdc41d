"""What a user does with whole databases: make, open, back up, restore, mend.

The store is loaded when a database is first touched: the window is to be there before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Severity
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services.addresses import Target, display_name, is_server, shown_target
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import StoreError, Unreachable

if TYPE_CHECKING:
    from tomsapp.store.database import Database
    from tomsapp.store.rescued_rows import Rescued as Rescued  # noqa: PLC0414 - the window takes it from here

DEFAULT_MENU = ("barnet-open", "2026.2")
"""The menu edition that a new database proposes; Settings changes it."""


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What the window says about an open database.

    Attributes:
        target: the file, or the server's address without its password: what opens it again.
        size: bytes of the file; None on a server.
        first_contract: number of the first contract that has no commitments, to go on with; None when there is none.
        commitments: how many commitments all contracts have.
        warnings: what the person should know while it is open.
        protected: the one of them that says why it can only be read where it lies; else nothing.
        guards: the one of them that says that what keeps its history is not in place; else nothing.
        needs_mending: whether it can only be read until `mend` has put that right.
    """

    name: str
    target: str
    council_name: str
    is_example: bool
    contracts: int
    size: int | None
    warnings: tuple[str, ...] = ()
    protected: str = ""
    guards: str = ""
    needs_mending: bool = False
    suppliers: int = 0
    commitments: int = 0
    first_contract: int | None = None


def database_facts(workspace: Workspace) -> DatabaseFacts:
    """What can be said about the open database: whose it is, what it holds and how large it is."""
    database = workspace.database
    with workspace.look() as uow:
        settings = workspace.settings_at(uow)
        contracts = uow.lists.contracts(None)
        suppliers = len(uow.lists.suppliers())
    path = database.path
    return DatabaseFacts(
        name=database.name,
        target=shown_target(database.target),
        council_name=settings.council_name,
        is_example=settings.is_example,
        contracts=len(contracts),
        size=path.stat().st_size if path else None,
        warnings=database.warnings,
        protected=database.protected,
        guards=database.guards,
        needs_mending=database.needs_mending,
        suppliers=suppliers,
        commitments=sum(row.commitments for row in contracts),
        first_contract=next((row.id for row in contracts if not row.commitments), None),
    )


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new database begins with.

    Attributes:
        menu: code and edition of the menu for new contracts, whose policy rules are taken too.
        area: code of the area whose wards are offered; "" for none, None for the one of the menu.
    """

    menu: tuple[str, str] = DEFAULT_MENU
    area: str | None = None


_NO_DAMAGE = frozenset({"database-unusable", "database-version"})
"""Why a database cannot be checked now, where nothing in it is damaged."""
USUAL_BEGINNING = Beginning()


@dataclass(frozen=True, slots=True)
class MenuChoice:
    """A published edition that a new database can begin with, and the area and policy rules that belong to it."""

    code: str
    edition: str
    name: str
    area: str
    policy_title: str


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What a new database can begin with; areas are code and title."""

    menus: tuple[MenuChoice, ...]
    areas: tuple[tuple[str, str], ...]


def beginnings(catalogue: Catalogue) -> Beginnings:
    """The published editions and the areas that are installed; what has errors is left out."""
    from tomsapp.domain.menu import EditionStatus

    menus = []
    for summary in catalogue.editions():
        if summary.status is EditionStatus.PUBLISHED:
            loaded = catalogue.load(summary.code, summary.edition)
            title = catalogue.policy(loaded.policy).title
            menus.append(MenuChoice(summary.code, summary.edition, summary.name, loaded.area, title))
    return Beginnings(tuple(menus), tuple((code, catalogue.area(code).title) for code in catalogue.area_names()))


def make_database(
    target: Target,
    catalogue: Catalogue,
    who: str,
    council_name: str = "",
    *,
    beginning: Beginning = USUAL_BEGINNING,
    allow_network_share: bool = False,
) -> Workspace:
    """Make a new database that begins with a menu edition, the policy rules of that menu, and an area.

    Raises:
        MenuError: the edition or the area is not installed, or has errors.
        NetworkShare: the file would lie on one, and that was not allowed.
        StoreError: the file exists already, or cannot be written.
    """
    from tomsapp.domain.council import CouncilSettings
    from tomsapp.store.database import create_database

    menu = beginning.menu
    loaded = catalogue.load(*menu)
    place = loaded.area if beginning.area is None else beginning.area
    policy, wards = catalogue.policy(loaded.policy), catalogue.area_bytes(place) if place else b""
    database = create_database(target, who=who, allow_network_share=allow_network_share)
    workspace = Workspace(database, catalogue, who)
    settings = CouncilSettings(council_name, default_menu=menu[0], default_edition=menu[1], area=place)
    try:
        with workspace.work("Set up the database") as uow:
            uow.policies.replace(policy)
            if place:
                uow.areas.add(place, wards)
            uow.settings.save(uow.settings.now().version, settings)
            workspace.keep_edition(uow, *menu)
            uow.commit()
    except BaseException:
        # Half a database would be in the way of the next attempt.
        workspace.close()
        if database.path is not None:
            database.path.unlink(missing_ok=True)
        raise
    return workspace


def open_workspace(
    target: Target,
    catalogue: Catalogue,
    who: str,
    *,
    upgrade: bool = False,
    allow_network_share: bool = False,
    is_known: bool = False,
) -> Workspace:
    """Open a database; `upgrade` brings an older one up to date after a backup.

    A file that was not open here before (`is_known`) is first looked at in the locked room.

    Raises:
        UpgradeNeeded: it is of an older version and `upgrade` is not set.
        StoreError: it cannot be used; says why and what to do.
        RoomError: looking at it took too much memory or time, or ended what reads it.
    """
    from tomsapp.store.database import open_database
    from tomsapp.store.files import file_at

    if not is_server(target):
        _check_is_there(file_at(target))
    database = open_database(target, upgrade=upgrade, allow_network_share=allow_network_share, is_known=is_known)
    try:
        _ = database.identity  # read here, in the thread of the database, for the drafts of its forms
    except BaseException:
        database.close()
        raise
    return Workspace(database, catalogue, who)


def _check_is_there(path: Path) -> None:
    try:
        found = path.exists()
    except OSError as error:
        raise Unreachable(f"{path.name} cannot be reached", "Check the network and your permissions") from error
    if not found:
        raise Unreachable(
            f"There is no file {path.name} in {path.absolute().parent}",
            "It may have been moved, renamed or deleted. Find it and open it from its new place",
        )


def back_up(database: Database, path: Path, progress: Progress | None = None) -> Path:
    """Write a verified copy of the database to `path`, whole or not at all."""
    from tomsapp.store.backup import backup_database

    backup_database(database, path, (progress or NoProgress()).report)
    return path


def restore(backup_path: Path, target: Target, progress: Progress | None = None) -> Path | None:
    """Put a backup in the place of a database, after checking it; gives where the file that was there is kept.

    Raises:
        StoreError: the backup is no good, or the target is in use; the target is then as it was.
    """
    if not is_server(target) and backup_path.absolute() == Path(str(target)).absolute():
        raise StoreError(f"{backup_path.name} is the backup itself", "Choose another name for the restored database")
    from tomsapp.store.backup import restore_database

    return restore_database(backup_path, target, (progress or NoProgress()).report)


def mend(target: Target, who: str) -> list[str]:
    """Put what keeps the history of a database file back as this program makes it; gives the names of the triggers.

    Raises:
        StoreError: it is on a server, where its owner does that, or the file cannot be written or is not ours.
        RoomError: looking at it took too much memory or time, or ended what read it.
    """
    from tomsapp.store.mending import mend_guards

    return mend_guards(target, who)


def rescue(damaged: Path, new: Path, progress: Progress | None = None) -> Rescued:
    """Copy what can be read of a damaged database file into a new one; the damaged one stays as it is.

    Raises:
        StoreError: nothing of it can be read, or the new one cannot be written.
    """
    from tomsapp.store.rescue import rescue_database

    return rescue_database(damaged, new, (progress or NoProgress()).report)


def damage_behind(target: Target, error: BaseException) -> TomsError | None:
    """What is damaged in a database in which something went wrong that nobody foresaw; None where it is whole."""
    from tomsapp.services.failures import Damaged
    from tomsapp.store.check import check_database
    from tomsapp.store.faults import WAYS_OUT, spoilt

    if isinstance(error, TomsError):
        return error if isinstance(error, Damaged) else None
    # What somebody altered, or saved by another program, is no damage of the file.
    problems = [each for each in check_database(target) if each.severity is Severity.ERROR]
    found = [each for each in problems if each.code not in _NO_DAMAGE or each.fix.startswith(WAYS_OUT)]
    return spoilt(display_name(target), found[0].message) if found else None
