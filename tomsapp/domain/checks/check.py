"""A check: what it looks at, what it can find, and the function that looks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.menu import Measure
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Problem
from tomsapp.domain.valuation import Valuation


class LineToCheck(NamedTuple):
    """A line with its measure and what it is held against."""

    commitment: Commitment
    measure: Measure
    valuation: Valuation
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class OfferToCheck:
    """An offer that was valued, and what it is held against.

    Attributes:
        medians: the median quantity of the other bids, by measure.
    """

    valuation: Valuation
    commitments: Sequence[Commitment]
    policy: Policy | None = None
    limits: TenderLimits = field(default_factory=TenderLimits)
    medians: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LineCheck:
    """A check of each line by itself, whatever the others say: a line that did not change need not be asked again."""

    codes: tuple[str, ...]
    find: Callable[[LineToCheck], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class LinesCheck:
    """A check of lines against each other; it looks at nothing but the lines, their menu and the contract's years."""

    codes: tuple[str, ...]
    find: Callable[[Valuation], Iterable[Problem]]

    def of(self, offer: OfferToCheck) -> Iterable[Problem]:
        """What it finds in an offer."""
        return self.find(offer.valuation)


@dataclass(frozen=True, slots=True)
class OfferCheck:
    """A check of the offer as a whole: its value, its dates, its totals, and what a tender or policy asks."""

    codes: tuple[str, ...]
    find: Callable[[OfferToCheck], Iterable[Problem]]

    def of(self, offer: OfferToCheck) -> Iterable[Problem]:
        """What it finds in an offer."""
        return self.find(offer)
