"""What the child gives up, looked at in a process of its own."""

import os
import subprocess
import sys

import pytest

from tomsapp.room import walls
from tomsapp.room.limits import EXIT_MEMORY, MEGABYTE, Limits
from tomsapp.room.walls import Forbidden, refuse

WATCHED = """
from tomsapp.room.walls import watch_memory
watch_memory(60_000_000)
held = []
while True:
    held.append(bytearray(b"x" * 1_000_000))
"""


def test_memory_is_watched_where_the_system_keeps_no_limit():
    assert subprocess.run([sys.executable, "-c", WATCHED], check=False, timeout=60).returncode == EXIT_MEMORY


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("a", "w", os.O_WRONLY)), ("open", ("a", "a", os.O_RDWR | os.O_CREAT)), ("socket.connect", ()),
        ("subprocess.Popen", ()), ("os.system", ()), ("os.remove", ("a",)), ("os.rename", ()), ("os.exec", ()),
        ("os.posix_spawn", ()), ("os.fork", ()), ("shutil.rmtree", ()), ("urllib.Request", ()),
    ],
)  # fmt: skip
def test_what_reaches_beyond_the_room_is_refused(event, arguments):
    with pytest.raises(Forbidden):
        refuse(event, arguments)


@pytest.mark.parametrize(
    ("event", "arguments"), [("open", ("a", "r", os.O_RDONLY)), ("open", (3, "rb", None)), ("import", ()), ("exec", ())]
)
def test_what_reading_needs_is_let_through(event, arguments):
    refuse(event, arguments)


def test_a_limit_that_a_system_does_not_keep_is_passed_over(monkeypatch):
    resource = pytest.importorskip("resource")
    asked = []

    def refused(kind, most):
        asked.append(kind)
        raise ValueError

    monkeypatch.setattr(resource, "setrlimit", refused)
    walls._limit(1, 1)
    assert len(asked) >= 4


def test_a_large_file_may_take_more_in_proportion():
    limits = Limits(memory=100 * MEGABYTE, seconds=10, answer=5 * MEGABYTE)
    assert limits.for_size(0, 48) == limits
    grown = limits.for_size(5 * MEGABYTE, 48)
    assert (grown.memory, grown.seconds, grown.answer) == (340 * MEGABYTE, 34, 5 * MEGABYTE)
