import io
import zipfile

import openpyxl
import pytest

from tests.exchange.books import book_of, edited
from tomsapp.exchange.grid import CellError
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.workbook_file import open_workbook

SHEET = "xl/worksheets/sheet1.xml"
PLAIN = book_of(["S08", 40, 40])


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


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "words", "advice"),
    [
        (b"", "is empty", "Ask for the file again"),
        (b"Code,Year 1\r\nS08,40\r\n", "is a table in text (CSV), and a workbook is read here", "Choose the file"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old .xls format", "save it as Excel workbook"),
        (ENCRYPTED, "protected with a password", "without a password"),
        (PLAIN[: len(PLAIN) // 2], "damaged or incomplete", "Ask for the file again"),
        (lying_about_its_size(), "damaged or incomplete", ""),
        (package(["word/document.xml"]), "package of another kind", ".xlsx"),
        (package(["xl/workbook.xml"]), "damaged or incomplete", ""),
        (package(["xl/workbook.xml", "xl/vbaProject.bin"]), "has macros", "without macros"),
        (package(["xl/workbook.xml", "a.xml"], bytes(40_000_000)), "unpacks to more than 60 MB", "Delete rows"),
        (package(["xl/workbook.xml", *(f"{number}.bin" for number in range(501))]), "unpacks to more", ""),
        (edited(PLAIN, SHEET, lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml), "no spreadsheet program", ""),
        (edited(PLAIN, SHEET, lambda xml: xml.decode().encode("utf-16")), "no spreadsheet program", ""),
        (edited(PLAIN, SHEET, lambda _: b"<row/>" * 5001), "a sheet of 5,001 rows, and 5,000 can be read", "Delete"),
        (
            edited(PLAIN, SHEET, lambda xml: xml + b'<mergeCell ref="A1:XFD1048576"/>'),
            "17,179,869,184 merged cells",
            "Split",
        ),
        (edited(PLAIN, SHEET, lambda xml: xml.replace(b'r="A2"', b'r="A400000"')), "row 400,000", "empty ones too"),
        (edited(PLAIN, SHEET, lambda xml: xml.replace(b'r="B2"', b'r="ZZ2"')), "column 702", ""),
        (edited(PLAIN, SHEET, lambda xml: xml.replace(b'r="B2"', b'r="ZZZZ2"')), "damaged or incomplete", ""),
        (edited(PLAIN, SHEET, lambda xml: xml[:-30]), "damaged or incomplete", ""),
    ],
)
def test_what_is_not_a_readable_workbook_is_refused_with_advice(data, words, advice):
    with pytest.raises(OfferUnreadable) as caught:
        open_workbook(data, "bid.xlsx")
    assert caught.value.message.startswith("bid.xlsx")
    assert words in caught.value.message
    assert advice in caught.value.fix


def test_cells_keep_what_they_are():
    def change(sheet):
        sheet["B3"] = "=1/0"
        sheet["C3"] = "#REF!"
        sheet.merge_cells("D3:E3")
        sheet.row_dimensions[3].hidden = True
        sheet.parent.create_sheet("Secret").sheet_state = "hidden"

    opened = open_workbook(book_of(["S08", 40, 0.5], ["S06"], change=change), "bid.xlsx")
    (grid,) = opened.sheets
    head, first, second = grid.rows
    assert (head.number, head.cell(0).value, first.cell(1).value, first.cell(2).value) == (1, "Code", 40, 0.5)
    assert first.cell(9).value is None
    assert second.is_hidden
    assert not first.is_hidden
    assert second.cell(1).lacks_result
    assert second.cell(2).value == CellError("#REF!")
    assert (second.cell(3).is_merged, second.cell(4).is_merged, second.cell(2).is_merged) == (True, True, False)
    assert opened.find("Secret") is opened.hidden[0]
    assert opened.find("Other") is None


def test_an_empty_workbook_has_no_rows():
    book = openpyxl.Workbook()
    file = io.BytesIO()
    book.save(file)
    assert open_workbook(file.getvalue(), "").sheets[0].rows == ()


def test_parts_that_are_not_xml_are_left_alone():
    data = edited(PLAIN, "docProps/thumbnail.jpeg", lambda _: b"<!DOCTYPE in a picture")
    assert len(open_workbook(data, "bid.xlsx").sheets) == 1
