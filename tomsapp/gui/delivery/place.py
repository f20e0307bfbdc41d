"""A place in the quarter grid that another page leads to."""

from __future__ import annotations

from dataclasses import dataclass

from tomsapp.domain.delivery.quarters import Quarter


@dataclass(frozen=True, slots=True)
class DeliveryPlace:
    """A commitment of a contract in one of its quarters: there its sums and evidence stand.

    Attributes:
        contract_id: the contract's number.
        commitment: the commitment's key.
    """

    contract_id: int
    commitment: str
    quarter: Quarter
