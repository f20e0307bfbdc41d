"""Excludes bids and freezes evaluations: sealed acts, each with all that was seen when it was done.

What is frozen is one file with all that the ranking rests on. Before it is sealed, the ranking is rebuilt from it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tomsapp import __version__
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind, frozen_by
from tomsapp.domain.tender.frozen import FrozenBid, FrozenEvaluation, JudgingPacks, frozen_lots
from tomsapp.exchange.tenders.evaluation_file import EVALUATION_ENDING, OfferBytes, write_evaluation
from tomsapp.exchange.tenders.evaluation_json import frozen_in, record_parts
from tomsapp.exchange.tenders.evaluation_result import result_values
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.reporting import plain_name
from tomsapp.services.tenders.acts import ToSeal, check_act, check_unchanged, keep, label_of, sealed
from tomsapp.services.tenders.evaluating import read_evaluation
from tomsapp.services.tenders.opening import given_files
from tomsapp.services.tenders.reading import opened_from
from tomsapp.services.tenders.receipts import receipts_at
from tomsapp.services.tenders.receiving import pack_contents
from tomsapp.store.errors import NotFound, StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.problems import Problem
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.services.changes import Done
    from tomsapp.services.tenders.evaluating import EvaluatedBid, OpenEvaluation
    from tomsapp.services.tenders.offers import IssuedPack
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


def check_exclude(
    workspace: Workspace, evaluation: OpenEvaluation, facts: TenderActFacts, now: datetime
) -> list[Problem]:
    """What must be put right before a bid is excluded."""
    return check_act(opened_from(workspace, evaluation.read.tender, now), facts, now, _of_bids(evaluation))


def exclude(workspace: Workspace, evaluation: OpenEvaluation, facts: TenderActFacts, now: datetime) -> Done[int]:
    """Exclude a bid by a decision, with the reason that the bidder reads; gives the number of the act.

    Args:
        workspace: the open database.
        evaluation: as whoever excludes it sees it.
        facts: what is said of it, with lot, bidder and reason.
        now: the moment, with its zone.

    Raises:
        StoreError: there is no such bid, the reason says too little, or somebody changed the tender meanwhile.
    """
    if facts.kind is not TenderActKind.EXCLUDE:
        raise ValueError(facts.kind)
    told = _of_bids(evaluation)
    refuse_errors(check_exclude(workspace, evaluation, facts, now))
    opened = opened_from(workspace, evaluation.read.tender, now)
    label = label_of(opened, facts)
    with workspace.work(label) as uow:
        check_unchanged(workspace, uow, opened)
        number = keep(uow, opened, facts, told, now)
        uow.commit()
    return sealed(number, facts, label, number)


def _of_bids(evaluation: OpenEvaluation) -> ToSeal:
    records = ((bid.stored.record, bid.stored.id) for bid in evaluation.bids)
    return ToSeal(bids={(bid.lot, bid.supplier): number for bid, number in records}, unfinished=evaluation.unfinished)


def check_freeze(
    workspace: Workspace, evaluation: OpenEvaluation, facts: TenderActFacts, now: datetime
) -> list[Problem]:
    """What must be put right before an evaluation is frozen: what is undecided, without a mark or without a price."""
    return check_act(opened_from(workspace, evaluation.read.tender, now), facts, now, _of_bids(evaluation))


@without_looking_for_garbage()
def freeze(workspace: Workspace, evaluation: OpenEvaluation, facts: TenderActFacts, now: datetime) -> Done[int]:
    """Fix an evaluation with all that it rests on, in one file that is kept for good; gives the number of the act.

    Args:
        workspace: the open database.
        evaluation: as whoever freezes it sees it.
        facts: what is said of it.
        now: the moment, with its zone.

    Raises:
        StoreError: something is still to be done, or somebody changed the tender or a bid meanwhile; nothing was done.
    """
    if facts.kind is not TenderActKind.FREEZE:
        raise ValueError(facts.kind)
    told = _of_bids(evaluation)
    refuse_errors(check_freeze(workspace, evaluation, facts, now))
    opened = opened_from(workspace, evaluation.read.tender, now)
    label = label_of(opened, facts)
    with workspace.work(label) as uow:
        check_unchanged(workspace, uow, opened)
        if read_evaluation(workspace, uow, opened.id) != evaluation.read:
            raise StoreError(
                "Somebody changed a bid, a decision or a mark meanwhile", "Nothing was done. Look at it again"
            )
        content = _content(uow, evaluation, _records(uow, evaluation, facts, now))
        number = keep(uow, opened, facts, ToSeal(bids=told.bids, evaluation=content), now)
        uow.commit()
    return sealed(number, facts, label, number)


def _records(uow: UnitOfWork, evaluation: OpenEvaluation, facts: TenderActFacts, now: datetime) -> FrozenEvaluation:
    read, tender = evaluation.read, evaluation.packs[-1].pack.pack.tender
    marks = [each.record for each in uow.marks.of_tender(evaluation.opened.id)]

    def of(bid: EvaluatedBid) -> FrozenBid:
        number = bid.stored.id
        return FrozenBid(
            number,
            bid.stored.record,
            None if bid.receipt is None else bid.receipt.judged.file.number,
            tuple(each.record for each in bid.decisions),
            tuple(mark for mark in marks if mark.bid == number),
            tuple(each.record for each in bid.moderated),
        )

    return FrozenEvaluation(
        evaluation.opened.council,
        tender.reference,
        tender.title,
        facts,
        uow.who,
        now.astimezone(UTC),
        __version__,
        read.tender.acts,
        tuple(each.judged.file for each in receipts_at(uow, evaluation.opened.id)),
        tuple((each.id, each.record) for each in read.evaluators),
        tuple(of(bid) for bid in evaluation.bids),
    )


def _content(uow: UnitOfWork, evaluation: OpenEvaluation, frozen: FrozenEvaluation) -> bytes:
    """The bytes of the file, from which the same ranking was rebuilt.

    Raises:
        StoreError: another ranking comes out of what would be kept.
    """
    result = result_values((lot.lot, lot.evaluated) for lot in evaluation.lots)
    offers = {
        receipt.judged.file.number: evaluation.files[receipt.judged.file.sha256].offer
        for _, receipt in evaluation.read.bids
        if receipt is not None
    }
    again = frozen_lots(frozen_in(record_parts(frozen)), judging_packs(evaluation.packs), offers)
    if result_values(again) != result:
        raise StoreError("The ranking does not come out again of what would be frozen", "Nothing was done. Report it")
    receipts = [receipt for _, receipt in evaluation.read.bids if receipt is not None]
    files = given_files(uow, receipts)
    held = {
        receipt.judged.file.number: OfferBytes(file.name, file.data)
        for receipt, file in zip(receipts, files, strict=True)
    }
    return write_evaluation(frozen, pack_contents(uow, evaluation.opened.id), held, result)


def judging_packs(packs: Sequence[IssuedPack]) -> JudgingPacks:
    """The packs of a tender as an evaluation is judged by them."""
    newest = packs[-1]
    return JudgingPacks(newest.pack.pack, newest.edition, [each.pack.identity for each in packs])


def frozen_bytes(workspace: Workspace, tender_id: int) -> bytes:
    """The file of the evaluation that stands as it was frozen.

    Raises:
        NotFound: none is frozen.
        StoreError: its bytes are not those that were frozen.
    """
    with workspace.look() as uow:
        act = frozen_by(uow.tender_acts.of(tender_id))
        if act is None:
            raise NotFound("The evaluation is not frozen", "Freeze it first")
        return uow.frozen_evaluations.content(act.id)


def evaluation_file_name(tender: Tender) -> str:
    """What the file of a frozen evaluation is called."""
    return plain_name(f"{tender.reference} evaluation", EVALUATION_ENDING)
