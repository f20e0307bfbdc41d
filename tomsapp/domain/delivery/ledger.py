"""The ledger of money that was really handed over: received from whom, passed to whom, with its receipt.

It stands apart from proxy pounds and is never added to them: a promise of £1 of real money that was kept is an entry
here, and an acceptance says that its commitment was met.
Source: docs/method.md, section 9.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.figures import Delivered
from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.money import difference, total
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.wording import format_date, format_pounds

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Money that was handed over under a contract.

    Attributes:
        received_on: the day on which the council had it, or the day on which it was given where it went there directly.
        received_from: who gave it, as a rule the supplier.
        amount: in pounds, exact.
        passed_to: who has it in the end; empty while the council still holds it.
        passed_on: the day on which it was passed to them.
        receipt: where the receipt stands: its number or place.
        commitment: the key of the commitment that it is for; empty where it is for the contract as a whole.
    """

    received_on: date
    received_from: str
    amount: Decimal
    passed_to: str = ""
    passed_on: date | None = None
    receipt: str = ""
    commitment: str = ""
    notes: str = ""

    @property
    def is_passed(self) -> bool:
        """Whether it is said to have been passed on."""
        return self.passed_on is not None


def _passing(entry: HandedOver) -> Iterable[Problem]:
    """That money is not passed on before it is there, and that it is said to whom."""
    if entry.passed_on is None or entry.received_on is None:
        return
    if entry.passed_on < entry.received_on:
        message = f"It is before {format_date(entry.received_on)}, when the money was received"
        yield _problem("passed_on", Fault(message, "Enter that day or a later one", "before"))
    if not entry.passed_to.strip():
        yield _problem("passed_to", Fault("", "Enter to whom it was passed", "missing"))


def ledger_problems(entry: HandedOver, commitments: Collection[str], today: date) -> list[Problem]:
    """What must be put right before money is entered: its own facts, days that are to come, and its commitment.

    Args:
        entry: what is entered.
        commitments: the keys of the commitments of the contract.
        today: the day; money that is still to come is no entry.
    """
    found = HANDED_OVER.problems(entry)
    faulty = {problem.where.field for problem in found}
    for name in ("received_on", "passed_on"):
        day = getattr(entry, name)
        if name not in faulty and day is not None and day > today:
            fault = Fault(f"It is after {format_date(today)}", "Enter money when it was handed over", "to-come")
            found.append(_problem(name, fault))
    if entry.commitment and entry.commitment not in commitments:
        fault = Fault("It is not one of this contract", "Choose one, or leave it for the whole contract", "other")
        found.append(_problem("commitment", fault))
    return found


def _problem(name: str, fault: Fault) -> Problem:
    return fact_problem(HANDED_OVER, HANDED_OVER.fact(name), fault)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was agreed to be settled by money, beside what was really received: of a commitment or a contract.

    Attributes:
        agreed: the pounds that agreements settle by money.
        received: the pounds in the ledger.
        passed: the part of them that was passed on.
    """

    agreed: Decimal = NOTHING
    received: Decimal = NOTHING
    passed: Decimal = NOTHING

    @property
    def outstanding(self) -> Decimal:
        """What was agreed and is not there yet; nothing where more came than was agreed."""
        return max(difference(self.agreed, self.received), NOTHING)

    @property
    def held(self) -> Decimal:
        """What was received and is not passed on."""
        return difference(self.received, self.passed)


def money_words(told: Settled) -> str:
    """What came of what was agreed: "£2,000.00 is agreed in money, and the ledger has none for it"."""
    if not told.agreed:
        return "nothing is agreed in money"
    words = f"{format_pounds(told.agreed)} is agreed in money"
    if not told.received:
        return f"{words}, and the ledger has none for it"
    came = f"{format_pounds(told.received)} is in the ledger for it"
    if told.outstanding:
        return f"{words}, {came}, and {format_pounds(told.outstanding)} is outstanding"
    return f"{words}, and {came}"


class Money(Protocol):
    """What is counted of an entry, in the ledger and in papers."""

    @property
    def received_on(self) -> date:
        """The day on which it was received."""

    @property
    def amount(self) -> Decimal:
        """How much it was, in pounds."""

    @property
    def passed_on(self) -> date | None:
        """The day on which it was passed on."""

    @property
    def commitment(self) -> str:
        """The key of the commitment that it is for."""


def settled(entries: Iterable[Money], delivered: Delivered, commitment: str | None = None) -> Settled:
    """What agreements settle by money and what of it is in the ledger, to the day of the figures.

    Args:
        entries: the ledger of the contract; what was received or passed on after that day does not count.
        delivered: the figures, with the agreements that they count.
        commitment: the key of one; None for the contract as a whole, with what is for no commitment.
    """
    until = delivered.until
    mine = [entry for entry in entries if entry.received_on <= until and commitment in (None, entry.commitment)]
    agreed = (
        each.pounds if each.act.amount is None else each.act.amount
        for line in delivered.lines
        if commitment in (None, line.commitment.key)
        for each in line.shortfall.agreed
        if each.act.kind is DeliveryActKind.MONEY
    )
    passed = (entry.amount for entry in mine if entry.passed_on is not None and entry.passed_on <= until)
    return Settled(total(agreed), total(entry.amount for entry in mine), total(passed))


HANDED_OVER = RecordType(
    "handed_over",
    "money handed over",
    "money handed over",
    HandedOver,
    (
        Fact(
            "received_on",
            "Received on",
            FactKind.DAY,
            "The day on which the council had it, or on which it was given directly",
            needed="Enter the day on which it was received",
            listed=Listed.SHOWN,
            revision="0012",
        ),
        Fact(
            "received_from",
            "Received from",
            hint="As a rule the supplier",
            needed="Enter who gave it",
            listed=Listed.SHOWN,
            revision="0012",
        ),
        Fact(
            "amount",
            "Amount",
            FactKind.POUNDS,
            "Real pounds, never proxy pounds",
            is_above_zero=True,
            needed="Enter how much it was, for example 1,500.00",
            listed=Listed.SHOWN,
            revision="0012",
        ),
        Fact(
            "passed_to",
            "Passed to",
            hint="Leave it empty while the council holds it",
            listed=Listed.SHOWN,
            revision="0012",
        ),
        Fact("passed_on", "Passed on", FactKind.DAY, listed=Listed.SHOWN, keeps_null=True, revision="0012"),
        Fact("receipt", "Receipt", hint="Its number, or where it is kept", listed=Listed.SHOWN, revision="0012"),
        Fact(
            "commitment",
            "For",
            FactKind.LINK,
            "The commitment that it is for, or the contract as a whole",
            column="commitment_id",
            said="commitment",
            revision="0012",
        ),
        Fact("notes", "Notes", FactKind.LONG, listed=Listed.NO, is_searched=False, revision="0012"),
    ),
    name_of=lambda entry: f"{format_pounds(entry.amount)} of {format_date(entry.received_on)}",
    checks=(_passing,),
    heading="Money handed over",
)
"""What is kept of money that was handed over."""
