"""How to answer a tender, as files: the same two pages for every council and every tender, with pictures that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.config.paths import resources_dir
from tomsapp.domain.papers.bidder_guide import PICTURE_NAMES, bidder_guide
from tomsapp.services.council_papers import PrintedPaper
from tomsapp.services.reporting import MadeReport, made_report, plain_name, told_of

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.services.progress import Progress


def picture_file(name: str) -> Path:
    """Where a picture of the paper is kept."""
    return resources_dir() / "bidder-guide" / f"{name}.png"


def bidder_paper() -> CouncilPaper:
    """The paper, with its pictures."""
    return bidder_guide({name: picture_file(name).read_bytes() for name in PICTURE_NAMES})


def bidder_pdf(progress: Progress | None = None) -> MadeReport:
    """The paper as a tagged PDF; it is the same on every day and for every council.

    Raises:
        Cancelled: somebody stopped it.
    """
    from tomsapp.reports.context import ReportContext
    from tomsapp.reports.council_paper import build_council_paper
    from tomsapp.reports.fonts import load_fonts

    paper = bidder_paper()
    fonts = load_fonts(resources_dir() / "fonts")
    built = build_council_paper(
        paper, ReportContext(paper.made_on), fonts, told_of(progress, f"Making “{paper.title}”")
    )
    return made_report(built, plain_name(paper.title, ".pdf"))


def print_bidder_paper(progress: Progress | None = None) -> PrintedPaper:
    """The paper as PDF and as Word, for a council's own website.

    Raises:
        Cancelled: somebody stopped it.
    """
    from tomsapp.exchange.word.paper_docx import write_paper

    paper = bidder_paper()
    return PrintedPaper(paper, bidder_pdf(progress), write_paper(paper, {}))
