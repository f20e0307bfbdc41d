"""Reads an OpenDocument spreadsheet: its cells as LibreOffice keeps them, with what is hidden, struck out or noted."""

import zipfile

from tomsapp.exchange.sheets.bounds import Bounds
from tomsapp.exchange.sheets.ods_cells import ContentReader
from tomsapp.exchange.sheets.ods_styles import PREFIXES, StyleReader
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.sheets.xml_stream import Prefixed, read_xml
from tomsapp.reading.packages import parts_of

_CONTENT, _STYLES = "content.xml", "styles.xml"
_MACROS = ("basic/", "scripts/")


def read_ods(opened: zipfile.ZipFile, bounds: Bounds, file: str) -> OpenedBook:
    """Every sheet of cells of an OpenDocument spreadsheet, in its order."""
    parts = parts_of(opened)
    styles = StyleReader(bounds)
    if _STYLES in parts:
        with opened.open(parts[_STYLES]) as source:
            read_xml(source, Prefixed(styles, PREFIXES), bounds)
    content = ContentReader(styles, bounds, file)
    with opened.open(parts[_CONTENT]) as source:
        read_xml(source, Prefixed(content, PREFIXES), bounds)
    return content.made.book(has_macros=any(part.startswith(_MACROS) for part in parts))
