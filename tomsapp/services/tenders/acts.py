"""What all sealed acts of a tender have in common: what is said, what is wrong with it, and how it is kept.

An act is kept for good with a document of all that was seen when it was done. Where the tender stands is saved with it
in one transaction, and in no other way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tomsapp.domain.contract import CONTRACT, Contract
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.act_checks import NOTHING_LEFT, TenderActGround, Unfinished, tender_act_problems
from tomsapp.domain.tender.acts import TENDER_ACT, TenderAct, TenderActFacts, TenderActKind, tender_status
from tomsapp.domain.tender.award import why_award_stands
from tomsapp.domain.wording import format_date
from tomsapp.exchange.tender_act_json import (
    StatedFile,
    StatedPack,
    TenderActDocument,
    read_tender_act,
    write_tender_act,
)
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.sealed_rules import today
from tomsapp.services.tenders.reading import OpenTender, opened_from, read_tender
from tomsapp.store.errors import StoreError
from tomsapp.store.kept import sha256_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tomsapp.domain.history import Stored
    from tomsapp.domain.problems import Problem
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

PLAIN = frozenset({TenderActKind.WITHDRAW, TenderActKind.TAKE_BACK})
"""Acts that need nothing beside what is said of them."""

_INSTEAD = "Amend the tender, or withdraw it, with the reason"


@dataclass(frozen=True, slots=True)
class NewAward:
    """The number of the contract that an award makes, and the bytes that say where its commitments came from."""

    contract: int
    content: bytes


@dataclass(frozen=True, slots=True)
class ToSeal:
    """What an act is done with, beside what is said of it; what it is not about stays empty.

    Attributes:
        pack: of issuing and amending, which pack it is.
        has_changes: of amending, whether anything differs from the version before.
        reverses: the act that it takes back.
        late: the numbers of the receipts that are late and could count otherwise.
        bids: the numbers of the bids there are, by lot and bidder.
        unfinished: of freezing, what of the evaluation is still to be done.
        evaluation: of freezing, the bytes of the file that is kept.
        first: of awarding, the bidders that are ranked first in the lot.
        award: of awarding, the contract that it makes.
        stands: of taking an award back, why it cannot be; empty where it can.
    """

    pack: StatedPack | None = None
    has_changes: bool = True
    reverses: TenderAct | None = None
    late: frozenset[int] = frozenset()
    bids: Mapping[tuple[int, str], int] = field(default_factory=dict)
    unfinished: Unfinished = NOTHING_LEFT
    evaluation: bytes | None = None
    first: frozenset[str] = frozenset()
    award: NewAward | None = None
    stands: str = ""

    def bid(self, facts: TenderActFacts) -> int | None:
        """The number of the bid that an act is about; None where it is about none."""
        return self.bids.get((facts.lot, facts.supplier)) if facts.lot is not None else None


def proposed(workspace: Workspace, kind: TenderActKind) -> TenderActFacts:
    """What is most likely said of an act: done today, in the role as before."""
    with workspace.look() as uow:
        role = uow.tender_acts.last_role(workspace.who) or uow.acts.last_role(workspace.who)
    return TenderActFacts(kind, today(), role)


def check_act(opened: OpenTender, facts: TenderActFacts, now: datetime, told: ToSeal | None = None) -> list[Problem]:
    """What must be put right before an act is done at a moment; a warning is a question that the reason answers."""
    told = told or ToSeal()
    ground = TenderActGround(
        opened.acts,
        tuple(lot.record.number for lot in opened.lots),
        now,
        opened.deadline,
        sum(each.is_error for each in opened.problems),
        told.has_changes,
        told.late,
        told.bids,
        told.first,
        unfinished=told.unfinished,
        reverses=told.reverses,
        stands=told.stands,
    )
    return tender_act_problems(facts, ground)


def check_unchanged(workspace: Workspace, uow: UnitOfWork, opened: OpenTender) -> None:
    """Make sure that a tender is still as it was opened, and stays so until this transaction ends.

    Raises:
        StoreError: somebody changed it.
    """
    uow.tenders.hold(opened.id)
    if read_tender(workspace, uow, opened.id) != opened.read:
        message = f"Somebody changed {opened.tender.reference} meanwhile"
        raise StoreError(message, "Nothing was done. Look at it again first")


def keep(uow: UnitOfWork, opened: OpenTender, facts: TenderActFacts, told: ToSeal, now: datetime) -> int:
    """Keep an act with its document, and put the tender where it stands from then on; gives the act's number."""
    was = opened.tender.status
    reverses = told.reverses
    lots = [lot.record.number for lot in opened.lots]
    after = TenderAct(
        *(getattr(facts, name) for name in TenderActFacts.__slots__),
        id=max((act.id for act in opened.acts), default=0) + 1,
        tender_id=opened.id,
        by=uow.who,
        recorded_at=now,
        reverses=reverses.id if reverses else None,
    )
    becomes = tender_status((*opened.acts, after), lots)
    confirmed = tuple(each.problem.message for each in opened.problems if each.problem.severity is Severity.WARNING)
    digest, award = reverses.sha256 if reverses else "", told.award
    document = TenderActDocument(
        facts,
        opened.tender.reference,
        uow.who,
        was,
        becomes,
        digest,
        told.pack,
        _stated(told.evaluation),
        told.bid(facts),
        confirmed if facts.kind.makes_version else (),
        award=_stated(None if award is None else award.content),
        contract=None if award is None else award.contract,
    )
    reversed_id = reverses.id if reverses else None
    number = uow.tender_acts.add(opened.id, facts, write_tender_act(document), reversed_id, told.bid(facts))
    if told.evaluation is not None:
        uow.frozen_evaluations.add(opened.id, told.evaluation, number)
    if award is not None:
        uow.awards.add(opened.id, award.content, number, award.contract)
    uow.tenders.save(opened.id, opened.stored.version, replace(opened.tender, status=becomes))
    return number


def _stated(content: bytes | None) -> StatedFile | None:
    return None if content is None else StatedFile(sha256_of(content), len(content))


def do(
    workspace: Workspace,
    opened: OpenTender,
    facts: TenderActFacts,
    now: datetime,
    reverses: TenderAct | None = None,
) -> Done[int]:
    """Withdraw the tender, or take an act back; gives the number of the act.

    With an award that is taken back, the draft contract that it made is deleted, and the history keeps it.

    Raises:
        StoreError: it cannot be done, or somebody changed the tender meanwhile.
    """
    if facts.kind not in PLAIN:
        raise ValueError(facts.kind)
    opened = opened_from(workspace, opened.read, now)
    refuse_errors(check_plain(workspace, opened, facts, now, reverses))
    label = label_of(opened, facts)
    with workspace.work(label) as uow:
        check_unchanged(workspace, uow, opened)
        made = None if reverses is None else contract_of_award(uow, reverses, is_held=True)
        stands = "" if made is None else why_stands(uow, made)
        if stands:
            raise StoreError(stands, "Nothing was done. Withdraw that contract, with the reason")
        number = keep(uow, opened, facts, ToSeal(reverses=reverses), now)
        gone: list[RecordChange] = []
        if made is not None and not made.is_deleted:
            was = (made.record, uow.contracts.supplier_id_of(made.id))
            uow.contracts.delete(made.id, made.version)
            gone.append(RecordChange(CONTRACT, made.id, was, None, made.id))
        uow.commit()
    return sealed(number, facts, label, number, gone)


def check_plain(
    workspace: Workspace, opened: OpenTender, facts: TenderActFacts, now: datetime, reverses: TenderAct | None = None
) -> list[Problem]:
    """What must be put right before a tender is withdrawn or an act is taken back, whatever the act has made."""
    stands = ""
    if reverses is not None:
        with workspace.look() as uow:
            made = contract_of_award(uow, reverses)
            stands = "" if made is None else why_stands(uow, made)
    return check_act(opened, facts, now, ToSeal(reverses=reverses, stands=stands))


def contract_of_award(uow: UnitOfWork, act: TenderAct, *, is_held: bool = False) -> Stored[Contract] | None:
    """The contract that an act made, held until the transaction ends if so wished; None where it made none."""
    number = uow.awards.contracts(act.tender_id).get(act.id)
    if number is None:
        return None
    return uow.contracts.hold(number) if is_held else uow.contracts.get(number)


def why_stands(uow: UnitOfWork, made: Stored[Contract]) -> str:
    """Why an award cannot be taken back, by the contract that it made; empty where it can."""
    return why_award_stands(made.record, uow.acts.of(made.id))


def sealed(result: int, facts: TenderActFacts, label: str, number: int, more: Sequence[RecordChange] = ()) -> Done[int]:
    """An act that is done: Undo stops at it. `more` is what it changed beside itself."""
    stop = f"{facts.kind.done} on {format_date(facts.done_on)}. Undo stops here"
    return Done(result, Edit(label, (RecordChange(TENDER_ACT, number, None, facts), *more), stop, _INSTEAD))


def label_of(opened: OpenTender, facts: TenderActFacts) -> str:
    """What is done, in the history: "Withdraw T-2026-003: the budget is gone"."""
    about = f" {facts.about} of" if facts.about else ""
    reason = f": {facts.reason}" if facts.reason else ""
    return f"{facts.kind.words}{about} {opened.tender.reference}{reason}"


# The documents


def document_bytes(workspace: Workspace, act: TenderAct) -> bytes:
    """The document of an act as it is kept, to be saved as a file."""
    with workspace.look() as uow:
        return uow.tender_acts.document(act.id)


def is_whole(act: TenderAct, data: bytes) -> bool:
    """Whether the document of an act is the one that was sealed, and the act says what its document says."""
    if sha256_of(data) != act.sha256:
        return False
    document = read_tender_act(data)
    said = TenderActFacts(*(getattr(act, name) for name in TenderActFacts.__slots__))
    return (document.facts, document.by, document.bid) == (said, act.by, act.bid)
