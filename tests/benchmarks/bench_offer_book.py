"""How long the workbook of a tender takes to be written, beside plain XlsxWriter writing the same cells.

The workbook is that of a lot of 80 measures and five years, as bidders get it. Plain is the best that an expert would
write who knows every cell beforehand: the same texts, numbers, days and formulas with the same formats at the same
places, without the names, lists, conditions, locks and print areas that the workbook has. Times are those of the
processor, the shortest of several rounds in turns.

Run: python -m tests.benchmarks.bench_offer_book [measures years]
To reach: within twice plain.
"""

import io
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import xlsxwriter

from tests.benchmarks import MISSED
from tests.services.council import shipped
from tests.services.tenders.build import NOW, lot, question, tender
from tomsapp.domain.tender.pack import EditionIdentity, Pack, PackIdentity
from tomsapp.domain.tender.tender_measure import TenderMeasure
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.book_layout import OfferBook, offer_book
from tomsapp.exchange.tenders.book_write import write_offer_book
from tomsapp.exchange.tenders.pack_json import PackFile

MEASURES, YEARS, WITHIN, ROUNDS = 80, 5, 2.0, 5
Sheets = list[tuple[str, list[tuple[int, int, Any, int]]]]


def made_for(measures: int, years: int) -> OfferBook:
    """The workbook of a lot of so many measures and years."""
    edition = shipped().load("barnet-open", "2026.2")
    codes = [each.code for each in edition.measures][:measures]
    asked = tuple(TenderMeasure(code, Decimal(2), "It fits what is bought") for code in codes)
    pack = Pack(
        "Larkmere Council",
        tender(),
        (lot(end_on=date(2027 + years, 3, 31)),),
        asked,
        (question(),),
        (),
        EditionIdentity(edition.code, edition.edition, edition.sha256),
        1,
        NOW,
        "A. Okafor",
    )
    file = PackFile(pack, PackIdentity("T-2026-003", 1, "ab" * 32), b"")
    return offer_book(file, edition, 1, "tomsapp benchmark")


def cells_of(data: bytes) -> tuple[Sheets, list[str]]:
    """What stands in every cell of every sheet, with the place of its format, and the formats of numbers."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    formats: dict[str, int] = {}
    sheets: Sheets = []
    for sheet in book.worksheets:
        cells = [
            (cell.row - 1, cell.column - 1, cell.value, formats.setdefault(cell.number_format, len(formats)))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.has_style
        ]
        sheets.append((sheet.title, cells))
    return sheets, list(formats)


def plain(sheets: Sheets, formats: list[str]) -> bytes:
    """The same cells, written as plainly as can be."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    made = [book.add_format({"num_format": each, "border": 1, "text_wrap": True}) for each in formats]
    for title, cells in sheets:
        sheet = book.add_worksheet(title)
        for row, column, value, place in cells:
            if value is None:
                sheet.write_blank(row, column, None, made[place])
            elif isinstance(value, datetime):
                sheet.write_datetime(row, column, value, made[place])
            elif isinstance(value, str) and value.startswith("="):
                sheet.write_formula(row, column, value, made[place])
            elif isinstance(value, str):
                sheet.write_string(row, column, value, made[place])
            else:
                sheet.write(row, column, value, made[place])
    book.close()
    return file.getvalue()


def timed(*works: Callable[[], object]) -> list[float]:
    """The least time of the processor of each, in turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for own, work in zip(times, works, strict=True):
            begun = time.process_time()
            work()
            own.append(time.process_time() - begun)
    return [min(own) for own in times]


def main(measures: int = MEASURES, years: int = YEARS) -> bool:
    """Measure and print; gives whether it is within the bound."""
    form, properties = made_for(measures, years), BookProperties("Offer", NOW)
    data = write_offer_book(form, properties)
    sheets, formats = cells_of(data)
    many = sum(len(cells) for _, cells in sheets)
    ours, bare = timed(lambda: write_offer_book(form, properties), lambda: plain(sheets, formats))
    print(
        f"workbook of {measures} measures and {years} years, {many:,} cells in {len(sheets)} sheets: "
        f"{ours:.3f} s against plain {bare:.3f} s: {ours / bare:.2f} times (within {WITHIN})"
    )
    return ours <= WITHIN * bare


if __name__ == "__main__":
    if not main(*map(int, sys.argv[1:])):
        sys.exit(MISSED)
