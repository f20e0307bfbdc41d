from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.reports.sample import new_document
from tests.reports.valuations import built, valued
from tomsapp.reports.errors import ReportError
from tomsapp.reports.flowables import Heading, NewPage, Paragraph
from tomsapp.reports.render import PdfPages, printed_figures, printed_text
from tomsapp.reports.styles import Shape


def test_pages_have_sizes_pictures_and_text():
    document = new_document()
    document.add(Heading("Housing repairs and empty homes, east", 1), NewPage(Shape.LANDSCAPE), Paragraph("wide"))
    pages = PdfPages(document.build().data)
    assert {(round(width), round(height)) for width, height in pages.sizes} == {(595, 842), (842, 595)}
    image = pages.image(0, 2.0)
    assert (image.width, image.height) == (1191, 1684)
    assert len(image.data) == image.stride * image.height
    assert len(set(image.data)) > 50
    assert "Housing repairs and empty homes, east" in pages.text(0)


def test_words_are_found_where_they_stand():
    pages = PdfPages(built(valued()).data)
    boxes = pages.boxes(0, "How sure is this")
    assert len(boxes) == 1
    left, bottom, right, top = boxes[0]
    assert 50 < left < right < 200
    assert 300 < bottom < top < 600
    assert pages.boxes(0, "no such words") == []


def test_several_threads_may_ask_at_once():
    pages = PdfPages(built(valued()).data)
    with ThreadPoolExecutor(4) as pool:
        images = list(pool.map(lambda number: pages.image(number % len(pages), 1.0).data, range(24)))
    assert images[0] == images[len(pages)]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no pdf at all", b"\x00" * 1000])
def test_what_is_no_pdf_says_so(data: bytes):
    with pytest.raises(ReportError, match="cannot be opened"):
        PdfPages(data)


def test_figures_are_amounts_percentages_and_quantities_of_sums():
    text = "1,234.5 × £226.50 × 25% = £1.00, page 7 of 9, £0.0812"
    assert printed_figures(text) == Counter(["1,234.5", "£226.50", "25%", "£1.00", "£0.0812"])
    assert "£200,449.39" in printed_text(built(valued()).data)
