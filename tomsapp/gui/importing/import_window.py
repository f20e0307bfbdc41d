"""“Show me your table”: a table from anywhere, shown as it is, corrected by pointing, compared and brought in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from tomsapp.domain.errors import TomsError, as_sentence
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.importing.changed_meanwhile import Changed, changed_cells, changed_words
from tomsapp.gui.importing.figures_panel import FiguresPanel
from tomsapp.gui.importing.import_parts import ImportFoot, ImportHead
from tomsapp.gui.importing.lines_rows import ANSWER
from tomsapp.gui.importing.lines_step import LinesStep
from tomsapp.gui.importing.start_card import StartCard
from tomsapp.gui.importing.table_step import TableStep
from tomsapp.gui.session import Session
from tomsapp.gui.shown_job import ShownJob
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.dialog_parts import take_room
from tomsapp.gui.widgets.file_drops import TakesFiles
from tomsapp.gui.widgets.layouts import NO_MARGINS, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.tab_order import go_as_laid_out
from tomsapp.services import table_import
from tomsapp.services.progress import Progress
from tomsapp.services.table_import import ColumnUse, RowKind
from tomsapp.services.table_types import OpenedTable, TableState, TableTarget, TableView, ToDecide
from tomsapp.services.workspace import Workspace

_KINDS = "Tables (*.xlsx *.xlsm *.ods *.csv *.txt *.tsv);;All files (*)"
_WITH_NOTICES = "Tables and notices (*.xlsx *.xlsm *.ods *.csv *.txt *.tsv *.json);;All files (*)"
_WIDTH, _HEIGHT = 1366, 768
_LOOK, _READ = "import-look", "import-read"


class ImportWindow(TakesFiles, QDialog):
    """Nothing is saved before the last button; then all of it in one step that Undo takes back."""

    def __init__(
        self,
        session: Session,
        make_target: Callable[[Workspace], TableTarget],
        parent: QWidget | None = None,
        *,
        first: QWidget | None = None,
        title: str = "Import",
        takes_notices: bool = False,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._session, self._make_target = session, make_target
        self._target: TableTarget | None = None
        self._state: TableState | None = None
        self._shown: TableView | None = None
        self._changed: Changed = {}
        self.setWindowTitle(title)
        self.setAcceptDrops(True)
        self._takes_notices = takes_notices
        self.start, self.table_step, self.lines_step = StartCard(takes_notices=takes_notices), TableStep(), LinesStep()
        if first is not None:
            self.start.put_first(first)
        self.figures = FiguresPanel()
        self.steps = stack_of(self.start, self.table_step, self.lines_step)
        self.head, self.foot = ImportHead(title), ImportFoot()
        self._problem = ProblemRow("error", "")
        self._problem.hide()
        middle = holding(in_row((self.steps, 1), self.figures, gap=0))
        self._column = in_column(
            self.head, self._problem, (middle, 1), self.foot, inside=self, margins=NO_MARGINS, gap=0
        )
        self._work = ShownJob(self._column)
        self._connect()
        self._fit_to_screen()
        self._show_step()
        session.read(make_target).success(self._on_target).start()
        # What reads the file is there when the person has found it.
        session.jobs.run(lambda _progress: table_import.expect_a_table(), database=False).start()
        self.finished.connect(lambda _result: table_import.expect_no_table())

    # Building

    def _connect(self) -> None:
        table, lines = self.table_step, self.lines_step
        self.head.other_button.clicked.connect(self.choose_file)
        self.head.paste_button.clicked.connect(self.paste)
        self.foot.guess_button.clicked.connect(self._on_guess_again)
        self.foot.back_button.clicked.connect(lambda: self._go(self.table_step))
        self.foot.go_on.connect(self.go_on)
        self.foot.cancel_button.clicked.connect(self._on_cancel)
        self.start.choose_wanted.connect(self.choose_file)
        self.start.folder_wanted.connect(self.choose_folder)
        self.start.paste_wanted.connect(self.paste)
        table.view.rows_labelled.connect(self._on_rows_labelled)
        table.view.column_labelled.connect(self._on_column_labelled)
        table.tabs.ticked.connect(self._on_sheet_ticked)
        table.left_out.decided.connect(self._on_decided)
        table.more.taken.connect(lambda key, option: self._choose({key: option}))
        table.answer_wanted.connect(self._ask)
        lines.view.chosen.connect(self._choose_for)
        lines.answers.answered.connect(lambda key, answer: self._choose({f"{ANSWER}{key}": answer}))
        lines.beside_wanted.connect(self._on_beside)
        self.figures.decide_wanted.connect(self._go_to)
        self._session.changed.connect(self._on_changed)
        self._session.workspace_changed.connect(self._on_other_database)
        add_action(self, "Next, or import", "Ctrl+Return", self.go_on)
        add_action(self, "Go to what is to be decided", "F8", self.next_to_decide)
        add_action(self, "Paste a table", QKeySequence.StandardKey.Paste, self.paste)
        add_action(self, "Open another file", QKeySequence.StandardKey.Open, self.choose_file)
        add_action(self, "Next sheet", "Ctrl+PgDown", lambda: table.tabs.step(1))
        add_action(self, "Sheet before", "Ctrl+PgUp", lambda: table.tabs.step(-1))

    def _fit_to_screen(self) -> None:
        theme = current_theme()
        take_room(self, theme.px(_WIDTH), theme.px(_HEIGHT))

    # Opening a table

    def _on_target(self, target: TableTarget) -> None:
        self._target = target
        self.head.say_target(target.title())
        self.setWindowTitle(target.title())

    def choose_file(self) -> None:
        """Ask for a file, or for several with notices; begins where the last one was."""
        files = FileDialogs(self._session.own)
        title = "Choose the file with the table"
        if self._takes_notices:
            chosen = files.open_several(self, FileUse.IMPORT, title, _WITH_NOTICES)
        else:
            one = files.open(self, FileUse.IMPORT, title, _KINDS)
            chosen = [one] if one is not None else []
        if chosen:
            self.read_files(chosen)

    def choose_folder(self) -> None:
        """Ask for a folder, all of whose notices are read."""
        chosen = FileDialogs(self._session.own).open_folder(self, FileUse.IMPORT, "Choose the folder with the notices")
        if chosen is not None:
            self.read_files([chosen])

    def read_file(self, path: Path) -> None:
        """Open a file and show its table."""
        self.read_files([path])

    def read_files(self, paths: Sequence[Path]) -> None:
        """Open a file, or several notices and folders of them, and show their table."""
        title = f"Reading {paths[0].name}" if len(paths) == 1 else f"Reading {len(paths)} files"
        self._open(lambda progress: table_import.open_table_files(paths, progress), title)

    def paste(self) -> None:
        """Take the table that was copied in another program."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._refuse("The clipboard holds no text. Copy the cells of the table first, then paste them here.")
            return
        self._open(lambda _progress: table_import.open_pasted(text), "Reading the pasted table")

    def _open(self, read: Callable[[Progress], OpenedTable], title: str) -> None:
        self._refuse("")
        job = self._work.show(self._session.jobs.run(read, database=False, key=_READ), title)
        job.success(self._on_opened).refused(self._on_refused).start()

    def _on_opened(self, opened: OpenedTable) -> None:
        target = self._target
        if target is None:
            return
        self.head.say_table(opened)
        read = self._session.read(lambda workspace: table_import.begin(workspace, target, opened), key=_LOOK)
        read.success(self._on_begun).refused(self._on_refused).start()

    def _on_begun(self, state: TableState) -> None:
        self._shown, self._changed = None, {}
        self.table_step.tabs.current = ""
        self.steps.setCurrentWidget(self.table_step)
        self._take(state)
        self.table_step.take_keyboard()

    # What the person says of it

    def _take(self, state: TableState) -> None:
        """Hold another state, and show what it comes to."""
        target, self._state = self._target, state
        if target is not None:
            read = self._session.read(lambda workspace: target.look(workspace, state), key=_LOOK)
            read.success(self._on_look).refused(self._on_refused).start()

    def _on_look(self, shown: TableView) -> None:
        self._shown = shown
        if self._target is not None:
            self.table_step.show_table(shown, self._target.uses)
        self.lines_step.show_lines(shown, self._changed)
        self.figures.show_figures(shown.figures, self._open_ones)
        self._show_step()

    def _on_rows_labelled(self, rows: Sequence[int], kind: RowKind) -> None:
        if self._state is not None:
            labels = self._state.labels.with_rows(self.table_step.tabs.current, rows, kind)
            self._take(replace(self._state, labels=labels))

    def _on_column_labelled(self, column: int, use: ColumnUse) -> None:
        if self._state is not None:
            labels = self._state.labels.with_column(self.table_step.tabs.current, column, use)
            self._take(replace(self._state, labels=labels))

    def _on_sheet_ticked(self, sheet: str, is_read: bool) -> None:
        if self._state is not None:
            self._take(replace(self._state, labels=self._state.labels.with_sheet_read(sheet, is_read=is_read)))

    def _choose(self, choices: Mapping[str, str]) -> None:
        if self._state is not None:
            self._take(replace(self._state, choices={**self._state.choices, **choices}))

    def _on_decided(self, key: str, option: str) -> None:
        """Take a decision; one that ends in a colon asks for something more, such as which measure."""
        if option.endswith(":") and self._target is not None:
            self.table_step.ask_more(key, option, self._target.what_follows(option))
        else:
            self._choose({key: option})

    def _choose_for(self, keys: Sequence[str], option: str) -> None:
        """Choose for lines; what changed in them meanwhile has been looked at."""
        left = {place: was for place, was in self._changed.items() if place[0] not in keys}
        if self._changed and not left:
            self._refuse("")
        self._changed = left
        self._choose(dict.fromkeys(keys, option))

    def _on_guess_again(self) -> None:
        if self._state is not None and self._target is not None:
            self._take(table_import.guess_again(self._target, self._state.table))

    def _on_beside(self) -> None:
        state, shown = self._state, self._shown
        if state is None or shown is None:
            return
        if not state.is_beside and any(line.was_value is not None for line in shown.lines):
            words = (
                "The lines of the file will be added to those that are there, and the same promise may then count "
                "twice. Add them beside?"
            )
            if QMessageBox.question(self, "Add beside instead", words) != QMessageBox.StandardButton.Yes:
                return
        self._take(replace(state, is_beside=not state.is_beside))

    def _ask(self, key: str) -> None:
        self._go(self.lines_step)
        self.lines_step.ask(key)

    # Going on

    @property
    def _open_ones(self) -> tuple[ToDecide, ...]:
        """What is to be decided in this step."""
        if self._shown is None:
            return ()
        return tuple(one for one in self._shown.to_decide if self._is_second or one.step == 1)

    @property
    def _is_second(self) -> bool:
        return self.steps.currentWidget() is self.lines_step

    def go_on(self) -> None:
        """Go to the comparison, or bring the lines in; first to what is to be decided. Without any, close."""
        if self._shown is None or self._work.is_busy:
            return
        if self._open_ones:
            self.next_to_decide()
        elif not self._is_second:
            self._go(self.lines_step)
        elif self._shown.figures.to_change:
            self._import()
        else:
            self._on_cancel()

    def next_to_decide(self) -> None:
        """Go to the first thing that is to be decided."""
        if self._open_ones:
            self._go_to(self._open_ones[0])

    def _go_to(self, one: ToDecide) -> None:
        self._refuse(as_sentence(one.words))
        if one.key.startswith(ANSWER):
            self._ask(one.key.removeprefix(ANSWER))
        elif one.step == 1:
            self._go(self.table_step)
            self.table_step.go_to(one.sheet, one.row, one.column, one.key)
        else:
            self._go(self.lines_step)
            self.lines_step.view.go_to(one.line)

    def _go(self, step: QWidget) -> None:
        if self.steps.currentWidget() is not step:
            self.steps.setCurrentWidget(step)
            self._show_step()
            (self.lines_step if step is self.lines_step else self.table_step).take_keyboard()

    def _import(self) -> None:
        target, state = self._target, self._state
        if target is None or state is None:
            return
        job = self._session.act(
            lambda workspace, progress: target.bring_in(workspace, state, progress), lambda _number: self.accept()
        )
        self._work.show(job, "Importing").refused(self._on_refused).start()

    # How it stands

    def _show_step(self) -> None:
        shown, is_second = self._shown, self._is_second
        has_table = shown is not None and self.steps.currentWidget() is not self.start
        number = len([line for line in shown.lines if line.row]) if shown else 0
        self.head.show_step(number, has_table=has_table, is_second=is_second)
        self.foot.show_step(has_table=has_table, is_second=is_second)
        self.figures.setVisible(has_table)
        if shown is None:
            return
        self.foot.labels_from.setText(shown.state.labels_from)
        self.foot.say_next(number, shown.figures.to_change, len(self._open_ones), is_second=is_second)
        self.figures.show_open(self._open_ones)
        if not self._open_ones or self._changed:
            self._refuse(changed_words(shown, self._changed))

    def _refuse(self, words: str) -> None:
        self._problem.set_sentence(words)
        self._problem.setVisible(bool(words))

    def _on_refused(self, error: TomsError) -> None:
        self._refuse(f"{error.message}. {error.fix}. Nothing was imported.")

    def _on_changed(self, _changes: object) -> None:
        """Somebody changed something meanwhile: what was is another now, and what was chosen about it is asked anew."""
        state, before, target = self._state, self._shown, self._target
        if state is None or before is None or target is None or self._work.is_busy or not self.isVisible():
            return
        read = self._session.read(lambda workspace: target.look(workspace, state), key=_LOOK)
        read.success(lambda shown: self._on_looked_again(before, shown)).refused(self._on_refused).start()

    def _on_looked_again(self, before: TableView, shown: TableView) -> None:
        found = changed_cells(before, shown)
        self._changed = {**found, **self._changed}
        self._on_look(shown)
        if found:
            keys = {key for key, _ in found}
            kept = {key: option for key, option in shown.state.choices.items() if key not in keys}
            self._take(replace(shown.state, choices=kept))

    def _on_other_database(self, _workspace: object) -> None:
        self.close()

    # Leaving

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Go by Tab as people read: sheets, things left out and what is to decide came in after the rest."""
        return go_as_laid_out(self, forwards=forwards) or super().focusNextPrevChild(forwards)

    def reject(self) -> None:
        """Esc goes back from the comparison with its choices kept; from the table it closes, and nothing is saved."""
        if self._is_second:
            self._go(self.table_step)
        else:
            self._on_cancel()

    def _on_cancel(self) -> None:
        self._work.stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the whole window from either step, as Cancel does: Qt would take it for Esc, which only goes back."""
        self._on_cancel()
        event.accept()

    # Dropping

    def take_dropped(self, paths: list[Path]) -> None:
        """Read what was dropped: a file, or several notices and folders of them."""
        self.read_files(paths)
