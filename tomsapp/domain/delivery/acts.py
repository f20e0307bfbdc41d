"""What is done for good about deliveries: decisions, agreements on shortfalls, plans, and what is published.

Each act is kept with who did it, in which role, when and why, and is never changed. It is taken back by an act of its
own. The quantities of a delivery are those that its standing acts come to: see `decisions`.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.taken_back import still_standing
from tomsapp.domain.wording import format_date

_MOST_ROLE = 120


class DeliveryActKind(Enum):
    """What is done."""

    ACCEPT = "accept"
    """Units are accepted for good."""
    ACCEPT_PROVISIONALLY = "accept_provisionally"
    """Units are accepted, and are earned only if they last."""
    REJECT = "reject"
    CONFIRM = "confirm"
    """What was accepted provisionally lasted: it is accepted for good."""
    LAPSE = "lapse"
    """What was accepted provisionally did not last: it is rejected."""
    WITHDRAW = "withdraw"
    """The supplier takes a claim back."""
    TAKE_BACK = "take_back"
    """An act is taken back, as it was wrong."""
    PROPOSE_PLAN = "propose_plan"
    RETURN_PLAN = "return_plan"
    ACCEPT_PLAN = "accept_plan"
    SUBSTITUTE = "substitute"
    """Surplus of another commitment stands for what is missing of this one."""
    CARRY = "carry"
    """What is missing may come by the end of a later quarter."""
    MONEY = "money"
    """What is missing is paid in money."""
    LEAVE_OPEN = "leave_open"
    """What is missing stays open."""
    TELL_TO_IMPROVE = "tell_to_improve"
    """The supplier is told to improve: section 71 of the Procurement Act 2023 counts from that day."""
    PUBLISH = "publish"
    """A paper on what was delivered is frozen and published."""
    IMPROVED = "improved"
    """The supplier who was told improved."""
    NOT_IMPROVED = "not_improved"
    """It did not, though it had the opportunity."""

    @property
    def words(self) -> str:
        """The act as people choose it: "Accept provisionally"."""
        return self.value.replace("_", " ").capitalize()

    @property
    def done(self) -> str:
        """The act once it is done: "Accepted provisionally"."""
        return _DONE[self]

    @property
    def is_decision(self) -> bool:
        """Whether it changes what is accepted, rejected or withdrawn of a delivery."""
        return self in DECISIONS

    @property
    def is_agreement(self) -> bool:
        """Whether it says what becomes of a shortfall, by the council and the supplier together."""
        return self in AGREEMENTS

    @property
    def always_needs_reason(self) -> bool:
        """Whether it is never done without a reason. Accepting a part needs one too; an agreement says the cause."""
        return self in _WITH_REASON


_DONE = {
    DeliveryActKind.ACCEPT: "Accepted",
    DeliveryActKind.ACCEPT_PROVISIONALLY: "Accepted provisionally",
    DeliveryActKind.REJECT: "Rejected",
    DeliveryActKind.CONFIRM: "Confirmed",
    DeliveryActKind.LAPSE: "Lapsed",
    DeliveryActKind.WITHDRAW: "Withdrawn",
    DeliveryActKind.TAKE_BACK: "Taken back",
    DeliveryActKind.PROPOSE_PLAN: "Plan proposed",
    DeliveryActKind.RETURN_PLAN: "Plan returned",
    DeliveryActKind.ACCEPT_PLAN: "Plan accepted",
    DeliveryActKind.SUBSTITUTE: "Substitute agreed",
    DeliveryActKind.CARRY: "Carried forward",
    DeliveryActKind.MONEY: "Money agreed",
    DeliveryActKind.LEAVE_OPEN: "Left open",
    DeliveryActKind.TELL_TO_IMPROVE: "Told to improve",
    DeliveryActKind.IMPROVED: "Improved",
    DeliveryActKind.NOT_IMPROVED: "Not improved",
    DeliveryActKind.PUBLISH: "Published",
}
ACCEPTANCES = frozenset({DeliveryActKind.ACCEPT, DeliveryActKind.ACCEPT_PROVISIONALLY})
"""Acts that accept what was claimed."""

DECISIONS = ACCEPTANCES | {
    DeliveryActKind.REJECT,
    DeliveryActKind.CONFIRM,
    DeliveryActKind.LAPSE,
    DeliveryActKind.WITHDRAW,
}
"""Acts of one delivery, which change what is accepted, rejected or withdrawn of it."""

AGREEMENTS = frozenset(
    {DeliveryActKind.SUBSTITUTE, DeliveryActKind.CARRY, DeliveryActKind.MONEY, DeliveryActKind.LEAVE_OPEN}
)
"""Acts of one commitment and quarter, which say what becomes of the shortfall up to it."""

PLANS = frozenset({DeliveryActKind.PROPOSE_PLAN, DeliveryActKind.RETURN_PLAN, DeliveryActKind.ACCEPT_PLAN})
"""Acts of a version of the plan."""

OUTCOMES = frozenset({DeliveryActKind.IMPROVED, DeliveryActKind.NOT_IMPROVED})
"""Acts that say what became of telling a supplier to improve."""

_WITH_REASON = frozenset(
    {
        DeliveryActKind.REJECT,
        DeliveryActKind.LAPSE,
        DeliveryActKind.WITHDRAW,
        DeliveryActKind.TAKE_BACK,
        DeliveryActKind.RETURN_PLAN,
        DeliveryActKind.TELL_TO_IMPROVE,
    }
    | OUTCOMES
)


@dataclass(frozen=True, slots=True)
class DeliveryActFacts:
    """What somebody says who does an act.

    Attributes:
        done_on: the day on which it was done.
        role: in which role they do it: "Contract manager".
        reason: why; a rejection's is told to the supplier.
        delivery: the number of the delivery that is decided.
        commitment: the key of the commitment that it is about.
        quarter: of the delivery; of an agreement, the quarter to whose end the shortfall was reckoned.
        quantity: the units that are accepted, rejected, confirmed, lapsed or carried; of a substitute, the units of the
            other commitment's surplus that are used up.
        amount: of money and of a substitute, the pounds of the shortfall that are settled.
        other_commitment: of a substitute, the key of the commitment whose surplus is used.
        carried_to: of a carry, the quarter by whose end it is to come.
        supplier_by, supplier_on: who agreed for the supplier, and when.
        cause: of an agreement, why something is missing: "Left after five weeks".
        improve_by: of telling to improve, the last day of the opportunity that is given.
    """

    kind: DeliveryActKind
    done_on: date
    role: str
    reason: str = ""
    delivery: int | None = None
    commitment: str = ""
    quarter: Quarter | None = None
    quantity: Decimal | None = None
    amount: Decimal | None = None
    other_commitment: str = ""
    carried_to: Quarter | None = None
    supplier_by: str = ""
    supplier_on: date | None = None
    cause: str = ""
    improve_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryAct(DeliveryActFacts):
    """An act as it is kept.

    Attributes:
        by, recorded_at: who did it, and the moment at which the database took it in.
        sha256: of its document.
        reverses: the number of the act that it takes back.
    """

    id: int
    contract_id: int
    by: str
    recorded_at: datetime
    sha256: str = ""
    reverses: int | None = None

    @property
    def words(self) -> str:
        """The act in a sentence: "Rejected on 3 November 2026 by A. Okafor, Contract manager"."""
        role = f", {self.role}" if self.role else ""
        return f"{self.kind.done} on {format_date(self.done_on)} by {self.by}{role}"


def standing(acts: Iterable[DeliveryAct]) -> tuple[DeliveryAct, ...]:
    """The acts that were not taken back, in the order in which the database took them in, without the takings back."""
    return still_standing(acts, DeliveryActKind.TAKE_BACK)


DELIVERY_ACT = RecordType(
    "delivery_act",
    "act of delivery",
    "acts of delivery",
    DeliveryAct,
    (
        Fact("kind", "Act", FactKind.CHOICE, choices=DeliveryActKind, is_typed=False, revision="0009"),
        Fact("done_on", "Done on", FactKind.DAY, needed="Enter the day on which it was done", revision="0009"),
        Fact(
            "role",
            "Role",
            hint="In which you do it, for example Contract manager",
            most=_MOST_ROLE,
            needed="Enter your role, for example Contract manager",
            revision="0009",
        ),
        Fact("reason", "Reason", FactKind.LONG, "The supplier reads it", revision="0009"),
        Fact("quantity", "Units", FactKind.QUANTITY, is_above_zero=True, revision="0009"),
        Fact("amount", "Pounds", FactKind.POUNDS, is_above_zero=True, revision="0009"),
        Fact("supplier_by", "Agreed for the supplier by", revision="0009"),
        Fact("supplier_on", "Agreed for the supplier on", FactKind.DAY, revision="0009"),
        Fact("cause", "Why it is missing", revision="0009"),
        Fact("improve_by", "Opportunity given until", FactKind.DAY, revision="0013"),
        Fact("sha256", "SHA-256", column="content_sha256", is_typed=False, revision="0009"),
    ),
    name_of=lambda act: act.words,
    heading="Acts of delivery",
)
"""What the history tells of an act."""
