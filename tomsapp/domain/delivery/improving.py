"""Telling a supplier to improve: on which day, until when it has the opportunity, and whether it improved.

Section 71 of the Procurement Act 2023 has a contract performance notice follow where a supplier was told, was given a
proper opportunity and did not improve; within 30 days. Whether the Act applies to a contract is the council's to say.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tomsapp.domain.delivery.acts import OUTCOMES, DeliveryAct, DeliveryActKind, standing
from tomsapp.domain.wording import format_date

NOTICE_DAYS = 30
"""Within how many days of a failure to improve a contract performance notice is published: section 71."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """One time that a supplier was told, and what became of it.

    Attributes:
        told: the act that told it, of a commitment or of the whole contract.
        outcome: the act that says whether it improved; None while that is open.
    """

    told: DeliveryAct
    outcome: DeliveryAct | None = None

    @property
    def notice_by(self) -> date | None:
        """The last day for a contract performance notice, where it did not improve."""
        if self.outcome is None or self.outcome.kind is not DeliveryActKind.NOT_IMPROVED:
            return None
        return self.outcome.done_on + timedelta(days=NOTICE_DAYS)

    @property
    def told_words(self) -> str:
        """What stays true: "told to improve on 1 June 2026, by 30 June 2026; improved on 20 June 2026"."""
        told = f"told to improve on {format_date(self.told.done_on)}"
        if self.told.improve_by is not None:
            told += f", by {format_date(self.told.improve_by)}"
        if self.outcome is None:
            return told
        return f"{told}; {self.outcome.kind.done.lower()} on {format_date(self.outcome.done_on)}"

    def words(self, today: date) -> str:
        """Where it stands on a day: "Has until 30 June 2026 to improve"."""
        until = self.told.improve_by
        if self.outcome is not None:
            notice = (
                f". A contract performance notice is due by {format_date(self.notice_by)}" if self.notice_by else ""
            )
            return f"{self.outcome.kind.done} on {format_date(self.outcome.done_on)}{notice}"
        if until is None:
            return "Nobody said yet whether it improved"
        if today <= until:
            return f"Has until {format_date(until)} to improve"
        return f"The opportunity ended on {format_date(until)}: say whether it improved"


def improvements(acts: Iterable[DeliveryAct]) -> tuple[Improvement, ...]:
    """Each time that the supplier was told, in order; of one commitment the first outcome answers the first telling."""
    stand = standing(acts)
    outcomes = [act for act in stand if act.kind in OUTCOMES]
    found = []
    for told in (act for act in stand if act.kind is DeliveryActKind.TELL_TO_IMPROVE):
        own = (each for each in outcomes if each.commitment == told.commitment and each.id > told.id)
        outcome = next(own, None)
        if outcome is not None:
            outcomes.remove(outcome)
        found.append(Improvement(told, outcome))
    return tuple(found)


def open_for(acts: Iterable[DeliveryAct], commitment: str) -> DeliveryAct | None:
    """The first telling of a commitment, or of the contract (""), of which nobody said yet whether it improved."""
    every = improvements(acts)
    return next((each.told for each in every if each.told.commitment == commitment and each.outcome is None), None)
