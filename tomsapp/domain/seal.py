"""Sealed acts: what was done with a contract for good, by whom, in which role, when, from when on, and why.

Signing, varying, closing and withdrawing are acts, and each is taken back by its reverse act alone. An act keeps a
document of all that was seen when it was done, whose SHA-256 tells whether it is still whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import assert_never

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.wording import format_date, times

REASON_LETTERS = 20
"""The fewest letters in which a reason can be told."""
ALTHOUGH = "Signed although short of"
"""What the reason of its own begins with that signing short of a policy rule needs."""
_MOST_ROLE = 120


def letters_missing(text: str) -> int:
    """How many letters a reason lacks; 0 when it says enough."""
    return max(REASON_LETTERS - len(" ".join(text.split())), 0)


class ActKind(Enum):
    """What is done with a contract."""

    SIGN = "sign"
    REOPEN = "reopen"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    VARY = "vary"
    """A variation is signed: the contract goes on with other facts and lines, and what was signed stays as it was."""

    @property
    def done(self) -> str:
        """The act once it is done: "Signed"."""
        return {
            ActKind.SIGN: "Signed",
            ActKind.REOPEN: "Reopened",
            ActKind.CLOSE: "Closed",
            ActKind.WITHDRAW: "Withdrawn",
            ActKind.VARY: "Varied",
        }[self]

    @property
    def words(self) -> str:
        """The act as people choose it: "Sign"."""
        return self.value.capitalize()

    @property
    def begins_at(self) -> frozenset[ContractStatus]:
        """The statuses of a contract with which it can be done."""
        return {
            ActKind.SIGN: frozenset({ContractStatus.DRAFT}),
            ActKind.REOPEN: frozenset({ContractStatus.SIGNED, ContractStatus.CLOSED, ContractStatus.WITHDRAWN}),
            ActKind.CLOSE: frozenset({ContractStatus.SIGNED}),
            ActKind.WITHDRAW: frozenset({ContractStatus.DRAFT, ContractStatus.SIGNED}),
            ActKind.VARY: frozenset({ContractStatus.SIGNED}),
        }[self]

    @property
    def needs_reason(self) -> bool:
        """Whether it is never done without a reason."""
        return self in {ActKind.REOPEN, ActKind.WITHDRAW, ActKind.VARY}

    @property
    def fixes(self) -> bool:
        """Whether the contract is as its document says from then on, lines and all."""
        return self in {ActKind.SIGN, ActKind.VARY}


@dataclass(frozen=True, slots=True)
class ActFacts:
    """What somebody says who does an act.

    Attributes:
        done_on: the day on which it was done, as on the paper.
        takes_effect_on: the day from which it holds; None where an earlier version did not ask for it.
        role: in which role they do it: "Procurement lead"; empty where an earlier version did not ask for it.
    """

    kind: ActKind
    done_on: date
    takes_effect_on: date | None
    role: str
    reason: str = ""

    @property
    def letters_missing(self) -> int:
        """How many letters the reason lacks; 0 when it says enough. Why it is signed short of a rule is another one."""
        return letters_missing(self.reason.partition(ALTHOUGH)[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(ActFacts):
    """An act as it is kept.

    Attributes:
        by, recorded_at: who did it, and the moment at which the database took it in.
        was, becomes: the contract's status before and after it.
        sha256: of its document.
        value: the social value in its document, in pounds; None where it holds none.
        reverses: the number of the act that it takes back.
    """

    id: int
    contract_id: int
    by: str
    recorded_at: datetime
    was: ContractStatus
    becomes: ContractStatus
    sha256: str
    value: Decimal | None = None
    reverses: int | None = None

    @property
    def takes_back_variation(self) -> bool:
        """Whether it is the reverse act of a variation, after which the contract is signed as before."""
        return self.kind is ActKind.REOPEN and self.was is self.becomes

    @property
    def done(self) -> str:
        """What was done: "Signed", "Variation taken back"."""
        return "Variation taken back" if self.takes_back_variation else self.kind.done

    @property
    def words(self) -> str:
        """The act in a sentence: "Signed on 20 March 2026 by M. Reid, Procurement lead"."""
        role = f", {self.role}" if self.role else ""
        return f"{self.done} on {format_date(self.done_on)} by {self.by}{role}"

    @property
    def told(self) -> str:
        """Who did it and from when it holds: "Signed by M. Reid, Procurement lead, from 1 April 2026"."""
        effect = f"from {format_date(self.takes_effect_on)}" if self.takes_effect_on else ""
        who = ", ".join(filter(None, (f"{self.done} by {self.by}", self.role, effect)))
        if self.takes_back_variation:
            return f"{who}: as it was before"
        return f"{who}: {self.becomes.value} again" if self.kind is ActKind.REOPEN else who

    @property
    def entered_on(self) -> date | None:
        """The day on which the database took it in and sealed it, where that is not the day of the act."""
        day = self.recorded_at.astimezone().date()
        return None if day == self.done_on else day


def standing_act(status: ContractStatus, acts: Sequence[Act]) -> Act | None:
    """The act that is taken back next, of the contract's acts in their order; None for a draft.

    It gave the contract its status, or varied it since.
    """
    made = (act for act in reversed(in_force(acts)) if act.becomes is status)
    return None if status is ContractStatus.DRAFT else next(made, None)


def in_force(acts: Sequence[Act]) -> list[Act]:
    """The acts that nothing has taken back, in their order."""
    taken_back = {act.reverses for act in acts if act.kind is ActKind.REOPEN}
    return [act for act in acts if act.kind is not ActKind.REOPEN and act.id not in taken_back]


def seal_in_force(status: ContractStatus, acts: Sequence[Act]) -> Act | None:
    """The signing that fixes the contract now; None for a draft, and for one that was withdrawn as a draft."""
    return next((act for act in _fixing(status, acts) if act.kind is ActKind.SIGN), None)


def variations_in_force(status: ContractStatus, acts: Sequence[Act]) -> tuple[Act, ...]:
    """The variations of the signing in force that were signed and not taken back, in their order."""
    return tuple(act for act in reversed(_fixing(status, acts)) if act.kind is ActKind.VARY)


def newest_seal(status: ContractStatus, acts: Sequence[Act]) -> Act | None:
    """The act whose document says what the contract is now: its newest variation, or its signing; None for a draft."""
    return next(iter(_fixing(status, acts)), None)


def _fixing(status: ContractStatus, acts: Sequence[Act]) -> list[Act]:
    """The signing in force and its variations, the newest first."""
    if status is ContractStatus.WITHDRAWN:
        withdrawn = standing_act(status, acts)
        status = withdrawn.was if withdrawn else ContractStatus.DRAFT
    if status is ContractStatus.DRAFT:
        return []
    found: list[Act] = []
    for act in reversed(in_force(acts)):
        if act.kind.fixes:
            found.append(act)
        if act.kind is ActKind.SIGN:
            return found
    return []


def status_after(kind: ActKind, status: ContractStatus, acts: Sequence[Act]) -> ContractStatus:
    """The status that an act gives a contract; reopening gives it back the one before the act that it takes back.

    A status without an act was given by an earlier version: a closed contract had been signed, others were drafts.
    """
    match kind:
        case ActKind.SIGN | ActKind.VARY:
            return ContractStatus.SIGNED
        case ActKind.CLOSE:
            return ContractStatus.CLOSED
        case ActKind.WITHDRAW:
            return ContractStatus.WITHDRAWN
        case ActKind.REOPEN:
            standing = standing_act(status, acts)
            if standing is not None:
                return standing.was
            return ContractStatus.SIGNED if status is ContractStatus.CLOSED else ContractStatus.DRAFT
        case _:
            assert_never(kind)


def badge_words(status: ContractStatus, acts: Sequence[Act]) -> str:
    """How a contract stands, in a word or a few: "Signed, varied once", "Reopened on 3 May 2026"."""
    if status is ContractStatus.DRAFT and acts and acts[-1].kind is ActKind.REOPEN:
        return f"{ActKind.REOPEN.done} on {format_date(acts[-1].done_on)}"
    varied = len(variations_in_force(status, acts)) if status is not ContractStatus.WITHDRAWN else 0
    return f"{status.words}, varied {times(varied)}" if varied else status.words


ACT = RecordType(
    "act",
    "sealed act",
    "sealed acts",
    Act,
    (
        Fact("kind", "Act", FactKind.CHOICE, choices=ActKind, is_typed=False, revision="0004"),
        Fact("done_on", "Done on", FactKind.DAY, "As on the paper", revision="0004"),
        Fact("takes_effect_on", "Takes effect on", FactKind.DAY, "The day from which it holds", revision="0004"),
        Fact(
            "role",
            "Role",
            hint="In which you do it, for example Procurement lead",
            most=_MOST_ROLE,
            needed="Enter your role, for example Procurement lead",
            revision="0004",
        ),
        Fact("reason", "Reason", FactKind.LONG, "For the history and the PDF", revision="0004"),
        Fact("was", "Status before", FactKind.CHOICE, choices=ContractStatus, revision="0004"),
        Fact("becomes", "Status after", FactKind.CHOICE, choices=ContractStatus, revision="0004"),
        Fact("value", "Sealed value", FactKind.POUNDS, revision="0004"),
        Fact("sha256", "SHA-256", column="content_sha256", is_typed=False, revision="0004"),
    ),
    name_of=lambda act: act.words,
)
"""What the history tells of an act."""
