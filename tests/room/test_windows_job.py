"""Job objects, with functions in the place of Windows' own: what is asked of Windows, as winnt.h lays it out."""

import ctypes
import sys
from types import SimpleNamespace

import pytest

from tomsapp.room import child, starting
from tomsapp.room.limits import USUAL
from tomsapp.room.starting import Child, command
from tomsapp.room.windows_job import BasicLimits, ExtendedLimits, IoCounters, WindowsJob


class Kernel:
    """kernel32 as the program uses it."""

    def __init__(self, *, makes=True, limits=True, takes=True):
        self.limits, self.taken, self.closed = None, [], 0

        def create(attributes, name):
            return 0x7FFF_0000_0010 if makes else None

        def set_information(job, kind, where, size):
            assert (job.value, kind, size) == (0x7FFF_0000_0010, 9, ctypes.sizeof(ExtendedLimits))
            self.limits = ExtendedLimits.from_buffer_copy(where._obj)
            return int(limits)

        def query(job, kind, where, size, length):
            where._obj.PeakProcessMemoryUsed = 123_456
            return int(limits)

        def assign(job, process):
            self.taken.append((job.value, process.value))
            return int(takes)

        def close(job):
            self.closed += 1
            return 1

        self.CreateJobObjectW = create
        self.SetInformationJobObject = set_information
        self.QueryInformationJobObject = query
        self.AssignProcessToJobObject = assign
        self.CloseHandle = close


def test_structures_are_as_long_as_windows_has_them():
    assert ctypes.sizeof(ctypes.c_void_p) == 8
    assert (ctypes.sizeof(BasicLimits), ctypes.sizeof(IoCounters), ctypes.sizeof(ExtendedLimits)) == (64, 48, 144)
    places = {name: getattr(BasicLimits, name).offset for name, _ in BasicLimits._fields_}
    assert (places["LimitFlags"], places["MinimumWorkingSetSize"], places["ActiveProcessLimit"]) == (16, 24, 40)
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112
    assert ExtendedLimits.PeakProcessMemoryUsed.offset == 128


def test_memory_time_and_number_of_processes_are_limited_and_all_end_with_the_program():
    kernel = Kernel()
    job = WindowsJob(kernel, 190_000_000, 10)
    job.take(0x1234)
    basic = kernel.limits.BasicLimitInformation
    assert kernel.limits.ProcessMemoryLimit == 190_000_000
    assert basic.PerProcessUserTimeLimit == 100_000_000
    assert basic.ActiveProcessLimit == 1
    assert basic.LimitFlags == 0x2 | 0x8 | 0x100 | 0x400 | 0x2000
    assert kernel.taken == [(0x7FFF_0000_0010, 0x1234)]
    assert job.peak_memory() == 123_456
    job.close()
    job.close()
    assert kernel.closed == 1


@pytest.mark.parametrize("refused", ["makes", "limits", "takes"])
def test_what_windows_refuses_is_an_error(refused):
    kernel = Kernel(**{refused: False})
    with pytest.raises(OSError, match="Windows"):
        WindowsJob(kernel, 1, 1).take(1)


def test_a_child_without_limits_is_ended_before_it_was_asked(monkeypatch):
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=Kernel(takes=False)), raising=False)
    ended = []
    process = SimpleNamespace(_handle=5, kill=lambda: ended.append(True))
    with pytest.raises(OSError, match="no job"):
        starting._job_of(process, USUAL)
    assert ended


def test_a_child_on_windows_begins_in_its_job_and_without_a_console(monkeypatch):
    kernel, begun = Kernel(), {}
    process = SimpleNamespace(
        _handle=7, returncode=None, stdin=None, stdout=None, pid=1, poll=lambda: None, kill=lambda: None
    )

    def wait(seconds=None):
        process.returncode = 3
        return 3

    process.wait = wait

    def begin(command, **options):
        begun.update(options)
        return process

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(starting.subprocess, "Popen", begin)
    one = Child("tables", USUAL)
    assert begun["creationflags"] == 0x08000000
    assert kernel.taken == [(0x7FFF_0000_0010, 7)]
    assert one.wait() == 3
    assert one.peak_memory == 123_456
    one.end()
    assert kernel.closed == 1


def test_the_frozen_program_is_its_own_child(monkeypatch):
    monkeypatch.setattr(starting, "is_frozen", lambda: True)
    memory, seconds = str(USUAL.memory), str(USUAL.seconds)
    assert command("tables", USUAL) == [sys.executable, "--locked-room", "tables", memory, seconds]


def test_the_entry_hands_over_to_the_room(monkeypatch):
    from tomsapp.__main__ import main

    entered = []

    def enter(arguments):
        entered.append(list(arguments))
        raise SystemExit(0)

    monkeypatch.setattr(child, "enter", enter)
    with pytest.raises(SystemExit):
        main(["--locked-room", "tables", "1", "2"])
    assert entered == [["tables", "1", "2"]]


def test_pipes_without_a_console_are_asked_of_windows(monkeypatch, tmp_path):
    asked = []
    path = tmp_path / "pipe"
    path.write_bytes(b"question")

    class Msvcrt:
        @staticmethod
        def open_osfhandle(handle, flags):
            import os

            asked.append((handle, flags))
            return os.open(path, os.O_RDWR)

    kernel = SimpleNamespace(GetStdHandle=lambda which: which * -100)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(child, "_is_open", lambda _number: False)
    question, answer = child._own_pipes()
    assert question.read() == b"question"
    answer.close()
    question.close()
    assert [handle for handle, _ in asked] == [1000, 1100]
