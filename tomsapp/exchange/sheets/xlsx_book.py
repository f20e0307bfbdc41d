"""Reads an Excel workbook: values, formulas, merged and hidden cells, notes, and nothing that no offer needs.

Parts are found by what the workbook says of them and not by their names. Macros, queries and labels are not looked at.
"""

import zipfile
from collections.abc import Collection, Iterator, Mapping

from tomsapp.exchange.grid import Grid
from tomsapp.exchange.sheets.bounds import MOST_LISTED, Bounds, SheetTooLarge
from tomsapp.exchange.sheets.grid_maker import GridMaker
from tomsapp.exchange.sheets.opened import BookMaker, OpenedBook
from tomsapp.exchange.sheets.xlsx_parts import BookReader, Link, Package, SharedTexts, StyleReader, TextReader
from tomsapp.exchange.sheets.xlsx_sheet import BookLooks, SheetReader, TableReader, cell_spot

_USUAL = "xl/workbook.xml"


def read_xlsx(opened: zipfile.ZipFile, bounds: Bounds, file: str, unread: Collection[str] = frozenset()) -> OpenedBook:
    """Every sheet of cells of a workbook, in its order.

    Those whose names are `unread` come without their cells; then it is not told either how numbers are shown.
    """
    package = Package(opened, bounds)
    named = (link.part for link in package.links("").values() if link.kind == "officeDocument")
    book = next(named, _USUAL)
    if not package.has(book):
        raise KeyError(book)
    reader = BookReader(bounds)
    package.read(book, reader, MOST_LISTED)
    if not reader.sheets:
        raise ValueError(book)
    links = package.links(book)
    looks = _looks(package, links, is_from_1904=reader.is_from_1904, shows_numbers=not unread)
    made = BookMaker(file)
    for sheet in reader.sheets:
        link = links.get(sheet.link)
        # A sheet that is a chart has no cells.
        if link is None or link.kind != "worksheet" or not package.has(link.part):
            continue
        if sheet.name in unread:
            made.add(Grid(sheet.name, (), is_hidden=sheet.is_hidden))
            continue
        try:
            made.add(_sheet(package, link.part, GridMaker(sheet.name, bounds, is_hidden=sheet.is_hidden), looks))
        except SheetTooLarge as error:
            made.leave(error)
    return made.book(has_macros=any(part.endswith("vbaproject.bin") for part in package.names))


def _looks(package: Package, links: Mapping[str, Link], *, is_from_1904: bool, shows_numbers: bool) -> BookLooks:
    """The texts and styles that the sheets share."""
    texts, styles = SharedTexts(package.bounds), StyleReader(package.bounds)
    for part in _parts(links, "sharedStrings"):
        package.read(part, texts)
    for part in _parts(links, "styles"):
        package.read(part, styles)
    return BookLooks(texts.found, styles.styles(), is_from_1904, shows_numbers)


def _parts(links: Mapping[str, Link], kind: str) -> Iterator[str]:
    return (link.part for link in links.values() if link.kind == kind)


def _sheet(package: Package, part: str, maker: GridMaker, looks: BookLooks) -> Grid:
    package.read_branches(part, SheetReader(maker, looks).take)
    links = package.links(part)
    for table in _parts(links, "table"):
        package.read(table, TableReader(maker))
    notes, threads = _Notes(package.bounds), _Threads(package.bounds)
    for each in _parts(links, "comments"):
        package.read(each, notes)
    for each in _parts(links, "threadedComment"):
        package.read(each, threads)
    # Excel keeps a thread as a note too, for programs that know no threads.
    for spot, texts in {**notes.found, **threads.found}.items():
        maker.note(*cell_spot(spot), "\n".join(texts))
    return maker.grid()


class _Notes(TextReader):
    """Takes the notes on cells."""

    begins = ":comment"
    words = ":t"

    def __init__(self, bounds: Bounds) -> None:
        super().__init__(bounds)
        self.found: dict[str, list[str]] = {}
        self._spot = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self.begins:
            self._spot = attributes.get("ref", "")
        super().start(":t" if name == self.words else name, attributes)

    def end(self, name: str) -> None:
        super().end(":t" if name == self.words else name)
        if name == self.begins:
            self._bounds.count_note()
            self.found.setdefault(self._spot, []).append(self.take().text.strip())


class _Threads(_Notes):
    """Takes what is written in the threads of cells."""

    begins = ":threadedComment"
    words = ":text"
