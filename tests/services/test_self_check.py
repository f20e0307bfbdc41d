"""Whether this installation can do its work."""

import subprocess
from pathlib import Path

from tests.services.council import shipped
from tomsapp.domain.errors import TomsError
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services import self_check


def test_whole_installation_passes_each_step(monkeypatch):
    monkeypatch.setattr(self_check, "_window", lambda: "a window")
    steps = list(self_check.run_self_check(shipped()))
    assert [step.name for step in steps] == [
        "menus",
        "database, valuation and files",
        "signature",
        "locked room",
        "server",
        "parts",
        "window",
    ]
    assert all(step.passed for step in steps), steps
    assert "barnet-open 2026.2 with" in steps[0].detail
    assert steps[1].detail.startswith("£10,000.00 valued, a PDF of ")


def test_step_that_fails_is_told_and_the_others_go_on(monkeypatch):
    def refuse() -> str:
        raise TomsError("The window does not open", "Install the missing libraries")

    monkeypatch.setattr(self_check, "_window", refuse)
    steps = list(self_check.run_self_check(Catalogue([])))
    assert [step.name for step in steps if not step.passed] == ["database, valuation and files", "window"]
    assert "barnet-open 2026.2 is not installed" in steps[1].detail
    assert steps[-1].detail == "The window does not open. Install the missing libraries"


def test_unexpected_failure_is_a_failed_step(monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(self_check, "_window", broken)
    assert list(self_check.run_self_check(shipped()))[-1].detail == "RuntimeError: a bug"


def test_window_that_fails_in_its_own_process_is_told(monkeypatch):
    done = subprocess.CompletedProcess([], 1, "", "no platform plugin")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    step = list(self_check.run_self_check(shipped()))[-1]
    assert (step.passed, "no platform plugin" in step.detail) == (False, True)


def test_temporary_folder_is_gone_afterwards(monkeypatch, tmp_path):
    monkeypatch.setattr(self_check, "_window", lambda: "")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    list(self_check.run_self_check(shipped()))
    assert list(Path(tmp_path).iterdir()) == []
