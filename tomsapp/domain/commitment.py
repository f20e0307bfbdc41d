"""What a supplier promises: a quantity of a measure for each contract year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Self

from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.record_type import Part, RecordType

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

    def quantity_in(self, year: int) -> Decimal | None:
        """What is entered for a contract year (0 is the first); None where nothing is."""
        return self.quantities[year] if year < len(self.quantities) else None

    def with_quantity(self, year: int, quantity: Decimal | None, years: int) -> Self:
        """The same promise with another quantity in one of the `years` of its contract.

        What stands in years that the contract had before stays, but for nothing at the end.
        """
        given = [*self.quantities, *(None,) * (years - len(self.quantities))]
        if year < len(given):
            given[year] = quantity
        while len(given) > years and given[-1] is None:
            given.pop()
        return replace(self, quantities=tuple(given))


def _quantity_caption(_row: Mapping[str, object], year: str) -> str:
    return f"Quantity {year}"


_QUANTITY = Fact("quantity", "Quantity", FactKind.QUANTITY)
COMMITMENT = RecordType(
    "commitment",
    "commitment",
    "commitments",
    Commitment,
    (
        Fact("measure", "Measure", most=20, is_typed=False),
        Fact("quantities", "Quantities", FactKind.OWN, is_typed=False),
        Fact("place", "Place", hint="Where it will be delivered", usual=WHOLE_AREA),
        Fact(
            "contract_share",
            "Share",
            FactKind.SHARE,
            "The part that this contract may claim, for example 50%",
            most=20,
            usual=Decimal(1),
            needed="Enter for example 50%, or 100% where it is not shared",
            echo="{} of it is this contract’s",
        ),
        Fact("statement", "Statement", FactKind.LONG, "How, when and with whom it will be delivered"),
        Fact(
            "cost",
            "Cost to the supplier",
            FactKind.POUNDS,
            "What it costs the supplier in pounds, if it is known",
            most=30,
        ),
        Fact("rate", "Promise per pound", FactKind.OWN),
        Fact("project", "Community project", is_typed=False),
    ),
    name_of=lambda commitment: commitment.measure,
    beside=(
        Fact("rate_quantity", "Quantity promised", FactKind.QUANTITY, "How many, for example 2", most=30),
        Fact("rate_per_pounds", "For every", FactKind.POUNDS, "Pounds of spend, for example 1000000.00", most=30),
    ),
    parts=(
        Part("commitment_year", "commitment_id", Fact("quantity", "Quantity", FactKind.QUANTITY), _quantity_caption),
    ),
)
"""What a line of a contract says."""
