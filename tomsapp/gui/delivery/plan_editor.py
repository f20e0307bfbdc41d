"""The delivery plan as it is worked on: shown at once, and saved cell by cell beside what others save."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import Signal

from tomsapp.domain.delivery.plan import NONE, PLAN_ENTRY, PlanEntry
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import Measure
from tomsapp.domain.wording import listed
from tomsapp.gui.contract.cell_typing import CellTyping
from tomsapp.gui.contract.rows import CellKey
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.session import Session
from tomsapp.services.changes import Done
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_plans import plan_in_force_of, save_plan, working_plan
from tomsapp.services.failures import EditConflict
from tomsapp.services.typed_quantities import HeldText
from tomsapp.services.workspace import Workspace

Place = tuple[str, Quarter]
"""A commitment's key and a quarter."""
_MOST = 4
"""Quarters of a contract year."""


def cell_number(quarter: Quarter) -> int:
    """The number of a quarter among all of the contract, as cells of a grid are numbered."""
    return quarter.year * _MOST + quarter.number - 1


def quarter_at(cell: int) -> Quarter:
    """The quarter of a cell."""
    return Quarter(cell // _MOST, cell % _MOST + 1)


@dataclass(frozen=True, slots=True)
class PlanConflict:
    """Somebody saved the same quarter first: both versions, and what to call for either choice."""

    mine: PlanEntry
    theirs: Stored[PlanEntry]
    keep_theirs: Callable[[], None]
    save_mine: Callable[[], None]


class PlanEditor(CellTyping):
    """Keeps what is typed and what is saved apart, so that nothing typed is lost while a save is on its way."""

    conflict_found = Signal(object)
    """A `PlanConflict`."""
    told = Signal(str)
    """What somebody else changed meanwhile."""
    stale = Signal()
    """The plan is to be read again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.opened: OpenDelivery | None = None
        self._working: dict[Place, PlanEntry] = {}
        self._base: dict[Place, Stored[PlanEntry]] = {}
        self._pending: Counter[Place] = Counter()

    # Reading

    def show(self, opened: OpenDelivery | None) -> None:
        """Take up a contract, or what is new in the one that is open; what is still being saved stays as typed."""
        if opened is None:
            self.opened = None
            self._working.clear()
            self._base.clear()
            self._pending.clear()
            return
        if self.opened is None or self.opened.stored.id != opened.stored.id:
            self._pending.clear()
            self._base.clear()
            self._held.open(Drafts(self._session.preferences, self._session.workspace), opened.stored.id, "the plan of")
        news = self._news(opened)
        self.opened = opened
        fresh = {(entry.commitment, entry.quarter): entry for entry in working_plan(opened)}
        self._working = {
            place: self._working.get(place, entry) if self._pending[place] else entry for place, entry in fresh.items()
        }
        saved = {(each.record.commitment, each.record.quarter): each for each in opened.planned}
        for place in [place for place in self._base if place not in saved and not self._pending[place]]:
            del self._base[place]
        self._base.update({place: each for place, each in saved.items() if not self._pending[place]})
        self._held.read_again({key for key, _ in fresh}, self.measure_of)
        self.changed.emit()
        if news:
            self.told.emit(news)

    def _news(self, opened: OpenDelivery) -> str:
        """Who else changed the plan of which measures since it was read last; nothing where nobody did."""
        if self.opened is None or self.opened.stored.id != opened.stored.id:
            return ""
        before = {each.id: each.version for each in self.opened.planned}
        others = [
            each
            for each in opened.planned
            if before.get(each.id) != each.version and each.saved_by and each.saved_by != self._session.who
        ]
        if not others:
            return ""
        measures = {line.record.key: line.record.measure for line in opened.commitments}
        codes = dict.fromkeys(measures.get(each.record.commitment, "") for each in others)
        return f"{others[-1].saved_by} changed the plan of {listed(list(codes))} meanwhile. It is shown as saved."

    # What is shown

    @property
    def entries(self) -> tuple[PlanEntry, ...]:
        """The plan as typed, by commitment and quarter."""
        return tuple(self._working.values())

    def entry(self, key: str, quarter: Quarter) -> PlanEntry | None:
        """What is planned in a quarter, as typed."""
        return self._working.get((key, quarter))

    def stored(self, key: str, quarter: Quarter) -> Stored[PlanEntry] | None:
        """The entry as it was saved last; None where the quarter has what holds without one."""
        return self._base.get((key, quarter))

    @property
    def held(self) -> Mapping[CellKey, HeldText]:
        """What was typed into cells and can be no quantity."""
        return self._held.texts

    @property
    def changed_years(self) -> set[tuple[str, int]]:
        """The commitments, each with a contract year, whose plan is other than the one that holds."""
        if self.opened is None:
            return set()
        holds = {(entry.commitment, entry.quarter): entry for entry in plan_in_force_of(self.opened)}
        return {(key, quarter.year) for (key, quarter), entry in self._working.items() if entry != holds[key, quarter]}

    def measure_of(self, key: str) -> Measure | None:
        """The measure of a line, if the menu edition has it."""
        lines = self.opened.delivered.lines if self.opened else ()
        return next((line.measure for line in lines if line.commitment.key == key), None)

    # Changing

    def quantity_at(self, key: str, cell: int) -> Decimal | None:
        """What is planned in a quarter, as typed."""
        entry = self._working.get((key, quarter_at(cell)))
        return entry.quantity if entry else None

    def set_quantities(self, quantities: Mapping[CellKey, Decimal | None]) -> None:
        """Change quantities, in one step of undo; a blank is 0."""
        held_before = dict(self._held.texts)
        changed: dict[Place, PlanEntry] = {}
        for (key, cell), quantity in quantities.items():
            place = key, quarter_at(cell)
            if place in self._working:
                self._held.release((key, cell))
                changed[place] = replace(self._working[place], quantity=quantity or NONE)
        if not self.save(changed) and self._held.texts != held_before:
            self.changed.emit()

    def take_in_force(self) -> bool:
        """Begin again from the plan that holds, in one step of undo; False where nothing differs."""
        if self.opened is None:
            return False
        wanted = {(entry.commitment, entry.quarter): entry for entry in plan_in_force_of(self.opened)}
        return self.save(wanted, f"Begin the plan of {self.opened.contract.reference} again from the one that holds")

    def save(self, changed: Mapping[Place, PlanEntry], label: str = "") -> bool:
        """Show and save other entries in one step of undo; False when nothing differs."""
        differ = {place: entry for place, entry in changed.items() if self._working.get(place) != entry}
        if not differ or self.opened is None:
            return False
        before = {place: self._working[place] for place in differ}
        self._working.update(differ)
        self.changed.emit()
        self._write(self.opened, before, differ, label)
        return True

    def _write(
        self, opened: OpenDelivery, before: Mapping[Place, PlanEntry], after: Mapping[Place, PlanEntry], label: str
    ) -> None:
        base = self._base
        self._pending.update(list(after))

        def task(workspace: Workspace, _progress: object) -> Done[tuple[Stored[PlanEntry], ...]]:
            """Runs in the thread of the database, where one save follows the other and knows what it left."""
            done = save_plan(workspace, opened, [(base.get(place), entry) for place, entry in after.items()], label)
            base.update(zip(after, done.result, strict=True))
            return done

        def on_saved(_saved: Sequence[Stored[PlanEntry]]) -> None:
            self._settle(after)

        def on_failed(error: Exception) -> None:
            self._on_save_failed(error, opened, before, after, label)

        self._session.act(task, on_saved).failure(on_failed).start()

    def _settle(self, places: Iterable[Place]) -> None:
        """One save of each quarter is no longer on its way."""
        for place in places:
            self._pending[place] = max(0, self._pending[place] - 1)

    def _on_save_failed(
        self,
        error: Exception,
        opened: OpenDelivery,
        before: Mapping[Place, PlanEntry],
        after: Mapping[Place, PlanEntry],
        label: str,
    ) -> None:
        """Of several quarters, each is tried by itself when one was saved by others."""
        self._settle(after)
        if not isinstance(error, EditConflict):
            self._session.jobs.failed.emit(error)
            self.stale.emit()
        elif len(after) > 1:
            for place, entry in after.items():
                self._write(opened, {place: before[place]}, {place: entry}, label)
        else:
            place, entry = next(iter(after.items()))
            self._pending[place] += 1  # what was typed stays until one of the two is chosen
            self._tell_conflict(place, PLAN_ENTRY.put_over(before[place], entry, error.theirs.record), error.theirs)

    def _tell_conflict(self, place: Place, mine: PlanEntry, theirs: Stored[PlanEntry]) -> None:
        def keep_theirs() -> None:
            self._settle([place])
            self.stale.emit()

        def save_mine() -> None:
            self._settle([place])
            self._base[place] = theirs
            self._working[place] = theirs.record
            self.save({place: mine})

        self.conflict_found.emit(PlanConflict(mine, theirs, keep_theirs, save_mine))
