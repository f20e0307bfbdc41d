"""Draws the pictures of the user guide again, from the example council in the real window.

Run: make screenshots. The pictures are the same every time, apart from what the program shows differently.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from importlib import import_module
from pathlib import Path

import pypdfium2
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from tomsapp.bootstrap import menu_catalogue
from tomsapp.gui.application import build_window, make_application, new_session
from tomsapp.gui.contract.figures import Figure, FigureKind
from tomsapp.gui.focus_ring import install_focus_ring
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.theme import current_theme, install_theme
from tomsapp.services.contracts import list_contracts
from tomsapp.services.example import Example, make_example
from tomsapp.services.reporting import contract_pdf

FOLDER = Path(__file__).resolve().parent / "screenshots"
WIDTH, HEIGHT = 1366, 768
TODAY = date(2026, 5, 18)
HOUSING = "L-2026-004"
"""The contract that most pictures show: a draft with a warning and a minimum that is not met."""
_COLOURS = 192
_PAGE_SCALE = 1.25
_CLOCKS = ("tomsapp.store.records", "tomsapp.gui.session", "tomsapp.gui.recents", "tomsapp.gui.contract.contract_pdf")


class StillClock(datetime):
    """A clock that stands still, so that a picture does not differ because it is later."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        """Half past two on the day of the pictures."""
        return datetime(TODAY.year, TODAY.month, TODAY.day, 13, 30, tzinfo=UTC).astimezone(tz)


class Camera:
    """The window with the example council in it, and the folder that the pictures go to."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.session = new_session(jobs=inline_jobs())
        self.session.set_who("A. Okafor")
        self.window = build_window(self.session, _fail)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        self.window.activateWindow()
        self.example: Example | None = None
        self._home = home

    def open_example(self) -> None:
        """Make the example council and open it."""
        self.example = make_example(self._home, menu_catalogue(), TODAY, with_documents=False)
        self.go_to("start", str(self.example.database))

    def contract_id(self, reference: str) -> int:
        """Number of the example's contract with this reference."""
        rows = list_contracts(self.session.workspace)
        return next(row.id for row in rows if row.reference == reference)

    def go_to(self, page: str, target: object = None) -> None:
        """Show a page."""
        self.window.go_to(page, target)
        settle()

    def open_contract(self, reference: str = HOUSING) -> QWidget:
        """Show a contract; gives its page."""
        self.go_to("contracts", self.contract_id(reference))
        return self.window.page("contracts").shown

    def take(self, name: str, dialog: QWidget | None = None, *, over_window: bool = False) -> None:
        """Take the window, or a dialog alone or over the window."""
        settle()
        picture = self.window.grab() if dialog is None or over_window else dialog.grab()
        if dialog is not None and over_window:
            painter = QPainter(picture)
            at = self.window.rect().center() - dialog.rect().center()
            painter.drawPixmap(at, dialog.grab())
            painter.end()
        self.save(name, picture)

    def save(self, name: str, picture: QPixmap) -> None:
        """Write a picture with few colours, which is all that the window has."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        write_picture(self.folder / f"{name}.png", Image.open(io.BytesIO(buffer.data().data())))


def write_picture(path: Path, picture: Image.Image) -> None:
    """Write a small PNG."""
    few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def settle() -> None:
    """Let the window draw what it has been told."""
    for _ in range(5):
        QApplication.processEvents()
        time.sleep(0.01)


def press(inside: QWidget, words: str) -> None:
    """Press the button with these words."""
    next(button for button in inside.findChildren(QAbstractButton) if button.text() == words).click()


def _fail(error: BaseException) -> None:
    raise error


# What is in each picture


def start_empty(camera: Camera) -> None:
    camera.go_to("start")
    camera.take("start-empty")


def make_database(camera: Camera) -> None:
    page = camera.window.page("start")
    page.choices.make()
    dialog = next(w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Make a new database")
    dialog.council.set_text("Larkmere Council")
    dialog.file.set_text("C:\\Users\\a.okafor\\Documents\\larkmere-council.db")
    camera.take("make-database", dialog)
    dialog.reject()


def start_open(camera: Camera) -> None:
    camera.open_example()
    camera.go_to("start")
    camera.take("start-open")


def overview(camera: Camera) -> None:
    camera.go_to("overview")
    camera.take("overview")


def overview_tables(camera: Camera) -> None:
    page = camera.window.page("overview")
    press(page.view, "Tables")
    camera.take("overview-tables")
    press(page.view, "Summary")


def contracts(camera: Camera) -> None:
    camera.go_to("contracts", "list")
    camera.take("contracts")


def contract(camera: Camera) -> None:
    camera.open_contract()
    camera.take("contract")


def explanation(camera: Camera) -> None:
    page = camera.open_contract()
    line = next(line for line in page.editor.commitments if line.measure == "G01")
    page.side.show_figure(Figure(FigureKind.LINE, line.key))
    row = page.lines.model.row_of(f"line:{line.key}")
    page.lines.table.go_to_cell(row, page.lines.model.value_column)
    camera.take("contract-explanation")
    page.side.clear()
    page.editor.reload()


def measure_picker(camera: Camera) -> None:
    page = camera.open_contract()
    page.open_picker()
    picker = page.picker
    QTest.keyClicks(picker.field, "school")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    camera.take("measure-picker", picker, over_window=True)
    picker.reject()


def line_details(camera: Camera) -> None:
    page = camera.open_contract()
    line = next(line for line in page.editor.commitments if line.measure == "S08")
    page.lines.table.details_wanted.emit(line.key, "contract_share")
    camera.take("line-details")
    page.details.discard()


def framework(camera: Camera) -> None:
    camera.open_contract("L-2026-003")
    camera.take("contract-framework")


def facts_errors(camera: Camera) -> None:
    camera.go_to("contracts", "new")
    form = camera.window.page("contracts").shown.form
    form.fields.title_line.set_text("Housing repairs and empty homes, west")
    form.fields.value.set_text("4.2m")
    form.fields.start.line.setText("1 April 2026")
    form.fields.end.line.setText("31 March 2025")
    form.save()
    camera.take("contract-facts-errors")
    form.discard()


def history(camera: Camera) -> None:
    page = camera.open_contract("L-2026-002")
    page.show_tab("history")
    camera.take("history")
    page.show_tab("commitments")


def suppliers(camera: Camera) -> None:
    camera.go_to("suppliers", 2)
    camera.take("suppliers")


def palette(camera: Camera) -> None:
    camera.go_to("contracts", "list")
    camera.window.palette_box.open()
    camera.window.activateWindow()
    settle()
    QTest.keyClicks(camera.window.palette_box.findChild(QLineEdit), "home")
    camera.take("search")
    camera.window.palette_box.close_palette()


def shortcuts(camera: Camera) -> None:
    camera.open_contract()
    camera.window.show_shortcuts()
    dialog = next(w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Keyboard shortcuts")
    camera.take("keyboard-shortcuts", dialog)
    dialog.close()


def pdf_preview(camera: Camera) -> None:
    page = camera.open_contract()
    page.preview_button.click()
    dialog = next(w for w in QApplication.topLevelWidgets() if w.windowTitle().startswith("Preview: "))
    dialog.resize(980, 700)
    camera.take("pdf-preview", dialog)
    dialog.close()


def printed_pages(camera: Camera) -> None:
    data = contract_pdf(camera.session.workspace, camera.contract_id(HOUSING), TODAY)
    document = pypdfium2.PdfDocument(data)
    for number in (1, 2):
        page = document[number - 1].render(scale=_PAGE_SCALE).to_pil()
        write_picture(camera.folder / f"valuation-page-{number}.png", page)


PICTURES: dict[str, Callable[[Camera], None]] = {
    "start-empty": start_empty,
    "make-database": make_database,
    "start-open": start_open,
    "overview": overview,
    "overview-tables": overview_tables,
    "contracts": contracts,
    "contract": contract,
    "contract-explanation": explanation,
    "measure-picker": measure_picker,
    "line-details": line_details,
    "contract-framework": framework,
    "contract-facts-errors": facts_errors,
    "history": history,
    "suppliers": suppliers,
    "search": palette,
    "keyboard-shortcuts": shortcuts,
    "pdf-preview": pdf_preview,
    "valuation-page-1": printed_pages,
}
"""What draws each picture; some draw a second one."""

DARK = ("overview", "contracts", "contract", "measure-picker", "suppliers")
"""The pictures that are taken in the dark theme too."""


def picture_names() -> set[str]:
    """The names of all pictures, without their ending."""
    return {*PICTURES, "valuation-page-2", *(f"{name}-dark" for name in DARK)}


def draw_all(folder: Path, home: Path) -> None:
    """Draw every picture into a folder."""
    for module in _CLOCKS:
        import_module(module).__dict__["datetime"] = StillClock
    camera = Camera(folder, home)
    for draw in PICTURES.values():
        draw(camera)
    current_theme().set_theme("dark")
    for name in DARK:
        before = (folder / f"{name}.png").read_bytes()
        PICTURES[name](camera)
        (folder / f"{name}.png").replace(folder / f"{name}-dark.png")
        (folder / f"{name}.png").write_bytes(before)
    camera.session.set_workspace(None)
    camera.window.close()


def main() -> None:
    """Draw every picture anew and say how large they are."""
    home = Path(tempfile.gettempdir()) / "tomsapp-guide"
    shutil.rmtree(home, ignore_errors=True)
    os.environ.update(TOMSAPP_HOME=str(home), TZ="Europe/London")
    time.tzset()
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    application = make_application()
    install_theme(application)
    install_focus_ring(application)
    try:
        draw_all(FOLDER, home / "example")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sizes = [path.stat().st_size for path in FOLDER.glob("*.png")]
    print(f"{len(sizes)} pictures, {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes) / 1000:.0f} kB")


if __name__ == "__main__":
    sys.exit(main())
