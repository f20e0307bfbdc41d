"""Whatever a file makes of what reads it: it is ended, and said by its right name; the program goes on."""

import sys
import time

import pytest

from tomsapp.domain.errors import TomsError
from tomsapp.room import asking
from tomsapp.room.asking import Question, ask
from tomsapp.room.errors import EndedUnexpectedly, RoomError, TookTooLong, TooMuchInIt, TooMuchMemory
from tomsapp.room.limits import MEGABYTE, Limits

SMALL = Limits(memory=120 * MEGABYTE, seconds=1, answer=20 * MEGABYTE)


class NoTable(TomsError):
    pass


def question(task, values=None, runs=(), limits=SMALL, file="bid.xlsx"):
    return Question(task, file, {"file": file, **(values or {})}, list(runs), {"TomsError": NoTable}, limits)


@pytest.mark.usefixtures("badly")
def test_plain_values_and_bytes_come_back():
    runs = [b"", bytes(3_000_000), b"\0\xff"]
    answer = ask(question("echo", {"number": 3, "words": "Søn \ud83d"}, runs))
    assert answer.told == {"file": "bid.xlsx", "number": 3, "words": "Søn \ud83d"}
    assert [bytes(run) for run in answer.runs] == runs
    assert 5 * MEGABYTE < answer.peak_memory < 60 * MEGABYTE


@pytest.mark.usefixtures("badly")
def test_the_files_own_fault_is_the_error_that_the_task_raises():
    with pytest.raises(NoTable, match=r"bid\.xlsx is no table\. Choose another"):
        ask(question("refuses"))


@pytest.mark.usefixtures("badly")
@pytest.mark.parametrize(
    ("task", "error", "words"),
    [
        ("fills", TooMuchMemory, "needs more than 120 MB of memory"),
        ("loops", TookTooLong, "takes more than 1 seconds"),
        ("crashes", EndedUnexpectedly, "ended unexpectedly"),
        ("leaves", EndedUnexpectedly, "ended unexpectedly"),
        ("breaks", EndedUnexpectedly, "ended unexpectedly"),
        ("pours", TooMuchInIt, "becomes more than 20 MB"),
    ],
)
def test_what_a_file_does_to_its_reader_is_said_by_its_right_name(task, error, words):
    with pytest.raises(error) as caught:
        ask(question(task))
    assert caught.value.message.startswith("bid.xlsx ")
    assert words in caught.value.message
    assert caught.value.fix


@pytest.mark.usefixtures("badly")
def test_a_fault_of_the_program_keeps_its_trace_for_the_log():
    with pytest.raises(EndedUnexpectedly) as caught:
        ask(question("breaks"))
    assert "ZeroDivisionError" in caught.value.detail


@pytest.mark.usefixtures("badly")
def test_a_child_that_only_waits_is_ended_by_the_clock(monkeypatch):
    monkeypatch.setattr(Limits, "clock", property(lambda _limits: 0.3))
    begun = time.monotonic()
    with pytest.raises(TookTooLong):
        ask(question("sleeps"))
    assert time.monotonic() - begun < 30


@pytest.mark.usefixtures("badly")
def test_the_child_is_ended_where_nobody_waits_any_more(monkeypatch):
    ended = []
    end = asking.Child.end
    monkeypatch.setattr(asking.Child, "end", lambda child: (end(child), ended.append(child.process.returncode)))

    class Stopped(Exception):
        pass

    def stop():
        raise Stopped

    with pytest.raises(Stopped):
        ask(question("sleeps"), stop)
    assert ended
    assert ended[0] != 0


@pytest.mark.usefixtures("badly")
def test_what_a_library_prints_is_not_taken_for_the_answer():
    assert ask(question("prints")).told == {"fine": True}


@pytest.mark.usefixtures("badly")
@pytest.mark.parametrize("task", ["writes", "removes", "connects", "starts"])
def test_nothing_is_written_removed_reached_or_started_from_the_room(task, tmp_path):
    path = tmp_path / "kept"
    path.write_text("kept", encoding="utf-8")
    with pytest.raises(EndedUnexpectedly) as caught:
        ask(question(task, {"path": str(path)}))
    assert "Forbidden" in caught.value.detail
    assert path.read_text(encoding="utf-8") == "kept"
    assert ask(question("reads", {"path": str(path)})).told == {"text": "kept"}


@pytest.mark.usefixtures("badly")
def test_a_child_that_was_started_ahead_is_asked_once(monkeypatch):
    asking.make_ready("echo", SMALL)
    asking.make_ready("echo", SMALL)
    (waiting,) = asking._WAITING
    assert ask(question("echo")).told
    assert waiting.process.returncode == 0
    assert not asking._WAITING
    assert ask(question("echo")).told


@pytest.mark.usefixtures("badly")
def test_a_child_that_was_started_ahead_and_died_is_replaced():
    asking.make_ready("echo", SMALL)
    asking._WAITING[0].process.kill()
    asking._WAITING[0].process.wait()
    assert ask(question("echo")).told


@pytest.mark.usefixtures("badly")
def test_children_that_nobody_asks_are_let_go():
    asking.make_ready("echo", SMALL)
    asking.make_ready("refuses", SMALL)
    waiting = list(asking._WAITING)
    asking.let_go()
    assert all(not child.is_waiting for child in waiting)


def test_a_computer_that_starts_no_program_says_so(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(RoomError, match="starts no further program"):
        ask(question("tables"))
    asking.make_ready("tables")
    assert not asking._WAITING


@pytest.mark.parametrize("name", ["nothing_such", "../cli", "in_room.tables", ""])
def test_only_what_is_meant_for_the_room_is_done_in_it(name):
    with pytest.raises(EndedUnexpectedly):
        ask(question(name))
