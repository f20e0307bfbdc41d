"""Receipts as papers: that of one file, and the list of all of a tender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tomsapp.domain.papers.tender_receipts import ReceiptsTold, receipt_paper, receipts_paper
from tomsapp.domain.tender.acts import TenderActKind, standing
from tomsapp.services.council_papers import paper_maker
from tomsapp.services.tenders.in_force import deadline_of_terms, tender_in_force
from tomsapp.services.tenders.receipts import receipts_at
from tomsapp.store.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.domain.papers.told import PaperMaker
    from tomsapp.domain.tender.acts import TenderAct
    from tomsapp.services.workspace import Workspace


def opening_words(acts: Iterable[TenderAct]) -> str:
    """Who opened the offers and when, and why where it was early; empty while they are not opened."""
    opened = [act for act in standing(acts) if act.kind in {TenderActKind.OPEN, TenderActKind.OPEN_EARLY}]
    if not opened:
        return ""
    act = opened[0]
    return f"{act.words}: {act.reason.strip().rstrip('.')}" if act.kind is TenderActKind.OPEN_EARLY else act.words


@dataclass(frozen=True, slots=True)
class _Told:
    told: ReceiptsTold
    maker: PaperMaker


def _read(workspace: Workspace, tender_id: int, now: datetime) -> _Told:
    with workspace.look() as uow:
        terms = tender_in_force(uow, tender_id)
        receipts = tuple(each.judged for each in receipts_at(uow, tender_id))
        lots = len(uow.lots.of(tender_id))
        opened = opening_words(uow.tender_acts.of(tender_id))
        settings = workspace.settings_at(uow)
    maker = paper_maker(workspace, settings, now.astimezone().date())
    return _Told(ReceiptsTold(terms, receipts, lots, opened, deadline_of_terms(terms), now), maker)


def make_receipt(workspace: Workspace, tender_id: int, number: int, now: datetime) -> CouncilPaper:
    """The receipt of one file by its number, to be printed or sent; it tells nothing of the files of others.

    Raises:
        NotFound: there is no such tender or receipt.
    """
    read = _read(workspace, tender_id, now)
    judged = next((each for each in read.told.receipts if each.file.number == number), None)
    if judged is None:
        raise NotFound(f"There is no receipt {number}", "Open the tender again")
    return receipt_paper(read.told, judged, read.maker)


def make_receipt_list(workspace: Workspace, tender_id: int, now: datetime) -> CouncilPaper:
    """The list of all receipts of a tender.

    Raises:
        NotFound: there is no such tender.
    """
    read = _read(workspace, tender_id, now)
    return receipts_paper(read.told, read.maker)
