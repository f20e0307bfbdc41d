"""Checks on one commitment by itself: measure, quantities, years, share, place and statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tomsapp.domain.checks import words
from tomsapp.domain.checks.check import LineToCheck
from tomsapp.domain.checks.findings import found
from tomsapp.domain.commitment import OUTSIDE_AREA, Commitment
from tomsapp.domain.contract import ContractKind
from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.money import SHARE_PLACES, decimal_places, shortened
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.units import UnitForm
from tomsapp.domain.valuation import Valuation, quantity_in
from tomsapp.domain.wording import format_quantity, plural


def unknown_measure(commitment: Commitment, valuation: Valuation) -> Problem:
    """That the edition has no such measure, so that nothing else of the line can be checked."""
    return _problem(
        commitment,
        "unknown-measure",
        f"{valuation.edition.name} has no measure “{shortened(commitment.measure)}”"
        if commitment.measure
        else "This line names no measure",
        "Choose a measure of that menu edition",
        field="measure",
    )


def _problem(
    commitment: Commitment,
    code: str,
    message: str,
    fix: str,
    *,
    field: str,
    year: int | None = None,
    part: str = "",
) -> Problem:
    where = Where(commitment=commitment.key, measure=commitment.measure, year=year, field=field)
    return found(code, message, fix, where, key=f"{code}:{commitment.measure}{part}")


def share_problems(line: LineToCheck) -> Iterable[Problem]:
    """A share that this contract cannot claim."""
    commitment = line.commitment
    if not 0 <= commitment.contract_share <= 1:
        yield _problem(
            commitment,
            "share-out-of-range",
            words.SHARE_RANGE.message,
            words.SHARE_RANGE.fix,
            field="contract_share",
        )
    elif decimal_places(commitment.contract_share) > SHARE_PLACES:
        yield _problem(
            commitment,
            "share-too-precise",
            words.SHARE_PRECISE.message,
            words.SHARE_PRECISE.fix,
            field="contract_share",
        )


def rate_problems(line: LineToCheck) -> Iterable[Problem]:
    """A promise per pound of spend that cannot be kept or worked out."""
    commitment, contract = line.commitment, line.valuation.contract
    rate = commitment.rate
    if rate is None:
        return
    if contract.kind is not ContractKind.FRAMEWORK:
        yield _problem(
            commitment,
            "rate-without-framework",
            "The quantity is promised per pound of spend, but this is not a framework or call-off contract",
            "Enter a quantity for each year, or change the kind of contract",
            field="rate",
        )
    if any(commitment.quantities):
        yield _problem(
            commitment,
            "quantity-not-counted",
            "The quantities by year are not counted, because the promise per pound of spend gives them",
            "Clear the quantities, or take out the promise per pound",
            field="quantity",
        )
    if rate.per_pounds <= 0 or rate.quantity <= 0:
        yield _problem(
            commitment,
            "rate-out-of-range",
            words.RATE_RANGE.message,
            words.RATE_RANGE.fix,
            field="rate",
        )
        return
    for year in contract.years:
        spend = contract.spend_in(year.index)
        if spend is None:
            yield _problem(
                commitment,
                "spend-missing",
                f"No spend is recorded or forecast for {year.label}",
                "Enter the spend of that year under Contract facts",
                field="spend",
                year=year.index,
                part=f":year {year.index + 1}",
            )
        elif spend.amount < 0:
            yield _problem(
                commitment,
                "spend-negative",
                f"The spend of {year.label} is less than zero",
                "Enter 0 or more under Contract facts",
                field="spend",
                year=year.index,
            )


def quantity_problems(line: LineToCheck) -> Iterable[Problem]:
    """Quantities by year that are missing, too many, or no quantities of the measure."""
    commitment, measure, years = line.commitment, line.measure, line.valuation.contract.years
    if commitment.rate is not None:
        return
    given = commitment.quantities
    if all(quantity is None for quantity in given):
        missing = words.NO_QUANTITY
        yield _problem(commitment, "quantity-missing", missing.message, missing.fix, field="quantity")
    elif len(given) < len(years) and not (measure.counts is Counts.ONCE and len(given) == 1):
        yield _problem(
            commitment,
            "quantity-missing",
            f"{plural(len(given), 'quantity', 'quantities')} given for {plural(len(years), 'year', 'years')}",
            "Give one quantity for each contract year, 0 where there is none",
            field="quantity",
        )
    most, decimals = measure.unit.most, measure.decimals
    for index, quantity in enumerate(given):
        if quantity is None:
            continue
        if index >= len(years):
            if quantity:
                yield _problem(
                    commitment,
                    "year-outside-contract",
                    f"Year {index + 1} has a quantity, and the contract has {plural(len(years), 'year', 'years')}",
                    "Take it out, or check the end date",
                    field="quantity",
                    year=index,
                )
            continue
        fault = None if _is_possible(quantity, most, decimals) else quantity_fault(measure, quantity)
        if fault is not None:
            yield _problem(commitment, fault.code, fault.message, fault.fix, field="quantity", year=index)


@lru_cache(maxsize=16_384)
def _is_possible(quantity: Decimal, most: int | None, decimals: int) -> bool:
    """Whether `quantity_fault` finds nothing; the same few quantities stand in thousands of contracts."""
    return (
        0 <= quantity <= words.MOST_QUANTITY
        and (most is None or quantity <= most)
        and decimal_places(quantity) <= decimals
    )


@dataclass(frozen=True, slots=True)
class QuantityFault:
    """Why a quantity cannot be one of a measure, and what to enter."""

    code: str
    message: str
    fix: str


def quantity_fault(measure: Measure, quantity: Decimal) -> QuantityFault | None:
    """What is wrong with the quantity of one year: its sign, size or decimals; None if nothing is."""
    found = _quantity_fault(measure, quantity)
    if found is None:
        return None
    code, said = found
    told = said.filled(quantity=format_quantity(quantity))
    fix = words.YES_OR_NO if measure.unit.form is UnitForm.YES_NO else told.fix
    return QuantityFault(code, told.message, fix)


def _quantity_fault(measure: Measure, quantity: Decimal) -> tuple[str, words.Words] | None:
    most = measure.unit.most
    if quantity < 0:
        return "quantity-negative", words.NEGATIVE
    if most is not None and quantity > most:
        return "quantity-too-large", words.too_large(measure)
    if quantity > words.MOST_QUANTITY:
        return "quantity-too-large", words.IMPOSSIBLE
    if decimal_places(quantity) <= measure.decimals:
        return None
    if measure.decimals == 0:
        return "quantity-not-whole", words.not_whole(measure)
    return "quantity-too-precise", words.too_precise(measure)


def dated_value_problems(line: LineToCheck) -> Iterable[Problem]:
    """A year for which the menu has no value."""
    commitment, measure, contract = line.commitment, line.measure, line.valuation.contract
    values = measure.unit_values
    if not measure.is_valued or (values and values[0].year is None) or any(value.year is None for value in values):
        return
    for year in contract.years:
        quantity = quantity_in(commitment, measure, contract, year.index)[0]
        if quantity and measure.unit_value_in(year.starts_on.year) is None:
            yield _problem(
                commitment,
                "no-value-for-year",
                f"The menu has no value for delivery in {year.starts_on.year}",
                "Take the quantity out, or use an edition that has a value for that year",
                field="quantity",
                year=year.index,
            )


def place_problems(line: LineToCheck) -> Iterable[Problem]:
    """A place where the measure does not count, or that the area does not have."""
    commitment, measure, area = line.commitment, line.measure, line.area
    if measure.local_only and commitment.place == OUTSIDE_AREA:
        yield _problem(
            commitment,
            "outside-area",
            words.OUTSIDE.message,
            words.OUTSIDE.fix,
            field="place",
        )
    elif area is not None and not area.knows(commitment.place):
        yield _problem(
            commitment,
            "unknown-ward",
            f"“{shortened(commitment.place)}” is not a ward of {area.title}",
            "Choose a ward from the list, or the whole borough",
            field="place",
        )


def statement_problems(line: LineToCheck) -> Iterable[Problem]:
    """A statement that is asked for and is not there."""
    commitment, measure = line.commitment, line.measure
    if measure.asks_statement and not commitment.statement.strip():
        yield _problem(
            commitment,
            "statement-missing",
            words.NO_STATEMENT.message,
            words.NO_STATEMENT.fix,
            field="statement",
        )
