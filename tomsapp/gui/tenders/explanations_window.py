"""The window in which officers say why each bid of a lot has its scores, before bidders are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from tomsapp.domain.tender.explaining import ScoreToExplain
from tomsapp.domain.wording import plural
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.tenders.explain_panel import ExplainPanel
from tomsapp.gui.tenders.kinds import OF_TENDERS
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import take_room
from tomsapp.gui.widgets.layouts import in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.tenders.explaining import OpenExplanations, open_explanations

if TYPE_CHECKING:
    from tomsapp.gui.session import Session
    from tomsapp.services.changes import Changes
    from tomsapp.services.tenders.explaining import ExplainedLot

_WIDTH, _HEIGHT = 1180, 680
_SAID = (
    "Each bidder is told how its own tender was assessed, and how the one that wins was. What a formula decided and "
    "what was agreed of an answer is proposed; what people judged is yours to write."
)
_DONE = "Everything is explained."


def _tone(score: ScoreToExplain) -> str:
    return "danger" if score.is_missing else "text_muted"


COLUMNS: tuple[Column[ScoreToExplain], ...] = (
    Column("bidder", "Bidder", lambda score: score.supplier, width=180),
    Column("criterion", "Criterion", lambda score: score.criterion.name, width=170),
    Column("score", "Score", lambda score: score.words, width=130),
    Column(
        "state",
        "Explanation",
        lambda score: score.state,
        tone=_tone,
        icon=lambda score: "pencil-line" if score.is_missing else "check",
        can_hide=False,
    ),
)


class ExplanationsWindow(QDialog):
    """Every score of a lot with what is told of it; it follows what is changed elsewhere."""

    read_anew = Signal(object)
    """An `OpenExplanations`."""

    def __init__(self, session: Session, explained: OpenExplanations, lot: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._session, self._explained, self._number = session, explained, lot
        self._goes_on = False
        self.setWindowTitle(f"Why bids have their scores, lot {lot}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model: RowModel[ScoreToExplain] = RowModel(COLUMNS)
        self.table = DataTable(self.model, "Scores to explain")
        self.panel = ExplainPanel(session)
        self.summary = Text("", "note_strong", wrap=True)
        self._build()
        self.table.current_row_changed.connect(lambda _row: self._show_score())
        self.panel.saved.connect(self._on_saved)
        self.panel.passed.connect(self.go_on)
        session.changed.connect(self._on_changed)
        session.workspace_changed.connect(self.close)
        self.show_explained(explained)
        self._choose(self._first_missing(0))

    def _build(self) -> None:
        card = Card()
        card.fill(self.table)
        self.close_button = Button("Close", does=self.close)
        head = in_column(Text(self.windowTitle(), "h1"), Text(_SAID, "body", "text_muted", wrap=True), gap=4)
        middle = in_row((card, 11), (self.panel, 10), gap=18)
        foot = in_row((self.summary, 1), self.close_button, gap=8)
        in_column(head, (middle, 1), foot, inside=self, margins=(20, 14, 20, 12), gap=10)
        add_action(self, "Save and go on", "Ctrl+Return", self.panel.go_on)
        add_action(self, "Next score to explain", "F8", self.go_on)
        theme = current_theme()
        take_room(self, theme.px(_WIDTH), theme.px(_HEIGHT))

    @property
    def lot(self) -> ExplainedLot:
        """The lot as it was read last."""
        return self._explained.lot(self._number)

    @property
    def _place(self) -> int:
        return max(self.table.currentIndex().row(), 0)

    @property
    def _rows(self) -> list[ScoreToExplain]:
        return [row for place in range(self.model.rowCount()) if (row := self.model.row_object(place)) is not None]

    # Reading

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*OF_TENDERS):
            self.read()

    def read(self) -> None:
        """Read what is told of the scores; what did not change since is not read again."""
        number, before = self._explained.tender_id, self._explained.evaluation
        job = self._session.read(
            lambda workspace: open_explanations(workspace, number, before), key=f"explanations-{self._number}"
        )
        job.success(self._on_read).start()

    def _on_read(self, explained: OpenExplanations) -> None:
        self.show_explained(explained)
        self.read_anew.emit(explained)
        if self._goes_on:
            self._goes_on = False
            self.go_on()

    # Showing

    def show_explained(self, explained: OpenExplanations) -> None:
        """Show the scores as they are told now; the one that is chosen stays chosen."""
        self._explained = explained
        here = self._place
        self.model.set_rows(self.lot.scores)
        missing = self.lot.missing
        self.summary.setText(". ".join(missing) + "." if missing else _DONE)
        self.summary.set_tone("danger" if missing else "success")
        if self.model.rowCount():
            self._choose(min(here, self.model.rowCount() - 1))

    def _choose(self, place: int) -> None:
        self.table.select_place(place)
        self._show_score()

    def _show_score(self) -> None:
        rows, place = self._rows, self._place
        score = rows[place] if place < len(rows) else None
        after = self._first_missing(place + 1)
        said = "" if after == place or not rows or not rows[after].is_missing else _called(rows[after])
        self.panel.show_score(self.lot, score, self._explained.tender_id, said)

    def _first_missing(self, start: int) -> int:
        """The place of the next score that is to be explained, from a place on and round; else the next at all."""
        rows = self._rows
        order = [*range(start, len(rows)), *range(min(start, len(rows)))]
        return next((place for place in order if rows[place].is_missing), min(start, max(len(rows) - 1, 0)))

    # What the user does

    def _on_saved(self) -> None:
        self._goes_on = True

    def go_on(self) -> None:
        """Go to the next score that is to be explained, else to the next at all."""
        self._choose(self._first_missing(self._place + 1))
        self.panel.take_keyboard()
        announce(self, f"{plural(sum(row.is_missing for row in self._rows), 'score')} to explain")


def _called(score: ScoreToExplain) -> str:
    return f"{score.supplier}, {score.criterion.name}"
