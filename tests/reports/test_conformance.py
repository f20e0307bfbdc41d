from pathlib import Path

import page
import pytest

from tests.reports.sample import RUNNING, new_document, summary, valuation
from tests.reports.test_document import HOSTILE, picture
from tests.reports.verapdf import broken_rules
from tomsapp.reports.attachments import Attachment
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
    report = page.validate_pdf_bytes(make())
    assert [(fault.rule_id, fault.message) for fault in report.failures] == []
    assert report.rules.total > 100


@pytest.mark.slow
@pytest.mark.parametrize("make", [everything, nearly_empty])
def test_verapdf_finds_no_fault(make: object, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(make())
    assert broken_rules(path) == []
