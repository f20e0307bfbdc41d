"""What a user does with whole databases: make, open, back up, restore, check."""

from dataclasses import replace
from pathlib import Path

from tomsapp.domain.problems import Problem
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.workspace import Workspace
from tomsapp.store import backup
from tomsapp.store.check import check_database
from tomsapp.store.database import Database, create_database, open_database

DEFAULT_MENU = ("barnet-open", "2026.1")
"""The menu edition that a new database proposes; Settings changes it."""


def make_database(target: str | Path, catalogue: Catalogue, who: str, council_name: str = "") -> Workspace:
    """Make a new database with the shipped policy rules, area and default menu edition.

    Raises:
        StoreError: the file exists already, or cannot be written.
    """
    database = create_database(target, who=who)
    workspace = Workspace(database, catalogue, who)
    menu, edition = DEFAULT_MENU
    loaded = catalogue.load(menu, edition)
    with workspace.work("Set up the database") as uow:
        uow.policies.replace(catalogue.policy(loaded.policy))
        uow.areas.add(loaded.area, catalogue.area_bytes(loaded.area))
        stored = uow.settings.get()
        settings = replace(
            stored.record,
            council_name=council_name,
            default_menu=menu,
            default_edition=edition,
            area=loaded.area,
        )
        uow.settings.save(stored.version, settings)
        workspace.keep_edition(uow, menu, edition)
        uow.commit()
    return workspace


def open_workspace(
    target: str | Path,
    catalogue: Catalogue,
    who: str,
    *,
    upgrade: bool = False,
    allow_network_share: bool = False,
) -> Workspace:
    """Open a database; `upgrade` brings an older one up to date after a backup.

    Raises:
        UpgradeNeeded: it is of an older version and `upgrade` is not set.
        StoreError: it cannot be used; says why and what to do.
    """
    database = open_database(target, upgrade=upgrade, allow_network_share=allow_network_share)
    return Workspace(database, catalogue, who)


def back_up(database: Database, path: Path, progress: Progress | None = None) -> Path:
    """Write a verified copy of the database to `path`, whole or not at all."""
    backup.backup_database(database, path, (progress or NoProgress()).report)
    return path


def restore(backup_path: Path, target: str | Path, progress: Progress | None = None) -> Path | None:
    """Put a backup in the place of a database, after checking it; gives where the replaced file was moved."""
    return backup.restore_database(backup_path, target, (progress or NoProgress()).report)


def check(target: str | Path) -> list[Problem]:
    """Integrity, references, schema, menu editions and history of a database."""
    return check_database(target)
