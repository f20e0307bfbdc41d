"""The files that are received: those that are named, those in folders, and those in the zip folder of a portal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tomsapp.domain.alike import natural
from tomsapp.domain.problems import Problem
from tomsapp.exchange.archive import MOST_ARCHIVE, MOST_PARTS, is_left
from tomsapp.exchange.offer_file import refusal
from tomsapp.reading import source
from tomsapp.reading.kinds import FileKind, kind_of
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.strangers import watched_by
from tomsapp.services.tenders.strange_offers import unpack
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be received.

    Attributes:
        name: with its folders as they were given, with `/`.
        folder: the folder of its supplier; empty where it is in none.
        portal_on, portal_time: when the portal had it, by the clock of the tender's zone; None and empty where that
            is not known.
    """

    name: str
    data: bytes
    folder: str = ""
    portal_on: date | None = None
    portal_time: str = ""


def find_files(paths: Iterable[Path], progress: Progress | None = None) -> tuple[FoundFile, ...]:
    """The files that are named, those of each folder, and those of each zip folder that is named.

    A zip folder that lies in a folder is a file that a supplier sent, and stays one.

    Raises:
        TomsError: a file or folder cannot be read, a zip folder cannot be unpacked, or there are too many files.
        Cancelled: nobody waits for it any more.
    """
    watched = progress or NoProgress()
    found: list[FoundFile] = []
    with watched_by(watched):
        for path in paths:
            watched.report(len(found), 0, f"Opening {path.name}")
            found += _in_folder(path) if path.is_dir() else _named(path)
            if len(found) > MOST_PARTS:
                message = f"{len(found):,} files are too many at once"
                raise StoreError(message, f"Receive at most {MOST_PARTS:,} in one go")
    return tuple(found)


def _named(path: Path) -> Iterator[FoundFile]:
    data = _bytes_of(path)
    if kind_of(data) is not FileKind.ARCHIVE:
        yield FoundFile(path.name, data)
        return
    yield from _by_suppliers([FoundFile(each.path, each.data) for each in unpack(data, path.name)])


def _in_folder(folder: Path) -> Iterator[FoundFile]:
    try:
        inside = [path for path in folder.rglob("*") if path.is_file()]
    except OSError as error:
        raise StoreError(f"{folder} cannot be read: {error.strerror or error}", "Check who may open it") from error
    names = {path: path.relative_to(folder).as_posix() for path in inside}
    wanted = sorted((path for path in inside if not is_left(names[path])), key=lambda path: natural(names[path]))
    if len(wanted) > MOST_PARTS:
        raise StoreError(f"{folder.name} has {len(wanted):,} files", f"Receive at most {MOST_PARTS:,} in one go")
    files = (FoundFile(f"{folder.resolve().name}/{names[path]}", _bytes_of(path)) for path in wanted)
    yield from _by_suppliers(list(files))


def _bytes_of(path: Path) -> bytes:
    data = source.read_bytes(path, MOST_ARCHIVE)
    if isinstance(data, Problem):
        raise refusal(data)
    return data


def _by_suppliers(files: list[FoundFile]) -> Iterator[FoundFile]:
    """The files with the folders of their suppliers: a folder around all of those is the tender's."""
    steps = [PurePosixPath(file.name).parts[:-1] for file in files]
    while steps and all(len(each) > 1 for each in steps) and len({each[0] for each in steps}) == 1:
        steps = [each[1:] for each in steps]
    for file, each in zip(files, steps, strict=True):
        yield replace(file, folder=each[0] if each else "")
