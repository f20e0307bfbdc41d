"""Exact totals of commitments by theme, outcome, measure, supplier, ward and year."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from tomsapp.domain.menu import Measure, Theme
from tomsapp.domain.money import total
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity, plural

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Totals:
    """Social value and real pounds apart, with the number of commitments."""

    social_value: Decimal
    real_pounds: Decimal
    commitments: int


def totals_by(lines: Iterable[LineValue], key: Callable[[LineValue], K]) -> dict[K, Totals]:
    """Totals of the lines under each key, in the order in which the keys first appear."""
    groups: dict[K, list[LineValue]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return {group: totals_of(members) for group, members in groups.items()}


def totals_of(lines: Iterable[LineValue]) -> Totals:
    """Totals of all the lines together."""
    members = list(lines)
    return Totals(
        total(line.social_value for line in members), total(line.real_pounds for line in members), len(members)
    )


@dataclass(frozen=True, slots=True)
class PlainCount:
    """What is promised in plain words: "120 weeks of work experience (25% counted here)"."""

    measure: str
    text: str


def plain_counts(valuation: Valuation) -> tuple[PlainCount, ...]:
    """The quantity of each measure in plain words, in the menu's order; lines with another share stand apart."""
    sums: dict[tuple[str, Decimal], Decimal] = {}
    for line in valuation.lines:
        key = (line.measure.code, line.commitment.contract_share)
        sums[key] = sums.get(key, Decimal(0)) + line.quantity
    order = list(valuation.edition.places)
    counts = sorted(sums.items(), key=lambda item: (order.index(item[0][0]), -item[0][1]))
    return tuple(_plain_count(valuation, code, share, quantity) for (code, share), quantity in counts if quantity)


def _plain_count(valuation: Valuation, code: str, share: Decimal, quantity: Decimal) -> PlainCount:
    text = count_in_words(valuation.edition.places[code].measure, quantity)
    return PlainCount(code, text if share == 1 else f"{text} ({format_percent(share)} counted here)")


def count_in_words(measure: Measure, quantity: Decimal) -> str:
    """A quantity of a measure in plain words: "2 supported internships", "£5,000.00 of cash given"."""
    one, many = measure.plain_one or measure.each_name, measure.plain_many or measure.many_name
    if measure.unit is Unit.YES_NO:
        return one
    if measure.unit is Unit.POUNDS:
        return f"{format_pounds(quantity)} {many}"
    if measure.unit is Unit.PERCENT:
        return f"{format_quantity(quantity)}% {many}"
    return plural(quantity, one, many)


def themes_without_lines(valuation: Valuation) -> tuple[Theme, ...]:
    """The themes of the edition in which nothing is committed."""
    used = {line.place.theme.number for line in valuation.lines}
    return tuple(theme for theme in valuation.edition.themes if theme.number not in used)
