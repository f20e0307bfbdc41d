"""Copies that a service which keeps folders in step made of a database, because two people saved at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tomsapp.domain.errors import TomsError
from tomsapp.store.database import Database
from tomsapp.store.engine import open_as_it_lies
from tomsapp.store.faults import faults_translated
from tomsapp.store.readmodels import Lists

_SURE = re.compile(
    r"""
    \ \(.*conflict.*\)          # council (A. Okafor's conflicted copy 2026-05-01): Dropbox, Nextcloud, Box
    | [ ._-]\[?conflict.*       # council.sync-conflict-20260501-…, council_conflict-…, council [Conflict]
    | \.sync-conflict-.*
    | \ -\ .*conflict.*         # council - conflict of A. Okafor: Egnyte
    | _conf\(\d{1,2}\)          # council_conf(1): Google Drive
    | _.*_conflict(_.*)?        # council_LAPTOP_May-01-1000-2026_Conflict: Synology Drive
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LIKELY = re.compile(
    r"""
    -(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]{2,15}(-\d{1,2})?  # council-LAPTOP, council-LAPTOP-2: OneDrive
    | \ ?\(\d{1,2}\)                                # council (1): Google Drive
    | \ \d{1,2}                                     # council 2: iCloud
    """,
    re.VERBOSE,
)
"""What follows the name of the file; people name copies so too, so it counts only in a folder kept in step."""


@dataclass(frozen=True, slots=True)
class ConflictCopy:
    """A copy beside a database, and what it holds; without figures where it cannot be read."""

    name: str
    contracts: int | None = None
    changed_at: datetime | None = None
    changed_by: str = ""


def conflict_copies(database: Database, *, is_synced: bool) -> tuple[ConflictCopy, ...]:
    """The conflict copies beside the file of a database; a file of another database is none."""
    if database.path is None:
        return ()
    found = (_copy_of(database, each) for each in _named_as_one(database.path, is_synced))
    return tuple(copy for copy in found if copy is not None)


def is_same_database(database: Database, other: Path) -> bool:
    """Whether another file is there and is the same database, as a copy of it or what it was copied from."""
    found = _copy_of(database, other) if other.is_file() else None
    return found is not None and found.contracts is not None


def _named_as_one(path: Path, is_synced: bool) -> Iterator[Path]:
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return
    for each in beside:
        if each == path or each.suffix != path.suffix or not each.stem.startswith(path.stem):
            continue
        rest = each.stem.removeprefix(path.stem)
        if _SURE.fullmatch(rest) or (is_synced and _LIKELY.fullmatch(rest)):
            yield each


def _copy_of(database: Database, path: Path) -> ConflictCopy | None:
    try:
        with faults_translated(path.name), open_as_it_lies(path).connect() as held:
            lists = Lists(held, path.name)
            if lists.identity() != database.identity:
                return None
            contracts, (last, *_) = lists.contracts(), lists.history(limit=1)
    except TomsError:
        return ConflictCopy(path.name)
    return ConflictCopy(path.name, len(contracts), last.at, last.who)
