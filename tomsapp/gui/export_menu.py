"""The Export button of a page: its table as CSV or Excel, or to the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.table_files import Table, TableFormat, save_table

_FOLDER = "export_folder"
_NAMES = {TableFormat.CSV: "CSV file", TableFormat.XLSX: "Excel workbook"}


class ExportButton(Button):
    """Writes the table that `make_table` gives, in the order shown; says where it went through `tell`."""

    def __init__(
        self,
        session: Session,
        make_table: Callable[[], Table],
        tell: Callable[[Toast], object],
        copy: Callable[[], object],
    ) -> None:
        super().__init__("Export", opens_menu=True)
        self._session, self._make_table, self._tell = session, make_table, tell
        self.choices = QMenu(self)
        menu = self.choices
        for kind, name in _NAMES.items():
            action = menu.addAction(f"{name} ({kind.value})…")
            action.setData(kind)
        menu.triggered.connect(self._on_chosen)
        menu.addSeparator()
        self._copy = menu.addAction("Copy the whole table")
        self._copied = copy
        self.clicked.connect(self._open_menu)

    def _open_menu(self) -> None:
        self.choices.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _on_chosen(self, action: QAction) -> None:
        kind = action.data()
        if action is self._copy:
            self._copied()
        elif isinstance(kind, TableFormat):
            self._export(kind)

    def _export(self, kind: TableFormat) -> None:
        table = self._make_table()
        path = choose_file_to_save(self, self._session, f"{table.title}{kind.value}", f"{_NAMES[kind]} (*{kind.value})")
        if path is None:
            return
        workspace, now = self._session.workspace, datetime.now().astimezone()
        job = self._session.jobs.run(
            lambda _progress: save_table(workspace, table, path, now), title=f"Exporting {table.title}"
        )
        job.success(self._on_saved).start()

    def _on_saved(self, path: Path) -> None:
        self._tell(Toast(f"Saved as {path}", icon="download"))


def choose_file_to_save(parent: QWidget, session: Session, name: str, kinds: str) -> Path | None:
    """Ask where to save a file; starts in the folder that was used last."""
    start = Path(str(session.preferences.get(_FOLDER, ""))) / name
    chosen, _kind = QFileDialog.getSaveFileName(parent, "Save as", str(start), kinds)
    if not chosen:
        return None
    session.preferences.set(_FOLDER, str(Path(chosen).parent))
    return Path(chosen)
