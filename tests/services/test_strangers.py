"""Strangers' files through the locked room: as if they were read here, or refused by their right names."""

import json
from pathlib import Path

import pytest

from tests.exchange.books import book_of
from tests.services.council import shipped
from tests.torture import bombs
from tests.torture.measuring import measured
from tomsapp.domain.errors import TomsError
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.sheets.opening import open_table
from tomsapp.reading.kinds import FileKind
from tomsapp.reports.errors import ReportError
from tomsapp.room import asking
from tomsapp.room.asking import Answer, Question
from tomsapp.room.errors import EndedUnexpectedly, TooMuchMemory
from tomsapp.room.limits import MEGABYTE, Limits
from tomsapp.room.plain import plain_bytes
from tomsapp.services import strange_papers, strangers
from tomsapp.services.logos import judge_logo
from tomsapp.services.progress import Cancelled
from tomsapp.services.strange_menus import lint_stranger
from tomsapp.services.strange_signature import read_signature
from tomsapp.services.verifying import verify_pdf
from tomsapp.signing.errors import SigningError


def test_a_table_comes_out_as_if_it_was_read_here():
    data = book_of(["S08", 40, 1.5], ["J11", None, "x"])
    kind, book = strangers.open_any_table(data, "bid.xlsx")
    assert kind is FileKind.WORKBOOK
    assert book == open_table(data, "bid.xlsx")


def test_an_offer_in_json_keeps_its_numbers_as_they_are_written():
    data = json.dumps({"contract": {"value": "1.10"}, "n": [1, None]}).encode()
    opened = strangers.open_offer(data, "bid.json")
    assert (opened.kind, opened.book) == (FileKind.OFFER, None)
    assert opened.values == {"contract": {"value": "1.10"}, "n": [1, None]}
    assert strangers.open_offer(book_of(["S08", 40]), "bid.xlsx").book is not None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "bid is empty"),
        (b"%PDF-1.7", "bid is a PDF, and an offer in JSON or a workbook is read here"),
        (b'{"contract": ', "not complete JSON"),
        (b"PK\3\4", "damaged or incomplete"),
    ],
)
def test_what_is_no_offer_is_said_as_before(data, words):
    with pytest.raises(OfferUnreadable) as caught:
        strangers.open_offer(data, "bid")
    assert words in caught.value.message


def test_what_needs_all_memory_is_refused_and_the_next_file_read():
    with pytest.raises(TooMuchMemory, match=r"bid\.csv needs more than 190 MB of memory"):
        strangers.open_any_table(bombs.wide_csv(), "bid.csv")
    assert strangers.open_any_table(b"Code,1\r\nS08,2\r\n", "bid.csv")[1].sheets


def test_who_cancels_ends_the_child(monkeypatch):
    ended = []
    end = asking.Child.end
    monkeypatch.setattr(asking.Child, "end", lambda child: (end(child), ended.append(child.process.poll())))

    class Stopped:
        def report(self, done, total, text=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        strangers.open_any_table(bombs.quoted_csv(), "bid.csv", Stopped())
    assert ended
    assert ended[0] is not None


GOOD = plain_bytes([])


@pytest.mark.parametrize(
    "answer",
    [
        Answer({}, ()), Answer({"kind": "NOTHING", "book": {}}, (GOOD,)), Answer({"kind": "TABLE"}, (GOOD,)),
        Answer({"kind": "TABLE", "book": []}, (GOOD,)), Answer({"kind": "TABLE", "book": {}}, ()),
        Answer({"kind": "OFFER", "values": True}, (GOOD,)), Answer({"kind": "OFFER", "values": True}, ()),
        Answer({"kind": "OFFER", "problem": 3}, ()), Answer({"kind": "OFFER", "problem": []}, ()),
    ],
)  # fmt: skip
def test_a_child_that_a_file_took_over_is_not_believed(answer, monkeypatch):
    monkeypatch.setattr(asking, "ask", lambda *_given: answer)
    with pytest.raises(EndedUnexpectedly):
        strangers.open_offer(b"{}", "bid")


@pytest.mark.parametrize(
    "answer",
    [
        Answer({}, ()), Answer({"names": ["a"]}, ()), Answer({"names": [3]}, (GOOD,)), Answer({"names": "a"}, (GOOD,)),
        Answer({}, (plain_bytes({"a": 1}),)), Answer({}, (plain_bytes([1]),)),
    ],
)  # fmt: skip
def test_a_child_that_a_paper_took_over_is_not_believed(answer, monkeypatch):
    monkeypatch.setattr(asking, "ask", lambda *_given: answer)
    for read in (strange_papers.read_attachments, strange_papers.printed_text, strange_papers.made_by_version):
        with pytest.raises(EndedUnexpectedly):
            read(b"")


@pytest.mark.parametrize("answer", [Answer({}, ()), Answer({}, (plain_bytes("a"),)), Answer({}, (plain_bytes([1]),))])
def test_differences_that_are_no_sentences_are_not_believed(answer, monkeypatch):
    monkeypatch.setattr(asking, "ask", lambda *_given: answer)
    with pytest.raises(EndedUnexpectedly):
        strange_papers.page_differences(b"", b"")


def test_a_large_paper_may_take_more_of_the_computer_and_a_small_one_may_not(monkeypatch):
    """Our paper of 10,000 contracts has 13 MB; what it took when it was measured stands in docs/robustness.md."""
    asked: list[Limits] = []

    def answer(question: Question, _wanted: object) -> Answer:
        asked.append(question.limits)
        return Answer({}, ())

    def limits_of(paper: bytes) -> list[tuple[int, int]]:
        asked.clear()
        for read in (strange_papers.read_attachments, strange_papers.printed_text, read_signature):
            with pytest.raises(EndedUnexpectedly):
                read(paper)
        with pytest.raises(EndedUnexpectedly):
            strange_papers.page_differences(b"", paper)
        return [(found.memory // MEGABYTE, found.seconds) for found in asked]

    monkeypatch.setattr(asking, "ask", answer)
    assert all(may <= 200 for may, _ in limits_of(bytes(90_000)))
    assert limits_of(bytes(1_000_000)) == [(137, 11), (300, 48), (190, 19), (300, 48)]
    large = limits_of(bytes(12_800_000))
    took = [(157, 1), (1_320, 25), (440, 5), (1_320, 25)]
    assert all(may[0] > mb and may[1] > 3 * seconds for may, (mb, seconds) in zip(large, took, strict=True)), large


EARLIER = Path(__file__).parent / "earlier"
WITHIN = 200 * MEGABYTE
"""The memory, of the program and the child together, in which each file of a stranger is refused."""


@pytest.mark.parametrize("name", bombs.PDFS)
def test_a_paper_made_to_harm_is_refused_in_little_memory_when_it_is_verified(name, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(bombs.PDFS[name]())
    with measured() as taken, pytest.raises(TomsError):
        verify_pdf(shipped(), path)
    assert taken.memory < WITHIN


@pytest.mark.parametrize("name", bombs.NUMBERS)
def test_much_to_make_objects_of_is_refused_in_little_memory_by_all_that_reads_a_paper(name):
    data = bombs.NUMBERS[name]()
    for read, error in ((strange_papers.printed_text, ReportError), (read_signature, SigningError)):
        with measured() as taken, pytest.raises(error):
            read(data)
        assert taken.memory < WITHIN


def test_a_paper_of_ours_with_much_beside_it_is_refused_in_little_memory(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(
        bombs.with_more((EARLIER / "open_jobs.pdf").read_bytes(), 900, b"[" + bombs.numbers(900_000) + b"]")
    )
    with measured() as taken, pytest.raises(ReportError, match="far more pieces than the figures that it carries"):
        verify_pdf(shipped(), path)
    assert taken.memory < WITHIN


def test_a_paper_is_read_in_the_room_as_here():
    from tomsapp.reports import attachments, render

    paper = (EARLIER / "framework.pdf").read_bytes()
    assert strange_papers.read_attachments(paper) == attachments.read_attachments(paper)
    assert strange_papers.printed_text(paper) == render.printed_text(paper)
    assert strange_papers.made_by_version(paper) == attachments.made_by_version(paper)
    assert list(strange_papers.page_differences(paper, paper)) == []
    assert strange_papers.unknown_figures(paper, set())
    assert any("valuation.json" in line for line in strange_papers.unknown_part_words(paper, frozenset()))


@pytest.mark.parametrize("name", ["60,000 by 60,000", "4,000 by 1,200", "JPEG that lies"])
def test_a_logo_that_no_document_prints_is_refused(name):
    with pytest.raises(ReportError, match="The logo is too large"):
        judge_logo(bombs.PICTURES[name](), "logo.png")


def test_a_menu_is_read_in_the_room_as_here(tmp_path):
    from datetime import date

    from tomsapp.menufiles.linting import lint_path

    (tmp_path / "menu.toml").write_text("a = 1\n[[b]]\n", encoding="utf-8")
    on = date(2026, 4, 1)
    assert lint_stranger(tmp_path, on) == lint_path(tmp_path, on)


def test_nothing_that_is_kept_ready_is_left_behind():
    strangers.expect_a_table()
    (child,) = asking._WAITING
    strangers.expect_no_table()
    assert not child.is_waiting
    with pytest.raises(TomsError):
        strangers.open_any_table(b"", "bid")
