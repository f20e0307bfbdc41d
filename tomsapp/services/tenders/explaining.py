"""Why bids have their scores: what is told of each criterion once the evaluation is frozen, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.tender.acts import award_of, frozen_by
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.explaining import (
    SCORE_EXPLANATION,
    LotToExplain,
    ScoreExplanation,
    ScoreToExplain,
    missing_to_tell,
    scores_to_explain,
)
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.tenders.lot_told import read_beside
from tomsapp.services.tenders.marks_held import check_sees_figures
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tomsapp.domain.history import Stored
    from tomsapp.domain.supplier import Supplier
    from tomsapp.domain.tender.acts import TenderAct
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.evaluating import EvaluatedLot, OpenEvaluation
    from tomsapp.services.tenders.lot_told import Beside
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

EXPLAINED = frozenset({TenderStatus.FROZEN, TenderStatus.AWARDED, TenderStatus.WITHDRAWN})
"""Where a tender stands whose scores are explained: they change no more."""


@dataclass(frozen=True, slots=True)
class ExplainedLot:
    """A lot with what is told of its scores.

    Attributes:
        scores: best bid first.
        stored: what was written, by the number of the bid and the key of the criterion.
        suppliers: who bids, by the keys of the bids.
        awarded: the key of the bid that the lot went to; empty before.
    """

    lot: EvaluatedLot
    scores: tuple[ScoreToExplain, ...]
    stored: Mapping[tuple[int, str], Stored[ScoreExplanation]]
    suppliers: Mapping[str, Supplier]
    awarded: str = ""

    @property
    def number(self) -> int:
        """Of the lot."""
        return self.lot.lot.number

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be done before bidders can be told, in sentences without full stops."""
        return missing_to_tell(self.scores, self.suppliers, self.awarded)

    @property
    def keys(self) -> tuple[str, ...]:
        """The bids whose bidders are told, best first."""
        return tuple(row.key for row in self.lot.evaluated.evaluation.rows)

    def before(self, score: ScoreToExplain) -> Stored[ScoreExplanation] | None:
        """What was written of a score; None where nothing was."""
        return self.stored.get((score.bid, score.criterion.key))


@dataclass(frozen=True, slots=True)
class OpenExplanations:
    """The evaluation with what is told of its scores, by lots."""

    evaluation: OpenEvaluation
    lots: tuple[ExplainedLot, ...]

    @property
    def tender_id(self) -> int:
        """The number of the tender."""
        return self.evaluation.opened.id

    def lot(self, number: int) -> ExplainedLot:
        """The lot of this number.

        Raises:
            KeyError: there is none.
        """
        return {lot.number: lot for lot in self.lots}[number]


def open_explanations(
    workspace: Workspace,
    tender_id: int,
    before: OpenEvaluation | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> OpenExplanations:
    """Read an evaluation with what is told of its scores, from one moment.

    Raises:
        NotFound, StoreError, TomsError, Cancelled: as `lot_told`.
    """
    evaluation, beside = read_beside(workspace, tender_id, before, progress, now)
    return OpenExplanations(evaluation, tuple(explained(evaluation, lot, beside) for lot in evaluation.lots))


def explained(evaluation: OpenEvaluation, lot: EvaluatedLot, beside: Beside) -> ExplainedLot:
    """A lot with what is told of its scores, of a reading that is there."""
    pack = evaluation.pack
    award = award_of(evaluation.read.tender.acts, lot.lot.number)
    won = next((bid.key for bid in lot.bids if award is not None and bid.stored.id == award.bid), "")
    told = LotToExplain(
        lot.evaluated.evaluation,
        () if pack is None else pack.questions,
        {bid.key: bid.stored.id for bid in lot.bids},
        {bid.key: checked.admissible.lines for bid in lot.evaluated.given.bids if (checked := bid.checked) is not None},
        tuple(each.record for each in beside.read.moderated),
        tuple(each.record for each in beside.explanations),
        {bid.key: bid.receipt.judged.file.sha256 for bid in lot.bids if bid.receipt is not None},
        tuple(each.record.name for each in beside.read.evaluators),
        won,
        None if award is None else award.id,
    )
    stored = {(each.record.bid, each.record.criterion): each for each in beside.explanations}
    suppliers = {bid.key: beside.suppliers[bid.stored.id] for bid in lot.bids}
    return ExplainedLot(lot, scores_to_explain(told), stored, suppliers, won)


def explain(
    workspace: Workspace,
    tender_id: int,
    explanation: ScoreExplanation,
    before: Stored[ScoreExplanation] | None = None,
) -> Done[Stored[ScoreExplanation]]:
    """Save why a bid has its score for a criterion; who wrote it is kept.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: it says too little, or the evaluation is not frozen.
    """
    said = ("text", "score")
    if before is not None and all(getattr(explanation, name) == getattr(before.record, name) for name in said):
        return Done(before)
    explanation = replace(explanation, by=workspace.who)
    refuse_errors(SCORE_EXPLANATION.problems(explanation))
    with workspace.work("Explain a score") as uow:
        tender = hold_explaining(uow, tender_id)
        bid = uow.bids.get(explanation.bid).record
        if before is None:
            saved = uow.explanations.add(explanation)
        else:
            saved = uow.explanations.save(before.id, before.version, explanation)
        uow.commit()
    label = f"Explain the score of {bid.name} for {explanation.criterion} in {tender.reference}"
    was = None if before is None else before.record
    return Done(saved, Edit(label, (RecordChange(SCORE_EXPLANATION, saved.id, was, saved.record),)))


def hold_explaining(uow: UnitOfWork, tender_id: int) -> Tender:
    """The tender whose scores are explained, and which stays so until this transaction ends.

    Raises:
        StoreError: its evaluation is not frozen, so that scores can still change.
    """
    check_sees_figures(uow, uow.who, tender_id)
    tender = uow.tenders.hold(tender_id).record
    check_fixed(tender, uow.tender_acts.of(tender_id))
    return tender


def check_fixed(tender: Tender, acts: Iterable[TenderAct]) -> None:
    """Make sure that the scores of a tender change no more.

    Raises:
        StoreError: its evaluation is not frozen.
    """
    if tender.status not in EXPLAINED or frozen_by(acts) is None:
        message = f"{tender.reference} is {tender.status.value}, and its scores can still change"
        raise StoreError(message, "Scores are explained once the evaluation is frozen")
