"""Reads an OpenDocument spreadsheet: its cells as LibreOffice keeps them, with what is hidden, struck out or noted."""

import zipfile

from tomsapp.exchange.sheets.bounds import Bounds
from tomsapp.exchange.sheets.ods_cells import ContentReader
from tomsapp.exchange.sheets.ods_styles import PREFIXES, StyleReader
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.sheets.xlsx_book import macros_not_run
from tomsapp.exchange.sheets.xml_stream import read_xml
from tomsapp.reading.packages import parts_of

_CONTENT, _STYLES = "content.xml", "styles.xml"
_MACROS = ("basic/", "scripts/")


def read_ods(opened: zipfile.ZipFile, bounds: Bounds, file: str) -> OpenedBook:
    """Every sheet of cells of an OpenDocument spreadsheet, in its order."""
    parts = parts_of(opened)
    styles = StyleReader(bounds)
    if _STYLES in parts:
        with opened.open(parts[_STYLES]) as source:
            read_xml(source, PREFIXES, styles, bounds)
    content = ContentReader(styles, bounds)
    with opened.open(parts[_CONTENT]) as source:
        read_xml(source, PREFIXES, content, bounds)
    has_macros = any(part.startswith(_MACROS) for part in parts)
    return OpenedBook.of(content.grids, (macros_not_run(file),) if has_macros else ())
