"""Who evaluates: conflict of interest, how far each is, and the files of those without the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.marking import EVALUATOR, Evaluator
from tomsapp.domain.wording import format_date
from tomsapp.gui.export_menu import choose_file_to_save
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.records.record_dialog import RecordDialog
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.marking_files_window import MarkingFilesWindow
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import EmptyState, Toast
from tomsapp.gui.widgets.file_drops import TakesFiles
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.text import Text
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.marking import EvaluatorAtWork, MarkingStage, OpenMarking
from tomsapp.services.tenders.marking_files import make_marking_file, write_marking_file_to

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.gui.jobs import Job
    from tomsapp.services.tenders.reading import OpenTender

_WORKBOOK = "Excel workbook (*.xlsx)"
_HOW = (
    "Whoever has this database marks here, under the name in Settings, This computer. For everybody "
    "else make a marking file, and read it here when it comes back: drop it on this page."
)
_EMPTY = (
    "No evaluators yet",
    "Add whoever marks the answers. Each confirms first that there is no conflict of interest.",
)


def _conflict(row: EvaluatorAtWork) -> str:
    evaluator = row.stored.record
    if not evaluator.has_no_conflict or evaluator.confirmed_on is None:
        return "Not confirmed yet"
    return f"None, confirmed on {format_date(evaluator.confirmed_on)}"


def _marks(row: EvaluatorAtWork) -> str:
    sent_on = row.stored.record.sent_on
    told = f"{row.given} of {row.of}"
    return f"{told}, sent on {format_date(sent_on)}" if sent_on is not None else told


COLUMNS: tuple[Column[EvaluatorAtWork], ...] = (
    Column("name", "Evaluator", lambda row: row.stored.record.name, second_line=lambda row: row.stored.record.role),
    Column(
        "conflict",
        "Conflict of interest",
        _conflict,
        width=290,
        tone=lambda row: "text" if row.stored.record.has_no_conflict else "warning",
        icon=lambda row: None if row.stored.record.has_no_conflict else "triangle-alert",
    ),
    Column(
        "marks",
        "Marks",
        _marks,
        width=220,
        tone=lambda row: "text" if row.stored.record.sent_on is None else "success",
        icon=lambda row: None if row.stored.record.sent_on is None else "check",
    ),
)  # fmt: skip


class EvaluatorsCard(TakesFiles, QWidget):
    """Lists the evaluators of a tender; adds, changes and takes out; makes marking files and reads them back."""

    wants_toast = Signal(object)
    refused = Signal()
    """Something could not be saved: somebody may have been first, so it is to be read again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._tender: OpenTender | None = None
        self._opened: OpenMarking | None = None
        self.dialog: RecordDialog[Evaluator] | None = None
        self.window_read: MarkingFilesWindow | None = None
        self.setAcceptDrops(True)
        self.model: RowModel[EvaluatorAtWork] = RowModel(COLUMNS)
        self.table = DataTable(self.model, "Evaluators")
        self.first_button = Button("Add evaluator", "primary", does=self.add)
        self.add_button = Button("Add evaluator", does=self.add)
        self.change_button = Button("Change…", does=self.change)
        self.out_button = Button("Take out", does=self.take_out)
        self.file_button = Button("Make marking file…", icon_name="download", does=self.make_file)
        self.read_button = Button("Read marking files…", icon_name="folder-open", does=self.read_files)
        self._build()

    def _build(self) -> None:
        card, bare = Card(), Card()
        card.fill(self.table)
        self.empty = EmptyState("users", *_EMPTY, self.first_button)
        bare.fill(self.empty)
        buttons = in_row(self.add_button, self.change_button, self.out_button, STRETCH, gap=8)
        files = in_row(self.file_button, self.read_button, STRETCH, gap=8)
        listed = holding(
            in_column(
                Text("Evaluators", "h2"), Text(_HOW, "note", "text_muted", wrap=True), (card, 1), buttons, files, gap=10
            )
        )
        self._bare, self._listed = bare, listed
        self._stack = stack_of(bare, listed)
        in_column((self._stack, 1), inside=self)
        self.table.row_opened.connect(lambda _row: self.change())
        self.table.current_row_changed.connect(lambda _row: self._say_buttons())
        add_action(self.table, "Take the evaluator out", "Del", self.take_out)

    def show_marking(self, tender: OpenTender, opened: OpenMarking) -> None:
        """Show the evaluators as they were read."""
        place = max(self.table.currentIndex().row(), 0)
        self._tender, self._opened = tender, opened
        self.model.set_rows(opened.evaluators)
        self._stack.setCurrentWidget(self._listed if opened.evaluators else self._bare)
        if opened.evaluators:
            self.table.select_place(min(place, len(opened.evaluators) - 1))
        self._say_buttons()

    @property
    def current(self) -> EvaluatorAtWork | None:
        """The evaluator under the cursor."""
        place = self.table.currentIndex().row()
        return self.model.row_object(place) if 0 <= place < self.model.rowCount() else None

    def _say_buttons(self) -> None:
        """Offer what can be done now."""
        stage = self._opened.stage if self._opened is not None else MarkingStage.FIXED
        row, is_open = self.current, stage is not MarkingStage.FIXED
        are_seen = self._opened is not None and self._opened.are_seen
        for button in (self.add_button, self.first_button):
            button.setVisible(is_open and not are_seen)
        self.change_button.setVisible(is_open and row is not None)
        self.out_button.setVisible(is_open and row is not None)
        can_file = stage is MarkingStage.MARKING and row is not None and row.stored.record.sent_on is None
        self.file_button.setVisible(can_file)
        if row is not None:
            self.file_button.setText(f"Make marking file for {row.stored.record.name}…")
        self.read_button.setVisible(stage is MarkingStage.MARKING)

    # What the user does

    def add(self) -> None:
        """Ask for one more evaluator."""
        self._ask(None)

    def change(self) -> None:
        """Ask for other facts of the evaluator under the cursor."""
        row = self.current
        if row is not None and not self.change_button.isHidden():
            self._ask(row.stored)

    def _ask(self, before: Stored[Evaluator] | None) -> None:
        tender, session = self._tender, self._session
        if tender is None:
            return
        form, number = EVALUATORS.form(tender), before.id if before else None
        dialog: RecordDialog[Evaluator] = RecordDialog(
            f"Change {before.record.name}" if before else f"Add an evaluator to {tender.tender.reference}",
            RecordForm(EVALUATOR),
            before.record if before else Evaluator(""),
            lambda said: session.read(lambda workspace: form.check(workspace, said, number)),
            self.window(),
            go="Save evaluator" if before else "Add evaluator",
            question="Is this the same evaluator?",
            before=before,
        )

        def save() -> Job[Any]:
            said, over = dialog.record, dialog.before
            if over is None:
                return session.act(lambda workspace, _progress: form.add(workspace, said))
            return session.act(lambda workspace, _progress: form.save(workspace, over, said))

        dialog.close_when_saved(save, self.refused.emit, session.jobs.failed.emit)
        self.dialog = dialog
        open_once(dialog)

    def take_out(self) -> None:
        """Take the evaluator under the cursor out of the tender; Undo brings them back with their marks."""
        row, tender = self.current, self._tender
        if row is None or tender is None or self.out_button.isHidden():
            return
        job = self._session.act(lambda workspace, _progress: EVALUATORS.remove(workspace, tender, [row.stored]))
        job.failure(self._on_refused).start()

    def _on_refused(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        self.refused.emit()

    # Files

    def make_file(self) -> None:
        """Ask where to save the marking file of the evaluator under the cursor, and write it."""
        row, tender = self.current, self._tender
        if row is None or tender is None:
            return
        name = f"{tender.tender.reference} marks of {row.stored.record.name}.xlsx"
        path = choose_file_to_save(self, self._session, name, _WORKBOOK)
        if path is None:
            return
        workspace, now, number = self._session.workspace, datetime.now().astimezone(), row.stored.id

        def write(_progress: object) -> Path:
            return write_marking_file_to(make_marking_file(workspace, tender.id, number, now), path)

        job = self._session.jobs.run(write, title=f"Making the marking file of {row.stored.record.name}")
        job.success(lambda saved: self.wants_toast.emit(Toast(f"Saved as {saved}", icon="download"))).start()

    def read_files(self) -> None:
        """Open the window in which marking files are chosen."""
        self.open_window(())

    def open_window(self, paths: Sequence[Path]) -> None:
        """Open the window that reads marking files, with files or where they are chosen."""
        if self._tender is None or self._opened is None or self._opened.stage is not MarkingStage.MARKING:
            return
        window = MarkingFilesWindow(self._session, self._tender, self.window())
        window.finished.connect(lambda _result: setattr(self, "window_read", None))
        window.taken.connect(lambda words: self.wants_toast.emit(Toast(words, self._session.undo)))
        self.window_read = window
        window.show()
        if paths:
            window.read(paths)

    def take_dropped(self, paths: list[Path]) -> None:
        """Read what was dropped."""
        self.open_window(paths)
