"""What can be said about a database file before it is opened: whether it is one, protected, or on a network share."""

import ctypes
import os
import sys
from pathlib import Path

from tomsapp.reading.held import is_held
from tomsapp.reading.kinds import TABLES, FileKind, kind_of, kind_of_file
from tomsapp.store.address import Target
from tomsapp.store.errors import NotADatabase, StoreError, Unreachable
from tomsapp.store.faults import damaged, unreachable

_HEADER = 100
_PERHAPS_DAMAGED = TABLES | {FileKind.DATABASE, FileKind.DAMAGED_PACKAGE, FileKind.UNKNOWN, FileKind.EMPTY}
"""What may be left of a database, so that it is called damaged."""
_MOUNTS = Path("/proc/self/mounts")
_SHARES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "davfs", "fuse.sshfs", "fuse.davfs2"}
    | {"fuse.gvfsd-fuse", "fuse.rclone", "fuse.glusterfs"}
)
_DRIVE_REMOTE = 4
_ANY_WRITE = 0o222


def file_at(target: Target) -> Path:
    """The file that somebody names, from the root; ~ is the folder of a user.

    Raises:
        Unreachable: there is no such user.
    """
    path = Path(str(target))
    try:
        return path.expanduser().absolute()
    except RuntimeError as error:
        raise unreachable(path.name) from error


def companions(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a database while it is in use."""
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def check_file(path: Path) -> None:
    """Whether a file can be a whole database, from its first bytes.

    Raises:
        Unreachable: there is none, or it may not be read.
        NotADatabase: it is something else, empty, or cut short.
    """
    if is_held(path):
        # It is whole enough to be open here, and must not be opened and closed beside that.
        return
    if path.is_dir():
        raise NotADatabase(f"{path.name} is a folder", "Choose a database file")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
        size = path.stat().st_size
    except PermissionError as error:
        raise Unreachable(
            f"{path.name} may not be read, or another program keeps it to itself",
            "Ask for permission to read it, or close it in the other program",
        ) from error
    except OSError as error:
        raise unreachable(path.name) from error
    if not header:
        raise NotADatabase(f"{path.name} is empty", "Choose another file, or restore it from a backup")
    if len(header) < _HEADER or kind_of(header) is not FileKind.DATABASE:
        raise _not_a_database(path)
    # With a write-ahead log beside it the file may rightly be shorter than its header says.
    if size < _stated_size(header) and not companions(path)[0].exists():
        raise NotADatabase(f"{path.name} is cut short", "Copy it again, or restore it from a backup")


def _not_a_database(path: Path) -> StoreError:
    kind = kind_of_file(path)
    if kind in _PERHAPS_DAMAGED:
        return damaged(path.name)
    return NotADatabase(f"{path.name} is {kind.value}, not a database", "Choose a database file")


def _stated_size(header: bytes) -> int:
    page_size = int.from_bytes(header[16:18], "big")
    return (65536 if page_size == 1 else page_size) * int.from_bytes(header[28:32], "big")


def is_write_protected(path: Path) -> bool:
    """Whether the file or its folder is marked as not to be written, even for an administrator who could."""
    return bool(write_protection(path))


def write_protection(path: Path) -> str:
    """Why a file can only be read, in a sentence's end, or "" where it can be written."""
    marked = "is marked as read-only"
    for each, which in ((path, "the file"), (path.absolute().parent, "its folder")):
        if not each.stat().st_mode & _ANY_WRITE:
            return f"{which} {marked}"
        if not os.access(each, os.W_OK):
            return f"you may not write to {which}"
    return ""


def is_on_network_share(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether `path` lies on another computer's disk, as far as this system tells."""
    if sys.platform == "win32":
        return _is_remote_drive(path)
    return _mount_type(path.absolute(), mounts) in _SHARES


def _is_remote_drive(path: Path) -> bool:
    drive = path.absolute().drive
    if drive.startswith("\\\\"):
        return True
    return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE)  # type: ignore[attr-defined]


def _mount_type(path: Path, mounts: Path) -> str:
    """The file system of the mount that is nearest above `path`; "" where the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    place = Path(os.path.realpath(path))
    found, kind = -1, ""
    for line in lines:
        _device, at, file_system, *_ = line.split(" ")
        point = Path(at.replace("\\040", " "))
        if place.is_relative_to(point) and len(point.parts) >= found:
            found, kind = len(point.parts), file_system
    return kind
