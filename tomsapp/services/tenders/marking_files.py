"""Marking files for evaluators without the database, each made for one evaluator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.tenders.marking_file import AnswerToMark, MarkingForm, MarkingStamp, StatedMark
from tomsapp.exchange.tenders.marking_write import write_marking_file
from tomsapp.menufiles.files import write_whole
from tomsapp.services.reporting import plain_name
from tomsapp.services.tenders.marking import MarkingStage, open_marking
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.marking import OpenMarking
    from tomsapp.services.workspace import Workspace

SUFFIX = ".xlsx"


@dataclass(frozen=True, slots=True)
class MadeMarkingFile:
    """A marking file: its bytes, and a name for it."""

    data: bytes
    file_name: str


def make_marking_file(
    workspace: Workspace, tender_id: int, evaluator_id: int, created: datetime, progress: Progress | None = None
) -> MadeMarkingFile:
    """The marking file of an evaluator; with the marks that were given so far only where who makes it may see them.

    Raises:
        NotFound: there is no such tender.
        StoreError: nothing is marked now, or the evaluator was taken out or has sent.
        Cancelled: nobody waits for it any more.
    """
    with workspace.look() as uow:
        settings = workspace.settings_at(uow)
        tender = uow.tenders.get(tender_id).record
        evaluator = next((each for each in uow.evaluators.of(tender_id) if each.id == evaluator_id), None)
    seen = open_marking(workspace, tender_id, None, progress)
    if evaluator is None:
        raise StoreError("The evaluator was taken out of the tender", "Open the tender again")
    if seen.stage is not MarkingStage.MARKING or evaluator.record.sent_on is not None:
        raise StoreError(f"{evaluator.record.name} has nothing to mark now", "Files are made while answers are marked")
    if seen.answers.are_held_back:
        raise StoreError("You have not confirmed that you have no conflict of interest", "Confirm it first")
    stamp = MarkingStamp(
        workspace.database_mark(),
        tender.reference,
        tender_id,
        evaluator.record.name,
        evaluator_id,
        seen.answers.pack,
        created.date(),
    )
    form = MarkingForm(
        stamp,
        tender.title,
        seen.answers.questions,
        tuple(_answers(seen)),
        _given(seen, evaluator_id),
        evaluator.record.confirmed_on if evaluator.record.has_no_conflict else None,
    )
    title = f"Marks of {evaluator.record.name} for {tender.reference}"
    properties = BookProperties(title, created, settings.council_name, is_example=settings.is_example)
    name = plain_name(f"{tender.reference} marks of {evaluator.record.name}", SUFFIX)
    return MadeMarkingFile(write_marking_file(form, properties), name)


def _answers(seen: OpenMarking) -> Iterator[AnswerToMark]:
    for bid in seen.answers.bids:
        for question in seen.answers.questions:
            text = bid.answer(question.number)
            yield AnswerToMark(bid.id, bid.supplier, bid.lot, bid.sha256, question.number, text)


def _given(seen: OpenMarking, evaluator: int) -> dict[tuple[int, int], StatedMark]:
    marks = (each.record for each in seen.marks if each.record.evaluator == evaluator)
    return {(each.bid, each.question): StatedMark(each.bid, each.question, each.mark, each.reason) for each in marks}


def write_marking_file_to(made: MadeMarkingFile, path: Path) -> Path:
    """Write a marking file, whole or not at all; gives the path with its ending.

    Raises:
        TomsError: it cannot be written; says what to do.
    """
    target = path if path.suffix.casefold() == SUFFIX else path.with_name(f"{path.name}{SUFFIX}")
    write_whole(target, made.data)
    return target
