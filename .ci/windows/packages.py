"""The frozen folder, and the files that are given away: MSI, setup.exe, portable ZIP, sums, parts and notes."""

import hashlib
import os
import re
import shutil
import sys
import zipfile
from pathlib import Path

from documents import for_nsis
from file_list import written
from machine import BUILT, FROZEN, ON_WINDOWS, OUT, PYTHON, ROOT, WORK, Failed, checked, on_windows, run, windows_run
from signing import SIGNED, UNSIGNED, is_given, sign

_HERE = Path(__file__).parent
_ICON = ROOT / "resources" / "app" / "tomsapp.ico"
# What only stands in for Windows in Wine's folder, and Microsoft's library that was put there.
_NOT_OURS = {"icuuc.dll", "bcryptprimitives.dll", "ucrtbase.dll"}
_OF_WINE = b"Wine builtin DLL"
_REFUSE_WHILE_OPEN = (
    "INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) "
    "VALUES ('RefuseWhileOpen', 2, 'IsOpen', '[UILevel]')"
)
"""The same as in tomsapp.wxs: 2 is a program that stands in the package, is waited for, and may refuse."""


def freeze() -> None:
    """Freeze the program; build.spec holds what it may weigh."""
    told = windows_run(
        on_windows(PYTHON),
        "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--workpath", on_windows(BUILT / "work"), "--distpath", on_windows(BUILT / "dist"),
        on_windows(ROOT / "build.spec"),
    )  # fmt: skip
    print(checked("PyInstaller", told).strip().splitlines()[-1])
    for file in FROZEN.rglob("*"):
        is_library = file.suffix.lower() in {".dll", ".pyd", ".exe"}
        if file.name.lower() in _NOT_OURS or (is_library and _OF_WINE in file.read_bytes()):
            raise Failed(f"{file.relative_to(FROZEN)} is a part of Wine, which may not be given away.")
    for program in FROZEN.glob("*.exe"):
        sign(program)


def made(version: str, kind: str) -> Path:
    """Where a file of a version lies."""
    return OUT / f"tomsapp-{version}{kind}"


def make_older(version: str) -> Path:
    """The package for IT as an earlier version would have left it: the same folder, beside the release."""
    return make_msi(version, WORK / f"tomsapp-{version}.msi")


def make_msi(version: str, target: Path | None = None) -> Path:
    """The package for IT, for everybody on the computer."""
    target, is_open, files = target or made(version, ".msi"), WORK / "is-open.exe", WORK / "files.wxs"
    run("makensis", "-V2", f"-DOUTFILE={is_open}", _HERE / "is_open.nsi")
    sign(is_open)
    files.write_text(written(FROZEN), encoding="utf-8")
    # Both run in the folder of the files, from where every path stands: wixl knows no others.
    beside = os.path.relpath(is_open, FROZEN)
    if ON_WINDOWS:
        sources = [_HERE / "tomsapp.wxs", files]
        run(
            "candle",
            "-nologo",
            "-arch",
            "x64",
            f"-dVersion={version}",
            f"-dIsOpen={is_open}",
            "-o",
            f"{WORK}/",
            *sources,
        )
        objects = [WORK / "tomsapp.wixobj", WORK / "files.wixobj"]
        run("light", "-nologo", "-spdb", "-b", FROZEN, "-o", target, *objects, within=FROZEN)
    else:
        defined = ["-D", f"Version={version}", "-D", f"IsOpen={beside}"]
        run("wixl", "-a", "x64", *defined, "-o", target, _HERE / "tomsapp.wxs", files, within=FROZEN)
        # wixl puts the step into its order, and forgets which program it runs.
        run("msibuild", target, "-q", _REFUSE_WHILE_OPEN)
    sign(target)
    return target


def make_setup(version: str, *, lzma: bool = False) -> Path:
    """The setup for one person without rights; lzma makes it smaller by a third, and takes minutes."""
    target = made(version, "-setup.exe")
    (WORK / "documents.nsh").write_text(for_nsis(), encoding="utf-8-sig")
    given = {
        "PACKER": "lzma" if lzma else "zlib", "VERSION": version, "SOURCE": FROZEN, "OUTFILE": target, "ICON": _ICON,
        "LICENCE": ROOT / "LICENSE", "DOCUMENTS": WORK / "documents.nsh",
    }  # fmt: skip
    if is_given():
        given["FINALIZE"] = f'"{sys.executable}" "{_HERE / "signing.py"}"'
    run("makensis", "-V2", *(f"-D{name}={value}" for name, value in given.items()), _HERE / "setup.nsi")
    sign(target)
    return target


def make_portable(version: str) -> Path:
    """The folder as it is, to be unpacked anywhere."""
    target = made(version, "-portable.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in sorted(each for each in FROZEN.rglob("*") if each.is_file()):
            archive.write(file, f"tomsapp/{file.relative_to(FROZEN).as_posix()}")
    return target


def notes(version: str) -> str:
    """What docs/release-notes.md says of a version, and whether it is signed.

    Raises:
        Failed: they say nothing of it, and such a release is not made.
    """
    text = (ROOT / "docs" / "release-notes.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(version)}(?![.\d]).*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise Failed(f"docs/release-notes.md says nothing of {version}. Write what is new in it, under “## {version}”.")
    return f"{found[0].strip()}\n\n{SIGNED if is_given() else UNSIGNED}\n"


def make_papers(version: str) -> None:
    """The release notes, the bill of materials, and the sums by which each file is known."""
    made(version, "-release-notes.md").write_text(notes(version), encoding="utf-8", newline="\n")
    run(sys.executable if ON_WINDOWS else _project_python(), "-m", "docs.make_sbom", within=ROOT)
    shutil.copy2(ROOT / "build" / "sbom.cdx.json", made(version, ".cdx.json"))
    files = sorted(each for each in OUT.glob(f"tomsapp-{version}*"))
    sums = "".join(f"{_digest(each)}  {each.name}\n" for each in files)
    (OUT / "SHA256SUMS").write_text(sums, encoding="ascii", newline="\n")


def _project_python() -> str:
    own = ROOT / ".venv" / "bin" / "python"
    return str(own) if own.is_file() else sys.executable


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
