"""Taking an edition out of the program as a file, and bringing another one in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tomsapp.config import paths
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import MenuEdition
from tomsapp.gui.dialogs.message import show_findings, tell, tell_failure
from tomsapp.gui.export_menu import ExportMenu
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.page import Page
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.services import menu_export, menu_library
from tomsapp.services.menu_export import EditionFormat
from tomsapp.services.menu_library import AddedMenu, MenuFileError
from tomsapp.services.progress import Progress

_WORDS = {
    EditionFormat.CSV: "CSV file",
    EditionFormat.XLSX: "Excel workbook",
    EditionFormat.BUNDLE: "One file for another computer",
}


class EditionFiles(QObject):
    """The Export and Add buttons of the Menu page, and what they do."""

    added = Signal(object)
    """The `MenuEdition` that was added."""

    def __init__(self, session: Session, page: Page) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._files = FileDialogs(session.preferences)
        self._edition: MenuEdition | None = None
        self.export_button = ExportMenu(session, page.wants_toast.emit)
        self.add_button = Button("Add a menu", opens_menu=True, small=True)
        self.exports = self.export_button.choices
        for kind, words in _WORDS.items():
            self.exports.addAction(f"{words} ({kind.value})…").setData(kind)
        self.additions = QMenu(page)
        self.additions.addAction("From a bundle file…").triggered.connect(self._on_add_file)
        self.additions.addAction("From a menu folder…").triggered.connect(self._on_add_folder)
        self.exports.triggered.connect(self._on_export)
        self.add_button.set_menu(self.additions)

    def set_edition(self, edition: MenuEdition | None) -> None:
        """Export this edition from now on; None when it cannot be read."""
        self._edition = edition
        self.export_button.setEnabled(edition is not None)

    def add(self, source: Path) -> None:
        """Check a menu folder or bundle and copy it into the user's own menus."""
        catalogue, folder = self._session.catalogue, paths.user_menus_dir()

        def task(progress: Progress) -> AddedMenu:
            today = date.today()  # noqa: DTZ011 - the reader's own day
            return menu_library.add_menu(catalogue, source, folder, today, progress)

        job = self._session.jobs.run(task, title=f"Checking {source.name}")
        job.success(self._on_added).refused(self._on_refused).start()

    def _on_export(self, action: QAction) -> None:
        kind, edition = action.data(), self._edition
        if edition is not None and isinstance(kind, EditionFormat):
            self.export_button.write(
                f"{edition.name}{kind.value}",
                f"{_WORDS[kind]} (*{kind.value})",
                f"Exporting {edition.name}",
                lambda workspace, path, now: menu_export.export_edition(workspace, edition, kind, path, now),
            )

    def _on_add_file(self) -> None:
        chosen = self._files.open(self._page, FileUse.MENU, "Add a menu", "Menu bundles (*.json);;All files (*)")
        if chosen is not None:
            self.add(chosen)

    def _on_add_folder(self) -> None:
        title = "Add a menu: choose the folder with its menu.toml"
        chosen = self._files.open_folder(self._page, FileUse.MENU, title)
        if chosen is not None:
            self.add(chosen)

    def _on_added(self, added: AddedMenu) -> None:
        said = (f"Read from {added.receipt.words}", *map(str, added.receipt.problems))
        tell(self._page, f"{added.edition.name} added", *said, tone="success")
        self.added.emit(added.edition)

    def _on_refused(self, error: TomsError) -> None:
        if isinstance(error, MenuFileError):
            sentence = "Nothing was added. Put right what is listed here, then add it again."
            show_findings(self._page, "The menu has errors", sentence, error.problems)
        else:
            tell_failure(self._page, error)
