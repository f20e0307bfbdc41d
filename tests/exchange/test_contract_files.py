"""Files of a contract in JSON and as a table: by their declaration, and read back as they were written."""

import json
from datetime import date

import pytest

from tests.exchange.examples import checked
from tomsapp.domain.delivery.contract_files import CONTRACT_FILE, ContractFile, kind_words
from tomsapp.exchange.contract_files import files_csv, files_table
from tomsapp.exchange.made_with import MadeWith
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.result_json import result_of, write_result
from tomsapp.exchange.result_read import read_result
from tomsapp.exchange.tables import ColumnKind

SIGNED = ContractFile("Signed agreement", "PDF", 38_211, "9f3a" * 16, "A. Okafor", date(2026, 11, 22))
LETTER = ContractFile("=letter", "Plain text", 12, "07d2" * 16, "Bob", date(2026, 11, 30))
MADE = MadeWith(date(2026, 11, 30), "Larkmere Council", files=(SIGNED, LETTER))


def test_files_are_written_and_read_back_beside_what_the_pages_are_made_with():
    data = write_result(result_of(checked(), made=MADE))
    first = json.loads(data)["made"]["files"][0]
    assert first == {
        "name": "Signed agreement",
        "what": "PDF",
        "size": 38211,
        "sha256": "9f3a" * 16,
        "added_by": "A. Okafor",
        "added_on": "2026-11-22",
    }
    assert list(first) == [fact.name for fact in CONTRACT_FILE.facts]
    assert read_result(data).made == MADE


def test_a_paper_without_files_says_nothing_of_them():
    made = MadeWith(date(2026, 11, 30))
    data = write_result(result_of(checked(), made=made))
    assert "files" not in json.loads(data)["made"]
    assert read_result(data).made == made


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"38211", b"-1"), (b'"added_on": "2026-11-22"', b'"added_on": "then"'), (b'"what": "PDF"', b'"what": 5')],
)
def test_a_file_that_cannot_be_read_is_refused(old, new):
    data = write_result(result_of(checked(), made=MADE))
    assert old in data
    with pytest.raises(OfferUnreadable):
        read_result(data.replace(old, new))


def test_the_table_has_a_column_for_each_fact_and_no_formula():
    table = files_table([SIGNED, LETTER], "Files of C1")
    assert [column.title for column in table.columns] == [
        "Name",
        "What it is",
        "Size in bytes",
        "SHA-256",
        "Added by",
        "Added on",
    ]
    kinds = [column.kind for column in table.columns]
    assert (kinds[2], kinds[5], kinds[0]) == (ColumnKind.WHOLE, ColumnKind.DATE, ColumnKind.TEXT)
    assert table.rows[0] == ("Signed agreement", "PDF", 38_211, "9f3a" * 16, "A. Okafor", date(2026, 11, 22))
    told = files_csv([SIGNED, LETTER]).decode("utf-8-sig").splitlines()
    assert told[1] == f"Signed agreement,PDF,38211,{'9f3a' * 16},A. Okafor,2026-11-22"
    assert told[2].startswith("'=letter,")


def test_what_a_file_is_stands_in_words():
    assert (kind_words("application/pdf"), kind_words("application/octet-stream")) == ("PDF", "File")
