"""A long PDF is finished in a process of its own, so that the window lives meanwhile, and is the same byte for byte."""

import subprocess

import pikepdf
import pytest

from tests.reports.sample import valuation
from tomsapp.reports import document, finish_apart
from tomsapp.reports.attachments import Attachment, Relationship
from tomsapp.reports.plain_elements import elements_in, plain_elements
from tomsapp.reports.tags import Element, Link, Mark
from tomsapp.room import asking
from tomsapp.room.errors import EndedUnexpectedly

FILES = (
    Attachment("figures.json", b"{}" * 9, "application/json", "Every figure \U0001f600"),
    Attachment("source.txt", b"Source", "text/plain", "Source", Relationship.SOURCE),
)
NOBODY = 1_000_000


@pytest.fixture(autouse=True)
def _every_paper_is_long(monkeypatch):
    monkeypatch.setattr(finish_apart, "LONG", 1)


@pytest.fixture
def asked(monkeypatch):
    questions = []
    monkeypatch.setattr(finish_apart, "ask", lambda *told: (questions.append(told[0]), asking.ask(*told))[1])
    return questions


def here(monkeypatch):
    monkeypatch.setattr(finish_apart, "LONG", NOBODY)
    return valuation(12).build(FILES)


def test_it_is_the_same_wherever_it_is_finished(monkeypatch, asked):
    apart = valuation(12).build(FILES)
    assert [question.task for question in asked] == ["finishing"]
    assert here(monkeypatch) == apart
    assert len(asked) == 1


def test_no_thread_of_the_program_waits_for_the_library(monkeypatch):
    def stands_still(*_args, **_options):
        pytest.fail("The library holds up all threads while it opens and writes")

    for name in ("open", "save"):
        monkeypatch.setattr(pikepdf.Pdf, name, stands_still)
    assert valuation(2).build().pages


def test_where_no_process_can_be_had_it_is_finished_here(monkeypatch, caplog):
    def refuses(*_told):
        raise EndedUnexpectedly("It")

    monkeypatch.setattr(finish_apart, "ask", refuses)
    found = valuation(12).build(FILES)
    assert "could not be finished apart" in caplog.text
    assert here(monkeypatch) == found


def test_it_is_stopped_as_soon_as_nobody_wants_it(monkeypatch):
    started = []
    start = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *told, **how: (started.append(start(*told, **how)), started[-1])[1])

    def stop(_done, _total):
        if started:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        valuation(12).build(FILES, stop)
    (child,) = started
    assert child.poll() is not None


def test_all_that_it_was_made_of_is_taken_apart(monkeypatch):
    taken = []
    finish = document.finish_where_best
    monkeypatch.setattr(document, "finish_where_best", lambda *told: (taken.append(told[1]), finish(*told))[1])
    inner = []
    told = document.ReportDocument._let_go

    def look(self, root, pages):
        inner.extend([root, *(kid for kid in root.kids if isinstance(kid, Element))])
        told(self, root, pages)
        assert not pages
        assert not self._blocks

    monkeypatch.setattr(document.ReportDocument, "_let_go", look)
    valuation(2).build()
    assert len(inner) > 5
    assert not any(element.kids for element in inner)


def test_elements_come_back_in_their_order_with_all_that_they_say():
    root = Element("Document")
    table = root.add("Table", alt='A "table" \ud800')
    for number in range(3_000):
        row = table.add("TR")
        row.kids += [Mark(number, 0), Element("TD", span=2, heads=("a", "b")), Mark(number, 1)]
    head = root.add("TH", scope="Column")
    head.name, head.bbox = "a", (0.1, 2.0, 3.3333333333333335, 4)
    head.kids += [
        Link(1, (1.5, 2, 3, 4), "Page 2", "", "sums"),
        Link(1, (1, 2, 3, 4), "x", "https://example.org/"),
        Mark(7, 8),
    ]
    root.kids.append(Mark(9, 9))
    found = elements_in(plain_elements(root))
    assert told(found) == told(root)
    assert [type(kid) for kid in found.kids] == [Element, Element, Mark]


def told(element):
    own = (element.tag, element.alt, element.scope, element.span, element.name, element.heads, element.bbox)
    return own, [told(kid) if isinstance(kid, Element) else kid for kid in element.kids]
