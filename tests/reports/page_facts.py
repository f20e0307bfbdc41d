"""What a valuation says twice or can be worked out again from its own pages: each number is held against another.

Left alone, because they are somebody's own words: titles and names that the user gave, statements, answers to
Problems, and what the menu says of its sources beside the sums in it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from tests.reports.page_front import front_faults
from tests.reports.page_paper import (
    CODE,
    DAY,
    LABEL,
    MONEY,
    Paper,
    Told,
    day_of,
    heads_of,
    later,
    numbers_in,
    read_paper,
    rows_of,
    told_in,
)
from tests.reports.page_policy import menu_faults, policy_faults, problems_faults, real_faults
from tests.reports.page_reader import Pages
from tests.reports.page_sums import number_of

_LINES = re.compile(r"\b[Ll]ines? (\d[\d, toand]*\d|\d)")


def fact_faults(pages: Pages) -> Iterator[str]:
    yield from _same_around(pages)
    yield from _same_themes(pages)
    yield from _described(pages)
    paper = read_paper(pages)
    if paper is None:
        return
    for rule in (
        _days,
        _years,
        _same_tables,
        _worked_years,
        _line_numbers,
        _named_lines,
        _claims,
        _codes,
        _confidence,
        front_faults,
        policy_faults,
        real_faults,
        problems_faults,
        menu_faults,
    ):
        yield from rule(pages, paper)


def _same_around(pages: Pages) -> Iterator[str]:
    """Head and foot say the same on every page; what repeats over a table stands in the table."""
    said: list[Counter[str]] = []
    story = {" ".join(piece.text.split()) for sheet in pages.sheets for piece in sheet.story}
    for sheet in pages.sheets:
        own: Counter[str] = Counter()
        for piece in sheet.decoration:
            text = " ".join(piece.text.split())
            if 55 < piece.y < sheet.height - 55:
                repeated = text.removesuffix("(continued)").strip()
                if repeated and not any(repeated in other or other in repeated for other in story if other):
                    yield f"page {sheet.number}: “{text}” is repeated and stands nowhere"
            elif not re.fullmatch(r"Page \d+ of \d+", text):
                own.update(re.findall(r"[\d.,]*\d(?![\d…])", text))
        said.append(own)
    for number, (one, two) in enumerate(pairwise(said), start=2):
        # A page that is wider has room for more of a long warning, so that one may say more than the other.
        if one - two and two - one:
            yield f"page {number}: head or foot differ from those of page {number - 1}: {(one - two) + (two - one)}"


def _same_themes(pages: Pages) -> Iterator[str]:
    """A theme has one number, and what each place says of it is the same."""
    numbers: dict[str, str] = {}
    texts = [cell.text for block in pages.blocks() for row in rows_of(block) for cell in row if cell.scope == "Row"]
    texts += [part for block in pages.blocks() for part in re.findall(r"(?<![\d,.£])\d [A-Z][^£\d]+(?= £)", block.alt)]
    for text in texts:
        match = re.fullmatch(r"(\d) ([A-Z][^£\d]+)", text)
        if match and numbers.setdefault(match.group(2), match.group(1)) != match.group(1):
            yield f"the theme {match.group(2)} is {match.group(1)} and {numbers[match.group(2)]}"
    if len(set(numbers.values())) != len(numbers):
        yield f"two themes have one number: {numbers}"
    for sheet in pages.sheets:
        for one, two in pairwise(sheet.decoration):
            name = two.text.removesuffix("(continued)").strip()
            if name in numbers and one.text.strip().isdigit() and one.text.strip() != numbers[name]:
                yield f"page {sheet.number}: the theme {name} is repeated as {one.text}"


def _described(pages: Pages) -> Iterator[str]:
    """The numbers in the description of a figure are those drawn, or stand in the words or table that follow."""
    blocks = pages.blocks()
    for number, block in enumerate(blocks):
        if block.tag != "Figure" or not block.alt:
            continue
        table = next((other for other in blocks[number:] if other.tag == "Table"), block)
        words = [other.text for other in blocks[number + 1 : number + 2] if other.tag == "P"]
        drawn_words = [piece.text for piece in block.pieces()]
        near = " ".join([*drawn_words, *words, *(cell.text for row in rows_of(table) for cell in row)])
        for told in re.findall(r"£?\d[\d,]*(?:\.\d+)?%?", block.alt):
            if not re.search(rf"(?<![\d.,]){re.escape(told)}(?![\d]|[.,]\d)", near):
                yield f"page {block.first_page()}: the figure is described with {told}, which is not drawn"
        themes = [text for piece in block.pieces() if (text := piece.text.strip()).isdigit()]
        rows = re.findall(r"(?<![\d,.£])(\d) [A-Z]", block.alt)
        if rows and ([theme for theme in rows if theme in themes] != themes):
            yield f"page {block.first_page()}: the figure shows the themes {themes}, its description {rows}"
        # A bar begins at nothing.
        drawn = [money for piece in block.pieces() for money in MONEY.findall(piece.text) if "." not in money]
        if any(money != "£0" for money in drawn):
            yield f"page {block.first_page()}: the bar begins at {drawn}"


def _days(pages: Pages, paper: Paper) -> Iterator[str]:
    """First day, last day and length agree; every other day in the program's words is one of the paper's own."""
    count, _, unit = paper.length.partition(" ")
    after = paper.last_day + timedelta(days=1)
    if unit.startswith(("year", "month")):
        months = int(count) * (12 if unit.startswith("year") else 1)
        if later(paper.first_day, months) != after:
            yield f"page 1: {paper.first_day} to {paper.last_day} is not {paper.length}"
    elif unit and (after - paper.first_day).days != int(count):
        yield f"page 1: {paper.first_day} to {paper.last_day} is not {paper.length}"
    around = pages.sheets[0].around
    made = re.search(rf"Made ({DAY})", around)
    everything = " ".join(block.text for block in pages.blocks())
    for heading, element, text in told_in(pages):
        # A wage or rate of the edition of today holds for days of its own.
        own = re.sub(rf"behind today’s value holds? from {DAY} to {DAY}", "", text)
        for found in re.findall(DAY, own):
            known = {paper.first_day, paper.last_day, after, day_of(made.group(1)) if made else None}
            told_elsewhere = heading in {"Menu", "Problems and answers"} or everything.count(found) > 1
            if f"Version As of {found}" in text and made and found != made.group(1):
                yield f"page {element.first_page()}: as of {found}, made {made.group(1)}"
            if day_of(found) not in known and not told_elsewhere:
                yield f"page {element.first_page()}: {found} is no day of this paper"


def _years(pages: Pages, paper: Paper) -> Iterator[str]:
    """A contract year is named by two calendar years, one after the other, within the contract."""
    spring = (paper.first_day.month, paper.first_day.day) != (1, 1)
    for _, element, text in told_in(pages):
        for first, second in LABEL.findall(text):
            fits = paper.first_day.year <= int(first) <= paper.last_day.year
            if (int(first) + 1) % 100 != int(second) or not (fits and spring):
                yield f"page {element.first_page()}: {first}/{second} is no year of this contract"
        for first, own in re.findall(r"starts: (\d{4})(?:/\d\d)? that of (\d{4})", text):
            if first != own:
                yield f"page {element.first_page()}: {first} takes the value of {own}"


def _same_tables(pages: Pages, paper: Paper) -> Iterator[str]:
    """The summary and the sums say the same of each commitment, year by year."""
    for number, line in paper.glance.items():
        other = paper.sums.get(number)
        if other is None:
            continue
        if not line.name.startswith(other.name):
            yield f"line {number}: “{line.name}” is “{other.name}” among the sums"
        if line.value != other.value:
            yield f"line {number}: {line.value} is {other.value} among the sums"
        ours = [quantity for quantity in line.years.values() if quantity not in {"0", "0%", "–", "none", "no"}]
        theirs = [other.years[year] for year in sorted(other.years) if other.years[year]]
        if ours and theirs and ours != theirs and not (ours == ["yes"] and set(theirs) == {"yes"}):
            yield f"line {number}: {ours} by year is {theirs} among the sums"
        shares = re.findall(r"This contract’s share of it is ([\d.]+%)", other.details)
        if line.share.partition(" ")[0] != (shares[0] if shares else "100%"):
            yield f"line {number}: the share {line.share} is {shares} among the sums"
        if line.group != other.group:
            yield f"line {number}: stands under {line.group} and under {other.group}"


def _worked_years(pages: Pages, paper: Paper) -> Iterator[str]:
    """A sum of several years is multiplied by their number, also in the words that explain it."""
    for number, line in paper.sums.items():
        yield from (f"line {number}: {fault}" for fault in _times(line.sums))
    for _, element, text in told_in(pages):
        for one, each, other, years in re.findall(r"“(\d+) × (\d+)” is (\d+) in each of (\d+) years", text):
            if (one, each) != (years, other):
                yield f"page {element.first_page()}: “{one} × {each}” is not {other} in each of {years} years"


def _times(sums: list[str]) -> Iterator[str]:
    """A sum "in each of 3 years" is multiplied by 3 in the sum under it."""
    for one, two in pairwise(sums):
        each, times = re.search(r"in each of (\d+) years", one), re.match(r"(\d+) × ", two)
        if each and times and each.group(1) != times.group(1):
            yield f"{each.group(1)} years are multiplied by {times.group(1)}"


def _line_numbers(pages: Pages, paper: Paper) -> Iterator[str]:
    """A line that is named exists."""
    if not paper.lines:
        return
    known = set(paper.lines)
    for block in pages.blocks():
        # A commitment whose measure is unknown stands among the Problems alone.
        for row in rows_of(block) if heads_of(block)[:1] == ["Where"] else []:
            named = re.match(r"Line (\d+).*Error$", row[0].text)
            known |= {int(named.group(1))} if named else set()
    for _, element, text in told_in(pages, sources=True):
        for named in _LINES.findall(text):
            if unknown := numbers_in(named) - known:
                yield f"page {element.first_page()}: there is no line {sorted(unknown)}"
    for block in pages.blocks():
        for row in rows_of(block):
            match = re.fullmatch(r"([A-Z]\d\d) \(lines? ([\d, toand]+)\)", row[0].text)
            if match and numbers_in(match.group(2)) != paper.with_code(match.group(1)):
                yield f"page {row[0].first_page()}: the lines of {match.group(1)} are not {match.group(2)}"


def _named_lines(pages: Pages, paper: Paper) -> Iterator[str]:
    """Few lines are named, each by its number."""
    for heading, element, text in told_in(pages, sources=True):
        # A Problem names its lines beside its words.
        is_named = heading == "Problems and answers"
        for other, number in re.findall(r"(other )?\b(\d+) lines?\b(?! of [A-Z]\d\d)", text):
            if int(number) <= MOST_UNNAMED and not is_named:
                yield f"page {element.first_page()}: {other}{number} lines are not named"


MOST_UNNAMED = 12


def _claims(pages: Pages, paper: Paper) -> Iterator[str]:
    """A theme of which a line has an error says what is claimed and what of it counts."""
    for told in (paper.glance, paper.sums):
        groups: dict[str, list[Told]] = {}
        for line in told.values():
            groups.setdefault(line.group, []).append(line)
        for group, lines in groups.items():
            said = re.search(r"Claimed, of which (£[\d,.]+\d) can be counted", group)
            if any(line.has_error for line in lines) != bool(said):
                yield f"“{group}” does not say what is claimed and what counts"
            counted = sum((number_of(line.value).value for line in lines if line.is_worth), Fraction(0))
            if said and number_of(said.group(1)).value != counted:
                yield f"“{group}”: {float(counted):.2f} counts"


def _codes(pages: Pages, paper: Paper) -> Iterator[str]:
    """A measure that is named is promised, and its title is its own."""
    names: dict[str, str] = {}
    for line in paper.lines.values():
        names[line.code] = line.name
    for heading, element, text in told_in(pages):
        for match in re.finditer(CODE, text):
            code, rest = match.group(), text[match.end() :].strip()
            if code not in names:
                yield f"page {element.first_page()}: {code} is not promised"
            elif heading == "Problems and answers" and re.match(r"(?!Warning|Error|Note)[A-Z][a-z]", rest):
                title = names[code].partition(code)[0].strip() or names[code].removeprefix(code).strip()
                if not rest.startswith(title):
                    yield f"page {element.first_page()}: {code} is not called “{rest[:40]}”"
        for listed in re.findall(r"(?:[A-Z]\d\d(?:, | and )?){2,}", text):
            codes = re.findall(CODE, listed)
            if len(set(codes)) < len(codes):
                yield f"page {element.first_page()}: {listed} names one measure twice"


def _confidence(pages: Pages, paper: Paper) -> Iterator[str]:
    """The lines of each confidence are those that say so; those with a span and without are all that are valued."""
    valued = {number for number, line in paper.lines.items() if line.is_worth}
    for block in pages.blocks():
        for row in rows_of(block) if block.first_page() == 1 else []:
            words = row[-1].text
            named = re.match(r"(?:Lines? ([\d, toand]+)|(\d+) lines):", words)
            if row[0].text in {"High", "Medium", "Low"} and named:
                own = {number for number in valued if paper.lines[number].confidence == row[0].text}
                said = numbers_in(named.group(1)) if named.group(1) else None
                if (said is not None and said != own) or (said is None and int(named.group(2)) != len(own)):
                    yield f"page 1: {row[0].text} confidence: {words[:40]} are {sorted(own)} in the table"
        if block.first_page() == 1:
            yield from _spans(block.text, len(valued))
            shared = re.search(r"Shared results \(lines? ([\d, toand]+)\)", block.text)
            counted = {number for number, line in paper.sums.items() if not line.has_error}
            own = {number for number in counted if "This contract’s share of it is" in paper.sums[number].details}
            if shared and numbers_in(shared.group(1)) != own:
                yield f"page 1: shared are the lines {sorted(own)}, not {shared.group(1)}"


def _spans(text: str, valued: int) -> Iterator[str]:
    match = re.search(rf"Only {_NAMED} ha(?:s|ve) a low .*?; {_NAMED} ha", text)
    if match:
        spanned, others = _many(*match.groups()[:2]), _many(*match.groups()[2:])
        if spanned + others != valued:
            yield f"page 1: {spanned} lines with a span and {others} without are not {valued}"


_NAMED = r"(?:lines? ([\d, toand]+?)|the (?:other )?(\d+) lines(?: of [^;]*?)?)"
"""Lines by their numbers, or so many of them."""


def _many(named: str | None, number: str | None) -> int:
    return len(numbers_in(named)) if named else int(number or 0)
