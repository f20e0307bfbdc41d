"""A PDF of unknown origin is looked through before it is read; papers of this program pass."""

from pathlib import Path

import pytest

from tests.reports.sample import new_document
from tests.torture.bombs import NUMBERS, PDFS, numbers, object_streams, pdf, stream, with_more
from tomsapp.reports import pdf_bounds, pdf_look
from tomsapp.reports.attachments import packed_figures
from tomsapp.reports.errors import ReportError
from tomsapp.reports.logo import MOST_PIXELS
from tomsapp.reports.pdf_bounds import look_at_bytes
from tomsapp.reports.pdf_look import _MOST_PIXELS, look_through

EARLIER = sorted((Path(__file__).parents[1] / "services" / "earlier").glob("*.pdf"))
MANY = "5,000 attachments of one stream"
"""What the reader of attachments refuses."""


@pytest.mark.parametrize("name", [name for name in PDFS if name != MANY])
def test_what_would_become_too_much_is_refused(name):
    with pytest.raises(ReportError):
        look_through(PDFS[name]())


def test_list_of_pages_that_are_not_there_is_refused_before_a_library_tells_of_each(monkeypatch):
    monkeypatch.setattr("pikepdf.open", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(ReportError, match="has more than 5,000 pages"):
        look_through(PDFS["599,000 pages that are not there"]())


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: path.stem)
def test_papers_of_earlier_versions_pass(path):
    look_through(path.read_bytes())


def test_a_paper_of_this_version_passes():
    look_through(new_document().build().data)


def test_objects_that_are_packed_plainly_pass():
    look_through(object_streams(b"2 0 <</Type/Pages/Kids[]/Count 0>>"))


def test_a_form_that_is_drawn_a_few_times_passes():
    def change(made):
        import pikepdf

        form = stream(made, b"0 0 9 9 re f", Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        page = made.pages[0].obj
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form, B=form))
        page.Contents = pikepdf.Array([stream(made, b"/A Do /B Do /C Do"), stream(made, b"/A Do")])

    look_through(pdf(change))


def test_a_form_that_draws_itself_is_refused():
    def change(made):
        import pikepdf

        form = stream(made, b"/A Do", Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form))
        page = made.pages[0].obj
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form))
        page.Contents = stream(made, b"/A Do")

    with pytest.raises(ReportError, match="draws the same things too often"):
        look_through(pdf(change))


@pytest.mark.parametrize("name", NUMBERS)
def test_much_to_make_objects_of_is_refused_before_a_library_makes_them(name, monkeypatch):
    monkeypatch.setattr("pikepdf.open", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(ReportError, match=r"pieces|carries none of the figures"):
        look_at_bytes(NUMBERS[name]())


def picture(width: int, dot: bytes, height: int) -> bytes:
    def change(made):
        import pikepdf

        size = {"Width": width, "Height": height, "BitsPerComponent": 8, "ColorSpace": pikepdf.Name.DeviceRGB}
        drawn = stream(made, dot * (width * height), Subtype=pikepdf.Name.Image, **size)
        made.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=drawn))
        made.pages[0].obj.Contents = stream(made, b"600 0 0 800 0 0 cm /I Do")

    return pdf(change)


@pytest.mark.parametrize("dot", [b"\0\0\0", b"\0\x38\0", b"[[[", b"\xff\xff\xff"])
def test_a_picture_as_large_as_a_logo_may_be_passes_whatever_it_shows(dot):
    assert MOST_PIXELS == _MOST_PIXELS
    look_through(picture(2_000, dot, 2_000))


def test_a_picture_that_is_larger_is_refused():
    with pytest.raises(ReportError, match="draws in ways"):
        look_through(picture(2_000, b"\xff\xff\xff", 2_001))


def test_what_is_attached_says_how_much_there_may_be_beside_it(monkeypatch):
    paper = (EARLIER[0].parent / "open_jobs.pdf").read_bytes()
    monkeypatch.setattr(pdf_bounds, "FEW_SIGNS", 0)
    monkeypatch.setattr(pdf_look, "FEW_SIGNS", 0)
    look_through(paper)
    bound = pdf_bounds.SIGNS_PER_BYTE * packed_figures(paper)
    monkeypatch.setattr(pdf_look, "packed_figures", lambda _: 100)
    with pytest.raises(ReportError, match="far more pieces"):
        look_through(paper)
    with pytest.raises(ReportError, match="far more pieces"):
        look_at_bytes(with_more(paper, 900, b"[" + numbers(bound) + b"]"))


@pytest.mark.parametrize(("bound", "most"), [("MOST_PAGES", 0), ("MOST_OBJECTS", 1)])
def test_more_pages_or_objects_than_any_paper_has_are_refused(monkeypatch, bound, most):
    data = pdf(lambda _made: None)
    monkeypatch.setattr(pdf_look, bound, most)
    with pytest.raises(ReportError, match="has more than"):
        look_through(data)
