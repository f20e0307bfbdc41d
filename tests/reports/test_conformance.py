import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from tests.reports.conformance import faults_of
from tests.reports.sample import RUNNING, new_document, summary, valuation
from tests.reports.test_document import HOSTILE, picture
from tests.reports.verapdf import broken_rules
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.colour_profile import srgb_profile
from tomsapp.reports.document import RunningText
from tomsapp.reports.flowables import Bullets, Heading, NewPage, Paragraph, ReplacedCharacters
from tomsapp.reports.styles import Shape
from tomsapp.reports.tables import Column, Row, Table
from tomsapp.reports.text import LinkRun, Run


def everything() -> bytes:
    """A report with every block, a picture, links over lines, rare signs, pages on their side and files."""
    running = RunningText(RUNNING.council, RUNNING.document, RUNNING.foot, "", picture("PNG", "RGBA", (90, 40)))
    document = valuation(12, running)
    signs = "".join(chr(code) for code in range(0x20, 0x600)) + "\U0001f4a9\U0001f512\u05d0\u4e2d\ud800"
    link = LinkRun("a long link that goes on over the end of its line " * 4, "https://example.org/")
    rows = [Row([text, text, "£1.00"]) for text in HOSTILE * 12]
    document.add(
        NewPage(Shape.LANDSCAPE),
        Heading("Rare signs", 2),
        Paragraph([Run(signs), Run(signs, bold=True), Run(signs, italic=True), Run(signs, muted=True)]),
        Bullets([[link, Run(" and on.")], "plain"]),
        Table([Column("Text", 2, row_head=True), Column("Again", 2), Column("Value", 1, right=True)], rows),
        ReplacedCharacters(),
    )
    return document.build([Attachment("figures.json", b"{}", "application/json", "Figures")]).data


def nearly_empty() -> bytes:
    document = new_document()
    document.add(*summary())
    return document.build().data


@pytest.mark.parametrize("make", [everything, nearly_empty])
def test_page_validation_finds_no_fault(make: object) -> None:
    assert faults_of(make()) == []


@pytest.mark.slow
@pytest.mark.parametrize("make", [everything, nearly_empty])
def test_verapdf_finds_no_fault(make: object, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(make())
    assert broken_rules(path) == []


def with_stream(tail: bytes) -> bytes:
    """A file with a stream, as it stands, whose last bytes are these."""
    with pikepdf.open(BytesIO(nearly_empty())) as pdf:
        pdf.Root.OutputIntents[0].TomsTest = pdf.make_stream(b"a line of text" + tail)
        out = BytesIO()
        pdf.save(out, compress_streams=False, min_version="1.7", deterministic_id=True)
    return out.getvalue()


ENDS = (b"", b"\n", b"\r", b"\r\n", b"\n\r", b"\n\n")


@pytest.mark.parametrize("tail", ENDS)
def test_a_stream_that_ends_in_a_line_end_has_its_length(tail: bytes) -> None:
    data = with_stream(tail)
    length = len(b"a line of text" + tail)
    assert re.search(b"/Length %d >>\nstream\na line of text%b\nendstream" % (length, tail), data)
    assert faults_of(data) == []


@pytest.mark.slow
@pytest.mark.parametrize("tail", ENDS)
def test_verapdf_takes_a_stream_that_ends_in_a_line_end(tail: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(with_stream(tail))
    assert broken_rules(path) == []


@pytest.mark.parametrize(("tail", "other"), [(b"", 13), (b"\r", 13), (b"\r", 16)])
def test_a_wrong_length_is_still_found(tail: bytes, other: int) -> None:
    length = len(b"a line of text" + tail)
    data = with_stream(tail).replace(b"/Length %d >>" % length, b"/Length %d >>" % other)
    assert [rule for rule, _ in faults_of(data)] == ["PDFA3A-STREAM-LENGTH-001"]


def test_the_profile_shows_colours_as_srgb_does() -> None:
    profile = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    assert ImageCms.getProfileDescription(profile).strip() == "sRGB IEC61966-2.1"
    shades = Image.new("RGB", (256, 4))
    for step in range(256):
        for row, colour in enumerate([(step,) * 3, (step, 0, 0), (0, step, 128), (255 - step, step, 7)]):
            shades.putpixel((step, row), colour)
    other = ImageCms.profileToProfile(shades, profile, ImageCms.createProfile("sRGB"))
    assert other is not None
    assert max(abs(one - two) for one, two in zip(shades.tobytes(), other.tobytes(), strict=True)) <= 1


def test_a_file_says_which_standards_it_keeps_to_and_carries_the_profile() -> None:
    with pikepdf.open(BytesIO(nearly_empty())) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("3", "A", "1")
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == pikepdf.Name.GTS_PDFA1
        assert intent.DestOutputProfile.read_bytes() == srgb_profile()


@pytest.mark.slow
def test_the_checkers_can_find_a_fault(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(nearly_empty())) as pdf:
        del pdf.Root.OutputIntents
        del pdf.Root.Lang
        pdf.save(tmp_path / "broken.pdf")
    found = broken_rules(tmp_path / "broken.pdf")
    assert any("ua1: " in rule for rule in found)
    assert any("3a: " in rule for rule in found)
    assert faults_of((tmp_path / "broken.pdf").read_bytes())
