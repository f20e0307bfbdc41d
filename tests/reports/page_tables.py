"""Redoes the columns of a printed table from its cells: totals, subtotals, shares, and counts beside pounds."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tests.reports.page_reader import Node
from tests.reports.page_sums import NUMBER, cut, number_of, rounded

_NUMBER = re.compile(NUMBER)
_MONEY = re.compile(r"[−-]?£[\d,]+(?:\.\d+)?")
_BLANK = frozenset({"", "–", "none", "counted", "counted only", "counted, not valued", "not valued", "by year"})
_NO_SUMS = frozenset({"page", "no.", "year", "unit value"})
_SHARE = re.compile(rf"{NUMBER}(?: × {NUMBER})*")
_OF_YEARS = re.compile(r"\d{4}(?:/\d\d)?(?: to \d{4}(?:/\d\d)?)?: ")
_OVERLAPS = "each commitment once"
_RESULT = re.compile(r"= (£[\d,]+\.\d\d)")


@dataclass(frozen=True)
class _Line:
    """A row: its cells by column, the names of its own heads, and the names of the rows over it."""

    cells: dict[int, Node]
    own: frozenset[str]
    over: frozenset[str]

    @property
    def title(self) -> str:
        return " ".join(cell.text for cell in self.cells.values())[:50]

    def figure(self, column: int) -> Fraction | None:
        """The figure in a column; zero for a cell that says that there is none; None for words."""
        cell = self.cells.get(column)
        if cell is None:
            return self._of_years()
        text = cell.paragraphs[0] if cell.paragraphs else ""
        if not text:
            return self._result()
        if text.lower() in _BLANK or cell.text.lower() in _BLANK:
            return Fraction(0)
        return number_of(text).value if _NUMBER.fullmatch(text) and not text.endswith("…") else None

    def _of_years(self) -> Fraction:
        """What the sums of a row come to that follow each other, each after its years."""
        texts = [cell.text for cell in self.cells.values() if _OF_YEARS.match(cell.text)]
        parts = [_RESULT.findall(part) for text in texts for part in text.partition(". ")[0].split("; ")]
        return sum((number_of(found[-1]).value for found in parts if found), Fraction(0))

    def _result(self) -> Fraction:
        """What the last sum of a row comes to, where its column is left empty."""
        results = [_RESULT.findall(cell.text) for cell in self.cells.values()]
        last = next((found[-1] for found in results if found), "0")
        return number_of(last).value


def _placed(row: Node) -> dict[int, Node]:
    cells: dict[int, Node] = {}
    column = 0
    for cell in row.kids:
        if isinstance(cell, Node):
            cells[column] = cell
            column += cell.span
    return cells


def table_faults(table: Node) -> tuple[int, list[str]]:
    """How many totals, shares and counts were redone, and what does not hold in them."""
    rows = [node for node in table.nodes() if node.tag == "TR"]
    heads: dict[int, str] = {}
    lines: list[_Line] = []
    names = {cell.name for row in rows for cell in row.kids if isinstance(cell, Node) and cell.scope == "Row"}
    for row in rows:
        cells = _placed(row)
        if all(cell.scope == "Column" for cell in cells.values()):
            heads = {column: cell.text for column, cell in cells.items()}
            continue
        own = frozenset(cell.name for cell in cells.values() if cell.name)
        over = frozenset(name for cell in cells.values() for name in cell.heads if name in names) - own
        lines.append(_Line(cells, own, over))
    seen = 0
    faults: list[str] = []
    families = _families(lines)
    for column, head in heads.items():
        if head.lower() in _NO_SUMS:
            continue
        redone, wrong = _column(families, column, head)
        seen += redone
        faults += wrong
    for rule in (_shares, _counts, _by_year):
        told = list(rule(lines, heads))
        seen += len(told)
        faults += [fault for fault in told if fault]
    return seen, faults


def _is_total(line: _Line) -> bool:
    first = next((cell.text for cell in line.cells.values() if cell.text), "")
    return re.match(r"(?:Total|All |In all|Together)", first) is not None


def _families(lines: list[_Line]) -> list[tuple[_Line, list[_Line]]]:
    """Each row that is a sum with the rows that add up to it: a group with its lines, the total with what is on top."""
    body = [line for line in lines if not _is_total(line)]
    owners = {line.own: line for line in body if line.own}
    named = {name: line.own for line in body for name in line.own}
    below: dict[frozenset[str], list[_Line]] = defaultdict(list)
    for line in body:
        over = [owners[own] for own in {named[name] for name in line.over if name in named}]
        below[max(over, key=lambda other: len(other.over)).own if over else frozenset()].append(line)
    found = [(owners[own], kids) for own, kids in below.items() if own]
    totals = [line for line in lines if _is_total(line)][-1:]
    return [*found, *((total, below[frozenset()]) for total in totals)]


def _column(families: list[tuple[_Line, list[_Line]]], column: int, head: str) -> tuple[int, list[str]]:
    """Redo the total and the subtotals of a column."""
    faults: list[str] = []
    seen = 0
    for total, kids in families:
        text = total.cells[column].text if column in total.cells else ""
        if not _NUMBER.fullmatch(text) or text.endswith("%"):
            continue
        figures = [kid.figure(column) for kid in kids]
        if None in figures:
            faults.append(f"the column {head} under {total.title} cannot be redone: {_first_words(kids, column)}")
            continue
        seen += 1
        added = sum((figure for figure in figures if figure is not None), Fraction(0))
        whole = number_of(text).value
        if _OVERLAPS in total.title:
            # A line may stand in several rows, and in each of them once.
            if not max((figure for figure in figures if figure is not None), default=whole) <= whole <= added:
                faults.append(f"the column {head} cannot be {text} in all ({total.title})")
        elif added != whole:
            faults.append(f"the column {head} adds up to {float(added):,.2f}, not to {text} ({total.title})")
    return seen, faults


def _first_words(lines: list[_Line], column: int) -> str:
    return next(line.cells[column].text[:40] for line in lines if line.figure(column) is None)


def _at(heads: dict[int, str], *words: str) -> int | None:
    """The column whose head is, or begins with, one of the words."""
    return next((at for at, head in heads.items() if head.lower().split(",")[0].strip() in words), None)


def _shares(lines: list[_Line], heads: dict[int, str]) -> Iterator[str]:
    """A share is the value ÷ the contract value, or else ÷ the total, cut after the decimals that it shows."""
    share, value = _at(heads, "share", "%"), _at(heads, "social value", "value")
    of_each = _at(heads, "contract value")
    totals = [line for line in lines if _is_total(line)]
    if share is None or value is None:
        return
    # A table without a total, such as that of confidence, tells of parts that make up the whole.
    added = totals[-1].figure(value) if totals else sum((line.figure(value) or 0 for line in lines), Fraction(0))
    for line in lines:
        text = line.cells[share].text if share in line.cells else ""
        whole = added if of_each is None else line.figure(of_each)
        # A share of a line that this contract may count has no decimals and stands beside its quantity.
        if not re.fullmatch(r"[\d,]+\.\d+%", text) or (figure := line.figure(value)) is None or not whole:
            continue
        printed = number_of(text)
        holds = cut(figure / whole * 100, printed.places) == printed.value * 100
        yield "" if holds else f"the share {text} of {line.title} is not {float(figure / whole * 100):.4f}% cut"


def _counts(lines: list[_Line], heads: dict[int, str]) -> Iterator[str]:
    """A quantity beside a unit value and a value is the value ÷ the unit value, and its share if one stands there."""
    count = _at(heads, "in all", "count", "quantity", "counted")
    unit, value = _at(heads, "unit value"), _at(heads, "social value", "value")
    share, by_year = _at(heads, "share", "share counted"), _at(heads, "by year")
    if count is None or unit is None or value is None:
        return
    for line in lines:
        texts = {at: line.cells[at].text if at in line.cells else "" for at in (count, unit, value)}
        if not (_NUMBER.fullmatch(texts[count]) and _MONEY.fullmatch(texts[unit]) and _MONEY.fullmatch(texts[value])):
            continue
        found = number_of(texts[count]).value * number_of(texts[unit]).value
        part = line.cells[share].text if share is not None and share in line.cells else ""
        # The menu's factors stand under the share: "100% × 0.73".
        if _SHARE.fullmatch(part):
            for factor in part.split(" × "):
                found *= number_of(factor).value
        printed = number_of(texts[value]).value
        # Each year is rounded for itself, so that each may move the line by half a penny.
        folded = _folded(line.cells[by_year].text) if by_year is not None and by_year in line.cells else None
        years = sum(times for times, _ in folded) if folded else 10
        holds = abs(found - printed) <= Fraction(years, 200)
        said = f"{texts[count]} × {texts[unit]} is {float(rounded(found, 2)):,.2f}, not {texts[value]}"
        yield "" if holds else f"{line.title}: {said}"


def _folded(text: str) -> list[tuple[int, Fraction]] | None:
    """What stands in "2, then 2 × 3", as times and quantity; None where there are words."""
    found = []
    for part in re.split(r", (?:then )?|(?<![×÷]) (?=\d)(?![^,]*×)|(?<=\d) (?=\d+$)", text):
        match = re.fullmatch(rf"(?:(\d+) × )?({NUMBER})", part.strip())
        if match is None:
            return None
        found.append((int(match.group(1) or 1), number_of(match.group(2)).value))
    return found


def _by_year(lines: list[_Line], heads: dict[int, str]) -> Iterator[str]:
    """The quantities of the years add up to the quantity in all."""
    by_year, count = _at(heads, "by year"), _at(heads, "in all")
    if by_year is None or count is None:
        return
    for line in lines:
        years = _folded(line.cells[by_year].text) if by_year in line.cells else None
        text = line.cells[count].text if count in line.cells else ""
        if years is None or not _NUMBER.fullmatch(text):
            continue
        added = sum(times * quantity for times, quantity in years)
        said = f"{line.title}: {line.cells[by_year].text} is {float(added):,.2f} in all, not {text}"
        yield "" if added == number_of(text).value else said
