"""The delivery plan as it is worked on: shown at once, and saved cell by cell beside what others save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from tomsapp.domain.delivery.plan import NONE, PLAN_ENTRY, PlanEntry
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import Measure
from tomsapp.domain.wording import listed
from tomsapp.gui.contract.cell_typing import CellTyping
from tomsapp.gui.contract.rows import CellKey
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.records.saved_cells import SavedCells
from tomsapp.services.changes import Done
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_plans import plan_in_force_of, save_plan, working_plan
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


class PlanEditor(CellTyping, SavedCells[OpenDelivery, Place, PlanEntry]):
    """The plan of a contract, known by commitment and quarter."""

    kind = PLAN_ENTRY
    asks_always = True

    # Reading

    def show(self, opened: OpenDelivery | None) -> None:
        """Take up a contract, or what is new in the one that is open; what is still being saved stays as typed."""
        is_same = opened is not None and self.opened is not None and self.opened.stored.id == opened.stored.id
        if not is_same:
            self.forget()
        if opened is None:
            self.opened = None
            return
        if not is_same:
            self._held.open(Drafts(self._session.preferences, self._session.workspace), opened.stored.id, "the plan of")
        news = self._news(opened)
        self.opened = opened
        fresh = {(entry.commitment, entry.quarter): entry for entry in working_plan(opened)}
        saved = {(each.record.commitment, each.record.quarter): each for each in opened.planned}
        self.take_up(fresh, saved)
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

    def write(
        self, workspace: Workspace, opened: OpenDelivery, after: Mapping[Place, PlanEntry], label: str
    ) -> Done[tuple[Stored[PlanEntry], ...]]:
        """Save quarters over what was there of each, if anything was."""
        return save_plan(workspace, opened, [(self._base.get(place), entry) for place, entry in after.items()], label)
