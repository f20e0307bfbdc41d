"""Checks of dates: an edition withdrawn or not in force, and evidence that cannot exist before the contract ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from tomsapp.domain.checks.asked import asked_of
from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.findings import Told, found, found_later
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.contract_dates import ContractYear, contract_years, months_later
from tomsapp.domain.measure_words import withdrawn_words
from tomsapp.domain.menu import Counts, Earned, Measure, MenuEdition
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue, Valuation, YearValue
from tomsapp.domain.wording import format_date, plural

_DAY = timedelta(days=1)
_OF_SOMEBODY = frozenset(
    {
        Unit.PEOPLE,
        Unit.FTE_JOBS,
        Unit.FTE_YEARS,
        Unit.COMPLETIONS,
        Unit.PERSON_YEARS,
        Unit.HOUSEHOLDS,
        Unit.HOUSEHOLD_WEEKS,
        Unit.WEEKS,
        Unit.WELLBYS,
    }
)
"""Units that begin with somebody: their evidence is counted from that day, even where they are earned over time."""


def evidence_problems(valuation: Valuation) -> Iterable[Problem]:
    """Each measure whose evidence falls due after the contract's end."""
    asked: set[str] = set()
    contract = valuation.contract
    late_of: dict[tuple[int, bool], tuple[int, ...]] = {}
    for line in valuation.lines:
        measure = line.measure
        if not measure.evidence_months or measure.code in asked:
            continue
        kind = measure.evidence_months, _is_counted_over_the_year(measure)
        late = late_of.get(kind)
        if late is None:
            late = late_of[kind] = _late_years(kind[0], contract.start_on, contract.end_on, over_the_year=kind[1])
        # Years of which a part is late come before those that are late as a whole: see `LateEvidence`.
        for year in late:
            if line.units[year] > 0:
                asked.add(measure.code)
                yield _too_late(line, year, valuation)
                break


@lru_cache(maxsize=4096)
def _late_years(months: int, start_on: date, end_on: date, *, over_the_year: bool) -> tuple[int, ...]:
    """The contract years of which evidence can come too late: those in part, then those as a whole."""
    late: dict[Lateness, list[int]] = {Lateness.IN_PART: [], Lateness.WHOLE: []}
    for year in contract_years(start_on, end_on):
        how = _lateness(months, year.starts_on, year.ends_on, end_on, over_the_year=over_the_year)
        if how is not None:
            late[how].append(year.index)
    return (*late[Lateness.IN_PART], *late[Lateness.WHOLE])


def edition_problems(offer: OfferToCheck) -> Iterable[Problem]:
    """An edition that was withdrawn, is not in force on the contract's first day, or was not published by then."""
    valuation = offer.valuation
    edition, start = valuation.edition, valuation.contract.start_on
    is_draft = valuation.contract.status is ContractStatus.DRAFT
    if edition.withdrawn_on is not None and is_draft:
        yield found(
            "edition-withdrawn",
            withdrawn_words(edition).rstrip("."),
            "Choose the edition that followed it under Contract facts, or say why this one is right for this contract",
            Where(field="edition"),
            key=f"edition-withdrawn:{edition.name}",
        )
    if edition.in_force_from is not None and start < edition.in_force_from:
        when = f"comes into force on {format_date(edition.in_force_from)}, after"
    elif edition.in_force_until is not None and start > edition.in_force_until:
        when = f"was in force until {format_date(edition.in_force_until)}, before"
    else:
        if is_draft and edition.published_on is not None and start < edition.published_on:
            yield _published_later(edition, edition.published_on, start)
        return
    yield found(
        "edition-not-in-force",
        f"{edition.name} {when} the contract starts on {format_date(start)}",
        "Say why this edition is used, or choose one that is in force on that day",
        Where(field="edition"),
        key=f"edition-not-in-force:{edition.name}",
        asked=format_date(start),
    )


def _published_later(edition: MenuEdition, published_on: date, start: date) -> Problem:
    return found(
        "edition-published-later",
        f"{edition.name} was published on {format_date(published_on)}, after the contract starts on "
        f"{format_date(start)}",
        "Say why it may be signed with this edition, or choose one that was published by then",
        Where(field="edition"),
        key=f"edition-published-later:{edition.name}",
    )


class Lateness(Enum):
    """How much of what is promised for a year can be shown only after the contract has ended."""

    WHOLE = "whole"
    IN_PART = "in part"


@dataclass(frozen=True, slots=True)
class LateEvidence:
    """What a line promises that can be shown only after the contract has ended.

    Attributes:
        whole: the contract years of which nothing can be shown in time.
        in_part: the contract years of which what is counted after `last_start` cannot.
        last_start: the last day on which a unit can count and still be shown in time.
    """

    whole: tuple[YearValue, ...]
    in_part: tuple[YearValue, ...]
    last_start: date


def late_evidence(line: LineValue, contract: Contract) -> LateEvidence | None:
    """What of a line can be shown only after the contract has ended; None where all of it can be shown in time."""
    months = line.measure.evidence_months
    if not months:
        return None
    found = [(year, lateness(line.measure, year.year, contract.end_on)) for year in line.years if year.quantity > 0]
    whole = tuple(year for year, late in found if late is Lateness.WHOLE)
    in_part = tuple(year for year, late in found if late is Lateness.IN_PART)
    if not whole and not in_part:
        return None
    return LateEvidence(whole, in_part, _last_start(contract.end_on, months))


def lateness(measure: Measure, year: ContractYear, end_on: date) -> Lateness | None:
    """How much of what a measure promises in a year can be shown only after the contract's end; None for nothing."""
    if not measure.evidence_months:
        return None
    over_the_year = _is_counted_over_the_year(measure)
    return _lateness(measure.evidence_months, year.starts_on, year.ends_on, end_on, over_the_year=over_the_year)


@lru_cache(maxsize=4096)
def _lateness(months: int, starts_on: date, ends_on: date, end_on: date, *, over_the_year: bool) -> Lateness | None:
    if over_the_year:
        # The day after a year, so that a year to 31 March has its 3 months by 30 June.
        is_late = months_later(ends_on + _DAY, months) > end_on + _DAY
        return Lateness.WHOLE if is_late else None
    last_start = _last_start(end_on, months)
    if starts_on > last_start:
        return Lateness.WHOLE
    return Lateness.IN_PART if last_start < ends_on else None


def _is_counted_over_the_year(measure: Measure) -> bool:
    """Whether a unit is no thing that begins but a part of what a whole year comes to, as a fall in a number is."""
    of_the_year = measure.earned is Earned.OVER_TIME and measure.counts is Counts.EACH_YEAR
    return of_the_year and measure.unit not in _OF_SOMEBODY


def _last_start(end_on: date, months: int) -> date:
    """The last day that lies so many months before the contract's end."""
    day = months_later(end_on, -months)
    return day if months_later(day, months) <= end_on else day - _DAY


def _too_late(line: LineValue, first: int, valuation: Valuation) -> Problem:
    def tell() -> Told:
        return {
            "message": _late_words(line, first, valuation.contract),
            "fix": line.measure.evidence_if_later or "Say what will be shown instead, or promise it in an earlier year",
            "key": f"evidence-after-end:{line.measure.code}",
            "asked": asked_of(
                valuation, [each for each in valuation.lines if each.commitment.key == line.commitment.key]
            ),
        }

    where = Where(commitment=line.commitment.key, measure=line.measure.code, year=first, field="quantity")
    return found_later("evidence-after-end", tell, where)


def _late_words(line: LineValue, first: int, contract: Contract) -> str:
    measure, end, years = line.measure, format_date(contract.end_on), contract.years
    months = plural(measure.evidence_months, "month", "months")
    if lateness(measure, years[first], contract.end_on) is Lateness.IN_PART:
        last_start = format_date(_last_start(contract.end_on, measure.evidence_months))
        late = f"What counts after {last_start} can be shown only after the contract ends on {end}"
    else:
        whole = [year for year in years[first:] if line.units[year.index] > 0]
        late = f"{_for_years(whole)} that is after the contract ends on {end}"
    return f"Its evidence exists {months} {_since(measure)}. {late}"


def _since(measure: Measure) -> str:
    """From when the months until the evidence are counted; on which day a unit counts, its measure says itself."""
    return "after the year that it counts" if _is_counted_over_the_year(measure) else "after a unit counts"


def _for_years(years: Sequence[ContractYear]) -> str:
    """The years of which all is late, from the first of them: "For 2027/28", "From 2027/28 on"."""
    return f"For {years[0].label}" if len(years) == 1 else f"From {years[0].label} on"
