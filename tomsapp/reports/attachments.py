"""Files inside a PDF: what is attached, and how it is read back from a file of unknown origin."""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf

from tomsapp.reports.errors import ReportError

MOST_BYTES: Final = 64 * 1024 * 1024
"""The most that all attachments of one PDF may hold together when they are read back."""

_MOST_NODES: Final = 10_000
_UNREADABLE: Final = ("This PDF is damaged or was not made by this program", "Ask for the file again")


class Relationship(Enum):
    """What an attached file is to the document (AFRelationship)."""

    DATA = "Data"
    SOURCE = "Source"
    SUPPLEMENT = "Supplement"


@dataclass(frozen=True)
class Attachment:
    """A file to carry inside a PDF: a plain file name, its bytes, its media type and what it holds."""

    name: str
    data: bytes
    mime: str
    description: str
    relationship: Relationship = Relationship.DATA

    def __post_init__(self) -> None:
        plain = self.name.isprintable() and not set(self.name) & set('/\\:*?"<>|')
        if not self.name.strip(". ") or not plain or len(self.name) > 200:
            raise ValueError(f"{self.name!r} is not a plain file name.")


def check_size(attachments: Sequence[Attachment]) -> None:
    """Whether files can be read back from the PDF that is to carry them.

    Raises:
        ReportError: they are larger together than a PDF may carry.
    """
    if sum(len(item.data) for item in attachments) > MOST_BYTES:
        raise ReportError(
            "The figures of this document are more than 64 MB, so that it could not be checked again",
            "Make several with fewer contracts each: choose them with the filters",
        )


def checksum(data: bytes) -> bytes:
    """The MD5 that the PDF format wants beside an embedded file; it finds damage, not forgery."""
    return hashlib.md5(data, usedforsecurity=False).digest()


def read_attachments(source: bytes | Path) -> dict[str, bytes]:
    """The files attached to a PDF by name; an empty dict where there are none.

    Raises:
        ReportError: the file cannot be opened, is no PDF, is cut off, locked or damaged, or holds too much.
    """
    data = _bytes_of(source)
    with readable(), pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        return _read_all(pdf)


def packed_figures(data: bytes) -> int:
    """How many bytes the attached files with figures (JSON) take in a PDF: the measure of how large it may be itself.

    Raises:
        ReportError: as `read_attachments`.
    """
    with readable(), pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        held = {_name_of(spec): spec for spec in _leaves(_tree(pdf))}
        return sum(len(_stream_of(spec).read_raw_bytes()) for name, spec in held.items() if name.endswith(".json"))


@contextmanager
def readable() -> Iterator[None]:
    """Reads a PDF of unknown origin: what is not as it should be in it is one error.

    Raises:
        ReportError: it is locked or damaged.
    """
    try:
        yield
    except ReportError:
        raise
    except pikepdf.PasswordError as error:
        raise ReportError("This PDF is locked with a password", "Ask for a copy without one") from error
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
        zlib.error,
    ) as error:
        # A hostile file can put any type of object anywhere; each wrong guess raises one of these.
        raise ReportError(*_UNREADABLE) from error


def made_by_version(data: bytes) -> str:
    """The version of this program that says it made a PDF; empty where another program did."""
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        producer = str(pdf.docinfo.get("/Producer", ""))
    name, _, version = producer.partition(" ")
    return version if name == "tomsapp" else ""


def _bytes_of(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        raise ReportError(f"{source.name} cannot be opened", "Check that it is there and try again") from error


def _read_all(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    room = MOST_BYTES
    for spec in _leaves(_tree(pdf)):
        name = _name_of(spec)
        if not name or name in found:
            raise ReportError(*_UNREADABLE)
        found[name] = _embedded(spec, room)
        room -= len(found[name])
    return found


def _tree(pdf: pikepdf.Pdf) -> Any:
    names = pdf.Root.get("/Names")
    return names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None


def _name_of(spec: Any) -> str:
    return str(spec.get("/UF", spec.get("/F", "")))


def _leaves(tree: Any) -> Iterator[Any]:
    """File specifications of a name tree; a tree that runs in circles is refused."""
    waiting = [tree] if tree is not None else []
    seen = 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > _MOST_NODES or not isinstance(node, pikepdf.Dictionary):
            raise ReportError(*_UNREADABLE)
        waiting.extend(reversed(list(node.get("/Kids", []))))
        yield from list(node.get("/Names", []))[1::2]


def _embedded(spec: Any, room: int) -> bytes:
    stream = _stream_of(spec)
    data = unpacked(stream, room)
    parameters: Any = stream.get("/Params", {})
    expected = parameters.get("/CheckSum")
    if int(parameters.get("/Size", len(data))) != len(data) or (
        expected is not None and bytes(expected) != checksum(data)
    ):
        raise ReportError(*_UNREADABLE)
    return data


def _stream_of(spec: Any) -> pikepdf.Stream:
    stream = spec["/EF"].get("/UF", spec["/EF"].get("/F"))
    if not isinstance(stream, pikepdf.Stream):
        raise ReportError(*_UNREADABLE)
    return stream


def unpacked(stream: pikepdf.Stream, room: int) -> bytes:
    """Unpack with a limit, so that a small file cannot fill the memory."""
    filters: Any = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        filters = filters[0] if len(filters) == 1 else None if len(filters) == 0 else "several"
    raw = stream.read_raw_bytes()
    if filters is None:
        data = raw
    elif str(filters) == "/FlateDecode" and "/DecodeParms" not in stream:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(raw, room + 1)
        if len(data) <= room and not unpacker.eof:
            raise ReportError(*_UNREADABLE)
    else:
        raise ReportError(*_UNREADABLE)
    if len(data) > room:
        raise ReportError("The files in this PDF are larger than 64 MB", "Ask for the data as separate files")
    return data
