"""The evaluation report of a lot, made from the same reading as the window shows, as PDF and as Word file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tomsapp.domain.papers.evaluation import evaluation_report
from tomsapp.domain.tender.sensitivity import sensitivity_of
from tomsapp.services.council_papers import paper_maker
from tomsapp.services.reporting import told_of
from tomsapp.services.tenders.lot_told import lot_told

if TYPE_CHECKING:
    from datetime import date, datetime

    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.evaluating import OpenEvaluation
    from tomsapp.services.workspace import Workspace

TRYING = "Trying what would change the winner"
"""What is said while the trials run."""


def evaluation_paper(
    workspace: Workspace,
    tender_id: int,
    lot: int,
    made_on: date,
    before: OpenEvaluation | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> CouncilPaper:
    """The evaluation report of one lot, by its number.

    Args:
        workspace: the open database.
        tender_id: the number of the tender.
        lot: the number of the lot.
        made_on: the day on which it is made.
        before: an earlier reading; what did not change since is not read again.
        progress: watches the reading of offers, then the trials.
        now: the moment at which the tender is looked at, with its zone; the present one if none is named.

    Raises:
        NotFound, StoreError, TomsError, Cancelled: as `lot_told`.
    """
    read = lot_told(workspace, tender_id, lot, before, progress, now)
    found = sensitivity_of(read.held.evaluated, told_of(progress, TRYING))
    maker = paper_maker(workspace, read.beside.settings, made_on)
    return evaluation_report(replace(read.told, sensitivity=found), maker)
