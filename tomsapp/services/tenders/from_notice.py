"""Begins a tender from a notice of Find a Tender: its title, deadline, lots, values and days are not typed again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from tomsapp.domain.contract import ContractKind
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.lot import LOT, MOST_LOTS, Lot
from tomsapp.domain.tender.tender import TENDER, Tender
from tomsapp.exchange.notices.tender_notice import NoticedTender, tender_in
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.room.asking import Question
from tomsapp.room.frames import WrongForm
from tomsapp.services.offers import read_bytes
from tomsapp.services.strangers import ask_watched, understood, watched_by
from tomsapp.services.tenders.facts import SetUpParts, add_whole
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tomsapp.domain.history import Stored
    from tomsapp.domain.record_type import RecordType
    from tomsapp.services.changes import Done
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

__all__ = ["NoticedTender"]

_NOTICES = "tender_notices"
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class FromNotice:
    """A tender as it can be begun from a notice.

    Attributes:
        left: what of the notice was not taken over, a sentence each.
    """

    tender: Tender
    lots: tuple[Lot, ...]
    left: tuple[str, ...]


def read_notice_file(path: Path, progress: Progress | None = None) -> tuple[NoticedTender, ...]:
    """The tenders of a file of notices.

    Raises:
        OfferUnreadable: it is no such file, or there is too much in it; says what it is and what to do.
        RoomError: it took too much memory or time, or ended what read it.
        Cancelled: nobody waits for it any more.
    """
    question = Question(
        _NOTICES, path.name, {"files": [path.name]}, [read_bytes(path)], {"OfferUnreadable": OfferUnreadable}
    )
    with watched_by(progress):
        answer = ask_watched(question)

    def found() -> tuple[NoticedTender, ...]:
        told = answer.told["tenders"]
        if not isinstance(told, list):
            raise WrongForm("There are no tenders")
        return tuple(map(tender_in, told))

    return understood(path.name, found)


def from_notice(noticed: NoticedTender, start: Tender) -> FromNotice:
    """What a tender is begun with; facts that no record can hold are left out, and it is said which.

    Args:
        noticed: the tender as the notice tells of it.
        start: what a new tender begins with: its reference and its menu edition.
    """
    notes = "\n".join(filter(None, (noticed.description, _sentence(noticed.told))))
    tender = replace(
        start,
        title=noticed.title,
        kind=ContractKind.FRAMEWORK if noticed.is_framework else ContractKind.STANDARD,
        deadline_on=noticed.deadline_on,
        deadline_at=noticed.deadline_at or start.deadline_at,
        ocid=noticed.ocid,
        notes=notes,
    )
    tender, left = _without_faults(TENDER, tender, start, "")
    lots = []
    for number, lot in enumerate(noticed.lots[:MOST_LOTS], start=1):
        made = Lot(number, lot.title, lot.value, lot.value_with_vat, lot.start_on, lot.end_on)
        made, more = _without_faults(LOT, made, Lot(number), f"Lot {number}: ")
        lots.append(made)
        left += more
    if len(noticed.lots) > MOST_LOTS:
        left.append(f"A tender has at most {MOST_LOTS} lots, and the notice has {len(noticed.lots)}")
    return FromNotice(tender, tuple(lots), tuple(left))


def _sentence(told: str) -> str:
    return f"{told[:1].upper()}{told[1:]}, Find a Tender" if told else ""


def _without_faults(kind: RecordType[R], record: R, empty: R, called: str) -> tuple[R, list[str]]:
    """A record with each fact that it cannot hold as in an empty one, and what is wrong with each."""
    left = []
    for problem in kind.problems(record):
        name = problem.where.field
        value: Any = getattr(empty, name, None)
        # What is missing is asked for when it is set up: only what stands there is left out.
        if problem.severity is Severity.ERROR and getattr(record, name, value) != value:
            left.append(f"{called}{problem.message}, so it was left out")
            record = kind.with_values(record, {name: value})
    return record, left


def begin_from_notice(workspace: Workspace, told: FromNotice) -> Done[Stored[Tender]]:
    """Add the tender with its lots, in one edit.

    Raises:
        MenuError: its menu edition is a draft, is withdrawn, or is not there.
        StoreError: there is a tender from the same notice, or its reference was taken meanwhile.
    """
    tender = told.tender

    def is_new(tenders: Sequence[Tender]) -> None:
        same = [each.reference for each in tenders if tender.ocid and each.ocid == tender.ocid]
        if same:
            message = f"{same[0]} was begun from the same notice ({tender.ocid})"
            raise StoreError(message, "Open it, or copy it into a new tender")

    return add_whole(workspace, f"Begin {tender.reference} from a notice", tender, SetUpParts(told.lots), is_new)
