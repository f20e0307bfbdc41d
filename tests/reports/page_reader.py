"""Reads a finished PDF back: its structure with the text of each element, where that stands, and what only decorates.

It follows the file alone (structure tree, marked content, text maps), never the code that made it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(frozen=True)
class Piece:
    """Text drawn in one go: its page from 1, its place in points, its size; `mark` is None for decoration."""

    page: int
    x: float
    y: float
    size: float
    text: str
    mark: int | None


@dataclass(eq=False)
class Node:
    """An element of the structure with its kids in reading order."""

    tag: str
    alt: str = ""
    name: str = ""
    heads: tuple[str, ...] = ()
    scope: str = ""
    span: int = 1
    kids: "list[Node | Piece]" = field(default_factory=list)
    target: int = 0
    """The page from 1 to which a link inside the document leads."""

    def pieces(self) -> Iterator[Piece]:
        for kid in self.kids:
            if isinstance(kid, Piece):
                yield kid
            else:
                yield from kid.pieces()

    def nodes(self) -> "Iterator[Node]":
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()

    @property
    def raw(self) -> str:
        return "".join(piece.text for piece in self.pieces())

    @property
    def text(self) -> str:
        return " ".join(self.raw.split())

    @property
    def paragraphs(self) -> list[str]:
        """The text of each paragraph in a cell."""
        found = [kid.text for kid in self.kids if isinstance(kid, Node) and kid.tag == "P"]
        return found or ([self.text] if self.text else [])

    def first_page(self) -> int:
        return min((piece.page for piece in self.pieces()), default=0)


@dataclass(frozen=True)
class Link:
    """A link: its page from 1, its words, and the address or the page (from 1) to which it leads."""

    page: int
    text: str
    address: str = ""
    target: int = 0


@dataclass(frozen=True)
class Sheet:
    """A page: its height in points, the text in the story, and the text of head, foot and what repeats."""

    number: int
    height: float
    story: tuple[Piece, ...]
    decoration: tuple[Piece, ...]

    @property
    def around(self) -> str:
        return " ".join("".join(piece.text + " " for piece in self.decoration).split())


@dataclass(frozen=True)
class Pages:
    """A whole PDF."""

    root: Node
    sheets: tuple[Sheet, ...]
    links: tuple[Link, ...]
    title: str

    def blocks(self) -> list[Node]:
        """The blocks of the story in order."""
        return [kid for kid in self.root.kids if isinstance(kid, Node)]


def read_pages(data: bytes) -> Pages:
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts: dict[tuple[int, int], dict[int, str]] = {}
        pieces = [list(_pieces(number, page, fonts)) for number, page in enumerate(pdf.pages, start=1)]
        marks: dict[tuple[int, int], list[Piece]] = defaultdict(list)
        for page in pieces:
            for piece in page:
                if piece.mark is not None:
                    marks[piece.page, piece.mark].append(piece)
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        root = _node(pdf.Root.StructTreeRoot.K, marks, numbers, 0)
        sheets = tuple(
            Sheet(
                number,
                float(page.mediabox[3]),
                tuple(piece for piece in own if piece.mark is not None),
                tuple(piece for piece in own if piece.mark is None),
            )
            for number, (page, own) in enumerate(zip(pdf.pages, pieces, strict=True), start=1)
        )
        links = tuple(_links(pdf, numbers))
        return Pages(root, sheets, links, str(pdf.docinfo.get("/Title", "")))


def _links(pdf: pikepdf.Pdf, numbers: dict) -> Iterator[Link]:
    for number, page in enumerate(pdf.pages, start=1):
        for note in page.obj.get("/Annots", []):
            text = str(note.get("/Contents", ""))
            if "/Dest" in note:
                yield Link(number, text, target=numbers[note.Dest[0].objgen])
            elif "/A" in note and "/URI" in note.A:
                yield Link(number, text, address=str(note.A.URI))


def _node(item: object, marks: dict, numbers: dict, page: int) -> Node:
    page = numbers[item.Pg.objgen] if "/Pg" in item else page
    table = item.get("/A", Dictionary())
    node = Node(
        str(item.S)[1:],
        str(item.get("/Alt", "")),
        str(item.get("/ID", "")),
        tuple(map(str, table.get("/Headers", []))),
        str(table.get("/Scope", ""))[1:],
        int(table.get("/ColSpan", 1)),
    )
    kids = item.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            node.kids += marks[page, kid]
        elif kid.get("/Type") == Name.MCR:
            node.kids += marks[numbers[kid.Pg.objgen], int(kid.MCID)]
        elif kid.get("/Type") == Name.OBJR and "/Dest" in kid.Obj:
            node.target = numbers[kid.Obj.Dest[0].objgen]
        elif kid.get("/Type") == Name.StructElem:
            node.kids.append(_node(kid, marks, numbers, page))
    return node


_TOKEN = re.compile(
    rb"/(?P<font>\S+) (?P<size>[\d.]+) Tf"
    rb"|(?P<x>[-\d.]+) (?P<y>[-\d.]+) (?P<move>Tm|Td)"
    rb"|/(?P<tag>\w+) <<(?P<about>.*?)>> BDC"
    rb"|(?P<end>EMC)"
    rb"|\((?P<text>(?:[^()\\]|\\.)*)\) Tj",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _unescaped(data: bytes) -> bytes:
    def plain(match: re.Match) -> bytes:
        code = match.group(1)
        return bytes([int(code, 8)]) if code.isdigit() else _ESCAPES.get(code, code)

    return _ESCAPE.sub(plain, data)


def _pieces(number: int, page: pikepdf.Page, fonts: dict) -> Iterator[Piece]:
    named = {str(name)[1:]: _letters(font, fonts) for name, font in page.Resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    size = x = y = 0.0
    mark: int | None = None
    for found in _TOKEN.finditer(page.obj.Contents.read_bytes()):
        if found["font"]:
            letters, size = named[found["font"].decode()], float(found["size"])
        elif found["move"]:
            here = float(found["x"]), float(found["y"])
            x, y = here if found["move"] == b"Tm" else (x + here[0], y + here[1])
        elif found["tag"]:
            number_of = re.search(rb"/MCID (\d+)", found["about"])
            mark = int(number_of.group(1)) if number_of else None
        elif found["end"]:
            mark = None
        elif found["text"] is not None:
            text = "".join(letters.get(code, "□") for code in _unescaped(found["text"]))
            yield Piece(number, x, y, size, text, mark)


def _letters(font: pikepdf.Object, known: dict) -> dict[int, str]:
    key = font.objgen
    if key not in known:
        found = {}
        for code, value in _PAIR.findall(font.ToUnicode.read_bytes().split(b"endcodespacerange")[-1]):
            found[int(code, 16)] = bytes.fromhex(value.decode()).decode("utf-16-be", "replace")
        known[key] = found
    return known[key]
