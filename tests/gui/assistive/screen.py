"""A screen of its own with a message bus, for a program that is driven through assistive technology."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path

SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's own, which has the bindings of AT-SPI."""
_COMMANDS = {"Xvfb": "xvfb", "openbox": "openbox", "dbus-daemon": "dbus-x11"}
_BINDINGS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
_GOES_BY_ITSELF = 20


def missing_packages() -> list[str]:
    """What is not installed, under its Debian name."""
    missing = [package for command, package in _COMMANDS.items() if shutil.which(command) is None]
    if not Path("/usr/libexec/at-spi-bus-launcher").exists():
        missing.append("at-spi2-core")
    asked = subprocess.run([SYSTEM_PYTHON, "-c", _BINDINGS], check=False, capture_output=True)
    return missing if asked.returncode == 0 else [*missing, "gir1.2-atspi-2.0", "python3-gi"]


@contextmanager
def running(*command: str, env: dict[str, str], **given):
    """A program that is ended afterwards."""
    program = subprocess.Popen(command, env=env, **given)
    try:
        yield program
    finally:
        program.terminate()
        try:
            program.wait(_GOES_BY_ITSELF)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


@contextmanager
def own_screen(folder: Path):
    """The environment of programs that are to run on a screen of their own."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    log = (folder / "screen.log").open("wb")
    env = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "LC_ALL": "C.UTF-8", "NO_AT_BRIDGE": "0"}
    for name in ("WAYLAND_DISPLAY", "DISPLAY", "AT_SPI_BUS_ADDRESS"):
        env.pop(name, None)
    with ExitStack() as stack, log:
        number = stack.enter_context(_said_by(env, log, "Xvfb", "-displayfd", "{}", "-screen", "0", "1366x900x24"))
        env["DISPLAY"] = f":{number}"
        bus = _said_by(env, log, "dbus-daemon", "--session", "--nofork", "--print-address={}")
        env["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(bus)
        stack.enter_context(running("openbox", env=env, stdout=log, stderr=log))
        yield env


@contextmanager
def _said_by(env, log, *command: str):
    """The line in which a program says where it can be reached; {} stands for the number of the pipe."""
    reading, writing = os.pipe()
    words = [word.format(writing) for word in command]
    with running(*words, env=env, pass_fds=(writing,), stdout=log, stderr=log):
        os.close(writing)
        with os.fdopen(reading) as said:
            yield said.readline().strip()
