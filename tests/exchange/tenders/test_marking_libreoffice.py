"""What the marking file says is still to be done, worked out by LibreOffice as a person fills it in."""

import io
import shutil

import openpyxl
import pytest

from tests.exchange.tenders.calculators import saved_by_libreoffice
from tests.exchange.tenders.marking import ANSWERS, book_of, confirmed, form_of, given, read, row_of, typed
from tomsapp.exchange.tenders.marking_file import MARKS, Head

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


def test_what_is_left_and_what_a_mark_means_follow_what_is_typed(tmp_path):
    begun = (given(0, 4), given(2, 0), typed(1, Head.MARK, 5))
    rest = (given(1, 5), given(3, 3))
    stages = {
        "new": (),
        "begun": begun,
        "marked": (*begun, *rest, confirmed(sent="")),
        "done": (*begun, *rest, confirmed()),
    }
    told = {}
    books = {name: book_of(form_of(), *changes) for name, changes in stages.items()}
    for name, data in saved_by_libreoffice(books, tmp_path).items():
        sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[MARKS]
        rows = [row_of(sheet, place) for place in range(len(ANSWERS))]
        means, to_do = (list(Head).index(head) + 1 for head in (Head.MEANS, Head.TO_DO))
        told[name] = (
            sheet["A4"].value,
            [sheet.cell(row, means).value or "" for row in rows],
            [sheet.cell(row, to_do).value for row in rows],
        )
        assert read(data) == read(books[name]), "LibreOffice saves it whole"
    bare = ["Give a mark"] * 4
    assert told["new"] == ("Left to fill in: marks 4, reasons 0, confirmations 2 (sheet Confirm).", [""] * 4, bare)
    assert told["begun"] == (
        "Left to fill in: marks 1, reasons 1, confirmations 2 (sheet Confirm).",
        ["What gets 4", "=All of it", "What gets 0", ""],
        ["Done", "Say why", "Done", "Give a mark"],
    )
    assert told["marked"][0] == "Left to fill in: marks 0, reasons 0, confirmations 1 (sheet Confirm)."
    assert told["done"][0] == "Nothing is left to fill in. Save this workbook and send it back."
    assert told["done"][2] == ["Done"] * 4
