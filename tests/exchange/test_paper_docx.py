"""A paper of the council as a Word file: the words of its PDF, with headings, heads and words for pictures."""

import io
import shutil
import struct
import subprocess
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from lxml import etree

from tests.papers import CHART, HOSTILE, LONG_TABLE, NAMED_TABLE, TABLE, paper
from tomsapp.domain.papers.council_paper import (
    EXAMPLE_MARK,
    CouncilPaper,
    PaperColumn,
    PaperPicture,
    PaperTable,
    PaperText,
)
from tomsapp.exchange.numbers import printable
from tomsapp.exchange.word.paper_docx import write_paper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def has_writer() -> bool:
    """Whether LibreOffice is there with the part that opens texts, which stands beside its program."""
    program = shutil.which("soffice")
    return program is not None and any(Path(program).resolve().parent.glob("*swlo.*"))


def png() -> bytes:
    """A picture of one white point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff"))
        + chunk(b"IEND", b"")
    )


def written(made: CouncilPaper) -> bytes:
    return write_paper(made, {CHART: png()})


def xml_of(data: bytes, part: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def paragraphs(data: bytes) -> list[str]:
    """The text of each paragraph that has some, in reading order, as the XML has it."""
    told = []
    for paragraph in xml_of(data).iter(f"{W}p"):
        text = "".join(
            {f"{W}t": each.text or "", f"{W}br": "\n", f"{W}tab": "\t"}.get(each.tag, "") for each in paragraph.iter()
        )
        if text:
            told.append(text)
    return told


def test_it_says_the_words_of_the_paper_in_their_order():
    made = paper(LONG_TABLE)
    assert paragraphs(written(made)) == [words for words in made.words if words]


def test_headings_are_headings_and_points_are_points():
    document = Document(io.BytesIO(written(paper())))
    styles = [(each.style.name, each.text) for each in document.paragraphs if each.style.name != "Normal"]
    assert styles[:4] == [
        ("Heading 1", "Social value: report to committee"),
        ("Heading 2", "In short"),
        ("List Bullet", "25 people began a job"),
        ("List Bullet", "310 hours of volunteering"),
    ]
    assert ("Heading 3", "By theme") in styles
    assert ("Caption", CHART.caption) in styles


def test_a_table_has_heads_that_come_again_rows_that_stay_whole_and_words():
    tables = list(xml_of(written(paper(LONG_TABLE))).iter(f"{W}tbl"))
    assert len(tables) == 2
    for table, told in zip(tables, (TABLE, LONG_TABLE), strict=True):
        rows = list(table.iter(f"{W}tr"))
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val") == told.caption
        assert table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstRow") == "1"


def test_a_table_that_its_heading_names_has_its_caption_for_assistive_technology_alone():
    made = paper(NAMED_TABLE)
    data = written(made)
    assert paragraphs(data) == [words for words in made.words if words]
    assert NAMED_TABLE.caption not in paragraphs(data)
    last = list(xml_of(data).iter(f"{W}tbl"))[-1]
    assert last.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val") == NAMED_TABLE.caption


def widths_of(told: PaperTable) -> list[int]:
    """The widths of the columns of a table as the Word file has them, in twentieths of a point."""
    table = list(xml_of(written(paper(told))).iter(f"{W}tbl"))[-1]
    first = next(table.iter(f"{W}tr"))
    return [int(each.get(f"{W}w")) for each in first.iter(f"{W}tcW")]


def test_no_word_or_figure_of_a_table_is_cut_where_there_is_room():
    columns = (PaperColumn("Promise, and whose", 400), PaperColumn("Accepted", 10), PaperColumn("Worth", 10))
    told = PaperTable("Narrow", columns, (("1  Employee volunteering", "consultations", "£1,043,120.23"),))
    promise, accepted, worth = widths_of(told)
    # "consultations" and the figure are about 58 and 65 points wide in Arial of 10 points.
    assert accepted > (58 + 10) * 20
    assert worth > (65 + 10) * 20
    assert promise + accepted + worth == sum(widths_of(TABLE))
    whole = replace(told, total=("Together", "", "£111,043,120.23"))
    assert widths_of(whole)[2] > worth


def test_a_word_that_fills_the_page_leaves_room_for_the_others():
    columns = (PaperColumn("What", 100), PaperColumn("Accepted", 50), PaperColumn("Worth", 50))
    told = PaperTable("Wide", columns, (("W" * 200, "字" * 200, "£43,120.23"),))
    widths = widths_of(told)
    assert sum(widths) == sum(widths_of(TABLE))
    assert min(widths) > 600


def test_a_short_table_stays_on_one_page_and_a_long_one_where_it_begins_and_ends():
    def kept(told: PaperTable) -> list[bool]:
        table = list(xml_of(written(paper(told))).iter(f"{W}tbl"))[-1]
        return [row.find(f".//{W}keepNext") is not None for row in table.iter(f"{W}tr")]

    assert kept(NAMED_TABLE) == [True, True, True, False]
    long = kept(LONG_TABLE)
    assert long[:3] == [True, True, False]
    assert long[-3:] == [False, True, False]


def test_the_foot_of_each_page_says_when_it_was_made():
    def foot(made: CouncilPaper) -> str:
        return str(Document(io.BytesIO(written(made))).sections[0].footer.paragraphs[0].text)

    assert foot(paper()) == "Made 5 October 2026 by A. Okafor."
    assert foot(paper(made_by="")) == "Made 5 October 2026."


def test_a_picture_says_every_bar_in_words():
    (said,) = (each for each in xml_of(written(paper())).iter() if str(each.tag).endswith("}docPr"))
    assert said.get("descr") == CHART.alternative
    assert said.get("title") == CHART.caption


def test_properties_and_language_are_those_of_the_paper():
    data = written(paper())
    said = Document(io.BytesIO(data)).core_properties
    assert (said.title, said.author, said.language) == (
        "Social value: report to committee",
        "Larkmere Council",
        "en-GB",
    )
    assert f"{said.created:%Y-%m-%d %H:%M}" == "2026-10-05 00:00"
    languages = {each.get(f"{W}val") for each in xml_of(data, "word/styles.xml").iter(f"{W}lang")}
    assert languages == {"en-GB"}
    fonts = {each.get(f"{W}ascii") for each in xml_of(data, "word/styles.xml").iter(f"{W}rFonts")}
    assert "Arial" in fonts


def test_a_made_up_council_is_marked_in_the_head_of_each_page_and_a_real_one_is_not():
    def head(made: CouncilPaper) -> str:
        return str(Document(io.BytesIO(written(made))).sections[0].header.paragraphs[0].text)

    assert head(paper()).endswith(EXAMPLE_MARK)
    assert head(paper(is_example=False)) == "Larkmere Council  ·  Committee report"
    assert Document(io.BytesIO(written(paper(council="", is_example=False)))).core_properties.author == "A. Okafor"


def test_the_same_paper_gives_the_same_bytes():
    assert written(paper()) == written(paper())


def test_texts_are_never_fields_markup_or_links():
    data = written(paper(*map(PaperText, HOSTILE)))
    assert set(map(printable, HOSTILE)) <= set(paragraphs(data))
    tags = {str(each.tag).rpartition("}")[2] for each in xml_of(data).iter()}
    assert not tags & {"instrText", "fldSimple", "fldChar", "hyperlink", "b64"}


@pytest.mark.slow
@pytest.mark.skipif(not has_writer(), reason="LibreOffice Writer is not installed")
def test_libreoffice_opens_it_and_prints_every_word(tmp_path):
    made = paper(LONG_TABLE)
    source = tmp_path / "paper.docx"
    source.write_bytes(written(made))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "paper.pdf")]
    printed = "".join("".join(pages).split())
    assert [words for words in made.words if "".join(words.split()) not in printed] == []
    assert sum("Hours" in page for page in pages) >= 2


def test_a_picture_stands_over_its_caption_with_its_words():
    picture = PaperPicture("A window", "A window in three parts", "window", png())
    with zipfile.ZipFile(io.BytesIO(write_paper(replace(paper(), blocks=(picture,)), {}))) as word:
        document = etree.fromstring(word.read("word/document.xml"))
        assert [name for name in word.namelist() if name.startswith("word/media/")]
    texts = ["".join(each.itertext()) for each in document.iter(f"{W}p")]
    assert "A window" in texts
    described = [each.get("descr") for each in document.iter() if each.tag.endswith("}docPr")]
    assert described == ["A window in three parts"]
