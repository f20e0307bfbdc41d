"""The camera of the user guide: the real window with the example council in it, and how a picture is kept small."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tomsapp.bootstrap import menu_catalogue
from tomsapp.gui.application import build_window, new_session
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.page import Page
from tomsapp.gui.registry import page_specs
from tomsapp.services.contracts import list_contracts
from tomsapp.services.example import Example, make_example
from tomsapp.services.tenders.reading import find_tender

WIDTH, HEIGHT = 1366, 768
TODAY = date(2026, 12, 1)
"""The day after the one on which the story of the example stands."""
_EXACT_COLOURS = 96


class StillClock(datetime):
    """A clock that stands still, so that a picture does not differ because it is later."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        """Half past two on the day of the pictures."""
        return datetime(TODAY.year, TODAY.month, TODAY.day, 14, 30, tzinfo=UTC).astimezone(tz)


class StillDay(date):
    """A calendar that shows the day of the pictures."""

    @classmethod
    def today(cls) -> date:
        """The day of the pictures."""
        return TODAY


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
        self.home = home

    def open_example(self) -> None:
        """Make the example council and open it."""
        self.example = make_example(self.home, menu_catalogue(), TODAY, with_documents=False)
        self.go_to("start", str(self.example.database))
        self.window.status.set_saved("All saved in council.tomsdb. Safe to copy.")

    def contract_id(self, reference: str) -> int:
        """Number of the example's contract with this reference."""
        rows = list_contracts(self.session.workspace)
        return next(row.id for row in rows if row.reference == reference)

    def go_to(self, page: str, target: object = None) -> None:
        """Show a page."""
        self.window.go_to(page, target)
        settle()

    def open_contract(self, reference: str) -> Page:
        """Show a contract; gives its page."""
        self.go_to("contracts", self.contract_id(reference))
        return self.window.page("contracts").shown

    def pages(self, reference: str) -> Iterator[tuple[str, Page]]:
        """Every page with its title, then a contract and a tender, each while it is shown."""
        for spec in page_specs(self.session):
            self.go_to(spec.key, "list" if spec.key in {"contracts", "tenders"} else None)
            yield spec.title, self.window.page(spec.key)
        yield "Contract", self.open_contract(reference)
        self.go_to("tenders", find_tender(self.session.workspace, "T-2026-003"))
        yield "Tender", self.window.page("tenders")

    def take(self, name: str, dialog: QWidget | None = None, *, over_window: bool = False) -> None:
        """Take the window, or a dialog alone or over the window."""
        settle(250)
        picture = self.window.grab() if dialog is None or over_window else dialog.grab()
        if dialog is not None and over_window:
            painter = QPainter(picture)
            at = self.window.rect().center() - dialog.rect().center()
            painter.drawPixmap(at, dialog.grab())
            painter.end()
        self.save(name, picture)

    def save(self, name: str, picture: QPixmap) -> None:
        """Write a picture of the window or of a dialog."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        write_picture(self.folder / f"{name}.png", Image.open(io.BytesIO(buffer.data().data())))


def write_picture(path: Path, picture: Image.Image) -> None:
    """Write a PNG with 256 colours: the most used ones as they are, so that no ground changes, and the rest nearly."""
    full = picture.convert("RGB")
    ranked = [colour for _, colour in sorted(full.getcolors(full.width * full.height), reverse=True)]
    exact, others = ranked[:_EXACT_COLOURS], ranked[_EXACT_COLOURS:]
    place = {colour: number for number, colour in enumerate(exact)}
    parts = [part for colour in exact for part in colour]
    if others:
        # Each colour weighs the same here, else the few green and red words would turn grey.
        strip = Image.new("RGB", (len(others), 1))
        strip.putdata(others)
        near = strip.quantize(256 - len(exact), method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        place |= {colour: len(exact) + number for colour, number in zip(others, near.get_flattened_data(), strict=True)}
        parts += near.getpalette()
    few = Image.new("P", full.size)
    few.putpalette(parts)
    few.putdata([place[colour] for colour in full.get_flattened_data()])
    few.save(path, optimize=True)


def settle(milliseconds: int = 60) -> None:
    """Let the window draw what it has been told."""
    QTest.qWait(milliseconds)


def press(inside: QWidget, words: str) -> None:
    """Press the button with these words."""
    next(button for button in inside.findChildren(QAbstractButton) if button.text() == words).click()


def dialog_called(title: str) -> QWidget:
    """The one dialog that is open with a title that begins so.

    Raises:
        LookupError: there is none, or one of a picture before it is still open.
    """
    found = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowTitle().startswith(title)]
    if len(found) != 1:
        raise LookupError(title, [w.windowTitle() for w in found])
    return found[0]


def _fail(error: BaseException) -> None:
    raise error
