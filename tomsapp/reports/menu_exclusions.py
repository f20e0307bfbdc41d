"""Which measures may not be claimed for the same thing: all groups in a table, and shortly beside each measure."""

from collections.abc import Iterator, Sequence

from tomsapp.domain.measure_words import NOT_TOGETHER, TOGETHER, together_words
from tomsapp.domain.menu import Clash, ExclusionGroup, Measure, MenuEdition
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.paging import Bookmark
from tomsapp.reports.phrases import listed, sentence
from tomsapp.reports.styles import LEAD, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, Table
from tomsapp.reports.text import Content, PageRun, Run

_COLUMNS = (
    Column("Measures", 140, row_head=True),
    Column("The same", 66),
    Column(TOGETHER, 100),
    Column("Why", 185),
)


def group_key(group: ExclusionGroup) -> str:
    """The bookmark of a group."""
    return f"group-{group.code}"


def code_ranges(codes: Sequence[str], edition: MenuEdition) -> list[str]:
    """Codes in few words: three or more that follow each other in the menu are a range, "J01 to J10"."""
    order = {code: number for number, code in enumerate(edition.places)}
    spans: list[list[str]] = []
    for code in sorted(codes, key=lambda code: order.get(code, len(order))):
        follows = spans and order.get(code, -1) == order.get(spans[-1][-1], -3) + 1 and code[:1] == spans[-1][-1][:1]
        if follows:
            spans[-1].append(code)
        else:
            spans.append([code])
    return [part for span in spans for part in _span(span)]


def _span(span: Sequence[str]) -> list[str]:
    return [f"{span[0]} to {span[-1]}"] if len(span) > 2 else list(span)


def rivals(measure: Measure, edition: MenuEdition) -> Iterator[Content]:
    """What a measure may not be claimed with, shortly; the reason stands with its group at the end of the book."""
    for group in edition.groups_of(measure.code):
        named = [*code_ranges(group.rivals_of(measure.code), edition), *group.elsewhere]
        if named:
            yield [
                Run(f"{listed(named)} (page\u00a0"),
                PageRun(group_key(group)),
                Run(f"). {together_words(group, edition)}"),
            ]


def exclusions(edition: MenuEdition) -> list[Block]:
    """The groups of measures that may not be claimed for the same thing, each with its reason."""
    if not edition.exclusion_groups:
        return []
    rows = [_row(group, edition) for group in edition.exclusion_groups]
    words = "Two measures of a group may not be claimed for the same person, pound or thing."
    if any(group.severity is Clash.BLOCK for group in edition.exclusion_groups):
        words += f" Where it says “{NOT_TOGETHER}” they may not be claimed in one contract for anything."
    heading = Heading(TOGETHER, bookmark="exclusions")
    return [heading, Paragraph(words, LEAD, keep=True), Table(_COLUMNS, rows)]


def _row(group: ExclusionGroup, edition: MenuEdition) -> Row:
    codes = listed(code_ranges(group.measures, edition))
    if group.against:
        each = ", each with" if len(group.measures) > 1 else " with"
        codes = f"{codes}{each} {listed(code_ranges(group.against, edition))}"
    elsewhere = [Part(f"Also with {listed(group.elsewhere)}.", SUM_MUTED)] if group.elsewhere else []
    cells: list[str | Cell] = [Cell([Part(codes), *elsewhere]), group.same, together_words(group, edition)]
    cells.append(sentence(group.reason))
    return Row(cells, bookmark=Bookmark("", 0, group_key(group)))
