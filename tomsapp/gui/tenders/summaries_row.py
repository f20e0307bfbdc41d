"""What stands on the card of a lot about telling its bidders: how far the explanations are, and the summaries."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tomsapp.domain.wording import plural
from tomsapp.gui.dialogs.made_paper import PaperShower
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.tenders.explanations_window import ExplanationsWindow
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.gui.widgets.layouts import in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.tenders.summaries import save_summaries, summary_paper

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.gui.session import Session
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.explaining import ExplainedLot, OpenExplanations

_MAKING = "Making the summaries"


class SummariesRow(QWidget):
    """The way to the explanations of a lot, and a menu with the summary of each bidder, and all of them."""

    told = Signal(object)
    """A `Toast`: what was saved."""

    def __init__(self, session: Session, number: int) -> None:
        super().__init__()
        self._session, self._number = session, number
        self._explained: OpenExplanations | None = None
        self.window_shown: ExplanationsWindow | None = None
        self.papers = PaperShower(session, self)
        self.papers.told.connect(self.told)
        self.words = Text("", "note", "text_muted", wrap=True)
        self.explain_button = Button("Explain the scores…", icon_name="pencil-line", does=self.explain)
        self.summaries_button = Button("Assessment summaries", icon_name="file-text", opens_menu=True)
        self.menu = QMenu(self.summaries_button)
        self.summaries_button.set_menu(self.menu)
        for button in (self.explain_button, self.summaries_button):
            button.setAccessibleName(f"{button.text()}, lot {number}")
        head = Text("Tell the bidders", "note_strong", "text_muted")
        in_row(head, (self.words, 1), self.explain_button, self.summaries_button, inside=self, margins=(0, 4, 0, 0))

    @property
    def actions_offered(self) -> tuple[QAction, ...]:
        """What the menu offers."""
        return tuple(each for each in self.menu.actions() if not each.isSeparator())

    @property
    def lot(self) -> ExplainedLot | None:
        """The lot as it was read last."""
        return None if self._explained is None else self._explained.lot(self._number)

    def show_explained(self, explained: OpenExplanations) -> None:
        """Say how far it is, and offer a summary of each bidder."""
        self._explained = explained
        lot = explained.lot(self._number)
        self.setVisible(bool(lot.scores))
        self.words.setText(_far(lot))
        self.menu.clear()
        for key in lot.keys:
            name = lot.suppliers[key].name.replace("&", "&&")
            self.menu.addAction(f"Preview for {name}", partial(self.preview, key))
        self.menu.addSeparator()
        save = self.menu.addAction("Save all in a folder…", self.save_all)
        save.setEnabled(bool(lot.awarded) and not lot.missing)

    # What the user does

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

    def preview(self, key: str) -> None:
        """Show the summary of a bidder as a PDF; what is missing makes it a draft."""
        explained, today = self._explained, _today()
        if explained is None:
            return
        number, lot, before = explained.tender_id, self._number, explained.evaluation
        self.papers.make(
            lambda workspace, progress: summary_paper(workspace, number, lot, key, today, before, progress)
        )

    def save_all(self) -> None:
        """Write the summary of each bidder into a folder, as PDF and as Word."""
        explained, workspace, today = self._explained, self._session.workspace, _today()
        folder = FileDialogs(self._session.own).open_folder(self, FileUse.PDF, "Save assessment summaries")
        if explained is None or folder is None:
            return
        number, before = explained.tender_id, explained.evaluation

        def work(progress: Progress) -> tuple[Path, ...]:
            return save_summaries(workspace, number, self._number, folder, today, before, progress)

        job = self._session.jobs.run(work, key="summaries", title=_MAKING)
        said = f"saved in {folder}"
        job.success(lambda made: self.told.emit(Toast(f"{plural(len(made), 'file')} {said}", icon="download"))).start()


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
