"""Other ways to begin a tender than an empty form: from a notice of Find a Tender, or from an earlier tender."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from tomsapp.domain.tender.tender import Tender
from tomsapp.gui.contract.contract_form import proposed_edition
from tomsapp.gui.dialogs.message import tell
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.actions import copy_of
from tomsapp.gui.tenders.tender_form import empty_tender
from tomsapp.gui.widgets.buttons import Button, open_below
from tomsapp.services.tenders.facts import next_reference
from tomsapp.services.tenders.from_notice import (
    FromNotice,
    NoticedTender,
    begin_from_notice,
    from_notice,
    read_notice_file,
)
from tomsapp.services.tenders.reading import TenderListRow, list_tenders
from tomsapp.services.workspace import Workspace

_NOTICES = "Notices of Find a Tender (*.json);;All files (*)"
_MOST_OFFERED = 20


class Beginnings(QObject):
    """The buttons that begin a tender from something that is there; `begun` gives its number."""

    begun = Signal(int)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self.notice_button = Button("From a notice…", icon_name="download", does=self.ask_for_notice)
        self.notice_button.setToolTip("A notice of Find a Tender, saved as JSON (OCDS)")
        self.copy_button = Button("Copy from another tender", icon_name="copy", does=self.offer_tenders)
        self.menu: QMenu | None = None

    # From an earlier tender

    def offer_tenders(self) -> None:
        """Offer the tenders that there are, the newest first."""
        self._session.read(list_tenders, key="tenders to copy").success(self._on_tenders).start()

    def _on_tenders(self, rows: list[TenderListRow]) -> None:
        newest = sorted(rows, key=lambda row: row.id, reverse=True)[:_MOST_OFFERED]
        told = [(f"{row.tender.reference} {row.tender.title}".strip(), partial(self._copy, row.id)) for row in newest]
        self._open(self.copy_button, told, "There is no tender yet")

    def _copy(self, number: int) -> None:
        job = self._session.act(
            lambda workspace, _progress: copy_of(workspace, number), lambda stored: self.begun.emit(stored.id)
        )
        job.start()

    def _open(self, button: Button, told: list[tuple[str, partial[None]]], nothing: str) -> None:
        menu = QMenu(self._parent)
        for words, does in told:
            menu.addAction(words.replace("&", "&&"), does)
        if not told:
            menu.addAction(nothing).setEnabled(False)
        self.menu = menu
        menu.aboutToHide.connect(menu.deleteLater)
        open_below(button, menu)

    # From a notice

    def ask_for_notice(self) -> None:
        """Ask for the file, and begin the tender that it tells of."""
        files = FileDialogs(self._session.own)
        path = files.open(self._parent, FileUse.IMPORT, "Choose the notice", _NOTICES)
        if path is not None:
            self.read_notice(path)

    def read_notice(self, path: Path) -> None:
        """Read a notice in the locked room, and begin the tender that it tells of."""
        job = self._session.jobs.run(
            lambda progress: read_notice_file(path, progress), title=f"Reading {path.name}", database=False
        )
        job.success(self._on_notices).start()

    def _on_notices(self, found: tuple[NoticedTender, ...]) -> None:
        if len(found) == 1:
            self._begin(found[0])
        else:
            told = [(f"{one.title} {one.told}".strip(), partial(self._begin, one)) for one in found[:_MOST_OFFERED]]
            self._open(self.notice_button, told, "")

    def _begin(self, noticed: NoticedTender) -> None:
        job = self._session.read(proposed_tender, key="new-tender")
        job.success(lambda start: self._add(from_notice(noticed, start))).start()

    def _add(self, told: FromNotice) -> None:
        job = self._session.act(
            lambda workspace, _progress: begin_from_notice(workspace, told),
            lambda stored: self._on_begun(stored.id, told),
        )
        job.start()

    def _on_begun(self, number: int, told: FromNotice) -> None:
        self.begun.emit(number)
        if told.left:
            tell(self._parent.window(), "Not all of the notice was taken over", *(f"{each}." for each in told.left))


def proposed_tender(workspace: Workspace) -> Tender:
    """A new tender under the next free reference of the year, by the menu edition of the settings."""
    year = date.today().year  # noqa: DTZ011 - the year on the user's wall
    menu, _, edition = proposed_edition(workspace).partition("/")
    return empty_tender(next_reference(workspace, year), menu, edition)
