"""A button with a paper for each bidder: each is previewed, and all are saved in a folder as PDF and as Word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tomsapp.domain.wording import plural
from tomsapp.gui.dialogs.made_paper import PaperShower
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.feedback import Toast

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

    MakePaper = Callable[[Workspace, Progress], CouncilPaper]
    SavePapers = Callable[[Workspace, Path, Progress], Sequence[Path]]


class PapersMenu(QObject):
    """`called` is what the papers are called: "letters"."""

    told = Signal(object)
    """A `Toast`: what was saved."""

    def __init__(self, session: Session, owner: QWidget, called: str, words: str) -> None:
        super().__init__(owner)
        self._session, self._owner, self._called = session, owner, called
        self._save: SavePapers | None = None
        self.shower = PaperShower(session, owner)
        self.shower.told.connect(self.told)
        self.button = Button(words, icon_name="file-text", opens_menu=True)
        self.menu = QMenu(self.button)
        self.button.set_menu(self.menu)

    @property
    def actions(self) -> tuple[QAction, ...]:
        """What the menu offers."""
        return tuple(each for each in self.menu.actions() if not each.isSeparator())

    def offer(self, papers: Sequence[tuple[str, MakePaper]], save: SavePapers, *, can_save: bool = True) -> None:
        """Offer papers by what stands in the menu; `save` writes all of them into a folder."""
        self._save = save
        self.menu.clear()
        for words, make in papers:
            self.menu.addAction(words.replace("&", "&&"), partial(self.shower.make, make))
        if papers:
            self.menu.addSeparator()
            self.menu.addAction(f"Save all {self._called} in a folder…", self.save_all).setEnabled(can_save)

    def save_all(self) -> None:
        """Write every paper into a folder, as PDF and as Word."""
        save, workspace = self._save, self._session.workspace
        folder = FileDialogs(self._session.own).open_folder(self._owner, FileUse.PDF, f"Save all {self._called}")
        if save is None or folder is None:
            return

        def work(progress: Progress) -> Sequence[Path]:
            return save(workspace, folder, progress)

        job = self._session.jobs.run(work, key=self._called, title=f"Making the {self._called}")
        job.success(lambda written: self.told.emit(Toast(_saved(written, folder), icon="download"))).start()


def _saved(written: Sequence[Path], folder: Path) -> str:
    return f"{plural(len(written), 'file')} saved in {folder}"
