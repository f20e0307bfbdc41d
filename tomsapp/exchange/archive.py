"""The files in a zip folder, as a tendering portal hands out what it received: a folder for each supplier."""

import zipfile
from dataclasses import dataclass

from tomsapp.domain.wording import plural
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.reading.packages import DAMAGE, TooManyParts, open_package
from tomsapp.reading.source import MEGABYTE

MOST_ARCHIVE = 100 * MEGABYTE
"""The largest zip folder that is unpacked."""
MOST_UNPACKED = 200 * MEGABYTE
"""The most bytes that are taken out of one."""
MOST_PARTS = 1_000
_ENCRYPTED = 0x1
_BY_HAND = "Unpack it, and give the folder instead"
_LEFT = (".", "~$", "__MACOSX")
_LEFT_NAMES = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file of a zip folder; `path` has its folders, with `/`."""

    path: str
    data: bytes


def is_left(path: str) -> bool:
    """Whether a file is none that somebody sends: other programs lay it beside those that are open, or into folders."""
    parts = path.split("/")
    return any(part.startswith(_LEFT) for part in parts) or parts[-1].lower() in _LEFT_NAMES


def files_in(data: bytes, file: str) -> tuple[ArchivedFile, ...]:
    """The files in a zip folder, in the order in which it lists them.

    Raises:
        OfferUnreadable: it is no zip folder, damaged, has a password, or there is too much in it.
    """
    try:
        with open_package(data) as package:
            return _files(package, file)
    except TooManyParts as error:
        raise OfferUnreadable(f"There are too many files in {file}", _BY_HAND) from error
    except DAMAGE as error:
        raise OfferUnreadable(f"{file} is damaged, or no zip folder", "Download it again from the portal") from error


def _files(package: zipfile.ZipFile, file: str) -> tuple[ArchivedFile, ...]:
    parts = [(part, path) for part in package.infolist() if not part.is_dir() and not is_left(path := _path(part))]
    if len(parts) > MOST_PARTS:
        message = f"{file} has {plural(len(parts), 'file')}, and at most {MOST_PARTS:,} are read at once"
        raise OfferUnreadable(message, _BY_HAND)
    if any(part.flag_bits & _ENCRYPTED for part, _ in parts):
        raise OfferUnreadable(f"{file} has a password", _BY_HAND)
    found: list[ArchivedFile] = []
    left = MOST_UNPACKED
    for part, path in parts:
        # What a part says of its own size is not believed.
        with package.open(part) as source:
            content = source.read(left + 1)
        if len(content) > left:
            message = f"There is more than {MOST_UNPACKED // MEGABYTE} MB in {file}"
            raise OfferUnreadable(message, _BY_HAND)
        left -= len(content)
        found.append(ArchivedFile(path, content))
    return tuple(found)


def _path(part: zipfile.ZipInfo) -> str:
    """The name of a part with its folders, without what no server can keep."""
    text = "".join(char if char.isprintable() else "�" for char in part.filename.replace("\\", "/"))
    return "/".join(step for step in text.split("/") if step not in {"", ".", ".."})
