"""Opens any file with a table in it, and refuses what is hostile, damaged or something else by its right name."""

import zipfile
from collections.abc import Callable, Collection
from functools import partial
from xml.parsers.expat import ExpatError

from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, refusal
from tomsapp.exchange.sheets.bounds import Bounds
from tomsapp.exchange.sheets.ods_book import read_ods
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.sheets.text_table import read_text_table
from tomsapp.exchange.sheets.xlsx_book import read_xlsx
from tomsapp.reading.kinds import TABLES, WORKBOOKS, FileKind, kind_of, wrong_kind
from tomsapp.reading.packages import DAMAGE, open_package
from tomsapp.reading.source import check_size

_DAMAGED = (*DAMAGE, ArithmeticError, ExpatError, TypeError)
"""What is raised on a workbook that breaks the format."""
_Reader = Callable[[zipfile.ZipFile, Bounds, str], OpenedBook]


def open_table(data: bytes, file: str) -> OpenedBook:
    """The sheets of a workbook, an OpenDocument spreadsheet or a table in text.

    Raises:
        OfferUnreadable: it is something else, encrypted, damaged, or too much; says what it is and what to do.
    """
    return _opened(data, file, "a table (XLSX, ODS or CSV)", is_text_read=True)


def open_workbook(data: bytes, file: str, unread: Collection[str] = frozenset()) -> OpenedBook:
    """The sheets of a workbook or an OpenDocument spreadsheet; of an Excel workbook those not whose names are `unread`.

    Raises:
        OfferUnreadable: as `open_table`, or it is text.
    """
    return _opened(data, file, "a workbook", is_text_read=False, unread=unread)


def _opened(
    data: bytes, file: str, words: str, *, is_text_read: bool, unread: Collection[str] = frozenset()
) -> OpenedBook:
    too_large = check_size(data, file, MOST_BYTES)
    if too_large is not None:
        raise refusal(too_large)
    kind = kind_of(data)
    if kind in WORKBOOKS:
        return _packed(partial(read_xlsx, unread=unread) if kind is FileKind.WORKBOOK else read_ods, data, file)
    if is_text_read and kind in TABLES:
        return read_text_table(data, file)
    raise refusal(wrong_kind(kind, file, words))


def _packed(read: _Reader, data: bytes, file: str) -> OpenedBook:
    name = file or "The workbook"
    try:
        with open_package(data) as package:
            return read(package, Bounds(name), file)
    except _DAMAGED as error:
        raise OfferUnreadable(f"{name} is damaged or incomplete", "Ask for the file again") from error
