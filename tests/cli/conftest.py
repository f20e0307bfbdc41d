"""The program called as its user calls it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tomsapp.__main__ import main

ROOT = Path(__file__).parents[2]
EXAMPLE = (
    '{"menu": "barnet-council", "edition": "2023", "contract": {"reference": "C1", "value": "1000000.00", '
    '"start": "2026-04-01", "years": 2}, "supplier": {"name": "…"}, "commitments": [{"measure": "S06", '
    '"quantities": ["40", "40"], "contract_share": "0.25", "ward": "E05013636", "statement": "…"}]}'
)
"""The offer of the documents, word for word."""


@dataclass(frozen=True)
class Called:
    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test meets the menus of whoever runs it."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("TOMSAPP_HOME", str(folder))
    return folder


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Called]:
    def called(*arguments: object) -> Called:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        captured = capsys.readouterr()
        return Called(status, captured.out, captured.err)

    return called


def run(*arguments: object, code: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program, or `code`, in a process of its own with this environment."""
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "tomsapp"]
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return subprocess.run(
        [*command, *map(str, arguments)],
        cwd=ROOT,
        env={**settings, **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def offer(tmp_path: Path) -> Path:
    path = tmp_path / "offer.json"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    def written(**facts: object) -> Path:
        path = tmp_path / "changed.json"
        path.write_text(json.dumps({**json.loads(EXAMPLE), **facts}), encoding="utf-8")
        return path

    return written
