"""What the answer on a valuation’s first page hangs on: a forecast, and years that had ended when it was signed."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tests.reports.page_paper import DAY, Paper, day_of, last_day, numbers_in, spaced
from tests.reports.page_reader import Pages
from tests.reports.page_sums import number_of, worked

WITHOUT = (
    r"Without what rests on a forecast of spend (?:social value is|real pounds are) (£[\d,.]+\d), ([\d.]+)% of the "
    r"contract value: short by (£[\d,.]+\d)"
)
JOBS_WITHOUT = (
    r"Without what rests on a forecast of spend employment outcomes are ([\d.,]+…?) of the ([\d.,]+) that [^:]{1,80}? "
    r"asks for: short by ([\d.]*\d)"
)
JOBS_LEFT = r"Without what rests on a forecast of spend: (?:[^:]{1,90}, as few as )?([\d,]+(?:\.\d+)?…?)(?: if not)?\."
ENDED = (
    r"(£[\d,.]+\d|Part of it, without a value,|[\d.,]+…? of the jobs)(?: and [\d.,]+…? of the jobs)? (?:is|are) for "
    r"([^£]*?), which had ended when this was signed"
)
ENDED_SUM = "Of years that had ended when this was signed: "
_ENDED_TERM = r"(\d[\d.,×÷% ]*) \(line (\d+)\)"
HANGS = (WITHOUT, ENDED)
"""The sentences whose pounds these rules redo."""


def hanging_faults(pages: Pages, paper: Paper) -> Iterator[str]:
    text = " ".join(spaced(block) for block in pages.blocks())
    front = " ".join(spaced(block) for block in pages.blocks() if block.first_page() == 1)
    yield from _without_forecast(front, text)
    yield from _forecast_lines(front, paper)
    yield from _jobs_without(front, text)
    yield from _jobs_left(front, text)
    yield from _ended(front, paper)
    yield from _jobs_ended(front, text, paper)
    yield from _today(front, text)


def _without_forecast(front: str, text: str) -> Iterator[str]:
    """What is left without the forecast, its share, and what is short: each follows from other figures of the page."""
    said = re.search(WITHOUT, front)
    table = re.search(r"forecast: (£[\d,.]+\d) committed, short by (£[\d,.]+\d)", text)
    if (said is None) != (table is None):
        yield "page 1 and the policy checks do not say the same of the forecast"
    if said is None:
        return
    left, share, short = number_of(said.group(1)).value, Fraction(said.group(2)), number_of(said.group(3)).value
    if table and said.group(1, 3) != table.groups():
        yield f"page 1: {said.group()}, but {table.group()}"
    value = re.search(r"(£[\d,.]+\d) without VAT", front)
    minimum = re.search(r"minimum (£[\d,.]+\d)", front)
    total = re.search(r"social value of (£[\d,.]+\d)", front)
    forecast = re.search(r"(£[\d,.]+\d) rests on a forecast", front)
    if value and not 0 <= left * 100 / number_of(value.group(1)).value - share < Fraction(1, 100):
        yield f"page 1: {said.group(1)} is not {share}% of {value.group(1)}"
    if minimum and number_of(minimum.group(1)).value - left != short:
        yield f"page 1: {said.group(1)} is not short by {said.group(3)}"
    if total and forecast and number_of(total.group(1)).value - number_of(forecast.group(1)).value != left:
        yield f"page 1: without {forecast.group(1)} it is not {said.group(1)}"


def _forecast_lines(front: str, paper: Paper) -> Iterator[str]:
    """The lines that rest on a forecast are those that say so of themselves."""
    said = re.search(
        r"rests on a forecast of spend: (?:all of lines? ([\d, toand]+?))?(?: and )?"
        r"(?:part of lines? ([\d, toand]+))?\.",
        front,
    )
    if said is None:
        return
    whole, in_part = set[int](), set[int]()
    for number, line in paper.sums.items():
        rests = re.search(r"(£[\d,.]+\d) of it rests on a forecast", line.details)
        if rests and not line.has_error:
            is_whole = number_of(rests.group(1)).value == number_of(paper.lines[number].value).value
            (whole if is_whole else in_part).add(number)
    if [numbers_in(named or "") for named in said.groups()] != [whole, in_part]:
        yield f"page 1: {said.group()}, but it is all of lines {sorted(whole)} and part of {sorted(in_part)}"


def _jobs_without(front: str, text: str) -> Iterator[str]:
    said = re.search(JOBS_WITHOUT, front)
    if said is None:
        return
    left, needed, short = said.groups()
    if f"forecast: {left} committed, short by {short}" not in text or not re.search(
        rf"{re.escape(needed)} outcomes? needed", text
    ):
        yield f"page 1: {said.group()} is not what the policy checks say"


def _jobs_left(front: str, text: str) -> Iterator[str]:
    """How many jobs are left without the forecast, and how many are missing then, is said where the rule is held."""
    said = re.search(JOBS_LEFT, front)
    table = re.search(r"forecast: ([\d,]+(?:\.\d+)?…?) committed(?:, short by ([\d,]+(?:\.\d+)?…?))?", text)
    if said is None:
        return
    if table is None or table.group(1) != said.group(1):
        yield f"page 1: {said.group()} is not what the policy checks say"
    elif (needed := re.search(r"([\d.,]+\d|\d) outcomes? needed", text)) and "…" not in table.group():
        short = number_of(needed.group(1)).value - number_of(table.group(1)).value
        if max(short, Fraction(0)) != (number_of(table.group(2)).value if table.group(2) else 0):
            yield f"{table.group()} is not what is missing of {needed.group()}"


def _today(front: str, text: str) -> Iterator[str]:
    """The pounds, confidence and jobs of today beside a withdrawal are those under "As signed and as of today"."""
    sealed = text[text.rfind("As signed and as of today") :]
    said = re.search(r"With (\S+ [\d.]+) it is (£[\d,.]+\d) today \(", front)
    if said and f"today {said.group(2)} with {said.group(1)}" not in sealed:
        yield f"page 1: {said.group(2)} is not what is sealed and today"
    past = re.search(r"(£[\d,.]+\d) of (?:it|them) past the dates of", front)
    later = re.findall(r"and (£[\d,.]+\d) of it is in years that end later", sealed)
    later += re.findall(r"(?:as signed, |: )(£[\d,.]+\d)(?: as signed and)? today \([^)]*and all of it is in", sealed)
    if sum(number_of(each).value for each in later) > (number_of(past.group(1)).value if past else 0):
        yield f"page 1: {past.group() if past else 'nothing'} is less than {later} of what is sealed and today"
    sure = re.search(r"Confidence today: (.+?)\.(?= |$)", front)
    graded = r"(\w+) (high|medium|low|not said) \((£[\d,.]+\d) as signed\)"
    for code, level, pounds in re.findall(graded, sure.group(1) if sure else ""):
        if not re.search(rf"\b{code} [^→]* as signed.*?confidence [a-z ]+ → {level}\b", sealed):
            yield f"page 1: {code} {level} is not what is sealed and today"
        worth = re.findall(rf"\b{code} [^£]*: (£[\d,.]+\d) as signed", sealed)
        if sum(number_of(each).value for each in worth) != number_of(pounds).value:
            yield f"page 1: {pounds} of {code} is not what is sealed"
    jobs = (
        r": (?:[^:.]*as few as )?([\d.,]+…?)(?: if not)? as signed, today (?:[^:]*as few as )?([\d.,]+…?)(?: if not)?: "
    )
    for signed, now in re.findall(jobs, front):
        if not re.search(rf"{re.escape(signed)} committed\).*{re.escape(now)} committed\)", sealed):
            yield f"page 1: {signed} as signed and {now} today are not what is sealed"


def _ended(front: str, paper: Paper) -> Iterator[str]:
    """The years had ended on the day of signing, no other year had, and their pounds are those of the lines."""
    said, signed = re.search(ENDED, front), re.search(rf"Signed on ({DAY})", front)
    if said is None or signed is None:
        return
    day = day_of(signed.group(1))
    told = {int(year) - paper.first_day.year + 1 for year in re.findall(r"(\d{4})(?:/\d\d)?", said.group(2))}
    own = {number: line for number, line in paper.sums.items() if not paper.lines[number].has_error}
    filled = {year for line in own.values() for year, many in line.years.items() if many not in {"", "0"}}
    over = {year for year in filled if last_day(paper, year) < day}
    if told != over:
        yield f"page 1: the years {sorted(told)} are said to have ended before {day}, which {sorted(over)} had"
    pounds = sum((worth for line in own.values() for year, worth in line.worth.items() if year in over), Fraction(0))
    if said.group(1).startswith("£") and number_of(said.group(1)).value != pounds:
        yield f"page 1: {said.group(1)} of ended years are {float(pounds):.2f} by line"


def _jobs_ended(front: str, text: str, paper: Paper) -> Iterator[str]:
    """The jobs of ended years are what their terms come to, and each term is the part of its line that is of them."""
    said = re.search(r"([\d.,]+…?) of the jobs (?:is|are) for ", front)
    signed = re.search(rf"Signed on ({DAY})", front)
    redone = re.search(rf"{ENDED_SUM}(.*?) = ([\d,]+(?:\.\d+)?…?)", text)
    if said is None or signed is None or redone is None:
        if redone and not said:
            yield f"page 1 does not say the jobs of ended years: {redone.group()}"
        return
    if said.group(1) != redone.group(2):
        yield f"page 1: {said.group(1)} jobs of ended years are {redone.group(2)} as a sum"
    terms = {int(number): worked(term) for term, number in re.findall(_ENDED_TERM, redone.group(1))}
    less = sum(number_of(number).value for number in re.findall(r"− ([\d.,]+\d|\d) (?:not|answered)", redone.group(1)))
    told = sum(terms.values()) - less
    if terms and not 0 <= told - number_of(redone.group(2).rstrip("…")).value < Fraction(1, 100):
        yield f"the jobs of ended years: {redone.group()} comes to {float(told)}"
    whole = re.search(r"outcomes? needed, .*? = ", text)
    for term, number in re.findall(_ENDED_TERM, whole.group() if whole else ""):
        part = worked(term) * _ended_part(paper, int(number), day_of(signed.group(1)))
        if terms and terms.get(int(number), Fraction(0)) != part:
            yield f"line {number}: {float(part)} of its jobs are of ended years"


def _ended_part(paper: Paper, number: int, day: date) -> Fraction:
    """The part of a line’s quantity that is of years that had ended before a day."""
    filled = {year: number_of(many).value for year, many in paper.sums[number].years.items() if many}
    over = sum((many for year, many in filled.items() if last_day(paper, year) < day), Fraction(0))
    return over / sum(filled.values()) if over else Fraction(0)
