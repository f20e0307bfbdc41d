"""What a valuation says of policy rules, real pounds, Problems and its menu, held against the rest of its pages."""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from tests.reports.page_hangs import ENDED_SUM
from tests.reports.page_paper import (
    CODE,
    DAY,
    LABEL,
    MONEY,
    Paper,
    day_of,
    heads_of,
    numbers_in,
    rows_of,
    spaced,
    told_in,
)
from tests.reports.page_reader import Node, Pages
from tests.reports.page_sums import number_of, worked
from tomsapp.domain.people import if_different

_TERM = re.compile(r"(\d[\d.,]*…?)(?: × [\d.]+%)?(?: ÷ [\d.]+)? \(line (\d+)\)")


def policy_faults(pages: Pages, paper: Paper) -> Iterator[str]:
    """Minimum and employment outcomes: page 1, the rules and their sums say the same."""
    blocks = pages.blocks()
    front = " ".join(f"{spaced(block)} {block.alt}" for block in blocks if block.first_page() == 1)
    # What a later menu makes of them is no figure of this one.
    front = re.sub(r"[^.:]*: [^:]* as signed, today [^:]*", "", front)
    table = next((block for block in blocks if heads_of(block) == ["Rule", "Sum", "Result"]), None)
    if table is None:
        return
    rules = table.text
    shares = set(re.findall(r"([\d.]+%) minimum", front)) | set(re.findall(r"At least ([\d.]+%)", rules))
    shares |= set(re.findall(r"× ([\d.]+%) = £", rules))
    if len(shares) > 1:
        yield f"the minimum is {' and '.join(sorted(shares))}"
    for row in rows_of(table)[1:]:
        yield from _rule(row, front, paper)
    sources = " ".join(block.text for block in blocks[blocks.index(table) + 1 :])
    for over in re.findall(r"(?i)over (£[\d,.]+\d)", rules):
        bare = over.removesuffix(".00")
        if (f"over {over}" not in rules.replace(f"over {over}", "", 1)) and not re.search(
            rf"{bare}(?![\d]|[,.]\d)", sources
        ):
            yield f"the threshold {over} stands nowhere else"


def _rule(row: list[Node], front: str, paper: Paper) -> Iterator[str]:
    rule, sums, result = (cell.text for cell in row)
    # What is of ended years is redone where page 1 says it.
    sums = sums.partition(ENDED_SUM)[0]
    value = re.search(r"(£[\d,.]+\d) without VAT", front)
    for own, over in re.findall(r"^(£[\d,.]+\d) (?:is|is not) over (£[\d,.]+\d)", sums):
        if (value and own != value.group(1)) or over not in rule:
            yield f"“{own} is over {over}” is not what the rule asks of {value}"
    short_by = re.search(r"short by (£[\d,.]+\d)", result)
    if short_by and sums.count(short_by.group(1)) < 1:
        yield f"{result} stands in no sum"
    yield from _rule_rounded(rule, sums)
    yield from _rule_outcomes(sums, result, front)
    yield from _rule_terms(sums, paper)


def _rule_rounded(rule: str, sums: str) -> Iterator[str]:
    """How many outcomes are asked follows from the rule."""
    for down, _ in re.findall(r"([\d.,]+…?) (rounded (?:down|up)|rounded to)", sums):
        if f"= {down}" not in sums:
            yield f"{down} is rounded and comes from no sum"
    for down, needed in re.findall(r"([\d.,]+) rounded down = ([\d,]+) outcomes? needed", sums):
        if int(number_of(down).value) != int(number_of(needed).value):
            yield f"{down} rounded down is not {needed}"
    per = re.search(r"(\d+) employment outcomes? for each (£[\d,.]+\d) of", rule)
    if per and (divided := re.search(r"÷ (£[\d,.]+\d) = ", sums)) and divided.group(1) != per.group(2):
        yield f"{per.group(2)} of the rule is {divided.group(1)} in its sum"
    if per and per.group(1) != "1" and not re.search(rf"× {per.group(1)}(?![\d.,%])", sums):
        yield f"{per.group(1)} outcomes of the rule are not in its sum"
    other = re.search(r"= (£[\d,.]+\d) .*instead: (£[\d,.]+\d) committed(?:, short by (£[\d,.]+\d))?", sums)
    if other:
        minimum, real, short = (number_of(text).value if text else Fraction(0) for text in other.groups())
        if max(minimum - real, Fraction(0)) != short:
            yield f"{other.group(2)} committed is not short by {other.group(3)}"


def _rule_outcomes(sums: str, result: str, front: str) -> Iterator[str]:
    """What is committed is what its terms come to, and page 1 and the result say the same."""
    needed = re.search(r"([\d.,]+\d|\d) outcomes? needed, (?:([\d.,]+\d…?|\d)(?: committed)|committed: )", sums)
    both = _both_numbers(sums)
    # Where nothing is asked, page 1 says nothing of jobs
    both_told = None if needed and needed.group(1) == "0" else both
    if both_told != _both_numbers(front) and (both or needed):
        yield f"page 1: the employment outcomes are {_both_numbers(front)}, but {both} in their sum"
    if needed and (both or needed.group(2)):
        asked, committed = needed.group(1), both[1] if both else needed.group(2)
        ends = re.findall(r"= ([\d.,]+\d…?|\d)(?: |$)", re.sub(r"rounded down = \S+", "", sums))
        if len(ends) > 1 and ends[-1] != committed:
            yield f"{committed} committed is {ends[-1]} as a sum"
        again = re.search(r"− ([\d.,]+) not counted again", sums)
        if both and (again is None or number_of(both[0]).value - number_of(both[1]).value != number_of(again[1]).value):
            yield f"{both[0]} less {both[1]} is not counted again"
        less = [
            number_of(number).value
            for number in re.findall(r"− ([\d.,]+\d|\d) (?:not counted again|answered to be the same)", sums)
        ]
        if less and "…" not in sums:
            added = sum(worked(term) for term in re.findall(r"(\d[\d.,×÷% ]*) \((?:line \d+|[A-Z]\d\d)\)", sums))
            if added - sum(less) != number_of(committed).value:
                yield f"{float(added)} less {float(sum(less))} is not {committed}"
        said = re.search(r"outcomes are not enough: (\S+) of the (\S+) that", front)
        if said and said.groups() != (committed, asked):
            yield f"page 1: {said.group()}, but {needed.group()}"
        told = re.search(r"Employment outcomes: (\S+)\. [^:]{1,80}? asks for ([\d.,]*\d)", front)
        if told and told.groups() != (committed, asked):
            yield f"page 1: {told.group()}, but {needed.group()}"
        yield from _asked_of_both(front, both_told, asked)
        short = re.search(r"short by ([\d.,]+\d|\d)$", result)
        if (
            short
            and "…" not in committed
            and number_of(asked).value - number_of(committed).value != number_of(short.group(1)).value
        ):
            yield f"{needed.group()} is not {result}"


def _asked_of_both(front: str, both: tuple[str, str] | None, asked: str) -> Iterator[str]:
    """Beside both numbers of people page 1 says what is asked, and whether they are enough."""
    asks = re.search(r" if not\. [^:]{1,80}? asks for ([\d.,]*\d)(?:: ([a-z ]*))?", front)
    if asks is None or both is None:
        if both:
            yield "page 1: both numbers of people, but not what is asked"
        return
    most, fewest, needed = (number_of(text).value for text in (*both, asked))
    standing = "enough either way" if fewest >= needed else "not enough either way"
    if fewest < needed <= most:
        standing = "enough only if it is declared that they are different"
    if asks.group(1) != asked or asks.group(2) not in {None, standing}:
        yield f"page 1: {asks.group()}, but {both[0]} and {both[1]} of {asked}"


def _both_numbers(text: str) -> tuple[str, str] | None:
    """The most and the fewest people that a text tells, where it tells both."""
    conditions = "|".join(if_different(some_same=same) for same in (False, True))
    found = re.search(rf"([\d.,]*\d…?) (?:{conditions}), as few as ([\d.,]*\d…?) if not", text)
    return (found.group(1), found.group(2)) if found else None


def _rule_terms(sums: str, paper: Paper) -> Iterator[str]:
    """Each term is what its line says, and every line with employment outcomes has one."""
    for term, number in _TERM.findall(sums):
        details = paper.sums[int(number)].details if int(number) in paper.sums else ""
        if not re.search(rf"Employment outcomes: [^.]*?(?<![\d.,]){re.escape(term)}", details):
            yield f"line {number} does not say {term} employment outcomes"
    terms = {int(number) for _, number in _TERM.findall(sums)}
    for number, line in paper.sums.items():
        if (
            terms
            and "Employment outcomes: " in line.details
            and number not in terms
            and not paper.lines[number].has_error
        ):
            yield f"line {number}: its employment outcomes are not in the sum"


def real_faults(pages: Pages, paper: Paper) -> Iterator[str]:
    """Real pounds of the lines add up to those on page 1 and under the summary, which names their lines."""
    lines: dict[int, Fraction] = {}
    for number, line in paper.sums.items():
        said = re.search(r"Real pounds(?: claimed, not counted)?: (.*?\d)\.(?: |$)", line.details)
        if not said:
            continue
        parts = said.group(1).split("; ")
        amounts = [number_of(MONEY.findall(part)[-1]).value for part in parts]
        added = sum(amounts[:-1]) if len(parts) > 1 and parts[-1].startswith("in all") else None
        if added is not None and added != amounts[-1]:
            yield f"line {number}: its real pounds add up to {float(added):.2f}"
        each = re.search(r"(£[\d,.]+\d) in each of (\d+) years, (\d+) × (£[\d,.]+\d)", said.group(1))
        if each and (each.group(1), each.group(2)) != (each.group(4), each.group(3)):
            yield f"line {number}: {each.group()}"
        lines[number] = amounts[-1]
    text = " ".join(block.text for block in pages.blocks() if block.first_page() == 1)
    front = re.search(r"(£[\d,.]+\d) in cash or goods", text)
    counted = sum((pounds for number, pounds in lines.items() if not paper.sums[number].has_error), Fraction(0))
    if front and counted != number_of(front.group(1)).value:
        yield f"page 1: {front.group(1)} real pounds are {float(counted):.2f} by line"
    yield from _other_reading(" ".join(f"{block.text} {block.alt}" for block in pages.blocks()), counted)
    for block in pages.blocks():
        for named, also in re.findall(r"[Ll]ines? ([\d, toand]+): also (£[\d,.]+\d) in real pounds", block.text):
            own = {number: lines.get(number, Fraction(0)) for number in numbers_in(named)}
            if set(own) != set(lines) or sum(own.values()) != number_of(also).value:
                yield f"page {block.first_page()}: lines {named} have {float(sum(own.values())):.2f} real pounds"


def _other_reading(front: str, real: Fraction) -> Iterator[str]:
    """The minimum in real pounds on page 1: what the lines come to, and what is then short of it."""
    said = re.search(
        r"[Cc]ounted in (?:such )?real pounds (?:\([^)]*\) )?it is (?:(£[\d,.]+\d): )?"
        r"(?:short of the minimum by (£[\d,.]+\d))?",
        front,
    )
    if said is None:
        return
    if number_of(said.group(1) or "£0.00").value != real:
        yield f"page 1: {said.group(1)} of real pounds are {float(real):.2f} by line"
    minimum = re.search(r"minimum (£[\d,.]+\d)", front)
    if said.group(2) and minimum and number_of(minimum.group(1)).value - real != number_of(said.group(2)).value:
        yield f"page 1: {minimum.group(1)} less {float(real):.2f} is not {said.group(2)}"


def problems_faults(pages: Pages, paper: Paper) -> Iterator[str]:
    """The Problems are as many as is said, and speak of the measures of their lines and of years of the contract."""
    blocks = pages.blocks()
    table = next((block for block in blocks if heads_of(block)[:1] == ["Where"]), None)
    if table is None:
        return
    yield from _tally(blocks, table)
    front = " ".join(block.text for block in blocks if block.first_page() == 1)
    for row in rows_of(table)[1:]:
        yield from _problem(row, paper)
        for published, starts in re.findall(
            rf"published on ({DAY}), after the contract starts on ({DAY})", row[1].text
        ):
            if day_of(starts) != paper.first_day or published not in front:
                yield f"page {row[1].first_page()}: published on {published}, starts on {starts}"


def _tally(blocks: list[Node], table: Node) -> Iterator[str]:
    """The Problems are as many of each kind as is said over them and on page 1."""
    tally = blocks[blocks.index(table) - 1].text
    found: Counter[str] = Counter()
    for row in rows_of(table)[1:]:
        kind = re.match(r"(?:(\d+) × )?(.*)", row[0].paragraphs[-1])
        found[kind.group(2)] += int(kind.group(1) or 1)
    parts = [part.split(" ", 1) for part in re.split(r", | and ", tally.rstrip("."))]
    said = {part[1]: int(part[0]) for part in parts if part[0].isdigit()}
    for kind, pattern in (
        ("Error", "error"),
        ("Warning, open", "without"),
        ("Warning, answered", "answered"),
        ("Note", "note"),
    ):
        told = sum(many for words, many in said.items() if pattern in words)
        if told != found[kind]:
            yield f"page {table.first_page()}: {told} × {kind} are {found[kind]} in the table"
    front = " ".join(block.text for block in blocks if block.first_page() == 1)
    for many, kind in re.findall(r"(\d+) (errors?|warnings?)(?: answered)? \(page", front):
        if int(many) not in {found["Error"], found["Warning, open"], found["Warning, answered"]}:
            yield f"page 1: {many} {kind} are {dict(found)}"


def _problem(row: list[Node], paper: Paper) -> Iterator[str]:
    """A Problem speaks of the measures of its lines, of years of the contract and of its last day."""
    where, what = row[0], row[1].text
    kind = re.match(r"(?:(\d+) × )?(.*)", where.paragraphs[-1])
    times = re.search(r"is found (\d+) times; line (\d+) stands", what)
    if kind.group(1) and times and times.group(1) != kind.group(1):
        yield f"page {where.first_page()}: {kind.group(1)} are {times.group(1)} times"
    place = re.match(r"Lines? ([\d, toand]+\d|\d+)(?:, ([A-Z]\d\d))?(?:, year (\d+))?", where.paragraphs[0])
    if place is None:
        return
    numbers = numbers_in(place.group(1))
    codes = {paper.lines[number].code for number in numbers if number in paper.lines}
    if place.group(2) and {place.group(2)} != codes:
        yield f"page {where.first_page()}: {where.paragraphs[0]} is of {codes}"
    named = set(re.findall(CODE, what))
    if " may not count the same " in what and not kind.group(1) and named != codes:
        yield f"page {where.first_page()}: {where.paragraphs[0]} are of {codes ^ named}"
    if place.group(2) and named - codes and " is promised in " in what:
        yield f"page {where.first_page()}: {where.paragraphs[0]} speaks of {named - codes}"
    yield from _problem_years(row, codes, paper)


def _filled(paper: Paper, number: int) -> list[int]:
    """The years in which a line promises something."""
    return [year for year, many in paper.sums[number].years.items() if many not in {"", "0"}]


def _problem_years(row: list[Node], codes: set[str], paper: Paper) -> Iterator[str]:
    """The years of a Problem are those in which its measures are promised."""
    where, what = row[0], row[1].text
    place = re.match(r"Lines? ([\d, toand]+\d|\d+)(?:, ([A-Z]\d\d))?(?:, year (\d+))?", where.paragraphs[0])
    alike = {number for code in codes for number in paper.with_code(code)} & set(paper.sums)
    years = [year for number in alike for year in _filled(paper, number)]
    promised = re.search(r" is promised in (\d+) years", what)
    for code in codes if promised else ():
        own = {year for number in paper.with_code(code) & alike for year in _filled(paper, number)}
        if own and int(promised.group(1)) != len(own):
            yield f"page {where.first_page()}: promised in {promised.group(1)} years, {len(own)} in the sums"
    label = LABEL.search(what)
    if place.group(3) and label and int(label.group(1)) - paper.first_day.year + 1 != int(place.group(3)):
        yield f"page {where.first_page()}: year {place.group(3)} is not {label.group()}"
    if place.group(3) and promised and years and int(place.group(3)) <= min(years):
        yield f"page {where.first_page()}: year {place.group(3)} is the first of them"
    for ends in re.findall(rf"contract ends on ({DAY})", what):
        if day_of(ends) != paper.last_day:
            yield f"page {where.first_page()}: the contract ends on {paper.last_day}, not on {ends}"
    beyond = int(place.group(3) or 0) > paper.year_count
    # A year of which nothing is known of the spend counts nothing.
    is_known = "No spend is recorded" not in what
    if place.group(3) and is_known and not beyond and years and int(place.group(3)) not in years:
        yield f"page {where.first_page()}: nothing is promised in year {place.group(3)}"


def menu_faults(pages: Pages, paper: Paper) -> Iterator[str]:
    """Name, price base and checksum of the menu are the same at every place, and its recorded measures are told."""
    foot = pages.sheets[0].around
    short = re.search(r"Menu (\S+ \d{4}\.\d+), SHA-256 ([0-9a-f]{4}) ([0-9a-f]{4}) … ([0-9a-f]{4})", foot)
    text = [(heading, told) for heading, _, told in told_in(pages)]
    full = [match.group(1) for _, told in text if (match := re.search(r"SHA-256: ([0-9a-f]{64})", told))]
    if (
        short
        and full
        and not (full[0].startswith(short.group(2) + short.group(3)) and full[0].endswith(short.group(4)))
    ):
        yield "the checksum in the foot is not that in full"
    yield from _named_places(pages, foot, text)
    bases = {
        base
        for heading, told in text
        if heading in {"Method", "Menu"}
        for base in re.findall(r"(\d{4}(?:-\d\d)?) prices", told)
    }
    bases |= {
        base
        for heading, told in text
        if heading == "Method"
        for base in re.findall(r"index of (\d{4}(?:-\d\d)?)", told)
    }
    if len(bases) > 1:
        yield f"the menu is in prices of {' and '.join(sorted(bases))}"
    for heading, told in text:
        named = re.search(r": (\S+ \d{4}\.\d+), (?:published|draft|withdrawn)", told) if heading == "Menu" else None
        if named and short and named.group(1) != short.group(1):
            yield f"the menu is {named.group(1)} and {short.group(1)}"
        if heading == "Method" and (
            recorded := re.match(r"(?:•\s*)?((?:[A-Z]\d\d(?:, | and )?)+) (?:is|are) counted and never", told)
        ):
            codes = {line.code for line in paper.lines.values() if not line.is_valued}
            if set(re.findall(CODE, recorded.group(1))) != codes:
                yield f"counted and never valued are {sorted(codes)}, not {recorded.group(1)}"


def _named_places(pages: Pages, foot: str, text: list[tuple[str, str]]) -> Iterator[str]:
    """What the foot and page 1 say stands under a heading stands under that one and no other."""
    front = " ".join(block.text for block in pages.blocks() if block.first_page() == 1)
    asked = (
        (foot, r"\(in full under (\w+)\)", "SHA-256: "),
        (front, r"reasons that stand under (\w+)\.", " withdrawn on "),
    )
    for said, name, words in asked:
        places = {heading for heading, told in text if words in told and heading in {"Method", "Menu", "Sources"}}
        for named in set(re.findall(name, said)) if places else ():
            if named not in places:
                yield f"page 1: “under {named}” stands under {' and '.join(sorted(places))}"
