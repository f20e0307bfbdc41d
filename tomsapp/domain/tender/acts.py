"""What is done for good with a tender: issued, amended, opened, a file admitted or a bid excluded, frozen, awarded.

Each act is kept with who did it, in which role, when and why, and is never changed. Some are taken back by an act of
their own; what was seen by others stays done.
Source: docs/decisions/048-the-tender.md.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import partial

from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.taken_back import still_standing
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.receipt import Admission
from tomsapp.domain.wording import format_date

_MOST_ROLE = 120


class TenderActKind(Enum):
    """What is done."""

    ISSUE = "issue"
    """The first version of the pack goes out."""
    AMEND = "amend"
    """A further version goes out."""
    OPEN = "open"
    """The offers are opened, after the deadline."""
    OPEN_EARLY = "open_early"
    """The offers are opened before the deadline."""
    ADMIT_LATE = "admit_late"
    """A late file counts."""
    EXCLUDE = "exclude"
    """A bid is not admitted, by a decision and not by a rule."""
    FREEZE = "freeze"
    """The evaluation is fixed, with all that it rests on."""
    AWARD = "award"
    """A lot goes to a bidder."""
    WITHDRAW = "withdraw"
    """The tender ends without an award of what is not awarded yet."""
    TAKE_BACK = "take_back"
    """An act is taken back, as it was wrong."""

    @property
    def words(self) -> str:
        """The act as people choose it: "Admit late"."""
        return self.value.replace("_", " ").capitalize()

    @property
    def done(self) -> str:
        """The act once it is done: "Opened early"."""
        return _DONE[self]

    @property
    def always_needs_reason(self) -> bool:
        """Whether it is never done without a reason."""
        return self in _WITH_REASON

    @property
    def can_be_taken_back(self) -> bool:
        """Whether a later act can take it back; what others have seen cannot be unseen."""
        return self in _TAKEN_BACK

    @property
    def is_about_file(self) -> bool:
        """Whether it is about one received file."""
        return self is TenderActKind.ADMIT_LATE

    @property
    def is_about_bid(self) -> bool:
        """Whether it is about one bidder in one lot."""
        return self in {TenderActKind.EXCLUDE, TenderActKind.AWARD}

    @property
    def makes_version(self) -> bool:
        """Whether it issues a version of the pack."""
        return self in {TenderActKind.ISSUE, TenderActKind.AMEND}


_DONE = {
    TenderActKind.ISSUE: "Issued",
    TenderActKind.AMEND: "Amended",
    TenderActKind.OPEN: "Opened",
    TenderActKind.OPEN_EARLY: "Opened early",
    TenderActKind.ADMIT_LATE: "Late file admitted",
    TenderActKind.EXCLUDE: "Bid excluded",
    TenderActKind.FREEZE: "Evaluation frozen",
    TenderActKind.AWARD: "Awarded",
    TenderActKind.WITHDRAW: "Withdrawn",
    TenderActKind.TAKE_BACK: "Taken back",
}
_WITH_REASON = frozenset(
    {
        TenderActKind.OPEN_EARLY,
        TenderActKind.ADMIT_LATE,
        TenderActKind.EXCLUDE,
        TenderActKind.WITHDRAW,
        TenderActKind.TAKE_BACK,
    }
)
_TAKEN_BACK = frozenset(
    {
        TenderActKind.ADMIT_LATE,
        TenderActKind.EXCLUDE,
        TenderActKind.FREEZE,
        TenderActKind.AWARD,
        TenderActKind.WITHDRAW,
    }
)


@dataclass(frozen=True, slots=True)
class TenderActFacts:
    """What somebody says who does an act.

    Attributes:
        done_on: the day on which it was done.
        role: in which role they do it: "Procurement lead".
        reason: why; of an exclusion the bidder reads it.
        version: of issuing and amending, the version of the pack.
        receipt: of admitting late, the number of the receipt.
        lot, supplier: of excluding and awarding, the lot's number and the bidder.
    """

    kind: TenderActKind
    done_on: date
    role: str
    reason: str = ""
    version: int | None = None
    receipt: int | None = None
    lot: int | None = None
    supplier: str = ""

    @property
    def about(self) -> str:
        """What it is about: "pack version 2", "receipt 3", "Calder Clean Cooperative, lot 1"; empty of the whole."""
        if self.version is not None:
            return f"pack version {self.version}"
        if self.receipt is not None:
            return f"receipt {self.receipt}"
        return f"{self.supplier}, lot {self.lot}" if self.lot is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderAct(TenderActFacts):
    """An act as it is kept.

    Attributes:
        by, recorded_at: who did it, and the moment at which the database took it in.
        sha256: of its document.
        reverses: the number of the act that it takes back.
        bid: of excluding and awarding, the number of the bid, whatever its bidder is called later.
    """

    id: int
    tender_id: int
    by: str
    recorded_at: datetime
    sha256: str = ""
    reverses: int | None = None
    bid: int | None = None

    @property
    def words(self) -> str:
        """The act in a sentence: "Issued on 4 January 2027 by A. Okafor, Procurement lead: pack version 1"."""
        role = f", {self.role}" if self.role else ""
        about = f": {self.about}" if self.about else ""
        return f"{self.kind.done} on {format_date(self.done_on)} by {self.by}{role}{about}"


def standing(acts: Iterable[TenderAct]) -> tuple[TenderAct, ...]:
    """The acts that were not taken back, in the order in which the database took them in, without the takings back."""
    return still_standing(acts, TenderActKind.TAKE_BACK)


def tender_status(acts: Iterable[TenderAct], lots: Collection[int]) -> TenderStatus:
    """Where a tender stands after its acts; awarded once every one of its lots is."""
    done = standing(acts)
    kinds = {act.kind for act in done}
    if TenderActKind.WITHDRAW in kinds:
        return TenderStatus.WITHDRAWN
    if lots and set(lots) <= set(awarded(done)):
        return TenderStatus.AWARDED
    if TenderActKind.FREEZE in kinds:
        return TenderStatus.FROZEN
    if kinds & {TenderActKind.OPEN, TenderActKind.OPEN_EARLY}:
        return TenderStatus.OPENED
    return TenderStatus.ISSUED if TenderActKind.ISSUE in kinds else TenderStatus.DRAFT


def newest_version(acts: Iterable[TenderAct]) -> int:
    """The version of the pack that is in force; 0 before the first is issued."""
    return max((act.version for act in standing(acts) if act.version is not None), default=0)


def admissions(acts: Iterable[TenderAct]) -> dict[int, Admission]:
    """Who admitted which late files, by the number of the receipt."""
    return {
        act.receipt: Admission(act.by, act.reason)
        for act in standing(acts)
        if act.kind is TenderActKind.ADMIT_LATE and act.receipt is not None
    }


def excluded(acts: Iterable[TenderAct]) -> dict[int, str]:
    """Why bids were excluded by decision, by the number of the bid."""
    return {act.bid: act.reason for act in standing(acts) if act.kind is TenderActKind.EXCLUDE and act.bid is not None}


def frozen_by(acts: Iterable[TenderAct]) -> TenderAct | None:
    """The act that fixed the evaluation; None where none stands."""
    return next((act for act in standing(acts) if act.kind is TenderActKind.FREEZE), None)


def awarded(acts: Iterable[TenderAct]) -> dict[int, str]:
    """To whom each lot went that is awarded."""
    return {act.lot: act.supplier for act in standing(acts) if act.kind is TenderActKind.AWARD and act.lot is not None}


def award_of(acts: Iterable[TenderAct], lot: int) -> TenderAct | None:
    """The act that awarded a lot; None where none stands."""
    return next((act for act in standing(acts) if act.kind is TenderActKind.AWARD and act.lot == lot), None)


def early_opening(acts: Sequence[TenderAct]) -> TenderAct | None:
    """The act that opened the offers before the deadline, which every report tells; None where none did."""
    return next((act for act in standing(acts) if act.kind is TenderActKind.OPEN_EARLY), None)


_fact = partial(Fact, revision="0017")

TENDER_ACT = RecordType(
    "tender_act",
    "act of a tender",
    "acts of tenders",
    TenderAct,
    (
        _fact("kind", "Act", FactKind.CHOICE, choices=TenderActKind, is_typed=False),
        _fact("done_on", "Done on", FactKind.DAY, needed="Enter the day on which it was done"),
        _fact(
            "role",
            "Role",
            hint="In which you do it, for example Procurement lead",
            most=_MOST_ROLE,
            needed="Enter your role, for example Procurement lead",
        ),
        _fact("reason", "Reason", FactKind.LONG, "For the record; of an exclusion the bidder reads it"),
        _fact("version", "Pack version", FactKind.WHOLE, column="pack_version", is_typed=False),
        _fact("receipt", "Receipt", FactKind.WHOLE, is_typed=False),
        _fact("lot", "Lot", FactKind.WHOLE, is_typed=False),
        _fact("supplier", "Bidder", is_typed=False, is_name=True),
        _fact("sha256", "SHA-256", column="content_sha256", is_typed=False),
    ),
    name_of=lambda act: act.words,
    heading="Acts of tenders",
)
"""What the history tells of an act."""
