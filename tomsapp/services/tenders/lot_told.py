"""The one reading of a lot for its papers: the evaluation that the window shows, and what stands beside its figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp import __version__
from tomsapp.domain.papers.evaluation_told import BidTold, EvaluationTold
from tomsapp.domain.tender.lot_evaluation import check_bid
from tomsapp.services.tenders.evaluating import OpenEvaluation, ReadEvaluation, open_evaluation, read_evaluation
from tomsapp.services.tenders.marks_held import check_sees_figures
from tomsapp.services.tenders.receipts import receipts_at
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tomsapp.domain.council import CouncilSettings
    from tomsapp.domain.history import Stored
    from tomsapp.domain.supplier import Supplier
    from tomsapp.domain.tender.explaining import ScoreExplanation
    from tomsapp.domain.tender.marking import Mark
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.evaluating import EvaluatedBid, EvaluatedLot
    from tomsapp.services.tenders.receipts import ListedReceipt
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Beside:
    """What papers tell beside the figures, as it was at the moment of the same reading.

    Attributes:
        marks: those of each evaluator.
        explanations: why bids have their scores.
        suppliers: who bids as the council records them, by the numbers of the bids.
    """

    read: ReadEvaluation
    receipts: tuple[ListedReceipt, ...]
    marks: tuple[Mark, ...]
    explanations: tuple[Stored[ScoreExplanation], ...]
    suppliers: Mapping[int, Supplier]
    settings: CouncilSettings


@dataclass(frozen=True, slots=True)
class LotTold:
    """A lot with all that its papers are made of; `told` is without what was tried."""

    evaluation: OpenEvaluation
    held: EvaluatedLot
    beside: Beside
    told: EvaluationTold


def lot_told(
    workspace: Workspace,
    tender_id: int,
    lot: int,
    before: OpenEvaluation | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> LotTold:
    """Read a lot by its number for its papers.

    Args:
        workspace: the open database.
        tender_id: the number of the tender.
        lot: the number of the lot.
        before: an earlier reading; what did not change since is not read again.
        progress: watches the reading of offers.
        now: the moment at which the tender is looked at, with its zone; the present one if none is named.

    Raises:
        NotFound: there is no such tender.
        StoreError: the tender is not issued or has no such lot, or who works here marks its answers and may see
            neither prices nor social value yet.
        TomsError: kept bytes cannot be read.
        Cancelled: nobody waits for it any more.
    """
    evaluation, beside = read_beside(workspace, tender_id, before, progress, now)
    held = next((each for each in evaluation.lots if each.lot.number == lot), None)
    if held is None:
        reference = evaluation.opened.tender.reference
        if not evaluation.lots:
            raise StoreError(f"{reference} is not issued, so nothing is evaluated", "Issue the pack first")
        raise StoreError(f"{reference} has no lot {lot}", f"Name one of its {len(evaluation.lots)} lots")
    return LotTold(evaluation, held, beside, _told(evaluation, held, beside))


def read_beside(
    workspace: Workspace,
    tender_id: int,
    before: OpenEvaluation | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> tuple[OpenEvaluation, Beside]:
    """The evaluation with what stands beside it, both from one moment: where somebody was between, both anew.

    Raises:
        NotFound, StoreError, TomsError, Cancelled: as `lot_told`.
    """
    evaluation = open_evaluation(workspace, tender_id, before, progress, now)
    while True:
        with workspace.look() as uow:
            check_sees_figures(uow, workspace.who, tender_id)
            beside = Beside(
                read_evaluation(workspace, uow, tender_id),
                receipts_at(uow, tender_id),
                tuple(each.record for each in uow.marks.of_tender(tender_id)),
                tuple(uow.explanations.of_tender(tender_id)),
                _suppliers(uow, tender_id),
                workspace.settings_at(uow),
            )
        if beside.read == evaluation.read:
            return evaluation, beside
        evaluation = open_evaluation(workspace, tender_id, evaluation, progress, now)


def _suppliers(uow: UnitOfWork, tender_id: int) -> dict[int, Supplier]:
    return {bid.id: uow.suppliers.get(uow.bids.supplier_of(bid.id)).record for bid in uow.bids.of(tender_id)}


def _told(evaluation: OpenEvaluation, held: EvaluatedLot, beside: Beside) -> EvaluationTold:
    newest = evaluation.packs[-1].pack.pack
    read = evaluation.read
    return EvaluationTold(
        newest.tender,
        held.lot,
        len(evaluation.lots),
        held.evaluated,
        newest.questions,
        tuple(_bid(evaluation, bid) for bid in held.bids),
        None,
        {each.id: each.record for each in read.evaluators},
        beside.marks,
        tuple(each.record for each in read.moderated),
        tuple(each.judged for each in beside.receipts if each.judged.file.lot in {None, held.lot.number}),
        read.tender.acts,
        read.tender.versions,
        f"tomsapp {__version__}",
    )


def _bid(evaluation: OpenEvaluation, bid: EvaluatedBid) -> BidTold:
    """A bid with its whole offer: what decisions leave out is told with what it would be worth."""
    newest = evaluation.packs[-1]
    whole = replace(bid.checked.entered, left_out=frozenset())
    identities = [each.pack.identity for each in evaluation.packs]
    checked = check_bid(newest.pack.pack, newest.edition, whole, identities).checked
    problems = (
        *(bid.file.problems if bid.file is not None else ()),
        *(checked.problems if checked is not None else ()),
    )
    return BidTold(
        bid.key,
        bid.stored.id,
        None if checked is None else checked.checked,
        {problem.key: problem.message for problem in problems},
        tuple(each.record for each in bid.decisions),
        None if bid.receipt is None else bid.receipt.judged,
    )
