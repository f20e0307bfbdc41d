"""What is hard to believe in an offer, or comes too early or too late: asked about, never an error."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from tests.model.arithmetic import first_days, months_later
from tests.model.findings import Finding, Found
from tests.model.model import NOTHING, LineFigures, OfferFigures
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.menu import Counts, Earned, Measure, MenuEdition
from tomsapp.domain.units import Unit

DAY = timedelta(days=1)
PERSONAL = set(Unit) - {
    Unit.EVENTS, Unit.HOURS, Unit.TONNES, Unit.POUNDS, Unit.MILES, Unit.TREES, Unit.SQUARE_METRES, Unit.DEVICES,
    Unit.CHARGING_POINTS, Unit.MEALS, Unit.BIODIVERSITY_UNITS, Unit.YES_NO, Unit.PERCENT,
}  # fmt: skip
"""Units of somebody, who begins on a day."""
FULL_TIME = {Unit.FTE_YEARS, Unit.FTE_JOBS}
HOURS_OF_A_YEAR = 1950
"""37.5 hours in each of 52 weeks."""


def doubts(
    contract: Contract,
    edition: MenuEdition,
    figures: OfferFigures,
    medians: Mapping[str, Decimal],
    hourly_wage: Decimal,
) -> Found:
    """Every doubt about an offer, its lines taken together.

    Args:
        medians: the median quantity of the other bids for each measure code, where there are other bids.
        hourly_wage: the National Living Wage when the contract starts, in pounds; 0 where it is not known.
    """
    about_years = _last_year(contract, figures) | _dates(contract, edition, figures)
    return about_years | _totals(figures, hourly_wage) | _measures(figures, medians)


def _dates(contract: Contract, edition: MenuEdition, figures: OfferFigures) -> Found:
    """Evidence of all that a year holds must exist on the contract's last day at the latest."""
    found: Found = set()
    start = contract.start_on
    early = edition.in_force_from is not None and start < edition.in_force_from
    if early or (edition.in_force_until is not None and start > edition.in_force_until):
        found.add((Finding.NOT_IN_FORCE, ""))
    elif contract.status is ContractStatus.DRAFT and edition.published_on and edition.published_on > start:
        found.add((Finding.NOT_PUBLISHED, ""))
    begins = [*first_days(start, contract.end_on), contract.end_on + DAY]
    for line in figures.lines:
        promised = [index for index, year in enumerate(line.years) if year.quantity > 0]
        if line.measure.evidence_months and promised:
            next_day = begins[promised[-1] + 1]
            if _shown_on(line.measure, next_day) > contract.end_on:
                found.add((Finding.EVIDENCE_TOO_LATE, line.measure.code))
    return found


def _last_year(contract: Contract, figures: OfferFigures) -> Found:
    """A last year of one day, and as much of what counts each year in less than six months as in the year before."""
    begins = first_days(contract.start_on, contract.end_on)
    if len(begins) < 2:
        return set()
    found: Found = set()
    if contract.status is ContractStatus.DRAFT and contract.end_on == begins[-1]:
        found.add((Finding.ENDS_ON_ANNIVERSARY, ""))
    if contract.end_on + DAY >= months_later(begins[-1], 6):
        return found
    for line in figures.lines:
        last, before = line.years[-1].quantity, line.years[-2].quantity
        if line.measure.counts is Counts.EACH_YEAR and not line.commitment.rate and last >= before and last > 0:
            found.add((Finding.AS_MUCH_IN_SHORT_YEAR, line.commitment.key))
    return found


def _shown_on(measure: Measure, next_day: date) -> date:
    """When the last that a year holds can be shown: who begins on its last day, or what the whole of it comes to."""
    if measure.earned is Earned.OVER_TIME and measure.counts is Counts.EACH_YEAR and measure.unit not in PERSONAL:
        return months_later(next_day, measure.evidence_months) - DAY
    return months_later(next_day - DAY, measure.evidence_months)


def _totals(figures: OfferFigures, hourly_wage: Decimal) -> Found:
    """All lines together: their value, and their work at the National Living Wage, against the contract's value."""
    found: Found = set()
    if 0 < figures.contract_value < figures.social_value:
        found.add((Finding.ABOVE_CONTRACT, ""))
    work = sum(
        (line.quantity * Fraction(line.commitment.contract_share) * _work(line.measure) for line in figures.lines),
        NOTHING,
    )
    if hourly_wage and work * Fraction(hourly_wage) * HOURS_OF_A_YEAR > figures.contract_value:
        found.add((Finding.MORE_WORK_THAN_MONEY, ""))
    return found


def _work(measure: Measure) -> Fraction:
    """Full-time years of one unit: people, starts and completions that are jobs are taken for one each."""
    return Fraction(1) if measure.unit in FULL_TIME else Fraction(measure.employment_outcome)


def _measures(figures: OfferFigures, medians: Mapping[str, Decimal]) -> Found:
    """The lines of one measure together, against the whole, the other bids and what they cost.

    A single measure with a value is always the whole of it, so that it is not asked why.
    """
    found: Found = set()
    lines_of: dict[str, list[LineFigures]] = {}
    for line in figures.lines:
        lines_of.setdefault(line.measure.code, []).append(line)
    values = {code: sum((line.social_value for line in lines), NOTHING) for code, lines in lines_of.items()}
    alone = sum(value > 0 for value in values.values()) < 2
    for code, lines in lines_of.items():
        quantity = sum((line.quantity for line in lines), NOTHING)
        cost = sum((_cost(line) for line in lines), NOTHING)
        if not alone and values[code] > figures.social_value / 2 > 0:
            found.add((Finding.OVER_HALF, code))
        if medians.get(code) and quantity > 10 * Fraction(medians[code]):
            found.add((Finding.ABOVE_OTHERS, code))
        if cost and values[code] > 12 * cost:
            found.add((Finding.ABOVE_COST, code))
    return found


def _cost(line: LineFigures) -> Fraction:
    """What keeping a promise costs: as stated, else the pounds that are handed over."""
    return line.real_pounds if line.commitment.cost is None else Fraction(line.commitment.cost)
