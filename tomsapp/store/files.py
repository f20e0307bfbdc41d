"""What can be said about a database file before it is opened: whether it is one, or lies on a network share."""

import ctypes
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tomsapp.reading.held import is_held
from tomsapp.reading.kinds import TABLES, FileKind, kind_of, kind_of_file
from tomsapp.store.address import Target
from tomsapp.store.errors import NotADatabase, StoreError, Unreachable
from tomsapp.store.faults import damaged, unreachable

_HEADER = 100
_READS_LOG, _WITHOUT_LOG = 19, 1
"""The byte of the header that says how a database is read, and what stands there where that is without a log."""
_PERHAPS_DAMAGED = TABLES | {FileKind.DATABASE, FileKind.DAMAGED_PACKAGE, FileKind.UNKNOWN, FileKind.EMPTY}
"""What may be left of a database, so that it is called damaged."""
_MOUNTS = Path("/proc/self/mounts")
_SHARES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "davfs", "fuse.sshfs", "fuse.davfs2"}
    | {"fuse.gvfsd-fuse", "fuse.rclone", "fuse.glusterfs", "fuse.cephfs", "fuse.s3fs", "fuse.goofys", "fuse.gcsfuse"}
    | {"fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.smbnetfs", "fuse.kio-fuse", "fuse.curlftpfs", "fuse.nfs"}
    | {"fuse.juicefs", "fuse.moosefs", "fuse.lizardfs", "fuse.vmhgfs-fuse", "vmhgfs", "vboxsf", "prl_fs", "smb2"}
    | {"lustre", "beegfs", "gfs2", "ocfs2", "orangefs", "pvfs2", "coda", "acfs", "gpfs", "afpfs", "webdav", "macfuse"}
)
_MOUNT_SECONDS, _MOUNT_PARTS = 2, 3
_DRIVE_REMOTE = 4
_LONG, _LONG_SHARE = "\\\\?\\", "\\\\?\\UNC\\"


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


def check_readable(path: Path) -> None:
    """Whether there is a file with something in it, whatever that is.

    Raises:
        Unreachable: there is none, or it may not be read.
        NotADatabase: it is a folder, or empty.
    """
    if path.is_dir():
        raise NotADatabase(f"{path.name} is a folder", "Choose a database file")
    if not path.exists():
        raise unreachable(path.name)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise unreachable(path.name) from error
    if not path.is_file() or not size:
        raise NotADatabase(f"Nothing is left in {path.name}", "Choose another file, or restore a backup")


def has_log(path: Path) -> bool:
    """Whether a database keeps what is saved in a log at first, as its header says; yes, where that cannot be read."""
    if is_held(path):
        return True
    try:
        with path.open("rb") as file:
            return file.read(_HEADER)[_READS_LOG] != _WITHOUT_LOG
    except (OSError, IndexError):
        return True


def _not_a_database(path: Path) -> StoreError:
    kind = kind_of_file(path)
    if kind in _PERHAPS_DAMAGED:
        return damaged(path.name)
    return NotADatabase(f"{path.name} is {kind.value}, not a database", "Choose a database file")


def _stated_size(header: bytes) -> int:
    page_size = int.from_bytes(header[16:18], "big")
    return (65536 if page_size == 1 else page_size) * int.from_bytes(header[28:32], "big")


def is_on_network_share(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether `path` lies on another computer's disk, as far as this system tells."""
    if sys.platform == "win32":
        return _is_remote_drive(path)
    return _mount_type(path.absolute(), _mount_lines(mounts)) in _SHARES


def _is_remote_drive(path: Path) -> bool:
    drive = path.absolute().drive
    # How Windows writes a path of any length: \\?\C: is a drive, \\?\UNC\server\share is a share.
    drive = drive if drive.upper().startswith(_LONG_SHARE) else drive.removeprefix(_LONG)
    if drive.startswith("\\\\"):
        return True
    return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE)  # type: ignore[attr-defined]


def _mount_lines(mounts: Path) -> list[str]:
    r"""What is mounted, a line each: device, place with \\040 for a blank, file system."""
    try:
        if sys.platform == "darwin" and not mounts.exists():
            said = subprocess.run(["/sbin/mount"], capture_output=True, timeout=_MOUNT_SECONDS, check=False).stdout
            return mac_mounts(os.fsdecode(said))
        return mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except (OSError, subprocess.SubprocessError):
        return []


def mac_mounts(said: str) -> list[str]:
    """What macOS says of its mounts ("//ann@server/docs on /Volumes/docs (smbfs, nodev)"), as Linux writes it."""
    found = (re.fullmatch(r"(.*?) on (/.*) \((\w+)[^()]*\)", line) for line in said.splitlines())
    return [" ".join(part.replace(" ", "\\040") for part in at.groups()) for at in found if at]


def _mount_type(path: Path, lines: Iterable[str]) -> str:
    """The file system of the mount that is nearest above `path`; "" where the system does not say."""
    place = Path(os.path.realpath(path))
    found, kind = -1, ""
    for line in lines:
        if len(parts := line.split(" ")) < _MOUNT_PARTS:
            continue
        _device, at, file_system, *_ = parts
        point = Path(at.replace("\\040", " "))
        if place.is_relative_to(point) and len(point.parts) >= found:
            found, kind = len(point.parts), file_system
    return kind
