"""Imports the commitments of a contract from a spreadsheet: make it, fill it in, look at it, import it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem
from tomsapp.gui.dialogs.import_table import ImportTable
from tomsapp.gui.export_menu import choose_file_to_save
from tomsapp.gui.jobs import Job
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button, SegmentedButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.feedback import EmptyState, ProgressCard
from tomsapp.gui.widgets.fields import ChoiceField, LineField
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, STRETCH, add_part, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.problems import ProblemRow, rows_of
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.reading.receipt import Receipt
from tomsapp.services.changes import Done
from tomsapp.services.contracts import OpenContract, open_contract
from tomsapp.services.importing import FilePreview, import_commitments, make_template, preview_file

_OWN, _ALL = "own", "all"
_ADD, _REPLACE = "add", "replace"
_KINDS = "Spreadsheets (*.xlsx *.xlsm *.ods *.csv *.txt *.tsv);;All files (*)"
_WIDTH, _HEIGHT = 1240, 760
_MOST_SAID, _SIDES = 110, 60


class ImportDialog(QDialog):
    """Nothing is saved before “Import n commitments”; then all of it in one step that Undo takes back."""

    def __init__(self, session: Session, contract_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._contract_id = session, contract_id
        self._opened: OpenContract | None = None
        self._receipt: Receipt | None = None
        self._job: Job[FilePreview] | Job[Done[int]] | None = None
        self._differences: tuple[Problem, ...] = ()
        self.setWindowTitle("Import commitments")
        self.setAcceptDrops(True)
        self.title = Text("Import commitments", "h2", wrap=True)
        self.measures = ChoiceField("Measures in the spreadsheet")
        self.make_button = Button("Make the spreadsheet…", icon_name="download", does=self._on_make)
        self.choose_button = Button("Choose a file…", icon_name="folder-open", does=self._on_choose)
        self.said = Text("", "note", "text_muted", wrap=True)
        self.rows = ImportTable()
        self.mode = SegmentedButton("How to import", [(_ADD, "Add them"), (_REPLACE, "Replace what is there")])
        self.summary = Text("", "strong")
        self.own_total = Text("", "note", "text_muted", wrap=True)
        self.answer = LineField(
            "Which is meant, and why? It is kept in the history", placeholder="For example: the texts are numbers"
        )
        self.import_button = Button("Import commitments", "primary", does=self._on_import)
        self.cancel_button = Button("Cancel", does=self.reject)
        self._empty = EmptyState(
            "upload", "No file chosen yet", "Choose the filled-in spreadsheet, or drop it here. Nothing is saved yet."
        )
        self._progress: ProgressCard | None = None
        self._build_layout()
        self._connect()
        theme = current_theme()
        room = parent.window().size() if parent is not None else self.maximumSize()
        self.resize(min(theme.px(_WIDTH), room.width() - 40), min(theme.px(_HEIGHT), room.height() - 40))
        self._show_preview(is_shown=False)
        session.read(lambda workspace: open_contract(workspace, contract_id)).success(self._on_opened).start()

    # Building

    def _build_layout(self) -> None:
        make = self._build_step("1. Make and fill in", self.measures, self.make_button)
        choose = self._build_step("2. Choose the filled-in file", self.said, self.choose_button)
        steps = in_row((make, 1), (choose, 1), gap=12)
        self._file_problems = in_column(gap=6)
        # It scrolls, so that the rows keep their room.
        self._problem_area = ScrollArea("What is said of the file", holding(self._file_problems), only_down=True)
        self._problem_area.setVisible(False)
        foot = in_row(self.import_button, self.cancel_button, 12, (self.summary, 1), self.mode, gap=8)
        middle = self._problem_area, (self._empty, 1), (self.rows, 1), self.own_total, self.answer
        self._column = in_column(self.title, steps, *middle, foot, inside=self, margins=DIALOG_MARGINS, gap=12)

    def _build_step(self, title: str, content: QWidget, button: Button) -> Card:
        card = Card(title)
        for part in (content, STRETCH, button):
            add_part(card.body, part)
        return card

    def _connect(self) -> None:
        self.rows.chosen_changed.connect(self._say_chosen)
        self.answer.edited.connect(self._say_chosen)

    def _on_opened(self, opened: OpenContract) -> None:
        self._opened = opened
        own = {line.record.measure for line in opened.commitments}
        self.title.setText(f"Import commitments into {opened.contract.reference}")
        self.said.setText(
            f"For {opened.edition.name}. An Excel workbook made here, or any workbook or CSV with a code and a "
            "column for each contract year."
        )
        options: list[tuple[object, str]] = [(_ALL, f"All {len(opened.edition.measures)} measures of the menu")]
        if own:
            options.insert(0, (_OWN, f"The {len(own)} of this contract, filled in as they are now"))
        options += [(theme.number, f"Theme {theme.number}: {theme.title}") for theme in opened.edition.themes]
        self.measures.set_options(options)
        self.measures.set_value(options[0][0])
        self.mode.setVisible(bool(own))

    # Making the spreadsheet

    def _on_make(self) -> None:
        opened = self._opened
        if opened is None:
            return
        name = f"Commitments of {opened.contract.reference}.xlsx"
        path = choose_file_to_save(self, self._session, name, "Excel workbook (*.xlsx)")
        if path is None:
            return
        codes, is_own, now = self._codes(opened), self.measures.value == _OWN, datetime.now().astimezone()
        number = self._contract_id
        self._session.read(
            lambda workspace: make_template(workspace, number, codes, path, now, with_commitments=is_own)
        ).success(self._on_made).start()

    def _codes(self, opened: OpenContract) -> list[str]:
        wanted = self.measures.value
        if wanted == _OWN:
            return [line.record.measure for line in opened.commitments]
        places = opened.edition.places.values()
        return [place.measure.code for place in places if wanted in {_ALL, place.theme.number}]

    def _on_made(self, path: Path) -> None:
        self.said.setText(f"Saved as {path}. Fill it in, save it, then choose it here.")
        if self.measures.value == _OWN:
            self.mode.set_current(_REPLACE)  # it holds what is there already

    # Reading a file

    def _on_choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "Choose the filled-in file", "", _KINDS)
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Read a file and show what it would bring."""
        number, workspace = self._contract_id, self._session.workspace
        self._begin("Reading the file")
        job = self._session.jobs.run(lambda progress: preview_file(workspace, number, path, progress))
        self._job = job
        job.progressed.connect(self._on_progress)
        job.success(self._on_preview).refused(self._on_unreadable).finished(self._end).start()

    def _on_preview(self, preview: FilePreview) -> None:
        self._receipt = preview.receipt
        self.said.setText(preview.receipt.short_words)
        self.said.setToolTip(preview.receipt.words)
        self._differences = preview.differences
        self.own_total.setText(preview.own_total)
        self.answer.set_text("")
        self._say_problems(rows_of(preview.problems))
        self.rows.show_rows(preview.rows)
        self._show_preview(is_shown=bool(preview.rows))
        if not preview.rows:
            self._empty.set_words(
                f"{preview.receipt.name} holds no commitments",
                "Fill in a quantity, save the file, then choose it again.",
            )
        else:
            self.rows.table.select_place(0)
            self.rows.table.setFocus()

    def _on_unreadable(self, error: TomsError) -> None:
        self._show_preview(is_shown=False)
        self._say_problems([ProblemRow("error", str(error))])

    def _say_problems(self, rows: list[ProblemRow]) -> None:
        empty_layout(self._file_problems)
        for row in rows:
            self._file_problems.addWidget(row)
        self._problem_area.setVisible(bool(rows))
        width = max(self.width() - _SIDES, 1)
        wanted = self._file_problems.totalHeightForWidth(width)
        self._problem_area.setFixedHeight(min(wanted, current_theme().px(_MOST_SAID)))

    def _show_preview(self, *, is_shown: bool) -> None:
        self.rows.setVisible(is_shown)
        self._empty.setVisible(not is_shown)
        if not is_shown:
            self._differences = ()
            self.rows.show_rows(())
        self.own_total.setVisible(is_shown)
        self.answer.setVisible(bool(self._differences))

    def _say_chosen(self) -> None:
        number = len(self.rows.commitments)
        is_answered = not self._differences or bool(self.answer.text)
        self.import_button.setEnabled(number > 0 and is_answered)
        noun = "commitment" if number == 1 else "commitments"
        self.import_button.setText(f"Import {number} {noun}" if number else "Import commitments")
        self.summary.setText(self.rows.summary if number else "")

    # Importing

    def _on_import(self) -> None:
        number, receipt, chosen = self._contract_id, self._receipt, self.rows.commitments
        if receipt is None:
            return
        differences, answer = self._differences, self.answer.text
        is_replacing = self.mode.current == _REPLACE and not self.mode.isHidden()
        self._begin("Importing commitments")
        job = self._session.act(
            lambda workspace, progress: import_commitments(
                workspace,
                number,
                chosen,
                receipt,
                progress,
                is_replacing=is_replacing,
                differences=differences,
                answer=answer,
            ),
            lambda _number: self.accept(),
        )
        self._job = job
        job.progressed.connect(self._on_progress)
        job.refused(self._on_import_refused).finished(self._end).start()

    def _on_import_refused(self, error: TomsError) -> None:
        self._say_problems([ProblemRow("error", f"{error.message}. {error.fix} Nothing was imported.")])

    # Progress

    def _begin(self, title: str) -> None:
        self._progress = ProgressCard(title)
        self._progress.cancelled.connect(self._on_stop)
        self._column.insertWidget(self._column.count() - 1, self._progress)
        for button in (self.choose_button, self.make_button, self.import_button):
            button.setEnabled(False)

    def _on_progress(self, done: int, total: int, words: str) -> None:
        if self._progress is not None:
            self._progress.report(done, total, words)

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        if self._progress is not None:
            self._progress.hide()
            self._progress.deleteLater()
            self._progress = None
        self._job = None
        for button in (self.choose_button, self.make_button):
            button.setEnabled(True)
        self._say_chosen()

    def reject(self) -> None:
        """Stop what is on its way and close; nothing is saved."""
        self._on_stop()
        super().reject()

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file that was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.read_file(paths[0])
