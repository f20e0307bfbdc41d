"""Reads the portal's export: what its columns hold, and each row beside the receipts that it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.wording import format_date, plural
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.session import Session
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import take_room
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.form_dialog import HANGING_MARGINS, in_line
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.text import Text
from tomsapp.services.tenders.portal_times import (
    MatchedExport,
    MatchedTime,
    PortalUse,
    TimeState,
    match_export,
    take_times,
)

if TYPE_CHECKING:
    from tomsapp.domain.errors import TomsError
    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.receipt import Receipt
    from tomsapp.services.changes import Done
    from tomsapp.services.tenders.portal_times import OpenedExport
    from tomsapp.services.workspace import Workspace

_WIDTH, _HEIGHT = 980, 620
_NO_COLUMN = "No column"
_LEAD = "Say which column holds what. It is remembered for the next export with the same head."
_CHOOSE = "Choose the columns"
_WHICH = "The column of the day is needed, and that of the file or of the bidder."
_LOOKS = {
    TimeState.NEW: ("circle-check", "success"),
    TimeState.OTHER: ("triangle-alert", "warning"),
    TimeState.SAME: ("check", "text_muted"),
    TimeState.NONE: ("minus", "text_muted"),
    TimeState.SEVERAL: ("triangle-alert", "warning"),
    TimeState.UNREADABLE: ("octagon-alert", "danger"),
}


def _time(each: MatchedTime) -> str:
    return "" if each.row.on is None else f"{format_date(each.row.on)}, {each.row.time}"


_COLUMNS: tuple[Column[MatchedTime], ...] = (
    Column("row", "Row", lambda each: str(each.row.number), sort_key=lambda each: each.row.number, width=56),
    Column("file", "File", lambda each: each.row.file, width=176),
    Column("bidder", "Bidder", lambda each: each.row.bidder, width=150),
    Column("time", "Portal’s time", _time, sort_key=lambda each: (str(each.row.on), each.row.time), width=196),
    Column(
        "comes",
        "What comes of it",
        lambda each: each.words,
        tone=lambda each: _LOOKS[each.state][1],
        icon=lambda each: _LOOKS[each.state][0],
        can_hide=False,
    ),
)


class PortalDialog(QDialog):
    """Nothing is saved before the last button; then all times are saved together."""

    taken = Signal(str)
    """What was taken over, in words."""
    stale = Signal()

    def __init__(self, session: Session, tender_id: int, export: OpenedExport, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session, self._tender, self._export = session, tender_id, export
        self._matched = MatchedExport(())
        self.setWindowTitle("Portal’s times")
        self.fields: dict[PortalUse, ChoiceField] = {}
        options = [(-1, _NO_COLUMN), *export.head.headings.items()]
        for use in PortalUse:
            self.fields[use] = field = ChoiceField(use.words, options)
            field.combo.setSizeAdjustPolicy(field.combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.set_value(export.columns.get(use, -1))
            field.edited.connect(self.match)
        self.model: RowModel[MatchedTime] = RowModel(_COLUMNS)
        self.table = DataTable(self.model, "Rows of the export")
        self.table.set_empty_state(EmptyState("columns-3", _CHOOSE, _WHICH))
        self.note = Notice()
        self.summary = Text("", "note", "text_muted", wrap=True)
        self.take_button = Button("Take the times over", "primary", does=self.take)
        self._build(export)
        add_action(self, "Take the times over", "Ctrl+Return", self.take)
        theme = current_theme()
        take_room(self, theme.px(_WIDTH), theme.px(_HEIGHT))
        self.match()

    def _build(self, export: OpenedExport) -> None:
        known = "The columns are as they were said before. " if export.is_known else ""
        lead = Text(f"{known}{_LEAD}", "note", "text_muted", wrap=True)
        fields = holding(in_row(*((field, 1) for field in self.fields.values()), gap=8))
        card = Card()
        card.fill(self.table)
        foot = in_row((self.summary, 1), STRETCH, self.take_button, Button("Cancel", does=self.reject), gap=10)
        head = Text(f"Portal’s times from {export.name}", "h2", wrap=True)
        parts = in_line(head, lead, fields, self.note, (card, 1), foot)
        in_column(*parts, inside=self, margins=HANGING_MARGINS, gap=10)

    @property
    def columns(self) -> dict[PortalUse, int]:
        """What is where, as it is chosen now."""
        chosen = {use: field.value for use, field in self.fields.items()}
        return {use: column for use, column in chosen.items() if isinstance(column, int) and column >= 0}

    def match(self) -> None:
        """Put the rows beside the receipts anew."""
        tender, export, columns = self._tender, self._export, self.columns
        job = self._session.read(lambda workspace: match_export(workspace, tender, export, columns), key="portal times")
        job.success(self._show).refused(self._say_refused).start()

    def _show(self, matched: MatchedExport) -> None:
        self._matched = matched
        self.model.set_rows(matched.rows)
        number = len(matched.said)
        self.take_button.setText(f"Take {plural(number, 'time')} over" if number else "Take the times over")
        self.take_button.setEnabled(number > 0)
        left = sum(row.state in {TimeState.NONE, TimeState.SEVERAL, TimeState.UNREADABLE} for row in matched.rows)
        told = f"{plural(len(matched.rows), 'row')}, {left:,} of no use" if matched.rows else ""
        self.summary.setText(". ".join(filter(None, (told, matched.note))))

    def take(self) -> None:
        """Save the times, all or none, and close."""
        matched, tender, export, columns = self._matched, self._tender, self._export, self.columns
        if not matched.said:
            return

        def task(workspace: Workspace, _progress: object) -> Done[tuple[Stored[Receipt], ...]]:
            return take_times(workspace, tender, export, columns, matched)

        self._session.act(task, lambda _saved: self._on_taken(len(matched.said))).refused(self._say_refused).start()

    def _on_taken(self, number: int) -> None:
        self.taken.emit(f"{plural(number, 'portal’s time', 'portal’s times')} taken over")
        self.accept()

    def _say_refused(self, error: TomsError) -> None:
        words = f"{error.message}. {error.fix}. Nothing was saved."
        self.note.say(words)
        announce(self, words)
        self.stale.emit()
