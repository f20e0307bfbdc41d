"""What was delivered of the small council's contracts, for the service tests; all names and figures are made up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.services.council import Begun, begin, promise, sign
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.history import Stored
from tomsapp.services import delivery, delivery_claims
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_decisions import decide
from tomsapp.services.workspace import Workspace

UNTIL = date(2026, 9, 30)
Q1, Q2, Q3, Q4 = (Quarter(0, number) for number in range(1, 5))


def begin_signed(workspace: Workspace, *lines: Commitment, **facts: object) -> Begun:
    """A signed contract of two years: £100 of cash, and 40 hours, in each of them."""
    made = begin(workspace, *(lines or (promise("V01", "100", "100"), promise("V04", "40", "40"))), **facts)
    sign(workspace, made.id)
    return made


def delivered(workspace: Workspace, contract: Begun | int, until: date = UNTIL) -> OpenDelivery:
    return delivery.open_delivery(workspace, contract if isinstance(contract, int) else contract.id, until)


def claim(line: Stored[Commitment], quarter: Quarter = Q1, claimed: str = "25", **changes: object) -> Delivery:
    said: dict = {"evidenced": Decimal(claimed), "note": "As the letters of the schools show", **changes}
    return Delivery(line.record.key, quarter, Decimal(claimed), date(2026, 7, 10), **said)


def enter(workspace: Workspace, made: Begun, *claims: Delivery) -> tuple[Stored[Delivery], ...]:
    """Save new claims."""
    opened = delivered(workspace, made)
    return delivery_claims.save_claims(workspace, opened, [(None, each) for each in claims]).result


WHY = "As the letters of the schools show"
DECIDED_ON = date(2026, 10, 5)


def said(kind: DeliveryActKind, **changes: object) -> DeliveryActFacts:
    return replace(DeliveryActFacts(kind, DECIDED_ON, "Contract manager", WHY), **changes)


def accepting(
    held: Stored[Delivery], quantity: str = "", kind: DeliveryActKind = DeliveryActKind.ACCEPT
) -> DeliveryActFacts:
    """That a claim is accepted, all of it that can be unless it is said how much."""
    return said(kind, delivery=held.id, quantity=Decimal(quantity) if quantity else held.record.open_to_accept)


def accept(workspace: Workspace, made: Begun, *claims: Stored[Delivery]) -> tuple[Stored[Delivery], ...]:
    opened = delivered(workspace, made)
    return decide(workspace, opened, [accepting(each) for each in claims], DECIDED_ON).result
