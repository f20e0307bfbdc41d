"""The evaluation report as both of its files: what a bidder redoes is read back from what was printed."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.domain.tender import report_build as made
from tests.domain.tender.scoring_build import JOBS, entry, lot, pounds
from tests.reports.conformance import faults_of
from tests.reports.valuations import fonts
from tests.reports.verapdf import broken_rules
from tomsapp.domain.papers.council_paper import CouncilPaper
from tomsapp.domain.papers.evaluation import evaluation_report
from tomsapp.domain.papers.told import PaperMaker
from tomsapp.domain.tender.scoring_rules import show_points
from tomsapp.domain.wording import format_pounds
from tomsapp.exchange.word.paper_docx import write_paper
from tomsapp.reports.context import ReportContext
from tomsapp.reports.council_paper import build_council_paper

MAKER = PaperMaker("Larkmere Council", date(2027, 2, 3), "A. Okafor")
CONTEXT = ReportContext(MAKER.made_on, MAKER.council, MAKER.made_by)
TOLD = made.told()
PAPER = evaluation_report(TOLD, MAKER)
HOSTILE = ("=1+1 {HYPERLINK}", "<b>Bold</b> & Sons", "N" * 120, "Ünïcode \u202eyob\u202c Ltd")


def pages(paper: CouncilPaper) -> list[str]:
    data = build_council_paper(paper, CONTEXT, fonts()).data
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_word_of_the_report_stands_in_both_files():
    printed = squeezed("".join(pages(PAPER)))
    assert [words for words in PAPER.words if squeezed(words) not in printed] == []
    with zipfile.ZipFile(io.BytesIO(write_paper(PAPER, {}))) as word:
        text = squeezed(re.sub(r"<[^>]*>", "", word.read("word/document.xml").decode()))
    assert squeezed("38.42 + 33.60 + 10.00 + 8.60 = 90.62") in text


def test_the_figures_of_every_bid_are_read_back_from_the_pdf():
    printed = squeezed("".join(pages(PAPER)))
    for row in TOLD.rows:
        assert squeezed(f"{row.supplier} {row.rank_words}") in printed
        assert format_pounds(row.bid.value) in printed
        for part in row.parts:
            assert part.points is not None
            assert squeezed("; ".join(part.equations) + show_points(part.points)) in printed, part
        if row.parts:
            assert squeezed(f"Total {row.shown_total}") in printed


def test_whoever_decides_reads_it_on_the_first_page():
    first = squeezed(pages(PAPER)[0])
    for words in ("Calder comes first with 90.62 of 100 points", "What would change the winner", "Out of the ordinary"):
        assert squeezed(words) in first


def test_nothing_is_wrong_with_the_pdf(tmp_path: Path):
    data = build_council_paper(PAPER, CONTEXT, fonts()).data
    assert faults_of(data) == []
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    assert broken_rules(path) == []


@pytest.mark.parametrize("count", [0, 1, 12])
def test_lots_of_no_bid_one_and_twelve_are_printed(count):
    bids = [
        entry(f"Bidder {number}", str(900 + number), "40", pounds("S01", str(60000 + number)), *JOBS)
        for number in range(count)
    ]
    told = made.told(lot(*bids), bids=(), moderated=(), marks=())
    printed = pages(evaluation_report(told, MAKER))
    assert squeezed("There is no bid" if not count else f"Bidder {count - 1}") in squeezed(printed[0])


def test_hostile_names_are_printed_as_they_are():
    bids = [entry(name, "100", "40", pounds("S01", "60000"), *JOBS) for name in HOSTILE]
    paper = evaluation_report(made.told(lot(*bids), bids=()), MAKER)
    data = build_council_paper(paper, CONTEXT, fonts()).data
    assert faults_of(data) == []
    printed = squeezed("".join(pages(paper)))
    assert squeezed(HOSTILE[1]) in printed
    assert "N" * 20 in printed
    assert "\u202e" not in printed
