"""The tab Offers: what was received and what becomes of it, how the offers are sealed, and what opens them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.deadline import zone_of
from tomsapp.domain.tender.receipt_words import counts_of
from tomsapp.domain.wording import plural
from tomsapp.gui.dialogs.made_paper import PaperShower
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.file_receiver import FileReceiver
from tomsapp.gui.tenders.offer_acts import OfferActs
from tomsapp.gui.tenders.portal_times import portal_task
from tomsapp.gui.tenders.receipt_dialog import ReceiptDialog
from tomsapp.gui.tenders.receipt_rows import RECEIPT_LINK, ReceiptRow
from tomsapp.gui.tenders.receipts_table import ReceiptsTable
from tomsapp.gui.tenders.sealed_offers import SealedOffers
from tomsapp.gui.tenders.sheet_asker import SheetAsker
from tomsapp.gui.tenders.tab import TenderTab
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action, new_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import EmptyState, Toast
from tomsapp.gui.widgets.file_drops import TakesFiles, paths_in
from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.gui.widgets.layouts import holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.text import Text
from tomsapp.services.tenders.receipt_papers import make_receipt, make_receipt_list
from tomsapp.services.tenders.receipt_saving import save_receipt
from tomsapp.services.tenders.receipts import RECEIVING
from tomsapp.services.tenders.receipts_shown import ReceiptsShown, save_received, show_receipts

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.receipt import Receipt
    from tomsapp.services.changes import Done
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.tenders.receipts import ListedReceipt
    from tomsapp.services.workspace import Workspace

_FILES = "Offers (*.tomsoffer *.xlsx *.ods *.zip);;All files (*)"
_EVERY = 20_000
"""Milliseconds after which the card is told anew how far the deadline is."""
_DROP = "Drop files or a folder here"
_LOW = 320
"""Less high than this, in px at 100 % text size, it has room for little but the receipts."""
_NONE = "No files yet"
_NOT_ISSUED = "The tender is not issued yet"
_ADD = "Add the files that the portal releases, its ZIP or a folder, or drop them here. Each is kept as it came."
_ISSUE_FIRST = "Files are received from when the pack is issued: see Set-up, step 5."


def _now() -> datetime:
    return datetime.now().astimezone()


def _count(figure: str, words: str) -> QWidget:
    part = holding(in_row(Text(figure, "strong"), Text(words, "body", "text_muted"), gap=7, margins=(0, 0, 14, 0)))
    part.setAccessibleName(f"{figure} {words}")
    return part


class OffersTab(TakesFiles, TenderTab):
    """Files are added from the dialog, dropped or pasted; `now` gives the moment at which it is looked."""

    def __init__(self, session: Session, now: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self._is_low = False
        self._session, self._now = session, now
        self.opened: OpenTender | None = None
        self.shown: ReceiptsShown | None = None
        self.dialog: ReceiptDialog | None = None
        self.portal = SheetAsker(session, FileUse.OFFER, self)
        self.receiver = FileReceiver(session, self)
        self.papers = PaperShower(session, self)
        self.acts = OfferActs(session, now, self)
        self._build()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._show_state)

    def _build(self) -> None:
        self.print_button = Button("Print the list…", icon_name="file-text", does=self.print_list)
        self.open_button = Button("Open the offers…", "primary", "lock", does=self.ask_to_open)
        self.add_button = Button("Add files…", icon_name="plus", does=self.choose_files)
        self.portal_button = Button("Portal’s times…", icon_name="clock", does=self.choose_export)
        self.portal_button.setToolTip("Read when the portal had each file from its list (CSV or workbook)")
        self.folder_button = Button("Add a folder…", icon_name="folder-open", does=self.choose_folder)
        for button in (self.print_button, self.open_button):
            button.hide()
        self.sealed = SealedOffers()
        self.notice = Notice()
        self._counts = ChipFlow([], QWidget())
        self.table = ReceiptsTable()
        self.empty = EmptyState("inbox", _NOT_ISSUED, _ISSUE_FIRST)
        self.table.set_empty_state(self.empty)
        card = Card()
        card.fill(self.table)
        buttons = self.portal_button, self.folder_button, self.add_button
        row = in_row((self._counts, 1), *buttons, gap=10)
        parts = self.sealed, self.notice, row, (card, 1)
        in_column(*parts, inside=self, margins=(24, 10, 20, 10), gap=8)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self.sealed.early_wanted.connect(self.ask_to_open)
        self.table.row_opened.connect(self.open_receipt)
        self.table.figure_chosen.connect(self._on_figure)
        self.portal.told.connect(self.wants_toast)
        self.portal.refused.connect(self._say)
        self.portal.stale.connect(self.stale)
        self.receiver.told.connect(self.wants_toast)
        self.receiver.stale.connect(self.stale)
        self.receiver.refused.connect(self._say)
        self.papers.told.connect(self.wants_toast)
        self.acts.told.connect(self.wants_toast)
        self.acts.stale.connect(self.stale)
        add_action(self, "Add files from the clipboard", QKeySequence.StandardKey.Paste, self.paste)
        add_action(self, "Print the list of receipts", "Ctrl+P", self.print_list)
        self._more = [
            new_action(self, "Add files…", self.choose_files),
            new_action(self, "Add a folder…", self.choose_folder),
            new_action(self, "Read the portal’s times…", self.choose_export),
        ]

    # Showing

    def show_tender(self, opened: OpenTender | None) -> None:
        """Read the receipts of a tender."""
        if opened is None or self.opened is None or opened.id != self.opened.id:
            self.shown = None
            self.acts.forget()
            self.table.show_rows(None, (), has_lots=False)
            self._say("")
        self.opened = opened
        self._show_state()
        if opened is not None:
            number = opened.id
            job = self._session.read(lambda workspace: show_receipts(workspace, number), key="receipts")
            job.success(lambda shown: self._show(number, shown)).start()

    def _show(self, number: int, shown: ReceiptsShown) -> None:
        opened = self.opened
        if opened is None or opened.id != number:
            return
        self.shown = shown
        place = zone_of(opened.in_force.deadline_zone)
        rows = [
            ReceiptRow(each, words, below, place)
            for each, (words, below) in zip(shown.receipts, shown.lines, strict=True)
        ]
        rows.sort(key=lambda row: (row.came_at, row.file.number), reverse=True)
        here = self.current
        self.table.show_rows(opened.in_force, rows, has_lots=len(opened.lots) > 1)
        wanted = here.file.number if here else 0
        found = self.table.receipts.place_of(lambda row: row.file.number == wanted)
        if rows:
            self.table.select_place(found or 0)
        self._show_state()
        self.panel_changed.emit()

    @property
    def current(self) -> ReceiptRow | None:
        """The receipt under the cursor."""
        place = self.table.currentIndex().row()
        return self.table.receipts.row_object(place) if 0 <= place < self.table.receipts.rowCount() else None

    @property
    def counting(self) -> int:
        """How many offers count."""
        return sum(each.counts for each in self.shown.receipts) if self.shown else 0

    def _show_state(self) -> None:
        """Say how the offers stand now, and show what can be done."""
        opened = self.opened
        if opened is None:
            return
        was_closed, status = self.sealed.is_closed, opened.tender.status
        self.sealed.show_state(opened, self.counting, self._now())
        self.sealed.setVisible(status is not TenderStatus.DRAFT)
        can_receive = status in RECEIVING
        self.empty.set_words(*((_NONE, _ADD) if can_receive else (_NOT_ISSUED, _ISSUE_FIRST)))
        for each in (self.add_button, self.folder_button):
            each.setVisible(can_receive)
        has_files = self.shown is not None and bool(self.shown.receipts)
        self.portal_button.setVisible(can_receive and has_files)
        for action in self._more:
            action.setEnabled(can_receive)
        self.add_button.set_kind("secondary" if self.sealed.is_closed else "primary")
        offers = plural(self.counting, "offer")
        self.open_button.setText(f"Open {offers}…" if self.counting else "Open the offers…")
        self._show_counts()
        if was_closed != self.sealed.is_closed:
            self.panel_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room of a low window to the receipts."""
        super().resizeEvent(event)
        is_low = self.height() < current_theme().px(_LOW)
        self.sealed.set_low(is_low=is_low)
        if is_low != self._is_low:
            self._is_low = is_low
            self._show_counts()

    def _show_counts(self) -> None:
        """Say how many files there are of each kind, on several lines where they need them."""
        receipts = [each.judged for each in self.shown.receipts] if self.shown else []
        told = counts_of(receipts, is_closed=self.sealed.is_closed) if receipts else ()
        can_receive = self.opened is not None and self.opened.tender.status in RECEIVING
        hint = [Text(_DROP, "note", "text_muted")] if can_receive and not self._is_low else []
        self._counts.set_widgets([*(_count(*each) for each in told), *hint])

    def _say(self, words: str) -> None:
        self.notice.say(words)
        if words:
            announce(self, words)

    @property
    def head_buttons(self) -> Sequence[QWidget]:
        """Printing, and once the deadline has passed the opening."""
        opened = self.opened
        if opened is None or opened.tender.status is TenderStatus.DRAFT:
            return ()
        can_open = opened.tender.status is TenderStatus.ISSUED and self.sealed.is_closed
        return (self.print_button, self.open_button) if can_open else (self.print_button,)

    @property
    def count(self) -> int | None:
        """How many offers count."""
        return self.counting if self.shown and self.shown.receipts else None

    def commands(self) -> Sequence[QAction]:
        """Adding files."""
        return self._more

    def take_keyboard(self) -> None:
        """Begin in the list, or with adding files where it is empty."""
        target: QWidget = self.table if self.table.receipts.rowCount() else self.add_button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to(self, place: object) -> None:
        """Show the receipt with a number."""
        found = self.table.receipts.place_of(lambda row: row.file.number == place)
        if found is not None:
            self.table.select_place(found)
        self.take_keyboard()

    def showEvent(self, event: QShowEvent) -> None:
        """The deadline comes nearer while it is looked at."""
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the clock any more."""
        self._timer.stop()
        super().hideEvent(event)

    # Receiving

    def receive(self, paths: Sequence[Path]) -> None:
        """Receive files, those of folders, and those of a portal's zip folder."""
        opened = self.opened
        if opened is not None and opened.tender.status in RECEIVING:
            self.receiver.receive(opened, paths)

    def choose_files(self) -> None:
        """Ask which files came in."""
        self.receive(FileDialogs(self._session.own).open_several(self, FileUse.OFFER, "Add files", _FILES))

    def choose_folder(self) -> None:
        """Ask for a folder with a folder for each supplier, as portals release them."""
        folder = FileDialogs(self._session.own).open_folder(self, FileUse.OFFER, "Add a folder")
        self.receive([folder] if folder is not None else [])

    def paste(self) -> None:
        """Receive the files in the clipboard."""
        paths = paths_in(QGuiApplication.clipboard().mimeData())
        if paths:
            self.receive(paths)
        else:
            self.wants_toast.emit(Toast("There are no files in the clipboard: copy them where they lie", icon="info"))

    @property
    def takes_files_now(self) -> bool:
        """Whether files are received for the tender now."""
        return self.opened is not None and self.opened.tender.status in RECEIVING

    def take_dropped(self, paths: list[Path]) -> None:
        """Receive what was dropped."""
        self.receive(paths)

    # The portal's times

    def choose_export(self) -> None:
        """Ask for the portal's list of what it received, and show its rows beside the receipts."""
        if self.opened is not None:
            self.portal.ask(portal_task(self.opened.id))

    # One receipt

    def _on_figure(self, row: object, key: str) -> None:
        if key == RECEIPT_LINK:
            self.open_receipt(row)

    def open_receipt(self, row: object) -> None:
        """Show a receipt, and what can be said of it."""
        opened, shown = self.opened, self.shown
        if not isinstance(row, ReceiptRow) or opened is None or shown is None:
            return
        dialog = ReceiptDialog(self._session, opened, row, shown.suppliers, self.window())
        dialog.print_wanted.connect(self.print_receipt)
        dialog.save_wanted.connect(self._save_file)
        dialog.admit_wanted.connect(lambda number: self._on_admit(dialog, number))
        number = opened.id

        def save(workspace: Workspace, _progress: Progress) -> Done[tuple[Stored[Receipt], ...]]:
            return save_receipt(workspace, number, dialog.before or row.listed.stored, dialog.record)

        dialog.close_when_saved(lambda: self._session.act(save), self.stale.emit, self._session.jobs.failed.emit)
        self.dialog = dialog
        open_once(dialog)

    def _save_file(self, listed: ListedReceipt) -> None:
        """Ask where to save a file as it came."""
        name = Path(PurePosixPath(listed.judged.file.name).name)
        path = FileDialogs(self._session.own).save(
            self, FileUse.OFFER, "Save the file as it came", name, "All files (*)"
        )
        if path is not None:
            job = self._session.read(lambda workspace: save_received(workspace, listed, path))
            job.success(lambda saved: self.wants_toast.emit(Toast(f"Saved as {saved}", icon="download"))).start()

    def print_receipt(self, number: int) -> None:
        """Show the receipt of a file as a paper, to be printed or sent."""
        if self.opened is not None:
            tender, now = self.opened.id, self._now()
            self.papers.make(
                lambda workspace, _: make_receipt(workspace, tender, number, now), f"Making receipt {number}"
            )

    def print_list(self) -> None:
        """Show the list of all receipts as a paper."""
        if self.opened is not None:
            tender, now = self.opened.id, self._now()
            self.papers.make(lambda workspace, _: make_receipt_list(workspace, tender, now), "Making the list")

    # Acts

    def ask_to_open(self) -> None:
        """Ask for what opening the offers needs, before the deadline with a reason."""
        if self.opened is not None:
            self.acts.ask_to_open(self.opened, self.counting, is_early=not self.sealed.is_closed)

    def _on_admit(self, dialog: ReceiptDialog, number: int) -> None:
        dialog.reject()
        if self.opened is not None:
            self.acts.ask_to_admit(self.opened, number)
