"""The tab Pack: what went out and when, what is not issued yet, what bidders asked, and the folder for the portal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.setup import Step
from tomsapp.domain.wording import plural
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.asked_list import AskedList
from tomsapp.gui.tenders.pack_signature import PackSignatureRow
from tomsapp.gui.tenders.pack_versions import PackIdentityCard, PendingCard, VersionList
from tomsapp.gui.tenders.tab import TenderTab
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import new_action
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.feedback import EmptyState, Toast
from tomsapp.gui.widgets.layouts import BESIDE_BAR, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.tenders.pack_shown import PackShown, save_version, show_pack, version_name, version_signature_name
from tomsapp.services.tenders.packing import write_pack_folder

if TYPE_CHECKING:
    from tomsapp.domain.errors import TomsError
    from tomsapp.services.tenders.packing import WrittenPack
    from tomsapp.services.tenders.reading import OpenTender

_SETUP = "setup"
_LEAST_BELOW = 220
"""So high, in px at 100 % text size, are versions and questions at least; the page scrolls where it is lower."""
_PACK_FILE = "Pack of a tender (*.tomspack)"
_DRAFT = "Nothing is issued yet"
_ISSUE = "The pack is what bidders get: issue it in the set-up, and write it here for the portal."


def _now() -> datetime:
    return datetime.now().astimezone()


class PackTab(TenderTab):
    """The newest version stands above; what went out stays as it was. `now` gives the moment at which it is looked."""

    def __init__(self, session: Session, now: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self._session, self._now = session, now
        self.opened: OpenTender | None = None
        self.shown: PackShown | None = None
        self._build()
        self.identity.write_wanted.connect(self.write_folder)
        self.pending.amend_wanted.connect(self.to_issuing)
        self.versions.save_wanted.connect(self.save_version)
        self.asked.stale.connect(self.stale)
        self.signature.wants_toast.connect(self.wants_toast)
        self.signature.refused.connect(self._on_not_signed)
        self._write = new_action(self, "Write the pack as a folder and ZIP…", self.write_folder)
        self._sign = new_action(self, "Sign the pack (optional)…", self.signature.sign)

    def _build(self) -> None:
        self.signature = PackSignatureRow(self._session, self._now)
        self.identity, self.pending = PackIdentityCard(self.signature), PendingCard()
        self.versions = VersionList()
        self.notice = Notice()
        self.issue_button = Button("Check and issue…", "primary", does=self.to_issuing)
        self.draft = Card()
        self.draft.fill(EmptyState("file-text", _DRAFT, _ISSUE, self.issue_button))
        self.asked = AskedList(self._session, lambda: self._now().date())
        inside = holding(in_column(self.versions, margins=(0, 0, BESIDE_BAR, 0)))
        area = ScrollArea("Versions of the pack", inside, only_down=True)
        self._left = holding(in_column(Text("What was changed", "h3"), (area, 1), gap=6))
        below = holding(in_row((self._left, 2), (self.asked, 3), gap=18))
        below.setMinimumHeight(current_theme().px(_LEAST_BELOW))
        parts = self.notice, self.identity, self.draft, self.pending, (below, 1)
        # In a low window, or with large text, all of it would not fit.
        inner = holding(in_column(*parts, margins=(24, 10, 20, 10), gap=10))
        in_column(ScrollArea("Pack of this tender", inner, only_down=True), inside=self)
        self._show_parts()

    # Showing

    def show_tender(self, opened: OpenTender | None) -> None:
        """Read the pack of a tender."""
        if opened is None or self.opened is None or opened.id != self.opened.id:
            self.shown = None
            self.notice.say("")
            self.asked.show_asked(None, ())
        self.opened = opened
        if opened is None:
            self._show_parts()
            return
        now = self._now()
        job = self._session.read(lambda workspace: show_pack(workspace, opened, now), key="pack")
        job.success(lambda shown: self._show(opened, shown)).start()

    def _show(self, opened: OpenTender, shown: PackShown) -> None:
        if self.opened is None or self.opened.id != opened.id:
            return
        self.shown = shown
        if shown.versions:
            newest = shown.versions[0]
            self.identity.show_version(newest)
            self.signature.show_pack(opened.id, shown, version_signature_name(opened, newest.issued.version))
        self.pending.show_pending(shown)
        self.versions.show_versions(shown.versions)
        self.asked.show_asked(opened, shown.asked)
        self._show_parts()
        self.panel_changed.emit()

    def _show_parts(self) -> None:
        is_issued = self.shown is not None and bool(self.shown.versions)
        self.identity.setVisible(is_issued)
        self._left.setVisible(is_issued)
        self.draft.setVisible(self.shown is not None and not is_issued)
        if self.shown is None:
            self.pending.hide()

    @property
    def head_words(self) -> str:
        """How many questions wait for an answer."""
        waiting = sum(not each.stored.record.is_answered for each in self.shown.asked) if self.shown else 0
        return f"{plural(waiting, 'question waits', 'questions wait')} for an answer" if waiting else ""

    def commands(self) -> Sequence[QAction]:
        """Writing the folder, and last signing."""
        return [self._write, self._sign] if self.shown is not None and self.shown.versions else []

    def take_keyboard(self) -> None:
        """Begin with what the pack is written for, else with what issues it."""
        has_pack = self.shown is not None and self.shown.versions
        target: QWidget = self.identity.write_button if has_pack else self.issue_button
        target.setFocus()

    def step(self, by: int) -> bool:
        """Go to the next question that waits for an answer, from the last on to the first."""
        rows = self.asked.model.shown_rows()
        waiting = [place for place, row in enumerate(rows) if not row.stored.record.is_answered]
        if not waiting:
            return False
        has_keyboard = self.asked.table.hasFocus()
        here = self.asked.table.currentIndex().row() if has_keyboard else -1
        in_order = waiting if by > 0 else waiting[::-1]
        beyond = [place for place in in_order if (place - here) * by > 0] if has_keyboard else in_order
        self.asked.table.select_place((beyond or in_order)[0])
        self.asked.table.setFocus()
        return True

    # What the user does

    def to_issuing(self) -> None:
        """Go to where the next version is checked and issued."""
        self.wants_tab.emit(_SETUP, Step.CHECK)

    def write_folder(self) -> None:
        """Ask for a folder, and write the newest version into one of its own there, and as a ZIP beside it."""
        opened = self.opened
        if opened is None or not opened.versions:
            return
        folder = FileDialogs(self._session.own).open_folder(self, FileUse.PACK, "Choose where the pack is written")
        if folder is None:
            return
        self.notice.say("")
        workspace, number = self._session.workspace, opened.id
        job = self._session.jobs.run(
            lambda progress: write_pack_folder(workspace, number, folder, progress), title="Writing the pack"
        )
        job.success(self._on_written).refused(self._on_refused)
        job.cancelled(lambda: self.wants_toast.emit(Toast("Stopped: nothing was written", icon="info"))).start()

    def _on_written(self, written: WrittenPack) -> None:
        files = plural(len(written.made.files), "file")
        self.wants_toast.emit(Toast(f"{files} in {written.folder}, and as {written.packed.name}", icon="download"))
        if written.made.notes:
            self.notice.say(" ".join(f"{each}." for each in map(str, written.made.notes)))

    def _on_refused(self, error: TomsError) -> None:
        self.notice.say(f"Nothing was written. {error.message}. {error.fix}.")

    def _on_not_signed(self, error: TomsError) -> None:
        self.notice.say(f"Nothing was signed. {error.message}. {error.fix}.")

    def save_version(self, version: int) -> None:
        """Ask where to save the pack file of a version, as it was issued."""
        opened = self.opened
        if opened is None:
            return
        name = Path(version_name(opened, version))
        path = FileDialogs(self._session.own).save(self, FileUse.PACK, "Save the pack file", name, _PACK_FILE)
        if path is not None:
            number = opened.id
            job = self._session.read(lambda workspace: save_version(workspace, number, version, path))
            job.success(lambda saved: self.wants_toast.emit(Toast(f"Saved as {saved}", icon="download"))).start()
