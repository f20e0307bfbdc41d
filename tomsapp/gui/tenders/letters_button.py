"""The button with the letters in which bidders are asked: each is previewed and saved as PDF and as Word."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tomsapp.domain.wording import format_date, plural
from tomsapp.gui.dialogs.made_paper import PaperShower
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.tenders.letters import letter_paper, letters_of, save_letters

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.papers.clarification import LetterToBidder
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.deciding import OpenCheck


class LettersButton(QObject):
    """A menu with a letter for each bidder that is asked, and all of them into a folder."""

    told = Signal(object)
    """A `Toast`: what was saved."""

    def __init__(self, session: Session, owner: QWidget) -> None:
        super().__init__(owner)
        self._session, self._owner = session, owner
        self._check: OpenCheck | None = None
        self.shower = PaperShower(session, owner)
        self.shower.told.connect(self.told)
        self.button = Button("Preview letters", icon_name="file-text", opens_menu=True)
        self.button.setToolTip("One letter for each bidder that is asked, as PDF and as Word file")
        self.menu = QMenu(self.button)
        self.button.set_menu(self.menu)
        self.show_check(None)

    @property
    def actions(self) -> tuple[QAction, ...]:
        """What the menu offers."""
        return tuple(each for each in self.menu.actions() if not each.isSeparator())

    def show_check(self, check: OpenCheck | None) -> None:
        """Offer the letters that are to be sent as things stand."""
        self._check = check
        letters = letters_of(check) if check is not None else ()
        self.menu.clear()
        for letter in letters:
            self.menu.addAction(_words(letter), partial(self._preview, letter))
        if letters:
            self.menu.addSeparator()
            self.menu.addAction("Save all letters in a folder…", self.save_all)
        self.button.setText(f"Preview letters ({len(letters)})" if letters else "Preview letters")
        self.button.setVisible(bool(letters))

    def _preview(self, letter: LetterToBidder) -> None:
        today = _today()
        self.shower.make(lambda workspace, _progress: letter_paper(workspace, letter, today))

    def save_all(self) -> None:
        """Write every letter into a folder, as PDF and as Word."""
        check, workspace = self._check, self._session.workspace
        folder = FileDialogs(self._session.own).open_folder(self._owner, FileUse.PDF, "Save all letters")
        if check is None or folder is None:
            return

        def work(progress: Progress) -> tuple[Path, ...]:
            return save_letters(workspace, check, folder, _today(), progress)

        job = self._session.jobs.run(work, key="letters", title="Making the letters")
        job.success(lambda written: self.told.emit(Toast(_saved(written, folder), icon="download"))).start()


def _saved(written: tuple[Path, ...], folder: Path) -> str:
    return f"{plural(len(written), 'file', 'files')} saved in {folder}"


def _words(letter: LetterToBidder) -> str:
    """A letter in the menu: "Letter to Ashdown Ltd: 2 questions, due 29 January 2027"."""
    due = letter.due_on
    until = "" if due is None else f", due {format_date(due)}"
    return f"Letter to {letter.supplier}: {plural(len(letter.open), 'question', 'questions')}{until}".replace("&", "&&")


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's calendar
