"""A PDF of unknown origin is looked through before it is read; papers of this program pass."""

from pathlib import Path

import pytest

from tests.reports.sample import new_document
from tests.torture.bombs import PDFS, object_streams, pdf, stream
from tomsapp.reports import pdf_look
from tomsapp.reports.errors import ReportError
from tomsapp.reports.pdf_look import look_through

EARLIER = sorted((Path(__file__).parents[1] / "services" / "earlier").glob("*.pdf"))
HEAVY = {"object stream of numbers", "5,000 attachments of one stream"}
"""What only the locked room refuses, or the reader of attachments."""


@pytest.mark.parametrize("name", [name for name in PDFS if name not in HEAVY])
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


@pytest.mark.parametrize(("bound", "most"), [("_MOST_PAGES", 0), ("_MOST_OBJECTS", 1)])
def test_more_pages_or_objects_than_any_paper_has_are_refused(monkeypatch, bound, most):
    data = pdf(lambda _made: None)
    monkeypatch.setattr(pdf_look, bound, most)
    with pytest.raises(ReportError, match="has more than"):
        look_through(data)
