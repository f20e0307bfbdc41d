"""A paper of the council as a tagged PDF, from the object from which its Word file is written too."""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperChart,
    PaperHeading,
    PaperList,
    PaperPicture,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.reports.context import ReportContext
from tomsapp.reports.document import BuiltReport, Progress, ReportDocument
from tomsapp.reports.flowables import Block, Bullets, Figure, Heading, Panel, Paragraph, ReplacedCharacters
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.paper_bars import PaperBars
from tomsapp.reports.paper_photo import PaperPhoto
from tomsapp.reports.styles import BODY, H3, H4, LEAD, NOTE, PANEL, TextStyle
from tomsapp.reports.tables import Column, Row, RowKind, Table, TableLook
from tomsapp.reports.text import Run

_STYLES: dict[TextKind, TextStyle] = {
    TextKind.BODY: BODY,
    TextKind.LEAD: LEAD,
    TextKind.NOTE: NOTE,
    TextKind.MARKED: PANEL,
}
_CLOSE: dict[TextStyle, TextStyle] = {
    BODY: replace(BODY, size=8.8, leading=11.3, after=2),
    LEAD: replace(LEAD, size=8.8, leading=11.3, after=2),
    NOTE: replace(NOTE, size=8.3, leading=10.5, before=0, after=3),
}
_CLOSE_GAP = 0.8
"""Between the points of a list whose paper is set close."""
_LOOK = TableLook(line_gap=2.2)
_WHOLE = 12
"""A table of up to so many rows stays on one page."""


def build_council_paper(
    paper: CouncilPaper, context: ReportContext, fonts: FontSet, progress: Progress | None = None
) -> BuiltReport:
    """The paper as a tagged PDF; the same input gives the same bytes.

    Raises:
        ReportError: the council's logo cannot be read.
    """
    document = ReportDocument(fonts, context.running(paper.name, []), context.details(paper.title))
    document.add(Heading(paper.title, 1))
    for block in paper.story:
        document.add(*(_close(block) if paper.is_close else _blocks(block)))
    document.add(ReplacedCharacters())
    return document.build((), progress)


def _blocks(block: PaperBlock) -> Iterator[Block]:
    match block:
        case PaperHeading(text, level):
            yield Heading(text, level)
        case PaperText(text, TextKind.MARKED):
            yield Panel([Paragraph([Run(text, bold=True)], PANEL)])
        case PaperText(text, kind):
            yield Paragraph(text, _STYLES[kind])
        case PaperList(points):
            yield Bullets(points)
        case PaperTable():
            if not block.is_named:
                yield Paragraph(block.caption, H4, keep=True)
            yield _table(block)
        case PaperPicture():
            yield Figure(PaperPhoto(block.png), block.alternative, after=2.0)
            yield Paragraph(block.caption, NOTE)
        case PaperChart():
            yield Paragraph(block.caption, H4, keep=True)
            yield Figure(PaperBars(block), block.alternative, keep=False)
        case _:
            assert_never(block)


def _close(block: PaperBlock) -> Iterator[Block]:
    """The same blocks, smaller and closer."""
    for made in _blocks(block):
        match made:
            case Heading():
                yield replace(made, is_tight=True, style=H3)
            case Paragraph():
                yield replace(made, style=_CLOSE.get(made.style, made.style))
            case Bullets():
                yield replace(made, style=_CLOSE[BODY], gap=_CLOSE_GAP)
            case _:
                yield made


def _table(table: PaperTable) -> Table:
    columns = [
        Column(column.head, column.share, right=column.right, row_head=not place, words=True)
        for place, column in enumerate(table.columns)
    ]
    rows = [Row(list(cells)) for cells in table.rows]
    if table.total:
        rows.append(Row(list(table.total), RowKind.TOTAL))
    return Table(columns, rows, _LOOK, whole=len(rows) <= _WHOLE)
