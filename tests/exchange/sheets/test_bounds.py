"""Small files that would grow without end are refused by their right name, while they stream past."""

import gc
import io
import subprocess
import sys
import time
import zipfile

import openpyxl
import pytest

from tests.exchange.books import book_of, edited, saved
from tests.exchange.sheets.odf import cell, number, ods, row, table, text_cell
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.sheets import bounds
from tomsapp.exchange.sheets.opening import open_table

SHEET, BOOK, STYLES, LINKS = (
    "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels",
)  # fmt: skip
PLAIN = book_of(["S08", 40, 40])
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WITHIN = 8
"""Seconds of the processor, for slow machines on which coverage is measured; it takes less than one here."""


def sheet(change):
    return edited(PLAIN, SHEET, change)


def merged(where, times=1):
    part = b'<mergeCell ref="%s"/>' % where * times
    return sheet(lambda xml: xml.replace(b"</sheetData>", b"</sheetData><mergeCells>%s</mergeCells>" % part))


def rows(xml):
    return sheet(lambda old: old.replace(b"</sheetData>", xml + b"</sheetData>"))


def styles(xml):
    return edited(PLAIN, STYLES, lambda old: old.replace(b"</styleSheet>", xml + b"</styleSheet>"))


def texts(xml):
    link = b'<Relationship Id="t1" Type="x/sharedStrings" Target="texts.xml"/></Relationships>'
    data = edited(PLAIN, LINKS, lambda old: old.replace(b"</Relationships>", link))
    return edited(data, "xl/texts.xml", lambda _: b'<sst xmlns="%s">%s</sst>' % (MAIN, xml))


def notes(times):
    link = b'<Relationships xmlns="%s"><Relationship Id="n" Type="x/comments" Target="/n.xml"/></Relationships>' % (
        b"http://schemas.openxmlformats.org/package/2006/relationships"
    )
    data = edited(PLAIN, "xl/worksheets/_rels/sheet1.xml.rels", lambda _: link)
    return edited(
        data, "n.xml", lambda _: b'<comments xmlns="%s">%s</comments>' % (MAIN, b'<comment ref="A1"/>' * times)
    )


def wide(xml):
    """A part in UTF-16, as the format allows it too."""
    return xml[xml.index(b"<worksheet") :].decode().encode("utf-16")


def doctype(xml):
    return xml.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)


def many_parts():
    file = io.BytesIO(PLAIN)
    with zipfile.ZipFile(file, "a") as package:
        for place in range(30_000):
            package.writestr(f"{place}", "")
    return file.getvalue()


COLUMN = b'<col min="1" max="16384" hidden="1"/>'
FILLED = b"<row><c><v>1</v></c></row>"
BOMBS = {
    "rows": (lambda: rows(FILLED * 5_101), "sheet Sheet1, has more than 5,100 rows", "Delete those"),
    "cells": (
        lambda: rows((b"<row>" + b"<c/>" * 200 + b"</row>") * 5_000),
        "more than 300,000 cells",
        "empty ones too",
    ),
    "cells of one row": (
        lambda: rows(b"<row>" + b"<c/>" * 900_000 + b"</row>"),
        "parts that no spreadsheet program writes",
        "save it",
    ),
    "elements": (lambda: rows(b"<row/>" * 2_000_000), "too large to be read", "Delete the sheets"),
    "far row": (
        lambda: sheet(lambda xml: xml.replace(b'r="A2"', b'r="A400000"')),
        "row 400,000, column 1",
        "empty ones",
    ),
    "far column": (lambda: sheet(lambda xml: xml.replace(b'r="B2"', b'r="ZZ2"')), "column 702", ""),
    "merged": (lambda: merged(b"A1:XFD1048576"), "has 17,179,869,184 merged cells", "Split"),
    "merged in small letters": (lambda: merged(b"a1:xfd1048576"), "17,179,869,184 merged cells", "Split"),
    "merged in entities": (lambda: merged(b"&#65;1:XFD1048576"), "17,179,869,184 merged cells", "Split"),
    "merged from the end": (lambda: merged(b"$XFD$1048576:$A$1"), "17,179,869,184 merged cells", "Split"),
    "merged ranges": (lambda: merged(b"A1:B1", 10_001), "more than 10,000 merged ranges", "Split"),
    "far merged": (lambda: merged(b"A900000:B900000"), "has its last cell in row 900,000, column 2", "Delete"),
    "styles": (
        lambda: styles(b"<cellXfs>" + b"<xf/>" * 2_000_000 + b"</cellXfs>"),
        "more than 65,500 styles",
        "new workbook",
    ),
    "fonts": (lambda: styles(b"<fonts>" + b"<font/>" * 100_000 + b"</fonts>"), "more than 65,500 styles", ""),
    "formats": (lambda: styles(b"<numFmt/>" * 100_000), "more than 65,500 styles", ""),
    "one text": (
        lambda: texts(b"<si>" + b"<r><t>a</t></r>" * 3_000_000 + b"</si>"),
        "more than 32,767 characters",
        "Shorten",
    ),
    "texts": (lambda: texts(b"<si/>" * 400_000), "more than 300,000 texts", ""),
    "value": (
        lambda: rows(b'<row><c t="str"><v>' + b"a" * 40_000 + b"</v></c></row>"),
        "more than 32,767 characters",
        "",
    ),
    "notes": (lambda: notes(10_001), "more than 10,000 notes", "Delete the notes"),
    "sheets": (
        lambda: edited(PLAIN, BOOK, lambda xml: xml.replace(b"<sheets>", b"<sheets>" + b"<sheet/>" * 500)),
        "more than 500 sheets",
        "Delete those",
    ),
    "bytes": (lambda: rows(b" " * 70_000_000), "unpacks to more than 60 MB", "Delete rows and sheets"),
    "attribute": (
        lambda: rows(b'<row r="' + b"1" * 2_000_000 + b'"/>'),
        "parts that no spreadsheet program writes",
        "save it",
    ),
    "an encoding in which tags are not counted": (
        lambda: sheet(lambda xml: b'<?xml version="1.0" encoding="cp037"?>' + xml[xml.index(b"<worksheet") :]),
        "parts that no spreadsheet program writes",
        "save it",
    ),
    "tags in UTF-16": (
        lambda: sheet(lambda xml: wide(xml.replace(b"</sheetData>", b"<row></row>" * 1_000_000 + b"</sheetData>"))),
        "too large to be read",
        "",
    ),
    "entities": (lambda: sheet(doctype), "parts that no spreadsheet program writes", "save it"),
    "columns": (
        lambda: sheet(lambda xml: xml.replace(b"<sheetData>", b"<cols>" + COLUMN * 20_001 + b"</cols><sheetData>")),
        "more than 20,000 ranges of columns",
        "new workbook",
    ),
    "defined names": (
        lambda: edited(PLAIN, BOOK, lambda xml: xml.replace(b"</sheets>", b"</sheets>" + b"<definedName/>" * 200_000)),
        "too large to be read",
        "",
    ),
    "links": (
        lambda: edited(
            PLAIN, LINKS, lambda xml: xml.replace(b"</Relationships>", b"<r/>" * 200_000 + b"</Relationships>")
        ),
        "too large to be read",
        "",
    ),
    "depth": (lambda: rows(b"<a>" * 3_000_000), "parts that no spreadsheet program writes", ""),
    "names": (lambda: rows(b"".join(b"<a%d/>" % place for place in range(5_000)) + FILLED * 5_101), "5,100 rows", ""),
    "parts": (many_parts, "is a package of another kind", ""),
    "ods rows": (
        lambda: ods(table(row("x", attributes='table:number-rows-repeated="1048576"'))),
        "sheet Offer, has more than 5,100 rows",
        "",
    ),
    "ods columns": (
        lambda: ods(table(row(cell('table:number-columns-repeated="99999999999" office:value-type="string"')))),
        "row 1, column 201",
        "",
    ),
    "ods cells": (
        lambda: ods(table(row(*[text_cell("x")] * 150, attributes='table:number-rows-repeated="4000"'))),
        "more than 300,000 cells",
        "",
    ),
    "ods merged": (
        lambda: ods(table(row(cell('table:number-columns-spanned="16384" table:number-rows-spanned="1048576"')))),
        "17,179,869,184 merged cells",
        "",
    ),
    "ods spaces": (lambda: ods(table(row(cell("", '<text:p><text:s text:c="999999999"/></text:p>')))), "32,767", ""),
    "ods words": (
        lambda: ods(table(row(cell("", "<text:p><text:span>x</text:span></text:p>" * 40_000)))),
        "32,767",
        "",
    ),
    "ods styles": (lambda: ods("", "<style:style/>" * 70_000), "more than 65,500 styles", ""),
    "ods sheets": (lambda: ods(table("") * 501), "more than 500 sheets", "Delete those"),
    "ods number": (lambda: ods(table(row(number("1" * 5_000)))), "damaged or incomplete", ""),
    "power": (lambda: rows(b"<row><c><v>1E9999</v></c></row>"), "damaged or incomplete", ""),
    "number": (lambda: rows(b"<row><c><v>" + b"1" * 5_000 + b"</v></c></row>"), "damaged or incomplete", ""),
}


@pytest.mark.parametrize(("make", "words", "advice"), BOMBS.values(), ids=BOMBS)
def test_what_would_grow_is_refused_by_its_name_in_no_time(make, words, advice):
    data = make()
    gc.freeze()  # what thousands of other tests left behind is not looked through here, as it is not in the room
    try:
        begun = time.process_time()
        with pytest.raises(OfferUnreadable) as caught:
            open_table(data, "bid.xlsx")
        took = time.process_time() - begun
    finally:
        gc.unfreeze()
    assert took < WITHIN
    assert caught.value.message.startswith("bid.xlsx")
    assert words in caught.value.message
    assert advice in caught.value.fix


MEASURED = """
import resource, sys
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.sheets.opening import open_table
data = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    open_table(data, "bid.xlsx")
except OfferUnreadable:
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="Memory is measured as Linux tells it")
@pytest.mark.parametrize(
    "name", ["cells", "elements", "one text", "styles", "texts", "merged", "attribute", "depth", "cells of one row"]
)
def test_what_would_grow_takes_little_memory(name):
    done = subprocess.run([sys.executable, "-c", MEASURED], input=BOMBS[name][0](), capture_output=True, check=True)
    assert int(done.stdout) < 200


def test_as_many_lines_as_are_said_to_fit_are_read_with_a_title_head_and_total():
    around = FILLED * 10
    (grid,) = open_table(rows(around + FILLED * bounds.MOST_LINES + around), "bid.xlsx").sheets
    assert len(grid.rows) > bounds.MOST_LINES + 20


def test_titles_merged_to_the_far_end_are_read():
    (grid,) = open_table(merged(b"A1:XFD1", 3), "bid.xlsx").sheets
    assert len(grid.rows[0].cells) == bounds.MOST_COLUMNS
    assert grid.merged[0] == (1, 0, 1, 16_383)


def test_what_is_merged_beyond_the_columns_that_are_read_is_passed_over():
    (grid,) = open_table(merged(b"KA1:KC1"), "bid.xlsx").sheets
    assert [max(one.cells) for one in grid.rows] == [5, 2]


def test_parts_in_utf_16_are_read():
    (grid,) = open_table(sheet(wide), "bid.xlsx").sheets
    assert [one.value for one in grid.rows[1].cells.values()] == ["S08", 40, 40]


def test_cells_that_stand_in_another_row_than_they_say_are_read_where_they_say():
    xml = b'<row r="5"><c r="A5"><v>1</v></c><c r="B7"><v>2</v></c><c><v>3</v></c><c r="B5"><v>4</v></c></row>'
    (grid,) = open_table(rows(xml), "bid.xlsx").sheets
    told = {one.number: {column: cell.value for column, cell in one.cells.items()} for one in grid.rows}
    assert (told[5], told[7]) == ({0: 1, 1: 4}, {1: 2, 2: 3})


def test_a_cell_with_a_text_beside_its_number_is_the_number():
    (grid,) = open_table(rows(b"<row><c><is><t>five</t></is><v>5</v></c></row>"), "bid.xlsx").sheets
    assert grid.rows[-1].cells[0].value == 5


def test_names_of_parts_may_stand_on_lines_of_their_own():
    data = edited(PLAIN, LINKS, lambda xml: xml.replace(b"<Relationship ", b"\n  <Relationship "))
    assert open_table(data, "bid.xlsx").sheets


def test_a_file_may_have_more_names_than_are_kept():
    names = "".join(f"<text:a{place}/>" for place in range(2_500))
    (grid,) = open_table(ods(table(row(cell("", f"<text:p>{names}S08</text:p>")))), "bid.ods").sheets
    assert grid.rows[0].cells[0].text == "S08"


def test_cells_that_are_empty_may_have_looks_to_the_far_end():
    (grid,) = open_table(rows(b'<row r="9">' + b'<c s="1"/>' * 16_384 + b"</row>"), "bid.xlsx").sheets
    assert [one.number for one in grid.rows] == [1, 2]


def test_links_and_rules_over_the_whole_sheet_are_passed_over():
    whole = (
        b'<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>'
        b'<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'
    )
    assert open_table(sheet(lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + whole)), "bid.xlsx").sheets


def test_what_stands_in_no_cell_is_passed_over():
    (grid,) = open_table(rows(b"<row><v>1</v><f/></row></sheetData><c/><c><c/></c><sheetData>"), "bid.xlsx").sheets
    assert len(grid.rows) == 2


def test_a_merged_range_of_one_cell_is_none():
    (grid,) = open_table(merged(b"A1:A1"), "bid.xlsx").sheets
    assert grid.merged == ()


def two_sheets(large):
    """A workbook with an offer, and with a list that is too large."""
    book = openpyxl.load_workbook(io.BytesIO(PLAIN))
    sheet = book.create_sheet("Postcodes")
    large(sheet)
    sheet.sheet_state = "hidden"
    return saved(book)


def many_rows(sheet):
    for place in range(5_101):
        sheet.append([f"EC{place}"])


def far_away(sheet):
    sheet["A500000"] = 1


def far_merged(sheet):
    sheet.merge_cells("A900000:B900000")


MANY = table(row("EC1", attributes='table:number-rows-repeated="6000"') + row("more"), "Postcodes")
PARTED = table(row(cell(), attributes='table:number-rows-repeated="400000"') + row(
    cell('table:number-columns-spanned="2" table:number-rows-spanned="2"')
), "Postcodes")  # fmt: skip
TOO_LARGE = {
    "rows": (lambda: two_sheets(many_rows), "has more than 5,100 rows"),
    "far": (lambda: two_sheets(far_away), "has its last cell in row 500,000, column 1"),
    "merged": (lambda: two_sheets(far_merged), "has its last cell in row 900,000, column 2"),
    "ods rows": (lambda: ods(table(row("S08"), "Sheet1") + MANY), "has more than 5,100 rows"),
    "ods merged": (lambda: ods(table(row("S08"), "Sheet1") + PARTED), "has its last cell in row 400,001, column 2"),
}


@pytest.mark.parametrize(("make", "words"), TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_sheet_that_is_too_large_is_left_out_and_said(make, words):
    book = open_table(make(), "bid.xlsx")
    assert [grid.name for grid in (*book.sheets, *book.hidden)] == ["Sheet1"]
    (problem,) = book.problems
    assert (problem.code, problem.where.sheet) == ("sheet-too-large", "Postcodes")
    assert problem.message == f"The sheet {words}, so that it was not read"
