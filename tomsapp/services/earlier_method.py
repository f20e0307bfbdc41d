"""The figures of a valuation as the earlier method made them, so that an older document can still be held to its own.

Until the format tomsapp-result-2 each year of a promise per pound was cut by itself, full-time years were divided by
the number of contract years, the same people were added, and the share of the contract value was rounded.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import round_down, round_half_away
from tomsapp.domain.offer import Offer
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue, Valuation, value_contract
from tomsapp.exchange.numbers import plain_number, plain_pounds
from tomsapp.exchange.result_json import RATIO_PLACES, outcomes_text


def earlier_valuation(offer: Offer, edition: MenuEdition) -> Valuation:
    """The offer valued with each year of a promise per pound cut by itself."""
    by_year = (_by_year(one, offer.contract, edition) for one in offer.commitments)
    return value_contract(offer.contract, edition, by_year)


def _by_year(commitment: Commitment, contract: Contract, edition: MenuEdition) -> Commitment:
    """The commitment with the quantities that its promise per pound came to."""
    rate, measure = commitment.rate, edition.find_measure(commitment.measure)
    if rate is None or measure is None:
        return commitment
    quantities: list[Decimal] = []
    for year in contract.years:
        spend = contract.spend_in(year.index)
        exact = Fraction(0)
        if spend is not None and rate.per_pounds:
            exact = Fraction(spend.amount) * Fraction(rate.quantity) / Fraction(rate.per_pounds)
        quantities.append(round_down(exact, measure.decimals))
    return replace(commitment, rate=None, quantities=tuple(quantities))


def earlier_outcomes(line: LineValue) -> Fraction:
    """The employment outcomes of a line: full-time years divided by the number of contract years."""
    outcomes = (
        Fraction(line.quantity) * Fraction(line.commitment.contract_share) * Fraction(line.measure.employment_outcome)
    )
    return outcomes / len(line.years) if line.measure.unit is Unit.FTE_YEARS else outcomes


def earlier_figures(valuation: Valuation) -> dict[str, str]:
    """The totals, lines and years of an earlier result by their places; its wordings are not made again."""
    share = round_half_away(valuation.share_of_contract_value, RATIO_PLACES)
    outcomes = sum((earlier_outcomes(line) for line in valuation.lines), Fraction(0))
    figures = {
        "total": plain_pounds(valuation.social_value),
        "real_pounds": plain_pounds(valuation.real_pounds),
        "share_of_contract_value": f"{share:.{RATIO_PLACES}f}",
        "employment_outcomes": outcomes_text(outcomes),
    }
    for number, line in enumerate(valuation.lines, start=1):
        figures.update(_line_figures(f"lines[{number}]", line))
    return figures


def _line_figures(place: str, line: LineValue) -> Iterator[tuple[str, str]]:
    yield f"{place}.measure", line.measure.code
    yield f"{place}.value", plain_pounds(line.social_value)
    yield f"{place}.real_pounds", plain_pounds(line.real_pounds)
    yield f"{place}.employment_outcomes", outcomes_text(earlier_outcomes(line))
    for number, year in enumerate(line.years, start=1):
        at = f"{place}.years[{number}]"
        yield f"{at}.quantity", plain_number(year.quantity)
        yield f"{at}.unit_value", "" if year.unit_value is None else plain_pounds(year.unit_value.value)
        yield f"{at}.value", plain_pounds(year.social_value)
        yield f"{at}.real_pounds", plain_pounds(year.real_pounds)
