"""Records of a table that are typed cell by cell: shown at once, and saved beside what others save."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.history import Stored
from tomsapp.domain.record_type import RecordType, differences
from tomsapp.gui.dialogs.conflict import Conflict
from tomsapp.gui.session import Session
from tomsapp.services.changes import Done
from tomsapp.services.failures import EditConflict
from tomsapp.services.workspace import Workspace

Opened = TypeVar("Opened")
P = TypeVar("P")
R = TypeVar("R")


class SavedCells(QObject, Generic[Opened, P, R]):
    """Keeps what is typed and what is saved apart, so that nothing typed is lost while a save is on its way.

    The records are those of `opened`, each known by its place in the table: the code of a measure, a commitment with
    a quarter.

    Attributes:
        kind: what the records are.
        asks_always: whether both versions are shown wherever somebody was first, also where other facts were changed.
    """

    kind: ClassVar[RecordType[Any]]
    asks_always: ClassVar[bool] = False

    changed = Signal()
    """What is shown is something else now."""
    saved = Signal()
    conflict_found = Signal(object)
    """A `Conflict`."""
    told = Signal(str)
    """What somebody else changed meanwhile."""
    stale = Signal()
    """Somebody was first, or it could not be saved, so it is to be read again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.opened: Opened | None = None
        self._working: dict[P, R] = {}
        self._base: dict[P, Stored[R]] = {}
        self._pending: Counter[P] = Counter()

    @abstractmethod
    def write(
        self, workspace: Workspace, opened: Opened, after: Mapping[P, R], label: str
    ) -> Done[tuple[Stored[R], ...]]:
        """Save records over those in `_base`, in the same order; in the thread of the database."""

    def forget(self) -> None:
        """Let go of what was shown: something else is opened."""
        self._working.clear()
        self._base.clear()
        self._pending.clear()

    def take_up(self, records: Mapping[P, R], stored: Mapping[P, Stored[R]]) -> None:
        """Show what was read, and what of it is saved; what is still being saved stays as typed."""
        self._working = {
            place: self._working.get(place, record) if self._pending[place] else record
            for place, record in records.items()
        }
        for place in [place for place in self._base if place not in stored and not self._pending[place]]:
            del self._base[place]
        self._base.update({place: each for place, each in stored.items() if not self._pending[place]})

    # Saving

    def save(self, changed: Mapping[P, R], label: str = "") -> bool:
        """Show and save other records in one step of undo; False when nothing differs."""
        differ = {place: record for place, record in changed.items() if self._working.get(place) != record}
        if not differ or self.opened is None:
            return False
        before = {place: self._working[place] for place in differ}
        self._working.update(differ)
        self.changed.emit()
        self._write(self.opened, before, differ, label)
        return True

    def _write(self, opened: Opened, before: Mapping[P, R], after: Mapping[P, R], label: str) -> None:
        base = self._base
        self._pending.update(list(after))

        def task(workspace: Workspace, _progress: object) -> Done[tuple[Stored[R], ...]]:
            """Runs in the thread of the database, where one save follows the other and knows what it left."""
            done = self.write(workspace, opened, after, label)
            base.update(zip(after, done.result, strict=True))
            return done

        def on_saved(_saved: object) -> None:
            self._settle(after)
            self.saved.emit()

        job = self._session.act(task, on_saved)
        job.failure(lambda error: self._on_failed(error, opened, before, after, label)).start()

    def _settle(self, places: Iterable[P]) -> None:
        """One save of each record is no longer on its way."""
        for place in places:
            self._pending[place] = max(0, self._pending[place] - 1)

    def _on_failed(
        self, error: Exception, opened: Opened, before: Mapping[P, R], after: Mapping[P, R], label: str
    ) -> None:
        """Of several records, each is tried by itself when one was saved by others."""
        if not isinstance(error, EditConflict) or not isinstance(error.theirs.record, self.kind.make):
            self._settle(after)
            self._session.jobs.failed.emit(error)
            self.stale.emit()
        elif len(after) > 1:
            # Each stays pending until it was tried: what is read meanwhile is not what it was typed over.
            for place, record in after.items():
                self._write(opened, {place: before[place]}, {place: record}, label)
            self._settle(after)
        else:
            # It stays pending: what was typed is shown until one of the two is chosen.
            place, mine = next(iter(after.items()))
            self._meet(place, before[place], mine, error.theirs)

    def _meet(self, place: P, before: R, mine: R, theirs: Stored[R]) -> None:
        """Put mine over what somebody else saved; where that is for a person to choose, they are asked."""
        over = self.kind.put_over(before, mine, theirs.record)

        def save_mine() -> None:
            self._settle([place])
            self._base[place] = theirs
            self._working[place] = theirs.record
            if not self.save({place: over}):
                self.stale.emit()

        def keep_theirs() -> None:
            self._settle([place])
            self.stale.emit()

        if self.asks_always or theirs.is_deleted or self._is_same_fact(before, mine, theirs.record):
            self.conflict_found.emit(Conflict(over, theirs, keep_theirs, save_mine))
        else:
            save_mine()

    def _is_same_fact(self, before: R, mine: R, theirs: R) -> bool:
        """Whether both changed one and the same fact."""
        changed, others = ({fact.name for fact in differences(self.kind.facts, before, r)} for r in (mine, theirs))
        return bool(changed & others)
