"""Packages (zip): workbooks and OpenDocument files are such, and only a little of one is read to know what it is."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

MOST_DIRECTORY = 1_000_000
"""The bytes of the list of parts of a package; the largest workbooks have a tenth of it."""

DAMAGE = (zipfile.BadZipFile, EOFError, LookupError, OSError, RuntimeError, ValueError, struct.error, zlib.error)
"""What the reader of packages raises on one that breaks the format."""

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_END_REACH = 22 + 0xFFFF
_IN_END_64 = 0xFFFFFFFF


class TooManyParts(Exception):
    """A package with more parts than any spreadsheet program writes."""


def open_package(data: bytes) -> zipfile.ZipFile:
    """The package, of which nothing is unpacked yet.

    Raises:
        TooManyParts: its list of parts alone would take long to read.
        BadZipFile: or another of `DAMAGE`.
    """
    if _directory_size(data) > MOST_DIRECTORY:
        raise TooManyParts
    return zipfile.ZipFile(io.BytesIO(data))


def parts_of(package: zipfile.ZipFile) -> Mapping[str, zipfile.ZipInfo]:
    """The parts by their names, in small letters and with `/`: capitals do not part names in a package."""
    return {plain_name(part.filename): part for part in package.infolist()}


def plain_name(name: str) -> str:
    """The name of a part as `parts_of` has it."""
    return name.replace("\\", "/").lstrip("/").lower()


def head_of(package: zipfile.ZipFile, part: zipfile.ZipInfo | None, most: int) -> bytes:
    """The first bytes of a part; none where it is missing."""
    if part is None:
        return b""
    with package.open(part) as source:
        return source.read(most)


def _directory_size(data: bytes) -> int:
    """How many bytes the list of parts has, as the package says at its end."""
    at = data.rfind(_END, max(0, len(data) - _END_REACH))
    if at < 0:
        return 0
    (size,) = struct.unpack_from("<I", data, at + 12)
    if size != _IN_END_64:
        return int(size)
    far = data.rfind(_END_64, 0, at)
    return int(struct.unpack_from("<Q", data, far + 40)[0]) if far >= 0 else 0
