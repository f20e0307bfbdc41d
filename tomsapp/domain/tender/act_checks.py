"""What must be put right before an act of a tender is done: when it may be done, what it is about, and its reason.

Source: docs/decisions/048-the-tender.md.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import fact_problem
from tomsapp.domain.seal import REASON_LETTERS, letters_missing
from tomsapp.domain.tender.acts import (
    TENDER_ACT,
    TenderAct,
    TenderActFacts,
    TenderActKind,
    admissions,
    awarded,
    excluded,
    newest_version,
    standing,
    tender_status,
)
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.deadline import lateness
from tomsapp.domain.wording import format_date, plural

_STATUSES: Mapping[TenderActKind, frozenset[TenderStatus]] = {
    TenderActKind.ISSUE: frozenset({TenderStatus.DRAFT}),
    TenderActKind.AMEND: frozenset({TenderStatus.ISSUED}),
    TenderActKind.OPEN: frozenset({TenderStatus.ISSUED}),
    TenderActKind.OPEN_EARLY: frozenset({TenderStatus.ISSUED}),
    TenderActKind.ADMIT_LATE: frozenset({TenderStatus.ISSUED, TenderStatus.OPENED}),
    TenderActKind.EXCLUDE: frozenset({TenderStatus.OPENED}),
    TenderActKind.FREEZE: frozenset({TenderStatus.OPENED}),
    TenderActKind.AWARD: frozenset({TenderStatus.FROZEN}),
    TenderActKind.WITHDRAW: frozenset(
        {TenderStatus.DRAFT, TenderStatus.ISSUED, TenderStatus.OPENED, TenderStatus.FROZEN}
    ),
    TenderActKind.TAKE_BACK: frozenset(TenderStatus),
}
"""In which status of a tender each act can be done."""

_RESTS_ON = frozenset(
    {
        (TenderActKind.FREEZE, TenderActKind.ADMIT_LATE),
        (TenderActKind.FREEZE, TenderActKind.EXCLUDE),
        (TenderActKind.AWARD, TenderActKind.FREEZE),
    }
)
"""Which later act rests on which earlier one, and is taken back before it."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How much of an evaluation is still to be done before it can be frozen.

    Attributes:
        undecided: problems of bids about which nothing is decided.
        unmoderated: answers of admitted bids without a moderated mark.
        unscored: admitted bids without a price or a quality that is asked.
    """

    undecided: int = 0
    unmoderated: int = 0
    unscored: int = 0

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """What is still to be done, each as a code and as it is said: "2 problems of bids are undecided"."""
        left = (
            ("undecided", self.undecided, "problem of a bid is undecided", "problems of bids are undecided"),
            ("unmoderated", self.unmoderated, "answer has no moderated mark", "answers have no moderated mark"),
            ("unscored", self.unscored, "bid has no price or no quality", "bids have no price or no quality"),
        )
        return tuple((code, plural(count, one, many)) for code, count, one, many in left if count)


NOTHING_LEFT = Unfinished()
"""An evaluation that can be frozen."""


@dataclass(frozen=True, slots=True)
class TenderActGround:
    """What an act of a tender is held against; what it is not about stays empty.

    Attributes:
        acts: every act of the tender.
        lots: the numbers of its lots.
        now: the moment of the act, with its zone.
        deadline: the tender's last moment in time; None where none is set.
        set_up_errors: how many errors its set-up has.
        has_changes: of amending, whether anything differs from the version before.
        late: of admitting late, the numbers of the receipts that are late and complete.
        bids: the numbers of the bids there are, by lot and bidder.
        first: of awarding, the bidders that are ranked first in the lot; several in a tie.
        unfinished: of freezing, what of the evaluation is still to be done.
        reverses: of taking back, the act that is taken back; None where it does not stand any more.
        stands: of taking an award back, why it cannot be: what became of its contract; empty where it can.
    """

    acts: tuple[TenderAct, ...]
    lots: tuple[int, ...]
    now: datetime
    deadline: datetime | None = None
    set_up_errors: int = 0
    has_changes: bool = True
    late: frozenset[int] = frozenset()
    bids: Mapping[tuple[int, str], int] = field(default_factory=dict)
    first: frozenset[str] = frozenset()
    unfinished: Unfinished = NOTHING_LEFT
    reverses: TenderAct | None = None
    stands: str = ""

    @property
    def status(self) -> TenderStatus:
        """Where the tender stands."""
        return tender_status(self.acts, self.lots)

    @property
    def is_past_deadline(self) -> bool:
        """Whether no offer can be in time any more."""
        return self.deadline is not None and bool(lateness(self.now, self.deadline))


def tender_act_problems(facts: TenderActFacts, ground: TenderActGround) -> list[Problem]:
    """What must be put right before an act is done; a warning is a question that the reason answers."""
    found = [*_said(facts, ground)]
    if ground.status not in _STATUSES[facts.kind]:
        message = f"The tender is {ground.status.words.lower()}, and this cannot be done then"
        found.append(_problem("status-wrong", message, "See what was done with the tender before"))
    else:
        found.extend(_CHECKS[facts.kind](facts, ground))
    asks = any(problem.severity is Severity.WARNING for problem in found)
    if letters_missing(facts.reason) and (asks or facts.kind.always_needs_reason):
        message = "The reason says too little"
        found.append(_problem("reason-short", message, f"Say why in at least {REASON_LETTERS} letters", "reason"))
    return found


def _said(facts: TenderActFacts, ground: TenderActGround) -> Iterable[Problem]:
    # The day at the place of whoever does it: the moment comes with their zone.
    if facts.done_on > ground.now.date():
        message = f"{format_date(facts.done_on)} has not come yet"
        yield _problem("done-on-future", message, "Enter the day on which it was done", "done_on")
    role = TENDER_ACT.fact("role")
    fault = role.fault(facts.role)
    if fault is not None:
        yield fact_problem(TENDER_ACT, role, fault)


def _issue(facts: TenderActFacts, ground: TenderActGround) -> Iterable[Problem]:
    if ground.set_up_errors:
        errors = plural(ground.set_up_errors, "error")
        yield _problem("set-up-errors", f"The set-up has {errors}", "Put them right first")
    if facts.version != newest_version(ground.acts) + 1:
        yield _problem("version-wrong", "Another version was issued meanwhile", "Look at it, and issue again")


def _amend(facts: TenderActFacts, ground: TenderActGround) -> Iterable[Problem]:
    yield from _issue(facts, ground)
    if not ground.has_changes:
        yield _problem("nothing-changed", "Nothing differs from the version before", "Change something first")


def _open(_facts: TenderActFacts, ground: TenderActGround) -> Iterable[Problem]:
    if not ground.is_past_deadline:
        fix = "Wait for it, or open early with a reason"
        yield _problem("before-deadline", "The deadline has not passed", fix)


def _open_early(_facts: TenderActFacts, ground: TenderActGround) -> Iterable[Problem]:
    if ground.is_past_deadline:
        yield _problem("past-deadline", "The deadline has passed, so this is not early", "Open the offers")


def _admit(facts: TenderActFacts, ground: TenderActGround) -> Iterable[Problem]:
    if facts.receipt in admissions(ground.acts):
        yield _problem(
            "admitted-already", f"Receipt {facts.receipt} is admitted already", "Choose another one", "receipt"
        )
    elif facts.receipt not in ground.late:
        message = "Only a file that is late and could count otherwise is admitted"
        yield _problem("not-late", message, "Choose such a file", "receipt")


def _exclude(facts: TenderActFacts, ground: TenderActGround) -> Iterable[Problem]:
    bid = _bid(facts, ground)
    if bid is None:
        yield _problem("no-such-bid", "There is no such bid", "Choose a bid", "supplier")
    elif bid in excluded(ground.acts):
        yield _problem("excluded-already", "The bid is excluded already", "Choose another one", "supplier")


def _bid(facts: TenderActFacts, ground: TenderActGround) -> int | None:
    return None if facts.lot is None else ground.bids.get((facts.lot, facts.supplier))


def _freeze(_facts: TenderActFacts, ground: TenderActGround) -> Iterable[Problem]:
    for code, words in ground.unfinished.words:
        yield _problem(code, words, "Finish it before the evaluation is fixed")


def _award(facts: TenderActFacts, ground: TenderActGround) -> Iterable[Problem]:
    given = awarded(ground.acts)
    if facts.lot not in ground.lots:
        yield _problem("no-such-lot", "There is no such lot", "Choose a lot", "lot")
    elif facts.lot in given:
        yield _problem("awarded-already", f"Lot {facts.lot} went to {given[facts.lot]}", "Choose another lot", "lot")
    elif (bid := _bid(facts, ground)) is None or bid in excluded(ground.acts):
        yield _problem("no-such-bid", "There is no such bid that is admitted", "Choose a bid", "supplier")
    elif facts.supplier not in ground.first:
        message = f"{facts.supplier} is not ranked first in lot {facts.lot}"
        fix = "Choose another bid, or say why in the reason"
        yield _problem("not-first", message, fix, "supplier", Severity.WARNING)


def _nothing(_facts: TenderActFacts, _ground: TenderActGround) -> Iterable[Problem]:
    return ()


def _take_back(_facts: TenderActFacts, ground: TenderActGround) -> Iterable[Problem]:
    act = ground.reverses
    still = standing(ground.acts)
    if act is None or act.id not in {each.id for each in still}:
        yield _problem("gone", "The act does not stand any more", "Choose another one")
    elif not act.kind.can_be_taken_back:
        message = f"“{act.kind.done}” cannot be taken back: others have seen it"
        yield _problem("never-taken-back", message, "Amend the tender, or withdraw it")
    elif resting := [each for each in still if each.id > act.id and (each.kind, act.kind) in _RESTS_ON]:
        message = f"“{resting[-1].kind.done}” rests on it"
        yield _problem("rested-on", message, "Take that back first")
    elif ground.stands:
        yield _problem("contract-sealed", ground.stands, "Withdraw that contract, with the reason")


_CHECKS: Mapping[TenderActKind, Callable[[TenderActFacts, TenderActGround], Iterable[Problem]]] = {
    TenderActKind.ISSUE: _issue,
    TenderActKind.AMEND: _amend,
    TenderActKind.OPEN: _open,
    TenderActKind.OPEN_EARLY: _open_early,
    TenderActKind.ADMIT_LATE: _admit,
    TenderActKind.EXCLUDE: _exclude,
    TenderActKind.FREEZE: _freeze,
    TenderActKind.AWARD: _award,
    TenderActKind.WITHDRAW: _nothing,
    TenderActKind.TAKE_BACK: _take_back,
}


def _problem(code: str, message: str, fix: str, field: str = "", severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, severity, message, fix, Where(field=field))
