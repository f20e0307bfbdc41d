"""Prints the pages of a PDF on any printer that the system knows."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from tomsapp.domain.errors import TomsError
from tomsapp.gui.preview.page_images import as_image
from tomsapp.services.previewing import PdfPages
from tomsapp.services.progress import Progress

_MOST_DOTS_AN_INCH = 300


def wanted_pages(printer: QPrinter, count: int) -> list[int]:
    """The pages (0 is the first) that the print dialog asked for."""
    first = max(printer.fromPage(), 1)
    last = printer.toPage() or count
    chosen = range(first - 1, min(last, count))
    return list(chosen)


def print_pages(pages: PdfPages, printer: QPrinter, progress: Progress) -> None:
    """Print the pages, each as large as its sheet and turned as it is; not in the window's thread.

    Raises:
        TomsError: the printer does not take the work.
        Cancelled: the user stopped it.
    """
    chosen = wanted_pages(printer, len(pages))
    dots = min(printer.resolution(), _MOST_DOTS_AN_INCH)
    printer.setFullPage(True)
    painter = QPainter()
    for place, number in enumerate(chosen):
        progress.report(place, len(chosen), f"Printing page {number + 1}")
        width, height = pages.sizes[number]
        is_wide = width > height
        printer.setPageOrientation(QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait)
        if place == 0 and not painter.begin(printer):
            raise TomsError("The printer does not take the pages", "Check that it is on, or choose another printer")
        if place and not printer.newPage():
            painter.end()
            raise TomsError("The printer stopped", "Check it and print the remaining pages")
        image = as_image(pages.image(number, dots / 72))
        sheet = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
        size = image.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect(0, 0, size.width(), size.height()), image)
    painter.end()
