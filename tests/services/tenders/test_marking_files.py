"""Marking files for evaluators without the database: made, filled in, brought back, and what is refused of them."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from tests.exchange.tenders.marking import confirmed, filled, given
from tests.services.tenders.build import opened
from tests.services.tenders.marks import begin_marking, mark_all, opened_tender
from tests.services.tenders.offers import CALDER, DAY, LAMP, filled_book
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.marking import Evaluator, Mark
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.marking_file import MARKS
from tomsapp.room.errors import RoomError
from tomsapp.room.frames import WrongForm
from tomsapp.services import checking, edits
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.history import tender_history
from tomsapp.services.tenders import strange_markings
from tomsapp.services.tenders.evaluators import EVALUATORS
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.marking import MarkingStage, open_marking
from tomsapp.services.tenders.marking_files import make_marking_file
from tomsapp.services.tenders.markings_read import FileState, MarkChange, read_marking
from tomsapp.services.tenders.markings_taken import take_markings
from tomsapp.services.tenders.marks_given import give_mark, take_marks_back
from tomsapp.services.tenders.receiving import receive

here = pytest.mark.parametrize("server", ["sqlite"])
MADE = datetime(2026, 11, 2, 9, tzinfo=UTC)
YESTERDAY = datetime(2026, 1, 26)  # noqa: DTZ001 - a workbook knows no time zones
ALL = (given(0, 4), given(1, 2, "No dates"), confirmed(day=YESTERDAY))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "files"
    made.mkdir()
    return made


def made_for(workspace, page, name: str):
    """The bytes of the marking file of an evaluator."""
    found = next(each.stored for each in open_marking(workspace, page.id).evaluators if each.stored.record.name == name)
    return make_marking_file(workspace, page.id, found.id, MADE)


def brought(workspace, page, folder, data: bytes, name: str = "marks.xlsx"):
    """The file as it is read back."""
    path = folder / name
    path.write_bytes(data)
    (read,) = read_marking(workspace, page.id, [path])
    return read


def errors(read) -> list[str]:
    return [each.message for each in read.problems if each.severity is Severity.ERROR]


def new_page(workspace):
    page = opened_tender(workspace)
    EVALUATORS.add(workspace, page, [Evaluator("J. Patel"), Evaluator("L. Osei")])
    return opened(workspace, page.id)


# There and back


def test_two_evaluators_without_the_server_mark_in_files_and_come_back(ann, folder):
    page = new_page(ann)
    made = [made_for(ann, page, name) for name in ("J. Patel", "L. Osei")]
    assert made[0].file_name == "T-2026-003 marks of J. Patel.xlsx"
    paths = []
    for each in made:
        path = folder / each.file_name
        path.write_bytes(filled(each.data, *ALL))
        paths.append(path)
    read = read_marking(ann, page.id, paths)
    assert [each.state for each in read] == [FileState.READY, FileState.READY]
    assert read[0].words == "2 new marks, 0 changed, 0 as they were. J. Patel sends them all."
    assert [(line.bid, line.change, line.now) for line in read[0].lines] == [
        (f"{CALDER.name}, lot 1", MarkChange.NEW, None),
        (f"{LAMP.name}, lot 1", MarkChange.NEW, None),
    ], "whoever brings it in sees no mark"
    done = take_markings(ann, page.id, read)
    assert done.result == 4
    seen = open_marking(ann, page.id)
    assert seen.stage is MarkingStage.MODERATING
    assert seen.evaluators[0].stored.record.confirmed_on == date(2026, 1, 26)
    assert {seen.marks_at(*place) for place in seen.answers.places} == {(4, 4), (2, 2)}
    with pytest.raises(StoreError, match="Undo stops here"):
        edits.undo(ann, done.edit)
    assert "SHA-256" in tender_history(ann, page.id)[0].what
    again = read_marking(ann, page.id, paths)
    assert [each.state for each in again] == [FileState.NOTHING_NEW] * 2
    assert again[0].words == "0 new marks, 0 changed, 2 as they were. J. Patel has sent them."
    assert (again[0].are_seen, again[0].lines[0].was) == (True, 4)
    assert take_markings(ann, page.id, again).edit is None
    assert checking.check(ann.database.target) == []


def test_marks_come_in_bit_by_bit_and_are_undone(ann, folder):
    page = new_page(ann)
    data = made_for(ann, page, "J. Patel").data
    half = filled(data, given(0, 4), confirmed(day=YESTERDAY, sent=""))
    read = brought(ann, page, folder, half)
    assert read.words == "1 new mark, 0 changed, 0 as they were, 1 answer without a mark. They are not sent yet."
    first = take_markings(ann, page.id, [read])
    assert brought(ann, page, folder, half).state is FileState.NOTHING_NEW
    whole = brought(ann, page, folder, filled(data, given(0, 3), given(1, 2), confirmed(day=YESTERDAY)))
    assert [each.change for each in whole.lines] == [MarkChange.CHANGED, MarkChange.NEW]
    done = take_markings(ann, page.id, [whole])
    assert open_marking(ann, page.id).evaluators[0].words == "J. Patel has sent 2 of 2 marks."
    assert open_marking(ann, page.id).marks == ()
    edits.undo(ann, done.edit)
    edits.undo(ann, first.edit)
    patel = open_marking(ann, page.id).evaluators[0]
    assert (patel.given, patel.stored.record) == (0, Evaluator("J. Patel"))
    edits.redo(ann, first.edit)
    edits.redo(ann, done.edit)
    assert open_marking(ann, page.id).evaluators[0].words == "J. Patel has sent 2 of 2 marks."


def test_an_evaluator_sees_their_own_marks_in_what_they_bring_in(ann, folder):
    page = begin_marking(ann, "Ann")
    mark_all(ann, page, send=False)
    made = made_for(ann, page, "Ann")
    read = brought(ann, page, folder, filled(made.data, given(0, 1, "Read again"), confirmed(day=YESTERDAY, sent="")))
    assert [(each.change, each.was, each.now) for each in read.lines] == [
        (MarkChange.CHANGED, 4, 1),
        (MarkChange.SAME, 4, 4),
    ]
    take_markings(ann, page.id, [read])
    assert open_marking(ann, page.id).marks_at(*open_marking(ann, page.id).answers.places[0]) == (1,)


def test_a_file_made_by_somebody_else_holds_no_marks(ann, bob):
    page = begin_marking(ann, "Ann")
    mark_all(ann, page, send=False)
    assert b"Names the groups" not in _texts(made_for(bob, page, "Ann").data)
    assert b"Names the groups" in _texts(made_for(ann, page, "Ann").data)


def _texts(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(str(cell) for row in book[MARKS].values for cell in row).encode()


@here
def test_files_are_made_while_answers_are_marked(ann):
    page = new_page(ann)
    seen = open_marking(ann, page.id)
    EVALUATORS.add(ann, page, [Evaluator("Ann")])
    with pytest.raises(StoreError, match="You have not confirmed"):
        make_marking_file(ann, page.id, seen.evaluators[0].stored.id, MADE)
    with pytest.raises(StoreError, match="taken out of the tender"):
        make_marking_file(ann, page.id, 99, MADE)


@here
def test_no_file_is_made_of_what_was_sent(ann):
    page = begin_marking(ann, "Ann", "L. Osei")
    mark_all(ann, page)
    with pytest.raises(StoreError, match="Ann has nothing to mark now"):
        made_for(ann, page, "Ann")


# What is refused


@here
def test_foreign_files_are_refused(ann, bob, folder, tmp_path):
    page = new_page(ann)
    data = filled(made_for(ann, page, "J. Patel").data, *ALL)
    other = opened_tender(ann, "T-2026-004")
    assert errors(brought(ann, other, folder, data)) == ["It was made for T-2026-003, and this is T-2026-004"]
    assert errors(brought(ann, page, folder, b"PK\x03\x04")) != []
    assert brought(ann, page, folder, b"%PDF-1.7").state is FileState.UNREADABLE
    (gone,) = read_marking(ann, page.id, [folder / "none.xlsx"])
    assert (gone.state, gone.receipt, gone.words) == (FileState.UNREADABLE, None, "")
    patel = open_marking(ann, page.id).evaluators[0].stored
    EVALUATORS.remove(ann, page, [patel])
    missing = brought(ann, page, folder, data)
    assert errors(missing) == ["J. Patel does not evaluate T-2026-003 any more"]
    with pytest.raises(StoreError, match="cannot be taken over"):
        take_markings(ann, page.id, [missing])
    assert open_marking(ann, page.id).marks == ()


@here
def test_a_file_of_another_database_is_refused(ann, folder, monkeypatch):
    page = new_page(ann)
    data = made_for(ann, page, "J. Patel").data
    monkeypatch.setattr(type(ann), "database_mark", lambda _self: "ff" * 32)
    assert errors(brought(ann, page, folder, data)) == ["It was made for T-2026-003 in another database"]


@here
def test_a_file_that_another_offer_overtook_is_refused(ann, folder):
    page = new_page(ann)
    data = filled(made_for(ann, page, "J. Patel").data, *ALL)
    book = filled_book(ann, page, LAMP, statements={1: "Another answer"})
    receive(ann, page, [FoundFile("again.xlsx", book, "", DAY, "10:30")])
    read = brought(ann, page, folder, data)
    assert errors(read) == [f"The offer of {LAMP.name}, lot 1 was replaced since the file was made"]
    (problem,) = read.problems
    assert (problem.where.sheet, problem.where.row) == (MARKS, 8)
    assert read.state is FileState.WRONG


@here
def test_edited_files_are_refused_and_say_no_mark(ann, folder):
    page = new_page(ann)
    data = made_for(ann, page, "J. Patel").data
    later = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=9)
    for changes, why in (
        ((given(0, 4), confirmed(clear="", sent="")), "J. Patel has not confirmed that there is no conflict"),
        ((given(0, 4), confirmed(day=YESTERDAY)), "It says that all marks are sent, and 1 answer has none"),
        ((*ALL, confirmed(day=later)), "The day of the confirmation is still to come"),
        ((*ALL, given(0, 9)), "This is not a whole number from 0 to 5"),
    ):
        read = brought(ann, page, folder, filled(data, *changes))
        assert why in errors(read)[0], errors(read)
        with pytest.raises(StoreError, match="cannot be taken over"):
            take_markings(ann, page.id, [read])


@here
def test_two_files_of_one_evaluator_are_asked_about(ann, folder):
    page = new_page(ann)
    data = made_for(ann, page, "J. Patel").data
    paths = [folder / name for name in ("a.xlsx", "b.xlsx")]
    for path, mark in zip(paths, (1, 2), strict=True):
        path.write_bytes(filled(data, given(0, mark), confirmed(day=YESTERDAY, sent="")))
    read = read_marking(ann, page.id, paths)
    assert [errors(each) for each in read] == [["b.xlsx is also of J. Patel"], ["a.xlsx is also of J. Patel"]]


@here
def test_marks_that_were_sent_stay_until_they_are_taken_back(ann, folder):
    page = begin_marking(ann, "Ann", "L. Osei")
    data = made_for(ann, page, "Ann").data
    mark_all(ann, page)
    changed = filled(data, given(0, 1), given(1, 1), confirmed(day=YESTERDAY))
    assert errors(brought(ann, page, folder, changed))[0].startswith("Ann sent other marks on ")
    take_marks_back(ann, page.id, open_marking(ann, page.id).mine.stored)
    assert take_markings(ann, page.id, [brought(ann, page, folder, changed)]).result == 2


def test_what_somebody_saved_meanwhile_is_not_written_over(ann, folder):
    page = begin_marking(ann, "Ann")
    seen = open_marking(ann, page.id)
    data = made_for(ann, page, "Ann").data
    read = brought(ann, page, folder, filled(data, *ALL))
    (bid, question) = seen.answers.places[0]
    give_mark(ann, page.id, Mark(seen.mine.stored.id, bid, question, 5, "In the window"))
    with pytest.raises(EditConflict):
        take_markings(ann, page.id, [read])
    assert len(open_marking(ann, page.id).marks) == 1


@here
def test_an_evaluator_who_was_renamed_is_told(ann, folder):
    page = begin_marking(ann, "J. Patel")
    data = filled(made_for(ann, page, "J. Patel").data, *ALL)
    stored = open_marking(ann, page.id).evaluators[0].stored
    EVALUATORS.save(ann, page, stored, replace(stored.record, name="J. Patel-Reid"))
    read = brought(ann, page, folder, data)
    assert [each.message for each in read.problems] == ["J. Patel-Reid was called J. Patel when the file was made"]
    assert read.state is FileState.READY


@here
def test_the_answer_of_the_room_is_checked(ann, folder, monkeypatch):
    for plain in (None, {"refused": "x"}, {"refused": [1, 2]}, {"read": {}}):
        with pytest.raises((WrongForm, ValueError)):
            strange_markings.marking_of(plain)
    assert isinstance(strange_markings.marking_of({"refused": ["a", "b"]}), OfferUnreadable)

    def broken(*_args):
        raise RoomError("It took too much memory", "Ask for another file")

    monkeypatch.setattr(strange_markings, "ask_of_batch", broken)
    page = new_page(ann)
    assert errors(brought(ann, page, folder, b"x")) == ["It took too much memory"]
