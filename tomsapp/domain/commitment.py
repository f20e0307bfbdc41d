"""What a supplier promises: a quantity of a measure for each contract year."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

WHOLE_AREA = ""
"""The place of a commitment that benefits the whole borough."""

OUTSIDE_AREA = "outside"
"""The place of a commitment that is delivered elsewhere."""


class RateBasis(Enum):
    """Which spend a quantity promised per pound was worked out from."""

    RECORDED = "recorded"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Rate:
    """A promise per pound of spend on a framework: `quantity` units for every `per_pounds` of spend."""

    quantity: Decimal
    per_pounds: Decimal


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise in a contract or offer.

    Attributes:
        key: names the line within its contract or offer.
        quantities: units in each contract year; None where nothing is entered.
        contract_share: the share (0 to 1) that this contract may claim; 1 unless it is shared.
        place: a ward's code, `WHOLE_AREA` or `OUTSIDE_AREA`.
        rate: a promise per pound of spend, which then gives the quantities.
        cost: what keeping it costs the supplier, in pounds, where stated.
    """

    key: str
    measure: str
    quantities: tuple[Decimal | None, ...] = ()
    contract_share: Decimal = Decimal(1)
    place: str = WHOLE_AREA
    statement: str = ""
    rate: Rate | None = None
    cost: Decimal | None = None
    project: str = ""
