"""The machine that a release for Windows is made on: Windows itself, or Debian, where Wine stands in for it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PureWindowsPath

ROOT = Path(__file__).resolve().parents[2]
WORK = Path(os.environ.get("W") or ROOT / "build" / "windows")
OUT = WORK / "out"
DOWNLOADS = WORK / "downloads"
ON_WINDOWS = sys.platform == "win32"
PREFIX = WORK / "prefix"
DRIVE = PREFIX / "drive_c"
PYTHON = Path(sys.executable) if ON_WINDOWS else WORK / "python" / "python.exe"
BUILT = WORK / "frozen" if ON_WINDOWS else DRIVE / "tomsapp-build"
FROZEN = BUILT / "dist" / "tomsapp"
PATIENCE = 1800
"""Seconds for one step: the machines that make this have other work too."""

_WINE = {
    "WINEPREFIX": str(PREFIX),
    "WINEARCH": "win64",
    "WINEDEBUG": "-all",
    # No question for .NET or a browser, and no entries in this machine's own menus.
    "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
}


class Failed(Exception):
    """A step of the release did not come to its end; says which and what it said."""


def version() -> str:
    """The version that is released, from the one place where it stands."""
    text = (ROOT / "tomsapp" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    if found is None:
        raise Failed("tomsapp/__init__.py has no version of three numbers, which Windows Installer needs.")
    return found[1]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The surroundings of a program for Windows."""
    return {**os.environ, **({} if ON_WINDOWS else _WINE), **(more or {})}


def on_windows(path: Path) -> str:
    """A path as programs for Windows write it."""
    if ON_WINDOWS:
        return str(path)
    if path.is_relative_to(DRIVE):
        return str(PureWindowsPath("C:/", *path.relative_to(DRIVE).parts))
    return str(PureWindowsPath("Z:/", *path.resolve().parts[1:]))


def windows_run(program: str | Path, *arguments: str, seconds: int = PATIENCE) -> tuple[int, str]:
    """Run a program for Windows to its end; gives its exit status and what it printed.

    Wine gives a program that has no streams, or files for streams, none at all: they are pipes.
    """
    command, nothing, out = _for_windows(program, arguments), subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(command, env=environment(), stdin=nothing, stdout=out, stderr=subprocess.STDOUT) as running:
        try:
            told, _ = running.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            running.kill()
            return -1, f"It took more than {seconds} seconds."
    return running.returncode, told.decode("utf-8", "replace")


def windows_shown(program: str | Path, *arguments: str, within: Path, more: Mapping[str, str]) -> int:
    """Run a program for Windows in a folder and show each line as soon as it is printed; gives its exit status."""
    with subprocess.Popen(
        _for_windows(program, arguments),
        cwd=within,
        env=environment(more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as running:
        for line in running.stdout or ():
            print(line.decode("utf-8", "replace").rstrip(), flush=True)
    return running.returncode


def _for_windows(program: str | Path, arguments: Sequence[str]) -> list[str]:
    return [*([] if ON_WINDOWS else ["wine"]), str(program), *arguments]


def run(*command: str | Path, within: Path | None = None, more: Mapping[str, str] | None = None) -> str:
    """Run a program of this machine to its end, with more in its surroundings; gives what it printed.

    Raises:
        Failed: it is not there, or ends with an error.
    """
    words = [str(each) for each in command]
    if shutil.which(words[0]) is None:
        raise Failed(f"{words[0]} is not there. {_how_to_get(words[0])}")
    done = subprocess.run(words, cwd=within, check=False, capture_output=True, text=True, env=environment(more))
    if done.returncode:
        raise Failed(f"{words[0]} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def _how_to_get(program: str) -> str:
    if not ON_WINDOWS:
        return "Run .ci/setup windows."
    return {
        "candle": "Unpack WiX 3.14 (wix314-binaries.zip) and put its folder on the PATH.",
        "light": "Unpack WiX 3.14 (wix314-binaries.zip) and put its folder on the PATH.",
        "makensis": "Install NSIS 3.08 or later and put its folder on the PATH.",
    }.get(program, "Put it on the PATH.")


def checked(step: str, told: tuple[int, str], wanted: Sequence[int] = (0,)) -> str:
    """What a program for Windows printed, where it ended as it should.

    Raises:
        Failed: it did not.
    """
    status, text = told
    if status not in wanted:
        raise Failed(f"{step} ended with {status}:\n{text[-3000:]}")
    return text
