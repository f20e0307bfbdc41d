"""What cannot be opened is refused by its right name, with what to do; the files are those that people do send."""

import contextlib
import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from tests.exchange.books import book_of, edited
from tests.exchange.sheets.odf import ods, texts
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.sheets.opening import open_table, open_workbook

SHEET = "xl/worksheets/sheet1.xml"
PLAIN = book_of(["S08", 40, 40])


def with_everything(sheet):
    """A merged title, a note, a date, a per cent, and a hidden row."""
    sheet.merge_cells("A5:B6")
    sheet["B2"].comment = Comment("Ask Jo", "Sam")
    sheet["D2"], sheet["E2"] = datetime(2026, 4, 1), 0.8  # noqa: DTZ001
    sheet["E2"].number_format = "0%"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True


FULL = book_of(["S08", 40, 40], ["S09", 1, 2], change=with_everything)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def package(names, content=b"<x/>"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in names:
            new.writestr(name, content)
    return file.getvalue()


def lying_about_its_size():
    data = bytearray(PLAIN)
    spot = data.rindex(b"PK\x01\x02")
    data[spot + 24 : spot + 28] = (5).to_bytes(4, "little")
    return bytes(data)


def sheet(change):
    return edited(PLAIN, SHEET, change)


@pytest.mark.parametrize(
    ("data", "words", "advice"),
    [
        (b"", "is empty", "Ask for the file again"),
        (b"x" * 20_000_001, "is larger than 20 MB", "the file you meant"),
        (COMPOUND, "in the .xls format of before 2007", "save it as Excel workbook"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "protected with a password", "without a password"),
        (b"%PDF-1.7", "is a PDF, and a table (XLSX, ODS or CSV) is read here", "Check a valuation"),
        (b"<html><body><table>", "is a web page (HTML), and a table", "or copy its table and paste it"),
        (package(["word/document.xml"]), "is a Word document, and a table", "Copy the table"),
        (package(["xl/workbook.bin"]), "is an Excel binary workbook (.xlsb)", "save it as Excel workbook"),
        (PLAIN[: len(PLAIN) // 2], "is damaged or incomplete", "Ask for the file again"),
        (lying_about_its_size(), "is damaged or incomplete", ""),
        (package(["xl/workbook.xml"]), "is damaged or incomplete", ""),
        (edited(PLAIN, "_rels/.rels", lambda xml: xml.replace(b"xl/workbook", b"xl/none")), "is damaged", ""),
        (edited(PLAIN, "xl/workbook.xml", lambda _: b"<a" * 9), "is damaged or incomplete", ""),
        (sheet(lambda xml: xml[:-30]), "is damaged or incomplete", ""),
        (sheet(lambda xml: xml.replace(b'r="B2"', b'r="ZZZZ2"')), "is damaged or incomplete", ""),
        (sheet(lambda xml: xml.replace(b"<v>40</v>", b"<v>forty</v>")), "is damaged or incomplete", ""),
        (sheet(lambda xml: xml.replace(b'r="B2"', b'r="B2" s="x"')), "is damaged or incomplete", ""),
        (sheet(lambda xml: xml.replace(b"</row>", b'<c t="s"><v>-1</v></c></row>')), "is damaged or incomplete", ""),
        (sheet(lambda xml: xml.replace(b"</sheetData>", b'</sheetData><mergeCell ref="A"/>')), "is damaged", ""),
        (ods("<table:table><table:table-row/></table:tabel>"), "is damaged or incomplete", ""),
    ],
)
def test_what_is_no_readable_table_is_refused_with_advice(data, words, advice):
    with pytest.raises(OfferUnreadable) as caught:
        open_table(data, "bid.xlsx")
    assert caught.value.message.startswith("bid.xlsx")
    assert words in caught.value.message
    assert advice in caught.value.fix


def test_text_is_no_workbook():
    with pytest.raises(OfferUnreadable, match=r"is a table in text \(CSV\), and a workbook is read here"):
        open_workbook(b"Code,Year 1\r\nS08,40\r\n", "bid.csv")


@pytest.mark.parametrize("data", [PLAIN, b"Code,Year 1\r\nS08,40\r\n", texts(["Code", "Year 1"], ["S08", "40"])])
def test_each_kind_of_table_is_opened(data):
    (grid,) = open_table(data, "").sheets
    assert [row.cell(0).value for row in grid.rows] == ["Code", "S08"]


@pytest.mark.parametrize("data", [PLAIN[:400], package(["xl/workbook.xml"]), b"\x81\x8d" * 20])
def test_a_file_without_a_name_is_refused_too(data):
    with pytest.raises(OfferUnreadable, match=r"^The (workbook|file) is"):
        open_table(data, "")


PARTS = [
    (data, part)
    for data in (FULL, texts(["Code", "Year 1"], ["S08", "40"]))
    for part in zipfile.ZipFile(io.BytesIO(data)).namelist()
    if part.endswith((".xml", ".rels"))
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PARTS), st.data())
def test_no_damage_to_a_part_makes_it_fail_otherwise(chosen, source):
    data, part = chosen

    def spoilt(xml):
        at = source.draw(st.integers(0, len(xml)))
        put = source.draw(
            st.sampled_from([b"", b"<", b'"', b"9", b"-", b"A", b"&#0;", b"<c>", b"</row>", b"\xff", b"e99"])
        )
        return xml[:at] + put + xml[at + source.draw(st.integers(0, 6)) :]

    with contextlib.suppress(OfferUnreadable):
        open_table(edited(data, part, spoilt), "bid.xlsx")
