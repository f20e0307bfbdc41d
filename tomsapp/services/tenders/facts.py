"""What a user does with the facts of a tender: check, add, change, copy, delete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tomsapp.domain.problems import Problem, Severity, has_errors
from tomsapp.domain.tender.choices import Route, TenderStatus
from tomsapp.domain.tender.lot import LOT
from tomsapp.domain.tender.question import QUESTION
from tomsapp.domain.tender.tender import TENDER, Tender
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.look_alikes import look_alikes
from tomsapp.services.references import next_in, taken_reference
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.tenders.held import check_set_up
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.lot import Lot
    from tomsapp.domain.tender.question import Question
    from tomsapp.domain.tender.tender_measure import TenderMeasure
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

FIXED_BY_ISSUING = ("reference", "menu", "edition")
"""Facts by which bidders know a tender and what it is worked out from: they stay once it is issued."""


class TenderFactActions:
    """The `Actions` of a tender's facts. The database keeps its menu edition from the moment it is chosen."""

    def check(self, workspace: Workspace, record: Tender, number: int | None = None) -> list[Problem]:
        """What must be put right before the facts are saved as those of the tender with this number."""
        found = TENDER.problems(record)
        if any(each.severity is Severity.ERROR and each.where.field == "reference" for each in found):
            return found  # what no database can hold is not looked for there
        with workspace.look() as uow:
            same = uow.tenders.find_by_reference(record.reference.strip())
            near = uow.tenders.references_like(record.reference)
            alike = [] if has_errors(found) else list(look_alikes(uow, TENDER, record, number))
        found.extend(taken_reference(TENDER, record, number, same, near))
        asked = {problem.where.field for problem in found}
        return [*found, *(one for one in alike if one.where.field not in asked)]

    def add(self, workspace: Workspace, record: Tender) -> Done[Stored[Tender]]:
        """Record a new tender.

        Raises:
            MenuError: its menu edition is a draft, is withdrawn, or is not there.
        """
        label = f"Add tender {record.reference}"
        with workspace.work(label) as uow:
            _keep_edition(workspace, uow, record)
            stored = uow.tenders.add(replace(record, status=TenderStatus.DRAFT))
            uow.commit()
        return Done(stored, Edit(label, (RecordChange(TENDER, stored.id, None, stored.record),)))

    def save(self, workspace: Workspace, before: Stored[Tender], record: Tender) -> Done[Stored[Tender]]:
        """Save the facts over the state that the user started from.

        Raises:
            EditConflict: somebody else saved it first.
            MenuError: its menu edition is a draft, is withdrawn, or is not there.
            StoreError: it was issued, which fixed what is changed.
        """
        if record == before.record:
            return Done(before)
        check_facts_may_change(before.record, record)
        label = f"Change facts of {record.reference}"
        with workspace.work(label) as uow:
            _keep_edition(workspace, uow, record)
            stored = uow.tenders.save(before.id, before.version, record)
            uow.commit()
        return Done(stored, Edit(label, (RecordChange(TENDER, stored.id, before.record, stored.record),)))


TENDER_FACTS = TenderFactActions()


def _keep_edition(workspace: Workspace, uow: UnitOfWork, tender: Tender) -> None:
    if tender.menu or tender.edition:
        workspace.keep_edition(uow, tender.menu, tender.edition)


def check_facts_may_change(before: Tender, after: Tender) -> None:
    """Make sure that a save keeps what issuing fixed, and the status, which an act alone changes.

    Raises:
        StoreError: it would not.
    """
    if before.status is not after.status:
        message = f"{before.reference} does not become {after.status.value} by saving its facts"
        raise StoreError(message, "Choose what is to be done with it under Actions")
    check_set_up(before)
    if before.status is TenderStatus.DRAFT:
        return
    for name in FIXED_BY_ISSUING:
        if getattr(before, name) != getattr(after, name):
            label = TENDER.fact(name).label.lower()
            message = f"{before.reference} is issued, so its {label} stays"
            raise StoreError(message, "Nothing was saved. Copy it into a new tender to change it")


def next_reference(workspace: Workspace, year: int, route: Route = Route.FULL) -> str:
    """The next free reference of a year, as the council numbers its tenders, or its quotes: T-2026-003, Q-2026-017."""
    with workspace.look() as uow:
        tenders = [stored.record for stored in uow.tenders.all()]
    return next_of(tenders, year, route)


def next_of(tenders: Sequence[Tender], year: int, route: Route) -> str:
    """The same after these tenders and quotes: quotes are many, and have references of their own."""
    like = [each.reference for each in tenders if each.route is route]
    return next_in([each.reference for each in tenders], year, "Q" if route is Route.QUOTE else "T", like)


def copy_tender(workspace: Workspace, opened: OpenTender, reference: str) -> Done[Stored[Tender]]:
    """Add a draft with the same facts, lots, measures and questions under a new reference.

    Its deadline, its notice and what bidders asked stay with the first.
    """
    tender = replace(opened.tender, reference=reference, status=TenderStatus.DRAFT, deadline_on=None, ocid="")
    parts = SetUpParts(
        tuple(each.record for each in opened.lots),
        tuple(each.record for each in opened.measures),
        tuple(each.record for each in opened.questions),
    )
    return add_whole(workspace, f"Copy {opened.tender.reference} to {reference}", tender, parts)


@dataclass(frozen=True, slots=True)
class SetUpParts:
    """What is set up of a tender beside its facts; lots and questions with their numbers."""

    lots: tuple[Lot, ...] = ()
    measures: tuple[TenderMeasure, ...] = ()
    questions: tuple[Question, ...] = ()


def add_whole(
    workspace: Workspace,
    label: str,
    tender: Tender,
    parts: SetUpParts,
    check: Callable[[Sequence[Tender]], None] | None = None,
) -> Done[Stored[Tender]]:
    """Add a draft with all that is set up of it, in one edit.

    Args:
        workspace: the open database.
        label: what is done, as the history says it.
        tender: its facts.
        parts: what is set up of it.
        check: looks at the tenders that there are at that moment; what it raises keeps this one out.

    Raises:
        MenuError: its menu edition is a draft, is withdrawn, or is not there.
        StoreError: one of the records is wrong, or the reference was taken meanwhile.
    """
    changes: list[RecordChange] = []
    with workspace.work(label) as uow:
        if check is not None:
            check([each.record for each in uow.tenders.all()])
        _keep_edition(workspace, uow, tender)
        stored = uow.tenders.add(replace(tender, status=TenderStatus.DRAFT))
        changes.append(RecordChange(TENDER, stored.id, None, stored.record))
        kinds: tuple[tuple[Any, Any, tuple[Any, ...]], ...] = (
            (LOT, uow.lots, parts.lots),
            (TENDER_MEASURE, uow.tender_measures, parts.measures),
            (QUESTION, uow.questions, parts.questions),
        )
        for kind, repository, records in kinds:
            for record in records:
                refuse_errors(kind.problems(record))
                added = repository.add(stored.id, record)
                changes.append(RecordChange(kind, added.id, None, added.record))
        uow.commit()
    return Done(stored, Edit(label, tuple(changes)))


def delete_tender(workspace: Workspace, opened: OpenTender) -> Done[None]:
    """Delete a draft; what is set up of it goes with it, and the history keeps both.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: it was issued or withdrawn.
    """
    tender = opened.tender
    if tender.status is not TenderStatus.DRAFT:
        message = f"{tender.reference} is {tender.status.value}, so it is not deleted"
        raise StoreError(message, "Withdraw it, with the reason")
    label = f"Delete {tender.reference}"
    with workspace.work(label) as uow:
        uow.tenders.delete(opened.id, opened.stored.version)
        uow.commit()
    return Done(None, Edit(label, (RecordChange(TENDER, opened.id, tender, None),)))
