"""The pictures of the guide for bidders: two sheets of the workbook as LibreOffice shows them, and the bidder’s window.

All three show one offer that is nearly finished, made from that of a bidder of the example. The program ships them in
its own guide, so each is written to its resources too.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap

from docs.camera import HEIGHT, WIDTH, Camera, settle, write_picture
from tomsapp.config.preferences import Preferences
from tomsapp.domain.papers.bidder_guide import CHECK_PICTURE, COMMITMENTS_PICTURE, WINDOW_PICTURE
from tomsapp.gui.bidder.window import BidderWindow
from tomsapp.gui.jobs import inline_jobs
from tomsapp.reports.render import PdfPages
from tomsapp.services.bidder_guide import picture_file
from tomsapp.services.bidding.opening import BegunOffer, open_for_bidder
from tomsapp.services.bidding.saving import save_workbook
from tomsapp.services.bidding.steps import Step
from tomsapp.services.bidding.typing import type_in
from tomsapp.services.bidding.work import bidder_place, quantity_place, question_place
from tomsapp.services.tenders.issuing import version_bytes
from tomsapp.services.tenders.reading import find_tender
from tomsapp.services.tenders.receipts import list_receipts

CLEANING = "T-2026-003"
_MORNING = datetime(2026, 11, 11, 9, 30, tzinfo=UTC)
"""While the tender can be answered."""
_BLANK = "S08"
"""The measure whose last year is still to be entered."""
_WINDOW_CUT = (166, 598)
"""Top and bottom of what is shown of the window: all that is below its head and above its foot."""
_SHEET_SCALE, _WINDOW_SCALE = 3.2, 1.5
_EDGE = 5.0
"""White space round what is cut out of a page, in points."""
_MOST_SECONDS = 120


def offer_of(camera: Camera, supplier: str) -> BegunOffer:
    """What the window begins with where a bidder of the example opens its offer, beside the pack that it answers."""
    workspace = camera.session.workspace
    number = find_tender(workspace, CLEANING)
    folder = camera.home / "bidder"
    folder.mkdir(exist_ok=True)
    receipt = next(each for each in list_receipts(workspace, number) if each.judged.file.supplier.startswith(supplier))
    with workspace.look() as uow:
        data = uow.received.content(receipt.file_id)
    (folder / f"{CLEANING}-2.tomspack").write_bytes(version_bytes(workspace, number, 2))
    offer = folder / f"{CLEANING}-lot-1.tomsoffer"
    offer.write_bytes(data)
    return open_for_bidder(offer, folder=folder)


def window_of(camera: Camera, begun: BegunOffer) -> BidderWindow:
    """The bidder's window on the morning of the pictures."""
    preferences = Preferences(camera.home / "bidder" / "preferences.toml")
    window = BidderWindow(begun, inline_jobs(), preferences, lambda: _MORNING)
    window.resize(WIDTH, HEIGHT)
    window.show()
    settle(400)
    return window


def _nearly_finished(camera: Camera) -> BegunOffer:
    """An offer in which a quantity, an answer and the contact's address are still missing."""
    begun = offer_of(camera, "Calder")
    work = begun.work
    line = next(one for one in work.in_order() if one.measure == _BLANK)
    for place in (bidder_place("contact_email"), quantity_place(line.key, 1), question_place(3)):
        work = type_in(work, place, "")
    return replace(begun, work=work)


def window(camera: Camera) -> None:
    """The bidder's window at the year that is blank, without its head, so that it can be read on paper."""
    begun = _nearly_finished(camera)
    shown = window_of(camera, begun)
    shown.open_step(Step.HOW_MUCH)
    settle(400)
    whole = QPixmap(shown.size() * _WINDOW_SCALE)
    whole.setDevicePixelRatio(_WINDOW_SCALE)
    shown.render(whole)
    shown.close()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    whole.save(buffer, "PNG")
    picture = Image.open(io.BytesIO(buffer.data().data()))
    top, bottom = (round(_WINDOW_SCALE * each) for each in _WINDOW_CUT)
    _write(camera, WINDOW_PICTURE, picture.crop((0, top, picture.width, bottom)))


def sheets(camera: Camera) -> None:
    """The sheets Commitments and Check of the workbook, printed by LibreOffice as it opens them."""
    folder = camera.home / "workbook"
    folder.mkdir(exist_ok=True)
    book = save_workbook(_nearly_finished(camera).work, folder / "workbook.xlsx", _MORNING)
    data = _printed(book)
    _write(camera, COMMITMENTS_PICTURE, _cut(data, ("Commitments: Libraries", "Whole borough", "J06")))
    _write(camera, CHECK_PICTURE, _cut(data, ("What is left to do", "name@example.org", "Something is offered")))


def _printed(book: Path) -> bytes:
    """The workbook as LibreOffice prints it.

    Raises:
        FileNotFoundError: LibreOffice is not installed.
    """
    program = shutil.which("soffice")
    if program is None:
        raise FileNotFoundError("LibreOffice (soffice), which draws the sheets of the workbook")
    profile = f"-env:UserInstallation=file://{book.parent}/profile"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(book.parent), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=_MOST_SECONDS)  # noqa: S603 - our own file
    return book.with_suffix(".pdf").read_bytes()


def _cut(data: bytes, marks: tuple[str, str, str]) -> Image.Image:
    """The page on which all marks stand, from its first words to the right of the second mark and over the third."""
    pages = PdfPages(data)
    number = next(at for at in range(len(pages)) if all(pages.boxes(at, mark) for mark in marks))
    first, right, below = (pages.boxes(number, mark)[0] for mark in marks)
    width, height = pages.sizes[number]
    edge = min(box[0] for box in (first, below, *pages.boxes(number, "Code"), *pages.boxes(number, "Where")))
    pages.close()
    crop = (edge - _EDGE, below[3] + _EDGE, width - right[2] - _EDGE, height - first[3] - _EDGE)
    picture: Image.Image = pypdfium2.PdfDocument(data)[number].render(scale=_SHEET_SCALE, crop=crop).to_pil()
    return picture


def _write(camera: Camera, name: str, picture: Image.Image) -> None:
    """Into the documents, and into what ships."""
    path = camera.folder / f"{name}.png"
    write_picture(path, picture)
    shipped = picture_file(name)
    shipped.parent.mkdir(exist_ok=True)
    shipped.write_bytes(path.read_bytes())
