"""The assessment summaries of a lot: one for each bidder, as PDF and as Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.papers.assessment_summary import SummaryTold, assessment_summary
from tomsapp.services.council_papers import paper_maker, save_papers
from tomsapp.services.tenders.explaining import check_fixed, explained
from tomsapp.services.tenders.lot_told import lot_told
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.evaluating import OpenEvaluation
    from tomsapp.services.tenders.explaining import ExplainedLot
    from tomsapp.services.tenders.lot_told import LotTold
    from tomsapp.services.workspace import Workspace


def summary_paper(
    workspace: Workspace,
    tender_id: int,
    lot: int,
    key: str,
    made_on: date,
    before: OpenEvaluation | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> CouncilPaper:
    """The summary of one bidder in a lot, by the key of its bid; a draft where something is missing.

    Raises:
        NotFound, TomsError, Cancelled: as `lot_told`.
        StoreError: as `lot_told`, or the evaluation is not frozen.
        KeyError: the lot has no such bid.
    """
    read = lot_told(workspace, tender_id, lot, before, progress, now)
    check_fixed(read.evaluation.opened.tender, read.evaluation.read.tender.acts)
    return _paper(workspace, read, explained(read.evaluation, read.held, read.beside), key, made_on)


def _paper(workspace: Workspace, read: LotTold, lot: ExplainedLot, key: str, made_on: date) -> CouncilPaper:
    told = SummaryTold(read.told, key, lot.scores, lot.suppliers, lot.awarded, lot.missing)
    return assessment_summary(told, paper_maker(workspace, read.beside.settings, made_on))


def save_summaries(
    workspace: Workspace,
    tender_id: int,
    lot: int,
    folder: Path,
    made_on: date,
    before: OpenEvaluation | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> tuple[Path, ...]:
    """Write the summaries of all bidders of a lot into a folder, each as PDF and as Word; gives the files.

    Raises:
        StoreError: the lot is not awarded, or an explanation or an address is missing.
        NotFound, TomsError: as `lot_told`, or a file cannot be written; says what to do.
        Cancelled: the user stopped it; what was written stays.
    """
    read = lot_told(workspace, tender_id, lot, before, progress, now)
    held = explained(read.evaluation, read.held, read.beside)
    if not held.awarded:
        raise StoreError(f"Lot {lot} is not awarded yet", "Award it first: bidders are told whom it goes to")
    if held.missing:
        raise StoreError(f"Bidders cannot be told yet: {held.missing[0]}", "Write what is missing first")
    papers = [
        (f"Summary for {held.suppliers[key].name}", _paper(workspace, read, held, key, made_on)) for key in held.keys
    ]
    return save_papers(workspace, papers, folder, progress)
