"""What the bidder's window does with files: opens, saves, prints, and looks for a newer version of the pack."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QMenu

from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender import words
from tomsapp.gui.bidder import bars
from tomsapp.gui.bidder.frame import BidderFrame
from tomsapp.gui.bidder.opening import KINDS, PACK_KINDS, WHERE_IS_THE_PACK, opening_job
from tomsapp.gui.dialogs.message import tell, tell_failure
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.dialog_parts import close_button, open_once, take_room
from tomsapp.gui.widgets.explanation import Explanation, ExplanationPanel
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, in_column
from tomsapp.services.bidder_offers import PackNotBeside
from tomsapp.services.bidding import saving
from tomsapp.services.bidding.carrying import use_again
from tomsapp.services.bidding.keeping import KeptOffer, kept_offers
from tomsapp.services.bidding.opening import BegunOffer, begin_with, newer_pack_beside, open_for_bidder

if TYPE_CHECKING:
    from tomsapp.services.progress import Progress
    from tomsapp.services.reporting import MadeReport

_OFFER_KINDS = "Offer files (*.tomsoffer)"
_BOOK_KINDS = "Excel workbook (*.xlsx)"


class BidderFiles(QObject):
    """The File menu of the window, and what its steps ask for."""

    def __init__(self, window: BidderFrame) -> None:
        super().__init__(window)
        self._window = window
        self._seen: frozenset[Path] = frozenset()
        self._newer: Path | None = None

    @property
    def dialogs(self) -> FileDialogs:
        """Asks for files, each kind where the last of its kind ended."""
        return FileDialogs(self._window.preferences)

    def fill(self, menu: QMenu) -> None:
        """Put into the File menu what can be done."""
        menu.addAction("Open a tender pack or an offer…", QKeySequence.StandardKey.Open, self.ask_to_open)
        menu.addAction("Use answers of another offer…", self.use_again)
        menu.addSeparator()
        menu.addAction("Save offer file…", QKeySequence.StandardKey.Save, self._window.save)
        menu.addAction("Save as the workbook…", self.save_workbook)
        menu.addAction("Social Value Plan (PDF)…", QKeySequence.StandardKey.Print, self.show_plan)

    def do(self, action: str) -> None:
        """Do what a bar offers."""
        begun = self._window.begun
        if action == bars.HERE:
            self._window.answering.go_on_here()
        elif action == bars.NEWER and self._newer is not None:
            self.open(self._newer)
        elif action == bars.OTHER and begun.other is not None:
            self._window.show_begun(BegunOffer(begun.other, begun.keeper, begun.pack_path, is_kept=True))

    # Opening

    def ask_to_open(self) -> None:
        """Ask for a pack or an offer, and go on with it in this window."""
        path = self.dialogs.open(self._window, FileUse.IMPORT, "Open a tender pack or an offer", KINDS)
        if path is not None:
            self.open(path)

    def open(self, path: Path, pack: Path | None = None) -> None:
        """Open a file in this window; what is typed is kept first."""
        self._window.answering.flush()
        folder = self._window.answering.keeper.path.parent
        job = opening_job(self._window.jobs, partial(open_for_bidder, path, pack, folder), path.name)
        job.success(self._window.show_begun).failure(lambda error: self._on_refused(path, error)).start()

    def _on_refused(self, path: Path, error: Exception) -> None:
        if isinstance(error, PackNotBeside):
            pack = self.dialogs.open(self._window, FileUse.IMPORT, WHERE_IS_THE_PACK, PACK_KINDS)
            if pack is not None:
                self.open(path, pack)
        elif isinstance(error, TomsError):
            tell_failure(self._window, error)
        else:
            raise error

    def open_lot(self, number: int) -> None:
        """Answer another lot of the same pack."""
        # When what was chosen has been told: the list that tells it goes with the lot that is left.
        QTimer.singleShot(0, self, lambda: self._show_lot(number))

    def _show_lot(self, number: int) -> None:
        begun = self._window.begun
        self._window.answering.flush()
        folder = self._window.answering.keeper.path.parent
        self._window.show_begun(begin_with(begun.work.pack, begun.pack_path, number, folder))

    def look_beside(self) -> None:
        """Look for a newer version of the pack in its folder, off the window's thread."""
        window = self._window
        work, path, seen = window.answering.work, window.begun.pack_path, self._seen

        def task(_progress: Progress) -> tuple[tuple[int, Path] | None, frozenset[Path]]:
            there = frozenset(path.absolute().parent.glob("*.tomspack"))
            return newer_pack_beside(work, path, seen | {path.absolute(), path}), there

        job = window.jobs.run(task, database=False, key="newer-pack")
        # A folder that cannot be read now has nothing to tell.
        job.success(self._on_looked).failure(lambda _error: None).start()

    def _on_looked(self, found: tuple[tuple[int, Path] | None, frozenset[Path]]) -> None:
        newer, there = found
        self._seen = there
        if newer is not None:
            version, self._newer = newer
            self._window.bars.say_newer(version, self._newer.name)

    # Used again

    def use_again(self) -> None:
        """Fill what is blank from another offer: one that is kept here, such as of another lot, or one in a file."""
        folder = self._window.answering.keeper.path.parent
        own = self._window.answering.work
        kept = [each for each in kept_offers(folder) if not each.is_of(own)]
        if not kept:
            self.ask_earlier_file()
            return
        menu = QMenu(self._window)
        for each in kept:
            menu.addAction(each.name.replace("&", "&&"), partial(self._fill_from, each))
        menu.addSeparator()
        menu.addAction("From an offer file…", self.ask_earlier_file)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._window.mapToGlobal(self._window.rect().center()))

    def _fill_from(self, kept: KeptOffer) -> None:
        answering = self._window.answering
        answering.put(use_again(answering.work, kept.offer, kept), f"What was blank was filled from {kept.name}")
        self._window.bars.say(f"What was blank was filled from {kept.name}. Look at each step.")

    def ask_earlier_file(self) -> None:
        """Ask for an offer file of another tender or lot."""
        path = self.dialogs.open(self._window, FileUse.IMPORT, "Use answers of another offer", _OFFER_KINDS)
        if path is None:
            return
        job = opening_job(self._window.jobs, partial(saving.read_earlier, path), path.name)
        job.success(lambda offer: self._on_earlier(offer, path.name)).failure(self._told_failure).start()

    def _on_earlier(self, offer: object, name: str) -> None:
        answering = self._window.answering
        if isinstance(offer, type(answering.work.offer)):
            answering.put(use_again(answering.work, offer), f"What was blank was filled from {name}")
            self._window.bars.say(f"What was blank was filled from {name}. Look at each step.")

    def _told_failure(self, error: Exception) -> None:
        if not isinstance(error, TomsError):
            raise error
        tell_failure(self._window, error)

    # Saving

    def save_offer(self) -> None:
        """Ask where, and write the offer file."""
        work = self._window.answering.work
        proposed = self._window.begun.pack_path.parent / saving.file_name(work)
        path = self.dialogs.save(self._window, FileUse.TABLE, "Save offer file", proposed, _OFFER_KINDS)
        if path is None:
            return
        try:
            saved = saving.save_offer(work, path, self._window.now())
        except TomsError as error:
            tell_failure(self._window, error)
            return
        self._window.answering.note_saved(saved)
        until = work.asked.tender.deadline_words
        tell(
            self._window,
            "Your offer file is saved",
            f"{saved.path}",
            words.NOT_SENT_BY_PROGRAM,
            f"Upload it by {until}." if until else "",
            tone="success",
        )

    def save_workbook(self) -> None:
        """Ask where, and write the offer as it stands into the workbook of the pack."""
        work = self._window.answering.work
        proposed = self._window.begun.pack_path.parent / saving.file_name(work, ".xlsx")
        path = self.dialogs.save(self._window, FileUse.TABLE, "Save as the workbook", proposed, _BOOK_KINDS)
        if path is None:
            return
        now = self._window.now()
        job = self._window.jobs.run(
            lambda _progress: saving.save_workbook(work, path, now), database=False, title=f"Writing {path.name}"
        )
        job.success(lambda made: self._window.bars.say(f"Saved as {made}.")).failure(self._told_failure).start()

    def show_plan(self) -> None:
        """Make the Social Value Plan and show it; it is saved and printed from there."""
        work, day = self._window.answering.work, self._window.now().date()
        job = self._window.jobs.run(
            lambda progress: saving.make_plan(work, day, progress),
            database=False,
            key="plan",
            title="Making the Social Value Plan",
        )
        job.success(self._preview).failure(self._told_failure).start()

    def show_how(self) -> None:
        """Show the two pages on how a tender is answered; they are saved and printed from there."""
        from tomsapp.services.bidder_guide import bidder_pdf

        job = self._window.jobs.run(
            bidder_pdf, database=False, key="how-to-answer", title="Making “How to answer a tender”"
        )
        job.success(self._preview).failure(self._told_failure).start()

    def _preview(self, made: MadeReport) -> None:
        from tomsapp.gui.dialogs.pdf_preview import PdfPreview

        notes = tuple(map(str, made.notes))
        preview = PdfPreview(made.data, made.file_name, self._window.jobs, self.dialogs, self._window, notes)
        open_once(preview)

    # Saying

    def show_explanation(self, explanation: Explanation) -> None:
        """Show how a figure came about."""
        open_once(ExplanationDialog(explanation, self._window))

    def show_help(self) -> None:
        """Say what the step is for and which keys there are."""
        step = self._window.step_widget(self._window.current)
        tell(self._window, self._window.heading.text(), step.sentence, *_KEYS)


_KEYS = (
    "Alt+Right and Alt+Left go to the next step and back. F8 goes to the first thing that is left.",
    "F6 goes round the parts of the window.",
    "In the table of quantities, Up and Down stay in the year and Enter goes to the next field.",
    "Ctrl+S saves the offer file, Ctrl+P shows your Social Value Plan to save or print.",
)


class ExplanationDialog(QDialog):
    """How a figure came about; Esc closes it."""

    def __init__(self, explanation: Explanation, parent: BidderFrame) -> None:
        super().__init__(parent)
        self.setWindowTitle(explanation.title)
        self.panel = ExplanationPanel()
        self.panel.show_explanation(explanation, take_focus=True)
        self.panel.closed.connect(self.reject)
        theme = current_theme()
        take_room(self, theme.px(520), theme.px(480))
        in_column((self.panel, 1), close_button(self), inside=self, margins=DIALOG_MARGINS, gap=12)
