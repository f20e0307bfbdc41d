"""A finished PDF as pages to look at: pictures, text, and where words stand."""

from tomsapp.reports.render import PageImage, PdfPages

__all__ = ["PageImage", "PdfPages", "open_pages"]


def open_pages(data: bytes) -> PdfPages:
    """The pages of a PDF.

    Raises:
        TomsError: it is no PDF, damaged, or locked.
    """
    return PdfPages(data)
