"""What a bidder sends for one lot: what is promised, how it was worked out, and the answers to the questions.

It holds no price and is judged by the values of the pack, never by values that it states itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.problems import Answer
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.parts import YearParts


@dataclass(frozen=True, slots=True)
class OfferedDetails:
    """What a bidder says of one commitment beside its quantities, its cost and its project.

    Attributes:
        parts: from which the quantities of years were worked out, where they were.
        staff: whether the people in these jobs are new, were there before or come over with the work; None where it is
            not about jobs or is not said.
        delivered_by: who will deliver it: "Our own staff", "Larkmere College".
    """

    parts: tuple[YearParts, ...] = ()
    staff: PersonKind | None = None
    delivered_by: str = ""

    def parts_in(self, year: int) -> YearParts | None:
        """The parts of a contract year (0 is the first), or None."""
        return next((parts for parts in self.parts if parts.year == year), None)


@dataclass(frozen=True, slots=True)
class StatedValue:
    """The unit value in pounds that a file states for a measure, and for which contract year; None for all years."""

    measure: str
    value: Decimal
    year: int | None = None


@dataclass(frozen=True, slots=True)
class TenderOffer:
    """An offer for one lot.

    Attributes:
        pack: by what the pack is known that it was made with.
        lot: the number of the lot.
        bidder: the organisation with its contact.
        commitments: a promise on a framework may be one for each pound of spend.
        details: what is said of commitments beside them, by the commitment's key.
        statements: the answers to the tender's questions, by the question's number.
        answers: what was answered to warnings of the checks, by the Problem's key.
        accepted: the codes of the conditions that the bidder accepts.
        stated: the unit values that the file states; they judge nothing, and one that was changed is told.
        made_with: the program or workbook that made it, with its version.
        made_at: when it was made, where that is known.
    """

    pack: PackIdentity
    lot: int
    bidder: Supplier
    commitments: tuple[Commitment, ...]
    details: Mapping[str, OfferedDetails] = field(default_factory=dict)
    statements: Mapping[int, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    stated: tuple[StatedValue, ...] = ()
    made_with: str = ""
    made_at: datetime | None = None

    def details_of(self, key: str) -> OfferedDetails:
        """What is said of the commitment of this key; nothing where nothing is."""
        return self.details.get(key, OfferedDetails())

    def statement(self, number: int) -> str:
        """The answer to the question of this number; empty where there is none."""
        return self.statements.get(number, "")
