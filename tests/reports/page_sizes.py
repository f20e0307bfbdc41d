"""Finds type that is too small on printed pages: body text is 9.5 points at least, a note 8.8 and no less.

It takes what stands in the file alone. Small type is for what stands under something larger: the head of a column,
the words in a chart, a further paragraph of a cell, and a note under a table, a chart or another note.
"""

from collections.abc import Iterator

from tests.reports.page_reader import Node, Pages, Piece

BODY, NOTE = 9.5, 8.8
_TOLERANCE = 0.05


def size_faults(pages: Pages) -> Iterator[str]:
    """A sentence for each size of type on a page that is under what its text needs, with the first such words."""
    found: dict[tuple[int, float, float], str] = {}
    for element, least in _texts(pages):
        for piece in element.pieces():
            if piece.text.strip() and piece.size < least - _TOLERANCE:
                found.setdefault((piece.page, piece.size, least), _words(element, piece))
    for (page, size, least), words in sorted(found.items()):
        what = "body text" if least == BODY else "a note"
        yield f"page {page}: {what} of {size:g} points, under {least:g}: “{words}”"


def _words(element: Node, piece: Piece) -> str:
    return (element.text or piece.text)[:60]


def _texts(pages: Pages) -> Iterator[tuple[Node, float]]:
    """Each text of the story with the least size that its letters may have."""
    before = ""
    for block in pages.blocks():
        kind = block.tag
        if kind == "Table":
            for cell in block.nodes():
                if cell.tag in {"TD", "TH"}:
                    yield from _of_cell(cell)
        elif kind == "Figure":
            yield block, NOTE
        else:
            is_note = kind == "P" and before in {"Table", "Figure", "Note"} and _is_small(block)
            kind = "Note" if is_note else kind
            yield block, NOTE if is_note else BODY
        before = kind


def _of_cell(cell: Node) -> Iterator[tuple[Node, float]]:
    if cell.scope == "Column":
        yield cell, NOTE
        return
    paragraphs = [kid for kid in cell.kids if isinstance(kid, Node) and kid.tag == "P"]
    if not paragraphs:
        yield cell, BODY
    for number, paragraph in enumerate(paragraphs):
        yield paragraph, NOTE if number else BODY


def _is_small(block: Node) -> bool:
    return all(piece.size < BODY - _TOLERANCE for piece in block.pieces())
