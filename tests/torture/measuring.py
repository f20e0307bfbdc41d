"""What reading one file took: seconds of the processor, and memory of this process and of the child together."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tomsapp.room import asking

_STATUS = Path("/proc/self/status")
_RESET = Path("/proc/self/clear_refs")


@dataclass(slots=True)
class Taken:
    """What one try took.

    Attributes:
        seconds: of the processor, of this process and the child.
        clock: seconds by the clock.
        memory: bytes that the child had at most, and those by which this process grew.
    """

    seconds: float = 0
    clock: float = 0
    memory: int = 0


def _status(name: str) -> int:
    line = next(line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


def _seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@contextmanager
def measured() -> Iterator[Taken]:
    """Measure what is done until this ends."""
    taken, peaks = Taken(), [0]
    end, unframed = asking.Child.end, asking.unframed

    def ended(child: asking.Child) -> None:
        peaks.append(child.peak_memory)
        end(child)

    def told(data: bytearray) -> object:
        found = unframed(data)
        peak = found[0].get("peak")
        peaks.append(peak if isinstance(peak, int) else 0)
        return found

    asking.Child.end, asking.unframed = ended, told  # type: ignore[assignment,method-assign]
    _RESET.write_text("5", encoding="ascii")
    before, begun, clock = _status("VmRSS"), _seconds(), time.monotonic()
    try:
        yield taken
    finally:
        taken.clock, taken.seconds = time.monotonic() - clock, _seconds() - begun
        taken.memory = max(peaks) + max(0, _status("VmHWM") - before)
        asking.Child.end, asking.unframed = end, unframed  # type: ignore[method-assign]


def refused(read: Callable[[], object]) -> str:
    """What is said of a file that is refused; "" where it is read."""
    from tomsapp.domain.errors import TomsError

    try:
        read()
    except TomsError as error:
        return f"{type(error).__name__}: {error}"
    return ""
