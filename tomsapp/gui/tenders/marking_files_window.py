"""Reads marking files that came back: each with its evaluator and what it does, old marks beside new; takes over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tomsapp.domain.wording import plural
from tomsapp.gui.dialogs.files_window import NOT_YET, FilesWindow
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, empty_layout, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.problems import rows_of
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.tenders.markings_read import ComparedMark, FileState, MarkChange, ReadMarking, read_marking
from tomsapp.services.tenders.markings_taken import take_markings

if TYPE_CHECKING:
    from tomsapp.services.tenders.reading import OpenTender

FILES = "Marking files (*.xlsx *.xlsm *.ods);;All files (*)"
_WIDTH, _HEIGHT = 1100, 700
_FILES_HEIGHT, _SAID_HEIGHT = 170, 120
_START = (
    "Choose the marking files that evaluators sent back, or drop them here. What each does is shown first, and nothing "
    "is saved until you say so."
)
_NOT_SEEN = "The marks themselves are held back until all evaluators have sent theirs."
_TONES = {
    FileState.READY: ("success", "check"),
    FileState.NOTHING_NEW: ("text_muted", None),
    FileState.WRONG: ("danger", "octagon-alert"),
    FileState.UNREADABLE: ("danger", "octagon-alert"),
}
_CHANGES = {
    MarkChange.NEW: "success",
    MarkChange.CHANGED: "warning",
    MarkChange.SAME: "text_muted",
    MarkChange.BLANK: "text_muted",
}


def _whose(read: ReadMarking) -> str:
    return read.evaluator.record.name if read.evaluator is not None else ""


FILE_COLUMNS: tuple[Column[ReadMarking], ...] = (
    Column("file", "File", lambda read: read.name),
    Column("evaluator", "Evaluator", _whose, width=200),
    Column(
        "state",
        "State",
        lambda read: read.state.value,
        width=160,
        tone=lambda read: _TONES[read.state][0],
        icon=lambda read: _TONES[read.state][1],
    ),
    Column("new", "New", lambda read: str(read.count(MarkChange.NEW)), width=70, align="right"),
    Column("changed", "Changed", lambda read: str(read.count(MarkChange.CHANGED)), width=90, align="right"),
)  # fmt: skip


def _mark(mark: int | None) -> str:
    return "" if mark is None else str(mark)


LINE_COLUMNS: tuple[Column[ComparedMark], ...] = (
    Column("bid", "Bidder", lambda line: line.bid),
    Column("question", "Question", lambda line: str(line.question), width=100, align="right"),
    Column("change", "Mark", lambda line: line.change.value, width=160, tone=lambda line: _CHANGES[line.change]),
    Column("was", "Was", lambda line: _mark(line.was), width=80, align="right"),
    Column("now", "In the file", lambda line: _mark(line.now), width=100, align="right"),
)  # fmt: skip


class MarkingFilesWindow(FilesWindow):
    """Nothing is saved before the last button; then all that is taken over is one change."""

    def __init__(self, session: Session, tender: OpenTender, parent: QWidget | None = None) -> None:
        super().__init__(session, "Read marking files", parent)
        self._tender = tender
        self._paths: tuple[Path, ...] = ()
        self.files: RowModel[ReadMarking] = RowModel(FILE_COLUMNS)
        self.file_table = DataTable(self.files, "Marking files that were read")
        self.lines: RowModel[ComparedMark] = RowModel(LINE_COLUMNS)
        self.line_table = DataTable(self.lines, "Marks of the file")
        self.about = Text("", "body", wrap=True)
        self._said = in_column(gap=6, margins=(0, 0, BESIDE_BAR, 0))
        self._build()
        self.file_table.current_row_changed.connect(self._show_file)

    def _build(self) -> None:
        theme = current_theme()
        self.choose_button = Button("Choose files…", "primary", "folder-open", does=self.choose_files)
        self.other_button = Button("Other files…", icon_name="folder-open", does=self.choose_files)
        self.close_button = Button("Close", does=self.close)
        start, files, lines = Card(), Card(), Card()
        start.fill(EmptyState("table-2", "No marking files yet", _START, self.choose_button))
        files.fill(self.file_table)
        lines.fill(self.line_table)
        files.setFixedHeight(theme.px(_FILES_HEIGHT))
        self._area = ScrollArea("What is said of the file", holding(self._said), only_down=True)
        self._area.setFixedHeight(theme.px(_SAID_HEIGHT))
        self._start, self._read = start, holding(in_column(files, self.about, self._area, (lines, 1), gap=10))
        self._stack = stack_of(start, self._read)
        head = in_row((Text("Read marking files", "h1"), 1), self.other_button, gap=14)
        self._safe = Text(NOT_YET, "note", "text_muted")
        foot = in_row(STRETCH, self._safe, self.take_button, self.close_button, gap=12)
        parts = head, self.note, (self._stack, 1), foot
        self.begin(in_column(*parts, inside=self, margins=(20, 12, 20, 12), gap=10), _WIDTH, _HEIGHT)
        self._show_step(has_files=False)

    def _show_step(self, *, has_files: bool) -> None:
        self._stack.setCurrentWidget(self._read if has_files else self._start)
        for each in (self.other_button, self.take_button, self._safe):
            each.setVisible(has_files)
        if not has_files:
            self.choose_button.setFocus()

    # Reading

    def choose_files(self) -> None:
        """Ask for files."""
        chosen = FileDialogs(self._session.own).open_several(self, FileUse.IMPORT, "Read marking files", FILES)
        if chosen:
            self.read(chosen)

    def read(self, paths: Sequence[Path]) -> None:
        """Read files, and hold them against the database."""
        if self._work.is_busy:
            return
        self.note.say("")
        self._paths, workspace, number = tuple(paths), self._session.workspace, self._tender.id
        job = self._session.jobs.run(lambda progress: read_marking(workspace, number, self._paths, progress))
        self._work.show(job, "Reading the marking files")
        job.success(self._on_read).refused(self.say_refused).cancelled(self.say_stopped).start()

    def _on_read(self, read: tuple[ReadMarking, ...]) -> None:
        self._show_step(has_files=True)
        self.files.set_rows(read)
        self.file_table.select_place(0)
        self._show_file(self.files.row_object(0))
        self.say_taken(len(self._wanted), "file")
        self.file_table.setFocus()

    @property
    def _wanted(self) -> list[ReadMarking]:
        rows = map(self.files.row_object, range(self.files.rowCount()))
        return [each for each in rows if each.state is FileState.READY]

    def _show_file(self, row: object) -> None:
        read = row if isinstance(row, ReadMarking) else None
        self.lines.set_rows(read.lines if read else ())
        for key in ("was", "now"):
            place = [column.key for column in LINE_COLUMNS].index(key)
            self.line_table.setColumnHidden(place, read is None or not read.are_seen)
        empty_layout(self._said)
        for each in rows_of(read.problems if read else ()):
            self._said.addWidget(each)
        self._said.addStretch(1)
        self._area.setVisible(bool(read and read.problems))
        held = "" if read is None or read.are_seen or not read.lines else f" {_NOT_SEEN}"
        self.about.setText(f"{read.words}{held}" if read else "")
        self.line_table.setAccessibleName(f"Marks of {read.name}" if read else "Marks of the file")

    # Taking over

    def take(self) -> None:
        """Save what the files say in one change; the window stays open where one of them has errors."""
        wanted, number = self._wanted, self._tender.id
        if not wanted or self._work.is_busy:
            return
        self.note.say("")
        job = self._session.act(lambda workspace, _progress: take_markings(workspace, number, wanted), self._on_taken)
        self._work.show(job, "Taking the marks over")
        job.refused(self.say_refused).start()

    def _on_taken(self, saved: int) -> None:
        words = f"{plural(saved, 'mark')} taken over"
        self.taken.emit(words)
        rows = map(self.files.row_object, range(self.files.rowCount()))
        if any(each.state in {FileState.WRONG, FileState.UNREADABLE} for each in rows):
            self._safe.setText(f"{words}. Nothing else is saved")
            self.read(self._paths)
        else:
            self.accept()
