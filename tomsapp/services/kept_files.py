"""The files that are kept by their content: opened from a copy, saved elsewhere, held to their SHA-256, deleted.

A file is never run: a copy is for reading, and what could run was refused when it was attached.
"""

from __future__ import annotations

import secrets
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tomsapp.config.places import check_place
from tomsapp.config.whole_files import write_whole
from tomsapp.domain.delivery.evidence import STORED_FILE, Evidence, StoredFile, due_for_deletion
from tomsapp.domain.file_names import file_name_of
from tomsapp.domain.wording import format_date, listed, plural
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.sealed_rules import today
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from datetime import date

    from tomsapp.domain.history import Stored
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


def file_content(workspace: Workspace, digest: str) -> bytes:
    """The bytes of a file, held to its SHA-256.

    Raises:
        NotFound: they were deleted.
        StoreError: they were changed behind the program.
    """
    with workspace.look() as uow:
        return uow.files.content(digest)


def are_whole(workspace: Workspace, digests: Iterable[str]) -> dict[str, bool]:
    """Of each file that is here, whether its bytes are still those that were kept."""
    return {digest: _is_whole(workspace, digest) for digest in sorted(set(digests))}


def _is_whole(workspace: Workspace, digest: str) -> bool:
    try:
        file_content(workspace, digest)
    except StoreError:
        return False
    return True


class KeptFile(Protocol):
    """Evidence or a paper of a contract: a name, and the file that it stands in."""

    @property
    def name(self) -> str:
        """The file's name."""

    @property
    def sha256(self) -> str:
        """Of its bytes."""


def save_copy(workspace: Workspace, kept: KeptFile, path: Path) -> Path:
    """Write a copy of a file to where the user says; it can be read and written as any file of theirs.

    Raises:
        NotFound: its bytes were deleted.
        StoreError: they were changed behind the program, or the copy cannot be written.
        UnusablePlace: this system keeps no file of that name, or takes no path so long.
    """
    check_place(path)
    content = file_content(workspace, kept.sha256)
    try:
        write_whole(path, content)
    except OSError as error:
        raise StoreError(f"The copy cannot be written: {error.strerror or error}", "Choose another folder") from error
    return path


def copy_to_open(workspace: Workspace, kept: KeptFile, folder: Path) -> Path:
    """A copy of a file that another program can open, which nobody can take for the one that is kept.

    It stands under its name in a folder of its own, can be read by its owner alone, and is never run.

    Raises:
        NotFound: its bytes were deleted.
        StoreError: they were changed behind the program, or the copy cannot be written.
    """
    content = file_content(workspace, kept.sha256)
    place = folder / f"copy-{secrets.token_hex(8)}"
    try:
        place.mkdir(mode=0o700, parents=True)
        copy = place / safe_name(kept.name)
        with copy.open("xb") as file:
            file.write(content)
        copy.chmod(stat.S_IRUSR)
    except OSError as error:
        raise StoreError(
            f"The file cannot be copied: {error.strerror or error}", "Check the space on the disk"
        ) from error
    return copy


def safe_name(name: str) -> str:
    """A name that every system takes as that of a file, and of nothing else."""
    kept = "".join(sign if sign.isalnum() or sign in " ._-()" else "_" for sign in name).strip(" .")
    return file_name_of(Path(kept).stem, Path(kept).suffix[:12], most=80, otherwise="evidence")


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file whose day is over, with all evidence that stands in it.

    Attributes:
        evidence: each piece with the number of its contract.
        references: of the contracts, in order.
    """

    stored: StoredFile
    evidence: tuple[tuple[int, Stored[Evidence]], ...]
    references: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What it is called, where it belongs, and until when it was kept: "log.pdf of C-2026-004, kept until …"."""
        names = listed(sorted({each.record.name for _, each in self.evidence}))
        last = max(day for _, each in self.evidence if (day := each.record.keep_until) is not None)
        size = f"{-(-self.stored.size // 1000):,} KB"
        return f"{names} of {listed(self.references)}, kept until {format_date(last)}, {size}, {self.stored.short_hash}"


def due_files(workspace: Workspace, on: date) -> list[DueFile]:
    """The files that are to be deleted: the day until which each is kept is over, for all that stands in it."""
    with workspace.look() as uow:
        return due_in(uow, on)


def due_files_today(workspace: Workspace) -> list[DueFile]:
    """What `due_files` gives on the day on the user's wall."""
    return due_files(workspace, today())


def due_in(uow: UnitOfWork, on: date) -> list[DueFile]:
    """As `due_files`, from the same moment as the rest of a transaction."""
    # Most files are kept for years, so that only those of which a day is over are looked at.
    digests = uow.evidence.files_kept_until_before(on)
    if not digests:
        return []
    files, needed = uow.files.of(digests), uow.attachments.files()
    by_file: dict[str, list[tuple[int, Stored[Evidence]]]] = {}
    for contract_id, each in uow.evidence.with_files(digests):
        by_file.setdefault(each.record.sha256, []).append((contract_id, each))
    return [
        DueFile(files[digest], tuple(held), _references(uow, held))
        for digest, held in sorted(by_file.items())
        if digest not in needed and all(due_for_deletion(each.record, files.get(digest), on) for _, each in held)
    ]


def _references(uow: UnitOfWork, held: Iterable[tuple[int, Stored[Evidence]]]) -> tuple[str, ...]:
    return tuple(sorted(uow.contracts.get(number).record.reference for number in {number for number, _ in held}))


def delete_files(workspace: Workspace, digests: Iterable[str], because: str, on: date) -> Done[int]:
    """Delete the bytes of files for good; hash, size, day, reason and who stay. Gives how many were deleted.

    Raises:
        StoreError: no reason is given, or one of them is needed longer.
    """
    wanted, reason = sorted(set(digests)), because.strip()
    if not reason:
        raise StoreError("No reason is given", "Say why they are deleted, for example by the retention schedule")
    label = f"Delete {plural(len(wanted), 'file', 'files')} of evidence: {reason}"
    with workspace.work(label) as uow:
        # Asked in the transaction that deletes: a colleague may have given one a later day.
        due = {each.stored.sha256: each for each in due_in(uow, on)}
        if not set(wanted) <= due.keys():
            raise StoreError("One of the files is needed longer", "Look at the list again, then delete what is due")
        for digest in wanted:
            uow.files.remove(digest, on, reason)
        uow.commit()
    records = tuple(
        RecordChange(STORED_FILE, digest, due[digest].stored, None, number)
        for digest in wanted
        for number in sorted({number for number, _ in due[digest].evidence})
    )
    stop = f"{plural(len(wanted), 'file was', 'files were')} deleted for good on {format_date(on)}. Undo stops here"
    return Done(len(wanted), Edit(label, records, stop, "Attach the file again, if it is needed"))
