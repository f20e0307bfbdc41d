"""The small program that starts the frozen one, compiled here from PyInstaller's source.

Whatever anybody freezes begins with the one that PyInstaller gives away, malware too: scanners know it, and take it for
a sign of that.
"""

import shutil
import sys
import sysconfig
from pathlib import Path

from downloads import downloaded, locked
from machine import ON_WINDOWS, PYTHON, WORK, Failed, run

_NAME = "pyinstaller"
_COMPILER = "x86_64-w64-mingw32-gcc"
_KINDS = {"run.exe": "release", "runw.exe": "releasew"}
"""With a console and without, and what the source calls each."""


def put_in() -> None:
    """Put ours in the place of those that were installed, compiling them where this version was not yet."""
    libraries = Path(sysconfig.get_paths()["purelib"]) if ON_WINDOWS else PYTHON.parent / "Lib" / "site-packages"
    target = libraries / "PyInstaller" / "bootloader" / "Windows-64bit-intel"
    if not target.is_dir():
        raise Failed(f"PyInstaller is not installed in {libraries}.")
    version, _ = locked(_NAME)
    compiled = WORK / "bootloader" / version
    if not all((compiled / name).is_file() for name in _KINDS):
        _compile(version, compiled)
    for name in _KINDS:
        shutil.copy2(compiled / name, target / name)


def _compile(version: str, compiled: Path) -> None:
    source = WORK / "bootloader" / "source"
    shutil.rmtree(source, ignore_errors=True)
    shutil.unpack_archive(downloaded(_NAME, version, locked(_NAME)[1], "--no-binary", _NAME), source)
    folder = source / f"{_NAME}-{version}" / "bootloader"
    kinds = [f"build_{kind}" for kind in _KINDS.values()]
    compiler = {} if ON_WINDOWS else {"CC": _COMPILER}
    run(sys.executable, "waf", "configure", *kinds, "--target-arch=64bit", within=folder, more=compiler)
    compiled.mkdir(parents=True, exist_ok=True)
    for name, kind in _KINDS.items():
        shutil.copy2(folder / "build" / kind / name, compiled / name)
    shutil.rmtree(source)
