"""What is wrong with an offer, as the rules list it: each finding by name, with the line or group it is about."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum

from tests.model.arithmetic import first_days
from tests.model.model import OfferFigures, too_precise
from tests.model.people import clash
from tomsapp.domain.commitment import OUTSIDE_AREA, Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup, Measure, MenuEdition
from tomsapp.domain.units import Unit


class Finding(Enum):
    """What can be wrong."""

    UNKNOWN_MEASURE = "unknown measure"
    NO_QUANTITY = "no quantity"
    NEGATIVE = "negative quantity"
    TOO_PRECISE = "more decimals than the unit has"
    TOO_LARGE = "more than yes, or more than 100 per cent"
    OUTSIDE_YEARS = "a quantity after the contract's last year"
    SHARE = "contract share outside 0 to 1"
    NO_UNIT_VALUE = "no unit value for a year"
    BLOCKED = "two measures that may not be claimed together"
    RATE_ON_STANDARD = "a rate per pound without a framework"
    NO_SPEND = "a rate per pound in a year without spend"
    NO_STATEMENT = "no statement where one is asked"
    TO_DECLARE = "two measures to be declared different"
    REPEATED_FIRST_12_MONTHS = "people counted in more than one year or line"
    REPEATED_ONCE = "counted once, claimed in more than one year or line"
    OUTSIDE_AREA = "delivered outside the area"
    EVIDENCE_TOO_LATE = "evidence due after the contract's end"
    NOT_IN_FORCE = "the edition is not in force on the first day"
    NOT_PUBLISHED = "a draft begins before its edition was published"
    ENDS_ON_ANNIVERSARY = "a draft whose last year is the one day on which it began"
    AS_MUCH_IN_SHORT_YEAR = "as much in a short last year as in the year before"
    ABOVE_CONTRACT = "worth more than the contract"
    OVER_HALF = "over half of the total"
    ABOVE_OTHERS = "ten times the median of the other bids"
    ABOVE_COST = "twelve times the real cost"
    MORE_WORK_THAN_MONEY = "more work than the contract's money could pay"


ERRORS = {
    Finding.UNKNOWN_MEASURE,
    Finding.NO_QUANTITY,
    Finding.NEGATIVE,
    Finding.TOO_PRECISE,
    Finding.TOO_LARGE,
    Finding.OUTSIDE_YEARS,
    Finding.SHARE,
    Finding.NO_UNIT_VALUE,
    Finding.BLOCKED,
    Finding.RATE_ON_STANDARD,
    Finding.OUTSIDE_AREA,
}
"""What must be put right before a line counts; the others must be answered."""

Found = set[tuple[Finding, str]]

MOST = {Unit.YES_NO: 1, Unit.PERCENT: 100}


def find(
    contract: Contract,
    edition: MenuEdition,
    commitments: Sequence[Commitment],
    figures: OfferFigures,
) -> Found:
    """Everything that is wrong: (finding, key of the line), (finding, code of the measure or of the group)."""
    measures = {
        measure.code: measure for theme in edition.themes for outcome in theme.outcomes for measure in outcome.measures
    }
    found: Found = set()
    for commitment in commitments:
        measure = measures.get(commitment.measure)
        if measure is None:
            found.add((Finding.UNKNOWN_MEASURE, commitment.key))
        else:
            found |= {(each, commitment.key) for each in _about_line(contract, commitment, measure)}
    for line in figures.lines:
        missing = [year for year in line.years if year.quantity and not year.has_value]
        if line.measure.proxy is not None and missing:
            found.add((Finding.NO_UNIT_VALUE, line.commitment.key))
    return found | _clashes(edition, figures) | _repeats(figures)


def inadmissible(found: Found, edition: MenuEdition, figures: OfferFigures) -> set[str]:
    """The keys of the lines that count nowhere as admitted: those with errors, and all that clash where it blocks.

    Which of two that clash is kept is for the supplier to say.
    """
    wrong = {about for finding, about in found if finding in ERRORS and finding is not Finding.BLOCKED}
    blocked = {
        code for group in edition.exclusion_groups if group.severity is Clash.BLOCK for code in clashing(group, figures)
    }
    return wrong | {line.commitment.key for line in figures.lines if line.measure.code in blocked}


def clashing(group: ExclusionGroup, figures: OfferFigures) -> set[str]:
    """The claimed measures that may not be claimed with another one that is claimed too."""
    claimed = {line.measure.code for line in figures.lines if line.quantity > 0}
    return {code for code in claimed if any(clash(group, code, other) for other in claimed)}


def _about_line(contract: Contract, commitment: Commitment, measure: Measure) -> set[Finding]:
    rate = commitment.rate
    found = _about_rate(contract, rate) if rate else _about_quantities(contract, commitment, measure)
    if not 0 <= commitment.contract_share <= 1:
        found.add(Finding.SHARE)
    if measure.asks_statement and not commitment.statement.strip():
        found.add(Finding.NO_STATEMENT)
    if measure.local_only and commitment.place == OUTSIDE_AREA:
        found.add(Finding.OUTSIDE_AREA)
    return found


def _about_rate(contract: Contract, rate: Rate) -> set[Finding]:
    found = set()
    years = range(len(first_days(contract.start_on, contract.end_on)))
    if contract.kind is not ContractKind.FRAMEWORK:
        found.add(Finding.RATE_ON_STANDARD)
    if rate.quantity <= 0:
        found.add(Finding.NO_QUANTITY)
    elif any(all(spend.year != year for spend in contract.spend) for year in years):
        found.add(Finding.NO_SPEND)
    return found


def _about_quantities(contract: Contract, commitment: Commitment, measure: Measure) -> set[Finding]:
    found = set()
    years = len(first_days(contract.start_on, contract.end_on))
    entered = [number for number in commitment.quantities[:years] if number is not None]
    if any(commitment.quantities[years:]):
        found.add(Finding.OUTSIDE_YEARS)
    given = len(commitment.quantities)
    if all(number is None for number in commitment.quantities) or (
        given < years and not (measure.counts is Counts.ONCE and given == 1)
    ):
        found.add(Finding.NO_QUANTITY)
    return found | {fault for number in entered if (fault := _fault(number, measure)) is not None}


def _fault(number: Decimal, measure: Measure) -> Finding | None:
    """The first thing that is wrong with one quantity."""
    if number < 0:
        return Finding.NEGATIVE
    if measure.unit in MOST and number > MOST[measure.unit]:
        return Finding.TOO_LARGE
    return Finding.TOO_PRECISE if too_precise(number, measure) else None


def _clashes(edition: MenuEdition, figures: OfferFigures) -> Found:
    """Every group that blocks; of the others those that ask about two measures of which nothing was asked before.

    It was asked before where a group asked it of the same kind of thing, a person or a week. What may not be claimed
    together at all need not be declared to be different.
    """
    claimed = sorted({line.measure.code for line in figures.lines if line.quantity > 0})
    blocked: set[tuple[str, str]] = set()
    known: set[tuple[str, tuple[str, str]]] = set()
    found: Found = set()
    for group in sorted(edition.exclusion_groups, key=lambda group: group.severity is not Clash.BLOCK):
        pairs = {(one, other) for one in claimed for other in claimed if one < other and clash(group, one, other)}
        if group.severity is Clash.BLOCK and pairs:
            found.add((Finding.BLOCKED, group.code))
            blocked |= pairs
            continue
        asked = {(group.same, pair) for pair in pairs - blocked}
        if asked - known:
            found.add((Finding.TO_DECLARE, group.code))
        known |= asked
    return found


def _repeats(figures: OfferFigures) -> Found:
    """A measure counted once, or in the first 12 months of each person, must stand in one year of one line."""
    times: dict[str, int] = {}
    counts: dict[str, Counts] = {}
    for line in figures.lines:
        counts[line.measure.code] = line.measure.counts
        used = sum(1 for year in line.years if year.quantity > 0)
        times[line.measure.code] = times.get(line.measure.code, 0) + used
    names: Mapping[Counts, Finding] = {
        Counts.ONCE: Finding.REPEATED_ONCE,
        Counts.FIRST_12_MONTHS: Finding.REPEATED_FIRST_12_MONTHS,
    }
    return {(names[counts[code]], code) for code, number in times.items() if number > 1 and counts[code] in names}
