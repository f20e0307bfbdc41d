"""Pictures of charts as files."""

from pathlib import Path

from tomsapp.menufiles.files import write_whole

ENDING = ".png"


def save_picture(data: bytes, path: Path) -> Path:
    """Write a PNG picture; gives the path that was written.

    Raises:
        TomsError: the file cannot be written; says what to do.
    """
    target = path if path.suffix.lower() == ENDING else path.with_name(f"{path.name}{ENDING}")
    write_whole(target, data)
    return target
