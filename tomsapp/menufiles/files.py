"""Writing a file whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from tomsapp.config.places import check_place
from tomsapp.domain.errors import MenuError
from tomsapp.reading.held import is_held

MOST_BYTES = 5_000_000
"""The largest menu, policy or area file that is read."""

MENU_FILE = "menu.toml"
"""The file that makes a folder an edition."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, then put it there: what stood there before is lost only when this succeeds.

    Raises:
        MenuError: it cannot be written, or is the database that is open.
        UnusablePlace: this system keeps no file of that name, or takes no path so long.
    """
    check_place(path)
    if is_held(path):
        # It could be replaced on Linux and macOS: the program would work on in a file that no longer has a name.
        raise MenuError(f"{path.name} is the database that is open, and was not replaced", "Choose another name")
    temporary = path.with_name(f".{path.name}.new")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        fix = f"Check that you may write to {path.parent}, that the disk has room and that the file is not open"
        raise MenuError(f"{path.name} cannot be written ({error.strerror or error})", fix) from error
