"""`tomsapp audit-sample`: a sample is drawn, listed, concluded and written as a worksheet."""

import io

import openpyxl
import pytest
from pypdf import PdfReader

from tests.services.council import open_as, shipped
from tests.services.deliveries import Q1, Q2, accept, begin_signed, claim, enter
from tomsapp.services import databases

TO = ("--until", "2026-09-30")


@pytest.fixture
def council(tmp_path):
    """Three accepted claims of a contract."""
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    ann, bob = open_as(path, "Ann"), open_as(path, "Bob")
    made = begin_signed(ann)
    cash, hours = made.lines
    accept(bob, made, *enter(ann, made, claim(cash, Q1), claim(cash, Q2, "20"), claim(hours, Q1, "10")))
    ann.close()
    bob.close()
    return path


@pytest.fixture
def drawn(call, council):
    found = call("audit-sample", "draw", council, "C1", "--seed", "=1+1", "--size", 2, "--notes", "Half year", *TO)
    assert (found.status, found.err) == (0, "")
    return found.out.splitlines()


def test_sample_is_drawn_and_listed(call, council, drawn):
    assert drawn[0].startswith("Sample 1, seed “=1+1”, drawn on ")
    assert drawn[0].endswith(" from 3 accepted claims to 30 September 2026.")
    assert drawn[-1] == "None of the 2 claims drawn has been checked yet."
    assert call("audit-sample", "list", council, "C1").out.splitlines() == drawn


def test_contract_without_samples_says_so(call, council):
    assert call("audit-sample", "list", council, "C1").out == "No sample of C1 was drawn.\n"


def test_claims_are_concluded(call, council, drawn):
    found = call("audit-sample", "conclude", council, "C1", 1, 2, "--shown", 0, "--notes", "The sheets are blank", *TO)
    assert found.out.startswith("Claim 2: Not shown, 0 of ")
    told = call("audit-sample", "list", council, "C1").out
    assert "1 of 2 claims drawn are checked. The figures are not final." in told
    refused = call("audit-sample", "conclude", council, "C1", 1, 1, "--shown", 0)
    assert refused.status == 2
    assert "nothing says why" in refused.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("conclude", 1, 9, "--shown", 1), "has no claim 9"),
        (("conclude", 9, 1, "--shown", 1), "There is no sample 9 of C1"),
        (("worksheet", 1, "sheet.doc"), "neither a PDF nor a workbook"),
    ],
)
def test_what_is_not_there_is_refused(call, council, drawn, words, why):
    verb, *rest = words
    found = call("audit-sample", verb, council, "C1", *rest)
    assert found.status == 2
    assert why in found.err


def test_worksheet_is_written_as_a_tagged_pdf_and_as_a_workbook_without_formulas(call, council, drawn, tmp_path):
    call("audit-sample", "conclude", council, "C1", 1, 1, "--shown", 1, "--notes", "=2+2 is what it says", *TO)
    book, paper = tmp_path / "sheet.xlsx", tmp_path / "sheet.pdf"
    assert call("audit-sample", "worksheet", council, "C1", 1, book).status == 0
    assert call("audit-sample", "worksheet", council, "C1", 1, paper).status == 0
    read = openpyxl.load_workbook(book)
    assert read.sheetnames == ["Claims to check", "The sample", "Drawn from"]
    cells = [cell for sheet in read for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert {"=1+1", "=2+2 is what it says"} <= {cell.value for cell in cells}
    pdf = PdfReader(io.BytesIO(paper.read_bytes()))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Audit worksheet: Roads" in text
    assert "How it was drawn" in text
    assert "“=1+1”" in text
    assert bool(pdf.trailer["/Root"]["/MarkInfo"]["/Marked"].value)
    assert list(pdf.attachments)


def test_sample_over_all_contracts_is_drawn_listed_concluded_and_written(call, council, tmp_path):
    assert call("audit-council", "list", council).out == "No sample of all contracts was drawn.\n"
    found = call("audit-council", "draw", council, "--seed", "plan 7", "--size", 2, *TO)
    assert (found.status, found.err) == (0, "")
    head, heads, *_ = found.out.splitlines()
    assert head.startswith("Sample 1, seed “plan 7”, drawn on ")
    assert head.endswith(" from 3 accepted claims to 30 September 2026.")
    assert heads.split()[:3] == ["Place", "Contract", "Measure"]
    assert " C1 " in found.out
    concluded = call("audit-council", "conclude", council, 1, 2, "--shown", 0, "--notes", "The sheets are blank", *TO)
    assert concluded.out.startswith("Claim 2: Not shown, 0 of ")
    told = call("audit-council", "list", council).out
    assert told.splitlines()[0] == head
    assert "1 of 2 claims drawn are checked." in told
    assert "There is no sample 2 of all contracts" in call("audit-council", "conclude", council, 2, 1, "--shown", 0).err
    for name in ("sheet.pdf", "sheet.xlsx"):
        assert call("audit-council", "worksheet", council, 1, tmp_path / name).status == 0
        assert (tmp_path / name).stat().st_size > 0
    assert call("audit-sample", "list", council, "C1").out == "No sample of C1 was drawn.\n"
