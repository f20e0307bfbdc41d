"""Writes docs/guide-for-bidders.md from the words of the paper, so that both always say the same.

Run: python -m docs.bidder_guide_page
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperHeading,
    PaperList,
    PaperPicture,
    PaperText,
)
from tomsapp.services.bidder_guide import bidder_paper

PAGE = Path(__file__).resolve().parent / "guide-for-bidders.md"
_LABEL = re.compile("“([^”]+)”")
_SAME = (
    "The same words go out with every pack as `How to answer a tender.pdf`, two pages; the menu **Help** shows it, and "
    "saves it as PDF and as Word. How a council sets up a tender, and more of the bidder’s window, stand in the "
    "[user guide](user-guide.md#answer-a-tender)."
)


def page_of(paper: CouncilPaper) -> str:
    """The paper as Markdown; names that are seen on the screen are bold."""
    parts = [f"# {paper.title}", *(part for block in paper.story for part in _parts(block)), "---", _SAME]
    return "\n\n".join(parts) + "\n"


def _parts(block: PaperBlock) -> Iterator[str]:
    match block:
        case PaperHeading(text, level):
            yield f"{'#' * level} {text}"
        case PaperText(text):
            yield _marked(text)
        case PaperList(points):
            yield "\n".join(f"- {_marked(point)}" for point in points)
        case PaperPicture():
            yield f"![{block.alternative}](screenshots/{block.name}.png)"
            yield f"*{block.caption}*"
        case _:
            raise NotImplementedError(block)


def _marked(text: str) -> str:
    return _LABEL.sub(r"**\1**", text)


def write_page() -> None:
    """Write the page anew."""
    PAGE.write_text(page_of(bidder_paper()), encoding="utf-8")


if __name__ == "__main__":
    write_page()
