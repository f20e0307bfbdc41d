import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image

from tests.reports.sample import DETAILS, RUNNING, fonts, new_document, valuation
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.document import BuiltReport, ReportDocument
from tomsapp.reports.errors import ReportError
from tomsapp.reports.finish import Details
from tomsapp.reports.flowables import (
    Bullets,
    Heading,
    KeyFigure,
    KeyFigures,
    NewPage,
    Panel,
    Paragraph,
    ReplacedCharacters,
)
from tomsapp.reports.styles import BOTTOM_MARGIN, SIDE_MARGIN, TOP_MARGIN, Shape
from tomsapp.reports.tables import Cell, Column, Part, Row, Table
from tomsapp.reports.text import LinkRun, PageRun, Run

HOSTILE = [
    "Tom & Jerry < 5 > 3",
    "a <b",
    "<b>bold",
    "<script>alert(1)</script>",
    '<img src="/etc/hostname" width="10" height="10"/>',
    '<img src="http://127.0.0.1:1/x.png"/>',
    '<a href="javascript:alert(1)">x</a>',
    '<font color="[[[1]]]">x</font>',
    "&nosuch; &#0; &amp;",
    "<!-- hidden -->visible",
    "</para><para fontSize=50>x",
    "=cmd|' /C calc'!A0",
    "(unbalanced \\ ) > /Span <</MCID 0>> BDC EMC",
    "%(title)s {title} %s",
]


def built(*blocks: object, **details: object) -> BuiltReport:
    document = ReportDocument(fonts(), RUNNING, replace(DETAILS, **details))
    document.add(*blocks)
    return document.build()


def text_of(report: BuiltReport) -> str:
    pages = pypdfium2.PdfDocument(report.data)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def test_the_story_is_read_in_order_with_its_signs() -> None:
    text = text_of(valuation().build())
    steps = [
        "Housing repairs",
        "In short.",
        "Social value £200,449.39",
        "Policy checks",
        "Sources",
        "Rounded once",
    ]
    assert [text.index(step) for step in steps] == sorted(text.index(step) for step in steps)
    assert "£210,000.00 − £200,449.39 = £9,550.61" in text
    assert "5 × £5,050.50" in text
    assert "never added." in text


def test_pypdf_reads_words_apart_over_soft_line_ends() -> None:
    words = "alpha beta gamma delta epsilon zeta eta theta " * 20
    page = pypdf.PdfReader(BytesIO(built(Paragraph(words)).data)).pages[0]
    found = " ".join(page.extract_text().split())
    assert words.strip() in found


def test_every_page_knows_how_many_there_are_and_where_the_sums_stand() -> None:
    report = valuation(12).build()
    text = text_of(report)
    assert report.pages == 4
    assert [f"Page {number} of 4" in text for number in (1, 2, 3, 4)] == [True] * 4
    assert "written out on page 2." in text


def test_a_page_number_needs_a_heading_with_that_bookmark() -> None:
    with pytest.raises(ValueError, match="No heading or row has the bookmark 'gone'"):
        built(Paragraph([PageRun("gone")]))
    with pytest.raises(ValueError, match="Two headings"):
        built(Heading("A", 1, "x"), Heading("B", 2, "x"))


def test_headings_skip_no_level() -> None:
    for blocks in ([Heading("A", 1), Heading("B", 3)], [Heading("A", 2)]):
        with pytest.raises(ValueError, match="skips a level"):
            built(*blocks)


def test_headings_become_the_outline() -> None:
    outline = pypdf.PdfReader(BytesIO(valuation().build().data)).outline
    assert outline[0].title == "Housing repairs and empty homes, east"
    assert [item.title for item in outline[1] if not isinstance(item, list)][:2] == [
        "Policy checks",
        "Where the value comes from",
    ]


def test_title_author_language_and_dates_are_told() -> None:
    report = built(Heading("A", 1), title="Ampersand & <b> \U0001f600 \ud800\x00", author="Larkmere\nCouncil")
    with pikepdf.open(BytesIO(report.data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Ampersand & <b> \U0001f600 "
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261122093000+00'00'"
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        meta = pdf.open_metadata()
        assert meta["dc:title"] == "Ampersand & <b> \U0001f600 "
        assert meta["dc:creator"] == ["Larkmere Council"]
        assert meta["pdfuaid:part"] == "1"


def test_a_time_without_zone_is_refused_and_other_zones_become_utc() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Details("T", "A", datetime(2026, 1, 1))  # noqa: DTZ001
    summer = datetime(2026, 6, 1, 1, 0, tzinfo=timezone(timedelta(hours=1)))
    assert built(made=summer).data == built(made=datetime(2026, 6, 1, tzinfo=UTC)).data


def test_the_same_input_gives_the_same_bytes() -> None:
    files = [Attachment("a.json", b"{}", "application/json", "Figures")]
    assert valuation(3).build(files).data == valuation(3).build(files).data


def test_another_run_of_the_program_gives_the_same_bytes() -> None:
    code = "import hashlib; from tests.reports.sample import valuation as v; "
    code += "print(hashlib.sha256(v().build().data).hexdigest())"
    sums = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert sums == {hashlib.sha256(valuation().build().data).hexdigest()}


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_users_stays_text(text: str) -> None:
    running = replace(RUNNING, council=text, document=text, foot=text, note=text)
    document = ReportDocument(fonts(), running, replace(DETAILS, title=text, author=text))
    table = Table([Column(text, 1), Column(text, 1)], [Row([text, Cell([Part([Run(text)])])])])
    document.add(Heading(text, 1), Paragraph(text), Bullets([text]), table, KeyFigures([KeyFigure(text, text, text)]))
    report = document.build([Attachment("a.txt", b"", "text/plain", text)])
    reader = pypdf.PdfReader(BytesIO(report.data))
    shown = text_of(report).replace(" ", "")
    assert shown.count(text.replace(" ", "")) >= 4
    assert not any(page.get("/Annots") for page in reader.pages)
    assert not any(len(page.images) for page in reader.pages)
    assert reader.outline[0].title == text


def test_replaced_characters_are_named_in_the_report_and_returned() -> None:
    report = built(Heading("Shalom \u05e9", 1), Paragraph("\U0001f600"), ReplacedCharacters())
    assert report.replaced == ("\u05e9", "\U0001f600")
    assert "stand as □: U+05E9 Hebrew letter shin, U+1F600 Grinning face." in text_of(report)
    assert "stand as" not in text_of(built(Heading("Plain", 1), ReplacedCharacters()))


def test_links_open_only_their_web_address() -> None:
    link = LinkRun("Unit cost database", "https://example.org/a?b=1&c=(2)")
    report = built(Paragraph([Run("See "), link, Run(" and "), LinkRun("no", "file:///x")]))
    with pikepdf.open(BytesIO(report.data)) as pdf:
        (annotation,) = pdf.pages[0].Annots
        assert str(annotation.A.URI) == "https://example.org/a?b=1&c=(2)"
        assert str(annotation.Contents) == "Unit cost database"
        assert annotation.StructParent == 1


def test_a_section_on_its_side_and_back() -> None:
    report = built(Heading("A", 1), NewPage(Shape.LANDSCAPE), Paragraph("wide " * 800), NewPage(), Paragraph("end"))
    pages = pypdf.PdfReader(BytesIO(report.data)).pages
    sides = [page.mediabox.width > page.mediabox.height for page in pages]
    assert sides == [False, *([True] * (len(sides) - 2)), False]


def picture(kind: str, mode: str, size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "RGB"), ("JPEG", "CMYK")])
def test_a_logo_stands_in_the_head_of_every_page(kind: str, mode: str) -> None:
    document = new_document(replace(RUNNING, logo=picture(kind, mode, (300, 100))))
    document.add(Heading("A", 1), NewPage(), Paragraph("b"))
    reader = pypdf.PdfReader(BytesIO(document.build().data))
    assert [len(page.images) for page in reader.pages] == [1, 1]


@pytest.mark.parametrize(
    "data",
    [
        b"x",
        picture("PNG", "RGB", (50, 50))[:60],
        picture("GIF", "P", (5, 5)),
        picture("PNG", "1", (2001, 2001)),
    ],
)
def test_a_logo_that_cannot_be_used_says_what_to_do(data: bytes) -> None:
    document = new_document(replace(RUNNING, logo=data))
    document.add(Heading("A", 1))
    with pytest.raises(ReportError, match=r"(Choose a PNG or JPEG|Use a) picture"):
        document.build()


class StopWorkError(Exception):
    """Raised by a listener that wants no more."""


def test_progress_rises_to_the_end_and_can_stop_the_work() -> None:
    heard: list[tuple[int, int]] = []
    valuation().build(progress=lambda done, total: heard.append((done, total)))
    assert heard == sorted(heard)
    assert heard[0] == (0, 100)
    assert heard[-1] == (100, 100)

    def stop(done: int, _total: int) -> None:
        if done >= 60:
            raise StopWorkError

    with pytest.raises(StopWorkError):
        valuation().build(progress=stop)


def test_progress_is_heard_while_a_long_structure_is_written() -> None:
    columns = [Column("Code", 1, row_head=True), Column("Pounds", 1, right=True)]
    document = new_document()
    document.add(Table(columns, [Row([f"C-{number}", "£1.00"]) for number in range(1_000)]))
    heard: list[tuple[int, int]] = []
    document.build(progress=lambda done, total: heard.append((done, total)))
    # 3,000 rows and cells are told at each thousand, beside the last page and what is before and after them.
    assert heard.count((90, 100)) >= 6


@pytest.mark.parametrize("shape", list(Shape))
def test_nothing_is_drawn_outside_the_margins(shape: Shape) -> None:
    long = "Wmy" * 300
    document = new_document(replace(RUNNING, council=long, document=long, foot=long, note=long), shape)
    columns = [Column(long, 3), Column("Sum", 1, right=True), Column(long, 1, right=True)]
    rows = [Row([long * 8, "£1,234,567,890,123.00", long])] * 3
    document.add(Heading(long, 1), Panel([Paragraph(long)]), Bullets([long]), Table(columns, rows))
    document.add(KeyFigures([KeyFigure(long, "£1,000,000,000,000.00", long)] * 4), Paragraph(long * 20))
    # Words of many widths, so that some line ends where only its space would pass the margin.
    links = [LinkRun(("i" * count + " ") * 200, "https://example.org/") for count in range(1, 13)]
    document.add(*(Paragraph([link]) for link in links))
    scale = 2
    for page in pypdfium2.PdfDocument(document.build().data):
        image = page.render(scale=scale).to_pil().convert("L")
        sides = round(SIDE_MARGIN * scale) - 1
        top, bottom = round(9 * scale) + 1, image.height - round(30 * scale)
        left = image.crop((0, top, sides, image.height))
        right = image.crop((image.width - sides, top, image.width, image.height))
        below = image.crop((0, bottom, image.width, image.height))
        assert {strip.getextrema()[0] for strip in (left, right, below)} == {255}
        rules = (image.height - (TOP_MARGIN - 1) * scale, image.height - (BOTTOM_MARGIN - 1) * scale)
        between = image.crop((0, round(49 * scale), image.width, round((TOP_MARGIN - 1) * scale)))
        assert between.getextrema()[0] == 255
        gap = image.crop((0, round(rules[1]), image.width, image.height - round(47.5 * scale)))
        assert gap.getextrema()[0] == 255


def test_an_empty_report_is_one_page() -> None:
    report = built()
    assert report.pages == 1
    assert re.search("Page 1 of 1", text_of(report))
