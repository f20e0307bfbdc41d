"""What a valuation says of its menu edition, held against the edition: spans, what is taken off, counts, checksum."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tests.reports.page_paper import Paper, numbers_in, read_paper
from tests.reports.page_reader import Pages
from tests.reports.page_sums import number_of, rounded, worked
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.proxy import SourceDeadweight

_SUM = re.compile(r"(?:^|: )([^:=]*? × (£[\d,.]*\d)[^=]*) = (£[\d,.]*\d)")


def edition_faults(pages: Pages, edition: MenuEdition) -> Iterator[str]:
    paper = read_paper(pages)
    text = " ".join(block.text for block in pages.blocks())
    for checksum in re.findall(r"SHA-256: ([0-9a-f]{64})", text):
        if checksum != edition.sha256:
            yield f"the checksum is {edition.sha256}, not {checksum}"
    day = edition.published_on
    named = f"{edition.name}, published on {day.day} {day:%B %Y}" if day else edition.name
    for told in re.findall(r"[a-z-]+ \d{4}(?:\.\d+)?, published on \d+ \w+ \d{4}", text):
        if told != named:
            yield f"the edition is {named}, not {told}"
    if paper is None:
        return
    front = [block.text for block in pages.blocks() if block.first_page() == 1]
    yield from _span(" ".join(front), paper, edition)
    yield from _lines_at_ends(paper, edition)
    yield from _taken_off(" ".join(front), paper, edition)
    for words in front:
        yield from _count(words, paper, edition)


def _span(front: str, paper: Paper, edition: MenuEdition) -> Iterator[str]:
    """The total with each value at its low and at its high, from the sums of the lines."""
    said = re.search(r"(£[\d,.]*\d) to (£[\d,.]*\d)(?:\. Only| (?:lines? )?(?:[\d, toand]+)?|, with)", front)
    lines = {number: line for number, line in paper.lines.items() if line.is_worth}
    spanned = {
        number
        for number, line in lines.items()
        if any(_ends(edition, line.code, one) for one in _values(paper, number))
    }
    if said is None:
        if spanned:
            yield f"page 1: the lines {sorted(spanned)} have a low and a high, and no span is told"
        return
    for end, printed in enumerate(said.groups()[:2]):
        whole = sum((_at(paper, edition, number, end) for number in lines), Fraction(0))
        if whole != number_of(printed).value:
            yield f"page 1: with every value at its {('low', 'high')[end]} it is {float(whole):,.2f}, not {printed}"
    named = re.search(r"Only lines? ([\d, toand]+) ha", front)
    if named and numbers_in(named.group(1)) != spanned:
        yield f"page 1: the lines {sorted(spanned)} have a low and a high, not {named.group(1)}"


def _lines_at_ends(paper: Paper, edition: MenuEdition) -> Iterator[str]:
    """Under its sums a line says the low and the high of its units, and what it comes to with them."""
    for number, line in paper.sums.items():
        ends = {end for one in _values(paper, number) if (end := _ends(edition, line.code, one))}
        said = re.search(r"With these the line is (£[\d,.]+\d) to (£[\d,.]+\d)", line.details)
        if bool(ends) != bool(said):
            yield f"line {number}: says {said}, and its units have {ends}"
            continue
        told = re.search(r"high of its source one unit is (.*?)\.(?: |$)", line.details)
        units = re.findall(r"(£[\d,.]+\d) and (£[\d,.]+\d)(?: in (\d{4}))?", told.group(1) if told else "")
        read = {(year, number_of(low).value, number_of(high).value) for low, high, year in units}
        if paper.glance and not (read <= _all_ends(edition, line.code) and {pair[1:] for pair in read} == ends):
            yield f"line {number}: {units} are not the low and the high of its units"
        for end, printed in enumerate(said.groups() if said else ()):
            if (found := _at(paper, edition, number, end)) != number_of(printed).value:
                yield f"line {number}: at its {('low', 'high')[end]} it is {float(found):.2f}, not {printed}"


def _values(paper: Paper, number: int) -> set[str]:
    sums = paper.sums[number].sums
    return {found[1] for told in sums for found in _SUM.findall(told)}


def _ends(edition: MenuEdition, code: str, printed: str) -> tuple[Fraction, Fraction] | None:
    """The low and the high of the unit value that is printed."""
    measure = edition.find_measure(code)
    for value in measure.unit_values if measure else ():
        if Fraction(value.value) == number_of(printed).value and value.low is not None and value.high is not None:
            return Fraction(value.low), Fraction(value.high)
    return None


def _all_ends(edition: MenuEdition, code: str) -> set[tuple[str, Fraction, Fraction]]:
    """The year, the low and the high of every unit value of a measure that has them."""
    measure = edition.find_measure(code)
    values = measure.unit_values if measure else ()
    return {
        (str(value.year or ""), Fraction(value.low), Fraction(value.high))
        for value in values
        if value.low is not None and value.high is not None
    }


def _at(paper: Paper, edition: MenuEdition, number: int, end: int) -> Fraction:
    """The value of a line with the low or the high in place of each unit value."""
    whole = Fraction(0)
    sums = paper.sums[number].sums
    # Under a sum "in each of 3 years" stands three times its result.
    once = [told for before, told in pairwise(["", *sums]) if "in each of" not in before]
    for told in once:
        for left, unit, result in _SUM.findall(told):
            ends = _ends(edition, paper.lines[number].code, unit)
            found = number_of(result).value
            if ends is not None:
                found = rounded(worked(left.replace(unit, "£1")) * ends[end], 2)
            whole += found * _times(told, paper)
    return whole


def _times(told: str, paper: Paper) -> int:
    """How many years a sum stands for."""
    if each := re.search(r"in each of (\d+) years", told):
        return int(each.group(1))
    if not told.endswith(" each") and not told.startswith("Each year: "):
        return 1
    years = re.match(r"Years (\d+) (?:to|and) (\d+)", told)
    if years:
        return int(years.group(2)) - int(years.group(1)) + 1
    return paper.last_day.year - paper.first_day.year + (paper.last_day.month >= paper.first_day.month)


def _taken_off(front: str, paper: Paper, edition: MenuEdition) -> Iterator[str]:
    """The lines of which the source or the menu takes something off are those that the edition says."""
    by_menu, by_source, unsaid, gross = set(), set(), set(), set()
    for number, line in paper.lines.items():
        measure = edition.find_measure(line.code) if line.is_worth else None
        if measure is None or measure.proxy is None:
            continue
        if measure.deadweight_share or measure.displacement_share:
            by_menu.add(number)
        elif measure.proxy.source_deadweight is SourceDeadweight.YES:
            by_source.add(number)
        elif measure.proxy.source_deadweight is not SourceDeadweight.NO:
            unsaid.add(number)
        else:
            gross.add(number)
    for words, own in (("the menu takes off", by_menu), ("the source takes something off", by_source)):
        said = re.search(rf"In (?:lines? ([\d, toand]+)|(\d+) lines) {words}", front)
        told = numbers_in(said.group(1)) if said and said.group(1) else None
        if (
            (said is None and own)
            or (told is not None and told != own)
            or (said and told is None and int(said.group(2)) != len(own))
        ):
            yield f"page 1: of the lines {sorted(own)} {words.removeprefix('the ')}"
    if bool(unsaid) != ("The edition does not say what " in front):
        yield f"page 1: the edition does not say what the sources of the lines {sorted(unsaid)} take off"
    if bool(gross) != bool(re.search(r"All (?:of it|else) is gross: nothing is taken off a unit\b", front)):
        yield f"page 1: the lines {sorted(gross)} are gross"


def _count(words: str, paper: Paper, edition: MenuEdition) -> Iterator[str]:
    """A headline count is what the lines of a measure with its words promise: in all, or in the fullest year."""
    said = re.match(r"([\d,.]*\d)(?: to ([\d,.]*\d))? (.*)", words)
    measures = [measure for measure in edition.measures if paper.with_code(measure.code)]
    if not said or not measures:
        return
    low, high, name = said.groups()
    here = re.search(r"\((?:[^()]*; )?([\d,.]+\d…?|\d)(?: to ([\d,.]*\d))? counted here", words)
    alike = {one.code: _alike(name, f"{one.title} {one.each_name} {one.many_name}") for one in measures}
    named = [one for one in measures if alike[one.code] == max(alike.values())]
    for measure in named:
        for part in _parts(paper, measure.code):
            figures, counted = ([number for number in numbers if number] for numbers in zip(*part, strict=True))
            known = {sum(figures), *figures} if re.search(r" year\b|\d{4}/\d\d", words) else {sum(figures)}
            fits = number_of(high or low).value in known
            least = number_of(low).value if high else Fraction(0)
            wanted = number_of(here.group(2) or here.group(1)) if here else None
            sure = wanted is None or any(
                wanted.low <= one <= wanted.high for one in (sum(counted), max(counted, default=Fraction(0)))
            )
            if fits and sure and least in {0, *figures} and _is_net(words, measure, counted):
                return
    yield f"page 1: {words} is not what the lines of {', '.join(one.code for one in named) or 'any measure'} promise"


def _is_net(words: str, measure: Measure, counted: list[Fraction]) -> bool:
    """A count of a measure of which the menu takes something off says what is left, and no other does."""
    said = re.search(r"([\d,.]+\d…?|\d)(?: to ([\d,.]*\d))? after what the menu takes off", words)
    kept = (1 - Fraction(measure.deadweight_share)) * (1 - Fraction(measure.displacement_share))
    if kept == 1 or said is None:
        return kept == 1 and said is None
    told = number_of(said.group(2) or said.group(1))
    return any(told.low <= one * kept <= told.high for one in (sum(counted), max(counted, default=Fraction(0))))


def _alike(one: str, other: str) -> int:
    """How many words two texts share, by their first letters."""
    words = ({word[:5].lower() for word in re.findall(r"[A-Za-z-]{3,}", text)} for text in (one, other))
    return len(set.intersection(*words))


def _parts(paper: Paper, code: str) -> Iterator[list[tuple[Fraction, Fraction]]]:
    """What the lines of a measure promise by year: the quantity, and what of it this contract counts."""
    years: dict[int, tuple[Fraction, Fraction]] = {}
    for number in paper.with_code(code):
        line = paper.lines[number]
        share = number_of(line.share.partition(" ")[0]).value if line.share[:1].isdigit() else Fraction(1)
        for year, quantity in paper.sums[number].years.items():
            if re.fullmatch(r"[\d,.]+", quantity) and not line.has_error:
                one, two = years.get(year, (Fraction(0), Fraction(0)))
                many = number_of(quantity).value
                years[year] = one + many, two + many * share
    if years:
        yield list(years.values())
