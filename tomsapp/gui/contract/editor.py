"""An open contract as the page edits it: shown at once, saved cell by cell, checked right after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import Measure
from tomsapp.domain.offer import CheckedOffer
from tomsapp.gui.contract.cell_typing import CellTyping
from tomsapp.gui.contract.rows import CellKey, GridContents
from tomsapp.gui.dialogs.conflict import Conflict
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.session import Session
from tomsapp.services import commitments, contracts, live_valuation
from tomsapp.services.changes import Changes, Done
from tomsapp.services.contracts import OpenContract
from tomsapp.services.failures import EditConflict, NotFound
from tomsapp.services.workspace import Workspace


def read_worded(workspace: Workspace, contract_id: int) -> OpenContract:
    """A contract whose problems are in words already: of a thousand lines the window would stand still over them.

    Raises:
        NotFound: there is no such contract.
    """
    opened = contracts.open_contract(workspace, contract_id)
    for problem in opened.checked.problems:
        _ = problem.message
    return opened


class ContractEditor(CellTyping, QObject):
    """Keeps what is typed and what is saved apart, so that nothing typed is lost while a save is on its way."""

    changed = Signal()
    """Figures, problems or what is held are something else now."""
    loaded = Signal()
    """A contract, or what others changed in it, was read."""
    failed = Signal(object, object)
    """An exception, and what to call to try again (or None)."""
    conflict_found = Signal(object)
    """A `Conflict` over a commitment."""
    added = Signal(object)
    """Keys of commitments that were added, once they are shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.contract_id = 0
        self.opened: OpenContract | None = None
        self.checked: CheckedOffer | None = None
        self._working: dict[str, Commitment] = {}
        self._versions: dict[int, int] = {}
        self._pending: Counter[str] = Counter()
        self._own_change = False
        self._new_keys: list[str] = []

    # Reading

    def open(self, contract_id: int) -> None:
        """Read a contract; the one shown before is let go."""
        self.close()
        self.contract_id = contract_id
        self._held.open(Drafts(self._session.preferences, self._session.workspace), contract_id)
        self.reload()

    def close(self) -> None:
        """Let go of the contract: its database is another one now, or it is gone."""
        self.contract_id = 0
        self.opened = self.checked = None
        self._working.clear()
        self._pending.clear()

    def reload(self) -> None:
        """Read the contract anew; what is still being saved stays as typed."""
        wanted = self.contract_id
        job = self._session.read(lambda ws: read_worded(ws, wanted), key="contract page")
        job.success(self._on_loaded).failure(self._on_load_failed).start()

    def take_note(self, changes: Changes) -> None:
        """Read anew if `changes` concern this contract and did not come from its own cells."""
        own, self._own_change = self._own_change, False
        if self.contract_id and not own and changes.touches_contract(self.contract_id):
            self.reload()

    def _on_loaded(self, opened: OpenContract) -> None:
        if opened.stored.id != self.contract_id:
            return
        if opened.stored.is_deleted:
            self.close()
            message = f"{opened.contract.reference} was deleted"
            self.failed.emit(TomsError(message, "Go back to the contracts, or undo the deletion"), None)
            return
        kept = {key: line for key, line in self._working.items() if self._pending[key]}
        self.opened = opened
        self._working = {line.record.key: kept.get(line.record.key, line.record) for line in opened.commitments}
        for line in opened.commitments:
            if line.record.key not in kept:
                self._versions[line.id] = line.version
        self._held.read_again(self._working, self.measure_of)
        self.checked = live_valuation.revalue(opened, opened.checked, self.commitments) if kept else opened.checked
        self.loaded.emit()
        self.changed.emit()
        new, self._new_keys = [key for key in self._new_keys if key in self._working], []
        if new:
            self.added.emit(new)

    def _on_load_failed(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self.close()
            self.failed.emit(error, None)
        else:
            self.failed.emit(error, self.reload)

    # What is shown

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments as typed, in their order."""
        return tuple(self._working.values())

    @property
    def contents(self) -> GridContents | None:
        """What the grid shows, or None before a contract was read."""
        if self.opened is None or self.checked is None:
            return None
        return GridContents(self.checked, self.opened.area, dict(self._held.texts), self.opened.is_locked)

    def measure_of(self, key: str) -> Measure | None:
        """The measure of a commitment, if the menu edition has it."""
        line = self._working.get(key)
        return self.opened.edition.find_measure(line.measure) if line and self.opened else None

    def commitment(self, key: str) -> Commitment | None:
        """A commitment as typed."""
        return self._working.get(key)

    # Quantities

    def quantity_at(self, key: str, cell: int) -> Decimal | None:
        """What a commitment promises for a contract year, as typed."""
        line = self._working.get(key)
        return line.quantity_in(cell) if line else None

    def set_quantities(self, quantities: Mapping[CellKey, Decimal | None]) -> None:
        """Change quantities, in one step of undo."""
        held_before = dict(self._held.texts)
        years = len(self.opened.contract.years) if self.opened else 0
        changed: dict[str, Commitment] = {}
        for (key, year), quantity in quantities.items():
            line = changed.get(key) or self._working.get(key)
            if line is not None:
                self._held.release((key, year))
                changed[key] = line.with_quantity(year, quantity, years)
        if not self.save(changed) and self._held.texts != held_before:
            self.changed.emit()

    # Saving

    def save(self, changed: Mapping[str, Commitment], label: str = "") -> bool:
        """Show and save other commitments in one step of undo; False when nothing differs."""
        differ = {key: line for key, line in changed.items() if self._working.get(key) != line}
        if not differ or self.opened is None or self.checked is None:
            return False
        before = {key: self._working[key] for key in differ}
        self._working.update(differ)
        self.checked = live_valuation.revalue(self.opened, self.checked, self.commitments)
        self.changed.emit()
        self._write(before, differ, label or self._label(differ))
        return True

    def _label(self, changed: Mapping[str, Commitment]) -> str:
        if len(changed) > 1:
            return f"Change {len(changed)} commitments"
        line = next(iter(changed.values()))
        return f"Change {self.opened.edition.name_of(line.measure) if self.opened else line.measure}"

    def _write(self, before: Mapping[str, Commitment], after: Mapping[str, Commitment], label: str) -> None:
        contract_id, versions = self.contract_id, self._versions
        self._pending.update(list(after))

        def task(workspace: Workspace, _progress: object) -> Done[tuple[Stored[Commitment], ...]]:
            """Runs in the thread of the database, where one save follows the other and knows its version."""
            pairs = [
                (Stored(int(key), versions[int(key)], before[key]), replace(line, key=key))
                for key, line in after.items()
            ]
            done = commitments.save_commitments(workspace, contract_id, pairs, label)
            versions.update({stored.id: stored.version for stored in done.result})
            return done

        def on_saved(saved: Sequence[Stored[Commitment]]) -> None:
            self._own_change = bool(saved)
            self._settle(after)

        def on_failed(error: Exception) -> None:
            self._on_save_failed(error, before, after, label)

        # Checks would hold up the painting of the figures that were just shown, so they follow the save.
        self._session.act(task, on_saved).failure(on_failed).finished(self._check_again).start()

    def _settle(self, keys: Iterable[str]) -> None:
        """One save of each line is no longer on its way; a page opened anew has none to count down."""
        for key in keys:
            self._pending[key] = max(0, self._pending[key] - 1)

    def _on_save_failed(
        self, error: Exception, before: Mapping[str, Commitment], after: Mapping[str, Commitment], label: str
    ) -> None:
        """What was typed stays pending; of several lines, each is tried by itself when one was saved by others."""

        def again() -> None:
            self._settle(after)
            self._write(before, after, label)

        if not isinstance(error, EditConflict):
            self.failed.emit(error, again)
        elif len(after) > 1:
            self._settle(after)
            for key, line in after.items():
                self._write({key: before[key]}, {key: line}, label)
        else:
            key, line = next(iter(after.items()))
            mine = COMMITMENT.put_over(before[key], line, error.theirs.record)
            self._tell_conflict(error.theirs, mine, label)

    def _tell_conflict(self, theirs: Stored[Commitment], mine: Commitment, label: str) -> None:
        key = theirs.record.key

        def keep_theirs() -> None:
            self._pending[key] = 0
            self.reload()

        def save_mine() -> None:
            self._pending[key] = 0
            self._versions[theirs.id] = theirs.version
            self._working[key] = theirs.record
            self.save({key: replace(mine, key=key)}, label)

        self.conflict_found.emit(Conflict(mine, theirs, keep_theirs, save_mine))

    def _check_again(self) -> None:
        opened, shown = self.opened, self.checked
        if opened is not None and shown is not None:
            job = self._session.jobs.run(
                lambda _progress: live_valuation.check_again(opened, shown), database=False, key="contract checks"
            )
            job.success(self._on_checked).start()

    def _on_checked(self, checked: CheckedOffer) -> None:
        if self.opened is not None and checked.offer.commitments == self.commitments:
            self.checked = checked
            self.changed.emit()

    # What whole-line actions need

    def shown(self, key: str) -> Stored[Commitment] | None:
        """A commitment as typed, with who saved it last as far as was read."""
        line, opened = self._working.get(key), self.opened
        read = next((one for one in opened.commitments if one.record.key == key), None) if opened else None
        return replace(read, version=self._versions[read.id], record=line) if read and line else None

    def stored(self, line: Commitment) -> Stored[Commitment]:
        """A commitment with the version that the database last gave; may be asked in any thread."""
        return Stored(int(line.key), self._versions[int(line.key)], line)

    def expect(self, keys: Sequence[str]) -> None:
        """Tell with `added` when these commitments are shown."""
        self._new_keys = list(keys)

    def let_go(self, keys: Sequence[str]) -> None:
        """Forget what was typed into lines that are gone."""
        for key in keys:
            self._held.release_line(key)
