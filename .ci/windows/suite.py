"""Runs the project's tests under Python for Windows: python .ci/windows/suite.py [what pytest is told].

It ends with 0 where none failed. PostgreSQL and what only Linux has are left out, and say so. The tests run in a copy
of what git holds, on a drive of their own: none of them can tell that it is not at home.
"""

import hashlib
import os
import shutil
import subprocess
import sys

import tools
from machine import BUILT, ON_WINDOWS, ROOT, WORK, Failed, on_windows, windows_shown

_LOCK = ROOT / ".lock" / "requirements-dev.txt"
_PYTHON = WORK / "python-tests"
_COPY = BUILT.parent / "tomsapp-tests"
_SURROUNDINGS = {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


def _make_ready() -> str:
    """The Python that has what the tests need."""
    if ON_WINDOWS:
        return sys.executable
    tools.make_ready()
    stamp = _PYTHON / ".ready"
    wanted = hashlib.sha256(_LOCK.read_bytes()).hexdigest()
    if not (stamp.is_file() and stamp.read_text(encoding="ascii") == wanted):
        tools.make_python(_PYTHON, _LOCK)
        stamp.write_text(wanted, encoding="ascii")
    return on_windows(_PYTHON / "python.exe")


def _copy() -> None:
    shutil.rmtree(_COPY, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        target = _COPY / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)


def main(told: list[str]) -> int:
    """Run all tests, or those that are named; gives what pytest ends with."""
    try:
        python = _make_ready()
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    _copy()
    # Short, for a path may have no more than 260 letters.
    folder = _COPY / "t"
    folder.mkdir()
    options = ["-q", "-p", "no:cacheprovider", "--basetemp", on_windows(folder / "b")]
    surroundings = {**_SURROUNDINGS, "TEMP": on_windows(folder), "TMP": on_windows(folder)}
    return windows_shown(python, "-m", "pytest", *options, *told, within=_COPY, more=surroundings)


if __name__ == "__main__":
    os.environ.pop("DISPLAY", None)
    sys.exit(main(sys.argv[1:]))
