"""The field of a logo: the picture as it is printed."""

from __future__ import annotations

from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from tomsapp.domain.council import MOST_LOGO_BYTES
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import Fact
from tomsapp.gui.file_dialogs import FileDialogs, FileUse
from tomsapp.gui.jobs import Jobs
from tomsapp.gui.records.fact_field import FactField
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_row
from tomsapp.reading.held import is_held
from tomsapp.services.logos import judge_logo

_MOST_BYTES = MOST_LOGO_BYTES + 1
_LOGO_SIDE = 96
_JUDGE = "judge-logo"


class LogoField(Field):
    """The logo as it is printed, with buttons to choose another file or none."""

    def __init__(self, fact: Fact, files: FileDialogs, jobs: Jobs) -> None:
        self._fact, self._files, self._jobs = fact, files, jobs
        self._is_judging = False
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = Button("Choose a picture…", does=self._on_choose)
        self.remove = Button("Remove the logo", does=self._on_remove)
        body = in_row(self.picture, self.choose, self.remove, STRETCH, gap=10)
        super().__init__(fact.label, self.choose, fact.hint, body=holding(body))
        self.data = b""
        self._typed = ""
        self.choose.setAccessibleName("Logo: choose a picture")
        current_theme().follow(self._show)

    def set_data(self, data: bytes) -> None:
        """Show a picture, or that there is none."""
        self.data = data
        self._typed = b64encode(data).decode("ascii")
        self._show()

    def load(self, path: Path) -> None:
        """Take the picture in a file; what is wrong with it is said under the field."""
        if is_held(path):
            self.set_error(f"{path.name} is the database that is open. Choose another file")
            return
        try:
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES)
        except OSError as error:
            self.set_error(f"{path.name} cannot be read: {error.strerror}. Choose another file")
            return
        fault = self._fact.fault(data)
        if fault is not None:
            self.set_error(f"{fault.message.replace('It', 'The logo', 1)}. {fault.fix}")
        else:
            self._judge(data, path.name)

    def _judge(self, data: bytes, name: str) -> None:
        """Ask what prints it whether it can; until that is known the logo stays as it is."""
        self.set_error(None)
        self._set_judging(is_judging=True)
        job = self._jobs.run(lambda progress: judge_logo(data, name, progress), database=False, key=_JUDGE)
        job.success(lambda _none: self._take(data)).refused(self._on_refused).finished(self._on_judged).start()

    def _take(self, data: bytes) -> None:
        self.set_data(data)
        self.edited.emit()

    def _on_refused(self, error: TomsError) -> None:
        self.set_error(f"{error.message}. {error.fix}" if error.fix else error.message)

    def _on_judged(self) -> None:
        self._set_judging(is_judging=False)

    def _set_judging(self, *, is_judging: bool) -> None:
        self._is_judging = is_judging
        self.choose.setEnabled(not is_judging)

    def as_fact(self) -> FactField:
        """The fact of a council that is chosen here."""
        return FactField(self._fact, self, lambda: self._typed, self._set_typed, self.set_data, self._read)

    def _set_typed(self, typed: object) -> None:
        with suppress(ValueError):  # a draft that somebody wrote by hand
            self.set_data(b64decode(str(typed)))

    def _read(self) -> bytes:
        """The bytes that are shown; a file that was refused keeps its message until another is chosen."""
        if self.error:
            raise TomsError(self.error)
        if self._is_judging:
            raise TomsError("The picture is still being read. Save again in a moment")
        return self.data

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
        chosen = self._files.open(self, FileUse.LOGO, "Choose the logo", "Pictures (*.png *.jpg *.jpeg)")
        if chosen is not None:
            self.load(chosen)

    def _on_remove(self) -> None:
        self.set_error(None)
        self.set_data(b"")
        self.edited.emit()
