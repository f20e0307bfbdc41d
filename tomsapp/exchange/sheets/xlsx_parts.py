"""The parts of an Excel workbook beside its sheets: which sheets there are, the texts that they share, their styles."""

import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from tomsapp.exchange.sheets.bounds import MOST_LISTED, MOST_SHEETS, MOST_TAGS, MOST_TEXT, Bounds
from tomsapp.exchange.sheets.formats import BUILT_IN, GENERAL, CellFormat, format_of
from tomsapp.exchange.sheets.grid_maker import SheetNames
from tomsapp.exchange.sheets.values import RAISED
from tomsapp.exchange.sheets.xml_stream import ElementReader, read_branches, read_xml
from tomsapp.reading.packages import parts_of, plain_name

_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_TAKEN = (
    "sheet", "workbookPr", "si", "t", "r", "rPh", "vertAlign", "strike", "numFmt", "fonts", "font", "cellStyleXfs",
    "cellXfs", "dxfs", "xf", "row", "c", "v", "f", "is", "col", "mergeCell", "filterColumn", "comment",
)  # fmt: skip
NAMES = {
    **{f"{space} {name}": f":{name}" for space in (_MAIN, _STRICT) for name in _TAKEN},
    f"{_LINKS} Relationship": ":Relationship",
    **{f"{_THREADS} {name}": f":{name}" for name in ("threadedComment", "text")},
}
"""The elements that are read, of workbooks as Excel saves them, as “Strict Open XML” too, and of answers to notes.

No name in a file begins with a colon, so that nothing else is taken for one of them."""
_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
NOT_SET = frozenset({"", "0", "f", "false"})


@dataclass(frozen=True, slots=True)
class Link:
    """A part that another one names."""

    kind: str
    """The last word of what it is: "worksheet", "comments"."""
    part: str


class SharedText(NamedTuple):
    """A text that cells share."""

    text: str
    is_struck: bool = False
    is_part_struck: bool = False


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell shows what it holds."""

    format: CellFormat
    is_struck: bool = False


PLAIN_STYLE = CellStyle(format_of(GENERAL))


@dataclass(slots=True)
class Package:
    """An opened workbook of which parts are read by their names."""

    zip: zipfile.ZipFile
    bounds: Bounds
    _parts: Mapping[str, zipfile.ZipInfo] = field(init=False)

    def __post_init__(self) -> None:
        self._parts = parts_of(self.zip)

    @property
    def names(self) -> Iterator[str]:
        """The names of its parts."""
        return iter(self._parts)

    def read(self, part: str, reader: ElementReader, most: int = MOST_TAGS) -> None:
        """Let `reader` take a part of at most so many tags; one that is not there is empty."""
        found = self._parts.get(part)
        if found is not None:
            with self.zip.open(found) as source:
                read_xml(source, reader, self.bounds, most, NAMES)

    def read_branches(self, part: str, take: Callable[[Element], None]) -> None:
        """Let `take` have what stands two below the root of a part that is there, such as the rows of a sheet."""
        with self.zip.open(self._parts[part]) as source:
            read_branches(source, take, self.bounds, MOST_TAGS, NAMES)

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._parts

    def links(self, part: str) -> dict[str, Link]:
        """The parts that a part names, by what it calls them; those of the package itself for ""."""
        folder, name = posixpath.split(part)
        reader = _Links(folder)
        self.read(plain_name(posixpath.join(folder, "_rels", f"{name}.rels")), reader, MOST_LISTED)
        return reader.found


class _Links:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, Link] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == ":Relationship" and attributes.get("TargetMode", "") != "External":
            target = unquote(attributes.get("Target", ""))
            part = plain_name(posixpath.normpath(posixpath.join(f"/{self._folder}", target.replace("\\", "/"))))
            self.found[attributes.get("Id", "")] = Link(attributes.get("Type", "").rpartition("/")[2], part)

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    is_hidden: bool
    link: str


class BookReader:
    """Takes the list of sheets, and from when the workbook counts its days."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._names = SheetNames()
        self.sheets: list[SheetEntry] = []
        self.is_from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A sheet, or the properties of the workbook."""
        if name == ":sheet":
            if len(self.sheets) == MOST_SHEETS:
                raise self._bounds.refused(f"has more than {MOST_SHEETS} sheets", "Delete those that are not needed")
            link = next((attributes[key] for key in _IDS if key in attributes), "")
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(SheetEntry(self._names.own(attributes.get("name", "")), is_hidden, link))
        elif name == ":workbookPr":
            self.is_from_1904 = attributes.get("date1904", "") not in NOT_SET

    def end(self, name: str) -> None:
        """Nothing is to be done."""

    def text(self, text: str) -> None:
        """There is none."""


class TextReader:
    """Takes texts that may be set in several fonts: those that cells share, and those of notes."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._pieces: list[str] = []
        self._struck: list[str] = []
        self._length = 0
        self._is_text = self._is_spoken = self._is_run_struck = False
        self._raised: Mapping[int, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A piece of a text, or how it is set."""
        if name == ":t":
            self._is_text = not self._is_spoken
        elif name == ":r":
            self._is_run_struck, self._raised = False, {}
        elif name == ":vertAlign":
            self._raised = RAISED if attributes.get("val") == "superscript" else {}
        elif name == ":strike":
            self._is_run_struck = attributes.get("val", "1") not in NOT_SET
        elif name == ":rPh":
            # How a word is spoken, for Japanese.
            self._is_spoken = True

    def end(self, name: str) -> None:
        """A piece is whole."""
        if name == ":t":
            self._is_text = False
        elif name == ":rPh":
            self._is_spoken = False

    def text(self, text: str) -> None:
        """Characters of a piece."""
        if self._is_text:
            self._length += len(text)
            if self._length > MOST_TEXT:
                self._bounds.check_text(self._length)
            self._pieces.append(text.translate(self._raised) if self._raised else text)
            if self._is_run_struck:
                self._struck.append(text)

    def take(self) -> SharedText:
        """The text that was read since the last one."""
        text = "".join(self._pieces)
        found = _partly_struck(text, "".join(self._struck)) if self._struck else SharedText(text)
        self._pieces, self._struck, self._length = [], [], 0
        self._is_run_struck, self._raised = False, {}
        return found


def _partly_struck(text: str, struck: str) -> SharedText:
    """A text of which `struck` is struck out; spaces alone do not count."""
    of_all, of_struck = (len("".join(each.split())) for each in (text, struck))
    return SharedText(text, 0 < of_all == of_struck, 0 < of_struck < of_all)


class SharedTexts(TextReader):
    """Takes the texts that cells share."""

    def __init__(self, bounds: Bounds) -> None:
        super().__init__(bounds)
        self.found: list[SharedText] = []

    def end(self, name: str) -> None:
        """A piece or a whole text ends."""
        if name == ":t":
            self._is_text = False
        elif name == ":si":
            self._bounds.count_text()
            self.found.append(self.take())
        else:
            super().end(name)


class StyleReader:
    """Takes the styles of cells: the format of their numbers, and whether they are struck out."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._codes = dict(BUILT_IN)
        self._struck: list[bool] = []
        self._cells: list[tuple[int, int]] = []
        self._is_in = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A format, a font, or a style that names both."""
        if name in {":fonts", ":cellXfs", ":dxfs", ":cellStyleXfs"}:
            self._is_in = name
        elif name == ":numFmt" and self._is_in != ":dxfs":
            self._bounds.count_style()
            self._codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", GENERAL)
        elif self._is_in == ":fonts":
            if name == ":font":
                self._bounds.count_style()
                self._struck.append(False)
            elif name == ":strike":
                self._struck[-1] = attributes.get("val", "1") not in NOT_SET
        elif name == ":xf" and self._is_in == ":cellXfs":
            self._bounds.count_style()
            self._cells.append((int(attributes.get("numFmtId", "0")), int(attributes.get("fontId", "0"))))

    def end(self, name: str) -> None:
        """One kind of styles is whole."""
        if name == self._is_in:
            self._is_in = ""

    def text(self, text: str) -> None:
        """There is none."""

    def styles(self) -> Sequence[CellStyle]:
        """The styles of cells, in their order."""
        return [
            CellStyle(format_of(self._codes.get(code, GENERAL)), self._is_struck(font)) for code, font in self._cells
        ]

    def _is_struck(self, font: int) -> bool:
        return 0 <= font < len(self._struck) and self._struck[font]
