"""The files that are received: those that are named, those in folders, and those in the zip folder of a portal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tomsapp.domain.alike import natural
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem
from tomsapp.domain.tender.left_file import MOST_KEPT, WHY_LEFT, LeftFile
from tomsapp.exchange.archive import MOST_PARTS, is_left
from tomsapp.exchange.offer_file import refusal
from tomsapp.exchange.tenders.offer_identity import TOO_LARGE, Refusal
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

_MOST_AT_ONCE = 1_000_000_000
"""So many bytes are held at once."""
_LEFT = Refusal(WHY_LEFT, TOO_LARGE.ask_for)
_ASK_ITSELF = "the offer file itself, not in a zip folder; if it is the portal’s, unpack it and add the folder"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be received.

    Attributes:
        name: with its folders as they were given, with `/`.
        folder: the folder of its supplier; empty where it is in none.
        portal_on, portal_time: when the portal had it, by the clock of the tender's zone; None and empty where that
            is not known.
        refused: why it cannot be used, where that is known before anybody looks into it.
        left: what is known of a file that is too large to be kept; `data` says it then.
    """

    name: str
    data: bytes
    folder: str = ""
    portal_on: date | None = None
    portal_time: str = ""
    refused: Refusal | None = None
    left: LeftFile | None = None

    @property
    def sha256(self) -> str:
        """Of the bytes of the file itself."""
        return self.left.sha256 if self.left else sha256(self.data).hexdigest()


def find_files(paths: Iterable[Path], progress: Progress | None = None) -> tuple[FoundFile, ...]:
    """The files that are named, those of each folder, and those of each zip folder that is named.

    A zip folder that lies in a folder is a file that a supplier sent, and stays one. One that cannot be unpacked, and
    a file that is too large, are found as what is refused, with the reason.

    Raises:
        TomsError: a file or folder cannot be read, or there are too many files.
        Cancelled: nobody waits for it any more.
    """
    watched = progress or NoProgress()
    found: list[FoundFile] = []
    with watched_by(watched):
        for path in paths:
            for file in _in_folder(path, watched) if path.is_dir() else _named(path, watched):
                found.append(file)
                watched.report(len(found), 0, f"Opening {path.name}")
                _check_all(found)
    return tuple(found)


def _check_all(found: list[FoundFile]) -> None:
    if len(found) > MOST_PARTS:
        raise StoreError(f"{len(found):,} files are too many at once", f"Receive at most {MOST_PARTS:,} in one go")
    if sum(len(file.data) for file in found) > _MOST_AT_ONCE:
        raise StoreError("There is more than 1 GB in the files", "Receive them in several goes")


def _named(path: Path, watched: Progress) -> Iterator[FoundFile]:
    file = _file(path, path.name, watched)
    if file.left is not None or kind_of(file.data) is not FileKind.ARCHIVE:
        yield file
        return
    try:
        inside = unpack(file.data, path.name)
    except TomsError as error:
        yield replace(file, refused=Refusal(error.message, _ASK_ITSELF))
        return
    yield from _by_suppliers([FoundFile(each.path, each.data) for each in inside])


def _in_folder(folder: Path, watched: Progress) -> Iterator[FoundFile]:
    try:
        inside = [path for path in folder.rglob("*") if path.is_file()]
    except OSError as error:
        raise StoreError(f"{folder} cannot be read: {error.strerror or error}", "Check who may open it") from error
    names = {path: path.relative_to(folder).as_posix() for path in inside}
    wanted = sorted((path for path in inside if not is_left(names[path])), key=lambda path: natural(names[path]))
    if len(wanted) > MOST_PARTS:
        raise StoreError(f"{folder.name} has {len(wanted):,} files", f"Receive at most {MOST_PARTS:,} in one go")
    files: list[FoundFile] = []
    for path in wanted:
        watched.report(len(files), len(wanted), f"Opening {path.name}")
        files.append(_file(path, f"{folder.resolve().name}/{names[path]}", watched))
        _check_all(files)
    yield from _by_suppliers(files)


def _file(path: Path, name: str, watched: Progress) -> FoundFile:
    data = source.read_bytes(path, MOST_KEPT)
    if not isinstance(data, Problem):
        return FoundFile(name, data)
    if data.code != "file-too-large" or not path.is_file():
        raise refusal(data)
    left = _left_of(path, watched)
    return FoundFile(name, left.note, refused=_LEFT, left=left)


def _left_of(path: Path, watched: Progress) -> LeftFile:
    """The size and the SHA-256 of a file that is too large to be held."""
    size, digest = 0, sha256()
    try:
        for piece in source.pieces_of(path):
            digest.update(piece)
            size += len(piece)
            watched.report(0, 0, f"Looking at {path.name}")
    except OSError as error:
        raise StoreError(f"{path.name} cannot be read: {error.strerror or error}", "Check who may open it") from error
    return LeftFile(size, digest.hexdigest())


def _by_suppliers(files: list[FoundFile]) -> Iterator[FoundFile]:
    """The files with the folders of their suppliers: a folder around all of those is the tender's."""
    steps = [PurePosixPath(file.name).parts[:-1] for file in files]
    while steps and all(len(each) > 1 for each in steps) and len({each[0] for each in steps}) == 1:
        steps = [each[1:] for each in steps]
    for file, each in zip(files, steps, strict=True):
        yield replace(file, folder=each[0] if each else "")
