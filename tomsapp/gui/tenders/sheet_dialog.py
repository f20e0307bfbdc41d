"""Shows a table that is read into a tender: what its columns hold, and what comes of each of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import listed, plural
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.clipboard import table_text
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import take_room
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.form_dialog import HANGING_MARGINS, in_line
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import Done
from tomsapp.services.tenders.sheet_rows import (
    MatchedRow,
    MatchedSheet,
    Numbered,
    OpenedSheet,
    RowState,
    SheetKind,
    SheetUse,
    names_of,
)
from tomsapp.services.workspace import Workspace

U = TypeVar("U", bound=SheetUse)
Row = TypeVar("Row", bound=Numbered)
R = TypeVar("R")

_WIDTH, _HEIGHT = 1080, 640
_NO_COLUMN = "No column"
_CHOOSE = "Choose the columns"
_EMPTY = ("Nothing stands under the head", "Fill in the sheet, save it, and read it again.")
_SAVED_NOTHING = "Nothing was saved."
_MOST_NAMED = 6
_LOOKS: Mapping[RowState, tuple[str, str]] = {
    RowState.NEW: ("circle-check", "success"),
    RowState.OTHER: ("triangle-alert", "warning"),
    RowState.SAME: ("check", "text_muted"),
    RowState.NONE: ("minus", "text_muted"),
    RowState.SEVERAL: ("triangle-alert", "warning"),
    RowState.UNREADABLE: ("octagon-alert", "danger"),
}


@dataclass(frozen=True, slots=True)
class SheetTask(Generic[U, Row, R]):
    """What one kind of table says and does in the dialog.

    Attributes:
        title: what is read: "Portal’s times".
        called: what its file is called: "export".
        columns: what is shown of a row between its number and what comes of it.
        needed: which columns are needed, in a sentence.
        noun, nouns: what is taken over, one and several: "time", "times".
        match: puts the rows of a sheet beside the records of the tender, with what each column holds.
        take: saves what was matched, all or none.
    """

    kind: SheetKind[U]
    title: str
    called: str
    columns: tuple[Column[MatchedRow[Row, R]], ...]
    needed: str
    noun: str
    nouns: str
    match: Callable[[Workspace, OpenedSheet[U], Mapping[U, int]], MatchedSheet[Row, R]]
    take: Callable[[Workspace, OpenedSheet[U], Mapping[U, int], MatchedSheet[Row, R]], Done[Any]]


def _columns(task: SheetTask[U, Row, R]) -> tuple[Column[MatchedRow[Row, R]], ...]:
    return (
        Column("row", "Row", lambda each: str(each.row.number), lambda each: each.row.number, align="right", width=56),
        *task.columns,
        Column(
            "comes",
            "What comes of it",
            lambda each: each.words,
            second_line=lambda each: each.more,
            accessible=lambda each: each.told,
            tone=lambda each: _LOOKS[each.state][1],
            icon=lambda each: _LOOKS[each.state][0],
            can_hide=False,
        ),
    )


def rows_words(numbers: Sequence[int]) -> str:
    """Rows by their numbers: "row 4", "rows 4, 5 and 9"; of many the first ones, and how many more there are."""
    named = [f"{number:,}" for number in numbers[:_MOST_NAMED]]
    more = len(numbers) - len(named)
    if more:
        named.append(f"{more:,} more")
    return f"{'row' if len(numbers) == 1 else 'rows'} {listed(named)}"


class SheetDialog(QDialog, Generic[U, Row, R]):
    """Nothing is saved before the last button; then all rows are saved together, in one edit."""

    taken = Signal(str)
    """What was taken over, in words."""
    stale = Signal()
    """Somebody else may have been first, so the tender is to be read again."""

    def __init__(
        self,
        session: Session,
        task: SheetTask[U, Row, R],
        sheets: Sequence[OpenedSheet[U]],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._session, self._task, self._sheets = session, task, sheets
        self._sheet = sheets[0]
        self._matched: MatchedSheet[Row, R] = MatchedSheet(())
        self.setWindowTitle(task.title)
        self.sheet_field = ChoiceField("Sheet", list(enumerate(names_of(sheets))))
        self.fields: dict[U, ChoiceField] = {use: ChoiceField(use.words) for use in task.kind.uses}
        self.model: RowModel[MatchedRow[Row, R]] = RowModel(_columns(task))
        self.table = DataTable(self.model, f"Rows of the {task.called}")
        self.empty = EmptyState("columns-3", _CHOOSE, task.needed)
        self.table.set_empty_state(self.empty)
        self.note, self.warning = Notice(), Notice("warning")
        self.lead = Text("", "note", "text_muted", wrap=True)
        self.told = Text("", "note", "text_muted", wrap=True)
        self.summary = Text("", "note", "text_muted", wrap=True)
        self._over = f"Take the {task.nouns} over"
        self.take_button = Button(self._over, "primary", does=self.take)
        self.copy_button = Button("Copy the rows", icon_name="copy", does=self.copy)
        self._build()
        add_action(self, self._over, "Ctrl+Return", self.take)
        self.sheet_field.set_value(0)
        self._show_sheet()

    def _build(self) -> None:
        for field in (self.sheet_field, *self.fields.values()):
            field.combo.setSizeAdjustPolicy(field.combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.edited.connect(self._on_sheet if field is self.sheet_field else self.match)
        self.sheet_field.setVisible(len(self._sheets) > 1)
        chosen: QHBoxLayout = in_row(*((field, 1) for field in (self.sheet_field, *self.fields.values())), gap=8)
        card = Card()
        card.fill(self.table)
        buttons = self.copy_button, self.take_button, Button("Cancel", does=self.reject)
        foot = in_row((self.summary, 1), STRETCH, *buttons, gap=10)
        head = Text(f"{self._task.title} from {self._sheet.file}", "h2", wrap=True)
        parts = in_line(head, self.lead, holding(chosen), self.told, self.warning, self.note, (card, 1), foot)
        in_column(*parts, inside=self, margins=HANGING_MARGINS, gap=10)
        theme = current_theme()
        take_room(self, theme.px(_WIDTH), theme.px(_HEIGHT))

    # Sheet and columns

    @property
    def columns(self) -> dict[U, int]:
        """What is where, as it is chosen now."""
        chosen = {use: field.value for use, field in self.fields.items()}
        return {use: column for use, column in chosen.items() if isinstance(column, int) and column >= 0}

    def _on_sheet(self) -> None:
        place = self.sheet_field.value
        if isinstance(place, int):
            self._sheet = self._sheets[place]
            self._show_sheet()

    def _show_sheet(self) -> None:
        """Offer the columns of the sheet, as they are known or guessed, and show its rows."""
        known = "The columns are as they were said before. " if self._sheet.is_known else ""
        kept = f"It is remembered for the next {self._task.called} with the same head."
        self.lead.setText(f"{known}Say which column holds what. {kept}")
        for use, field in self.fields.items():
            field.set_options([(-1, _NO_COLUMN), *self._sheet.head.headings.items()])
            field.set_value(self._sheet.columns.get(use, -1))
        self.match()

    def match(self) -> None:
        """Put the rows beside the records anew; until that is done nothing can be taken over."""
        self._matched = MatchedSheet(())
        self.take_button.setEnabled(False)
        task, sheet, columns = self._task, self._sheet, self.columns
        job = self._session.read(lambda workspace: task.match(workspace, sheet, columns), key=f"sheet {task.title}")
        job.success(self._show).refused(self._say_refused).start()

    def _show(self, matched: MatchedSheet[Row, R]) -> None:
        self._matched = matched
        self.model.set_rows(matched.rows)
        self.empty.set_words(*(_EMPTY if matched.is_read else (_CHOOSE, self._task.needed)))
        number = len(matched.said)
        many = plural(number, self._task.noun, self._task.nouns)
        self.take_button.setText(f"Take {many} over" if number else self._over)
        self.take_button.setEnabled(number > 0)
        self.copy_button.setEnabled(bool(matched.rows))
        self.warning.say(f"{matched.note}." if matched.note else "")
        self.told.setText(f"{matched.taken}." if matched.taken else "")
        self.told.setVisible(bool(matched.taken))
        self.summary.setText(self._summed(matched))

    def _summed(self, matched: MatchedSheet[Row, R]) -> str:
        """How many rows there are, and of which nothing comes: "3 rows. Nothing can be taken from row 4"."""
        if not matched.rows:
            return ""
        useless = f". Nothing can be taken from {rows_words(matched.of_no_use)}" if matched.of_no_use else ""
        return f"{plural(len(matched.rows), 'row')}{useless}"

    # What the user does

    def copy(self) -> None:
        """Copy all rows with all that comes of them, as a spreadsheet takes them."""
        *columns, comes = self.model.columns
        lines = [[*(column.title for column in columns), comes.title]]
        lines += [[*(column.text(row) for column in columns), row.told] for row in self.model.shown_rows()]
        QGuiApplication.clipboard().setText(table_text(lines))
        announce(self, f"{plural(self.model.rowCount(), 'row')} copied")

    def take(self) -> None:
        """Save what the rows say, all or none, and close."""
        task, sheet, columns, matched = self._task, self._sheet, self.columns, self._matched
        if not matched.said or not self.take_button.isEnabled():
            return
        self.take_button.setEnabled(False)
        self.note.say("")

        def save(workspace: Workspace, _progress: object) -> Done[Any]:
            return task.take(workspace, sheet, columns, matched)

        job = self._session.act(save, lambda _saved: self._on_taken(len(matched.said)))
        job.refused(self._on_refused).start()

    def _on_taken(self, number: int) -> None:
        self.taken.emit(f"{plural(number, self._task.noun, self._task.nouns)} taken over")
        self.accept()

    def _on_refused(self, error: TomsError) -> None:
        """Say why nothing was saved, and show the rows beside what is there now."""
        self._say_refused(error)
        self.match()

    def _say_refused(self, error: TomsError) -> None:
        words = f"{error.message}. {error.fix}. {_SAVED_NOTHING}"
        self.note.say(words)
        announce(self, words)
        self.stale.emit()
