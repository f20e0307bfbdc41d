"""Every trial of an evaluation in a list: what was changed, who wins then, and whether that is another outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.tender.sensitivity_words import changed_words
from tomsapp.domain.wording import listed, plural
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import take_room
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, in_column, in_row
from tomsapp.gui.widgets.search_line import SearchLine
from tomsapp.gui.widgets.text import Text

if TYPE_CHECKING:
    from tomsapp.domain.tender.sensitivity import Sensitivity
    from tomsapp.domain.tender.switching import Switching
    from tomsapp.domain.tender.trials import Trial

_WIDTH, _HEIGHT = 1080, 620
CHANGED, SAME = "The winner changes", "As it is"


class TrialRow(NamedTuple):
    """A trial: what was changed, who wins then, and by what where that is another outcome."""

    number: int
    what: str
    winners: str
    is_changed: bool
    then: str


def trial_rows(found: Sensitivity) -> list[TrialRow]:
    """Every trial in the order in which it was tried; a measure that is moved one way is one."""
    rows = []
    every: list[Trial | Switching] = [*found.trials, *found.switching]
    for number, each in enumerate(every, start=1):
        words = changed_words(each)
        winners = each.winners if each.winners or each.is_changed else found.winners
        names = listed(list(winners)) if winners else "Nobody"
        rows.append(TrialRow(number, f"{words[:1].upper()}{words[1:]}", names, each.is_changed, each.then))
    return rows


def _columns() -> Sequence[Column[TrialRow]]:
    return (
        Column("number", "Trial", lambda row: f"{row.number:,}", lambda row: row.number, align="right", width=70),
        Column("what", "What is otherwise", lambda row: row.what),
        Column("winners", "Who wins then", lambda row: row.winners, second_line=lambda row: row.then, width=300),
        Column(
            "outcome",
            "Outcome",
            lambda row: CHANGED if row.is_changed else SAME,
            lambda row: not row.is_changed,
            width=180,
            tone=lambda row: "warning" if row.is_changed else "text_muted",
            icon=lambda row: "triangle-alert" if row.is_changed else "check",
        ),
    )


class TrialsDialog(QDialog):
    """The list, with a search; what is chosen is copied with its heads."""

    def __init__(self, found: Sensitivity, parent: QWidget | None) -> None:
        super().__init__(parent)
        title = plural(found.count, "trial")
        self.setWindowTitle(f"What was tried: {title}")
        self.model: RowModel[TrialRow] = RowModel(_columns())
        self.model.set_rows(trial_rows(found))
        self.table = DataTable(self.model, f"What was tried, {title}")
        self.table.set_empty_state(EmptyState("search", "Nothing here matches"))
        self.search = SearchLine("Search the trials")
        self.search.textChanged.connect(self.model.search)
        card = Card()
        card.fill(self.table)
        changes = plural(len(found.changes), "trial changes", "trials change")
        says = Text(f"{title}. {changes} the winner.", "note", "text_muted", wrap=True)
        close = Button("Close", does=self.accept)
        copy = Button("Copy all", icon_name="copy", does=self.table.copy_all)
        head = in_row((Text("What was tried", "h2"), 1), self.search, gap=12)
        parts = (head, says, (card, 1), in_row(copy, (None, 1), close, gap=8))
        in_column(*parts, inside=self, margins=DIALOG_MARGINS, gap=12)
        take_room(self, _WIDTH, _HEIGHT)
        self.table.setFocus()
