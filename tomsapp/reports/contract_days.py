"""What of a valuation lies past its days: years after the end of a wage or rate, and evidence after the contract."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from tomsapp.domain.checks.timing import late_evidence
from tomsapp.domain.measure_words import unrecorded_words
from tomsapp.domain.money import total
from tomsapp.domain.valuation import LineValue, YearValue
from tomsapp.domain.value_days import rates_end
from tomsapp.domain.wording import format_date, format_pounds, listed
from tomsapp.reports.contract_facts import PrintedValuation

MOST_DAYS = 3
"""What is late after more days than these is told in one sentence, without the days: each stands with its warning."""


def past_their_dates(page: PrintedValuation) -> Iterator[str]:
    """What is counted after the last day of the wage or rate behind it, by that day; what the edition does not say."""
    ends: dict[date, list[LineValue]] = {}
    for _, line in page.counted_lines:
        last_day = line.value_ends_on
        if last_day is not None and line.past_value_end:
            ends.setdefault(last_day, []).append(line)
    for last_day, lines in sorted(ends.items()):
        yield _past_a_day(page, last_day, lines)
    if missing := unrecorded_words(page.edition):
        yield missing


def _past_a_day(page: PrintedValuation, last_day: date, lines: list[LineValue]) -> str:
    """The pounds of years that begin or end after a day, all or a part of their lines, and what ends on it."""
    years = [year for line in lines for year in line.past_value_end]
    pounds = total(year.social_value for year in years)
    wholly = total(year.social_value for year in years if year.year.starts_on > last_day)
    named = page.named(map(page.number_of, lines))
    part = "all of " if pounds == total(line.social_value for line in lines) else ""
    begins = "begin" if wholly == pounds else "end"
    of_it = f" ({format_pounds(wholly)} of it for years that begin after that day)" if 0 < wholly < pounds else ""
    return (
        f"{format_pounds(pounds)} ({part}{named}) is for years that {begins} after {format_date(last_day)}{of_it}, "
        f"when {rates_end([line.measure.proxy for line in lines if line.measure.proxy is not None])}."
    )


def shown_too_late(page: PrintedValuation) -> str:
    """What is counted although it can be shown only after the contract has ended: whole years, and parts of years."""
    late = {number: found for number, line in page.counted_lines if (found := late_evidence(line, page.contract))}
    whole = {number: found.whole for number, found in late.items() if found.whole}
    by_start: dict[date, dict[int, tuple[YearValue, ...]]] = {}
    for number, found in late.items():
        if found.in_part:
            by_start.setdefault(found.last_start, {})[number] = found.in_part
    told: list[str] = []
    if whole:
        labels = listed([year.label for year in page.contract.years if year.index in _indexes(whole.values())])
        told.append(f"For {labels}, {_with_pounds(page, whole)} can be shown only after the contract ends.")
    begun = [(f"after {format_date(day)}", lines) for day, lines in sorted(by_start.items())]
    if len(begun) > MOST_DAYS:
        together = {number: lines[number] for number in late for _, lines in begun if number in lines}
        begun = [("in the contract’s last months", together)]
    then = "then" if whole else "after the contract ends"
    for what, lines in begun:
        further = "a further " if whole and any(map(_pounds, lines.values())) else ""
        of_them = _with_pounds(page, lines).removesuffix(",")
        told.append(f"Of {further}{of_them}, what counts {what} can be shown only {then}.")
    return " ".join([*told, *_until_then(page, late)])


def _until_then(page: PrintedValuation, late: Iterable[int]) -> Iterator[str]:
    """That the menu names what shows it by the contract's last day; of which lines, where it does not of all."""
    measures = {number: line.measure for number, line in page.counted_lines if number in set(late)}
    named = [number for number, measure in measures.items() if measure.evidence_if_later]
    if named:
        shown = "it is" if len(named) == len(measures) else f"{page.named(named)} {'is' if len(named) == 1 else 'are'}"
        yield f"Until then {shown} shown by what the menu names."


def _indexes(of_lines: Iterable[Sequence[YearValue]]) -> set[int]:
    return {year.year.index for years in of_lines for year in years}


def _pounds(years: Sequence[YearValue]) -> Decimal:
    return total(year.social_value for year in years)


def _with_pounds(page: PrintedValuation, late: Mapping[int, Sequence[YearValue]]) -> str:
    """What lines count in years: "£20.00 (lines 1 and 9), and line 11, counted only"."""
    worth = [number for number, years in late.items() if _pounds(years)]
    pounds = total(_pounds(years) for years in late.values())
    only = [number for number in late if number not in worth]
    told = [f"{format_pounds(pounds)} ({page.named(worth)})"] if worth else []
    told += [f"{page.named(only)}, counted only,"] if only else []
    return " and ".join(told)
