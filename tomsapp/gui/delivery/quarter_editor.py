"""The editor of a record of one commitment and quarter: a claim, an entry of the plan."""

from __future__ import annotations

from typing import Protocol, TypeVar

from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.gui.records.placed_editor import Place, PlacedEditor


class OfQuarter(Protocol):
    """What is of one commitment and quarter."""

    @property
    def commitment(self) -> str:
        """The key of the commitment."""

    @property
    def quarter(self) -> Quarter:
        """The quarter."""


Q = TypeVar("Q", bound=OfQuarter)


class QuarterEditor(PlacedEditor[Q]):
    """Keeps what is typed of each quarter as a draft of its own."""

    met = "entered this quarter"

    def place_of(self, record: Q) -> Place:
        """The commitment and the quarter."""
        return record.commitment, record.quarter.year, record.quarter.number
