"""What the frozen folder may weigh, and on Linux what is taken out of its libraries to get there."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from icu_data import write_smaller_data

MOST_MEGABYTES = {"win32": 180, "linux": 240}
_TOLD = 15
_NEEDED = re.compile(rb"\bNEEDED\s+(\S+)")
# Other libraries open these by their names while the program runs: nothing says so in a file.
_OPENED_BY_NAME = re.compile(r"lib(dbus-1|fontconfig|X11|X11-xcb|xkbcommon)\.so")


def hold_weight(folder: Path) -> None:
    """End the build where the folder weighs more than it may, and tell what weighs most."""
    files = [each for each in folder.rglob("*") if each.is_file() and not each.is_symlink()]
    weights = sorted(((each.stat().st_size, each) for each in files), reverse=True)
    weight, most = sum(size for size, _ in weights) / 1e6, MOST_MEGABYTES.get(sys.platform)
    print(f"{folder.name} weighs {weight:.1f} MB" + (f" of at most {most}" if most else ""))
    if most and weight > most:
        heaviest = "\n".join(f"{size / 1e6:6.1f}  {each.relative_to(folder)}" for size, each in weights[:_TOLD])
        sys.exit(f"The folder is too large. Leave out in build.spec what is never opened. Heaviest:\n{heaviest}")


def make_lighter(folder: Path) -> None:
    """Take out of a folder for Linux what nobody runs: names for debuggers, other languages, what nothing asks for."""
    libraries = folder / "_internal"
    for data in libraries.glob("PySide6/Qt/lib/libicudata.so.*"):
        write_smaller_data(data)
    for library in _libraries(libraries):
        _strip(library)
    for library in _asked_by_nothing(libraries):
        library.unlink()
    for link in libraries.rglob("*"):
        if link.is_symlink() and not link.exists():
            link.unlink()


def _libraries(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if ".so" in each.name and each.is_file() and not each.is_symlink())


def _strip(library: Path) -> None:
    """Take the names for debuggers out; a library that cannot be opened afterwards stays as it was.

    Some were changed by the tool that made the package, and their parts then lie where `strip` does not look for them.
    """
    whole = library.with_name(f"{library.name}.whole")
    shutil.copy2(library, whole)
    stripped = subprocess.run(["strip", "--strip-unneeded", library], check=False, capture_output=True)
    if stripped.returncode or not _still_opens(library, whole):
        whole.replace(library)
    else:
        whole.unlink()


def _still_opens(library: Path, whole: Path) -> bool:
    """Whether the library opens, or did not do so by itself before."""
    return _opens(library) or not _opens(whole)


def _opens(library: Path) -> bool:
    # In a process of its own, for a library is opened only once in each, and a spoilt one may end it.
    command = [sys.executable, "-c", f"import ctypes; ctypes.CDLL({str(library)!r})"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _asked_by_nothing(folder: Path) -> Iterator[Path]:
    """Libraries of this system that were collected for a part which was then left out."""
    asks = {each: _asked(each) for each in _libraries(folder)}
    system = {each.name: each for each in asks if each.parent == folder and each.name.startswith("lib")}
    kept = {name for name in system if _OPENED_BY_NAME.match(name) or name.startswith("libpython")}
    ahead = [*(each for each in asks if each.name not in system), *(system[name] for name in kept)]
    while ahead:
        new = (asks[ahead.pop()] & system.keys()) - kept
        kept |= new
        ahead += (system[name] for name in new)
    return (library for name, library in system.items() if name not in kept)


def _asked(library: Path) -> set[str]:
    told = subprocess.run(["objdump", "-p", library], check=False, capture_output=True).stdout
    return {name.decode() for name in _NEEDED.findall(told)}
