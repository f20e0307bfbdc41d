"""Gives the elements of a part as they stream past, without keeping them and without entities."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Protocol
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ParserCreate

from tomsapp.exchange.sheets.bounds import MOST_TAGS, Bounds

_CHUNK = 64 * 1024
_LONGEST_TAG = 1024 * 1024
_LONGEST_BRANCH, _DEEPEST_BRANCH = 20_000, 100
"""A row of a workbook has 16,384 cells at most, and little in each of them."""
_MOST_NAMES = 2_000
_ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "iso-8859-1"})
"""Those in which a tag begins with the byte by which tags are counted; parts are in the first or the second."""


class ElementReader(Protocol):
    """Takes the elements of one part, in their order; what its functions give is not looked at."""

    def start(self, name: str, attributes: dict[str, str], /) -> object:
        """An element begins; `name` is the short one, where it has one."""

    def end(self, name: str, /) -> object:
        """An element ends."""

    def text(self, text: str, /) -> object:
        """Characters between two elements; one text may come in several pieces."""


class Prefixed:
    """Hands each element on with a short prefix before its name, and with no name where its namespace has no prefix."""

    def __init__(self, reader: ElementReader, prefixes: Mapping[str, str]) -> None:
        self._reader = reader
        self._names = _Names(prefixes)
        self.text = reader.text

    def start(self, name: str, attributes: dict[str, str]) -> None:
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


class Branches:
    """Takes the elements of one part as a tree, which the parser grows without a step of this program for each of them.

    What stands two below the root, as the rows of a sheet do, is a branch. It is handed on once it is whole and let go
    of, so that no more is held than one piece of the part made, and the branch that is not whole yet. What stands one
    below the root is handed on when all its branches are gone.
    """

    def __init__(self, bounds: Bounds) -> None:
        tree = TreeBuilder()
        self.start, self.end, self.text = tree.start, tree.end, tree.data
        self._bounds = bounds
        self._top = tree.start("", {})

    def whole(self, *, is_over: bool) -> Iterator[Element]:
        """What is whole by now; all that is left where the part is over.

        Raises:
            OfferUnreadable: a branch has no end.
        """
        for root in self._top:
            for limb in root[:] if is_over else root[:-1]:
                yield from limb
                limb.clear()
                yield limb
            growing = [] if is_over else root[-1:]
            root[:] = growing
            for limb in growing:
                yield from limb[:-1]
                del limb[:-1]
                self._check_growing(limb)

    def _check_growing(self, limb: Element) -> None:
        """Refuse a branch that grows on and on, in length or in depth, before it takes the memory."""
        depth = 0
        while len(limb):
            limb, depth = limb[-1], depth + 1
            if len(limb) > _LONGEST_BRANCH or depth > _DEEPEST_BRANCH:
                raise self._bounds.strange()


def tell(element: Element, reader: ElementReader) -> None:
    """Let `reader` take what is in an element, as if it streamed past."""
    reader.text(element.text or "")
    for each in element:
        reader.start(each.tag, each.attrib)
        tell(each, reader)
        reader.end(each.tag)
        reader.text(each.tail or "")


def read_branches(
    source: IO[bytes], take: Callable[[Element], None], bounds: Bounds, most: int, names: Mapping[str, str]
) -> None:
    """Let `take` have each branch of a part, as `Branches` has it; all else is as `read_xml` says.

    Raises:
        OfferUnreadable, ExpatError: as `read_xml`, or a branch has no end.
    """
    tree = Branches(bounds)
    for is_over in _fed(source, tree, bounds, most, names):
        deque(map(take, tree.whole(is_over=is_over)), maxlen=0)


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
    for _ in _fed(source, reader, bounds, most, names or {}):
        pass


def _fed(
    source: IO[bytes], reader: ElementReader, bounds: Bounds, most: int, names: Mapping[str, str]
) -> Iterator[bool]:
    """Whether the part is over, after each piece of which `reader` took the elements."""
    # The parser looks each name up here, so that no step is taken for it: there are a hundred thousand.
    parser = ParserCreate(namespace_separator=" ", intern=dict(names))
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
        yield False
    parser.Parse(b"", True)
    yield True
