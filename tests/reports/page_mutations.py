"""Changes one digit at a time on pages that were read, to find out which changes the page lint does not see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.reports.page_reader import Node, Pages, Piece

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True)
class Change:
    """A digit that was changed: its page, the block that it stands in, and the words around it before and after."""

    page: int
    block: Node | None
    before: str
    after: str
    told: str
    is_answer: bool

    def __str__(self) -> str:
        return f"page {self.page}: “{self.before}” became “{self.after}”"


def changes(pages: Pages, seed: int, *, share: float = 1.0, of_page: int = 0) -> Iterator[Change]:
    """One digit of every number on the pages and in the descriptions of their figures changed, one after another.

    The change stands while the caller looks at it and is taken back afterwards. `share` is the part of the numbers
    that is tried, `of_page` the only page whose numbers are.
    """
    chance = Random(seed)
    blocks = {id(piece): block for block in pages.blocks() for piece in block.pieces()}
    holders: list[tuple[Piece | Node, str, int, Node | None]] = [
        (piece, "text", sheet.number, blocks.get(id(piece)))
        for sheet in pages.sheets
        for piece in (*sheet.story, *sheet.decoration)
    ]
    holders += [(node, "alt", node.first_page(), node) for node in pages.root.nodes() if node.alt]
    answers = {id(piece) for block in pages.blocks() for piece in _answers(block)}
    for holder, name, page, block in holders:
        if of_page not in {0, page}:
            continue
        text = getattr(holder, name)
        for number in _NUMBER.finditer(text):
            at = chance.choice([place for place in range(*number.span()) if text[place].isdigit()])
            digit = chance.choice([other for other in "0123456789" if other != text[at]])
            if chance.random() >= share:
                continue
            other = f"{text[:at]}{digit}{text[at + 1 :]}"
            # A piece is frozen, and stands both in the structure and on its sheet.
            object.__setattr__(holder, name, other)
            around = slice(max(at - 40, 0), at + 25)
            yield Change(page, block, text[around], other[around], told_of(block, holder), id(holder) in answers)
            object.__setattr__(holder, name, text)


def told_of(block: Node | None, holder: Piece | Node) -> str:
    """The text of the cell or block in which a piece stands."""
    cells = [node for node in block.nodes() if node.tag in {"TD", "TH", "LI", "P"}] if block is not None else []
    own = [cell for cell in cells if any(piece is holder for piece in cell.pieces())]
    return own[0].text if own else ""


def _answers(block: Node) -> Iterator[Piece]:
    """What somebody answered to a Problem, or the menu's words on what to do."""
    rows = [[kid for kid in row.kids if isinstance(kid, Node)] for row in block.nodes() if row.tag == "TR"]
    if rows and rows[0][-1].text == "Answer or what to do":
        for row in rows:
            yield from row[-1].pieces()
