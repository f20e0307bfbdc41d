"""Asks whose a new database is and where it goes: a file on this computer, or the team's server."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from tomsapp.config import paths
from tomsapp.gui.dialogs.server_fields import WHAT_IT_PREPARES, ServerFields
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button, SegmentedButton
from tomsapp.gui.widgets.fields import GUTTER, LineField
from tomsapp.gui.widgets.problems import ErrorSummary
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text

_FILES = "Databases (*.db)"
_PLACES = (("file", "On this computer"), ("server", "On your team's server"))


class MakeDatabaseDialog(QDialog):
    """Name of the council, and the place of its database."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Make a new database")
        self.setMinimumSize(current_theme().px(560), current_theme().px(400))
        self.resize(current_theme().px(620), current_theme().px(600))
        self.summary = ErrorSummary()
        self.council = LineField("Name of the council", "Every page and document shows it. Settings can change it.")
        self.place = SegmentedButton("Where the database is kept", _PLACES)
        self.file = LineField("File", "Keep it where your council backs up files.")
        self.server = ServerFields()
        self._server_box = QWidget()
        self._file_box = QWidget()
        self._file_is_own_choice = False
        self._build()
        self._connect()
        self._propose_file()
        self._show_place("file")

    @property
    def target(self) -> str:
        """The file or the server's address that was entered."""
        return self.server.target if self.place.current == "server" else str(self._path())

    @property
    def council_name(self) -> str:
        """Name of the council that was entered."""
        return self.council.text

    def _build(self) -> None:
        choose = Button("Choose a place…")
        choose.clicked.connect(self._on_choose)
        row = QHBoxLayout(self._file_box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.file, 1)
        row.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        server = QVBoxLayout(self._server_box)
        server.setContentsMargins(0, 0, 0, 0)
        server.setSpacing(12)
        server.addWidget(Text(WHAT_IT_PREPARES, "body", "text_muted", wrap=True))
        server.addWidget(self.server)
        buttons = QDialogButtonBox()
        make = Button("Make the database", "primary")
        make.setDefault(True)
        make.clicked.connect(self._on_make)
        buttons.addButton(make, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(Button("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        fields = QWidget()
        inside = QVBoxLayout(fields)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(14)
        inside.addWidget(self.summary)
        inside.addWidget(self.council)
        where = QVBoxLayout()
        where.setContentsMargins(GUTTER, 0, 0, 0)
        where.setSpacing(6)
        where.addWidget(Text("Where the database is kept", "strong"))
        where.addWidget(self.place, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addLayout(where)
        inside.addWidget(self._file_box)
        inside.addWidget(self._server_box)
        inside.addStretch(1)
        area = ScrollArea("The new database", fields)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 16, 16)
        column.setSpacing(14)
        column.addWidget(Text("Make a new database", "h2"))
        column.addWidget(area, 1)
        column.addWidget(buttons)

    def _connect(self) -> None:
        self.place.chosen.connect(self._show_place)
        self.council.edited.connect(self._propose_file)
        self.file.edited.connect(self._on_file_edited)

    def _show_place(self, place: object) -> None:
        self._file_box.setVisible(place == "file")
        self._server_box.setVisible(place == "server")
        self.adjustSize()

    def _propose_file(self) -> None:
        """Name the file after the council until the user names it."""
        if not self._file_is_own_choice:
            words = re.sub(r"[^\w]+", "-", self.council.text.casefold()).strip("-_") or "council"
            self.file.set_text(str(_free_path(paths.user_data_dir() / f"{words[:60]}.db")))

    def _on_file_edited(self) -> None:
        self._file_is_own_choice = True

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Make a new database", str(self._path()), _FILES, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self._file_is_own_choice = True
            self.file.set_text(chosen)

    def _path(self) -> Path:
        path = Path(self.file.text).expanduser()
        return path if path.suffix else path.with_name(f"{path.name}.db")

    def _on_make(self) -> None:
        self.council.set_error(None if self.council.text else "Enter the name of the council")
        fields = [self.council]
        if self.place.current == "server":
            self.server.check()
            fields.append(self.server.address)
        else:
            self.file.set_error(self._file_error())
            fields.append(self.file)
        if any(field.error for field in fields):
            self.summary.show_problems(fields)
        else:
            self.accept()

    def _file_error(self) -> str | None:
        if not self.file.text:
            return "Enter a file name, for example council.db"
        path = self._path()
        if path.exists():
            return f"There is already a file {path.name}. Choose another name, or open that file"
        if not path.parent.is_dir():
            return f"There is no folder {path.parent}. Choose a folder that is there"
        return None


def _free_path(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
