"""What a user does with records of any kind: list, open, check, add, save, delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from tomsapp.domain.facts import Fault
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.keys import key_names
from tomsapp.services.look_alikes import look_alikes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tomsapp.domain.history import Stored
    from tomsapp.domain.keys import KeyKind, Names
    from tomsapp.domain.problems import Problem
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.named import NamedRepository
    from tomsapp.store.records import RecordRepository
    from tomsapp.store.unit_of_work import UnitOfWork

R = TypeVar("R")


class Actions(Protocol[R]):
    """What a form needs to check and save a record."""

    def check(self, workspace: Workspace, record: R, number: int | None = None) -> list[Problem]:
        """What must be put right before it can be saved, and what is to be asked first: a warning."""

    def add(self, workspace: Workspace, record: R) -> Done[Stored[R]]:
        """Record a new one."""

    def save(self, workspace: Workspace, before: Stored[R], record: R) -> Done[Stored[R]]:
        """Save it over the state that the user started from."""


def name_taken(
    noun: str, repository: Callable[[UnitOfWork], NamedRepository[Any, Any]]
) -> Callable[[UnitOfWork, Any, int | None], tuple[str, Fault] | None]:
    """What is wrong with the name of a record where another has it, in capitals or not."""

    def taken(uow: UnitOfWork, record: Any, number: int | None) -> tuple[str, Fault] | None:
        name = record.name.strip()
        same = repository(uow).find_by_name(name)
        if same is None or same.id == number:
            return None
        message = f"There is already a {noun} called {name}"
        return "name", Fault(message, "Use that one, or give this one another name", "taken")

    return taken


def name_looks_taken(
    noun: str, repository: Callable[[UnitOfWork], NamedRepository[Any, Any]]
) -> Callable[[UnitOfWork, Any, int | None], list[Problem]]:
    """What is asked of a name that is drawn as that of another record, with other letters or signs.

    It is not asked again where the name stays as it was.
    """

    def looks_taken(uow: UnitOfWork, record: Any, number: int | None) -> list[Problem]:
        from tomsapp.domain.lookalikes import drawn
        from tomsapp.domain.problems import Problem, Severity, Where

        every = repository(uow).all()
        if any(one.id == number and one.record.name == record.name for one in every):
            return []
        name = drawn(record.name)
        same = next((one.record.name for one in every if one.id != number and drawn(one.record.name) == name), None)
        if same is None:
            return []
        message = f"There is a {noun} called {same}, which looks the same"
        question = "Is this the same? Use that one, or save this one all the same"
        return [Problem(f"{noun}-twice", Severity.WARNING, message, question, Where(field="name"))]

    return looks_taken


@dataclass(frozen=True, slots=True)
class NamedRow(Generic[R]):
    """A record in a list, with what the keys of its facts are called."""

    id: int
    record: R
    names: Mapping[KeyKind, Names]


@dataclass(frozen=True)
class RecordActions(Generic[R]):
    """The actions of records that are saved by their number alone.

    Attributes:
        repository: where they are kept.
        taken: what is wrong where another record stands in the way, such as one of the same name.
        doubts: what is asked where another record may be the same one; nothing keeps it from being saved all the same.
        forgets: whether what the council has set must be read again after a change.
    """

    kind: RecordType[R]
    repository: Callable[[UnitOfWork], RecordRepository[R, Any]]
    taken: Callable[[UnitOfWork, R, int | None], tuple[str, Fault] | None] | None = None
    doubts: Callable[[UnitOfWork, R, int | None], Iterable[Problem]] | None = None
    forgets: bool = False

    def all(self, workspace: Workspace) -> list[Stored[R]]:
        """Every record, in the order of its list."""
        with workspace.look() as uow:
            return self.repository(uow).all()

    def named(self, workspace: Workspace) -> list[NamedRow[R]]:
        """Every record with what its keys are called, in the order of its list."""
        names = key_names(workspace, {fact.keys for fact in self.kind.facts if fact.keys is not None})
        return [NamedRow(stored.id, stored.record, names) for stored in self.all(workspace)]

    def get(self, workspace: Workspace, number: int) -> Stored[R]:
        """One record as it stands in the database.

        Raises:
            NotFound: there is none with this number.
        """
        with workspace.look() as uow:
            return self.repository(uow).get(number)

    def check(self, workspace: Workspace, record: R, number: int | None = None) -> list[Problem]:
        """What must be put right before the record is saved as the one with this number; a warning is a question."""
        found = self.kind.problems(record)
        with workspace.look() as uow:
            clash = self.taken(uow, record, number) if self.taken is not None else None
            if clash is not None:
                name, fault = clash
                found.append(fact_problem(self.kind, self.kind.fact(name), fault))
            elif not found:
                found.extend(self.doubts(uow, record, number) if self.doubts is not None else ())
                asked = {problem.where.field for problem in found}
                found.extend(one for one in look_alikes(uow, self.kind, record, number) if one.where.field not in asked)
        return found

    def add(self, workspace: Workspace, record: R) -> Done[Stored[R]]:
        """Record a new one."""
        label = self._label("Add", record)
        with workspace.work(label) as uow:
            stored = self.repository(uow).add(record)
            uow.commit()
        return self._done(workspace, label, stored, None, record, stored.id)

    def save(self, workspace: Workspace, before: Stored[R], record: R) -> Done[Stored[R]]:
        """Save a record over the state `before` that the user started from.

        Raises:
            EditConflict: somebody else saved it first.
        """
        if record == before.record:
            return Done(before)
        label = self._label("Change", record)
        with workspace.work(label) as uow:
            stored = self.repository(uow).save(before.id, before.version, record)
            uow.commit()
        return self._done(workspace, label, stored, before.record, record, stored.id)

    def delete(self, workspace: Workspace, before: Stored[R]) -> Done[None]:
        """Delete a record; the history keeps it.

        Raises:
            EditConflict: somebody else saved it first.
            StoreError: others need it.
        """
        label = self._label("Delete", before.record)
        with workspace.work(label) as uow:
            self.repository(uow).delete(before.id, before.version)
            uow.commit()
        return self._done(workspace, label, None, before.record, None, before.id)

    def _label(self, verb: str, record: R) -> str:
        return f"{verb} {self.kind.noun} {self.kind.name_of(record)}"

    def _done(
        self, workspace: Workspace, label: str, result: Any, before: R | None, after: R | None, number: int
    ) -> Done[Any]:
        if self.forgets:
            workspace.forget()
        return Done(result, Edit(label, (RecordChange(self.kind, number, before, after),)))
