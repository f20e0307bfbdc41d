"""Gives the elements of a part as they stream past, without keeping them and without entities."""

from collections.abc import Mapping
from typing import IO, Protocol
from xml.parsers.expat import ParserCreate

from tomsapp.exchange.sheets.bounds import MOST_ELEMENTS, Bounds

_CHUNK = 64 * 1024
_LONGEST_TAG = 1024 * 1024
_MOST_NAMES = 2_000


class ElementReader(Protocol):
    """Takes the elements of one part, in their order."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; `name` has its short prefix, and is "" where its namespace is none that is read."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters between two elements; one text may come in several pieces."""


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
    source: IO[bytes], prefixes: Mapping[str, str], reader: ElementReader, bounds: Bounds, most: int = MOST_ELEMENTS
) -> None:
    """Let `reader` take each element; `prefixes` are the namespaces that are read, with what stands before a name.

    `most` is how many elements the part may have, of those that the file may have.

    Raises:
        OfferUnreadable: it is too much, or has a document type: entities are nothing that a workbook needs.
        ExpatError: it is no XML.
    """
    names, begin, end = _Names(prefixes), reader.start, reader.end
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    most = min(MOST_ELEMENTS, bounds.elements + most)

    def start(name: str, attributes: dict[str, str]) -> None:
        bounds.elements += 1
        if bounds.elements > most:
            raise bounds.refused("is too large to be read", "Delete the sheets, rows and columns that are not needed")
        begin(names[name], attributes)

    def refuse(*_: object) -> None:
        raise bounds.strange()

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: end(names[name])
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = refuse
    fed = 0
    while chunk := source.read(_CHUNK):
        bounds.count_bytes(len(chunk))
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > _LONGEST_TAG:
            raise bounds.strange()
    parser.Parse(b"", True)
