"""The button with the letters in which bidders are asked: each is previewed and saved as PDF and as Word."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tomsapp.domain.wording import format_date, plural
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.papers_menu import PapersMenu
from tomsapp.services.tenders.letters import letter_paper, letters_of, save_letters

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.papers.clarification import LetterToBidder
    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.deciding import OpenCheck
    from tomsapp.services.workspace import Workspace


class LettersButton(PapersMenu):
    """A menu with a letter for each bidder that is asked, and all of them into a folder."""

    def __init__(self, session: Session, owner: QWidget) -> None:
        super().__init__(session, owner, "letters", "Preview letters")
        self.button.setToolTip("One letter for each bidder that is asked, as PDF and as Word file")
        self.show_check(None)

    def show_check(self, check: OpenCheck | None) -> None:
        """Offer the letters that are to be sent as things stand."""
        letters = letters_of(check) if check is not None else ()

        def save(workspace: Workspace, folder: Path, progress: Progress) -> tuple[Path, ...]:
            return () if check is None else save_letters(workspace, check, folder, _today(), progress)

        self.offer([(_words(letter), partial(_letter, letter)) for letter in letters], save)
        self.button.setText(f"Preview letters ({len(letters)})" if letters else "Preview letters")
        self.button.setVisible(bool(letters))


def _letter(letter: LetterToBidder, workspace: Workspace, _progress: Progress) -> CouncilPaper:
    return letter_paper(workspace, letter, _today())


def _words(letter: LetterToBidder) -> str:
    """A letter in the menu: "Letter to Ashdown Ltd: 2 questions, due 29 January 2027"."""
    due = letter.due_on
    until = "" if due is None else f", due {format_date(due)}"
    return f"Letter to {letter.supplier}: {plural(len(letter.open), 'question', 'questions')}{until}"


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's calendar
