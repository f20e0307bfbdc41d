"""What stands on the card of a lot about telling its bidders: how far the explanations are, and the summaries."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.wording import plural
from tomsapp.gui.tenders.explanations_window import ExplanationsWindow
from tomsapp.gui.tenders.papers_menu import PapersMenu
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.tenders.summaries import save_summaries, summary_paper

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.gui.session import Session
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.explaining import ExplainedLot, OpenExplanations
    from tomsapp.services.workspace import Workspace


class SummariesRow(QWidget):
    """The way to the explanations of a lot, and a menu with the summary of each bidder, and all of them."""

    told = Signal(object)
    """A `Toast`: what was saved."""

    def __init__(self, session: Session, number: int) -> None:
        super().__init__()
        self._session, self._number = session, number
        self._explained: OpenExplanations | None = None
        self.window_shown: ExplanationsWindow | None = None
        self.papers = PapersMenu(session, self, "assessment summaries", "Assessment summaries")
        self.papers.told.connect(self.told)
        self.words = Text("", "note", "text_muted", wrap=True)
        self.explain_button = Button("Explain the scores…", icon_name="pencil-line", does=self.explain)
        for button in (self.explain_button, self.papers.button):
            button.setAccessibleName(f"{button.text()}, lot {number}")
        head = Text("Tell the bidders", "note_strong", "text_muted")
        parts = head, (self.words, 1), self.explain_button, self.papers.button
        in_row(*parts, inside=self, margins=(0, 4, 0, 0))

    @property
    def lot(self) -> ExplainedLot | None:
        """The lot as it was read last."""
        return None if self._explained is None else self._explained.lot(self._number)

    def show_explained(self, explained: OpenExplanations) -> None:
        """Say how far it is, and offer a summary of each bidder: as a draft while something is missing."""
        self._explained = explained
        lot = explained.lot(self._number)
        self.setVisible(bool(lot.scores))
        self.words.setText(_far(lot))
        papers = [
            (f"Preview for {lot.suppliers[key].name}", partial(_paper, explained, self._number, key))
            for key in lot.keys
        ]
        save = partial(_save, explained, self._number)
        self.papers.offer(papers, save, can_save=bool(lot.awarded) and not lot.missing)

    def explain(self) -> None:
        """Open the window in which the scores are explained, or bring it to the front."""
        if self._explained is None:
            return
        if self.window_shown is None:
            self.window_shown = ExplanationsWindow(self._session, self._explained, self._number, self.window())
            self.window_shown.finished.connect(self._on_closed)
        self.window_shown.show()
        self.window_shown.raise_()
        self.window_shown.activateWindow()

    def _on_closed(self, _result: int) -> None:
        self.window_shown = None


def _paper(explained: OpenExplanations, lot: int, key: str, workspace: Workspace, progress: Progress) -> CouncilPaper:
    return summary_paper(workspace, explained.tender_id, lot, key, _today(), explained.evaluation, progress)


def _save(
    explained: OpenExplanations, lot: int, workspace: Workspace, folder: Path, progress: Progress
) -> tuple[Path, ...]:
    return save_summaries(workspace, explained.tender_id, lot, folder, _today(), explained.evaluation, progress)


def _far(lot: ExplainedLot) -> str:
    """How far the explanations are: "2 of 8 scores are to be explained"; else what is still in the way."""
    missing = sum(score.is_missing for score in lot.scores)
    of = sum(score.is_needed for score in lot.scores)
    if missing:
        return f"{missing} of {plural(of, 'score')} still to be explained"
    if not lot.awarded:
        return "All scores are explained. The summaries can be saved once the lot is awarded"
    return lot.missing[0] if lot.missing else "All scores are explained"


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's calendar
