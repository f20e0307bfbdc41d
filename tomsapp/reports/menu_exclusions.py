"""Which measures may be about the same thing: all groups in a table, and shortly beside each measure."""

from collections.abc import Iterator, Mapping, Sequence

from tomsapp.domain.measure_words import DECLARED, JOBS_ONCE, NOT_TOGETHER, TOGETHER, together_head, together_words
from tomsapp.domain.menu import Clash, ExclusionGroup, Measure, MenuEdition
from tomsapp.domain.wording import listed
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.paging import Bookmark
from tomsapp.reports.phrases import sentence
from tomsapp.reports.styles import LEAD, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, Table, TableLook
from tomsapp.reports.text import Content, PageRun, Run

_OTHER_MENUS = "measures of other menus"
"""Their names stand with the group alone, since there may be many."""

_COLUMNS = (
    Column("Measures", 140, row_head=True),
    Column(TOGETHER, 165),
    Column("Why", 186),
)


def group_key(group: ExclusionGroup) -> str:
    """The bookmark of a group."""
    return f"group-{group.code}"


def code_ranges(codes: Sequence[str], edition: MenuEdition) -> list[str]:
    """Codes in few words: three or more that follow each other, with no number between, are a range, "J01 to J10"."""
    order = {code: number for number, code in enumerate(edition.places)}
    spans: list[list[str]] = []
    for code in sorted(codes, key=lambda code: order.get(code, len(order))):
        last = spans[-1][-1] if spans else ""
        if order.get(code, -1) == order.get(last, -3) + 1 and _is_next(last, code):
            spans[-1].append(code)
        else:
            spans.append([code])
    return [part for span in spans for part in _span(span)]


def _is_next(last: str, code: str) -> bool:
    """Whether a code has the letter of another and the next number, so that none can be left out between them."""
    if not last[1:].isdecimal() or not code[1:].isdecimal():
        return False
    return code[0] == last[0] and int(code[1:]) == int(last[1:]) + 1


def _span(span: Sequence[str]) -> list[str]:
    return [f"{span[0]} to {span[-1]}"] if len(span) > 2 else list(span)


def rivals(measure: Measure, edition: MenuEdition) -> Iterator[Content]:
    """What a measure is told apart from, shortly; the reasons stand with the groups at the end of the book.

    A measure in several groups is named with the first that asks, as the checks ask about each two measures once.
    """
    named = _named(measure, edition)
    if not named:
        return
    found: dict[str, dict[str, list[str]]] = {head: {} for head in (NOT_TOGETHER, DECLARED, JOBS_ONCE)}
    for group, codes in named.items():
        found[together_head(group, edition)].setdefault(group.same, []).extend(codes)
    told = [_told(head, same, edition) for head, same in found.items() if same]
    first = next(group for group in edition.exclusion_groups if group in named)
    yield [Run(f"{' '.join(told)} Why: from page\u00a0"), PageRun(group_key(first)), Run(".")]


def _named(measure: Measure, edition: MenuEdition) -> dict[ExclusionGroup, list[str]]:
    """For each group the codes with which a measure is in it and in no group before; "" stands for other menus."""
    groups = edition.groups_of(measure.code)
    blocked = [group for group in groups if group.severity is Clash.BLOCK]
    named: dict[ExclusionGroup, list[str]] = {}
    known: set[str] = set()
    for group in (*blocked, *(group for group in groups if group not in blocked)):
        left = [code for code in group.rivals_of(measure.code) if code not in known]
        known.update(left)
        if left or group.elsewhere:
            named[group] = [*left, *([""] if group.elsewhere else [])]
    return named


def _told(head: str, same: Mapping[str, Sequence[str]], edition: MenuEdition) -> str:
    """What happens, with the codes for which it does; a declaration is about what is the same."""
    if head == DECLARED:
        return f"{head} {listed([f'{what} ({_codes(codes, edition)})' for what, codes in same.items()], 'or')}."
    return f"{head}: {_codes([code for codes in same.values() for code in codes], edition)}."


def _codes(codes: Sequence[str], edition: MenuEdition) -> str:
    own = [code for code in codes if code]
    return listed([*code_ranges(own, edition), *([_OTHER_MENUS] if len(own) < len(codes) else [])])


def exclusions(edition: MenuEdition) -> list[Block]:
    """The groups of measures that may be about the same thing, each with its reason."""
    if not edition.exclusion_groups:
        return []
    rows = [_row(group, edition) for group in edition.exclusion_groups]
    words = (
        "Measures of a group may be about the same person, pound or thing, and that counts once. Beside each group "
        "stands what happens when two of them are claimed."
    )
    if any(group.severity is Clash.BLOCK for group in edition.exclusion_groups):
        words += f" Where it says “{NOT_TOGETHER}” they may not be claimed in one contract for anything."
    heading = Heading(TOGETHER, bookmark="exclusions")
    return [heading, Paragraph(words, LEAD, keep=True), Table(_COLUMNS, rows, TableLook(line_gap=2.2))]


def _row(group: ExclusionGroup, edition: MenuEdition) -> Row:
    codes = listed(code_ranges(group.measures, edition))
    if group.against:
        each = ", each with" if len(group.measures) > 1 else " with"
        codes = f"{codes}{each} {listed(code_ranges(group.against, edition))}"
    elsewhere = [Part(f"Also with {listed(group.elsewhere)}.", SUM_MUTED)] if group.elsewhere else []
    measures = Cell([Part(codes), *elsewhere])
    return Row(
        [measures, together_words(group, edition), sentence(group.reason)], bookmark=Bookmark("", 0, group_key(group))
    )
