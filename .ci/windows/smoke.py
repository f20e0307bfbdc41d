"""Tries a release as people meet it: install, open, type, save, verify, upgrade, refuse, remove, and keep the data.

On Windows itself the packages are tried and the window is not: nobody may type into a screen that somebody works on.
"""

import getpass
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import desktop
from machine import BUILT, DRIVE, ON_WINDOWS, OUT, WORK, on_windows, windows_run
from packages import made

_TITLE = "Social value"
_PROGRAMS = Path(os.environ.get("PROGRAMFILES", r"C:\Program Files")) if ON_WINDOWS else DRIVE / "Program Files"
_FOR_ALL = _PROGRAMS / "tomsapp"
_OWN = Path(os.environ["LOCALAPPDATA"]) if ON_WINDOWS else DRIVE / "users" / getpass.getuser() / "AppData" / "Local"
_FOR_ONE = _OWN / "Programs" / "tomsapp"
_DATA = (BUILT if ON_WINDOWS else DRIVE) / "Council files"
_DATABASE = _DATA / "our council.tomsdb"
_EXAMPLE = "exämple"
_SAVED = _DATA / "saved.pdf"
_OPEN_SETUP = 3


class Checks:
    """What was tried and how it came out."""

    def __init__(self) -> None:
        self.passed = self.failed = 0

    def check(self, what: str, is_so: Callable[[], bool] | bool) -> bool:
        """Try one thing and tell it."""
        try:
            found = is_so() if callable(is_so) else is_so
        except OSError as error:
            print(f"        {error}")
            found = False
        self.passed += found
        self.failed += not found
        print(f"{'ok' if found else 'FAILED'}: {what}", flush=True)
        return found


def try_out(version: str, older: Path) -> int:
    """Try all that was made; gives 0 where every check passed."""
    checks = Checks()
    shutil.rmtree(_DATA, ignore_errors=True)
    _DATA.mkdir(parents=True)
    if ON_WINDOWS:
        _packages(checks, version, older)
    else:
        with desktop.shown():
            _packages(checks, version, older)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


def _packages(checks: Checks, version: str, older: Path) -> None:
    _for_all(checks, version, older)
    _for_one(checks, version)
    _portable(checks, version)


def _ran(program: str | Path, *arguments: str) -> bool:
    status, told = windows_run(program, *arguments)
    if status:
        print(f"        ended with {status}: {told.strip()[-600:]}")
    return status == 0


def _msi(action: str, package: Path) -> int:
    return windows_run("msiexec", action, on_windows(package), "/qn")[0]


def _installed() -> str:
    """The version that Windows says is installed for everybody."""
    told = windows_run("reg", "query", r"HKLM\Software\tomsapp", "/v", "Version", "/reg:64")[1].split()
    return told[-1] if "REG_SZ" in told else ""


def _for_all(checks: Checks, version: str, older: Path) -> None:
    newer, program = made(version, ".msi"), _FOR_ALL / "tomsapp-cli.exe"
    checks.check("the package for IT installs silently", _msi("/i", older) == 0)
    checks.check("and says which version is installed", _installed() == older.stem.removeprefix("tomsapp-"))
    checks.check("the example is made", _ran(on_windows(program), "demo", on_windows(_DATA / _EXAMPLE)))
    shutil.copy2(_DATA / _EXAMPLE / "council.tomsdb", _DATABASE)
    if not ON_WINDOWS:
        _by_hand(checks, newer, older)
    checks.check("the upgrade installs", _msi("/i", newer) == 0)
    checks.check("and is what is installed", _installed() == version)
    checks.check("the installed program checks itself", _ran(on_windows(program), "self-check"))
    checks.check("a paper of the example holds", _ran(on_windows(program), "verify", on_windows(_paper())))
    checks.check("an earlier version is refused", _msi("/i", older) != 0 and _installed() == version)
    checks.check("the database is whole", _ran(on_windows(program), "db", "check", on_windows(_DATABASE)))
    checks.check("the package is removed silently", _msi("/x", newer) == 0)
    checks.check("nothing of the program stays", not _FOR_ALL.exists() and not _installed())
    checks.check("the data stay", _DATABASE.stat().st_size > 0)


def _paper() -> Path:
    return next(iter(sorted((_DATA / _EXAMPLE).glob("*valuation.pdf"))))


def _by_hand(checks: Checks, newer: Path, older: Path) -> None:
    """Open a database by a double click, change a promise, save a PDF, and be in the way of an upgrade."""
    desktop.start("wine", "start", on_windows(_DATABASE))
    # The Start page names the database that is open; without one it has no contract to search for.
    if not checks.check("a double click opens the database", _finds_contract):
        desktop.picture("double-click")
        desktop.start("wine", on_windows(_FOR_ALL / "tomsapp.exe"), "--database", on_windows(_DATABASE))
        checks.check("it opens by its name", _finds_contract)
    checks.check("an open program refuses the upgrade", lambda: _msi("/i", newer) != 0 and _installed() in older.name)
    checks.check("and stays open", desktop.is_there(_TITLE))
    desktop.settle()
    desktop.picture("contract")
    # The first promise of the contract, five units in the place of two in its first year.
    desktop.do("mousemove 600 366 click 1", "key ctrl+a")
    desktop.type_in("5")
    desktop.do("key Return")
    desktop.settle()
    desktop.picture("typed")
    desktop.do("mousemove 803 123 click 1")
    checks.check("its PDF is shown", desktop.comes("^Preview"))
    desktop.settle()
    desktop.picture("preview")
    desktop.do("key ctrl+s")
    if not desktop.comes("Save the PDF", 4):
        desktop.do("mousemove 1088 702 click 1")
    checks.check("Windows' own dialog asks where to save it", desktop.comes("Save the PDF"))
    desktop.do("key ctrl+a")
    desktop.type_in(on_windows(_SAVED))
    desktop.do("key Return")
    desktop.goes("Save the PDF")
    desktop.settle()
    desktop.picture("saved")
    status, told = windows_run(on_windows(_FOR_ALL / "tomsapp-cli.exe"), "verify", on_windows(_SAVED))
    checks.check("the saved PDF holds", status == 0)
    checks.check("with the quantity that was typed", "449,362.00" in told)
    desktop.do("mousemove 988 702 click 1", "mousemove 1357 12 click 1")
    checks.check("the window closes", _closes)


def _closes() -> bool:
    """Whether the window goes, and soon the program with it: until then nothing may replace it."""
    if not desktop.goes(_TITLE):
        return False
    until = time.monotonic() + desktop.PATIENCE
    while time.monotonic() < until:
        if windows_run(on_windows(WORK / "is-open.exe"), "2")[0] == 0:
            return True
    return False


def _finds_contract() -> bool:
    if not desktop.comes(_TITLE):
        return False
    desktop.settle()
    desktop.picture("start")
    desktop.do("key ctrl+k")
    desktop.type_in("L-2026-001")
    desktop.settle()
    desktop.do("key Return")
    return desktop.comes(f"Contract.*{_TITLE}", 60)


def _for_one(checks: Checks, version: str) -> None:
    setup, program = made(version, "-setup.exe"), _FOR_ONE / "tomsapp.exe"
    checks.check("the setup installs silently, for one person", _ran(on_windows(setup), "/S"))
    checks.check("its program checks itself", _ran(on_windows(_FOR_ONE / "tomsapp-cli.exe"), "self-check"))
    if not ON_WINDOWS:
        desktop.start("wine", on_windows(program), "--database", on_windows(_DATABASE))
        checks.check("its window opens", desktop.comes(_TITLE))
        checks.check("it says 3 while the program is open", windows_run(on_windows(setup), "/S")[0] == _OPEN_SETUP)
        checks.check("and the program stays open", desktop.is_there(_TITLE))
        desktop.settle()
        desktop.do("mousemove 1357 12 click 1")
        checks.check("its window closes", _closes)
    checks.check("the setup installs over itself", _ran(on_windows(setup), "/S"))
    checks.check("it is removed silently", _ran(on_windows(_FOR_ONE / "uninstall.exe"), "/S"))
    # What removes it is a copy of itself, which goes on when the first has ended.
    until = time.monotonic() + desktop.PATIENCE
    while _FOR_ONE.exists() and time.monotonic() < until:
        time.sleep(1)
    checks.check("nothing of it stays", not _FOR_ONE.exists())
    checks.check("the data stay after it", _DATABASE.stat().st_size > 0)


def _portable(checks: Checks, version: str) -> None:
    folder = _DATA / "portable"
    with zipfile.ZipFile(made(version, "-portable.zip")) as archive:
        archive.extractall(folder)
    program = folder / "tomsapp" / "tomsapp-cli.exe"
    checks.check("the portable folder checks itself", _ran(on_windows(program), "self-check"))
    named = {line.split("  ")[1] for line in (OUT / "SHA256SUMS").read_text(encoding="ascii").splitlines()}
    checks.check("every file has its sum", named == {each.name for each in OUT.iterdir()} - {"SHA256SUMS"})
