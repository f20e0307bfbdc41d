"""Writes a finished PDF in one step: the old file stays until the new one is complete."""

import contextlib
import errno
import os
import secrets
from pathlib import Path
from typing import Final

from tomsapp.config.places import check_place
from tomsapp.reading.held import is_held
from tomsapp.reports.errors import ReportError

_REASONS: Final = {
    errno.ENOSPC: "There is no room left on the disk. Free some space or choose another folder",
    errno.EDQUOT: "Your share of the disk is full. Free some space or choose another folder",
    errno.ENOENT: "The folder does not exist. Choose another folder",
    errno.ENOTDIR: "The folder does not exist. Choose another folder",
    errno.EROFS: "The folder is read-only. Choose another folder",
    errno.EISDIR: "A folder has this name. Choose another name",
    errno.ENAMETOOLONG: "The name is too long. Choose a shorter one",
}


def write_pdf(path: Path, data: bytes) -> None:
    """Write a PDF under its name; after a failure the file that was there is untouched.

    Raises:
        ReportError: the file is open elsewhere or is the database that is open, the folder cannot be written to, or
            the disk is full.
        UnusablePlace: this system keeps no file of that name, or takes no path so long.
    """
    check_place(path)
    if is_held(path):
        raise ReportError(f"{path.name} is the database that is open, and was not replaced", "Choose another name")
    try:
        _replace(path, data)
    except OSError as error:
        raise ReportError(f"{path.name} was not saved", _advice(path, error)) from error


def _replace(path: Path, data: bytes) -> None:
    # An ordinary new file, not one from tempfile: that would be closed to colleagues in a shared folder.
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _advice(path: Path, error: OSError) -> str:
    if path.is_dir():
        return _REASONS[errno.EISDIR]
    if isinstance(error, PermissionError):
        if path.exists():
            return "It may be open in another program, or the folder is read-only. Close it or choose another name"
        return "You may not write to this folder. Choose another folder"
    return _REASONS.get(error.errno or 0, "Choose another folder and try again")
