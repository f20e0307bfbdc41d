"""The bytes of a file that a person named, and its text: never more than is allowed, and UTF-8."""

from collections.abc import Iterator
from pathlib import Path

from tomsapp.domain.problems import Problem, Where, problem_at
from tomsapp.reading.held import is_held

MEGABYTE = 1_000_000
_PIECE = 1 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_bytes(path: Path, most: int) -> bytes | Problem:
    """The bytes of a file, or why there are none: it is missing, a folder, not readable, or over `most` bytes."""
    # A device or pipe states no size, so one byte more than is allowed is asked for.
    data = begins_with(path, most + 1)
    return data if isinstance(data, Problem) else check_size(data, path.name, most) or data


def begins_with(path: Path, most: int) -> bytes | Problem:
    """The first bytes of a file, at most so many, or why there are none: it is missing, a folder, or not readable."""
    where = Where(file=path.name)
    if is_held(path):
        return problem_at("file-in-use", f"{path.name} is the database that is open", "Choose another file", where)
    try:
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        return problem_at("missing-file", f"There is no file {path}", "Check the name and the folder", where)
    except IsADirectoryError:
        return problem_at("unreadable-file", f"{path} is a folder", "Name a file in it", where)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}"
        return problem_at("unreadable-file", message, f"Check that you may open {path}", where)


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file of any size, a part after the other; none of the database that is open.

    Raises:
        OSError: it cannot be read.
    """
    if is_held(path):
        return
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def check_size(data: bytes, file: str, most: int) -> Problem | None:
    """What is wrong with more than `most` bytes."""
    if len(data) <= most:
        return None
    message = f"The file is larger than {most // MEGABYTE} MB"
    fix = f"Check that {file or 'it'} is the file you meant"
    return problem_at("file-too-large", message, fix, Where(file=file))


def decode(data: bytes, file: str, most: int) -> str | Problem:
    """The text of a UTF-8 file with line feeds at its line ends; a byte order mark is left out."""
    too_large = check_size(data, file, most)
    if too_large is not None:
        return too_large
    skipped = len(_BYTE_ORDER_MARK) if data.startswith(_BYTE_ORDER_MARK) else 0
    try:
        return data[skipped:].decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        at = skipped + error.start
        line = data.count(b"\n", 0, at) + 1
        message = f"The file is not in UTF-8: byte {at + 1} (0x{data[at]:02X})"
        where = Where(file=file, field=f"line {line}")
        return problem_at("wrong-encoding", message, "Save it again with the encoding UTF-8", where)
