"""Where the file of a database lies, and what that means for whoever works in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tomsapp.domain.wording import format_moment, plural
from tomsapp.services.addresses import Target, display_name, is_server
from tomsapp.services.workspace import Workspace
from tomsapp.store.conflict_copies import ConflictCopy, conflict_copies, is_same_database
from tomsapp.store.errors import SyncedFolder
from tomsapp.store.files import file_at
from tomsapp.store.synced import synced_by


@dataclass(frozen=True, slots=True)
class FilePlace:
    """What is to be known of where a file lies.

    Attributes:
        path: the file.
        service: what keeps its folder in step with other computers; "" where nothing does.
        copies: conflict copies that it left beside the file.
        copy_of: another file that is the same database, and is still there.
    """

    path: Path
    service: str = ""
    copies: tuple[ConflictCopy, ...] = ()
    copy_of: Path | None = None


def file_place(workspace: Workspace, opened_before: Collection[str]) -> FilePlace | None:
    """Where the open file lies, and which of the files that were opened before is the same; None on a server."""
    database = workspace.database
    if database.path is None:
        return None
    service = synced_by(database.path)
    others = (Path(each) for each in opened_before if Path(each) != database.path)
    return FilePlace(
        database.path,
        service,
        conflict_copies(database, is_synced=bool(service)),
        next((other for other in others if is_same_database(database, other)), None),
    )


def check_not_synced(target: Target) -> None:
    """Whether a file stays on this computer; a database on a server does what it does.

    Raises:
        SyncedFolder: a service keeps its folder in step with other computers; says which.
    """
    service = "" if is_server(target) else synced_by(file_at(target))
    if service:
        raise SyncedFolder(f"{service} keeps the folder of {display_name(target)} in step with other computers")


def copy_words(copy: ConflictCopy) -> str:
    """What a conflict copy holds, in a sentence."""
    if copy.contracts is None or copy.changed_at is None:
        return f"{copy.name}: cannot be read."
    held = plural(copy.contracts, "contract")
    return f"{copy.name}: {held}, last changed {format_moment(copy.changed_at)} by {copy.changed_by}."
