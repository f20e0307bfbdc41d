"""What is done with measures beside typing into their table: chosen, taken out, required by theme, seen as a whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.keys import theme_key
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE, TenderMeasure
from tomsapp.gui.records.record_dialog import RecordDialog
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.choose_measures import ChooseMeasures
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.services.changes import Done
from tomsapp.services.failures import EditConflict
from tomsapp.services.tenders.choosing import choose_measures
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.parts import MEASURES
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.domain.priority import Priority
    from tomsapp.domain.tender.tender import Tender


class MeasureActs(QObject):
    """Each is saved at once, as one step of undo."""

    stale = Signal()
    """Something was saved or somebody was first, so the tender is to be read again."""
    chosen = Signal()
    """Measures were chosen: the keyboard goes on in their table."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._beside = session, parent
        self.dialog: ChooseMeasures | RecordDialog[TenderMeasure] | None = None

    def choose(self, opened: OpenTender, edition: MenuEdition, priorities: Sequence[Priority]) -> None:
        """Ask which measures the tender asks for."""
        chosen = [each.record.measure for each in opened.measures]
        dialog = ChooseMeasures(edition, priorities, chosen, self._beside.window())
        dialog.close_when_saved(
            lambda: self._session.act(
                lambda workspace, _progress: choose_measures(workspace, opened, dialog.codes),
                lambda _added: self.stale.emit(),
            ),
            self.stale.emit,
            self._session.jobs.failed.emit,
        )
        dialog.accepted.connect(self.chosen)
        self.dialog = open_once(dialog)

    def remove(self, opened: OpenTender, codes: Collection[str]) -> None:
        """Take measures out; Undo brings them back with all that was said of them."""
        gone = [each for each in opened.measures if each.record.measure in codes]
        job = self._session.act(
            lambda workspace, _progress: MEASURES.remove(workspace, opened, gone), lambda _none: self.stale.emit()
        )
        job.failure(self._on_refused).start()

    def change_theme(self, opened: OpenTender, number: int) -> None:
        """Make a theme one of which each offer must have a measure, or not."""
        self._save_theme(opened.stored, number, is_required=number not in opened.tender.theme_numbers)

    def _save_theme(self, before: Stored[Tender], number: int, *, is_required: bool) -> None:
        """Save it over what the database holds: of the themes only this one is changed."""
        key = frozenset({theme_key(before.record.menu, number)})
        themes = before.record.mandatory_themes
        tender = replace(before.record, mandatory_themes=themes | key if is_required else themes - key)

        def on_failed(error: Exception) -> None:
            if isinstance(error, EditConflict) and not error.theirs.is_deleted:
                self._save_theme(error.theirs, number, is_required=is_required)
            else:
                self._on_refused(error)

        job = self._session.act(
            lambda workspace, _progress: TENDER_FACTS.save(workspace, before, tender), lambda _stored: self.stale.emit()
        )
        job.failure(on_failed).start()

    def _on_refused(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        self.stale.emit()

    def open_details(self, opened: OpenTender, stored: Stored[TenderMeasure], *, is_fixed: bool) -> None:
        """Open all that is asked of a measure, with an exception from the council's rules."""
        form: RecordForm[TenderMeasure] = RecordForm(TENDER_MEASURE)
        form.setEnabled(not is_fixed)
        code, actions = stored.record.measure, MEASURES.form(opened)
        dialog = RecordDialog(
            opened.edition.name_of(code) if opened.edition else code,
            form,
            stored.record,
            lambda record: self._session.read(lambda workspace: actions.check(workspace, record, stored.id)),
            self._beside.window(),
            go="Save measure",
            question="Is it meant so?",
            before=stored,
        )

        def saving(workspace: Workspace, _progress: object) -> Done[Stored[TenderMeasure]]:
            return actions.save(workspace, dialog.before or stored, dialog.record)

        dialog.close_when_saved(
            lambda: self._session.act(saving, lambda _stored: self.stale.emit()),
            self.stale.emit,
            self._session.jobs.failed.emit,
        )
        self.dialog = open_once(dialog)
