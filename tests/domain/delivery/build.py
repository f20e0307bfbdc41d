"""Short ways to make deliveries, plans and acts for the tests of what was delivered."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.delivery import Delivery, state_of
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.quarters import Quarter

D = Decimal
RETURNED = date(2026, 7, 10)


def q(text: str) -> Quarter:
    """The quarter "2.3": the third of year 2."""
    year, number = text.split(".")
    return Quarter(int(year) - 1, int(number))


def returned(key: str, quarter: str, claimed: str, **others: Any) -> Delivery:
    """A delivery that is claimed and no more, unless more is said; quantities as text."""
    facts: dict[str, Any] = {
        name: D(value) if isinstance(value, str) and name != "note" else value for name, value in others.items()
    }
    facts.setdefault("returned_on", RETURNED)
    facts.setdefault("state", state_of(D(claimed), facts.get("accepted", D(0)), facts.get("rejected", D(0))))
    return Delivery(key, q(quarter), D(claimed), **facts)


def accepted(key: str, quarter: str, quantity: str, **others: Any) -> Delivery:
    """A delivery of which all is evidenced and accepted."""
    return returned(key, quarter, quantity, **{"evidenced": quantity, "accepted": quantity, **others})


def planned(key: str, **quantities: str) -> list[PlanEntry]:
    """A plan by quarter: `planned("M1", q1_2="10")` is 10 in the second quarter of year 1."""
    return [PlanEntry(key, q(name.removeprefix("q").replace("_", ".")), D(value)) for name, value in quantities.items()]


def act(kind: DeliveryActKind, number: int = 1, **others: Any) -> DeliveryAct:
    """An act as it is kept, on 12 October 2026."""
    facts: dict[str, Any] = {
        "done_on": date(2026, 10, 12),
        "role": "Contract manager",
        "by": "A. Okafor",
        "recorded_at": datetime(2026, 10, 12, 9, number, tzinfo=UTC),
        "contract_id": 7,
        "id": number,
    }
    for name in ("quarter", "carried_to"):
        if isinstance(others.get(name), str):
            others[name] = q(others[name])
    for name in ("quantity", "amount"):
        if isinstance(others.get(name), str):
            others[name] = D(others[name])
    return DeliveryAct(kind, **(facts | others))
