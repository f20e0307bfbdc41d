"""What the first page of a valuation says, held against the pages after it: each of its pounds is redone."""

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from tests.reports.page_hangs import HANGS, hanging_faults
from tests.reports.page_paper import DAY, MONEY, Paper, day_of, heads_of, last_day, later, numbers_in, rows_of, spaced
from tests.reports.page_reader import Pages
from tests.reports.page_sums import number_of, rounded


def front_faults(pages: Pages, paper: Paper) -> Iterator[str]:
    yield from _front(pages, paper)
    yield from _past_their_dates(pages, paper)
    yield from _after_the_end(pages, paper)
    yield from _pounds(pages, paper)
    yield from hanging_faults(pages, paper)


_ELSEWHERE = (
    *HANGS,
    r"£[\d,.]+\d to £[\d,.]+\d(?=\. Only|, with)",
    (
        r"£[\d,.]+\d \(lines? [\d, toand]+\)(?:,? and lines? [^£]*?,)?"
        r"(?= is counted|,? what counts after| can be shown only)"
    ),
    r"£[\d,.]+\d \((?:all of )?lines? [\d, toand]+\) is for ",
    r"£[\d,.]+\d of it for years that begin",
    r"Menu:? .* was withdrawn on [^£]*(?:£[\d,.]+\d[^£]*)*?(?=What this|$)",
)
"""Pounds that another rule redoes, and the words with which a menu was withdrawn."""


def _pounds(pages: Pages, paper: Paper) -> Iterator[str]:
    """Every amount with pence on page 1 is one that comes out again."""
    blocks = [block for block in pages.blocks() if block.first_page() == 1 and block.tag != "H1"]
    cells = [cell.text for block in blocks for row in rows_of(block) for cell in row]
    text = " ".join([*(f"{spaced(block)} {block.alt}" for block in blocks if block.tag != "Table"), *cells])
    for words in _ELSEWHERE:
        text = re.sub(words, "", text)
    known = _known(text, paper)
    for money in dict.fromkeys(MONEY.findall(text)):
        if "." in money and number_of(money).value not in known:
            yield f"page 1: {money} comes out of nothing on these pages"


def _known(text: str, paper: Paper) -> set[Fraction]:
    """The amounts that come out of the lines, the contract value and the minimum."""
    nothing = Fraction(0)
    worth = {number: number_of(line.value).value for number, line in paper.lines.items() if line.is_valued}
    counted = {number: pounds for number, pounds in worth.items() if not paper.lines[number].has_error}
    parts: dict[str, Fraction] = defaultdict(Fraction)
    for number, pounds in counted.items():
        parts[paper.lines[number].group] += pounds
        parts[paper.lines[number].confidence] += pounds
    claimed, total = sum(worth.values(), nothing), sum(counted.values(), nothing)
    real = real_pounds(paper)
    real_counted = sum((pounds for number, pounds in real.items() if not paper.lines[number].has_error), nothing)
    known = {nothing, claimed, total, claimed - total, sum(real.values(), nothing), real_counted, _forecasts(paper)}
    value = re.search(r"(£[\d,.]+\d) without VAT", text)
    if value:
        known.add(number_of(value.group(1)).value)
        for share in re.findall(r"([\d.]+%) minimum", text):
            minimum = rounded(number_of(value.group(1)).value * number_of(share).value, 2)
            known |= {minimum, minimum - total, minimum - real_counted}
    return known | set(parts.values())


def real_pounds(paper: Paper) -> dict[int, Fraction]:
    """The real pounds that lines say of themselves."""
    found = {}
    for number, line in paper.sums.items():
        said = re.search(r"Real pounds(?: claimed, not counted)?: (.*?\d)\.(?: |$)", line.details)
        if said:
            found[number] = number_of(MONEY.findall(said.group(1))[-1]).value
    return found


def _past_their_dates(pages: Pages, paper: Paper) -> Iterator[str]:
    """What page 1 counts in years after the dates of a value is in those years."""
    front = " ".join(block.text for block in pages.blocks() if block.first_page() == 1)
    past = r"(£[\d,.]+\d) \((all of )?lines? ([\d, toand]+)\) is for years that (begin|end) after (" + DAY + ")"
    of_which = r"(?: \((£[\d,.]+\d) of it for years that begin after that day\))?"
    for pounds, whole, named, begins, day, of_it in re.findall(past + of_which, front):
        years = range(1, paper.year_count + 1)
        ended = {year for year in years if last_day(paper, year) > day_of(day)}
        begun = {year for year in years if year == 1 and paper.first_day > day_of(day)}
        begun |= {year for year in years if year > 1 and last_day(paper, year - 1) >= day_of(day)}
        yield from _worth(paper, pounds, named, ended if begins == "end" else begun)
        if of_it:
            yield from _worth(paper, of_it, named, begun)
        if bool(whole) != (_worth_of(paper, named, set(years)) == number_of(pounds).value):
            yield f"page 1: {pounds} of {named} is all of it or is not"
        if begins == "end" and not of_it and _worth_of(paper, named, begun):
            yield f"page 1: a part of {pounds} is of years that begin after {day}"


def _after_the_end(pages: Pages, paper: Paper) -> Iterator[str]:
    """What page 1 says can be shown only after the contract ends is in the years, or parts of years, that it names."""
    front = " ".join(block.text for block in pages.blocks() if block.first_page() == 1)
    for labels, pounds, named in re.findall(
        r"For ([\d/, and]+), (£[\d,.]+\d) \(lines? ([\d, toand]+)\)(?: and lines? [^£]*?,)? can be shown only after",
        front,
    ):
        years = {int(year) - paper.first_day.year + 1 for year in re.findall(r"(\d{4})(?:/\d\d)?", labels)}
        yield from _worth(paper, pounds, named, years)
    only = r"(?: and lines? [^£]*?, counted only)?"
    begun = rf"(£[\d,.]+\d) \(lines? ([\d, toand]+)\){only}, what counts after ({DAY})"
    for pounds, named, day in re.findall(begun, front):
        last = day_of(day)
        years = {
            year
            for year in range(1, paper.year_count + 1)
            if later(paper.first_day, 12 * (year - 1)) <= last < last_day(paper, year)
        }
        yield from _worth(paper, pounds, named, years)
    for named in re.findall(r"[Ll]ines? ([\d, toand]+), counted only", front):
        if any(paper.lines[number].is_valued for number in numbers_in(named)):
            yield f"page 1: lines {named} are counted only, and one of them has pounds"
        if not set(numbers_in(named)) <= set(paper.lines):
            yield f"page 1: lines {named} are not all in the table"


def _worth(paper: Paper, pounds: str, named: str, years: set[int]) -> Iterator[str]:
    found = _worth_of(paper, named, years)
    if found != number_of(pounds).value:
        yield f"page 1: the lines {named} come to {float(found):.2f} in the years {sorted(years)}, not to {pounds}"


def _worth_of(paper: Paper, named: str, years: set[int]) -> Fraction:
    lines = [paper.sums[number] for number in numbers_in(named) if number in paper.sums]
    return sum((worth for line in lines for year, worth in line.worth.items() if year in years), Fraction(0))


def _front(pages: Pages, paper: Paper) -> Iterator[str]:
    """What page 1 says of other pages: counts without a value, open Problems, and the page of each thing."""
    text = " ".join(block.text for block in pages.blocks() if block.first_page() == 1)
    kinds = re.search(r"(\d+) kinds? of promise", text)
    recorded = {
        line.code
        for line in paper.lines.values()
        if not line.is_valued and not line.has_error and line.years != {1: "no"}
    }
    if kinds and int(kinds.group(1)) != len(recorded):
        yield f"page 1: {kinds.group(1)} kinds of promise without a value are {len(recorded)} in the table"
    rests = re.search(r"(£[\d,.]+\d) rests on a forecast", text)
    if rests and number_of(rests.group(1)).value != _forecasts(paper):
        yield f"page 1: {rests.group(1)} on a forecast is not what the lines say"
    headings = {block.text: block.first_page() for block in reversed(pages.blocks()) if block.tag.startswith("H")}
    for words, titles in _PLACES.items():
        said = re.search(rf"{words} (\d+)", text)
        known = [headings[title] for title in titles if title in headings]
        if said and known and int(said.group(1)) != known[0]:
            yield f"page 1: “{said.group()}”, which stands on page {known[0]}"
    for level in re.findall(r"Level \d", text):
        if not any(level in line.name for line in paper.lines.values()):
            yield f"page 1: no line is of {level}"
    yield from _glance_pages(pages, paper)


def _forecasts(paper: Paper) -> Fraction:
    """What the lines say of themselves that rests on a forecast."""
    said = (
        re.search(r"(£[\d,.]+\d) of it rests on a forecast of spend", line.details)
        for line in paper.sums.values()
        if line.is_worth
    )
    return sum((number_of(found.group(1)).value for found in said if found), Fraction(0))


_PLACES = {
    r"Summary: page": ("Every commitment at a glance",),
    r"Sums: from page": ("Every sum",),
    r"with its sum: from page": ("Every commitment, with its sum",),
    r"\(page": ("Problems and answers",),
}
"""The words before a page number, and the headings that stand on that page."""


def _glance_pages(pages: Pages, paper: Paper) -> Iterator[str]:
    """The page at the end of a row is that of the line's sum."""
    where = {}
    for block in pages.blocks():
        if heads_of(block)[:2] == ["No.", "Contract years"]:
            for row in rows_of(block):
                if row[0].name and (head := re.match(r"(\d+)\. ", row[0].text)):
                    where[head.group(1)] = str(row[0].first_page())
    for block in pages.blocks():
        heads = heads_of(block)
        if heads[:2] == ["No.", "What is promised"] and heads[-1] == "Page":
            for row in rows_of(block):
                if len(row) == len(heads) and where.get(row[0].text, row[-1].text) != row[-1].text:
                    yield f"line {row[0].text}: its sum is on page {where[row[0].text]}, not {row[-1].text}"
