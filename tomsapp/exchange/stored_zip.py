"""A zip folder whose parts are not packed, written in one way alone, so that every byte of it is held to something.

Any program can look into it. What changed of it is found and named: a part, what stands before one, or the list of
parts at its end.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32

_HEAD = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_MADE_BY, _NO_DAY = 20, 33
"""The version of the format, and 1 January 1980: the parts have no day of their own."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._/-]{0,99}", re.ASCII)
MOST_BYTES = 2_000_000_000
"""The format counts in 32 bits; more than this no evaluation has."""
MOST_PARTS = 10_000
LIST = "the list of its parts, at its end"


@dataclass(frozen=True, slots=True)
class StoredParts:
    """What a folder holds, and what of it is not as it was written.

    Attributes:
        parts: by name, in their order; those that are damaged too. None where the list of them is damaged.
        changed: what was changed, in words.
    """

    parts: Mapping[str, bytes]
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Listed:
    name: str
    crc: int
    size: int
    at: int


def write_stored(parts: Mapping[str, bytes]) -> bytes:
    """The folder with these parts in this order, the same bytes for the same parts.

    Raises:
        ValueError: a name has other signs than small letters, digits, `.`, `_`, `-` and `/`, or there is too much.
    """
    if sum(map(len, parts.values())) > MOST_BYTES or len(parts) > MOST_PARTS:
        raise ValueError("too much")
    written: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for name, data in parts.items():
        if not _NAME.fullmatch(name):
            raise ValueError(name)
        crc = crc32(data)
        listed.append(_entry(_Listed(name, crc, len(data), at)))
        head = _head(name, crc, len(data))
        written += [head, data]
        at += len(head) + len(data)
    return b"".join([*written, *listed, _end(len(listed), sum(map(len, listed)), at)])


def _head(name: str, crc: int, size: int) -> bytes:
    told = _HEAD.pack(b"PK\x03\x04", _MADE_BY, 0, 0, 0, _NO_DAY, crc, size, size, len(name), 0)
    return told + name.encode("ascii")


def _entry(part: _Listed) -> bytes:
    told = (_MADE_BY, _MADE_BY, 0, 0, 0, _NO_DAY, part.crc, part.size, part.size, len(part.name), 0, 0, 0, 0, 0)
    return _ENTRY.pack(b"PK\x01\x02", *told, part.at) + part.name.encode("ascii")


def _end(count: int, size: int, at: int) -> bytes:
    return _END.pack(b"PK\x05\x06", 0, 0, count, count, size, at, 0)


def is_stored(data: bytes) -> bool:
    """Whether bytes begin as such a folder does, as other packages do too."""
    return data.startswith(b"PK\x03\x04")


def first_part(head: bytes) -> str:
    """The name of the first part of a folder whose first bytes these are; empty where they are none."""
    if not is_stored(head) or len(head) < _HEAD.size:
        return ""
    length = _HEAD.unpack_from(head)[-2]
    return head[_HEAD.size : _HEAD.size + length].decode("ascii", "replace")


def read_stored(data: bytes) -> StoredParts:
    """The parts of a folder, and what of it is not as `write_stored` wrote it."""
    listed = _listed(data)
    if listed is None:
        return StoredParts({}, (LIST,))
    parts: dict[str, bytes] = {}
    changed: list[str] = []
    for part in listed:
        begins = part.at + len(_head(part.name, part.crc, part.size))
        content = data[begins : begins + part.size]
        parts[part.name] = content
        changed += _changed(part, data[part.at : begins], crc32(content))
    return StoredParts(parts, tuple(dict.fromkeys(changed)))


def _changed(part: _Listed, head: bytes, crc: int) -> Iterator[str]:
    """What of one part is not as it was: two of its three checksums that agree say which the third is."""
    is_head_as_listed = head == _head(part.name, part.crc, part.size)
    if crc == part.crc and is_head_as_listed:
        return
    if head == _head(part.name, crc, part.size):
        yield LIST
    elif head[: _HEAD.size] == _head(part.name, crc, part.size)[: _HEAD.size]:
        yield f"the name of its part {part.name}"
    elif crc == part.crc:
        yield f"what stands before its part {part.name}"
    else:
        yield f"its part {part.name}"


def _listed(data: bytes) -> list[_Listed] | None:
    """The parts as the list at the end has them; None where it is not as it was written."""
    end = len(data) - _END.size
    if end < 0:
        return None
    _, _, _, count, _, size, at, _ = _END.unpack_from(data, end)
    if data[end:] != _end(count, size, at) or at + size != end or count > MOST_PARTS:
        return None
    listed: list[_Listed] = []
    begins, place = 0, at
    for _ in range(count):
        part = _one(data, place, begins)
        if part is None:
            return None
        listed.append(part)
        begins += len(_head(part.name, part.crc, part.size)) + part.size
        place += len(_entry(part))
    names = {part.name for part in listed}
    return listed if begins == at and place == end and len(names) == count else None


def _one(data: bytes, place: int, begins: int) -> _Listed | None:
    """One entry of the list; None where it is none that `write_stored` writes."""
    if place + _ENTRY.size > len(data):
        return None
    fields = _ENTRY.unpack_from(data, place)
    crc, size, length = fields[7], fields[8], fields[10]
    name = data[place + _ENTRY.size : place + _ENTRY.size + length].decode("ascii", "replace")
    part = _Listed(name, crc, size, begins)
    is_written = bool(_NAME.fullmatch(name)) and data[place : place + _ENTRY.size + length] == _entry(part)
    return part if is_written else None
