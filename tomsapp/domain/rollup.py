"""Exact totals of commitments by theme, outcome, measure, supplier, ward and year."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from tomsapp.domain.menu import Measure, Theme
from tomsapp.domain.money import exact_sum, total
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
    groups: dict[tuple[str, Decimal], list[LineValue]] = {}
    for line in valuation.lines:
        if line.quantity:
            groups.setdefault((line.measure.code, line.commitment.contract_share), []).append(line)
    order = {code: number for number, code in enumerate(valuation.edition.places)}
    keys = sorted(groups, key=lambda key: (order[key[0]], -key[1]))
    return tuple(_plain_count(groups[key], share=key[1]) for key in keys)


def _plain_count(lines: list[LineValue], share: Decimal) -> PlainCount:
    measure = lines[0].measure
    if measure.unit is Unit.PERCENT:
        text = _percent_range(measure, lines)
    else:
        text = count_in_words(measure, exact_sum(line.quantity for line in lines))
    return PlainCount(measure.code, text if share == 1 else f"{text} ({format_percent(share)} counted here)")


def _percent_range(measure: Measure, lines: list[LineValue]) -> str:
    """Percentages of several years are never added: the lowest and the highest stand for them."""
    promised = [year.quantity for line in lines for year in line.years if year.quantity]
    low, high = min(promised), max(promised)
    text = count_in_words(measure, high)
    return text if low == high else f"{format_quantity(low)}% to {text}"


def count_in_words(measure: Measure, quantity: Decimal) -> str:
    """A quantity of a measure in plain words: "2 supported internships", "£5,000.00 of cash given"."""
    one, many = measure.plain_one or measure.each_name, measure.plain_many or measure.many_name
    if measure.unit is Unit.YES_NO:
        return one
    if measure.unit is Unit.POUNDS:
        # The sign already says pounds: "£5,000.00 given in cash", "£500.00 worth of goods".
        named = (measure.plain_many or measure.many).removeprefix("pounds").lstrip("’ ")
        return f"{format_pounds(quantity)} {_after_sign(named, 'pounds')}".strip()
    if measure.unit is Unit.PERCENT:
        return f"{format_quantity(quantity)}% {_after_sign(many, 'per cent')}".strip()
    return plural(quantity, one, many)


def _after_sign(named: str, unit: str) -> str:
    """The name of what is counted without its unit, which £ or % already says: "pounds given" is "given"."""
    return named.removeprefix(unit).removeprefix("’").strip()


def themes_without_lines(valuation: Valuation) -> tuple[Theme, ...]:
    """The themes of the edition in which nothing is committed."""
    used = {line.place.theme.number for line in valuation.lines}
    return tuple(theme for theme in valuation.edition.themes if theme.number not in used)
