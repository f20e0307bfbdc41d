"""The guide for bidders as a tagged PDF, checked as the other papers are."""

from dataclasses import replace
from pathlib import Path

import pypdfium2

from tests.exchange.tenders.examples import IDENTITY, PACK, TENDER_EDITION
from tests.reports.conformance import faults_of
from tests.reports.valuations import fonts
from tests.reports.verapdf import broken_rules
from tomsapp.domain.papers.tender_guide import tender_guide
from tomsapp.reports.context import ReportContext
from tomsapp.reports.council_paper import build_council_paper

GUIDE = tender_guide(PACK, IDENTITY, TENDER_EDITION)
CONTEXT = ReportContext(GUIDE.made_on, GUIDE.council, GUIDE.made_by)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_word_of_the_guide_stands_in_the_pdf_and_its_identity_too():
    data = build_council_paper(GUIDE, CONTEXT, fonts()).data
    printed = squeezed("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)))
    assert [words for words in GUIDE.words if squeezed(words) not in printed] == []
    assert IDENTITY.sha256 in printed


def test_the_guide_of_an_example_says_so():
    marked = tender_guide(PACK, IDENTITY, TENDER_EDITION, is_example=True)
    assert "Example council, not real." in list(marked.words)
    assert replace(marked, is_example=False) == GUIDE


def test_nothing_is_wrong_with_the_pdf(tmp_path: Path):
    data = build_council_paper(GUIDE, CONTEXT, fonts()).data
    assert faults_of(data) == []
    path = tmp_path / "guide.pdf"
    path.write_bytes(data)
    assert broken_rules(path) == []
