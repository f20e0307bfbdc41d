"""The measures of a tender as they are typed: shown at once, and saved cell by cell beside what others save."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import Measure
from tomsapp.domain.record_type import differences
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE, TenderMeasure
from tomsapp.domain.wording import listed
from tomsapp.gui.contract.held_texts import HeldTexts
from tomsapp.gui.contract.rows import CellKey
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.measure_rows import FACT_OF, TARGET
from tomsapp.services.changes import Done
from tomsapp.services.failures import EditConflict
from tomsapp.services.tenders.parts import MEASURES
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.typed_quantities import HeldText, held_text, read_quantity
from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MeasureConflict:
    """Somebody saved the same fact of a measure first: both versions, and what to call for either choice."""

    mine: TenderMeasure
    theirs: Stored[TenderMeasure]
    keep_theirs: Callable[[], None]
    save_mine: Callable[[], None]


class _HeldMeasures(HeldTexts):
    """What was typed into the table and cannot be saved."""

    def read(self, cell: CellKey, text: str, measure: Measure | None) -> Any:
        fact = TENDER_MEASURE.fact(FACT_OF[cell[1]])
        value = read_quantity(text, measure) if cell[1] == TARGET else fact.read(text)
        fault = fact.fault(value)
        if fault is not None:
            raise TomsError(fault.message, fault.fix)
        return value


class MeasureEditor(QObject):
    """Keeps what is typed and what is saved apart, so that nothing typed is lost while a save is on its way."""

    changed = Signal()
    """What is shown is something else now."""
    conflict_found = Signal(object)
    """A `MeasureConflict`."""
    told = Signal(str)
    """What somebody else changed meanwhile."""
    stale = Signal()
    """Something was saved or somebody was first, so the tender is to be read again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.opened: OpenTender | None = None
        self._held = _HeldMeasures()
        self._working: dict[str, TenderMeasure] = {}
        self._base: dict[str, Stored[TenderMeasure]] = {}
        self._pending: Counter[str] = Counter()

    # Reading

    def show(self, opened: OpenTender | None) -> None:
        """Take up a tender, or what is new in the one that is open; what is still being saved stays as typed."""
        is_same = opened is not None and self.opened is not None and self.opened.id == opened.id
        if not is_same:
            self._working.clear()
            self._base.clear()
            self._pending.clear()
        if opened is None:
            self.opened = None
            return
        if not is_same:
            self._held.open(Drafts(self._session.preferences, self._session.workspace), opened.id, "tender")
        news = self._news(opened) if is_same else ""
        self.opened = opened
        fresh = {each.record.measure: each for each in opened.measures}
        self._working = {
            code: self._working.get(code, each.record) if self._pending[code] else each.record
            for code, each in fresh.items()
        }
        for code in [code for code in self._base if code not in fresh]:
            del self._base[code]
        self._base.update({code: each for code, each in fresh.items() if not self._pending[code]})
        self._held.read_again(fresh, self.measure_of)
        self.changed.emit()
        if news:
            self.told.emit(news)

    def _news(self, opened: OpenTender) -> str:
        """Who else changed which measures since they were read last; nothing where nobody did."""
        others = [
            each
            for each in opened.measures
            if each.saved_by not in ("", self._session.who)
            and (before := self._base.get(each.record.measure)) is not None
            and before.version < each.version
        ]
        if not others:
            return ""
        codes = listed([each.record.measure for each in others])
        return f"{others[-1].saved_by} changed {codes} meanwhile. It is shown as saved."

    # What is shown

    @property
    def measures(self) -> tuple[TenderMeasure, ...]:
        """The measures as typed, in the order of their menu."""
        return tuple(self._working.values())

    @property
    def held(self) -> Mapping[CellKey, HeldText]:
        """What was typed into cells and cannot be saved."""
        return self._held.texts

    def stored(self, code: str) -> Stored[TenderMeasure] | None:
        """A measure as it was saved last."""
        return self._base.get(code)

    def measure_of(self, code: str) -> Measure | None:
        """The measure of the menu, if its edition has it."""
        edition = self.opened.edition if self.opened else None
        return edition.find_measure(code) if edition else None

    # Changing

    def type_texts(self, texts: Mapping[CellKey, str]) -> None:
        """Take what was typed or pasted into cells: save it in one step of undo, or hold it with what is wrong."""
        changed: dict[str, TenderMeasure] = {}
        for (code, column), text in texts.items():
            record = changed.get(code) or self._working.get(code)
            if record is None:
                continue
            try:
                value: Any = self._held.read((code, column), text, self.measure_of(code))
            except TomsError as error:
                self._held.hold((code, column), held_text(text, error))
                continue
            self._held.release((code, column))
            changed[code] = replace(record, **{FACT_OF[column]: value})
        if not self.save(changed):
            self.changed.emit()

    def save(self, changed: Mapping[str, TenderMeasure]) -> bool:
        """Show and save other measures in one step of undo; False when nothing differs."""
        differ = {code: record for code, record in changed.items() if self._working.get(code) != record}
        if not differ or self.opened is None:
            return False
        before = {code: self._working[code] for code in differ}
        self._working.update(differ)
        self.changed.emit()
        self._write(self.opened, before, differ)
        return True

    def _write(
        self, opened: OpenTender, before: Mapping[str, TenderMeasure], after: Mapping[str, TenderMeasure]
    ) -> None:
        base = self._base
        self._pending.update(list(after))

        def task(workspace: Workspace, _progress: object) -> Done[tuple[Stored[TenderMeasure], ...]]:
            """Runs in the thread of the database, where one save follows the other and knows what it left."""
            done = MEASURES.save_many(workspace, opened, [(base[code], record) for code, record in after.items()])
            base.update(zip(after, done.result, strict=True))
            return done

        def on_saved(_saved: Sequence[Stored[TenderMeasure]]) -> None:
            self._settle(after)
            self.stale.emit()

        job = self._session.act(task, on_saved)
        job.failure(lambda error: self._on_failed(error, opened, before, after)).start()

    def _settle(self, codes: Iterable[str]) -> None:
        """One save of each measure is no longer on its way."""
        for code in codes:
            self._pending[code] = max(0, self._pending[code] - 1)

    def _on_failed(
        self,
        error: Exception,
        opened: OpenTender,
        before: Mapping[str, TenderMeasure],
        after: Mapping[str, TenderMeasure],
    ) -> None:
        """Of several measures, each is tried by itself when one was saved by others."""
        if isinstance(error, EditConflict) and len(after) > 1:
            # Each stays pending until it was tried: what is read meanwhile is not what it was typed over.
            for code, record in after.items():
                self._write(opened, {code: before[code]}, {code: record})
            self._settle(after)
            return
        self._settle(after)
        if not isinstance(error, EditConflict) or not isinstance(error.theirs.record, TenderMeasure):
            self._session.jobs.failed.emit(error)
            self.stale.emit()
        else:
            code, record = next(iter(after.items()))
            self._meet(code, before[code], record, error.theirs)

    def _meet(self, code: str, before: TenderMeasure, mine: TenderMeasure, theirs: Stored[TenderMeasure]) -> None:
        """Put mine beside what somebody else saved; where both changed the same fact, they choose who looks at it."""
        over = TENDER_MEASURE.put_over(before, mine, theirs.record)

        def save_mine() -> None:
            self._pending[code] = 0
            self._base[code] = theirs
            self._working[code] = theirs.record
            if not self.save({code: over}):
                self.stale.emit()

        def keep_theirs() -> None:
            self._pending[code] = 0
            self.stale.emit()

        facts = TENDER_MEASURE.facts
        changed = {fact.name for fact in differences(facts, before, mine)}
        if not theirs.is_deleted and not changed & {fact.name for fact in differences(facts, before, theirs.record)}:
            save_mine()
        else:
            self._pending[code] += 1  # what was typed stays until one of the two is chosen
            self.conflict_found.emit(MeasureConflict(over, theirs, keep_theirs, save_mine))
