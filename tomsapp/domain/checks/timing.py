"""Checks of dates: an edition withdrawn or not in force, and evidence that cannot exist before the contract ends."""

from collections.abc import Iterable
from datetime import date

from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.findings import found
from tomsapp.domain.contract import Contract, ContractStatus, months_later
from tomsapp.domain.measure_words import withdrawn_words
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.valuation import LineValue, Valuation, YearValue
from tomsapp.domain.wording import format_date, plural


def evidence_problems(valuation: Valuation) -> Iterable[Problem]:
    """Each measure whose evidence falls due after the contract's end."""
    asked: set[str] = set()
    for line in valuation.lines:
        if line.measure.code not in asked and _is_too_late(line, valuation):
            asked.add(line.measure.code)
            yield _too_late(line, valuation)


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


def late_years(line: LineValue, contract: Contract) -> list[YearValue]:
    """The contract years with a promise that can be shown only after the contract has ended."""
    return [
        year
        for year in line.years
        if year.quantity > 0 and is_shown_after(line.measure, year.year.starts_on, contract.end_on)
    ]


def is_shown_after(measure: Measure, starts_on: date, end_on: date) -> bool:
    """Whether the evidence of a start in the year that begins on `starts_on` can exist only after `end_on`."""
    months = measure.evidence_months
    return bool(months) and months_later(starts_on, months) > end_on


def _is_too_late(line: LineValue, valuation: Valuation) -> bool:
    """Whether the last unit promised can be shown only after the contract has ended.

    A unit counts on the first day of its contract year at the earliest: a payroll record at 12 months of somebody who
    starts in a last full year exists on the day after the contract at the earliest.
    """
    return bool(late_years(line, valuation.contract))


def _too_late(line: LineValue, valuation: Valuation) -> Problem:
    measure = line.measure
    last = next(year.year for year in reversed(line.years) if year.quantity > 0)
    return found(
        "evidence-after-end",
        f"Its evidence exists {plural(measure.evidence_months, 'month', 'months')} after the start. For {last.label} "
        f"that is after the contract ends on {format_date(valuation.contract.end_on)}",
        measure.evidence_if_later or "Say what will be shown instead, or promise it in an earlier year",
        Where(commitment=line.commitment.key, measure=measure.code, year=last.index, field="quantity"),
        key=f"evidence-after-end:{measure.code}",
    )
