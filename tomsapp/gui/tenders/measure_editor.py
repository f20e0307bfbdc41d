"""The measures of a tender as they are typed: shown at once, and saved cell by cell beside what others save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import Measure
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE, TenderMeasure
from tomsapp.domain.wording import listed
from tomsapp.gui.contract.held_texts import HeldTexts
from tomsapp.gui.contract.rows import CellKey
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.records.saved_cells import SavedCells
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.measure_rows import FACT_OF, TARGET
from tomsapp.services.changes import Done
from tomsapp.services.tenders.parts import MEASURES
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.typed_quantities import HeldText, held_text, read_quantity
from tomsapp.services.workspace import Workspace


class _HeldMeasures(HeldTexts):
    """What was typed into the table and cannot be saved."""

    def read(self, cell: CellKey, text: str, measure: Measure | None) -> Any:
        fact = TENDER_MEASURE.fact(FACT_OF[cell[1]])
        value = read_quantity(text, measure) if cell[1] == TARGET else fact.read(text)
        fault = fact.fault(value)
        if fault is not None:
            raise TomsError(fault.message, fault.fix)
        return value


class MeasureEditor(SavedCells[OpenTender, str, TenderMeasure]):
    """The measures of a tender, known by their codes; the tender is read again after each save."""

    kind = TENDER_MEASURE

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._held = _HeldMeasures()
        self.saved.connect(self.stale)

    # Reading

    def show(self, opened: OpenTender | None) -> None:
        """Take up a tender, or what is new in the one that is open; what is still being saved stays as typed."""
        is_same = opened is not None and self.opened is not None and self.opened.id == opened.id
        if not is_same:
            self.forget()
        if opened is None:
            self.opened = None
            return
        if not is_same:
            self._held.open(Drafts(self._session.preferences, self._session.workspace), opened.id, "tender")
        news = self._news(opened) if is_same else ""
        self.opened = opened
        fresh = {each.record.measure: each for each in opened.measures}
        self.take_up({code: each.record for code, each in fresh.items()}, fresh)
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

    def write(
        self, workspace: Workspace, opened: OpenTender, after: Mapping[str, TenderMeasure], _label: str
    ) -> Done[tuple[Stored[TenderMeasure], ...]]:
        """Save measures of the tender; the service says what that is called."""
        return MEASURES.save_many(workspace, opened, [(self._base[code], record) for code, record in after.items()])
