import tracemalloc
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from tests.reports.sample import new_document
from tomsapp.reports import attachments
from tomsapp.reports.attachments import Attachment, Relationship, read_attachments
from tomsapp.reports.errors import ReportError
from tomsapp.reports.flowables import Heading

FIGURES = Attachment("figures.json", b'{"a": 1}' * 500, "application/json", "Every figure & its <sum>")
LINES = Attachment("lines é.csv", b"a,b\n", "text/csv", "Lines", Relationship.SUPPLEMENT)


@pytest.fixture(scope="module")
def report() -> bytes:
    document = new_document()
    document.add(Heading("Title", 1))
    return document.build([LINES, FIGURES]).data


def embedding(stream: pikepdf.Stream | None, pdf: pikepdf.Pdf, name: str = "a.json") -> bytes:
    pdf.add_blank_page()
    spec = Dictionary(Type=Name.Filespec, F=String(name), EF=Dictionary() if stream is None else Dictionary(F=stream))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(name), spec])))
    out = BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


def test_what_was_attached_is_read_back_by_us_and_by_others(report: bytes, tmp_path: Path) -> None:
    expected = {FIGURES.name: FIGURES.data, LINES.name: LINES.data}
    path = tmp_path / "report.pdf"
    path.write_bytes(report)
    assert read_attachments(report) == read_attachments(path) == expected
    assert {name: parts[0] for name, parts in pypdf.PdfReader(path).attachments.items()} == expected
    with pikepdf.open(path) as pdf:
        assert pdf.attachments["figures.json"].description == "Every figure & its <sum>"
        assert [str(spec.AFRelationship) for spec in pdf.Root.AF] == ["/Data", "/Supplement"]
        assert pdf.attachments["figures.json"].get_file().mime_type == "application/json"


def test_a_report_without_attachments_gives_none() -> None:
    document = new_document()
    document.add(Heading("Title", 1))
    assert read_attachments(document.build().data) == {}


@pytest.mark.parametrize("name", ["", "a/b.csv", "..", "a\\b", "a\nb", "x" * 300, "C:a"])
def test_only_plain_file_names_are_attached(name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        Attachment(name, b"", "text/csv", "")


def test_two_attachments_need_two_names() -> None:
    document = new_document()
    document.add(Heading("Title", 1))
    with pytest.raises(ValueError, match="same name"):
        document.build([FIGURES, FIGURES])


@settings(deadline=None)
@given(st.floats(0, 1, exclude_max=True))
def test_a_file_that_is_cut_off_is_refused(report: bytes, part: float) -> None:
    with pytest.raises(ReportError):
        read_attachments(report[: int((len(report) - 32) * part)])


@settings(deadline=None)
@given(st.integers(0, 10**9), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_never_gives_other_bytes(report: bytes, place: int, junk: bytes) -> None:
    start = place % len(report)
    damaged = report[:start] + junk + report[start + len(junk) :]
    try:
        found = read_attachments(damaged)
    except ReportError:
        return
    assert set(found.values()) <= {FIGURES.data, LINES.data}


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_pdf_are_refused(data: bytes) -> None:
    with pytest.raises(ReportError):
        read_attachments(data)


def test_a_small_file_cannot_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", 1_000_000)
    with pikepdf.new() as pdf:
        stream = pikepdf.Stream(pdf, zlib.compress(b"0" * 50_000_000), Filter=Name.FlateDecode)
        data = embedding(stream, pdf)
    tracemalloc.start()
    with pytest.raises(ReportError, match="larger than"):
        read_attachments(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 10_000_000


def test_files_that_could_not_be_read_back_are_not_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    document = new_document()
    document.add(Heading("Title", 1))
    carried = [Attachment("a.txt", bytes(600), "text/plain", "A"), Attachment("b.txt", bytes(401), "text/plain", "B")]
    monkeypatch.setattr(attachments, "MOST_BYTES", 1_000)
    with pytest.raises(ReportError, match="could not be checked again"):
        document.build(carried)
    monkeypatch.setattr(attachments, "MOST_BYTES", 1_001)
    assert set(read_attachments(document.build(carried).data)) == {"a.txt", "b.txt"}


def test_strange_trees_and_filters_are_refused() -> None:
    with pikepdf.new() as pdf:
        assert_refused(embedding(pikepdf.Stream(pdf, b"x", Filter=Name.LZWDecode), pdf))
    with pikepdf.new() as pdf:
        assert_refused(embedding(None, pdf))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        ring = pdf.make_indirect(Dictionary())
        ring.Kids = Array([ring])
        pdf.Root.Names = Dictionary(EmbeddedFiles=ring)
        out = BytesIO()
        pdf.save(out)
    assert_refused(out.getvalue())


def test_a_wrong_checksum_is_refused(report: bytes) -> None:
    with pikepdf.open(BytesIO(report)) as pdf:
        pdf.Root.AF[0].EF.F.write(b'{"a": 2}' * 500)
        out = BytesIO()
        pdf.save(out)
    assert_refused(out.getvalue())


def test_a_locked_file_says_so(report: bytes) -> None:
    with pikepdf.open(BytesIO(report)) as pdf:
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(ReportError, match="locked with a password"):
        read_attachments(out.getvalue())


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"gone\.pdf cannot be opened"):
        read_attachments(tmp_path / "gone.pdf")


def assert_refused(data: bytes) -> None:
    with pytest.raises(ReportError, match="damaged or was not made by this program"):
        read_attachments(data)
