"""Units of several contract years in words: added up where that means something, else each year told apart.

Hours of two years are hours. Per cents of two years are no per cent of anything, and a yes of two years is no two: such
quantities stand beside their years everywhere. For the rating alone the years are put together, and its sum says so:
"(30% + 20%) ÷ (30% + 30%) = 83.3%". Source: docs/method.md, section 9.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from tomsapp.domain.delivery.delivery import adds_up
from tomsapp.domain.delivery.figures import DeliveredLine, State
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import exact_sum
from tomsapp.domain.unit_words import count_in_words, figure_of
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import format_quantity, listed

ByYear = Iterable[tuple[int, Decimal]]
"""Units of contract years; year 0 is the first."""
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class YearUnits:
    """The units of one contract year of a commitment, as `DeliveredLine` has them of all.

    Attributes:
        claimed, evidenced, accepted, provisional: as they were returned for its quarters that ended, not capped.
    """

    promised: Decimal
    due: Decimal
    claimed: Decimal
    evidenced: Decimal
    accepted: Decimal
    provisional: Decimal


def years_apart(line: DeliveredLine) -> tuple[YearUnits, ...]:
    """The units of each contract year of a commitment; together they are its units where quantities add up."""
    due = line.units_by_year(State.DUE)
    claimed, evidenced, accepted, provisional = (
        returned_by_year(line, name) for name in ("standing", "shown", "accepted", "provisional")
    )
    by_year = zip(line.promised_by_year, due, claimed, evidenced, accepted, provisional, strict=True)
    return tuple(YearUnits(*each) for each in by_year)


def returned_by_year(line: DeliveredLine, name: str) -> tuple[Decimal, ...]:
    """A quantity of what was returned for the quarters that ended, by contract year: see `Delivery`."""
    own: list[list[Decimal]] = [[] for _ in line.promised_by_year]
    for each in line.quarters:
        if each.is_due and each.delivery is not None:
            own[each.quarter.quarter.year].append(getattr(each.delivery, name))
    return tuple(of_year(line.measure, quantities) for quantities in own)


def of_year(measure: Measure, quantities: Iterable[Decimal]) -> Decimal:
    """What the quarters of one contract year come to: added up, or where that means nothing the most of them."""
    if adds_up(measure):
        return exact_sum(quantities)
    return max(quantities, default=_NONE)


def units_in_words(measure: Measure, by_year: ByYear, labels: Sequence[str]) -> str:
    """Units of several contract years in words: "45 hours", "30% in 2026/27 and 20% in 2027/28".

    Args:
        measure: whose units they are.
        by_year: the units of each year with any.
        labels: those of the contract years, of which the first is year 0.
    """
    known = [(year, units) for year, units in by_year if units]
    if adds_up(measure):
        return count_in_words(measure, exact_sum(units for _, units in known))
    if not known:
        return "none"
    return listed([f"{_figure(measure, units)} in {years}" for units, years in _folded(known, labels)])


def _folded(known: Sequence[tuple[int, Decimal]], labels: Sequence[str]) -> Iterator[tuple[Decimal, str]]:
    """Years that follow each other with the same units stand once: "each year from 2026/27 to 2028/29"."""
    # Numbered by place, so that only years without one left out between them are in one group.
    for (units, _), run in groupby(enumerate(known), key=lambda each: (each[1][1], each[1][0] - each[0])):
        years = [year for _, (year, _) in run]
        first, last = labels[years[0]], labels[years[-1]]
        yield units, first if len(years) == 1 else f"each year from {first} to {last}"


def _figure(measure: Measure, units: Decimal) -> str:
    return "yes" if measure.unit.form is UnitForm.YES_NO else figure_of(measure, units)


def rating_sum(line: DeliveredLine) -> str:
    """The sum of a rating: "25 ÷ 30 = 83.3%", "(30% + 20%) ÷ (30% + 30%) = 83.3%"; "nothing due yet" without one."""
    if not line.rated.percent:
        return line.rated.sum_words
    accepted, due = _divided(line)
    return f"{accepted} ÷ {due} = {line.rated.percent}"


def rating_sum_words(line: DeliveredLine) -> str:
    """The same with what is divided by what: "accepted 25 ÷ due 30 = 83.3%"."""
    if line.adds_up or not line.rated.percent:
        return line.rated.sum_words
    return f"accepted ÷ due: {rating_sum(line)}"


def _divided(line: DeliveredLine) -> tuple[str, str]:
    """What is divided and by what: a number each, or of what does not add up the years in which something was due."""
    if line.adds_up:
        return format_quantity(line.rated.accepted), format_quantity(line.rated.due)
    due = line.units_by_year(State.DUE)
    years = [year for year, units in enumerate(due) if units]
    accepted = line.units_by_year(State.ACCEPTED)
    both = [[units[year] for year in years] for units in (accepted, due)]
    return together(line.measure, both[0]), together(line.measure, both[1])


def together(measure: Measure, units: Sequence[Decimal]) -> str:
    """Units of years that do not add up as a sum names them: "(30% + 20%)"; those of one year alone as they are."""
    figures = [figure_of(measure, each) for each in units]
    return figures[0] if len(figures) == 1 else f"({' + '.join(figures)})"
