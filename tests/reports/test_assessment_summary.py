"""The assessment summary as both of its files: what a bidder reads is read back from what was printed."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.domain.tender.scoring_build import JOBS, entry, lot, pounds
from tests.domain.test_assessment_summary import SECRET, summary
from tests.reports.conformance import faults_of
from tests.reports.test_evaluation_report import CONTEXT, HOSTILE, MAKER, pages, squeezed
from tests.reports.valuations import fonts
from tests.reports.verapdf import broken_rules
from tomsapp.domain.papers.assessment_summary import assessment_summary
from tomsapp.exchange.word.paper_docx import write_paper
from tomsapp.reports.council_paper import build_council_paper

TOLD = summary()
PAPER = assessment_summary(TOLD, MAKER)


def test_every_word_of_the_summary_stands_in_both_files():
    printed = squeezed("".join(pages(PAPER)))
    assert [words for words in PAPER.words if squeezed(words) not in printed] == []
    with zipfile.ZipFile(io.BytesIO(write_paper(PAPER, {}))) as word:
        text = squeezed(re.sub(r"<[^>]*>", "", word.read("word/document.xml").decode()))
    for row in (TOLD.row, TOLD.winner):
        assert squeezed(f"{SECRET}: {row.supplier}, Question 2, Training") in text
        assert squeezed(f"Total{row.shown_total}") in text


def test_the_result_stands_on_the_first_page():
    first = squeezed(pages(PAPER)[0])
    assert squeezed(f"The contract is awarded to {TOLD.winner.supplier}. Your tender has rank 2 of 3") in first


@pytest.mark.parametrize("whose", [TOLD.key, TOLD.awarded, TOLD.told.evaluated.evaluation.not_admitted[0].key])
def test_nothing_is_wrong_with_the_pdf(whose, tmp_path: Path):
    data = build_council_paper(assessment_summary(summary(whose), MAKER), CONTEXT, fonts()).data
    assert faults_of(data) == []
    path = tmp_path / "summary.pdf"
    path.write_bytes(data)
    assert broken_rules(path) == []


def test_hostile_names_are_printed_as_they_are():
    bids = [
        entry(name, str(100 + place), "40", pounds("S01", "60000"), *JOBS) for place, name in enumerate(HOSTILE[:2])
    ]
    paper = assessment_summary(summary(given=lot(*bids), bids=()), MAKER)
    data = build_council_paper(paper, CONTEXT, fonts()).data
    assert faults_of(data) == []
    printed = squeezed("".join(pages(paper)))
    assert squeezed(HOSTILE[0]) in printed
    assert squeezed(HOSTILE[1]) in printed
