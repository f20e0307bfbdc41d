"""What of a promise stands whatever is spent: a valuation without the units that rest on a forecast of spend."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tomsapp.domain.commitment import RateBasis
from tomsapp.domain.money import exact_sum, total
from tomsapp.domain.valuation import NOTHING, LineValue, Valuation, YearValue, employment_outcomes, valuation_of


def rests_on_forecast(valuation: Valuation) -> bool:
    """Whether any unit that is counted rests on spend that nobody knows yet."""
    return any(_is_forecast(year) for line in valuation.lines for year in line.years)


def without_forecast(valuation: Valuation) -> Valuation:
    """The same promises without the years whose units rest on a forecast of spend."""
    return without_years(valuation, lambda _, year: _is_forecast(year))


def without_years(valuation: Valuation, is_out: Callable[[LineValue, YearValue], bool]) -> Valuation:
    """The same promises without some years of some lines."""
    lines = tuple(_emptied_line(line, valuation, is_out) for line in valuation.lines)
    return valuation_of(valuation.contract, valuation.edition, lines, valuation.declared, valuation.same_people)


def _is_forecast(year: YearValue) -> bool:
    return year.basis is RateBasis.FORECAST and year.quantity != 0


def _emptied_line(line: LineValue, valuation: Valuation, is_out: Callable[[LineValue, YearValue], bool]) -> LineValue:
    years = tuple(_emptied(year) if is_out(line, year) else year for year in line.years)
    if years == line.years:
        return line
    length = valuation.contract.length_in_years
    return replace(
        line,
        years=years,
        units=tuple(year.quantity for year in years),
        quantity=exact_sum(year.quantity for year in years),
        social_value=total(year.social_value for year in years),
        real_pounds=total(year.real_pounds for year in years),
        employment_outcomes=employment_outcomes(line.commitment, line.measure, years, length),
    )


def _emptied(year: YearValue) -> YearValue:
    return replace(year, quantity=Decimal(0), social_value=NOTHING, real_pounds=NOTHING, steps=())
