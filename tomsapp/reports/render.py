"""Pages of a finished PDF as pictures and as text, for the preview and for checking what is printed."""

import re
from collections import Counter
from threading import RLock
from typing import Any, Final

import pypdfium2

from tomsapp.reports.errors import ReportError

_PDFIUM: Final = RLock()
"""PDFium must never be entered by two threads at once, whatever document they read."""

_FIGURE: Final = re.compile(r"£[\d,]*\d(?:\.\d+)?|[\d,]*\d(?:\.\d+)?%|[\d,]*\d(?:\.\d+)?(?= ×)")


class PageImage:
    """A page as a picture: 4 bytes a pixel (blue, green, red, unused), row by row."""

    def __init__(self, width: int, height: int, stride: int, data: bytes) -> None:
        self.width = width
        self.height = height
        self.stride = stride
        self.data = data


class PdfPages:
    """An open PDF; safe to use from several threads, one at a time."""

    def __init__(self, data: bytes) -> None:
        """Open a PDF.

        Raises:
            ReportError: it is no PDF, damaged, or locked.
        """
        with _PDFIUM:
            try:
                self._pdf: Any = pypdfium2.PdfDocument(data)
                self.sizes: tuple[tuple[float, float], ...] = tuple(
                    self._pdf.get_page_size(number) for number in range(len(self._pdf))
                )
            except pypdfium2.PdfiumError as error:
                raise ReportError("The PDF cannot be opened", "Make it again") from error

        self.is_closed = False

    def __len__(self) -> int:
        return len(self.sizes)

    def _page(self, number: int) -> Any:
        if self.is_closed:
            raise ReportError("The PDF was closed", "Open it again")
        return self._pdf[number]

    def image(self, number: int, scale: float) -> PageImage:
        """Page `number` (0 is the first) at `scale` pixels a point.

        Raises:
            ReportError: the PDF was closed.
        """
        with _PDFIUM:
            bitmap = self._page(number).render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            try:
                return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()

    def text(self, number: int) -> str:
        """The text of page `number`, in reading order."""
        with _PDFIUM:
            page = self._page(number).get_textpage()
            try:
                return str(page.get_text_bounded()).replace("\r\n", "\n")
            finally:
                page.close()

    def boxes(self, number: int, words: str) -> list[tuple[float, float, float, float]]:
        """Where `words` stand on a page: left, bottom, right, top in points, a box for each line of each find."""
        found: list[tuple[float, float, float, float]] = []
        with _PDFIUM:
            page = self._page(number).get_textpage()
            try:
                search = page.search(words)
                while (place := search.get_next()) is not None:
                    found.extend(page.get_rect(index) for index in range(page.count_rects(*place)))
                search.close()
            finally:
                page.close()
        return found

    def close(self) -> None:
        """Close the PDF; whoever asks for a page afterwards is refused."""
        with _PDFIUM:
            if not self.is_closed:
                self.is_closed = True
                self._pdf.close()


def printed_text(data: bytes) -> str:
    """All the text of a PDF, with single spaces.

    Raises:
        ReportError: it is no PDF, damaged, or locked.
    """
    pages = PdfPages(data)
    try:
        return " ".join(" ".join(pages.text(number).split()) for number in range(len(pages)))
    finally:
        pages.close()


def printed_figures(text: str) -> Counter[str]:
    """How often each amount, percentage and quantity of a sum stands in a text."""
    return Counter(_FIGURE.findall(text))
