"""Something drawn over a page of a finished PDF, as a forger would."""

from io import BytesIO

import pikepdf
from reportlab.pdfgen.canvas import Canvas


def with_overlay(data: bytes, draw: object, page: int = 0) -> bytes:
    """The PDF with something drawn over one of its pages."""
    layer = BytesIO()
    canvas = Canvas(layer, pagesize=(595, 842))
    draw(canvas)
    canvas.save()
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as opened, pikepdf.open(BytesIO(layer.getvalue())) as over:
        opened.pages[page].add_overlay(over.pages[0])
        opened.save(out)
    return out.getvalue()


def words(text: str) -> object:
    return lambda canvas: canvas.drawString(300, 60, text)
