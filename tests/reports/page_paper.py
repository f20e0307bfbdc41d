"""A valuation as its pages tell it: the commitments with what each table says of them, the days and the years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from tests.reports.page_reader import Node, Pages
from tests.reports.page_sums import NUMBER, number_of
from tomsapp.domain.contract_dates import ContractError, contract_years

DAY = r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
CODE = r"\b[A-Z]\d\d\b"
LABEL = re.compile(r"(?<![\d/,.£])(\d{4})/(\d\d)(?!\d)")
MONEY = re.compile(r"£\d[\d,]*(?:\.\d+)?")
_STATED = re.compile(r"Statement: .*", re.DOTALL)
_QUANTITY = re.compile(
    rf"^(?:(?:Each year|Years? [\d to and]+): )?(yes|{NUMBER})(?: × £|,? in each of|,? counted|: the menu)"
)
_YEAR_SUM = re.compile(r"^\d{4}(?:/\d\d)?(?: to \d{4}(?:/\d\d)?)?: ")
_OF_SOURCES = frozenset({"Sources", "Price index and policy rules", "Policy rules"})
_NAMED_YEARS = re.compile(r"^(Each year|Years? [\d to and]+):")


@dataclass
class Told:
    """What one table says of a commitment; `years` are its quantities by contract year, from 1."""

    number: int
    name: str
    years: dict[int, str] = field(default_factory=dict)
    in_all: str = ""
    share: str = ""
    value: str = ""
    confidence: str = ""
    sums: list[str] = field(default_factory=list)
    worth: dict[int, Fraction] = field(default_factory=dict)
    details: str = ""
    group: str = ""

    @property
    def code(self) -> str:
        match = re.search(CODE, self.name)
        return match.group() if match else ""

    @property
    def has_error(self) -> bool:
        return "Has an error: not counted yet" in f"{self.name} {self.details}"

    @property
    def is_worth(self) -> bool:
        """Whether its value is in the totals."""
        return self.is_valued and not self.has_error

    @property
    def is_valued(self) -> bool:
        return self.value.startswith("£")


@dataclass
class Paper:
    """A valuation: its first and last day, its contract years by label, and its commitments in either table."""

    first_day: date | None
    last_day: date | None
    length: str
    glance: dict[int, Told]
    sums: dict[int, Told]

    @property
    def year_count(self) -> int:
        """How many contract years there are; 0 where the days on the page are none of a contract."""
        try:
            return len(contract_years(self.first_day, self.last_day))
        except ContractError:
            return 0

    @property
    def lines(self) -> dict[int, Told]:
        return self.glance or self.sums

    def with_code(self, code: str) -> set[int]:
        return {number for number, line in self.lines.items() if line.code == code}


def rows_of(table: Node) -> list[list[Node]]:
    return [[kid for kid in row.kids if isinstance(kid, Node)] for row in table.nodes() if row.tag == "TR"]


def heads_of(block: Node) -> list[str]:
    return [cell.text for cell in rows_of(block)[0]] if block.tag == "Table" else []


def _plain(text: str) -> str:
    """The text up to a statement, which is somebody's own."""
    return text.partition("Statement: ")[0]


def told_in(pages: Pages, *, sources: bool = False) -> Iterator[tuple[str, Node, str]]:
    """The heading over it, and the text of every paragraph and cell that is the program's own."""
    heading = ""
    for block in pages.blocks():
        if block.tag.startswith("H"):
            heading = block.text
            continue
        if heading == "Statements" or (not sources and heading in _OF_SOURCES):
            continue
        if block.tag == "Figure":
            continue
        answers = heads_of(block)[-1:] == ["Answer or what to do"]
        cells = [cell for row in rows_of(block) for cell in (row[:-1] if answers else row)]
        for element in cells if block.tag == "Table" else [block]:
            yield heading, element, _plain(element.text)


def spaced(block: Node) -> str:
    """The text of a block with a space between any two pieces of it, as in a figure."""
    pieces = [piece.text for piece in block.pieces()]
    return " ".join((" " if block.tag == "Figure" else "").join(pieces).split())


def day_of(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007


def last_day(paper: Paper, year: int) -> date:
    """The last day of a contract year."""
    return min(paper.last_day, later(paper.first_day, 12 * year) - timedelta(days=1))


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    month = day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + month // 12, month % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def numbers_in(text: str) -> set[int]:
    """The numbers of "lines 1, 3 to 5 and 8"."""
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", text):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def read_paper(pages: Pages) -> Paper | None:
    """The valuation on the pages; None where they hold something else."""
    blocks = pages.blocks()
    lead = next((block.text for block in blocks if block.tag == "P"), "")
    days = re.search(rf"({DAY}) to ({DAY})(?: \(([^)]*)\))?\. £[\d,.]+ without VAT", lead)
    if days is None:
        return None
    first, last = day_of(days.group(1)), day_of(days.group(2))
    paper = Paper(first, last, days.group(3) or "", {}, {})
    for block in blocks:
        heads = heads_of(block)
        if heads[:2] == ["No.", "What is promised"]:
            told = {line.number: line for line in _glance(block, heads, first.year)}
            if "Sum" in heads:
                paper.sums = told
            else:
                paper.glance = told
        elif heads[:2] == ["No.", "Measure, sums and statement"]:
            paper.sums = {line.number: line for line in _by_measure(block, paper.year_count)}
        elif heads[:2] == ["No.", "Contract years"]:
            paper.sums = {line.number: line for line in _sums(block, first.year)}
    return paper


def folded(text: str) -> list[str]:
    """The quantities of "2, then 2 × 3", one for each year."""
    found: list[str] = []
    for part in re.split(r", (?:then )?|,? then ", text):
        times, sign, quantity = part.strip().rpartition(" × ")
        found += [quantity] * int(times) if sign and times.isdigit() else [part.strip()]
    return found


def _glance(table: Node, heads: list[str], _first: int) -> Iterator[Told]:
    group = ""
    for row in rows_of(table):
        if len(row) != len(heads) or row[0].scope == "Column":
            group = row[0].text
            continue
        cell = dict(zip(heads, row, strict=True))
        name = cell["What is promised"].paragraphs
        told = Told(int(row[0].text), "", value=cell["Social value"].text, group=group)
        if "Sum" in heads:
            told.name = name[0]
            told.details = " ".join(name[1:])
            told.sums = cell["Sum"].paragraphs
            sure = re.search(r"(?:^|, )(High|Medium|Low) confidence\.", told.details, re.IGNORECASE)
            told.confidence = sure.group(1).capitalize() if sure else ""
        else:
            # A place that is named after the unit stands in this table alone.
            told.name = " ".join(name)
            told.in_all, told.share = cell["In all"].text, cell["Share"].text
            told.confidence = cell["Confidence"].text
            years = ", ".join(cell["By year"].paragraphs)
            told.years = dict(enumerate(folded(years), start=1)) if years and years != "by year" else {}
        yield told


def _sums(table: Node, first: int) -> Iterator[Told]:
    told: Told | None = None
    group = ""
    for row in rows_of(table):
        if row[0].scope == "Column":
            continue
        head = re.match(r"(\d+)\. (.*)", row[0].text)
        if len(row) == 2 and row[0].span > 1 and head and row[0].name:
            if told is not None:
                yield told
            told = Told(int(head.group(1)), head.group(2), value=row[1].text, group=group)
        elif row[0].span > 1 and row[0].name:
            group = row[0].text
        elif told is not None:
            _take_row(told, row, first)
    if told is not None:
        yield told


def _take_row(told: Told, row: list[Node], first: int) -> None:
    """A row with the sum of its years, one with a sum for each of many, or one with what else is said."""
    if len(row) == 2 and _YEAR_SUM.match(row[1].text):
        sums, _, details = row[1].text.partition(". ")
        for part in sums.removesuffix(".").split("; "):
            years, _, text = part.partition(": ")
            _take_sums(told, _years_of(years, first), [text])
        told.details = _STATED.sub("", details)
    elif len(row) == 2:
        told.details = _STATED.sub("", row[1].text)
    elif len(row) == 4:
        _take_sums(told, _years_of(row[1].text, first), row[2].paragraphs)


def _take_sums(told: Told, years: list[int], paragraphs: list[str]) -> None:
    """What a sum says of its contract years; what equal years come to together stands behind it."""
    sums = [part for text in paragraphs for part in re.split(r"(?<= years), (?=\d)", text)]
    told.sums += sums
    quantity = next((match.group(1) for text in sums if (match := _QUANTITY.match(text))), "")
    percent = next((text for text in sums if re.match(r"[\d.]+%", text)), "")
    for year in years:
        told.years[year] = quantity or percent.partition(",")[0].partition(" in each")[0]
        told.worth[year] = _result(sums)


def _result(paragraphs: list[str]) -> Fraction:
    """What the sum of one year comes to; nothing where it is only counted."""
    found = (
        re.search(r"× .*= (£[\d,]+\.\d\d)(?: in each| each|$)", text) for text in paragraphs if "spend" not in text
    )
    return next((number_of(match.group(1)).value for match in found if match), Fraction(0))


def _by_measure(table: Node, years: int) -> Iterator[Told]:
    """The commitments of a long valuation: a row for each, or for all that are the same."""
    group = name = sure = ""
    for row in rows_of(table):
        if row[0].scope == "Column" or row[0].text.startswith("Total of "):
            continue
        if len(row) == 2:
            head = re.match(rf"({CODE}) (.*?)  ?for each ", row[0].text)
            if head:
                name = f"{head.group(2)} {head.group(1)}"
                found = re.search(r", (high|medium|low) confidence\.", row[0].text)
                sure = found.group(1).capitalize() if found else ""
            else:
                group = row[0].text
            continue
        said, _, rest = row[1].paragraphs[0].partition(", each the same: ")
        numbers = sorted(numbers_in(said)) if rest else [int(row[0].text)]
        text = rest or said
        for number in numbers:
            told = Told(number, name, value=row[2].text, confidence=sure, group=group, details=text)
            told.sums = [part.strip() for part in re.split(r";|\. In all ", text.partition(". In all")[0])]
            if rest and (each := re.search(rf"In all {len(numbers)} × (£[\d,.]+\d) = ", text)):
                told.value = each.group(1)
            for part in _with_their_years(told.sums):
                if (quantity := _QUANTITY.match(part)) and (named := _NAMED_YEARS.match(part)):
                    for year in numbers_in(named.group(1)) or range(1, years + 1):
                        told.years[year] = quantity.group(1)
                        told.worth[year] = _result([part])
            yield told


def _with_their_years(sums: list[str]) -> list[str]:
    """Sums without their years are those of all years, in order."""
    if _NAMED_YEARS.match(sums[0]):
        return sums
    return [f"Year {year}: {told}" for year, told in enumerate(sums, start=1)]


def _years_of(text: str, first: int) -> list[int]:
    """The contract years, from 1, of "2026/27", "2026/27 to 2028/29" or a list of them."""
    found: list[int] = []
    for one, last in re.findall(r"(\d{4})(?:/\d\d)?(?: to (\d{4})(?:/\d\d)?)?", text):
        found += range(int(one) - first + 1, int(last or one) - first + 2)
    return found
