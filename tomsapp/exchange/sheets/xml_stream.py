"""Gives the elements of a part as they stream past, without keeping them and without entities."""

from collections.abc import Mapping
from typing import IO, Protocol
from xml.parsers.expat import ParserCreate

from tomsapp.exchange.sheets.bounds import MOST_TAGS, Bounds

_CHUNK = 64 * 1024
_LONGEST_TAG = 1024 * 1024
_MOST_NAMES = 2_000
_ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "iso-8859-1"})
"""Those in which a tag begins with the byte by which tags are counted; parts are in the first or the second."""


class ElementReader(Protocol):
    """Takes the elements of one part, in their order."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; `name` is the short one, where it has one."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters between two elements; one text may come in several pieces."""


class Prefixed:
    """Hands each element on with a short prefix before its name, and with no name where its namespace has no prefix."""

    def __init__(self, reader: ElementReader, prefixes: Mapping[str, str]) -> None:
        self._reader = reader
        self._names = _Names(prefixes)
        self.text = reader.text

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._reader.start(self._names[name], attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self._reader.end(self._names[name])


class _Names(dict[str, str]):
    """The short name of each element by the long one that the parser gives."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, long: str) -> str:
        space, _, local = long.rpartition(" ")
        prefix = self._prefixes.get(space)
        short = "" if prefix is None else prefix + local
        if len(self) < _MOST_NAMES:
            self[long] = short
        return short


def read_xml(
    source: IO[bytes],
    reader: ElementReader,
    bounds: Bounds,
    most: int = MOST_TAGS,
    names: Mapping[str, str] | None = None,
) -> None:
    """Let `reader` take each element; `names` has the short name of each that it knows, by namespace, space and name.

    `most` is how many tags the part may have, of those that the file may have.

    Raises:
        OfferUnreadable: it is too much, or has a document type: entities are nothing that a workbook needs.
        ExpatError: it is no XML.
    """
    # The parser looks each name up here, so that no step is taken for it: there are a hundred thousand.
    parser = ParserCreate(namespace_separator=" ", intern=dict(names or {}))
    parser.buffer_text = True
    most = min(MOST_TAGS, bounds.tags + most)

    def refuse(*_: object) -> None:
        raise bounds.strange()

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise bounds.strange()

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    fed = 0
    while chunk := source.read(_CHUNK):
        bounds.count_bytes(len(chunk))
        bounds.count_tags(chunk.count(b"<"), most)
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > _LONGEST_TAG:
            raise bounds.strange()
    parser.Parse(b"", True)
