"""Job objects of Windows: the limits that a process cannot leave, and that end it with the program that began it.

The structures are those of winnt.h; Windows' own functions are given, so that all but they is tested anywhere.
"""

import ctypes
from ctypes import c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any

_TICKS = 10_000_000
"""Windows counts time in parts of 100 nanoseconds."""
_EXTENDED = 9
"""JobObjectExtendedLimitInformation."""
_PROCESS_TIME, _PROCESS_MEMORY = 0x2, 0x100
_ONE_PROCESS, _NO_FAULT_WINDOW, _ENDS_WITH_US = 0x8, 0x400, 0x2000
_FLAGS = _PROCESS_TIME | _PROCESS_MEMORY | _ONE_PROCESS | _NO_FAULT_WINDOW | _ENDS_WITH_US


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", c_int64),
        ("PerJobUserTimeLimit", c_int64),
        ("LimitFlags", c_uint32),
        ("MinimumWorkingSetSize", c_size_t),
        ("MaximumWorkingSetSize", c_size_t),
        ("ActiveProcessLimit", c_uint32),
        ("Affinity", c_size_t),
        ("PriorityClass", c_uint32),
        ("SchedulingClass", c_uint32),
    )


class IoCounters(ctypes.Structure):
    """IO_COUNTERS."""

    _fields_ = tuple(
        (name, c_uint64)
        for name in ("ReadOperations", "WriteOperations", "OtherOperations", "ReadBytes", "WriteBytes", "OtherBytes")
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", IoCounters),
        ("ProcessMemoryLimit", c_size_t),
        ("JobMemoryLimit", c_size_t),
        ("PeakProcessMemoryUsed", c_size_t),
        ("PeakJobMemoryUsed", c_size_t),
    )


class WindowsJob:
    """A job of one process; whatever Windows refuses is an OSError."""

    def __init__(self, kernel: Any, memory: int, seconds: int) -> None:
        """Make a job with limits; `kernel` has the functions of kernel32."""
        self._kernel = kernel
        kernel.CreateJobObjectW.restype = c_void_p
        self._handle: Any = kernel.CreateJobObjectW(None, None)
        if not self._handle:
            raise OSError("Windows makes no job")
        limits = ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _FLAGS
        limits.BasicLimitInformation.PerProcessUserTimeLimit = seconds * _TICKS
        limits.BasicLimitInformation.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = memory
        where, size = ctypes.byref(limits), ctypes.sizeof(limits)
        if not kernel.SetInformationJobObject(c_void_p(self._handle), _EXTENDED, where, size):
            self.close()
            raise OSError("Windows takes no limits")

    def take(self, process: int) -> None:
        """Put a process, by its handle, under the limits."""
        if not self._kernel.AssignProcessToJobObject(c_void_p(self._handle), c_void_p(process)):
            raise OSError("Windows puts the process into no job")

    def peak_memory(self) -> int:
        """The most bytes of memory that the process has had; 0 where Windows does not say."""
        limits = ExtendedLimits()
        where, size = ctypes.byref(limits), ctypes.sizeof(limits)
        told = self._kernel.QueryInformationJobObject(c_void_p(self._handle), _EXTENDED, where, size, None)
        return int(limits.PeakProcessMemoryUsed) if told else 0

    def close(self) -> None:
        """Let go of the job: Windows ends what is still in it."""
        if self._handle:
            self._kernel.CloseHandle(c_void_p(self._handle))
            self._handle = None
