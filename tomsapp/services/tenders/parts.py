"""What a user does with what is set up of a tender beside its facts: lots, measures, questions of both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tomsapp.domain.facts import Fault
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.tender.asked import BIDDER_QUESTION
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.lot import LOT, MOST_LOTS, Lot
from tomsapp.domain.tender.question import MOST_QUESTIONS, QUESTION, Question
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE
from tomsapp.domain.wording import plural
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.look_alikes import look_alikes
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.tenders.held import check_number_stays, hold_set_up
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tomsapp.domain.history import Stored
    from tomsapp.domain.problems import Problem
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.tenders import NumberedRepository, OfTenderRepository
    from tomsapp.store.unit_of_work import UnitOfWork

R = TypeVar("R")
N = TypeVar("N", bound=Lot | Question)


@dataclass(frozen=True)
class PartActions(Generic[R]):
    """The actions of records of one kind that belong to tenders."""

    kind: RecordType[R]
    repository: Callable[[UnitOfWork], OfTenderRepository[R, Any]]

    def form(self, opened: OpenTender) -> PartForm[R]:
        """The `Actions` of a form for one tender."""
        return PartForm(self, opened)

    def check(self, workspace: Workspace, opened: OpenTender, record: R, number: int | None = None) -> list[Problem]:
        """What must be put right before the record is saved as the one with this number; a warning is a question."""
        found = self.kind.problems(record)
        with workspace.look() as uow:
            others = [each for each in self.repository(uow).of(opened.id) if each.id != number]
            found.extend(self._clashes(record, [each.record for each in others]))
            if not found:
                found.extend(look_alikes(uow, self.kind, record, number))
        return found

    def _clashes(self, record: R, others: Sequence[R]) -> list[Problem]:
        """What stands in the way of a record among the others of its tender."""
        del record, others
        return []

    def _hold(self, uow: UnitOfWork, tender_id: int) -> Stored[Tender]:
        """The tender, of which such records may be changed, and which stays so until this transaction ends.

        Raises:
            EditConflict: somebody deleted it.
            StoreError: they are fixed by now.
        """
        return hold_set_up(uow, tender_id)

    def add(self, workspace: Workspace, opened: OpenTender, records: Sequence[R]) -> Done[tuple[Stored[R], ...]]:
        """Add records to a tender, in one edit.

        Raises:
            StoreError: one of them is wrong, or what was set up is fixed.
        """
        if not records:
            return Done(())
        label = f"Add {self._called(records)} to {opened.tender.reference}"
        with workspace.work(label) as uow:
            self._hold(uow, opened.id)
            added = self._add(uow, opened.id, records)
            uow.commit()
        changes = (RecordChange(self.kind, stored.id, None, stored.record) for stored in added)
        return Done(added, Edit(label, tuple(changes)))

    def _add(self, uow: UnitOfWork, tender_id: int, records: Sequence[R]) -> tuple[Stored[R], ...]:
        for record in records:
            refuse_errors(self.kind.problems(record))
        return tuple(self.repository(uow).add(tender_id, record) for record in records)

    def save(self, workspace: Workspace, opened: OpenTender, before: Stored[R], record: R) -> Done[Stored[R]]:
        """Save one record over the state that the user started from; see `save_many`."""
        done = self.save_many(workspace, opened, [(before, record)])
        return Done(done.result[0], done.edit)

    def save_many(
        self, workspace: Workspace, opened: OpenTender, pairs: Sequence[tuple[Stored[R], R]]
    ) -> Done[tuple[Stored[R], ...]]:
        """Save records of a tender over the states that the user started from, in one edit.

        Raises:
            EditConflict: somebody else saved one of them first.
            StoreError: one of them is wrong, or what was set up is fixed.
        """
        changed = [(before, record) for before, record in pairs if record != before.record]
        if not changed:
            return Done(tuple(before for before, _ in pairs))
        label = f"Change {self._called([record for _, record in changed])} of {opened.tender.reference}"
        with workspace.work(label) as uow:
            held = self._hold(uow, opened.id)
            saved = {before.id: self._save(uow, held.record, before, record) for before, record in changed}
            self._check_together(uow, opened.id)
            uow.commit()
        changes = (RecordChange(self.kind, before.id, before.record, saved[before.id].record) for before, _ in changed)
        return Done(tuple(saved.get(before.id, before) for before, _ in pairs), Edit(label, tuple(changes)))

    def _save(self, uow: UnitOfWork, tender: Tender, before: Stored[R], record: R) -> Stored[R]:
        del tender
        refuse_errors(self.kind.problems(record))
        return self.repository(uow).save(before.id, before.version, record)

    def _check_together(self, uow: UnitOfWork, tender_id: int) -> None:
        """Make sure that the records of a tender stand together as they were saved."""

    def remove(self, workspace: Workspace, opened: OpenTender, records: Sequence[Stored[R]]) -> Done[None]:
        """Take records out of a tender, in one edit.

        Raises:
            EditConflict: somebody else saved one of them first.
            StoreError: what was set up is fixed.
        """
        if not records:
            return Done(None)
        label = f"Remove {self._called([each.record for each in records])} from {opened.tender.reference}"
        with workspace.work(label) as uow:
            held = self._hold(uow, opened.id)
            for each in records:
                self.repository(uow).delete(each.id, each.version)
            more = self._close_gaps(uow, held.record, opened.id)
            uow.commit()
        gone = (RecordChange(self.kind, each.id, each.record, None) for each in records)
        return Done(None, Edit(label, (*gone, *more)))

    def exchange(
        self, workspace: Workspace, opened: OpenTender, gone: Sequence[Stored[R]], records: Sequence[R]
    ) -> Done[tuple[Stored[R], ...]]:
        """Take some records out of a tender and put others in, in one edit.

        Raises:
            EditConflict: somebody else saved one of them first.
            StoreError: one of the new ones is wrong, or what was set up is fixed.
        """
        if not gone:
            return self.add(workspace, opened, records)
        if not records:
            return Done((), self.remove(workspace, opened, gone).edit)
        label = f"Change the {self.kind.plural.removesuffix(' of a tender')} of {opened.tender.reference}"
        with workspace.work(label) as uow:
            held = hold_set_up(uow, opened.id)
            for each in gone:
                self.repository(uow).delete(each.id, each.version)
            more = self._close_gaps(uow, held.record, opened.id)
            added = self._add(uow, opened.id, records)
            uow.commit()
        out = (RecordChange(self.kind, each.id, each.record, None) for each in gone)
        new = (RecordChange(self.kind, stored.id, None, stored.record) for stored in added)
        return Done(added, Edit(label, (*out, *more, *new)))

    def _close_gaps(self, uow: UnitOfWork, tender: Tender, tender_id: int) -> tuple[RecordChange, ...]:
        """What else is changed where records are taken out."""
        del uow, tender, tender_id
        return ()

    def _called(self, records: Sequence[R]) -> str:
        noun, several = (words.removesuffix(" of a tender") for words in (self.kind.noun, self.kind.plural))
        if len(records) == 1:
            name = self.kind.name_of(records[0])
            return name if name.startswith(noun) else f"{noun} {name}"
        return plural(len(records), noun, several)


@dataclass(frozen=True)
class NumberedActions(PartActions[N]):
    """The actions of lots and questions, which are known by their numbers: 1 is the first.

    Before a tender is issued its lots and questions are numbered without gaps; afterwards each keeps its number.

    Attributes:
        most: how many a tender may have.
    """

    repository: Callable[[UnitOfWork], NumberedRepository[N, Any]]
    most: int

    def _clashes(self, record: N, others: Sequence[N]) -> list[Problem]:
        if all(other.number != record.number for other in others):
            return []
        fault = Fault(f"There is {self.kind.noun} {record.number} already", "Enter another number", "taken")
        return [fact_problem(self.kind, self.kind.fact("number"), fault)]

    def _add(self, uow: UnitOfWork, tender_id: int, records: Sequence[N]) -> tuple[Stored[N], ...]:
        """Add records with the next numbers, whichever they have."""
        first = self.repository(uow).next_number(tender_id)
        if first + len(records) - 1 > self.most:
            message = f"A tender has at most {self.most} {self.kind.plural}"
            raise StoreError(message, "Take some of them together")
        numbered = [replace(record, number=number) for number, record in enumerate(records, start=first)]
        return super()._add(uow, tender_id, numbered)

    def _save(self, uow: UnitOfWork, tender: Tender, before: Stored[N], record: N) -> Stored[N]:
        check_number_stays(tender, self.kind.noun, before.record.number, record.number)
        return super()._save(uow, tender, before, record)

    def _check_together(self, uow: UnitOfWork, tender_id: int) -> None:
        self.repository(uow).check_numbers(tender_id)

    def order(self, workspace: Workspace, opened: OpenTender, records: Sequence[Stored[N]]) -> Done[None]:
        """Put all lots or questions of a draft into another order, which gives them their numbers.

        Raises:
            EditConflict: somebody else saved one of them first.
            StoreError: the tender is issued, or somebody added or removed one meanwhile.
        """
        moved = [
            (each, replace(each.record, number=number))
            for number, each in enumerate(records, start=1)
            if each.record.number != number
        ]
        if not moved:
            return Done(None)
        label = f"Order the {self.kind.plural} of {opened.tender.reference}"
        with workspace.work(label) as uow:
            held = self._hold(uow, opened.id)
            if {each.id for each in self.repository(uow).of(opened.id)} != {each.id for each in records}:
                message = f"Somebody changed the {self.kind.plural} of {opened.tender.reference} meanwhile"
                raise StoreError(message, "Nothing was saved. Look at them again")
            for before, record in moved:
                self._save(uow, held.record, before, record)
            uow.commit()
        changes = (RecordChange(self.kind, before.id, before.record, record) for before, record in moved)
        return Done(None, Edit(label, tuple(changes)))

    def _close_gaps(self, uow: UnitOfWork, tender: Tender, tender_id: int) -> tuple[RecordChange, ...]:
        if tender.status is not TenderStatus.DRAFT:
            return ()
        changes = []
        for number, each in enumerate(self.repository(uow).of(tender_id), start=1):
            if each.record.number != number:
                after = replace(each.record, number=number)
                self.repository(uow).save(each.id, each.version, after)
                changes.append(RecordChange(self.kind, each.id, each.record, after))
        return tuple(changes)


@dataclass(frozen=True)
class PartForm(Generic[R]):
    """The `Actions` of a form for records of one tender."""

    actions: PartActions[R]
    opened: OpenTender

    def check(self, workspace: Workspace, record: R, number: int | None = None) -> list[Problem]:
        """What must be put right before it can be saved, and what is to be asked first: a warning."""
        return self.actions.check(workspace, self.opened, record, number)

    def add(self, workspace: Workspace, record: R) -> Done[Stored[R]]:
        """Record a new one."""
        done = self.actions.add(workspace, self.opened, [record])
        return Done(done.result[0], done.edit)

    def save(self, workspace: Workspace, before: Stored[R], record: R) -> Done[Stored[R]]:
        """Save it over the state that the user started from."""
        return self.actions.save(workspace, self.opened, before, record)


LOTS: NumberedActions[Lot] = NumberedActions(LOT, lambda uow: uow.lots, MOST_LOTS)
QUESTIONS: NumberedActions[Question] = NumberedActions(QUESTION, lambda uow: uow.questions, MOST_QUESTIONS)
MEASURES = PartActions(TENDER_MEASURE, lambda uow: uow.tender_measures)
BIDDER_QUESTIONS = PartActions(BIDDER_QUESTION, lambda uow: uow.bidder_questions)
