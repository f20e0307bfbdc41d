"""Reads returns: every file with its contract, quarter and state, each line as was, returned and now; takes over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import format_date, listed, plural
from tomsapp.gui.delivery.returns_tables import FILE_COLUMNS, LINE_COLUMNS, FileRow
from tomsapp.gui.delivery.stops import Stops
from tomsapp.gui.dialogs.files_window import NOT_YET, FilesWindow
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, empty_layout, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.problems import rows_of
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.progress import Progress
from tomsapp.services.returns import FoundReturn, ReadReturn, ReturnedLine, chosen_of_rivals, counts_of
from tomsapp.services.returns_read import compare_returns, find_returns
from tomsapp.services.returns_taken import take_over

RETURNS = "Return workbooks (*.xlsx *.xlsm *.ods);;All files (*)"
_WIDTH, _HEIGHT = 1366, 768
_START = (
    "Choose the workbooks that suppliers sent back, or a folder with them, or drop them here. Each is shown beside "
    "what is there already, and nothing is saved until you say so."
)
_MOST_SAID = 60
"""So many problems of one file are listed; the others stand beside their lines."""
_FILES_HEIGHT, _SAID_HEIGHT, _LEAST_LINES, _FILE_HEIGHT = 190, 130, 150, 46
_FEW, _MOST_SEEN = 3, 4
"""So many files have room in the list, and at most so many where there are more."""


class ReturnsWindow(FilesWindow):
    """Nothing is saved before the last button; then all that is taken over is one change that Undo takes back."""

    def __init__(self, session: Session, contract_id: int | None, today: date, parent: QWidget | None = None) -> None:
        super().__init__(session, "Read returns", parent)
        self._contract_id, self._today = contract_id, today
        self._found: tuple[FoundReturn, ...] = ()
        self._returns: tuple[ReadReturn, ...] = ()
        self._left_out: set[str] = set()
        self._chosen: set[str] = set()
        self._stops = Stops()
        self.files: RowModel[FileRow] = RowModel(FILE_COLUMNS)
        self.file_table = DataTable(self.files, "Returns that were read")
        self.file_table.setAccessibleDescription("Space or Enter takes a return over or leaves it out")
        self.lines: RowModel[ReturnedLine] = RowModel(LINE_COLUMNS)
        self.line_table = DataTable(self.lines, "Lines of the return")
        self.summary = Text("", "note", "text_muted", wrap=True)
        self.about = Text("", "body", wrap=True)
        self._said = in_column(gap=6, margins=(0, 0, BESIDE_BAR, 0))
        self._build()
        self.file_table.current_row_changed.connect(self._on_row)
        self.file_table.row_opened.connect(lambda _row: self.toggle())
        here = Qt.ShortcutContext.WidgetShortcut
        add_action(self.file_table, "Take a return over or leave it out", "Space", self.toggle, here)
        add_action(self, "Next file with something to look at", "F8", self.next_to_look_at)

    def _build(self) -> None:
        theme = current_theme()
        self.choose_button = Button("Choose files…", "primary", "folder-open", does=self.choose_files)
        self.folder_button = Button("Choose a folder…", icon_name="folder-open", does=self.choose_folder)
        self.other_button = Button("Other files", icon_name="folder-open", does=self.start_again)
        self.toggle_button = Button("Leave out", small=True, does=self.toggle)
        self.cancel_button = Button("Close", does=self.close)
        start, files, lines = Card(), Card(), Card()
        start.fill(EmptyState("table-2", "No returns yet", _START, self.choose_button, self.folder_button))
        files.fill(self.file_table)
        lines.fill(self.line_table)
        files.setFixedHeight(theme.px(_FILES_HEIGHT))
        self._files = files
        self._area = ScrollArea("What is said of the return", holding(self._said), only_down=True)
        self._area.setFixedHeight(theme.px(_SAID_HEIGHT))
        over = in_row((self.about, 1), self.toggle_button, gap=12)
        lines.setMinimumHeight(theme.px(_LEAST_LINES))
        read = holding(in_column(files, over, (lines, 1), self._area, gap=10))
        # In a low window all of it would push the buttons below the screen.
        self._read = ScrollArea("What was read", read, only_down=True)
        self._start = start
        self._stack = stack_of(start, self._read)
        head = in_row(Text("Read returns", "h1"), (self.summary, 1), self.other_button, gap=14)
        self._safe = Text(NOT_YET, "note", "text_muted")
        foot = in_row(STRETCH, self._safe, self.take_button, self.cancel_button, gap=12)
        parts = head, self.note, (self._stack, 1), foot
        self.begin(in_column(*parts, inside=self, margins=(20, 12, 20, 12), gap=10), _WIDTH, _HEIGHT)
        self._show_step(has_files=False)

    def _show_step(self, *, has_files: bool) -> None:
        """Show what belongs to what there is: nothing yet, or files that were read."""
        self._stack.setCurrentWidget(self._read if has_files else self._start)
        for each in (self.other_button, self.take_button, self._safe):
            each.setVisible(has_files)
        if not has_files:
            self.summary.setText("")
            self.choose_button.setFocus()

    def start_again(self) -> None:
        """Go back to where files are chosen."""
        self._show_step(has_files=False)

    # Reading

    def choose_files(self) -> None:
        """Ask for other files."""
        chosen = FileDialogs(self._session.own).open_several(self, FileUse.IMPORT, "Read returns", RETURNS)
        if chosen:
            self.read(chosen)

    def choose_folder(self) -> None:
        """Ask for a folder, all of whose workbooks are read."""
        folder = FileDialogs(self._session.own).open_folder(self, FileUse.IMPORT, "Read a folder of returns")
        if folder is not None:
            self.read([folder])

    def read(self, paths: Sequence[Path]) -> None:
        """Read files and folders, and hold them against the database."""
        if self._work.is_busy:
            return
        self.note.say("")
        job = self._session.jobs.run(lambda progress: find_returns(paths, progress), database=False)
        self._work.show(job, "Reading the returns")
        job.success(self._on_found).refused(self.say_refused).cancelled(self.say_stopped).start()

    def _on_found(self, found: tuple[FoundReturn, ...]) -> None:
        self._safe.setText(NOT_YET)
        self._compare(found, is_new=True)

    def _compare(self, found: tuple[FoundReturn, ...], *, is_new: bool = False) -> None:
        """Hold what was found against the database; what is new begins with every return that can be taken over."""
        today, number = self._today, self._contract_id

        def compare(progress: Progress) -> tuple[ReadReturn, ...]:
            return compare_returns(self._session.workspace, found, today, progress, number)

        def show(returns: tuple[ReadReturn, ...]) -> None:
            if is_new:
                self._found, self._left_out, self._chosen = found, set(), set()
            self._on_compared(returns)
            if is_new:
                self._stops.forget()

        job = self._work.show(self._session.jobs.run(compare, key="returns-compare"), "Comparing the returns")
        job.success(show).refused(self.say_refused).cancelled(self.say_stopped).start()

    def _on_compared(self, returns: tuple[ReadReturn, ...]) -> None:
        self._returns = returns
        self._show_step(has_files=True)
        self._show_files(0)
        self.file_table.setFocus()

    def _show_files(self, place: int) -> None:
        rows = [FileRow(each, self._is_taken(each)) for each in self._now]
        self.files.set_rows(rows)
        self._files.setFixedHeight(
            current_theme().px(_FILES_HEIGHT + _FILE_HEIGHT * max(0, min(len(rows), _MOST_SEEN) - _FEW))
        )
        states = [f"{count} {state.counted}" for state, count in counts_of(self._returns).items()]
        self.summary.setText(f"{plural(len(rows), 'file')}: {listed(states)}" if rows else "")
        if rows:
            self.file_table.select_place(min(place, len(rows) - 1))
        self.say_taken(len(self._wanted), "return")

    @property
    def _now(self) -> tuple[ReadReturn, ...]:
        """The returns with those that were chosen among several of a quarter."""
        returns = self._returns
        for each in returns:
            if str(each.found.path) in self._chosen:
                returns = chosen_of_rivals(returns, each)
        return returns

    def _is_taken(self, each: ReadReturn) -> bool:
        return each.state.can_be_taken and str(each.found.path) not in self._left_out

    @property
    def _wanted(self) -> list[ReadReturn]:
        return [each for each in self._now if self._is_taken(each)]

    # Showing one

    def _on_row(self, row: object) -> None:
        if self.file_table.hasFocus():
            self._stops.came_to((self.file_table.currentIndex().row(),))
        self._show_return(row)

    def _show_return(self, row: object) -> None:
        read = row.read if isinstance(row, FileRow) else None
        self.lines.set_rows(read.lines if read else ())
        empty_layout(self._said)
        problems = read.all_problems if read else ()
        for each in rows_of(problems[:_MOST_SAID]):
            self._said.addWidget(each)
        self._said.addStretch(1)
        self._area.setVisible(bool(problems))
        self.about.setText(_about(read) if read else "")
        self.line_table.setAccessibleName(f"Lines of {read.name}" if read else "Lines of the return")
        can_be = isinstance(row, FileRow) and row.can_be_taken
        self.toggle_button.setEnabled(can_be)
        self.toggle_button.setText("Leave out" if isinstance(row, FileRow) and row.is_taken else "Take this one")

    def toggle(self) -> None:
        """Take the return under the cursor over, or leave it out; of several of one quarter it then is what holds."""
        place = self.file_table.currentIndex().row()
        if not 0 <= place < self.files.rowCount():
            return
        row = self.files.row_object(place)
        if not row.can_be_taken:
            return
        key = str(row.read.found.path)
        if row.is_taken:
            self._left_out.add(key)
            self._chosen.discard(key)
        else:
            self._left_out.discard(key)
            self._choose(row.read, key)
        self._show_files(place)

    def _choose(self, read: ReadReturn, key: str) -> None:
        """Let one of several returns of a quarter hold, and none of the others."""
        for each in self._returns:
            if each.rival and (each.reference, each.quarter) == (read.reference, read.quarter):
                self._chosen.discard(str(each.found.path))
        if any(each.rival and str(each.found.path) == key for each in self._returns):
            self._chosen.add(key)

    def next_to_look_at(self) -> None:
        """Go to the next return that has errors or questions, or came twice, first to the one under the cursor."""
        rows = map(self.files.row_object, range(self.files.rowCount()))
        waiting = {(place,) for place, row in enumerate(rows) if row.read.is_to_look_at}
        place = self._stops.next(waiting, (self.file_table.currentIndex().row(),), 1)
        if place is not None:
            self.file_table.select_place(place[0])

    # Taking over

    def take(self) -> None:
        """Save what is taken over in one change; the window stays open while something else is left."""
        wanted = self._wanted
        if not wanted or self._work.is_busy:
            return
        self.note.say("")
        words = f"{plural(len(wanted), 'return')} taken over"
        job = self._session.act(
            lambda workspace, progress: take_over(workspace, wanted, progress), lambda _lines: self._on_taken(words)
        )
        self._work.show(job, "Taking the returns over")
        job.refused(self._on_refused).cancelled(self.say_stopped).start()

    def _on_taken(self, words: str) -> None:
        self.taken.emit(words)
        if any(each.is_left_over for each in self._now):
            self._safe.setText(f"{words}. Nothing else is saved")
            self._compare(self._found)
        else:
            self.accept()

    def _on_refused(self, error: TomsError) -> None:
        """Nothing was taken over: what is there now is another than what was compared."""
        self.say_refused(error)
        self._compare(self._found)


def _about(read: ReadReturn) -> str:
    """What a return is of, when it was sent, and whether it was confirmed."""
    if read.found.same_as or isinstance(read.found.read, TomsError):
        return read.name
    parts = [f"{read.name}: {read.reference}, {read.quarter_words}"]
    sent_on = read.found.read.sent_on
    if sent_on is not None:
        parts.append(f"sent on {format_date(sent_on)}")
    missing = any(problem.code in {"not-confirmed", "confirmation-missing"} for problem in read.problems)
    parts.append("not confirmed" if missing else "both sentences are confirmed")
    return ", ".join(parts)
