"""A pack: one issued version of a tender, with all that a bidder needs to make an offer without anything else.

A further version holds what was changed since the one before. What was issued never changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.tender.asked import BidderQuestion
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_measure import TenderMeasure
from tomsapp.domain.wording import format_moment

if TYPE_CHECKING:
    from datetime import datetime

    # Who only asks which pack it is needs no rules.
    from tomsapp.domain.area import Area
    from tomsapp.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class EditionIdentity:
    """By what a menu edition is known: its menu, its edition and the SHA-256 of its bytes."""

    menu: str
    edition: str
    sha256: str

    @property
    def name(self) -> str:
        """The name people use: "barnet-open 2026.2"."""
        return f"{self.menu} {self.edition}"


@dataclass(frozen=True, slots=True)
class PackIdentity:
    """By what a pack is known: the tender's reference, the version, and the SHA-256 of the pack file's bytes."""

    reference: str
    version: int
    sha256: str

    @property
    def words(self) -> str:
        """The identity as the guide and the notice print it: "T-2026-003, pack version 2, SHA-256 ab…"."""
        return f"{self.reference}, pack version {self.version}, SHA-256 {self.sha256}"


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of a tender as it was issued.

    Attributes:
        council: the name of the council that buys.
        lots, measures, questions: in their order.
        answered: the questions of bidders that have an answer.
        edition: by what its menu edition is known; the edition itself goes with the pack.
        version: 1 is the first.
        changes: what was changed since the version before, in sentences; none in the first.
        policy: the council's rules, so that a bidder sees what an offer is short of; None where it has none.
        area: the wards that a bidder chooses from; None where none are known.
    """

    council: str
    tender: Tender
    lots: tuple[Lot, ...]
    measures: tuple[TenderMeasure, ...]
    questions: tuple[Question, ...]
    answered: tuple[BidderQuestion, ...]
    edition: EditionIdentity
    version: int
    issued_at: datetime
    issued_by: str
    changes: tuple[str, ...] = ()
    policy: Policy | None = None
    area: Area | None = None

    def lot(self, number: int) -> Lot | None:
        """The lot of this number, or None."""
        return next((lot for lot in self.lots if lot.number == number), None)

    def measure(self, code: str) -> TenderMeasure | None:
        """The measure of this code, or None where the tender does not ask it."""
        return next((measure for measure in self.measures if measure.measure == code), None)

    def question(self, number: int) -> Question | None:
        """The question of this number, or None."""
        return next((question for question in self.questions if question.number == number), None)

    @property
    def scored(self) -> tuple[TenderMeasure, ...]:
        """The measures of which bidders say how much they offer."""
        return tuple(measure for measure in self.measures if not measure.is_condition)

    @property
    def conditions(self) -> tuple[TenderMeasure, ...]:
        """The measures that every bidder accepts."""
        return tuple(measure for measure in self.measures if measure.is_condition)

    @property
    def name(self) -> str:
        """What it is called: "T-2026-003, pack version 2"."""
        return f"{self.tender.reference}, pack version {self.version}"

    @property
    def issued_words(self) -> str:
        """Who issued it and when: "Pack version 2, issued on 4 January 2027, 09:30 by A. Okafor"."""
        return f"Pack version {self.version}, issued on {format_moment(self.issued_at)} by {self.issued_by}"

    def identity(self, sha256: str) -> PackIdentity:
        """By what it is known, given the SHA-256 of the bytes of its file."""
        return PackIdentity(self.tender.reference, self.version, sha256)
