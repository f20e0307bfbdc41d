"""One step of the example's year, with whoever does it at the made-up council."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.history import Stored
from tomsapp.services.delivery import OpenDelivery, open_delivery
from tomsapp.services.workspace import Workspace

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExampleStep:
    """One step of the story, with who does it.

    Attributes:
        enters, decides, signs: the workspace under the name of whoever enters returns, decides them, signs contracts.
        role: of who decides.
        supplier_by: who agrees for the supplier.
        said: what deliveries.toml says of the step.
    """

    contract_id: int
    enters: Workspace
    decides: Workspace
    signs: Workspace
    role: str
    supplier_by: str
    said: Said

    @property
    def on(self) -> date:
        """The day on which it is done."""
        day: date = self.said["on"]
        return day

    @property
    def quarter(self) -> Quarter:
        """The quarter of the first contract year that it is about."""
        return Quarter(0, self.said["quarter"])

    def opened(self) -> OpenDelivery:
        """The contract as it stands before the step."""
        return open_delivery(self.enters, self.contract_id, self.on)

    def act(self, kind: DeliveryActKind, **said: Any) -> DeliveryActFacts:
        """An act of this day, by who decides."""
        return DeliveryActFacts(kind, self.on, self.role, **said)


def keys_of(opened: OpenDelivery) -> dict[str, str]:
    """The keys of the commitments by their measures; each measure stands once in a contract of this story."""
    return {line.record.measure: line.record.key for line in opened.commitments}


def claims_of(step: ExampleStep, opened: OpenDelivery, measures: Sequence[str]) -> list[Stored[Delivery]]:
    """The claims of the step's quarter by their measures."""
    keys = keys_of(opened)
    found = [opened.find(keys[measure], step.quarter) for measure in measures]
    return [claim for claim in found if claim is not None]
