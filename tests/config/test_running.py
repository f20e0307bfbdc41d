"""A second start finds the program that runs, gives it its files, and never waits for one that has gone."""

from __future__ import annotations

import json
import queue
import sys
from multiprocessing.connection import Client, Listener
from pathlib import Path

import pytest

from tests.ordinary import SOCKETS
from tomsapp.config import running
from tomsapp.config.running import BIDDER, WINDOW, Running, hand_over


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def taken():
    return queue.SimpleQueue()


@pytest.fixture
def program(taken):
    made = Running(WINDOW, taken.put)
    made.begin()
    yield made
    made.end()


def note(home: Path) -> Path:
    (found,) = home.glob("cache/running-window-*.json")
    return found


def answer_to(rubbish: bytes, told: dict[str, str]) -> bytes:
    """What a program answers to whoever has the key and says this."""
    with Client(told["where"], authkey=bytes.fromhex(told["key"])) as line:
        line.send_bytes(rubbish)
        return line.recv_bytes()


def test_files_are_handed_over_whole(program, taken, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert hand_over(WINDOW, [Path("Größe £.tomsdb"), tmp_path / "b.tomspack"])
    assert taken.get(timeout=5) == [tmp_path / "Größe £.tomsdb", tmp_path / "b.tomspack"]
    assert hand_over(WINDOW, [])
    assert taken.get(timeout=5) == []


def test_nobody_takes_them_where_nothing_runs_in_the_role(program, taken, home):
    assert not hand_over(BIDDER, [home])
    program.end()
    assert not hand_over(WINDOW, [home])
    assert not list(home.glob("cache/running-*"))
    assert taken.empty()


@pytest.mark.parametrize("said", ["", "{", "[]", "{}", '{"where": "/nowhere", "key": "zz", "process": 1}'])
def test_a_note_that_says_nothing_is_passed_over(home, program, said):
    note(home).write_text(said, "utf-8")
    assert not hand_over(WINDOW, [])


def test_the_note_of_a_program_that_was_killed_is_passed_over(home, program):
    told = json.loads(note(home).read_text("utf-8"))
    told["where"] += "-gone"
    note(home).write_text(json.dumps(told), "utf-8")
    assert not hand_over(WINDOW, [])


def test_who_cannot_read_the_note_gets_nothing_and_the_next_is_served(home, program, taken):
    told = json.loads(note(home).read_text("utf-8"))
    note(home).write_text(json.dumps(told | {"key": "00" * 32}), "utf-8")
    assert not hand_over(WINDOW, [home])
    for rubbish in (b"{", b'{"a": 1}', b"[1]", b"\xff", b"[" * 10_000, b" " * (running._MOST + 1)):
        with pytest.raises((EOFError, OSError)):
            answer_to(rubbish, told)
    note(home).write_text(json.dumps(told), "utf-8")
    assert hand_over(WINDOW, [home])
    assert taken.get(timeout=5) == [home]
    assert taken.empty()


@SOCKETS
def test_a_program_that_hangs_is_not_waited_for(home, program, monkeypatch):
    monkeypatch.setattr(running, "_ANSWER_WITHIN", 0.2)
    told = json.loads(note(home).read_text("utf-8"))
    with Listener(None, "AF_UNIX", authkey=bytes.fromhex(told["key"])) as silent:
        note(home).write_text(json.dumps(told | {"where": silent.address}), "utf-8")
        assert not hand_over(WINDOW, [home])


def test_each_screen_has_its_own(program, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":77")
    assert not hand_over(WINDOW, [])


def test_the_note_is_for_its_user_alone_and_stays_where_another_wrote_it(home, program):
    if sys.platform != "win32":  # where the folder is its user's alone
        assert note(home).stat().st_mode & 0o077 == 0
    told = json.loads(note(home).read_text("utf-8"))
    note(home).write_text(json.dumps(told | {"process": 1}), "utf-8")
    program.end()
    assert note(home).exists()


def test_where_nothing_can_be_noted_the_program_runs_all_the_same(home, monkeypatch, taken):
    def refuse(*_args):
        raise OSError("full")

    monkeypatch.setattr(running, "write_whole", refuse)
    made = Running(WINDOW, taken.put)
    made.begin()
    assert not hand_over(WINDOW, [])
    made.end()
