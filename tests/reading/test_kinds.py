"""What a file is, by what it holds: names are not looked at, and nothing that is cut or mixed up raises."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.exchange.books import book_of
from tests.exchange.examples import OFFER
from tests.exchange.portfolios import FIGURES
from tests.exchange.sheets import odf
from tests.menufiles.sample import AREA, EXAMPLES, POLICY, sample_texts
from tomsapp.exchange.offer_json import write_offer
from tomsapp.exchange.portfolio_json import write_portfolio
from tomsapp.exchange.result_json import RESULT_FORMAT
from tomsapp.menufiles.bundle_format import bundle_bytes
from tomsapp.reading import kinds
from tomsapp.reading.kinds import FileKind, kind_of, kind_of_file, unexpected

OFFICE = "application/vnd.openxmlformats-officedocument"
BOOK = book_of(["S08", 40, 40])
MENUS = Path(__file__).parents[2] / "menus"


def package(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in names:
            new.writestr(name, "x")
    return file.getvalue()


def listing(words):
    """A package of which only the list of contents says what it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        new.writestr("[Content_Types].xml", f'<Types><Override PartName="/a.xml" ContentType="{words}"/></Types>')
    return file.getvalue()


def compound(stream):
    """A compound file of before 2007."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")


def database():
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute("create table a (b)")
        return made.serialize()


HOLDS = {
    FileKind.OFFER: [write_offer(OFFER), b"\xef\xbb\xbf\n " + write_offer(OFFER), b'{"commitments": []}'],
    FileKind.RESULT: [json.dumps({"format": RESULT_FORMAT, "offer": {}}).encode()],
    FileKind.PORTFOLIO: [write_portfolio(FIGURES)],
    FileKind.BUNDLE: [bundle_bytes(sample_texts(), None, {})],
    FileKind.NOTICES: [b'{"releases": []}', b'{"records": []}', b'{"ocid": "ocds-h6vhtk-04a1b2"}'],
    FileKind.JSON: [b"{}", b"[]", b"[1, 2]", write_offer(OFFER)[:-20], b'{"format": 5}', b"{\0"],
    FileKind.MENU: [text.encode() for text in (*sample_texts().values(), EXAMPLES)],
    FileKind.POLICY: [POLICY.encode(), b"# rules\n\n" + POLICY.encode()],
    FileKind.AREA: [AREA.encode()],
    FileKind.TOML: [b"a = 1", b"[table]\n", POLICY.encode()[:-30] + b"\n= broken", b"[[ a.'b c' ]] # remark"],
    FileKind.TABLE: [
        b"Code,Year 1\r\nS08,40\r\n", b"From: a,b\nS08,1", b"BM,Code\n", b"<5,Code\n", b"sep=;\r\nCode;Year 1",
        b"[DRAFT] offer,,\nCode,Year 1,",
        b"Code;Year", b"\n\nCode\tYear", b"#,Code\n1,S08",
    ],
    FileKind.TEXT: [b"Dear Sir or Madam", b"# only a remark"],
    FileKind.OTHER_ENCODING: [
        "Code,£".encode("latin-1"), "a".encode("utf-16"), b"\xfe\xff\0a", "{ø".encode("utf-16-le"),
        "Code,Year".encode("utf-16-le"), "Code,Year".encode("utf-16-be"),
    ],
    FileKind.WORKBOOK: [BOOK, package("XL/Workbook.xml"), listing(f"{OFFICE}.spreadsheetml.sheet.main+xml")],
    FileKind.OPEN_SPREADSHEET: [odf.texts(["Code"]), odf.ods("", mimetype=f"{odf.MIMETYPE}-template")],
    FileKind.OPEN_DOCUMENT: [package("mimetype", "content.xml"), odf.ods("", mimetype="x.opendocument.text")],
    FileKind.BINARY_WORKBOOK: [
        package("xl/workbook.bin"), listing("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
    ],
    FileKind.WORD: [
        package("word/document.xml"), listing(f"{OFFICE}.wordprocessingml.document.main+xml"), compound("WordDocument"),
    ],
    FileKind.SLIDES: [
        package("ppt/presentation.xml"), listing(f"{OFFICE}.presentationml.presentation.main+xml"),
        compound("PowerPoint Document"),
    ],
    FileKind.APPLE: [package("Index/Document.iwa", "preview.jpg"), package("index.apxl")],
    FileKind.ARCHIVE: [package("offer.xlsx", "letter.docx")],
    FileKind.PACKAGE: [package("[Content_Types].xml", "a.xml"), package(), package(*map(str, range(30_000)))],
    FileKind.OLD_WORKBOOK: [compound(""), compound("Workbook")],
    FileKind.LOCKED_WORKBOOK: [
        compound("EncryptedPackage"), odf.ods("", **{"META-INF__manifest.xml": "<encryption-data/>"}),
    ],
    FileKind.RIGHTS_WORKBOOK: [compound("DRMEncryptedTransform EncryptedPackage")],
    FileKind.DAMAGED_PACKAGE: [BOOK[:-100], b"PK\x03\x04 not really", b"PK"],
    FileKind.RICH_TEXT: [b"{\\rtf1\\ansi"],
    FileKind.MESSAGE: [
        compound("__substg1.0_"), b"From: a@b.uk\r\nMIME-Version: 1.0\r\nSubject: Offer\r\n\r\nDear Sir\r\n",
    ],
    FileKind.WEB_PAGE: [
        b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", b"\xef\xbb\xbf <!DOCTYPE html>",
        b"<!-- a --><table><tr>",
        "<html>".encode("utf-16"), b"<?xml version='1.0'?><!DOCTYPE x><html>",
        b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n\r\n",
    ],
    FileKind.XML_WORKBOOK: [b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>"],
    FileKind.XML: [b"<?xml version='1.0'?><a/>"],
    FileKind.PICTURE: [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0", b"RIFF\0\0\0\0WEBPVP8", b"\0\0\0\x18ftypheic",
        b"<svg>",
    ],
    FileKind.SHORTCUT: [
        b"L\0\0\0\x01\x14\x02\0", b"[InternetShortcut]\r\nURL=x", b'{"url": "https://docs.google.com/open?id=1"}',
        b'{"":"WARNING!","doc_id":"1","email":"a@b.uk"}',
    ],
    FileKind.PDF: [b"%PDF-1.7", b"\n  %PDF-1.4\n"],
    FileKind.DATABASE: [database()],
    FileKind.EMPTY: [b"", b" \r\n\t"],
    FileKind.UNKNOWN: [bytes(100), b"a\0b"],
}  # fmt: skip


def test_every_kind_is_shown():
    assert set(HOLDS) == set(FileKind)


@pytest.mark.parametrize(("kind", "data"), [(kind, data) for kind, all_of in HOLDS.items() for data in all_of])
def test_a_file_is_what_it_holds(kind, data):
    assert kind_of(data) is kind


def test_everything_that_ships_is_known_for_what_it_is():
    for path in MENUS.rglob("*.toml"):
        wanted = {"policies": FileKind.POLICY, "areas": FileKind.AREA}.get(path.parent.name, FileKind.MENU)
        assert kind_of_file(path) is wanted, path


@given(st.data(), st.sampled_from([data[0][:400] for data in HOLDS.values()]))
def test_no_bytes_make_it_fail(source, data):
    at = source.draw(st.integers(0, len(data)))
    kind_of(data[:at] + source.draw(st.binary(max_size=4)) + data[at + source.draw(st.integers(0, 4)) :])


@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255))
@example(BOOK.rindex(b"PK\x05\x06") + 16, 255)
def test_no_damage_to_a_package_makes_it_fail(at, byte):
    assert kind_of(BOOK[:at] + bytes([byte]) + BOOK[at + 1 :]) in FileKind


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_of_one_kind(data):
    assert kind_of(data) in FileKind


def test_text_too_long_to_parse_is_known_by_its_beginning(monkeypatch):
    monkeypatch.setattr(kinds, "MOST_LOOKED_AT", 10)
    assert kind_of(write_offer(OFFER)) is FileKind.JSON
    assert kind_of(POLICY.encode()) is FileKind.TOML


def test_a_file_that_cannot_be_read_is_of_no_kind(tmp_path):
    assert kind_of_file(tmp_path / "none") is FileKind.UNKNOWN


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "x: The file is a PDF, and a workbook is read here. A PDF valuation is checked with"),
        (b"", "x: The file is empty. Ask for the file again"),
        (b"PK\x03\x04", "x: The file is damaged or incomplete. Ask for the file again"),
        (b"Hello", "x: The file is plain text, and a workbook is read here. Choose the file that is meant"),
    ],
)
def test_another_kind_than_wanted_is_named_with_what_to_do(data, words):
    assert words in str(unexpected(data, "x", {FileKind.WORKBOOK}, "a workbook"))


def test_what_is_wanted_is_no_problem():
    assert unexpected(BOOK, "x", {FileKind.WORKBOOK}, "a workbook") is None
