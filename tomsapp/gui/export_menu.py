"""The Export button of a page: its table as CSV or Excel, or to the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.table_files import Table, TableFormat, save_table
from tomsapp.services.workspace import Workspace

_NAMES = {TableFormat.CSV: "CSV file", TableFormat.XLSX: "Excel workbook"}


class ExportMenu(Button):
    """A menu of what can be written as a file; says where it went through `tell`."""

    def __init__(self, session: Session, tell: Callable[[Toast], object]) -> None:
        super().__init__("Export", opens_menu=True)
        self._session, self._tell = session, tell
        self.choices = QMenu(self)
        self.set_menu(self.choices)

    def write(self, name: str, kinds: str, title: str, save: Callable[[Workspace, Path, datetime], Path]) -> None:
        """Ask where to save a file, and have it written there; `title` says so while it takes its time."""
        path = choose_file_to_save(self, self._session, name, kinds)
        if path is None:
            return
        workspace, now = self._session.workspace, datetime.now().astimezone()
        self._session.jobs.run(lambda _: save(workspace, path, now), title=title).success(self._on_saved).start()

    def _on_saved(self, path: Path) -> None:
        self._tell(Toast(f"Saved as {path}", icon="download"))


class ExportButton(ExportMenu):
    """Writes the table that `make_table` gives, in the order shown."""

    def __init__(
        self,
        session: Session,
        make_table: Callable[[], Table],
        tell: Callable[[Toast], object],
        copy: Callable[[], object],
    ) -> None:
        super().__init__(session, tell)
        self._make_table = make_table
        for kind, name in _NAMES.items():
            self.choices.addAction(f"{name} ({kind.value})…").setData(kind)
        self.choices.triggered.connect(self._on_chosen)
        self.choices.addSeparator()
        self._copy = self.choices.addAction("Copy the whole table")
        self._copied = copy

    def _on_chosen(self, action: QAction) -> None:
        kind = action.data()
        if action is self._copy:
            self._copied()
        elif isinstance(kind, TableFormat):
            table = self._make_table()
            self.write(
                f"{table.title}{kind.value}",
                f"{_NAMES[kind]} (*{kind.value})",
                f"Exporting {table.title}",
                lambda workspace, path, now: save_table(workspace, table, path, now),
            )


def choose_file_to_save(parent: QWidget, session: Session, name: str, kinds: str) -> Path | None:
    """Ask where to save a table or an edition; begins in the folder that was used last for this database."""
    return FileDialogs(session.own).save(parent, FileUse.TABLE, "Save as", Path(name), kinds)
