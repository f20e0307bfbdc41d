"""A file is known by what it holds, whatever it is called; what is nothing of the program's says what it is."""

import io
import json
from datetime import UTC, datetime

import openpyxl
import pytest

from tests.exchange import returns
from tests.exchange.examples import CONTRACT, EDITION
from tests.exchange.tenders import marking
from tests.services.bidding.packs import write_file
from tests.services.tenders.evaluations import evaluated_tender, freeze_it
from tests.services.tenders.offers import filled_book, issued_tender, saved
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_write import write_workbook
from tomsapp.services.documents import Document, FoundDocument, document_in, is_database, is_for_bidders

here = pytest.mark.parametrize("server", ["sqlite"])


def kind_of(folder, data: bytes, name: str = "letter.docx") -> FoundDocument:
    path = folder / name
    path.write_bytes(data)
    return document_in(path)


@here
def test_a_database_is_one_open_or_not_and_whatever_it_is_called(ann, council_target, tmp_path):
    path = ann.database.path
    assert path is not None
    assert document_in(path) == FoundDocument(Document.DATABASE)
    ann.close()
    assert kind_of(tmp_path, path.read_bytes(), "council.xlsx") == FoundDocument(Document.DATABASE)


def test_a_pack_is_one_under_any_name(tmp_path):
    path = write_file(tmp_path)
    assert document_in(path) == FoundDocument(Document.PACK)
    assert kind_of(tmp_path, path.read_bytes(), "pack.json") == FoundDocument(Document.PACK)


@here
def test_offers_are_ones_as_a_file_and_as_a_workbook(ann, tmp_path):
    page = issued_tender(ann)
    assert kind_of(tmp_path, saved(ann, page)) == FoundDocument(Document.OFFER)
    assert kind_of(tmp_path, filled_book(ann, page)) == FoundDocument(Document.OFFER)


@here
def test_an_evaluation_is_one_whole_or_cut_off(ann, tmp_path):
    data = freeze_it(ann, evaluated_tender(ann))
    assert kind_of(tmp_path, data) == FoundDocument(Document.EVALUATION)
    assert kind_of(tmp_path, data[: len(data) // 2]) == FoundDocument(Document.EVALUATION)


def test_a_return_and_a_marking_file_say_what_they_were_made_for(tmp_path):
    returned = kind_of(tmp_path, returns.book_of(returns.form_of()))
    assert returned == FoundDocument(Document.RETURN, returns.CONTRACT.reference)
    marked = kind_of(tmp_path, marking.book_of(marking.form_of()))
    assert marked == FoundDocument(Document.MARKING, marking.STAMP.tender)


def test_a_pdf_is_one(tmp_path):
    assert kind_of(tmp_path, b"%PDF-1.7\n1 0 obj\n") == FoundDocument(Document.PAPER)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "council.tomsdb", "is empty"),
        (b"Dear council\n", "council.tomsdb", "council.tomsdb is plain text, and the program opens databases"),
        (b"PK\x03\x04 and no more", "offer.tomsoffer", "damaged or incomplete"),
        (b"PK\x03\x04", "offer.tomsoffer", "damaged or incomplete"),
        (b"{}", "pack.tomspack", "pack.tomspack is a JSON file, and the program opens databases"),
        (b"{", "pack.tomspack", "pack.tomspack"),
        (json.dumps({"contract": {}, "commitments": []}).encode(), "offer.json", "is brought in at its contract"),
        (b"a,b\n1,2\n", "a.csv", "a table in text (CSV), and the program opens databases"),
    ],
)
def test_what_is_not_opened_says_what_it_is(tmp_path, data, name, said):
    with pytest.raises(OfferUnreadable) as raised:
        kind_of(tmp_path, data, name)
    assert said in str(raised.value)
    assert raised.value.fix


def test_what_opens_the_window_of_a_bidder_is_told_by_the_first_bytes(tmp_path):
    pack = write_file(tmp_path)
    named = {
        "pack.json": pack.read_bytes(),
        "a.tomsoffer": b"%PDF-1.7",
        "b.TOMSPACK": b"SQLite format 3\0",
        "c.tomspack": b"{",
    }
    for name, data in named.items():
        (tmp_path / name).write_bytes(data)
    assert is_for_bidders(tmp_path / "pack.json")
    assert is_for_bidders(tmp_path / "c.tomspack")
    assert is_for_bidders(tmp_path / "gone.tomsoffer")
    assert not is_for_bidders(tmp_path / "a.tomsoffer")
    assert not is_for_bidders(tmp_path / "b.TOMSPACK")
    assert is_database(tmp_path / "b.TOMSPACK")
    assert is_database(tmp_path / "gone.tomsdb")
    assert not is_database(tmp_path / "c.tomspack")
    assert not is_database(tmp_path / "gone.tomspack")


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(OfferUnreadable, match="There is no file"):
        document_in(tmp_path / "gone.tomsdb")
    with pytest.raises(OfferUnreadable, match="is a folder"):
        document_in(tmp_path)


def test_other_workbooks_are_no_documents(tmp_path):
    of_a_contract = Template(EDITION, ("S08",), CONTRACT)
    made = write_workbook(of_a_contract, BookProperties("Commitments", datetime(2026, 4, 1, tzinfo=UTC)))
    with pytest.raises(OfferUnreadable, match="is a workbook of commitments, which is brought in at its contract"):
        kind_of(tmp_path, made)
    book, other = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "Council"
    book.save(other)
    with pytest.raises(OfferUnreadable, match="is a workbook, and the program opens databases"):
        kind_of(tmp_path, other.getvalue())
