"""A lint of printed pages: reads a PDF back and finds what a hostile reader would find on paper.

Every rule takes what stands in the file alone. `lint` returns one sentence for each fault.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import pairwise
from urllib.parse import urlsplit

from tests.reports.page_edition import edition_faults
from tests.reports.page_facts import fact_faults
from tests.reports.page_hangs import ENDED
from tests.reports.page_paper import read_paper
from tests.reports.page_reader import Node, Pages, Piece, read_pages
from tests.reports.page_sizes import size_faults
from tests.reports.page_sums import cut, number_of, sums_in
from tests.reports.page_tables import table_faults
from tomsapp.domain.menu import MenuEdition

_TOP, _FOOT = 66.0, 60.0
_LEAST_FILLED = Fraction(1, 3)
"""The part of a page that its text fills at least."""

_HOST = re.compile(r"(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:uk|com|org|net|eu|io|info|int|gov|edu)\b(?!\.\w)", re.IGNORECASE)
_MONEY = re.compile(r"£\d[\d,]*\.\d\d(?!\d)")
_CUT_DIGIT = re.compile(r"(?:£|[\d.,])$")
_ROUNDED = re.compile(r"(?:[Ss]hares?|[Pp]ercentages?|per cent) (?:is|are) rounded")


@dataclass(frozen=True)
class Expected:
    """What is known of a paper beside its pages.

    `hosts` are those of the publishers; None leaves hosts alone. `mark` is the word that every page must have,
    `edition` the menu edition that a valuation is made with.
    """

    hosts: frozenset[str] | None = None
    mark: str = ""
    is_draft_menu: bool = False
    edition: MenuEdition | None = None


@dataclass
class Found:
    """The faults of a paper, and how much was looked at, so that a rule that sees nothing is noticed.

    `unread` are sums with words in them, such as the derivations of sources, which no machine redoes.
    """

    faults: list[str] = field(default_factory=list)
    sums: int = 0
    columns: int = 0
    unread: list[str] = field(default_factory=list)


def lint(data: bytes, expected: Expected | None = None) -> Found:
    return lint_pages(read_pages(data), expected)


def lint_pages(pages: Pages, expected: Expected | None = None) -> Found:
    found = Found()
    known = expected or Expected()
    rules: list[Callable[[], Iterable[str]]] = [partial(rule, pages, found) for rule in (_sums, _tables)]
    rules += [partial(rule, pages) for rule in _RULES]
    rules += [partial(rule, pages, known) for rule in (_publishers, _marks)]
    if known.edition is not None:
        rules.append(partial(edition_faults, pages, known.edition))
    for rule in rules:
        try:
            found.faults += rule()
        except (ValueError, LookupError, ArithmeticError) as error:
            found.faults.append(f"the pages cannot be read: {error!r}")
    return found


def _said(block: Node) -> Iterator[Node]:
    """The elements of a block in which a sum may stand: each cell, or the block."""
    if block.tag == "Table":
        yield from (cell for cell in block.nodes() if cell.tag in {"TD", "TH"})
    elif block.tag != "Figure":
        yield block


def _sums(pages: Pages, found: Found) -> Iterator[str]:
    for block in pages.blocks():
        for element in _said(block):
            for said, holds in sums_in(element.text):
                where = f"page {element.first_page()}: the sum {said}"
                if holds is None:
                    found.unread.append(where)
                    continue
                found.sums += 1
                if not holds:
                    yield f"{where} does not hold"


def _tables(pages: Pages, found: Found) -> Iterator[str]:
    heading = ""
    for block in pages.blocks():
        if block.tag.startswith("H"):
            heading = block.text
        if block.tag == "Table":
            seen, faults = table_faults(block)
            found.columns += seen
            where = f"page {block.first_page()}, {heading}"
            yield from (f"{where}: {fault}" for fault in faults)


def _share_of_contract(pages: Pages) -> Iterator[str]:
    """The share in the answer is the social value ÷ the contract value, cut; where pounds count it is given."""
    text = " ".join(block.text for block in pages.blocks()[:4])
    value = re.search(r"(£[\d,]+\.\d\d) without VAT", text)
    answer = re.search(r"(£[\d,]+\.\d\d)(?: can be counted)?, which is ([\d.,]+%) of the contract value", text)
    if value is None or not number_of(value.group(1)).value:
        return
    if answer is None:
        if re.search(r"The supplier \w+ social value of £", text) and "nothing can be counted" not in text:
            yield "page 1: the answer does not say what share of the contract value it is"
        return
    share = number_of(answer.group(1)).value / number_of(value.group(1)).value
    printed = number_of(answer.group(2))
    if cut(share * 100, printed.places) != printed.value * 100:
        yield f"page 1: {answer.group(2)} of the contract value is {float(share * 100):.4f}% cut"


def _one_total(pages: Pages) -> Iterator[str]:
    """The lines by confidence add up to the total of the themes."""
    totals: dict[str, list[Fraction]] = {}
    for block in pages.blocks():
        if block.tag == "Table":
            rows = [[cell for cell in row.kids if isinstance(cell, Node)] for row in block.nodes() if row.tag == "TR"]
            heads = [cell.text for cell in rows[0]]
            if heads[0] in {"Confidence", "Theme"} and "Social value" in heads:
                cells = [row[heads.index("Social value")] for row in rows[1:] if len(row) == len(heads)]
                column = [(cell.paragraphs or [cell.text])[0] for cell in cells]
                totals.setdefault(heads[0], [number_of(text).value for text in column if text.startswith("£")])
    themes = _themes_in_words(pages)
    whole = sum(themes) if themes else totals.get("Theme", [Fraction(0)])[-1]
    if totals.keys() == {"Confidence", "Theme"} and sum(totals["Confidence"]) != whole:
        added = float(sum(totals["Confidence"]))
        yield f"page 1: the lines by confidence add up to {added:,.2f}, not to {float(whole):,.2f}"
    front = [block for block in pages.blocks() if block.first_page() == 1 and not _THEMES.fullmatch(block.text)]
    said = {number_of(money).value for block in front for money in _MONEY.findall(block.text)}
    if themes and whole not in said:
        yield f"page 1: the themes come to {float(whole):,.2f}, which stands nowhere on it"


_THEMES = re.compile(r"(?:\d [^£;]+ £[\d,]+\.\d\d \([^)]*%\)(?:; |\.))+")
"""The themes in words under the chart of a portfolio."""


def _themes_in_words(pages: Pages) -> list[Fraction]:
    told = [block.text for block in pages.blocks() if block.first_page() == 1 and _THEMES.fullmatch(block.text)]
    return [number_of(money).value for text in told for money in _MONEY.findall(text)]


def _backed(pages: Pages) -> Iterator[str]:
    """A figure of the answer, of a bar or among the unit values stands in the paper once more."""
    printed = Counter(money for block in pages.blocks() for money in _MONEY.findall(_spaced(block)))
    answer_ends = next((number for number, block in enumerate(pages.blocks()) if block.tag == "H2"), 0)
    for number, block in enumerate(pages.blocks()):
        said = (number < answer_ends and block.tag == "P") or block.tag == "Figure"
        texts = _unit_values(block) if block.tag == "Table" else [re.sub(ENDED, "", _spaced(block))] if said else []
        for money in (money for text in texts for money in _MONEY.findall(text)):
            if printed[money] < 2 and money != "£0.00":
                yield f"page {block.first_page()}: {money} stands nowhere else ({block.text[:40]})"


def _spaced(block: Node) -> str:
    """The text of a block with a space between any two pieces of it."""
    return " ".join(" ".join(piece.text for piece in block.pieces()).split())


def _unit_values(table: Node) -> list[str]:
    rows = [[cell for cell in row.kids if isinstance(cell, Node)] for row in table.nodes() if row.tag == "TR"]
    heads = [cell.text for cell in rows[0]]
    if "Unit value" not in heads or "In all" not in heads:
        return []
    return [_spaced(row[heads.index("Unit value")]) for row in rows[1:] if len(row) == len(heads)]


def _same_lines(pages: Pages) -> Iterator[str]:
    """The tables that number the commitments under their themes have the same numbers."""
    numbered: list[set[str]] = []
    for block in pages.blocks():
        rows = [[cell for cell in row.kids if isinstance(cell, Node)] for row in block.nodes() if row.tag == "TR"]
        if block.tag == "Table" and rows[0][0].text == "No.":
            named = {cell.name for row in rows for cell in row if cell.scope == "Row"}
            firsts = [row[0].text for row in rows if named & set(row[0].heads)]
            numbered.append({match.group() for text in firsts if (match := re.match(r"\d+", text))})
    for one, two in pairwise(numbered):
        if one != two:
            yield f"the commitments {', '.join(sorted(one ^ two))} stand in one table and not in another"


def _leaves(pages: Pages) -> Iterator[tuple[Node, Node, Node]]:
    """Each block with the row and the element that hold text of their own, in reading order."""
    for block in pages.blocks():
        if block.tag == "Table":
            for row in block.nodes():
                if row.tag == "TR":
                    yield from ((block, row, cell) for cell in row.kids if isinstance(cell, Node))
        else:
            yield block, block, block


def _names_rows(row: Node, table: Node) -> bool:
    """Whether a row is the head of a table, a group or a block of rows."""
    cells = [cell for cell in row.kids if isinstance(cell, Node)]
    if cells and all(cell.scope == "Column" for cell in cells):
        return True
    named = {cell.name for cell in cells if cell.name}
    others = (cell for other in table.nodes() if other.tag == "TR" and other is not row for cell in other.kids)
    return any(named & set(cell.heads) for cell in others if isinstance(cell, Node))


def _parted(pages: Pages) -> Iterator[str]:
    """A heading, the name of rows or a line that announces something stands last; a note stands first."""
    first: dict[int, tuple[Node, Node, Node]] = {}
    last: dict[int, tuple[Node, Node, Node]] = {}
    for block, row, leaf in _leaves(pages):
        for piece in leaf.pieces():
            first.setdefault(piece.page, (block, row, leaf))
            last[piece.page] = (block, row, leaf)
    final = max(last, default=0)
    for number, (block, row, _) in last.items():
        names = block.tag.startswith("H") or (block.tag == "Table" and number != final and _names_rows(row, block))
        announces = block.tag == "P" and block.text.endswith(":")
        if names or announces:
            yield f"page {number}: ends with “{(row if block.tag == 'Table' else block).text[:60]}”, without its block"
    for number, (block, _, _) in first.items():
        own = list(block.pieces())
        if number > 1 and block.tag == "P" and own[0].page == number and own[0].size < 9.2:
            yield f"page {number}: begins with the note “{block.text[:60]}”, parted from what it belongs to"


def _broken_figures(pages: Pages) -> Iterator[str]:
    for block in pages.blocks():
        for leaf in block.nodes():
            own = [kid for kid in leaf.kids if isinstance(kid, Piece)]
            for one, two in pairwise(own):
                over = one.page != two.page or one.y - two.y > 2
                if over and _CUT_DIGIT.search(one.text) and re.match(r"[\d.,%]", two.text):
                    yield f"page {one.page}: a figure is broken, “{one.text[-20:]}” / “{two.text[:20]}”"


def _nearly_empty(pages: Pages) -> Iterator[str]:
    for sheet in pages.sheets:
        body = sheet.height - _TOP - _FOOT
        lowest = min((piece.y for piece in sheet.story if piece.text.strip()), default=sheet.height - _TOP)
        filled = (sheet.height - _TOP - lowest) / body
        if filled < _LEAST_FILLED and len(pages.sheets) > 1:
            yield f"page {sheet.number}: is nearly empty, its text fills {filled:.0%} of it"


def _sections(pages: Pages) -> Iterator[str]:
    """A page that begins inside a section says whose it is: the name of the heading over it and "(continued)"."""
    around = {sheet.number: sheet.around for sheet in pages.sheets}
    headings: dict[int, str] = {}
    seen: set[int] = {1}
    for block, _, leaf in _leaves(pages):
        level = int(block.tag[1:]) if re.fullmatch(r"H\d", block.tag) else 0
        if level:
            headings = {other: text for other, text in headings.items() if other < level}
        for piece in leaf.pieces():
            over = headings.get(max(headings, default=0), "")
            # A long name is cut where it does not fit a line.
            told = re.search(rf"{re.escape(over[:50])}[^(]*\(continued\)", around[piece.page])
            if piece.page not in seen and over and told is None:
                yield f"page {piece.page}: begins without saying that “{over}” goes on there"
            seen.add(piece.page)
        if level > 1:
            headings[level] = block.text


def _continued(pages: Pages) -> Iterator[str]:
    """Rows that go on over a page say whose they are."""
    around = {sheet.number: sheet.around for sheet in pages.sheets}
    for block in pages.blocks():
        if block.tag != "Table":
            continue
        where = {cell.name: cell.first_page() for cell in block.nodes() if cell.name and cell.scope == "Row"}
        seen: set[int] = set()
        for row in (node for node in block.nodes() if node.tag == "TR"):
            number = row.first_page()
            if number in seen:
                continue
            seen.add(number)
            heads = {name for cell in row.kids if isinstance(cell, Node) for name in cell.heads if name in where}
            early = [name for name in heads if where[name] < number]
            if early and around[number].count("(continued)") < len(early):
                yield f"page {number}: the rows go on without saying whose they are ({row.text[:40]})"


def _cut_percentages(pages: Pages) -> Iterator[str]:
    text = " ".join(element.text for block in pages.blocks() for element in _said(block))
    for match in _ROUNDED.finditer(text):
        yield f"a percentage is said to be rounded: “{text[max(match.start() - 20, 0) : match.end() + 20]}”"
    if re.search(r"\d\.\d+%", text) and not re.search(r"\bcut\b", text):
        yield "percentages have decimals, and nothing says that they are cut"


def _page_links(pages: Pages) -> Iterator[str]:
    for link in pages.links:
        if link.target and link.text.startswith("Page ") and link.text != f"Page {link.target}":
            yield f"page {link.page}: “{link.text}” leads to page {link.target}"
    for node in pages.root.nodes():
        if node.tag == "Link" and node.target and node.text.isdigit() and node.text != str(node.target):
            yield f"page {node.first_page()}: the number {node.text} leads to page {node.target}"
    for sheet in pages.sheets:
        if f"Page {sheet.number} of {len(pages.sheets)}" not in sheet.around:
            yield f"page {sheet.number}: does not say that it is page {sheet.number} of {len(pages.sheets)}"


def _publishers(pages: Pages, expected: Expected) -> Iterator[str]:
    if expected.hosts is None:
        return
    printed: dict[str, int] = defaultdict(int)
    for link in pages.links:
        if link.address:
            printed.setdefault((urlsplit(link.address).hostname or "").lower(), link.page)
    for sheet in pages.sheets:
        words = " ".join("".join(piece.text for piece in sheet.story).split())
        for match in _HOST.finditer(words):
            printed.setdefault(match.group().lower(), sheet.number)
    known = {host.removeprefix("www.") for host in expected.hosts}
    for host, number in printed.items():
        if host.removeprefix("www.") not in known:
            yield f"page {number}: {host} is not a publisher of this menu"


def _marks(pages: Pages, expected: Expected) -> Iterator[str]:
    for sheet in pages.sheets:
        if expected.mark and sheet.around.count(expected.mark) < 2:
            yield f"page {sheet.number}: does not say {expected.mark} in its head and foot"
    if expected.is_draft_menu and any("published edition" in block.text for block in pages.blocks()):
        yield "a draft menu is called a published edition"


def _sizes(pages: Pages) -> Iterator[str]:
    """A valuation has no body text that is too small to read."""
    if read_paper(pages) is not None:
        yield from size_faults(pages)


_RULES = (
    _share_of_contract,
    _one_total,
    _backed,
    _same_lines,
    _parted,
    _broken_figures,
    _nearly_empty,
    _continued,
    _sections,
    _cut_percentages,
    _page_links,
    _sizes,
    fact_faults,
)
