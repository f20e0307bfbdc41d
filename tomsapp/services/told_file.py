"""What a command says, in a file instead of on the console."""

from pathlib import Path

from tomsapp.menufiles.files import write_whole


def write_told(path: Path, text: str) -> None:
    """Write a text in UTF-8, whole or not at all.

    Raises:
        TomsError: it cannot be written, is the database that is open, or this system keeps no file of that name.
    """
    write_whole(path, text.encode("utf-8"))
