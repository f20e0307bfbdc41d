"""What is downloaded for a release: packages of one version each, known by their hashes, and kept between runs."""

import hashlib
import re
import sys
from collections.abc import Collection
from pathlib import Path

from machine import DOWNLOADS, ROOT, Failed, run

LOCK = ROOT / ".lock" / "requirements-build.txt"


def locked(name: str) -> tuple[str, list[str]]:
    """The version of a package that is locked, and the SHA-256 of each of its files."""
    text = LOCK.read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(name)}==(\S+)[^\n]*\n((?: +--hash=.*\n?)+)", text, re.MULTILINE)
    if found is None:
        raise Failed(f"{LOCK.name} does not lock {name}.")
    return found[1], re.findall(r"sha256:([0-9a-f]{64})", found[2])


def downloaded(name: str, version: str, digests: Collection[str], *options: str) -> Path:
    """A package's file, downloaded unless it is here; its hash is looked at each time.

    Raises:
        Failed: it cannot be had, or is not the file that it should be.
    """
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    pattern = f"{name.replace('-', '_')}-{version}*"
    if not [*DOWNLOADS.glob(pattern)]:
        # pip looks at the hash before it asks a source package what it is, which runs a part of it.
        wanted = DOWNLOADS / f"{name}.txt"
        wanted.write_text(" ".join([f"{name}=={version}", *(f"--hash=sha256:{each}" for each in digests)]))
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes"]
        run(*pip, *options, "-d", DOWNLOADS, "-r", wanted)
    file = next(DOWNLOADS.glob(pattern))
    if hashlib.sha256(file.read_bytes()).hexdigest() not in digests:
        raise Failed(f"{file.name} is not the file that it should be. Delete it, and look where it came from.")
    return file
