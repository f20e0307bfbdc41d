"""Exact totals of commitments by any key, and the themes that none is of."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from tomsapp.domain.menu import Theme
from tomsapp.domain.money import total
from tomsapp.domain.valuation import LineValue, Valuation

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


def themes_without_lines(valuation: Valuation) -> tuple[Theme, ...]:
    """The themes of the edition in which nothing is committed."""
    used = {line.place.theme.number for line in valuation.lines}
    return tuple(theme for theme in valuation.edition.themes if theme.number not in used)
