"""Single claims as people look at them: what a cell of the quarter grid says, and which claims an audit draws from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.figures import NONE, NOTHING, Delivered, DeliveredLine, QuarterFigures
from tomsapp.domain.delivery.quarters import ContractQuarter, ended_by, quarters_of
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.money import EXACT, decimal_places, to_scaled
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.value_factor import pence_of, pence_per_scaled, pounds_of, value_factor


class CellState(Enum):
    """What stands in a cell of the quarter grid."""

    NOTHING = "nothing"
    """Nothing is planned and nothing was returned."""
    PLANNED = "planned"
    NO_RETURN = "no_return"
    """It was due, and nothing was returned."""
    NOTHING_DONE = "nothing_done"
    """It was returned that nothing was done."""
    CLAIMED = "claimed"
    """Some of it waits, and the evidence does not show it."""
    EVIDENCED = "evidenced"
    """The evidence shows units that wait to be accepted."""
    PROVISIONAL = "provisional"
    """All of it is decided, and some of what is accepted is not earned yet."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    """All of it is rejected."""
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """The state as people read it; nothing for nothing."""
        return "" if self is CellState.NOTHING else self.value.replace("_", " ").capitalize()

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide."""
        return self in {CellState.CLAIMED, CellState.EVIDENCED}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the quarter grid: "24 of 30", and under it what state that is in.

    Attributes:
        quantity: the units of the state: accepted where all is decided, else claimed.
        planned: what was planned for the quarter.
    """

    state: CellState
    quantity: Decimal
    planned: Decimal


def cell_of(figures: QuarterFigures) -> Cell:
    """What the grid says of a quarter."""
    delivery = figures.delivery
    if delivery is None:
        planned = CellState.NO_RETURN if figures.is_due else CellState.PLANNED
        return Cell(planned if figures.planned else CellState.NOTHING, NONE, figures.planned)
    state = _state_of(delivery)
    return Cell(state, delivery.standing if state.waits else delivery.accepted, figures.planned)


def _state_of(delivery: Delivery) -> CellState:
    if delivery.is_withdrawn:
        return CellState.WITHDRAWN
    if delivery.undecided:
        return CellState.EVIDENCED if delivery.open_to_accept else CellState.CLAIMED
    if not delivery.claimed:
        return CellState.NOTHING_DONE
    if not delivery.accepted:
        return CellState.REJECTED
    return CellState.PROVISIONAL if delivery.provisional else CellState.ACCEPTED


@dataclass(frozen=True, slots=True)
class AcceptedClaim:
    """A claim of which something is accepted, as an audit draws from it.

    Attributes:
        key: names it for good: the commitment's key, contract year and quarter, "17/2.3".
        units: what was accepted.
        pounds: what these units are worth at the values of the year in which they were claimed. Claims together may
            come to more than the accepted pounds of the contract, which are capped at what was due.
    """

    key: str
    commitment: Commitment
    measure: Measure
    quarter: ContractQuarter
    units: Decimal
    pounds: Decimal


def accepted_claims(delivered: Delivered) -> tuple[AcceptedClaim, ...]:
    """Every claim of the quarters that ended of which something is accepted, in the order of the commitments."""
    return tuple(
        _accepted(line.commitment, line.measure, line.unit_values, line.discount_rate, each.quarter, each.delivery)
        for line in delivered.lines
        for each in line.quarters
        if each.is_due and each.delivery is not None and each.delivery.accepted
    )


def claims_to(
    contract: Contract,
    edition: MenuEdition,
    commitments: Sequence[Commitment],
    deliveries: Iterable[Delivery],
    until: date,
) -> tuple[AcceptedClaim, ...]:
    """The same claims without the figures of the contract: for all contracts of a council.

    Raises:
        ContractError: its dates make no contract years.
    """
    held = {(each.commitment, each.quarter): each for each in deliveries if each.accepted}
    if not held:
        return ()
    quarters, years = ended_by(quarters_of(contract), until), contract.years
    found = []
    for commitment in commitments:
        measure = edition.find_measure(commitment.measure)
        if measure is None:
            continue
        values = tuple(measure.unit_value_in(year.starts_on.year) for year in years)
        found += [
            _accepted(commitment, measure, values, edition.discount_rate, quarter, delivery)
            for quarter in quarters
            if (delivery := held.get((commitment.key, quarter.quarter))) is not None
        ]
    return tuple(found)


def _accepted(
    commitment: Commitment,
    measure: Measure,
    unit_values: Sequence[UnitValue | None],
    discount_rate: Decimal,
    quarter: ContractQuarter,
    delivery: Delivery,
) -> AcceptedClaim:
    year, units = quarter.quarter.year, delivery.accepted
    return AcceptedClaim(
        f"{commitment.key}/{year + 1}.{quarter.quarter.number}",
        commitment,
        measure,
        quarter,
        units,
        _worth(commitment, measure, unit_values[year], discount_rate, year, units),
    )


def worth_of(line: DeliveredLine, year: int, units: Decimal) -> Decimal:
    """What units of a commitment are worth in pounds in a contract year (0 is the first), rounded once."""
    return _worth(line.commitment, line.measure, line.unit_values[year], line.discount_rate, year, units)


def _worth(
    commitment: Commitment,
    measure: Measure,
    unit_value: UnitValue | None,
    discount_rate: Decimal,
    year: int,
    units: Decimal,
) -> Decimal:
    if unit_value is None:
        return NOTHING
    factor = value_factor(measure, unit_value.value, commitment.contract_share, year, discount_rate)
    places = decimal_places(units)
    return pounds_of(pence_of(to_scaled(units, places), pence_per_scaled(factor, places)))


def to_decide(line: DeliveredLine) -> Decimal:
    """The units of a commitment that wait for a decision, in all quarters."""
    waiting = NONE
    for each in line.quarters:
        if each.delivery is not None:
            waiting = EXACT.add(waiting, each.delivery.undecided)
    return waiting
