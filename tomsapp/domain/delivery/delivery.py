"""A delivery: what a supplier returned for one commitment in one quarter, and what the council decided of it.

Claimed contains what the evidence shows, that contains what is accepted, and that what is accepted provisionally.
What was rejected or withdrawn stands apart and is in none of them.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import decimal_places, exact_difference, exact_sum
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.seal import REASON_LETTERS, letters_missing
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.wording import format_quantity, plural

NONE = Decimal(0)


class DeliveryState(Enum):
    """Where a claim stands."""

    CLAIMED = "claimed"
    """Some of it waits for a decision."""
    DECIDED = "decided"
    """All of it is accepted or rejected."""
    WITHDRAWN = "withdrawn"
    """The supplier took it back; nothing of it counts."""

    @property
    def words(self) -> str:
        """The state as people read it."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was returned for a commitment in a quarter, in the units of its measure and before the contract share.

    There is one for each commitment and quarter; a further return of the same quarter replaces it.

    Attributes:
        commitment: the key of the commitment.
        evidenced: the units that the evidence shows.
        accepted: the units that an officer accepted.
        provisional: the part of them that is earned only later, such as a job in its first 12 months.
        rejected: the units that an officer refused, with a reason.
        note: what the supplier says of it; needed where nothing is claimed.
        new, retained, transferred: how many of the people behind it are new, were there before, or came over with the
            work (TUPE); None where it is not about jobs or is not said.
        returned_on: the day on which the supplier returned it.
    """

    commitment: str
    quarter: Quarter
    claimed: Decimal
    returned_on: date
    evidenced: Decimal = NONE
    accepted: Decimal = NONE
    provisional: Decimal = NONE
    rejected: Decimal = NONE
    state: DeliveryState = DeliveryState.CLAIMED
    note: str = ""
    new: Decimal | None = None
    retained: Decimal | None = None
    transferred: Decimal | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the supplier took it back."""
        return self.state is DeliveryState.WITHDRAWN

    @property
    def withdrawn(self) -> Decimal:
        """The units that the supplier took back: all that was not rejected before."""
        return exact_difference(self.claimed, self.rejected) if self.is_withdrawn else NONE

    @property
    def standing(self) -> Decimal:
        """The units claimed that were neither rejected nor withdrawn: claimed, as the totals count it."""
        return NONE if self.is_withdrawn else exact_difference(self.claimed, self.rejected)

    @property
    def shown(self) -> Decimal:
        """The units evidenced, as the totals count them: at most what stands."""
        return min(self.evidenced, self.standing)

    @property
    def undecided(self) -> Decimal:
        """The units that wait for a decision."""
        return NONE if self.is_withdrawn else exact_difference(self.standing, self.accepted)

    @property
    def open_to_accept(self) -> Decimal:
        """The undecided units that the evidence shows: the most that can be accepted."""
        return min(self.undecided, max(exact_difference(self.evidenced, self.accepted), NONE))

    @property
    def final(self) -> Decimal:
        """The units that are accepted for good."""
        return exact_difference(self.accepted, self.provisional)


def state_of(claimed: Decimal, accepted: Decimal, rejected: Decimal) -> DeliveryState:
    """Where a claim that was not withdrawn stands: decided where something was and nothing of it is left to decide.

    A return of nothing is never decided, as there is nothing to accept; it can be replaced by a later one.
    """
    decided = exact_sum((accepted, rejected))
    return DeliveryState.DECIDED if decided and decided == claimed else DeliveryState.CLAIMED


_QUANTITIES = ("claimed", "evidenced", "accepted", "provisional", "rejected")


def _together(delivery: Delivery) -> Iterable[Problem]:
    """What is wrong with its quantities together; each by itself is asked first."""
    quantities = (getattr(delivery, name) for name in _QUANTITIES)
    if all(quantity is not None and quantity >= 0 for quantity in quantities):
        yield from _bounds(delivery)
        yield from _state(delivery)
        yield from _note(delivery)


def _bounds(delivery: Delivery) -> Iterable[Problem]:
    """That each state contains the next one, and that nothing is decided twice."""
    pairs = (
        ("evidenced", delivery.evidenced, delivery.claimed, "More is evidenced than was claimed"),
        ("accepted", delivery.accepted, delivery.evidenced, "More is accepted than the evidence shows"),
        ("provisional", delivery.provisional, delivery.accepted, "More is provisional than was accepted"),
    )
    for name, part, whole, message in pairs:
        if part > whole:
            fix = f"Enter {format_quantity(whole)} or less"
            yield _problem(f"{name}-over", message, fix, name)
    if exact_sum((delivery.accepted, delivery.rejected)) > delivery.claimed:
        message = "More is accepted and rejected than was claimed"
        yield _problem(
            "rejected-over", message, f"Of {format_quantity(delivery.claimed)} each is one or the other", "rejected"
        )


def _state(delivery: Delivery) -> Iterable[Problem]:
    """That the state says what the quantities say."""
    if delivery.is_withdrawn:
        if delivery.accepted:
            message = "A claim that is withdrawn has nothing that is accepted"
            yield _problem("state-accepted", message, "Take the acceptance back first", "state")
    elif delivery.state is not state_of(delivery.claimed, delivery.accepted, delivery.rejected):
        yield _problem("state-otherwise", *_otherwise(delivery), "state")


def _otherwise(delivery: Delivery) -> tuple[str, str]:
    """Why the state is another, and what to do: a claim that is typed over may be left with nothing that waits."""
    if delivery.state is DeliveryState.CLAIMED:
        decided = format_quantity(exact_sum((delivery.accepted, delivery.rejected)))
        message = f"{decided} is decided already, so nothing of it would wait for a decision any more"
        return message, f"Enter more than {decided}, or leave it as it was and reject the rest"
    return f"It is not {delivery.state.value}", "A claim is decided when all of it is accepted or rejected"


def _note(delivery: Delivery) -> Iterable[Problem]:
    if not delivery.claimed and letters_missing(delivery.note):
        message = "Nothing is claimed, and no sentence says why"
        yield _problem("note-short", message, f"Say why in at least {REASON_LETTERS} letters", "note")


def _people(delivery: Delivery) -> Iterable[Problem]:
    for name in ("new", "retained", "transferred"):
        people = getattr(delivery, name)
        if people is not None and decimal_places(people):
            yield _problem(
                f"{name}-not-whole", "It is not a whole number of people", "Enter people, not hours of work", name
            )


def _problem(code: str, message: str, fix: str, field: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, severity, message, fix, Where(field=field))


DELIVERY = RecordType(
    "delivery",
    "delivery",
    "deliveries",
    Delivery,
    (
        Fact(
            "claimed",
            "Claimed",
            FactKind.QUANTITY,
            "What the supplier says was done in the quarter",
            needed="Enter a number, or 0 with a sentence that says why",
            revision="0009",
        ),
        Fact(
            "evidenced",
            "Evidenced",
            FactKind.QUANTITY,
            "How much of it the evidence shows",
            usual=NONE,
            needed="Enter a number, 0 where there is no evidence",
            revision="0009",
        ),
        Fact("accepted", "Accepted", FactKind.QUANTITY, is_typed=False, revision="0009"),
        Fact("provisional", "Provisional", FactKind.QUANTITY, is_typed=False, revision="0009"),
        Fact("rejected", "Rejected", FactKind.QUANTITY, is_typed=False, revision="0009"),
        Fact("state", "State", FactKind.CHOICE, choices=DeliveryState, is_typed=False, revision="0009"),
        Fact("note", "Note", FactKind.LONG, "Needed where nothing is claimed", revision="0009"),
        Fact("new", "New people", FactKind.QUANTITY, "In jobs that are new", column="new_people", revision="0009"),
        Fact(
            "retained",
            "People retained",
            FactKind.QUANTITY,
            "In jobs that they had before",
            column="retained_people",
            revision="0009",
        ),
        Fact(
            "transferred",
            "People transferred",
            FactKind.QUANTITY,
            "Who came over with the work (TUPE)",
            column="transferred_people",
            revision="0009",
        ),
        Fact(
            "returned_on",
            "Returned on",
            FactKind.DAY,
            "The day on which the supplier returned it",
            needed="Enter a date, for example 10 July 2026",
            revision="0009",
        ),
    ),
    name_of=lambda delivery: f"{format_quantity(delivery.claimed)} claimed",
    checks=(_together, _people),
)
"""What is kept of a delivery. Which commitment and quarter it is of are no facts of it: they never change."""


def measure_problems(delivery: Delivery, measure: Measure, others: Iterable[Delivery] = ()) -> list[Problem]:
    """What is wrong with a claim of this measure, beside what `DELIVERY` finds.

    `others` are the deliveries of the same commitment; the one itself may be among them.
    """
    return [*_precision(delivery, measure), *_added_up(delivery, measure, others), *_heads(delivery, measure)]


def _precision(delivery: Delivery, measure: Measure) -> Iterable[Problem]:
    """That each quantity can be one of the measure."""
    decimals, most = measure.decimals, measure.unit.most
    for name in _QUANTITIES:
        quantity = getattr(delivery, name)
        if decimal_places(quantity) > decimals:
            many = measure.many_name
            fix = f"Enter {many} with {plural(decimals, 'decimal')} at most" if decimals else f"Enter whole {many}"
            yield _problem(f"{name}-too-precise", f"{format_quantity(quantity)} has too many decimals", fix, name)
        elif most is not None and quantity > most:
            yield _problem(
                f"{name}-over-most", f"{format_quantity(quantity)} is over {most}", f"Enter {most} or less", name
            )


def adds_up(measure: Measure) -> bool:
    """Whether quantities of several quarters are added: per cents of a year are not, and a yes said twice is one."""
    return measure.unit.form in {UnitForm.NUMBER, UnitForm.POUNDS}


def _added_up(delivery: Delivery, measure: Measure, others: Iterable[Delivery]) -> Iterable[Problem]:
    """A share of a year, or a yes, is claimed in one quarter of it."""
    if adds_up(measure) or not delivery.standing:
        return
    for other in others:
        is_same = other.quarter == delivery.quarter or other.quarter.year != delivery.quarter.year
        if not is_same and other.standing:
            message = f"It is claimed for {other.quarter.words} already, and such figures are not added up"
            yield _problem("claimed-again", message, "Claim it in one quarter of the year", "claimed")
            return


_OF_HEADS = frozenset({Unit.PEOPLE, Unit.COMPLETIONS, Unit.FTE_JOBS})
"""Units of which one person is one at the most."""


def _heads(delivery: Delivery, measure: Measure) -> Iterable[Problem]:
    """What the people behind a claim about jobs can be."""
    said = [people for people in (delivery.new, delivery.retained, delivery.transferred) if people is not None]
    if not measure.employment_outcome or not said:
        return
    people = exact_sum(said)
    if measure.unit in _OF_HEADS and delivery.claimed > people:
        message = f"{format_quantity(delivery.claimed)} is claimed of {plural(people, 'person', 'people')}"
        yield _problem("people-too-few", message, "Say for each person whether they are new", "new")
    if exact_sum(said[1:] if delivery.new is not None else said) and letters_missing(delivery.note):
        message = "People who are retained or were transferred are in no new job"
        fix = "Claim new people only, or say in the note why they count"
        yield _problem("people-not-new", message, fix, "new", Severity.WARNING)
