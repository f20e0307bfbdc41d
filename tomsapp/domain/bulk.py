"""Many commitment-years at once: the sum of `valuation` in whole numbers, each factor worked out once."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import reduce
from typing import Any, TypeVar

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.later import later
from tomsapp.domain.menu import Measure, MenuEdition, Place
from tomsapp.domain.money import EXACT, PENNY_PLACES, divide_half_away, to_scaled, total
from tomsapp.domain.valuation import (
    NOTHING,
    LineValue,
    Valuation,
    pounds_given,
    valuation_of,
    value_commitment,
)
from tomsapp.domain.value_factor import pence_per_scaled, pounds_of, value_factor

K = TypeVar("K", bound=Hashable)


def value_pence(rows: Iterable[tuple[K, int]], ratio_of: Callable[[K], tuple[int, int]]) -> Iterator[int]:
    """The social value of each row in pence, rounded as `value_commitment` rounds it.

    Args:
        rows: what decides the factor (edition, measure, share, year, …), and the quantity as a count of 10^−places.
        ratio_of: the pence of one 10^−places of a unit, as `pence_per_scaled` gives them; asked once a key.
    """
    ratios: dict[K, tuple[int, int]] = {}
    for key, quantity in rows:
        ratio = ratios.get(key)
        if ratio is None:
            ratio = ratios[key] = ratio_of(key)
        numerator, denominator = ratio
        yield divide_half_away(quantity * numerator, denominator)


def value_to_check(contract: Contract, edition: MenuEdition, commitments: Iterable[Commitment]) -> Valuation:
    """The valuation of `value_contract` for thousands of contracts: quantities and pounds at once, all else when asked.

    Raises:
        ContractError: the dates make no contract years.
    """
    years, places, begins = contract.years, edition.places, contract.start_on.year
    lines: list[LineValue] = []
    pence = 0
    for commitment in commitments:
        place = places.get(commitment.measure)
        if place is None:
            continue
        if commitment.rate is not None:
            line = value_commitment(commitment, place, contract, edition.discount_rate, years)
            worth = to_scaled(line.social_value, PENNY_PLACES)
        else:
            units = _units(commitment.quantities, len(years))
            worth = _pence(units, _ratios(edition, place.measure, commitment.contract_share, begins, years))
            line = _line(commitment, place, units, worth, contract, edition)
        lines.append(line)
        pence += worth
    return _valuation(contract, edition, tuple(lines), pence)


def _valuation(contract: Contract, edition: MenuEdition, lines: tuple[LineValue, ...], pence: int) -> Valuation:
    return later(
        Valuation,
        lambda: _facts(valuation_of(contract, edition, lines)),
        contract=contract,
        edition=edition,
        lines=lines,
        social_value=pounds_of(pence),
    )


def _line(
    commitment: Commitment,
    place: Place,
    units: tuple[Decimal, ...],
    pence: int,
    contract: Contract,
    edition: MenuEdition,
) -> LineValue:
    return later(
        LineValue,
        lambda: _facts(value_commitment(commitment, place, contract, edition.discount_rate)),
        commitment=commitment,
        place=place,
        units=units,
        quantity=reduce(EXACT.add, units),
        social_value=pounds_of(pence),
        real_pounds=_handed_over(units, commitment.contract_share) if place.measure.real_pounds else NOTHING,
    )


def _facts(record: LineValue | Valuation) -> Mapping[str, Any]:
    return {each.name: getattr(record, each.name) for each in fields(record)}


_NONE = Decimal(0)


def _units(quantities: tuple[Decimal | None, ...], years: int) -> tuple[Decimal, ...]:
    """The units of each contract year, as `quantity_in` reads them from a promise that is not per pound."""
    units = [quantity or _NONE for quantity in quantities[:years]]
    return (*units, *(_NONE,) * (years - len(units)))


def _handed_over(units: Iterable[Decimal], share: Decimal) -> Decimal:
    return total(pounds_given(quantity, share) for quantity in units)


def _pence(units: Iterable[Decimal], ratios: Iterable[tuple[int, int]]) -> int:
    """The pence of all years, each rounded by itself."""
    pence = 0
    for quantity, (numerator, denominator) in zip(units, ratios, strict=True):
        if quantity:
            count, part = quantity.as_integer_ratio()
            pence += divide_half_away(count * numerator, part * denominator)
    return pence


_MOST_KEPT = 50_000


def _ratios(
    edition: MenuEdition, measure: Measure, share: Decimal, begins: int, years: Sequence[ContractYear]
) -> tuple[tuple[int, int], ...]:
    """The pence of one unit in each contract year, as numerator and denominator; kept with the edition."""
    kept, key = edition.ratios, (measure.code, share, begins, len(years))
    found = kept.get(key)
    if found is None:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        found = kept[key] = tuple(_ratio(edition, measure, share, year) for year in years)
    return found


def _ratio(edition: MenuEdition, measure: Measure, share: Decimal, year: ContractYear) -> tuple[int, int]:
    unit_value = measure.unit_value_in(year.starts_on.year)
    if unit_value is None:
        return 0, 1
    return pence_per_scaled(value_factor(measure, unit_value.value, share, year.index, edition.discount_rate), 0)
