"""A paper of the council as a PDF: every word of it, tagged, for an archive and for assistive technology."""

from dataclasses import replace
from datetime import date

import pypdfium2

from tests.domain.test_council_papers import MOST_PROMISES, lines_of, told, ward
from tests.papers import CHART, HOSTILE, LONG_TABLE, paper
from tests.reports.conformance import faults_of
from tests.reports.valuations import fonts
from tests.reports.verapdf import broken_rules
from tomsapp.domain.papers.council_paper import PaperTable, PaperText
from tomsapp.reports.context import ReportContext
from tomsapp.reports.council_paper import build_council_paper
from tomsapp.reports.paper_bars import chart_picture

CONTEXT = ReportContext(date(2026, 10, 5), "Larkmere Council", "A. Okafor", is_example=True)


def build(made):
    return build_council_paper(made, CONTEXT, fonts())


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(data: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def test_every_word_of_the_paper_stands_in_the_pdf():
    made = paper()
    printed = squeezed(text_of(build(made).data))
    assert [words for words in made.words if squeezed(words) not in printed] == []


def test_the_same_paper_gives_the_same_bytes():
    assert build(paper()).data == build(paper()).data


def test_a_long_table_repeats_its_head_on_each_page():
    built = build(paper(LONG_TABLE))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(built.data)]
    assert built.pages > 2
    assert sum("Hours" in page for page in pages) >= 2


def test_a_short_table_stays_on_one_page():
    """Wherever on a page it begins."""
    told = PaperTable("Kept", LONG_TABLE.columns, tuple((f"Kept row {number}", "1") for number in range(11)))
    for lines in range(0, 40, 5):
        before = [PaperText(f"Line {number}") for number in range(lines)]
        built = build(paper(*before, told))
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(built.data)]
        assert [page.count("Kept row") for page in pages if "Kept row" in page] == [11]


def test_a_ward_sheet_with_as_many_promises_as_it_shows_is_one_page():
    every = lines_of(told(), evidence=2, accepted_own=1)
    assert build(ward(*every[:MOST_PROMISES])).pages == 1
    assert build(ward(*every)).pages == 2


def test_hostile_text_is_printed_as_it_is():
    made = paper(*map(PaperText, HOSTILE))
    printed = text_of(build(made).data)
    assert "=1+1" in printed
    assert "<b>bold</b>" in printed
    assert "‹U+202E›" in printed


def test_a_chart_is_a_picture_too_and_always_the_same():
    first = chart_picture(CHART, fonts())
    assert first.startswith(b"\x89PNG")
    assert chart_picture(CHART, fonts()) == first
    assert chart_picture(replace(CHART, bars=CHART.bars[:1]), fonts()) != first


def test_no_checker_of_accessible_and_archived_pdfs_finds_a_fault(tmp_path):
    data = build(paper(LONG_TABLE, *map(PaperText, HOSTILE))).data
    assert faults_of(data) == []
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    assert broken_rules(path) == []
