"""A screen that nobody sees, on which the programs of Wine's folder show their windows and somebody types."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from machine import WORK, environment

_SIZE = (1366, 768)
_LOOK_EVERY = 0.25
_SAME = 3
"""So often the screen must look as it did a second before, to be at rest."""
PATIENCE = 240
"""Seconds until something is seen, or is not any more: the machine may have other work."""
PICTURES = WORK / "smoke"


@contextmanager
def shown() -> Iterator[None]:
    """A screen, a manager of its windows, and Wine's own desktop, until the end."""
    reading, writing = os.pipe()
    screen = "x".join(map(str, (*_SIZE, 24)))
    server = subprocess.Popen(
        ["Xvfb", "-screen", "0", screen, "-nolisten", "tcp", "-displayfd", str(writing)],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        os.environ["DISPLAY"] = f":{told.readline().strip()}"
    started = [server, start("openbox")]
    # Wine's desktop keeps the streams of whoever starts it: of a program under test it would hold them for ever.
    subprocess.run(["wineserver", "-p"], check=False, env=environment())
    started.append(start("wine", "explorer.exe", "/desktop"))
    time.sleep(3)
    try:
        yield
    finally:
        subprocess.run(["wineserver", "-k"], check=False, env=environment())
        for each in reversed(started):
            each.terminate()
            each.wait(timeout=PATIENCE)


def start(*command: str) -> subprocess.Popen[bytes]:
    """Start a program and go on."""
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, env=environment())


def do(*steps: str) -> None:
    """Move, click and type as xdotool has it, a step each."""
    for step in steps:
        subprocess.run(["xdotool", *step.split()], check=False, capture_output=True)
        time.sleep(0.5)


def type_in(text: str) -> None:
    """Type a text as somebody does."""
    subprocess.run(["xdotool", "type", "--delay", "60", text], check=False, capture_output=True)
    time.sleep(0.5)


def is_there(title: str) -> bool:
    """Whether a window with this title is seen."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], check=False, capture_output=True)
    return found.returncode == 0


def comes(title: str, seconds: float = PATIENCE) -> bool:
    """Whether a window with this title is seen before long."""
    return _before_long(lambda: is_there(title), seconds)


def goes(title: str, seconds: float = PATIENCE) -> bool:
    """Whether no window has this title any more before long."""
    return _before_long(lambda: not is_there(title), seconds)


def _before_long(is_so: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(_LOOK_EVERY)
    return False


def settle(seconds: float = 60) -> None:
    """Wait until the screen shows the same for a while, as somebody does before going on."""
    until, seen, same = time.monotonic() + seconds, b"", 0
    while same < _SAME and time.monotonic() < until:
        time.sleep(1)
        shown_now = subprocess.run(["import", "-window", "root", "rgb:-"], check=False, capture_output=True).stdout
        same = same + 1 if shown_now == seen else 0
        seen = shown_now


def picture(name: str) -> Path:
    """Keep what the screen shows, for whoever looks why a check failed."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    target = PICTURES / f"{name}.png"
    subprocess.run(["import", "-window", "root", str(target)], check=False, capture_output=True)
    return target
