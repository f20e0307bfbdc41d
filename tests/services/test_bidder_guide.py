"""How a tender is answered: two pages of A4, tagged, the same every day, and in the same words among the documents."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from docx import Document
from PIL import Image

from docs.bidder_guide_page import PAGE, page_of
from docs.make_screenshots import FOLDER
from tests.reports.conformance import faults_of
from tests.reports.verapdf import broken_rules
from tomsapp.domain.papers.bidder_guide import PICTURE_NAMES
from tomsapp.domain.papers.council_paper import PaperHeading, PaperPicture
from tomsapp.services.bidder_guide import bidder_paper, bidder_pdf, picture_file, print_bidder_paper

A4 = (595, 842)
MOST_BYTES = 400_000
"""A pack is downloaded over any line."""


@pytest.fixture(scope="module")
def made():
    return bidder_pdf()


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_it_is_two_pages_of_a4(made):
    pages = pypdfium2.PdfDocument(made.data)
    sizes = [tuple(map(round, pages.get_page_size(number))) for number in range(len(pages))]
    assert sizes == [A4, A4]
    assert made.pages == 2
    assert len(made.data) < MOST_BYTES


def test_every_word_is_printed_and_nothing_stands_as_a_square(made):
    printed = squeezed("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.data)))
    assert [words for words in bidder_paper().words if squeezed(words) not in printed] == []
    assert made.notes == ()


def test_both_pages_are_nearly_full_and_nothing_runs_into_the_foot(made):
    for page in pypdfium2.PdfDocument(made.data):
        text = page.get_textpage()
        bottoms = [text.get_rect(number)[1] for number in range(text.count_rects())]
        body = [bottom for bottom in bottoms if bottom > 47]
        assert 55 < min(body) < 140


def test_no_section_is_parted_by_the_end_of_a_page(made):
    printed = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.data))
    assert "continued" not in printed


def test_it_is_tagged_and_says_what_its_pictures_show(made, tmp_path: Path):
    assert faults_of(made.data) == []
    path = tmp_path / "guide.pdf"
    path.write_bytes(made.data)
    assert broken_rules(path) == []
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        told = {str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each}
    assert told == {block.alternative for block in bidder_paper().blocks if isinstance(block, PaperPicture)}


def test_it_is_the_same_file_every_time(made):
    assert bidder_pdf().data == made.data


def test_the_word_file_says_the_same(made):
    printed = print_bidder_paper()
    assert printed.pdf.data == made.data
    assert (printed.pdf.file_name, printed.word_name) == ("How to answer a tender.pdf", "How to answer a tender.docx")
    document = Document(io.BytesIO(printed.word))
    assert [each.text for each in document.paragraphs if each.text] == list(bidder_paper().words)
    assert len(document.inline_shapes) == len(PICTURE_NAMES)


def test_its_sections_are_numbered():
    heads = [block.text for block in bidder_paper().blocks if isinstance(block, PaperHeading)]
    assert [head.partition(" ")[0] for head in heads] == [str(number) for number in range(1, len(heads) + 1)]


def test_the_page_among_the_documents_is_made_from_the_same_words():
    assert PAGE.read_text(encoding="utf-8") == page_of(bidder_paper())


@pytest.mark.parametrize("name", PICTURE_NAMES)
def test_the_picture_that_ships_is_the_one_of_the_documents(name):
    assert picture_file(name).read_bytes() == (FOLDER / f"{name}.png").read_bytes()
    with Image.open(picture_file(name)) as picture:
        assert picture.width > 1000, "it is printed as wide as the page"
