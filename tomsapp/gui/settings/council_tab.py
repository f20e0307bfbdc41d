"""What holds for the council: its name and logo, the menu that new contracts get, its area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from tomsapp.domain.council import CouncilSettings
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import EditionStatus
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice, ConflictField, resolve_conflict
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.session import Session
from tomsapp.gui.settings.form_column import FormColumn
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import GUTTER, ChoiceField, Field, LineField
from tomsapp.gui.widgets.problems import ErrorSummary
from tomsapp.gui.widgets.text import Text
from tomsapp.services import council, menu_library
from tomsapp.services.failures import EditConflict
from tomsapp.services.workspace import Workspace

_DRAFT = "council"
_MOST_BYTES = council.MOST_LOGO_BYTES + 1
_LOGO_SIDE = 96
_CONFLICT = (
    ConflictField("Name of the council", lambda settings: settings.council_name),
    ConflictField("Logo", lambda settings: f"{len(settings.logo):,} bytes" if settings.logo else "none"),
    ConflictField("Menu for new contracts", lambda one: f"{one.default_menu} {one.default_edition}".strip()),
    ConflictField("Area", lambda settings: settings.area),
)


@dataclass(frozen=True, slots=True)
class _Read:
    stored: Stored[CouncilSettings]
    editions: list[menu_library.EditionEntry]
    areas: list[tuple[str, str]]


class LogoField(Field):
    """The logo as it is printed, with buttons to choose another file or none."""

    def __init__(self) -> None:
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = Button("Choose a picture…")
        self.remove = Button("Remove the logo")
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.picture)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        super().__init__("Logo", self.choose, "A PNG or JPEG file up to 2 MB. It stands on each PDF.", body=body)
        self.data = b""
        self.choose.setAccessibleName("Logo: choose a picture")
        self.choose.clicked.connect(self._on_choose)
        self.remove.clicked.connect(self._on_remove)
        current_theme().theme_changed.connect(self._show)
        self._show()

    def set_data(self, data: bytes) -> None:
        """Show a picture, or that there is none."""
        self.data = data
        self._show()

    def load(self, path: Path) -> None:
        """Take the picture in a file; what is wrong with it is said under the field."""
        try:
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES)
        except OSError as error:
            self.set_error(f"{path.name} cannot be read: {error.strerror}. Choose another file")
            return
        problems = [one for one in council.check_settings(CouncilSettings("x", logo=data)) if one.where.field == "logo"]
        picture = QPixmap()
        if not problems and not picture.loadFromData(data):
            self.set_error(f"{path.name} is damaged. Choose another file")
            return
        self.set_error(f"{problems[0].message}. {problems[0].fix}" if problems else None)
        if not problems:
            self.set_data(data)
            self.edited.emit()

    def _show(self) -> None:
        side = current_theme().px(_LOGO_SIDE)
        picture = QPixmap()
        picture.loadFromData(self.data)
        if picture.isNull():
            self.picture.setText("No logo")
        else:
            ratio = self.devicePixelRatioF()
            fitted = picture.scaled(
                round(side * 2 * ratio),
                round(side * ratio),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            fitted.setDevicePixelRatio(ratio)
            self.picture.setPixmap(fitted)
        self.remove.setVisible(bool(self.data))

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choose the logo", "", "Pictures (*.png *.jpg *.jpeg)")
        if chosen:
            self.load(Path(chosen))

    def _on_remove(self) -> None:
        self.set_error(None)
        self.set_data(b"")
        self.edited.emit()


class CouncilTab(FormColumn):
    """A form that is saved as a whole; what is typed stays as a draft until it is saved or discarded."""

    def __init__(self, session: Session) -> None:
        super().__init__("Council")
        self._session = session
        self._before: Stored[CouncilSettings] | None = None
        self.summary = ErrorSummary()
        self.name = LineField("Name of the council", "Every page and document shows it.", max_length=200)
        self.logo = LogoField()
        self.menu = ChoiceField("Menu for new contracts", hint="Contracts that are there keep the edition they have.")
        self.area = ChoiceField("Area", hint="Its wards are offered as places of a commitment.")
        self.save_button = Button("Save settings", "primary")
        self.discard_button = Button("Discard changes")
        self._note = Text("", "note", "text_muted")
        self._fields = (self.name, self.logo, self.menu, self.area)
        self.column.addWidget(self.summary)
        for field in self._fields:
            self.column.addWidget(field)
            field.edited.connect(self._on_edited)
        row = QHBoxLayout()
        row.setContentsMargins(GUTTER, 0, 0, 0)
        row.addWidget(self.save_button)
        row.addWidget(self.discard_button)
        row.addWidget(self._note, 1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.name.left.connect(self._check_name)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)

    def load(self) -> None:
        """Read the settings; what was typed and not saved is put back over them."""
        self._session.read(_read, key="settings-council").success(self._on_read).start()

    def save(self) -> None:
        """Save what was entered, over the state that the form started from."""
        if self._before is None:
            return
        settings = self._entered(self._before.record)
        self._check_name()
        if any(field.error for field in self._fields):
            self.summary.show_problems(self._fields)
            return
        self.summary.show_problems([])
        self._save_over(self._before, settings)

    def discard(self) -> None:
        """Put back what is saved."""
        Drafts(self._session.preferences, self._session.workspace).drop(_DRAFT)
        self.summary.show_problems([])
        if self._before is not None:
            self._show(self._before.record)

    def _save_over(self, before: Stored[CouncilSettings], settings: CouncilSettings) -> None:
        def on_failure(error: Exception) -> None:
            self._on_failure(error, settings)

        job = self._session.act(
            lambda workspace, _progress: council.save_settings(workspace, before, settings), self._on_saved
        )
        job.failure(on_failure).start()

    def _on_saved(self, stored: Stored[CouncilSettings]) -> None:
        Drafts(self._session.preferences, self._session.workspace).drop(_DRAFT)
        self._before = stored
        self._show(stored.record)
        self._note.setText("Saved")

    def _on_failure(self, error: Exception, mine: CouncilSettings) -> None:
        if not isinstance(error, EditConflict):
            self._session.jobs.failed.emit(error)
            return
        choice = resolve_conflict(self, error, mine, _CONFLICT)
        match choice:
            case ConflictChoice.MINE:
                self._save_over(error.theirs, mine)
            case ConflictChoice.THEIRS:
                self.discard()
                self.load()
            case ConflictChoice.CANCEL:
                return
            case _:
                assert_never(choice)

    def _on_read(self, read: _Read) -> None:
        usable = [entry for entry in read.editions if entry.status is EditionStatus.PUBLISHED]
        self.menu.set_options([(f"{entry.code}/{entry.edition}", entry.name) for entry in usable])
        self.area.set_options([("", "None"), *read.areas])
        if self._before != read.stored:
            self._before = read.stored
            self._show(read.stored.record)
        draft = Drafts(self._session.preferences, self._session.workspace).get(_DRAFT)
        if draft is not None:
            self.name.set_text(str(draft.get("name", "")))
            self._set_changed("What you typed before was not saved yet.")

    def _show(self, settings: CouncilSettings) -> None:
        self.name.set_text(settings.council_name)
        self.logo.set_data(settings.logo)
        self.menu.set_value(f"{settings.default_menu}/{settings.default_edition}")
        self.area.set_value(settings.area)
        for field in self._fields:
            field.set_error(None)
        self._set_changed("")

    def _entered(self, before: CouncilSettings) -> CouncilSettings:
        # A combo box finds its keys by text: a pair would never be found again.
        chosen = self.menu.value
        code, _, edition = str(chosen).partition("/") if chosen else (before.default_menu, "/", before.default_edition)
        return replace(
            before,
            council_name=self.name.text,
            logo=self.logo.data,
            default_menu=code,
            default_edition=edition,
            area=str(self.area.value or ""),
        )

    def _check_name(self) -> None:
        self.name.set_error(None if self.name.text else "Enter the name that documents show")

    def _on_edited(self) -> None:
        if self._before is None:
            return
        drafts = Drafts(self._session.preferences, self._session.workspace)
        if self._entered(self._before.record) == self._before.record:
            drafts.drop(_DRAFT)
            self._set_changed("")
        else:
            drafts.keep(_DRAFT, {"name": self.name.line.text()})
            self._set_changed("Not saved yet")

    def _set_changed(self, words: str) -> None:
        self._note.setText(words)
        self.discard_button.setEnabled(bool(words))


def _read(workspace: Workspace) -> _Read:
    areas = [(code, workspace.catalogue.area(code).title) for code in workspace.catalogue.area_names()]
    return _Read(council.get_settings(workspace), menu_library.list_editions(workspace), areas)
