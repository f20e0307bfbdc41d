"""An open variation as its window edits it: shown at once, and saved as it is typed beside what others saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import Measure
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.problems import Severity
from tomsapp.domain.variation import NEW_LINE, Variation, VariationLine, merged
from tomsapp.domain.varied import ended, is_same_line
from tomsapp.gui.contract.cell_typing import CellTyping
from tomsapp.gui.contract.rows import CellKey, GridContents
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.session import Session
from tomsapp.services import commitments, variations
from tomsapp.services.changes import Changes, Done
from tomsapp.services.failures import EditConflict, NotFound
from tomsapp.services.variations import OpenVariation, SavedVariation
from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class VariationConflict:
    """Somebody saved the same fact or line first: both versions, and what to call for either choice."""

    error: EditConflict
    mine: Variation
    keep_theirs: Callable[[], None]
    save_mine: Callable[[], None]


class VariationEditor(CellTyping, QObject):
    """Keeps what is typed and what is saved apart, so that nothing typed is lost while a save is on its way."""

    changed = Signal()
    """Figures, problems or what is held are something else now."""
    loaded = Signal()
    """The variation, or what others changed in it, was read."""
    saved = Signal()
    failed = Signal(object, object)
    """An exception, and what to call to try again (or None)."""
    conflict_found = Signal(object)
    """A `VariationConflict`."""
    told = Signal(str)
    """What somebody else did meanwhile."""
    gone = Signal(str)
    """It is signed or deleted, and there is nothing to edit any more: who did it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._number = 0
        self.one: OpenVariation | None = None
        self._base: list[Stored[Variation]] = []
        self._pending = 0
        self._own_change = False

    # Reading

    def open(self, variation_id: int) -> None:
        """Read a variation."""
        self._number = variation_id
        self.reload()

    def close(self) -> None:
        """Let go of it; what was typed is saved."""
        self._number, self.one = 0, None

    def reload(self) -> None:
        """Read it anew; while something is being saved, what is typed stays."""
        wanted = self._number
        job = self._session.read(lambda ws: variations.open_variation(ws, wanted), key="variation")
        job.success(self._on_loaded).failure(self._on_load_failed).start()

    def take_note(self, changes: Changes) -> None:
        """Read anew if `changes` concern its contract and did not come from this window."""
        own, self._own_change = self._own_change, False
        if self.one is not None and not own and changes.touches_contract(self.one.opened.stored.id):
            self.reload()

    def _on_load_failed(self, error: Exception) -> None:
        self.failed.emit(error, None if isinstance(error, NotFound) else self.reload)

    def _on_loaded(self, one: OpenVariation) -> None:
        if one.stored.id != self._number or self._pending:
            return
        if one.stored.is_deleted or not one.is_draft:
            done = "deleted" if one.stored.is_deleted else "signed"
            self.close()
            self.gone.emit(f"{one.variation.name.capitalize()} was {done} by {one.stored.saved_by}")
            return
        if self.one is None:
            drafts = Drafts(self._session.preferences, self._session.workspace)
            self._held.open(drafts, one.opened.stored.id, "variation of contract")
        self.one, self._base = one, [one.stored]
        self._held.read_again(self._lines, self.measure_of)
        self.loaded.emit()
        self.changed.emit()

    # What is shown

    @property
    def variation(self) -> Variation:
        """The variation as typed."""
        return self.one.variation if self.one else Variation()

    @property
    def _lines(self) -> dict[str, Commitment]:
        return {line.key: line for line in self._checked.offer.commitments} if self.one else {}

    @property
    def _checked(self) -> CheckedOffer:
        if self.one is None:
            raise RuntimeError("No variation is open")
        return self.one.varied.checked

    @property
    def contents(self) -> GridContents | None:
        """What the grid shows: the lines with the variation, with what must be put right in them.

        What is asked of a line can only be answered in a draft, so that it is told beside the grid.
        """
        if self.one is None:
            return None
        checked = self._checked
        errors = tuple(problem for problem in checked.problems if problem.severity is Severity.ERROR)
        return GridContents(replace(checked, problems=errors), self.one.opened.area, dict(self._held.texts))

    def line(self, key: str) -> Commitment | None:
        """A line with the variation."""
        return self._lines.get(key)

    def measure_of(self, key: str) -> Measure | None:
        """The measure of a line, if the menu edition has it."""
        line = self._lines.get(key)
        return self.one.opened.edition.find_measure(line.measure) if line and self.one else None

    @property
    def is_held(self) -> bool:
        """Whether something that cannot be a quantity stands in a cell."""
        return bool(self._held.texts)

    @property
    def stored(self) -> Stored[Variation]:
        """The variation as it was saved last."""
        return self._base[0]

    # Lines

    def quantity_at(self, key: str, cell: int) -> Decimal | None:
        """What a line promises for a contract year, with the variation."""
        line = self._lines.get(key)
        return line.quantity_in(cell) if line else None

    def set_quantities(self, quantities: Mapping[CellKey, Decimal | None]) -> None:
        """Change quantities, in one step of undo."""
        if self.one is None:
            return
        years, after, lines = len(self.one.varied.contract.years), self.variation, self._lines
        for (key, year), quantity in quantities.items():
            if key in lines:
                self._held.release((key, year))
                lines[key] = lines[key].with_quantity(year, quantity, years)
                after = self._with_line(after, lines[key])
        if not self.change(after):
            self.changed.emit()

    def save_line(self, line: Commitment) -> None:
        """Change a line's details."""
        self.change(self._with_line(self.variation, line))

    def _with_line(self, after: Variation, line: Commitment) -> Variation:
        """The variation with a line; one that is as it was in the contract is no part of it.

        What was promised of years that an early end takes away stands by, for the end may move again.
        """
        held = after.line_of(line.key)
        is_ended = held.is_ended if held else False
        was = self._was(line.key)
        before = held.line if held else was
        if before is not None:
            beyond = before.quantities[len(line.quantities) :]
            line = replace(line, quantities=(*line.quantities, *beyond))
        if was is not None and not is_ended and is_same_line(was, line):
            return after.without_line(line.key)
        return after.with_line(VariationLine(line, is_ended))

    def _was(self, key: str) -> Commitment | None:
        opened = self.one.opened if self.one else None
        return next((line.record for line in opened.commitments if line.record.key == key), None) if opened else None

    def add_measures(self, codes: list[str]) -> None:
        """Add an empty line for each measure."""
        if self.one is None:
            return
        after = self.variation
        for code in codes:
            empty = commitments.new_commitment(code, self.one.varied.contract)
            after = after.with_line(VariationLine(replace(empty, key=f"{NEW_LINE}{uuid4().hex[:12]}")))
        self.change(after)

    def end_lines(self, keys: list[str]) -> None:
        """End lines of the contract, and take out those that the variation adds."""
        if self.one is None:
            return
        after = self.variation
        for key in keys:
            was = self._was(key)
            if was is None:
                self._held.release_line(key)
                after = after.without_line(key)
            else:
                held = after.line_of(key)
                line = held.line if held else self._lines[key]
                after = after.with_line(ended(line, self.one.varied.contract, after.effective_on))
        self.change(after)

    def leave_lines(self, keys: list[str]) -> None:
        """Leave lines as they are in the contract: the variation says nothing of them."""
        after = self.variation
        for key in keys:
            self._held.release_line(key)
            after = after.without_line(key)
        self.change(after)

    # Saving

    def change(self, after: Variation) -> bool:
        """Show and save another state of the variation; False when nothing differs."""
        before = self.variation
        if self.one is None or after == before:
            return False
        self._show(after)
        self._write(before, after)
        return True

    def _show(self, variation: Variation) -> None:
        if self.one is not None:
            stored = replace(self.one.stored, record=variation)
            self.one = variations.with_variation(self.one.opened, stored)
            self.changed.emit()

    def _write(self, before: Variation, after: Variation) -> None:
        if self.one is None:
            return
        contract_id, base = self.one.opened.stored.id, self._base
        self._pending += 1

        def task(workspace: Workspace, _progress: object) -> Done[SavedVariation]:
            """Runs in the thread of the database, where one save follows the other and knows what it left."""
            wanted, both = merged(before, after, base[0].record)
            if both:
                raise EditConflict(base[0])
            done = variations.save(workspace, contract_id, base[0], wanted)
            base[0] = done.result.stored
            return done

        def on_saved(saved: SavedVariation) -> None:
            self._own_change = True
            if saved.with_whom and saved.with_whom != workspace_user:
                self.told.emit(f"{saved.with_whom} changed this draft meanwhile. Both changes are kept.")

        def on_failed(error: Exception) -> None:
            self._on_save_failed(error, before, after)

        workspace_user = self._session.who
        self._session.act(task, on_saved).failure(on_failed).finished(self._on_written).start()

    def _on_written(self) -> None:
        self._pending -= 1
        if self._pending or self.one is None or self._base[0].record == self.variation:
            if not self._pending:
                self.saved.emit()
            return
        # What somebody else saved meanwhile stands in it too.
        self._own_change = False
        self.reload()

    def _on_save_failed(self, error: Exception, before: Variation, after: Variation) -> None:
        """What was typed stays, and is shown beside what somebody else saved."""
        if not isinstance(error, EditConflict):
            self.failed.emit(error, lambda: self._write(before, after))
            return
        theirs, base = error.theirs, self._base
        mine = after if theirs.is_deleted else merged(before, after, theirs.record)[0]

        def keep_theirs() -> None:
            base[0] = theirs
            self.reload()

        def save_mine() -> None:
            base[0] = theirs
            self._show(mine)
            self._write(theirs.record, mine)

        self.conflict_found.emit(VariationConflict(error, mine, keep_theirs, save_mine))
